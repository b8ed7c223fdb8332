//! What a turn said into a call, whoever carries it: the words in their order, and what comes then. Called by `send`
//! for Twilio and by [`crate::audiosocket`] for a telephone exchange of the town's own.

use ventanilla_values::{Lang, spoken};

use super::say::{is_english, pick, words};
use crate::{Keys, Listen, Message, Spoken, Then};

/// Words with their language: whether it is English.
pub(crate) type Words = Vec<(bool, String)>;

pub(crate) struct Said {
    /// What must be heard to its end.
    pub(crate) held: Words,
    /// What the caller may cut short.
    pub(crate) free: Words,
    pub(crate) then: Then,
    /// The language in which the call goes on.
    pub(crate) english: bool,
}

impl Said {
    /// `english` is the language of the call so far: of whatever was not written for the ear.
    pub(crate) fn of(messages: &[Message], english: bool) -> Self {
        let last = messages.iter().rev().find_map(|message| match message {
            Message::Spoken(spoken) => Some(spoken),
            _ => None,
        });
        let english = last.map_or(english, |spoken| is_english(&spoken.lang));
        let (held, free) = messages.split_at(messages.iter().rposition(must_be_heard).map_or(0, |at| at + 1));
        let (held, mut free) = (words(held, english), words(free, english));
        if last.is_none() && free.is_empty() {
            free.push((english, pick(english, "Te escucho.", "I am listening.").to_owned()));
        }
        let then = last.map_or_else(|| Then::Listen(menu()), |spoken| spoken.then.clone());
        Self { held, free, then, english }
    }
}

fn must_be_heard(message: &Message) -> bool {
    matches!(message, Message::Spoken(Spoken { then: Then::Listen(Listen { must_hear: true, .. }), .. }))
}

/// Listening to whatever the caller needs: nothing is open.
fn menu() -> Listen {
    Listen {
        step: "menu".to_owned(),
        attempt: 0,
        hints: Vec::new(),
        keys: Keys::One,
        from: 0,
        must_hear: false,
    }
}

/// While the answer is made; `waited` is how often this was said already. Silence of more than two seconds is a dead
/// line to who waits.
pub(crate) fn filler(waited: u8, english: bool) -> &'static str {
    match waited {
        0 => pick(english, "Un momento, por favor.", "One moment, please."),
        _ => pick(english, "Gracias por esperar.", "Thank you for waiting."),
    }
}

/// We cannot work now. `emergency` is whom to call when nothing works here: `911`.
pub(crate) fn sorry(emergency: &str, english: bool) -> String {
    let sorry = pick(
        english,
        "Perdón, en este momento no te podemos atender por aquí.",
        "Sorry, we cannot help you here at the moment.",
    );
    let later = pick(english, "Llama más tarde, por favor. Gracias.", "Please call later. Thank you.");
    farewell(emergency, english, sorry, later)
}

pub(crate) fn farewell(emergency: &str, english: bool, first: &str, last: &str) -> String {
    let lang = if english { Lang::EN } else { Lang::ES };
    let emergency = match spoken(emergency, lang) {
        number if number.is_empty() => String::new(),
        number if english => format!(" If it is an emergency, call {number}."),
        number => format!(" Si es una emergencia, llama al {number}."),
    };
    format!("{first}{emergency} {last}")
}
