//! For the ear: one piece of speech a turn, options with their keys, and what the call waits for.

use ventanilla_adapters::{Capabilities, Keys, Listen, Message, Outbound, Question, Spoken, Then};
use ventanilla_values::{Lang, spoken};

use super::{
    options::{Shown, page},
    words,
};

/// Twilio: hints have at most 100 characters.
const HINT: usize = 100;
/// The key that reads the next options.
const MORE_KEY: &str = "9";
/// Slots whose answer has several digits.
const NUMERIC: [&str; 10] =
    ["number", "folio", "phone", "pin", "date", "time", "age", "money", "curp", "rfc"];

/// How a turn of a call ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// It waits for an answer. Where no question is open, `menu` names the moment, and how often nothing was heard.
    Listen {
        menu: String,
        attempt: u8,
    },
    /// Pass it to a person of the town: E.164, and how many seconds it rings.
    Dial {
        number: String,
        seconds: u32,
    },
    HangUp,
}

/// What a call hears in one turn.
pub fn speak(outbounds: &[Outbound], end: End, abilities: &Capabilities, lang: Lang) -> Message {
    let asked = outbounds.iter().rev().find(|outbound| outbound.question.is_some());
    let parts = outbounds.iter().map(|outbound| said(outbound, abilities, lang));
    let mut text = parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    let then = match end {
        End::Dial { number, seconds } => Then::Dial { number, seconds },
        End::HangUp => Then::HangUp,
        End::Listen { menu, attempt } => {
            let listen = asked.and_then(|asked| listen(asked, abilities));
            Then::Listen(listen.unwrap_or_else(|| {
                text = format!("{text} {}", anything_else(lang)).trim().to_owned();
                Listen { step: menu, attempt, hints: Vec::new(), keys: Keys::One, from: 0, must_hear: false }
            }))
        }
    };
    Message::Spoken(Spoken { text, lang: lang.as_str().to_owned(), then })
}

fn said(outbound: &Outbound, abilities: &Capabilities, lang: Lang) -> String {
    let text = spoken(&words(outbound), lang);
    if outbound.choices.is_empty() {
        return text;
    }
    let yes_no = outbound.question.as_ref().is_some_and(|question| question.slot_type == "yes_no");
    if yes_no {
        return format!("{text} {}", yes_or_no(lang));
    }
    let options = options(&page(outbound, abilities), lang);
    format!("{text} {options}").trim().to_owned()
}

/// What to do comes before the key, for nobody remembers a key without knowing what for.
fn options(shown: &Shown<'_>, lang: Lang) -> String {
    let named = shown.choices.iter().zip(1..).map(|(choice, key): (_, usize)| {
        let label = uncapitalised(&spoken(&choice.label, lang));
        if lang == Lang::EN {
            format!("For {label}, press {key}.")
        } else {
            format!("Para {label}, marca {key}.")
        }
    });
    let more = shown.next.map(|_| match lang {
        Lang::EN => format!("For other options, press {MORE_KEY}."),
        _ => format!("Para otras opciones, marca {MORE_KEY}."),
    });
    named.chain(more).collect::<Vec<_>>().join(" ")
}

/// "Para chico, como un plato, marca 1": it stands within a sentence. "CFE" stays as it is.
fn uncapitalised(label: &str) -> String {
    let mut letters = label.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => label.to_owned(),
    }
}

fn yes_or_no(lang: Lang) -> &'static str {
    if lang == Lang::EN {
        "Say yes or no, or press 1 for yes, 2 for no."
    } else {
        "Di sí o no, o marca 1 para sí, 2 para no."
    }
}

fn anything_else(lang: Lang) -> &'static str {
    if lang == Lang::EN { "I am listening." } else { "Te escucho." }
}

fn listen(asked: &Outbound, abilities: &Capabilities) -> Option<Listen> {
    let question: &Question = asked.question.as_ref().filter(|question| !question.id.is_empty())?;
    let many = asked.choices.is_empty() && NUMERIC.contains(&question.slot_type.as_str());
    Some(Listen {
        step: question.id.clone(),
        attempt: question.misses,
        hints: asked.choices.iter().filter_map(|choice| hint(&choice.label)).collect(),
        keys: if many { Keys::Many } else { Keys::One },
        from: page(asked, abilities).from,
        must_hear: false,
    })
}

fn hint(label: &str) -> Option<String> {
    let words: String = label.chars().filter(|c| c.is_alphanumeric() || *c == ' ').take(HINT).collect();
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    (!words.is_empty()).then_some(words)
}
