//! When two phrases are the same phrase: what is left after names, places, numbers and greetings are taken out.
//! Used to count phrases, never to classify.

use ventanilla_values::is_number_word;

use crate::{courtesy::courtesy, entities::is_common_first_name, normalise::normalise};

/// Equal for phrases that differ only in greetings, polite words, numbers, first names or what follows a word like
/// "calle". Made of what is left, in the order it is said; a phrase that is nothing else stays as it is.
///
/// This is a yardstick, not an understanding: it knows common names and street words, and an unknown name after
/// "calle" goes for as long as it looks like one (at most two words, up to a small word).
///
/// ```
/// # use ventanilla_intents::distinct_key;
/// let one = distinct_key("Hola buenas tardes, hay un bache en la calle Juárez 14");
/// assert_eq!(one, distinct_key("hay un bache en la calle Morelos número 300 por favor"));
/// assert_ne!(one, distinct_key("se hizo un hoyo en la calle Juárez 14"));
/// ```
pub fn distinct_key(phrase: &str) -> String {
    let normal = normalise(phrase);
    let words: Vec<&str> = normal.split(' ').collect();
    let mut kept: Vec<&str> = Vec::new();
    let mut i = 0;
    while let Some(&word) = words.get(i) {
        if let Some(length) = courtesy(words.get(i..).unwrap_or_default()) {
            i += length;
            continue;
        }
        i += 1;
        if PLACE_WORDS.contains(&word) {
            i += place_name(words.get(i..).unwrap_or_default());
            kept.push("@place");
        } else if !is_number(word) && !is_common_first_name(word) {
            kept.push(word);
        }
    }
    if kept.is_empty() { normal } else { kept.join(" ") }
}

/// How many words after "calle", "colonia" … are its name: small words that lead to it, then at most two.
fn place_name(words: &[&str]) -> usize {
    let leading = words.iter().take_while(|w| NAME_LEADS.contains(w)).count();
    let name =
        words.iter().skip(leading).take(2).take_while(|w| !SMALL_WORDS.contains(w) && !is_number(w)).count();
    if name == 0 { 0 } else { leading + name }
}

fn is_number(word: &str) -> bool {
    // "Un bache" and "una fuga" hold articles, and "un par" may be anything.
    let article = matches!(word, "un" | "una" | "par" | "pares" | "couple");
    word.chars().any(|c| c.is_ascii_digit())
        || matches!(word, "numero" | "num" | "number")
        || (is_number_word(word) && !article)
}

/// What a proper name of a place follows.
const PLACE_WORDS: &[&str] = &[
    "calle",
    "calles",
    "avenida",
    "av",
    "ave",
    "boulevard",
    "blvd",
    "bulevar",
    "calzada",
    "carretera",
    "callejon",
    "privada",
    "andador",
    "prolongacion",
    "colonia",
    "col",
    "barrio",
    "fraccionamiento",
    "fracc",
    "ejido",
    "pueblo",
    "comunidad",
    "rancheria",
    "esquina",
    "entre",
    "street",
    "st",
    "avenue",
    "road",
    "neighborhood",
    "corner",
    "manzana",
];

/// Between such a word and the name.
const NAME_LEADS: &[&str] = &["de", "del", "la", "las", "el", "los", "con", "of", "the", "with"];

/// These begin what is not a name.
const SMALL_WORDS: &[&str] = &[
    "a",
    "al",
    "and",
    "ando",
    "ahi",
    "antes",
    "aqui",
    "as",
    "at",
    "casi",
    "como",
    "con",
    "de",
    "del",
    "desde",
    "donde",
    "e",
    "el",
    "en",
    "es",
    "esta",
    "estan",
    "fue",
    "ha",
    "hace",
    "hasta",
    "hay",
    "in",
    "is",
    "junto",
    "la",
    "las",
    "lo",
    "los",
    "me",
    "mi",
    "muy",
    "no",
    "numero",
    "on",
    "para",
    "pero",
    "por",
    "porque",
    "principal",
    "que",
    "se",
    "ser",
    "sin",
    "sobre",
    "su",
    "te",
    "that",
    "the",
    "tiene",
    "toda",
    "un",
    "una",
    "was",
    "where",
    "with",
    "y",
    "ya",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn greetings_and_politeness_do_not_make_a_phrase_new() {
        let plain = distinct_key("no ha pasado la basura");
        for same in [
            "Hola, no ha pasado la basura",
            "buenas tardes no ha pasado la basura por favor",
            "Oiga disculpe, no ha pasado la basura, gracias",
        ] {
            assert_eq!(distinct_key(same), plain, "{same}");
        }
    }

    #[test]
    fn names_places_and_numbers_do_not_either() {
        assert_eq!(
            distinct_key("soy Lupita, fuga en la colonia Centro"),
            distinct_key("soy Pedro fuga en la colonia del Valle")
        );
        assert_eq!(distinct_key("llevo tres días sin agua"), distinct_key("llevo 5 días sin agua"));
        assert_eq!(distinct_key("bache en av. Hidalgo 22"), distinct_key("bache en av Los Pinos 8"));
    }

    #[test]
    fn a_street_without_a_name_keeps_what_is_said_about_it() {
        assert_ne!(distinct_key("la calle está oscura"), distinct_key("la calle está inundada"));
    }

    #[test]
    fn a_greeting_alone_is_a_phrase() {
        assert_eq!(distinct_key("Buenas tardes"), "buenas tardes");
        assert_ne!(distinct_key("hola"), distinct_key("buenas"));
    }
}
