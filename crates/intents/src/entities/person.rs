//! The name that a person gives: behind "me llamo", "soy", "a nombre de", "my name is". Professions and places are
//! not names ("soy maestra", "soy de la colonia").

use std::{collections::HashSet, sync::LazyLock};

use ventanilla_values::{Reader, Token, TokenKind, is_second_given};

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

const LEADS: [(&str, Announced); 28] = [
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
    ("me dicen", Announced::Perhaps),
    ("le habla", Announced::Perhaps),
    ("le escribe", Announced::Perhaps),
    ("firma :", Announced::Perhaps),
    ("firma", Announced::Hardly),
    ("atentamente", Announced::Perhaps),
    ("att", Announced::Perhaps),
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
const TITLES: [&str; 20] = [
    "vecino", "vecina", "la", "el", "senora", "senor", "sra", "sr", "srita", "senorita", "don", "dona",
    "lic", "ing", "profe", "doctora", "doctor", "dr", "mr", "mrs",
];
const MOST_WORDS: usize = 4;

pub(super) fn find(said: &Said<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    let mut reader = said.reader();
    while !reader.is_done() {
        let begun = reader.position();
        // "No me llamo Juan".
        let denied = matches!(reader.word_at(-1), "no" | "not" | "ni");
        let lead = reader.take_listed(&LEADS).filter(|_| !denied);
        match lead.and_then(|announced| name(said, &mut reader, announced)) {
            Some(one) => found.push(one),
            None => reader = reader.from(begun + 1),
        }
    }
    found
}

fn name(said: &Said<'_>, r: &mut Reader<'_>, announced: Announced) -> Option<Found> {
    r.take(&[":", ".", ","]);
    r.take(&["\n"]);
    if r.clone().take_phrase(&OFFICES) {
        return None;
    }
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
    joined(said, r);
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
        titled |= !matches!(title, "la" | "el" | "vecino" | "vecina");
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

/// "O'Brien", "García-Luna", "Ma.": what touches a word of a name and belongs to it.
fn joined(said: &Said<'_>, r: &mut Reader<'_>) {
    let short = matches!(r.word_at(-1), "ma" | "fco" | "gpe" | "fdo") && r.is_glued();
    if short && !r.word_at(1).is_empty() {
        r.take(&["."]);
    }
    let irish = r.word_at(-1) == "o";
    r.attempt(|r| {
        let glued = r.is_glued();
        r.take(&["'", "’", "-"]).filter(|_| glued && r.is_glued())?;
        // "John's": no part of it.
        let named = |next: &&Token| {
            irish || said.is_name(next) || is_first_name(&next.folded) || is_surname(&next.folded)
        };
        r.token().filter(|next| next.folded.len() > 1).filter(named).map(|_| r.skip(1))
    });
}

/// Takes the next word of the name, with the particles before it ("de la", "y").
fn goes_on(said: &Said<'_>, r: &mut Reader<'_>, announced: Announced, known: bool) -> bool {
    let begun = *r;
    let particle = r.take_phrase(&["de la", "de las", "de los", "del", "de", "y"]);
    let next = r.token().filter(|token| token.kind == TokenKind::Word && !token.glued);
    let irish = next.is_some_and(|token| token.folded == "o")
        && matches!(r.word_at(1), "'" | "’")
        && r.token_at(2).is_some_and(|rest| rest.glued && rest.folded != "clock");
    let belongs = irish
        || next.is_some_and(|token| {
            let word = token.folded.as_str();
            let capital = said.is_name(token) && is_possible(token);
            // "John can you", "Ana domingo a las 5": names that are other words too.
            let other = matches!(word, "can" | "may" | "mayo" | "domingo" | "abril") && !said.is_name(token);
            let listed = (is_surname(word) || is_first_name(word)) && !other;
            let and = begun.word() == "y";
            let dictated = announced == Announced::Surely
                && known
                && !particle
                && !said.is_name(token)
                && is_possible(token);
            // "Soy Ana de Las Palmas": what follows a particle is a place more often.
            if particle {
                is_surname(word) && !and
                    || (and && capital && listed && !is_first_name(word))
                    || (is_second_given(word) && is_devout(&begun))
            } else {
                capital || listed || dictated
            }
        });
    *r = if belongs { r.from(r.position() + 1) } else { begun };
    if belongs {
        joined(said, r);
    }
    belongs
}

/// "María **del** Carmen", "José de Jesús": "soy Ana de Guadalupe" may live there.
fn is_devout(particle: &Reader<'_>) -> bool {
    let before = if particle.word_at(-1) == "." { particle.word_at(-2) } else { particle.word_at(-1) };
    matches!(before, "maria" | "ma" | "jose" | "juan" | "rosa")
        || (particle.word() == "del" && is_first_name(before))
}

/// A word that may be a name: no verb, no request, no profession.
fn is_possible(token: &Token) -> bool {
    let word = token.folded.as_str();
    let letters = word.chars().all(char::is_alphabetic) && (2..=20).contains(&word.chars().count());
    // "My name is misspelled", "my name's painted on it".
    let done = word.len() > 5
        && ["ed", "ing", "ado", "cto"].iter().any(|end| word.ends_with(end))
        && !["fred", "med"].iter().any(|end| word.ends_with(end))
        && !token.capital
        && !is_first_name(word)
        && !is_surname(word);
    token.kind == TokenKind::Word && letters && !done && !is_stop(word) && !NO_NAMES.contains(word)
}

/// Who is no person, though the words are names.
const OFFICES: [&str; 10] = [
    "cruz roja",
    "cruz verde",
    "la cruz roja",
    "la cruz verde",
    "proteccion civil",
    "guardia nacional",
    "policia municipal",
    "santa claus",
    "servicios publicos",
    "seguridad publica",
];

/// What people are, and what they say behind "soy".
static NO_NAMES: LazyLock<HashSet<&str>> =
    LazyLock::new(|| include_str!("person/no_names.txt").split_whitespace().collect());

/// With capital letters, particles small.
fn spelled(said: &Said<'_>, r: &Reader<'_>, begun: usize) -> String {
    let mut name = String::new();
    for token in (begun..r.position()).filter_map(|at| r.from(at).token()) {
        if !name.is_empty() && !token.glued {
            name.push(' ');
        }
        name.push_str(&capitalised(said.written(token), &token.folded));
    }
    name
}

fn capitalised(written: &str, folded: &str) -> String {
    let small = written.to_lowercase();
    if matches!(folded, "de" | "la" | "las" | "los" | "del" | "y") {
        return small;
    }
    let mut chars = small.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
