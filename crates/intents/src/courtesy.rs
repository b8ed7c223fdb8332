//! Greetings, thanks and excuses: what people say around what they want.

use std::{collections::HashMap, sync::LazyLock};

/// How many words of greeting or politeness begin here; the words are in small letters, without accents.
pub(crate) fn courtesy(words: &[&str]) -> Option<usize> {
    let beginning = BY_FIRST_WORD.get(words.first()?)?;
    beginning.iter().filter(|courtesy| words.starts_with(courtesy)).map(Vec::len).max()
}

/// In words. A whole book of phrases is compared with them at every start.
static BY_FIRST_WORD: LazyLock<HashMap<&str, Vec<Vec<&str>>>> = LazyLock::new(|| {
    let mut all: HashMap<&str, Vec<Vec<&str>>> = HashMap::new();
    for courtesy in COURTESIES {
        let words: Vec<&str> = courtesy.split(' ').collect();
        if let Some(first) = words.first() {
            all.entry(first).or_default().push(words);
        }
    }
    all
});

/// Longest match wins; without accents.
const COURTESIES: &[&str] = &[
    "hola",
    "holi",
    "ola",
    "oye",
    "oiga",
    "disculpe",
    "disculpa",
    "disculpen",
    "perdon",
    "buenas",
    "buenas tardes",
    "buenas noches",
    "buen dia",
    "buenos dias",
    "muy buenos dias",
    "muy buenas tardes",
    "que tal",
    "saludos",
    "por favor",
    "porfavor",
    "porfa",
    "porfis",
    "xfa",
    "gracias",
    "muchas gracias",
    "mil gracias",
    "de antemano",
    "me pueden ayudar",
    "me puede ayudar",
    "me podrian ayudar",
    "ayuda por favor",
    "bendiciones",
    "hi",
    "hello",
    "hey",
    "good morning",
    "good afternoon",
    "good evening",
    "please",
    "pls",
    "thanks",
    "thank you",
];
