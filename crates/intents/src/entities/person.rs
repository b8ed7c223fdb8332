//! The name that a person gives: behind "me llamo", "soy", "a nombre de", "my name is". Professions and places are
//! not names ("soy maestra", "soy de la colonia").

use ventanilla_values::{Reader, Token, TokenKind};

use super::{
    EntityValue, Said,
    names::{is_first_name, is_surname},
    overlap::Found,
    place::is_stop,
};

/// How sure it is that a name follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Announced {
    /// "Me llamo": nothing else can follow.
    Surely,
    /// "Soy": perhaps a profession.
    Perhaps,
    /// "Se llama": perhaps a shop or a dog; only a known first name counts.
    Hardly,
}

const LEADS: [(&str, Announced); 22] = [
    ("me llamo", Announced::Surely),
    ("me yamo", Announced::Surely),
    ("mi nombre completo es", Announced::Surely),
    ("mi nombre es", Announced::Surely),
    ("mi nonbre es", Announced::Surely),
    ("el nombre es", Announced::Surely),
    ("a nombre de", Announced::Surely),
    ("a nombre del senor", Announced::Surely),
    ("my full name is", Announced::Surely),
    ("my name is", Announced::Surely),
    ("my name ' s", Announced::Surely),
    ("name :", Announced::Surely),
    ("nombre :", Announced::Surely),
    ("le habla", Announced::Perhaps),
    ("habla", Announced::Hardly),
    ("soy", Announced::Perhaps),
    ("soi", Announced::Hardly),
    ("this is", Announced::Hardly),
    ("i am", Announced::Hardly),
    ("i ' m", Announced::Hardly),
    ("se llama", Announced::Hardly),
    ("atte", Announced::Perhaps),
];
/// Before the name, and no part of it.
const TITLES: [&str; 18] = [
    "la", "el", "senora", "senor", "sra", "sr", "srita", "senorita", "don", "dona", "lic", "ing", "profe",
    "doctora", "doctor", "dr", "mr", "mrs",
];
const MOST_WORDS: usize = 4;

pub(super) fn find(said: &Said<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    let mut reader = said.reader();
    while !reader.is_done() {
        let begun = reader.position();
        match reader.take_listed(&LEADS).and_then(|announced| name(said, &mut reader, announced)) {
            Some(one) => found.push(one),
            None => reader = reader.from(begun + 1),
        }
    }
    found
}

fn name(said: &Said<'_>, r: &mut Reader<'_>, announced: Announced) -> Option<Found> {
    r.take(&[":"]);
    let titled = skip_titles(r);
    let first = r.token().filter(|token| begins(said, token, announced, titled))?;
    // "Se llama La Esperanza" is a shop, "me llamó la atención" no name at all.
    let article = !titled && matches!(r.word_at(-1), "la" | "el");
    if article && (announced != Announced::Surely || !is_first_name(&first.folded)) {
        return None;
    }
    let begun = r.position();
    let known = is_first_name(&first.folded) || is_surname(&first.folded);
    r.skip(1);
    let mut words = 1;
    while words < MOST_WORDS && goes_on(said, r, announced, known) {
        words += 1;
    }
    // "Soy Maestra de inglés": one unknown word in capitals is no name.
    let plain = announced == Announced::Perhaps && !known && !titled && words < 2;
    if plain {
        return None;
    }
    let tokens = begun..r.position();
    Some(Found::new(EntityValue::PersonName(spelled(said, r, begun)), tokens))
}

fn skip_titles(r: &mut Reader<'_>) -> bool {
    let mut titled = false;
    while let Some(title) = r.take(&TITLES) {
        r.take(&["."]);
        titled |= !matches!(title, "la" | "el");
    }
    titled
}

/// Whether a name begins with this word.
fn begins(said: &Said<'_>, token: &Token, announced: Announced, titled: bool) -> bool {
    let word = token.folded.as_str();
    let known = is_first_name(word) || (titled && is_surname(word));
    let capital = said.is_name(token);
    let possible = is_possible(token);
    match announced {
        Announced::Surely => known || possible,
        Announced::Perhaps => known || (possible && capital),
        Announced::Hardly => {
            known && (capital || !matches!(word, "luz" | "paz" | "flor" | "rosa" | "angel" | "dulce"))
        }
    }
}

/// Takes the next word of the name, with the particles before it ("de la", "y").
fn goes_on(said: &Said<'_>, r: &mut Reader<'_>, announced: Announced, known: bool) -> bool {
    let begun = *r;
    let particle = r.take_phrase(&["de la", "de las", "de los", "del", "de", "y"]);
    let next = r.token().filter(|token| token.kind == TokenKind::Word && !token.glued);
    let belongs = next.is_some_and(|token| {
        let word = token.folded.as_str();
        let capital = said.is_name(token) && is_possible(token);
        // "John can you": surnames of the peninsula that are English words.
        let english = matches!(word, "can" | "may") && !said.is_name(token);
        let listed = (is_surname(word) || is_first_name(word)) && !english;
        let and = begun.word() == "y";
        let dictated = announced == Announced::Surely
            && known
            && !particle
            && !said.is_name(token)
            && is_possible(token);
        // "Soy Ana de Las Palmas": what follows a particle is a place more often.
        if particle {
            is_surname(word) && !and || (and && capital && listed && !is_first_name(word))
        } else {
            capital || listed || dictated
        }
    });
    *r = if belongs { r.from(r.position() + 1) } else { begun };
    belongs
}

/// A word that may be a name: no verb, no request, no profession.
fn is_possible(token: &Token) -> bool {
    let word = token.folded.as_str();
    let letters = word.chars().all(char::is_alphabetic) && (2..=20).contains(&word.chars().count());
    token.kind == TokenKind::Word && letters && !is_stop(word) && !NOT_NAMES.contains(&word)
}

/// What people are, and what they say behind "soy".
const NOT_NAMES: &[&str] = &[
    "vecino",
    "vecina",
    "maestra",
    "maestro",
    "profesor",
    "profesora",
    "doctora",
    "doctor",
    "enfermera",
    "enfermero",
    "ama",
    "madre",
    "padre",
    "mama",
    "papa",
    "estudiante",
    "comerciante",
    "ciudadano",
    "ciudadana",
    "habitante",
    "residente",
    "adulto",
    "adulta",
    "mayor",
    "mexicano",
    "mexicana",
    "mujer",
    "hombre",
    "persona",
    "yo",
    "nuevo",
    "nueva",
    "dueno",
    "duena",
    "cliente",
    "usuario",
    "usuaria",
    "empleado",
    "empleada",
    "jubilado",
    "jubilada",
    "pensionado",
    "pensionada",
    "taxista",
    "chofer",
    "abogado",
    "abogada",
    "ingeniero",
    "ingeniera",
    "licenciado",
    "licenciada",
    "presidente",
    "presidenta",
    "delegado",
    "delegada",
    "comisario",
    "esposa",
    "esposo",
    "hija",
    "hijo",
    "hermana",
    "hermano",
    "abuela",
    "abuelo",
    "originario",
    "originaria",
    "responsable",
    "encargado",
    "encargada",
    "quien",
    "alergico",
    "alergica",
    "diabetico",
    "diabetica",
    "discapacitado",
    "discapacitada",
    "consciente",
    "otra",
    "otro",
    "igual",
    "urgent",
    "bad",
    "ridiculous",
    "teacher",
    "neighbor",
    "neighbour",
    "resident",
    "owner",
    "citizen",
    "tourist",
    "writing",
    "calling",
    "reporting",
    "here",
    "sorry",
    "afraid",
    "very",
    "just",
    "still",
    "also",
    "so",
    "not",
    "trying",
    "looking",
    "interested",
    "empresa",
    "negocio",
    "tienda",
    "gracias",
    "atentamente",
    "secreto",
    "privado",
    "anonimo",
    "anonima",
    "titular",
];

/// With capital letters, particles small.
fn spelled(said: &Said<'_>, r: &Reader<'_>, begun: usize) -> String {
    let words = (begun..r.position()).filter_map(|at| r.from(at).token());
    let spelled: Vec<String> = words.map(|token| capitalised(said.written(token), &token.folded)).collect();
    spelled.join(" ")
}

fn capitalised(written: &str, folded: &str) -> String {
    let small = written.to_lowercase();
    if matches!(folded, "de" | "la" | "las" | "los" | "del" | "y") {
        return small;
    }
    let mut chars = small.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
