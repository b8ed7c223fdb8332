//! The words that places are told by, in small letters without accents.

use std::{collections::HashSet, sync::LazyLock};

use ventanilla_values::{Reader, TokenKind};

/// What a street is called before its name.
pub(super) const KINDS_STREET: &[&str] = &[
    "calle",
    "calles",
    "cll",
    "clle",
    "kalle",
    "caye",
    "c",
    "avenida",
    "avenidad",
    "av",
    "ave",
    "avda",
    "abenida",
    "boulevard",
    "bulevar",
    "blvd",
    "blvr",
    "bulvar",
    "boulevar",
    "calzada",
    "calz",
    "privada",
    "priv",
    "pvda",
    "prol",
    "prolongacion",
    "cerrada",
    "cda",
    "callejon",
    "andador",
    "circuito",
    "carretera",
    "carr",
    "camino",
    "periferico",
    "libramiento",
    "eje",
    "diagonal",
    "retorno",
    "autopista",
    "highway",
    "hwy",
    "road",
];

/// Kinds that are ordinary words too, or a letter: a name must show itself behind them.
pub(super) const KINDS_WEAK: &[&str] = &[
    "c",
    "ave",
    "privada",
    "cerrada",
    "camino",
    "eje",
    "circuito",
    "retorno",
    "diagonal",
    "pueblo",
    "poblado",
    "rancheria",
    "comunidad",
    "localidad",
    "sector",
    "zona",
    "rancho",
    "region",
    "cabecera",
    "residencial",
    "ampliacion",
    "periferico",
    "highway",
    "hwy",
    "road",
];

/// Kinds that are written short, with a point.
const SHORT: &[&str] = &[
    "c", "av", "ave", "avda", "cll", "clle", "blvd", "blvr", "calz", "priv", "pvda", "prol", "cda", "carr",
    "col", "fracc", "frac", "fraccto",
];

/// Takes the point of "av.", "col."; that of "en mi calle." ends a sentence.
pub(super) fn take_point(r: &mut Reader<'_>) -> bool {
    SHORT.contains(&r.word_at(-1)) && r.is_glued() && r.take(&["."]).is_some()
}

/// What a part of the town is called before its name.
pub(super) const KINDS_COLONIA: &[&str] = &[
    "colonia",
    "col",
    "colonai",
    "coloia",
    "clonia",
    "kolonia",
    "fraccionamiento",
    "fracc",
    "fraccto",
    "frac",
    "fracionamiento",
    "barrio",
    "ejido",
    "comisaria",
    "infonavit",
    "residencial",
    "ampliacion",
    "pueblo",
    "poblado",
    "rancheria",
    "comunidad",
    "localidad",
    "sector",
    "zona",
    "rancho",
    "region",
    "cabecera",
];

/// What a street is called behind its name.
pub(super) const KINDS_ENGLISH: &[&str] =
    &["street", "st", "avenue", "ave", "road", "rd", "boulevard", "blvd", "drive", "lane"];

/// Small words at the beginning of a name.
pub(super) const LEADS: &[&str] =
    &["de", "del", "la", "las", "los", "el", "san", "santa", "santo", "sn", "sta", "gral", "lic"];

/// In names of streets ("5 de mayo") and in dates.
pub(super) const MONTHS: &[&str] = &[
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];

/// What may follow a noun or a name without a capital letter.
pub(super) const ADJECTIVES: &[&str] = &[
    "municipal",
    "publica",
    "publico",
    "deportiva",
    "deportivo",
    "central",
    "principal",
    "general",
    "federal",
    "estatal",
    "nueva",
    "nuevo",
    "vieja",
    "viejo",
    "azul",
    "roja",
    "rojo",
    "verde",
    "blanca",
    "blanco",
    "amarilla",
    "amarillo",
    "rosa",
    "civil",
    "tecnica",
    "alegre",
    "hermosa",
    "alta",
    "alto",
    "norte",
    "sur",
    "oriente",
    "poniente",
    "residencial",
    "catolica",
    "cristiana",
    "militar",
    "naval",
    "comunitario",
    "comunitaria",
    "abandonada",
    "abandonado",
    "turistico",
    "gas",
    "electrica",
];

type Words = LazyLock<HashSet<&'static str>>;

fn listed(text: &'static str) -> HashSet<&'static str> {
    text.split_whitespace().collect()
}

/// Words that are neither the name nor the noun of a place: small words, verbs, requests, times.
static FUNCTION: Words = LazyLock::new(|| listed(include_str!("small_words.txt")));

/// What reports are about: no name of a street or colonia, though it may be what one stands beside.
static NOUNS: Words = LazyLock::new(|| listed(include_str!("nouns.txt")));

/// Names that streets have in most towns of Mexico: after heroes, dates, plants.
static STREETS: Words = LazyLock::new(|| listed(include_str!("streets.txt")));

/// Things that people find their way by.
static LANDMARKS: Words = LazyLock::new(|| listed(include_str!("landmarks.txt")));

/// English nouns that are places beside something or with a word before them: "by the gate", "the ice plant".
static HEADS: Words = LazyLock::new(|| listed(include_str!("heads.txt")));

/// What is counted or measured: a number before it names no street.
static MEASURES: Words = LazyLock::new(|| listed(include_str!("measures.txt")));

pub(super) fn is_street_name(word: &str) -> bool {
    STREETS.contains(word)
}

/// A thing that one stands beside, though "in the road" says nothing.
pub(super) fn is_head(word: &str) -> bool {
    HEADS.contains(word) || is_landmark(word)
}

pub(super) fn is_landmark(word: &str) -> bool {
    LANDMARKS.contains(word)
}

/// A word that ends the name of a street, a colonia or a person.
pub(in crate::entities) fn is_stop(word: &str) -> bool {
    is_function(word) || NOUNS.contains(word) || is_verb(word)
}

/// A word that is no noun either.
pub(super) fn is_function(word: &str) -> bool {
    FUNCTION.contains(word) || is_verb(word)
}

/// Names and nouns that end like a verb.
const NO_VERBS: [&str; 9] =
    ["fernando", "armando", "orlando", "rolando", "hernando", "servando", "ovando", "obando", "camaron"];

/// "Tirando", "saliendo", "tiraron", "pusieron".
fn is_verb(word: &str) -> bool {
    let long = word.len() > 5 && !NO_VERBS.contains(&word) && !is_street_name(word);
    long && ["ando", "iendo", "aron", "ieron", "aban", "emos", "amos", "ieran"]
        .iter()
        .any(|end| word.ends_with(end))
}

/// Whether what follows is counted or measured by the number before, or makes it an hour or a day.
pub(super) fn is_measure(r: &Reader<'_>) -> bool {
    let next = r.word();
    let unit = MEASURES.contains(next);
    let of_day = next == "de"
        && (MONTHS.contains(&r.word_at(1))
            || matches!(r.word_at(2), "tarde" | "manana" | "noche" | "madrugada"));
    let hour = matches!(next, ":" | "%" | "/")
        && r.token_at(1).is_some_and(|t| t.glued && t.kind == TokenKind::Digits);
    // "60 por 57": here "por" crosses.
    let crossing = next == "por" && r.token_at(1).is_some_and(|t| t.kind == TokenKind::Digits);
    (unit && !crossing) || of_day || hour
}
