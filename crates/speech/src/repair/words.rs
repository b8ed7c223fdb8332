//! Words without accents and punctuation, and the small words that are never misheard domain words.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case, without punctuation, accents and double spaces; "ñ" stays, as it is another letter.
pub(super) fn plain(text: &str) -> String {
    let kept = text.to_lowercase().replace('ñ', "\u{1}");
    let letters: String = kept.nfd().filter(|letter| !is_combining_mark(*letter)).collect();
    let letters = letters.replace('\u{1}', "ñ");
    let words = letters.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// The words of a text, plain.
pub(super) fn each(text: &str) -> Vec<String> {
    plain(text).split(' ').map(str::to_owned).collect()
}

/// Plain words without the ending of the plural: "perros callejeros" is no mishearing of "perro callejero".
pub(super) fn singular(plain: &str) -> String {
    let one = |word: &str| {
        let stem = word.strip_suffix('s').unwrap_or(word);
        // "árboles", "drenajes": only after a consonant does the plural take the "e" along.
        let long = stem.strip_suffix('e').filter(|stem| stem.ends_with(['d', 'l', 'n', 'r', 'z', 'j']));
        long.unwrap_or(stem).to_owned()
    };
    plain.split(' ').map(one).collect::<Vec<_>>().join(" ")
}

/// Whether `phrase` holds `part`, word for word.
pub(super) fn holds(phrase: &str, part: &str) -> bool {
    format!(" {phrase} ").contains(&format!(" {part} "))
}

/// Words that build sentences. Whisper hears them well, and none is a thing or a street by itself.
const GRAMMAR: [&str; 110] = [
    "a", "al", "alguien", "algun", "ahi", "aqui", "asi", "aun", "ayer", "bien", "buenas", "buenos", "cada",
    "casi", "como", "con", "creo", "cuando", "cuanto", "de", "del", "desde", "dia", "dias", "donde", "dos",
    "el", "ella", "ellos", "en", "es", "esa", "ese", "eso", "esta", "estaba", "estamos", "estan", "estas",
    "este", "esto", "estoy", "favor", "fue", "gracias", "ha", "hace", "hacia", "han", "hasta", "hay", "hola",
    "hoy", "la", "las", "le", "lo", "los", "manana", "mas", "me", "mi", "mis", "mucha", "mucho", "muy",
    "nadie", "necesito", "ni", "no", "noche", "nos", "nunca", "o", "otra", "otro", "para", "pero", "por",
    "porque", "puedo", "que", "quien", "quiero", "quisiera", "reportar", "reporte", "saber", "se", "semana",
    "si", "sin", "sobre", "son", "su", "sus", "tambien", "tarde", "tardes", "tengo", "tiene", "toda", "todo",
    "todos", "tres", "un", "una", "va", "y", "ya",
];

pub(super) fn is_grammar(word: &str) -> bool {
    GRAMMAR.contains(&word)
}

/// Words that a thing is said after: without one of them a word is rather a verb.
const DETERMINERS: [&str; 36] = [
    "al", "algun", "alguna", "con", "cual", "de", "del", "dos", "el", "ese", "esa", "esta", "este", "hay",
    "la", "las", "los", "mas", "mi", "mis", "mucha", "mucho", "muchos", "muchas", "otra", "otro", "para",
    "por", "su", "sus", "tiran", "tres", "un", "una", "unas", "unos",
];

pub(super) fn is_determiner(word: &str) -> bool {
    DETERMINERS.contains(&word)
}

/// Words after which the name of a street, a colony or a place is said.
const PLACES: [&str; 20] = [
    "avenida",
    "av",
    "barrio",
    "boulevard",
    "bulevar",
    "calle",
    "calles",
    "calzada",
    "camino",
    "callejon",
    "colonia",
    "cerrada",
    "esquina",
    "fraccionamiento",
    "jardin",
    "parque",
    "plaza",
    "privada",
    "prolongacion",
    "unidad",
];

pub(super) fn is_place_word(word: &str) -> bool {
    PLACES.contains(&word)
}

/// Words that join two streets: "entre Hidalgo y Morelos", "Juárez esquina con Allende".
pub(super) fn joins_places(word: &str) -> bool {
    matches!(word, "entre" | "y" | "con" | "de" | "la" | "del")
}
