//! "No, es en Juárez con 12": an address and nothing else. By its words alone it may look like the beginning of many cries
//! for help, and it is none.

use ventanilla_values::words;

use crate::entities::{EntityKind, entities};

/// What people put around an address. Folded.
const AROUND: [&str; 36] = [
    "no", "si", "es", "en", "a", "la", "el", "los", "las", "lo", "de", "del", "por", "que", "un", "una", "y",
    "ya", "aqui", "alli", "ahi", "esta", "estoy", "queda", "perdon", "bueno", "pues", "mira", "is", "it",
    "its", "at", "on", "the", "in", "sorry",
];

/// Whether a message names a place and says nothing else.
pub fn is_only_an_address(text: &str) -> bool {
    let places: Vec<_> = entities(text).into_iter().filter(|one| one.kind == EntityKind::Place).collect();
    let Some(first) = places.first() else { return false };
    let mut outside = text.get(..first.span.start).unwrap_or_default().to_owned();
    for (place, next) in places.iter().zip(places.iter().skip(1).map(Some).chain([None])) {
        let until = next.map_or(text.len(), |next| next.span.start);
        outside.push(' ');
        outside.push_str(text.get(place.span.end..until).unwrap_or_default());
    }
    words(&outside).iter().all(|word| AROUND.contains(&word.as_str()))
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
