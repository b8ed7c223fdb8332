//! Streets with their kind ("calle Juárez 14"), and the numbers of houses.

use ventanilla_values::{Reader, TokenKind};

use super::super::Said;
use super::PlaceSaid;
use super::name::{self, Name};
use super::words::{KINDS_COLONIA, KINDS_STREET, KINDS_WEAK, is_measure, is_stop, take_point};

/// Words of a name in small letters.
pub(super) const SMALL_WORDS: usize = 3;

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
pub(super) fn typed_name(said: &Said<'_>, r: &mut Reader<'_>) -> Option<Name> {
    r.attempt(|r| {
        let kind = r.take(KINDS_STREET)?;
        let pointed = take_point(r);
        r.take(&["numero", "no", "#"]);
        let road = matches!(kind, "carretera" | "carr" | "camino" | "autopista" | "highway" | "hwy" | "road");
        if road {
            r.take(&["federal", "libre", "vieja", "costera"]);
            r.take(&["a", "al", "to"]);
        }
        let begun = r.position();
        let mut name = if road { destination(said, r)? } else { name::read(said, r, SMALL_WORDS)? };
        if r.attempt(|r| one_more(said, r, &name)).is_some() {
            name.text = said.slice(&(begun..r.position())).to_owned();
        }
        let weak = KINDS_WEAK.contains(&kind) && !pointed;
        (name.is_likely() || !weak).then_some(name)
    })
}

/// "Avenida camarón sábalo 120": before the number of a house any word belongs to the name.
fn one_more(said: &Said<'_>, r: &mut Reader<'_>, name: &Name) -> Option<()> {
    let any = !name.number && !name.capital && !name.known;
    r.token().filter(|next| any && !next.glued && name::is_content(said, next))?;
    r.skip(1);
    let mut behind = *r;
    behind.take_digits(5)?;
    (!is_measure(&behind) && is_free(said, &behind)).then_some(())
}

/// "123 Calle Juárez", "at 22 Calle Allende", "el número 14 de la calle Hidalgo": the number comes first.
pub(super) fn numbered_before(said: &Said<'_>, r: &mut Reader<'_>, place: &mut PlaceSaid) -> Option<()> {
    if place.street.is_some() || place.number.is_some() {
        return None;
    }
    let english = matches!(r.word_at(-1), "at" | "on" | "live");
    let begins = english || matches!(r.word_at(-1), "" | "," | "." | ":" | "\n" | "in" | "is" | "es" | "en");
    let marked = r.take_phrase(&["numero", "num .", "num", "no .", "#", "number"]);
    let begun = r.position();
    r.take_digits(5)?;
    letter(said, r);
    let number = said.slice(&(begun..r.position())).to_owned();
    if marked {
        r.take_phrase(&["de la", "en la", "de", "en", "on"]);
    }
    // "Hay 2 calles cerradas".
    (r.word() != "calles" && !r.is_glued()).then_some(())?;
    let name = typed_name(said, r)?;
    (marked || (begins && (english || !name.number))).then_some(())?;
    (place.street, place.number) = (Some(name.text), Some(number));
    Some(())
}

/// "A la altura del 120".
pub(super) fn height(said: &Said<'_>, r: &mut Reader<'_>, place: &mut PlaceSaid) -> Option<()> {
    r.take_phrase(&["a la altura del", "ala altura del", "altura del"]).then_some(())?;
    r.take_phrase(&["numero", "num .", "num", "no .", "#"]);
    let begun = r.position();
    r.take_digits(5)?;
    (place.number.is_none() && !is_measure(r) && is_free(said, r)).then_some(())?;
    place.number = Some(said.slice(&(begun..r.position())).to_owned());
    Some(())
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
pub(super) fn house(said: &Said<'_>, r: &mut Reader<'_>, place: &mut PlaceSaid, name: &Name) {
    if place.number.is_none() {
        place.number =
            r.attempt(|r| without_number(r)).or_else(|| r.attempt(|r| house_number(said, r, name)));
        r.attempt(|r| height(said, r, place));
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
        letter(said, r);
    } else {
        r.take_count(9_999).filter(|_| marked || (name.is_likely() && !name.number))?;
    }
    interior(r);
    let end = r.position();
    let crossed = matches!(r.word(), "x" | "entre" | "por");
    let free = !is_measure(r) && is_free(said, r);
    // "PTR 2x2" is a measure.
    let measured = r.is_glued() && r.word() == "x" && end - begun == 1 && r.word_at(-1).len() == 1;
    let right = marked || (free && !measured && (!name.number || name.known || name.feast || crossed));
    let article = !digits && matches!(said.slice(&(begun..end)), "un" | "una");
    (right && !article).then(|| said.slice(&(begun..end)).to_owned())
}

/// What an address goes on with.
const BEHIND: [&str; 9] = ["x", "entre", "por", "con", "esquina", "esq", "col", "colonia", "fraccionamiento"];

/// "-B", "b" or " B" behind the number of a house or a street.
pub(super) fn letter(said: &Said<'_>, r: &mut Reader<'_>) {
    r.attempt(|r| {
        let dashed = r.attempt(|r| r.take(&["-"]).filter(|_| r.is_glued())).is_some();
        let token = r.token().filter(|t| t.kind == TokenKind::Word && t.folded.len() == 1)?;
        let joined = token.glued && (dashed || token.folded != "x");
        r.skip(1);
        // "20 A", and not "20 a las 3" or "20 y 22".
        let apart = !dashed && matches!(token.folded.as_str(), "a" | "b" | "c" | "d" | "f");
        // "C.P. 24100" is no house.
        let short = r.is_glued() && r.word() == "." && r.token_at(1).is_some_and(|t| t.glued);
        let ends = r.token().is_none_or(|t| t.kind == TokenKind::Sign || BEHIND.contains(&r.word()));
        let alone = ends && !short;
        (joined || (apart && (said.is_name(token) || (alone && !token.glued)))).then_some(())
    });
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
pub(super) fn is_free(said: &Said<'_>, r: &Reader<'_>) -> bool {
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
