//! Words that mean something as a whole message, on every channel: stop, start, help, leave. Pure.
//!
//! The lists are those of the carriers (Twilio's defaults for long codes) and what people write in Spanish, for
//! which no carrier has a list. Only the whole message counts: "quiero dar de baja mi toma de agua" is a matter for
//! the town hall.

use ventanilla_values::matching;

/// What a whole message means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keyword {
    /// No more messages. Holds at once, in every state.
    OptOut,
    /// May mean no more messages, or a procedure: ask.
    AskOptOut,
    /// Messages again.
    OptIn,
    Help,
    /// Leaves the dialogue that is open; with none open it may mean no more messages: ask.
    Leave,
    /// What was said here goes, at once: whoever is in danger may have to hide it.
    EraseChat,
    /// The same where somebody is in danger; else an answer, or a wish that is asked about.
    Erase,
}

/// Longer texts (in bytes) are no keyword, whatever invisible characters they are made of.
const LONGEST: usize = 1_000;

/// As [`matching`] writes them: small letters, no accents.
const WORDS: [(Keyword, &[&str]); 7] = [
    (
        Keyword::OptOut,
        &[
            "stop",
            "stopall",
            "unsubscribe",
            "optout",
            "revoke",
            "baja",
            "alto",
            "parar",
            "detener",
            "no mas mensajes",
            "desuscribir",
            "cancelar suscripcion",
        ],
    ),
    (Keyword::AskOptOut, &["dar de baja", "darme de baja"]),
    (Keyword::OptIn, &["start", "unstop", "alta", "reanudar", "suscribir", "iniciar"]),
    (Keyword::Help, &["help", "ayuda", "info", "informacion"]),
    (Keyword::Leave, &["cancelar", "salir", "fin", "terminar", "end", "quit", "cancel", "no"]),
    (
        Keyword::EraseChat,
        &[
            "borrar chat",
            "borra chat",
            "borrar el chat",
            "borra el chat",
            "borrar este chat",
            "borra este chat",
            "borrar esta conversacion",
            "borra esta conversacion",
            "erase chat",
            "erase this chat",
            "delete chat",
            "delete this chat",
        ],
    ),
    (Keyword::Erase, &["borrar", "borra", "borralo", "borrar todo", "borra todo", "erase", "delete"]),
];

/// The keyword that a message is, as a whole.
pub fn keyword(text: &str) -> Option<Keyword> {
    if text.len() > LONGEST {
        return None;
    }
    let folded = matching(text);
    let word = folded.trim_matches(is_around);
    let is = |(_, words): &&(Keyword, &[&str])| words.contains(&word);
    WORDS.iter().find(is).map(|(keyword, _)| *keyword)
}

/// What people put around a word: "¡BAJA!", "alto.", and the marks of *BAJA* and «BAJA» where they copied it from us.
fn is_around(c: char) -> bool {
    c.is_whitespace() || matches!(c, '.' | '!' | '¡' | '*' | '_' | '"' | '\'' | '«' | '»' | '“' | '”')
}

#[cfg(test)]
mod tests {
    use super::{Keyword::*, *};

    #[test]
    fn a_whole_message_is_a_keyword_however_it_is_written() {
        for (text, meant) in [
            ("STOP", OptOut),
            ("Stop.", OptOut),
            (" baja ", OptOut),
            ("¡ALTO!", OptOut),
            ("BAJA!!!", OptOut),
            ("«BAJA»", OptOut),
            ("*baja*", OptOut),
            ("No más mensajes", OptOut),
            ("NO  MA\u{301}S\u{a0}MENSAJES.", OptOut),
            ("B\u{200b}AJA\u{200f}", OptOut),
            ("ｂａｊａ", OptOut),
            ("Cancelar suscripción", OptOut),
            ("REVOKE", OptOut),
            ("Dar de baja", AskOptOut),
            ("darme de baja.", AskOptOut),
            ("start", OptIn),
            ("Alta", OptIn),
            ("INICIAR", OptIn),
            ("ayuda", Help),
            ("Información", Help),
            ("No", Leave),
            ("no.", Leave),
            ("FIN", Leave),
            ("quit", Leave),
            ("BORRAR CHAT", EraseChat),
            ("Borra esta conversación.", EraseChat),
            ("*borrar*", Erase),
        ] {
            assert_eq!(keyword(text), Some(meant), "{text}");
        }
    }

    #[test]
    fn a_word_inside_a_sentence_is_no_keyword() {
        for text in [
            "quiero dar de baja mi toma de agua",
            "baja presión de agua",
            "alto ahí",
            "un alto descompuesto",
            "no hay luz",
            "no, gracias",
            "necesito ayuda con mi predial",
            "dar de alta mi negocio",
            "STOP STOP",
            "borren el grafiti de mi barda",
            "baja?",
            "bajá la música",
            "si",
            "",
            " . ",
            "👍",
        ] {
            assert_eq!(keyword(text), None, "{text}");
        }
        assert_eq!(keyword(&format!("baja{}", "\u{200b}".repeat(4_000))), None, "too long to be meant");
    }

    #[test]
    fn every_word_of_the_lists_is_found_and_belongs_to_one_list() {
        for (meant, words) in WORDS {
            for word in words {
                assert_eq!(keyword(&word.to_uppercase()), Some(meant), "{word}");
            }
        }
    }
}
