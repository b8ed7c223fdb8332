//! "No, es en Juárez con 12": an address and nothing else. By its words alone it may look like the beginning of many cries
//! for help, and it is none.

use ventanilla_values::words;

use crate::entities::{Entity, EntityValue, PlaceSaid, entities};

/// What people put around an address. Folded.
const AROUND: [&str; 36] = [
    "no", "si", "es", "en", "a", "la", "el", "los", "las", "lo", "de", "del", "por", "que", "un", "una", "y",
    "ya", "aqui", "alli", "ahi", "esta", "estoy", "queda", "perdon", "bueno", "pues", "mira", "is", "it",
    "its", "at", "on", "the", "in", "sorry",
];

/// Whether a message names a place and says nothing else.
pub fn is_only_an_address(text: &str) -> bool {
    let said_nothing = |rest: String| words(&rest).iter().all(|word| AROUND.contains(&word.as_str()));
    blanked(text, |_| true).is_some_and(said_nothing)
}

/// A message with blanks for the addresses in it, so that everything else stands where it stood; `None` where there is none.
/// What is only a landmark stays: "in the drain" tells what the matter is.
pub(crate) fn besides_addresses(text: &str) -> Option<String> {
    blanked(text, PlaceSaid::is_address)
}

fn blanked(text: &str, which: impl Fn(&PlaceSaid) -> bool) -> Option<String> {
    let mut rest = text.to_owned();
    for Entity { span, value, .. } in entities(text) {
        if matches!(&value, EntityValue::Place(place) if which(place)) {
            rest.replace_range(span.clone(), &" ".repeat(span.len()));
        }
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
    fn what_is_said_besides_an_address_stands_where_it_stood() {
        assert_eq!(
            besides_addresses("hubo un choque en la 15 por 20, vengan").as_deref(),
            Some("hubo un choque               , vengan")
        );
        for text in ["hay víboras en el canal", "hubo un choque", ""] {
            assert_eq!(besides_addresses(text), None, "{text}");
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
