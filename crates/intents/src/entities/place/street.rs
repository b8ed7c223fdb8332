//! Streets: with their kind ("calle Juárez 14"), and by their crossing ("60 x 57 y 59").

use ventanilla_values::{Reader, TokenKind};

use super::super::Said;
use super::PlaceSaid;
use super::name::{self, Name};
use super::words::{KINDS_COLONIA, KINDS_STREET, KINDS_WEAK, STREETS, is_measure, is_stop};

/// Words of a name in small letters.
const SMALL_WORDS: usize = 3;

/// "Calle Juárez 14", "av. Hidalgo", "c. 60 #491", "calles Sol y Luna".
pub(super) fn typed(said: &Said<'_>, r: &mut Reader<'_>, place: &mut PlaceSaid) -> Option<()> {
    if place.street.is_some() {
        return None;
    }
    let name = typed_name(said, r)?;
    place.street = Some(name.text.clone());
    house(said, r, place, &name);
    Some(())
}

/// A kind and a name. Words that are also ordinary ones need a name that cannot be anything else.
fn typed_name(said: &Said<'_>, r: &mut Reader<'_>) -> Option<Name> {
    r.attempt(|r| {
        let kind = r.take(KINDS_STREET)?;
        let pointed =
            r.attempt(|r| r.take(&["."]).filter(|_| r.token_at(-1).is_some_and(|t| t.glued))).is_some();
        r.take(&["numero", "no", "#"]);
        let road = matches!(kind, "carretera" | "carr" | "camino" | "autopista");
        if road {
            r.take(&["federal", "libre", "vieja", "costera"]);
            r.take(&["a", "al"]);
        }
        let name = if road { destination(said, r)? } else { name::read(said, r, SMALL_WORDS)? };
        let weak = KINDS_WEAK.contains(&kind) && !(pointed && kind.len() <= 4);
        (name.is_likely() || !weak).then_some(name)
    })
}

/// "Carretera Carmen - Puerto Real": both ends.
fn destination(said: &Said<'_>, r: &mut Reader<'_>) -> Option<Name> {
    let begun = r.position();
    let mut name = name::destination(said, r)?;
    let both = r.attempt(|r| {
        r.take(&["-"])?;
        name::destination(said, r).filter(|end| end.capital)
    });
    if both.is_some() {
        name.text = said.slice(&(begun..r.position())).to_owned();
    }
    Some(name)
}

/// The number of a house behind the name of a street.
fn house(said: &Said<'_>, r: &mut Reader<'_>, place: &mut PlaceSaid, name: &Name) {
    if place.number.is_none() {
        place.number =
            r.attempt(|r| without_number(r)).or_else(|| r.attempt(|r| house_number(said, r, name)));
    }
}

fn without_number(r: &mut Reader<'_>) -> Option<String> {
    r.take(&[","]);
    r.take_phrase(&["s / n", "sin numero", "sn"]).then(|| "s/n".to_owned())
}

fn house_number(said: &Said<'_>, r: &mut Reader<'_>, name: &Name) -> Option<String> {
    r.take(&[","]);
    let marked = r.take_phrase(&[
        "numero", "num .", "num", "no .", "no", "#", "n °", "nº", "n º", "n . °", "n", "casa", "number",
    ]);
    let begun = r.position();
    let digits = r.token()?.kind == TokenKind::Digits;
    if digits {
        r.take_digits(5)?;
        r.attempt(|r| {
            r.take(&["-"]).filter(|_| r.is_glued());
            r.token()
                .filter(|t| t.glued && t.folded.len() == 1 && t.kind == TokenKind::Word)
                .map(|_| r.skip(1))
        });
    } else {
        r.take_count(9_999).filter(|_| marked || (name.is_likely() && !name.number))?;
    }
    interior(r);
    let end = r.position();
    let crossed = matches!(r.word(), "x" | "entre" | "por");
    let free = !is_measure(r) && is_free(said, r);
    let right = marked || (free && (!name.number || name.known || crossed));
    let article = !digits && matches!(said.slice(&(begun..end)), "un" | "una");
    (right && !article).then(|| said.slice(&(begun..end)).to_owned())
}

/// "Interior 3", "depto. B".
fn interior(r: &mut Reader<'_>) {
    r.attempt(|r| {
        r.take(&[","]);
        r.take(&["interior", "int", "depto", "dpto", "departamento", "apt", "apartment"])?;
        r.take(&["."]);
        r.token().filter(|t| t.kind == TokenKind::Digits || t.folded.len() == 1).map(|_| r.skip(1))
    });
}

/// No noun follows that could be counted.
fn is_free(said: &Said<'_>, r: &Reader<'_>) -> bool {
    r.token().is_none_or(|next| {
        let word = next.folded.as_str();
        match next.kind {
            TokenKind::Sign => !matches!(word, "%" | "/" | ":" | "$"),
            TokenKind::Digits => false,
            TokenKind::Word => {
                is_stop(word)
                    || said.is_name(next)
                    || KINDS_COLONIA.contains(&word)
                    || KINDS_STREET.contains(&word)
                    || matches!(word, "x" | "esq")
            }
        }
    })
}

const STRONG: [&str; 22] = [
    "casi esquina con",
    "casi esquina",
    "esquina con calle",
    "esquina con la",
    "esquina con",
    "esquina de",
    "esquina",
    "esq . con",
    "esq con",
    "esq .",
    "esq",
    "cruzamientos con",
    "cruzamientos",
    "cruzamiento con",
    "cruzamiento",
    "cruce con",
    "cruza con",
    "cruzando con",
    "x",
    "entre",
    "between",
    "corner of",
];

/// "Y 12", "esquina con Morelos", "x 57 y 59", "entre Hidalgo y Morelos": behind a street.
pub(super) fn crossings(said: &Said<'_>, r: &mut Reader<'_>, place: &mut PlaceSaid) -> Option<()> {
    if place.street.is_none() || !place.crossings.is_empty() {
        return None;
    }
    let strong = r.take_phrase(&STRONG);
    let lead = r.word_at(-1);
    if !strong && r.take(&["y", "e", "con", "and", "por", "at", "&"]).is_none() {
        return None;
    }
    let weak = r.word_at(-1);
    let first = crossing(said, r, strong)?;
    if !strong && matches!(weak, "por" | "at") && !first.number {
        return None;
    }
    place.crossings.push(first.text);
    if matches!(lead, "x" | "entre" | "cruzamientos" | "between") || weak == "por" {
        second(said, r, place);
    }
    Some(())
}

fn second(said: &Said<'_>, r: &mut Reader<'_>, place: &mut PlaceSaid) -> Option<()> {
    let name = r.attempt(|r| {
        r.take(&["y", "e", "con", "and", "x", "&"])?;
        crossing(said, r, true)
    })?;
    place.crossings.push(name.text);
    Some(())
}

/// The name of a crossing street. Behind a weak word ("y") it must look like one.
fn crossing(said: &Said<'_>, r: &mut Reader<'_>, strong: bool) -> Option<Name> {
    r.take_phrase(&["con la", "con", "la", "el", "las", "los"]);
    if let Some(name) = typed_name(said, r) {
        return Some(name);
    }
    let name = name::read(said, r, if strong { SMALL_WORDS } else { 2 })?;
    let likely = name.number && is_free(said, r) || name.known || (name.capital && !name.person);
    (strong || likely).then_some(name)
}

/// "60 x 57 y 59", "juarez y 12", "Hidalgo esquina con Morelos", "en Hidalgo 22": streets without the word.
pub(super) fn bare(said: &Said<'_>, r: &mut Reader<'_>, place: &mut PlaceSaid) -> Option<()> {
    if place.street.is_some() || !place.crossings.is_empty() || is_inside(r) {
        return None;
    }
    // "El hoyo de Juárez 20": the name is behind.
    if matches!(r.word(), "de" | "del") {
        return None;
    }
    let context = context(r);
    let glued_pair = r.token_at(1).is_some_and(|next| next.glued);
    let name = name::read(said, r, 2).filter(Name::is_likely)?;
    place.street = Some(name.text.clone());
    house(said, r, place, &name);
    let (numbered, before) = (place.number.is_some(), r.position());
    let crossed = crossings(said, r, place).is_some();
    if !crossed {
        *r = r.from(before);
        place.crossings.clear();
        let housed = numbered && (!name.number || name.known) && (context || (name.known && !name.person));
        return housed.then_some(());
    }
    let how = r.from(before).word();
    fits(&name, how, place, context, numbered, glued_pair).then_some(())
}

/// Whether a crossing without the word "calle" is one.
fn fits(name: &Name, how: &str, place: &PlaceSaid, context: bool, numbered: bool, glued: bool) -> bool {
    let numbers = place.crossings.iter().all(|c| c.starts_with(|c: char| c.is_ascii_digit()));
    let crossing_known =
        || place.crossings.iter().any(|c| STREETS.contains(&ventanilla_values::matching(c).as_str()));
    match how {
        // "2x1" is an offer.
        "x" if name.number => numbers && (!glued || place.crossings.len() == 2 || name.text.len() > 1),
        // "En la 20 por 15"; "3 por 20" is an offer.
        "por" => name.number && numbers && (context || place.crossings.len() == 2),
        "entre" | "between" if name.number => numbers && place.crossings.len() == 2,
        "y" | "e" | "and" | "con" | "&" if name.number && !name.known => context && numbers && how != "and",
        "y" | "e" | "and" | "&" | "con" => {
            let people = name.person && !context;
            numbered || (context && !name.person) || (name.known && !people && (numbers || crossing_known()))
        }
        _ => !name.number || numbers,
    }
}

/// Behind "en", "sobre": what follows is a place.
fn context(r: &Reader<'_>) -> bool {
    let article = matches!(r.word_at(-1), "la" | "el");
    let before = if article { r.word_at(-2) } else { r.word_at(-1) };
    matches!(before, "en" | "sobre" | "por" | "calles" | "on" | "at" | "direccion" | "vivo")
        || (article && before == "de")
}

pub(super) fn is_inside(r: &Reader<'_>) -> bool {
    r.is_glued() && !matches!(r.word_at(-1), "\n" | "," | "(" | "¿" | ":" | "." | "\"")
}

/// "Esquina de Hidalgo y 5 de mayo", "esquina con Nogal", "corner of 5th and Main".
pub(super) fn corner(said: &Said<'_>, r: &mut Reader<'_>, place: &mut PlaceSaid) -> Option<()> {
    if place.street.is_some() || !place.crossings.is_empty() {
        return None;
    }
    let led = [
        "esquina de la",
        "esquina de",
        "esquina con la",
        "esquina con",
        "esquina",
        "esq . de",
        "esq de",
        "esq . con",
        "esq con",
        "esq .",
        "esq",
        "corner of",
        "cruce de la",
        "cruce de",
        "cruzamiento de",
        "the corner of",
        "intersection of",
    ];
    r.take_phrase(&led).then_some(())?;
    let alone = r.word_at(-1) == "con" || r.word_at(-2) == "con";
    let first = crossing(said, r, true)?;
    let likely = first.is_likely();
    let paired = r.attempt(|r| {
        r.take(&["y", "e", "con", "and", "&"])?;
        crossing(said, r, likely)
    });
    let both = paired.is_some();
    place.crossings.extend([Some(first), paired].into_iter().flatten().map(|name| name.text));
    (both || alone).then_some(())
}

/// Whether two streets follow: "Morelos y Juárez" behind "en la esquina de".
pub(super) fn two_meet(said: &Said<'_>, r: &Reader<'_>) -> bool {
    let mut r = *r;
    let Some(first) = crossing(said, &mut r, true).filter(Name::is_likely) else { return false };
    let joined = r.take(&["y", "e", "con", "and", "&"]).is_some();
    joined && crossing(said, &mut r, first.is_likely()).is_some()
}

/// "Entre Hidalgo y Morelos", "entre las calles Sol y Luna"; two numbers may also be an hour or an amount.
pub(super) fn between(said: &Said<'_>, r: &mut Reader<'_>, place: &mut PlaceSaid) -> Option<()> {
    if !place.crossings.is_empty() {
        return None;
    }
    let counted =
        matches!(r.word_at(-1), "somos" | "son" | "hay" | "eran" | "como" | "unos" | "unas" | "fueron");
    r.take(&["entre", "between"])?;
    let typed = r.take_phrase(&["las calles", "la calle", "calles", "calle", "la", "las", "av", "avenida"]);
    // "La 20 y la 22" are streets: of hours only one is "la".
    let singular = r.word_at(-1) == "la";
    let typed = typed && !matches!(r.word_at(-1), "la" | "las");
    let begun = r.position();
    let first = name::read(said, r, 2).filter(|name| typed || name.is_likely())?;
    r.take(&["y", "e", "and"])?;
    let other = crossing(said, r, typed || first.is_likely()).filter(|other| typed || other.is_likely())?;
    let figures = |text: &str| text.parse::<u32>().ok();
    let hours = [&first, &other].iter().all(|n| n.number && figures(&n.text).is_none_or(|n| n <= 24))
        && !(singular && figures(&first.text).is_some_and(|n| n != 1));
    let free = !first.number || (is_free(said, r) && !counted);
    let people = first.person && other.person && !typed;
    (typed || (!hours && free && !people)).then_some(())?;
    let pair = [first, other].map(|name| name.text);
    place.crossings.extend(pair);
    (r.position() > begun).then_some(())
}
