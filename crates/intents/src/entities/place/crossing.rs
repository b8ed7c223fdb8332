//! Streets that cross: behind a street ("x 57 y 59"), at a corner, and between which something lies.

use ventanilla_values::Reader;

use super::super::Said;
use super::PlaceSaid;
use super::name::{self, Name};
use super::street::{SMALL_WORDS, is_free, typed_name};

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
    if !strong && r.take(&["y", "e", "con", "and", "por", "at", "&"]).is_none() && slash(r).is_none() {
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

/// "Hidalgo/Allende".
fn slash(r: &mut Reader<'_>) -> Option<()> {
    r.attempt(|r| r.take(&["/"]).filter(|_| r.is_glued() && r.token_at(-1).is_some_and(|sign| sign.glued)))
        .map(|_| ())
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

/// "Esquina de Hidalgo y 5 de mayo", "esquina con Nogal", "corner of 5th and Main".
pub(super) fn corner(said: &Said<'_>, r: &mut Reader<'_>, place: &mut PlaceSaid) -> Option<()> {
    if place.street.is_some() || !place.crossings.is_empty() {
        return None;
    }
    let led = [
        "esquina que forman",
        "esquina que hacen",
        "esquina donde se cruzan",
        "esquina donde cruzan",
        "cruce que forman",
        "donde se cruzan",
        "donde cruzan",
        "donde se juntan",
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
    // "Donde se juntan borrachos y vagos".
    let named = matches!(r.word_at(-1), "forman" | "hacen" | "cruzan" | "juntan");
    let first = crossing(said, r, true).filter(|name| name.is_likely() || !named)?;
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
