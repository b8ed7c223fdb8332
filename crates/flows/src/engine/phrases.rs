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
    /// The second time.
    StillNot,
    /// From the third time on, every other time.
    NotYet,
    /// A button of an older question was pressed, and another is open.
    Stale,
    /// The same where nothing is open.
    Over,
    /// A person, where nothing is understood.
    ToAPerson,
    /// To leave the flow.
    LeaveIt,
    YesLeave,
    NoGoOn,
    YesGoOn,
    NoLeave,
    /// Before an answer is asked for again, or changed.
    Corrected,
    /// Before the question of the step before.
    Back,
    /// There is no step before.
    AtTheStart,
    /// The person left a flow.
    Left,
    /// The same where another thing begins now.
    LeftForNext,
    /// Something came before it was asked for.
    Noted,
    /// Before the first of several things that the person wants.
    OneByOne,
    /// Before the next of them.
    TheOther,
    /// Another language, where nothing is open that could be asked in it.
    InThisLanguage,
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
            (Self::StillNot, false) => "Perdón, sigo sin entenderte.",
            (Self::StillNot, true) => "Sorry, I still do not get it.",
            (Self::NotYet, false) => "Todavía no te entiendo.",
            (Self::NotYet, true) => "I do not understand yet.",
            (Self::Stale, false) => "Esa opción ya pasó.",
            (Self::Stale, true) => "That option is over.",
            (Self::Over, false) => "Eso ya terminó. Cuéntame qué necesitas ahora.",
            (Self::Over, true) => "That is over. Tell me what you need now.",
            (Self::ToAPerson, false) => "Hablar con alguien",
            (Self::ToAPerson, true) => "Talk to someone",
            (Self::LeaveIt, false) => "Dejarlo",
            (Self::LeaveIt, true) => "Leave it",
            (Self::YesLeave, false) => "Sí, dejarlo",
            (Self::YesLeave, true) => "Yes, leave it",
            (Self::NoGoOn, false) => "No, seguir",
            (Self::NoGoOn, true) => "No, go on",
            (Self::YesGoOn, false) => "Sí, seguimos",
            (Self::YesGoOn, true) => "Yes, go on",
            (Self::NoLeave, false) => "No, dejarlo",
            (Self::NoLeave, true) => "No, leave it",
            (Self::Corrected, false) => "Va, lo cambiamos.",
            (Self::Corrected, true) => "All right, let's change it.",
            (Self::Back, false) => "Va, regresamos.",
            (Self::Back, true) => "All right, one step back.",
            (Self::AtTheStart, false) => "Es la primera pregunta: no hay otra antes.",
            (Self::AtTheStart, true) => "This is the first question: there is none before.",
            (Self::Left, false) => "Listo, lo dejamos. Aquí estoy cuando me necesites.",
            (Self::Left, true) => "All right, we leave it. I am here when you need me.",
            (Self::LeftForNext, false) => "Listo, lo dejamos.",
            (Self::LeftForNext, true) => "All right, we leave it.",
            (Self::Noted, false) => "¡Anotado! 👍",
            (Self::Noted, true) => "Got it! 👍",
            (Self::Which, false) => "¿Cuál de estas opciones es?",
            (Self::Which, true) => "Which of these is it?",
            (Self::NoneOfThem, false) => "Ninguna de estas",
            (Self::NoneOfThem, true) => "None of these",
            (Self::NotThose, false) => "Va, entonces no.",
            (Self::NotThose, true) => "All right, then not.",
            (Self::OneByOne, false) => "Son varias cosas: vamos una por una.",
            (Self::OneByOne, true) => "These are several things: let's take them one by one.",
            (Self::TheOther, false) => "Ahora sí, lo otro que me dijiste.",
            (Self::TheOther, true) => "Now the other thing that you told me.",
            (Self::InThisLanguage, false) => "Claro, en español. ¿En qué te ayudo?",
            (Self::InThisLanguage, true) => "Sure, in English. How can I help?",
            (Self::InOtherWords, false) => "Va. Cuéntame con otras palabras qué necesitas.",
            (Self::InOtherWords, true) => "All right. Tell me in other words what you need.",
        }
    }
}

impl Phrase {
    /// Said before a question that was not understood so often in a row: never twice the same.
    pub(super) fn again(misses: u8) -> Self {
        match misses {
            0 | 1 => Self::Again,
            even if even % 2 == 0 => Self::StillNot,
            _ => Self::NotYet,
        }
    }

    /// Whether to leave what was begun.
    pub(super) fn leaving(about: Option<&str>, lang: Lang) -> String {
        match (about, lang == Lang::EN) {
            (Some(about), false) => format!("¿Dejamos {about}? Se borra lo que me contaste."),
            (Some(about), true) => format!("Shall we leave {about}? What you told me is erased."),
            (None, false) => "¿Lo dejamos? Se borra lo que me contaste.".to_owned(),
            (None, true) => "Shall we leave it? What you told me is erased.".to_owned(),
        }
    }

    /// Whether to go on with what was interrupted.
    pub(super) fn resuming(about: Option<&str>, lang: Lang) -> String {
        match (about, lang == Lang::EN) {
            (Some(about), false) => format!("¿Seguimos con {about}?"),
            (Some(about), true) => format!("Shall we go on with {about}?"),
            (None, false) => "¿Seguimos donde íbamos?".to_owned(),
            (None, true) => "Shall we go on where we were?".to_owned(),
        }
    }

    /// What was interrupted goes on at once.
    pub(super) fn going_on(about: Option<&str>, lang: Lang) -> String {
        match (about, lang == Lang::EN) {
            (Some(about), false) => format!("Seguimos con {about}."),
            (Some(about), true) => format!("Let's go on with {about}."),
            (None, false) => "Seguimos donde íbamos.".to_owned(),
            (None, true) => "Let's go on where we were.".to_owned(),
        }
    }
}

/// Words that skip an optional question.
const SKIP: [&str; 23] = [
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
    "ahorita no",
    "por ahora no",
    "por el momento no",
    "no puedo",
    "no hay",
    "no tengo ninguna",
    "no tengo ninguno",
    "ya no",
    "nada",
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
