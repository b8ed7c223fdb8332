//! What people put around what they have to say: who they are, where they are, and that they are sorry to disturb. It makes a
//! cry sound like a report. And "no, es en Juárez con 12" is an address and nothing else: by its words alone it may look like
//! the beginning of many cries, and it is none.

use std::ops::Range;

use ventanilla_values::{Token, TokenKind, tokens, words};

use crate::courtesy::courtesy;
use crate::entities::{Entity, EntityValue, entities};

/// What people put around an address. Folded.
const AROUND: [&str; 36] = [
    "no", "si", "es", "en", "a", "la", "el", "los", "las", "lo", "de", "del", "por", "que", "un", "una", "y",
    "ya", "aqui", "alli", "ahi", "esta", "estoy", "queda", "perdon", "bueno", "pues", "mira", "is", "it",
    "its", "at", "on", "the", "in", "sorry",
];

/// Whether a message names a place and says nothing else.
pub fn is_only_an_address(text: &str) -> bool {
    let place = |one: &Entity| matches!(one.value, EntityValue::Place(_));
    let places = entities(text).into_iter().filter(place).map(|one| one.span);
    blanked(text, places).is_some_and(|rest| says_nothing(&rest))
}

fn says_nothing(rest: &str) -> bool {
    words(rest).iter().all(|word| AROUND.contains(&word.as_str()))
}

/// How a report, a name or a number begins. Folded.
const BEGINS: [&[&str]; 14] = [
    &["la", "molestia"],
    &["que", "moleste"],
    &["quiero", "reportar", "que"],
    &["quiero", "reportar"],
    &["quisiera", "reportar"],
    &["vengo", "a", "reportar"],
    &["para", "reportar"],
    &["les", "escribo"],
    &["le", "escribo"],
    &["me", "llamo"],
    &["mi", "nombre", "es"],
    &["i", "want", "to", "report"],
    &["sorry", "to", "bother", "you"],
    &["my", "name", "is"],
];

/// What announces a telephone, before its digits or "es". Folded.
const ANNOUNCES: [&[&str]; 7] = [
    &["mi", "cel"],
    &["mi", "celular"],
    &["mi", "tel"],
    &["mi", "telefono"],
    &["mi", "numero"],
    &["my", "phone"],
    &["my", "number"],
];

/// A message with blanks for courtesies, addresses, names and telephones, so that everything else stands where it stood;
/// `None` where it has none, or nothing else. What is only a landmark stays: "in the drain" tells what the matter is.
pub(crate) fn said_plainly(text: &str) -> Option<String> {
    let around = |one: &Entity| match &one.value {
        EntityValue::Place(place) => place.is_address(),
        EntityValue::PersonName(_) | EntityValue::Phone(_) | EntityValue::Email(_) => true,
        _ => false,
    };
    let named = entities(text).into_iter().filter(around).map(|one| one.span);
    blanked(text, named.chain(courtesies(text))).filter(|rest| !says_nothing(rest))
}

/// Where something polite is said, or something begins.
fn courtesies(text: &str) -> Vec<Range<usize>> {
    let tokens: Vec<Token> = tokens(text).into_iter().filter(|one| one.kind != TokenKind::Sign).collect();
    let words: Vec<&str> = tokens.iter().map(|token| token.folded.as_str()).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while let (Some(rest), Some(first)) = (words.get(at..), tokens.get(at)) {
        let length = courtesy(rest).max(begins(rest)).max(announces(rest));
        if let Some(last) = length.and_then(|length| tokens.get(at + length - 1)) {
            found.push(first.span.start..last.span.end);
        }
        at += length.unwrap_or(1);
    }
    found
}

fn begins(words: &[&str]) -> Option<usize> {
    BEGINS.iter().find(|begins| words.starts_with(begins)).map(|begins| begins.len())
}

fn announces(words: &[&str]) -> Option<usize> {
    let announced = ANNOUNCES.iter().find(|announces| words.starts_with(announces))?.len();
    let is = usize::from(matches!(words.get(announced), Some(&("es" | "is"))));
    let digits = words.get(announced + is)?.starts_with(|c: char| c.is_ascii_digit());
    digits.then_some(announced + is)
}

fn blanked(text: &str, spans: impl IntoIterator<Item = Range<usize>>) -> Option<String> {
    let mut rest = text.to_owned();
    for span in spans {
        rest.replace_range(span.clone(), &" ".repeat(span.len()));
    }
    (rest != text).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_with_what_people_put_around_it() {
        for text in [
            "juarez y 12",
            "No, es en Juárez con 12",
            "en la 21 con 12",
            "perdón, es calle 20 por 15, colonia Centro",
            "it is at calle 20",
        ] {
            assert!(is_only_an_address(text), "{text}");
        }
    }

    #[test]
    fn what_is_said_plainly_stands_where_it_stood() {
        assert_eq!(
            said_plainly("hubo un choque en la 15 por 20, vengan").as_deref(),
            Some("hubo un choque en la          , vengan")
        );
        let polite = "Hola, buenas noches, disculpe la molestia, hay un herido. Me llamo Rosa Chan, mi cel: 9811234567, gracias";
        let plain = said_plainly(polite).unwrap();
        assert_eq!(plain.len(), polite.len());
        assert_eq!(words(&plain), ["hay", "un", "herido"]);
        for text in ["hay víboras en el canal", "hubo un choque", "está en la calle 20 por 15", "hola", ""]
        {
            assert_eq!(said_plainly(text), None, "{text}");
        }
    }

    #[test]
    fn anything_else_that_is_said_is_heard() {
        for text in [
            "hay un herido en juarez y 12",
            "me siguen en la 21 con 12",
            "ayuda juarez y 12",
            "juarez y 12 rápido",
            "juarez y 12 se está quemando",
            "no es en serio",
            "",
        ] {
            assert!(!is_only_an_address(text), "{text}");
        }
    }
}
