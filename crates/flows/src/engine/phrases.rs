//! The few things the engine itself says and understands, in the languages that are built in.

use ventanilla_values::{Lang, words};

/// What the engine says.
#[derive(Debug, Clone, Copy)]
pub(super) enum Phrase {
    Yes,
    No,
    /// "¿Te refieres a …?"
    Clarify,
    NoneOfThese,
    /// Before a question that is asked again and has no words of its own for that.
    Again,
    /// A button of an older question was pressed.
    Stale,
    /// The person left a flow.
    Left,
    /// Something came before it was asked for.
    Noted,
    /// After "none of these".
    InOtherWords,
    /// Which of the places or days that an answer may mean.
    Which,
    /// None of them.
    NoneOfThem,
    /// After that, before the question is asked again.
    NotThose,
}

impl Phrase {
    /// In a language, in Spanish where it has no other.
    pub(super) fn text(self, lang: Lang) -> &'static str {
        match (self, lang == Lang::EN) {
            (Self::Yes, false) => "Sí",
            (Self::Yes, true) => "Yes",
            (Self::No, _) => "No",
            (Self::Clarify, false) => "¿Te refieres a alguna de estas opciones?",
            (Self::Clarify, true) => "Do you mean one of these?",
            (Self::NoneOfThese, false) => "Otra cosa",
            (Self::NoneOfThese, true) => "Something else",
            (Self::Again, false) => "No te entendí bien.",
            (Self::Again, true) => "I did not get that.",
            (Self::Stale, false) => "Esa opción ya pasó.",
            (Self::Stale, true) => "That option is over.",
            (Self::Left, false) => "Listo, lo dejamos. Aquí estoy cuando me necesites.",
            (Self::Left, true) => "All right, we leave it. I am here when you need me.",
            (Self::Noted, false) => "Anotado 👍",
            (Self::Noted, true) => "Got it 👍",
            (Self::Which, false) => "¿Cuál de estas opciones es?",
            (Self::Which, true) => "Which of these is it?",
            (Self::NoneOfThem, false) => "Ninguna de estas",
            (Self::NoneOfThem, true) => "None of these",
            (Self::NotThose, false) => "Va, entonces no.",
            (Self::NotThose, true) => "All right, then not.",
            (Self::InOtherWords, false) => "Va. Cuéntame con otras palabras qué necesitas.",
            (Self::InOtherWords, true) => "All right. Tell me in other words what you need.",
        }
    }
}

/// Words that skip an optional question.
const SKIP: [&str; 14] = [
    "omitir",
    "saltar",
    "saltala",
    "no tengo",
    "no lo tengo",
    "no la tengo",
    "no",
    "no gracias",
    "ninguno",
    "ninguna",
    "paso",
    "skip",
    "none",
    "no thanks",
];

/// Words for "none of these".
const NONE_OF_THESE: [&str; 14] = [
    "ninguna",
    "ninguno",
    "ninguna de esas",
    "ninguna de estas",
    "ninguno de esos",
    "ninguno de estos",
    "otra cosa",
    "otra",
    "no",
    "none",
    "none of these",
    "none of those",
    "neither",
    "something else",
];

pub(super) fn is_skip(text: &str) -> bool {
    SKIP.contains(&words(text).join(" ").as_str())
}

pub(super) fn is_none_of_these(text: &str) -> bool {
    NONE_OF_THESE.contains(&words(text).join(" ").as_str())
}
