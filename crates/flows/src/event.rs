//! What a turn wants done, in order. Effects are data: the server carries them out in one transaction.

use std::fmt;

use serde::{Deserialize, Serialize};
use ventanilla_values::Lang;

use crate::session::Session;

/// The result of a turn.
#[derive(Debug, Clone, PartialEq)]
pub struct Turn {
    pub session: Session,
    pub events: Vec<Event>,
    /// Set when a `do` step waits for its result: carry the action out, then call [`crate::Library::resume`].
    pub suspended: Option<Suspended>,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "event")]
pub enum Event {
    /// Tell the person this. At most one of `link` and `image` is there.
    Say {
        text: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        link: Option<Link>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        image: Option<Image>,
    },
    /// Ask the person this and wait.
    Ask(Ask),
    FlowStarted {
        flow: String,
        revision: String,
        intent: Option<String>,
    },
    FlowEnded {
        flow: String,
        outcome: FlowOutcome,
    },
    /// A slot was filled. Never holds the value: it may be personal.
    SlotFilled {
        flow: String,
        slot: String,
    },
    /// An answer is open again: the person corrects it, or went back to it.
    SlotReopened {
        flow: String,
        slot: String,
    },
    /// A flow that was interrupted goes on.
    FlowResumed {
        flow: String,
    },
    /// The answer was not understood; `misses` in a row so far.
    NoMatch {
        flow: String,
        step: String,
        misses: u8,
    },
    /// A button of an older question was pressed.
    Stale,
    LanguageChanged {
        lang: Lang,
    },
    /// A limit cut the turn (steps, depth, fuel) or a step failed: the rescue flow was started where there is one.
    Cut {
        flow: String,
        step: String,
        reason: String,
    },
}

impl Event {
    /// Tells the person this, and nothing goes with it.
    pub fn say(text: impl Into<String>) -> Self {
        Self::Say { text: text.into(), link: None, image: None }
    }
}

/// A page to open.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// What a button says, at most 20 UTF-16 units if it is to be one.
    pub label: String,
    /// `https://…`, percent-encoded by whoever wrote it.
    pub url: String,
}

/// A picture that goes with a text.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    /// `https://…`, for anybody to fetch.
    pub url: String,
    /// What it shows, in the person's language. Never empty.
    pub described: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FlowOutcome {
    Completed,
    Cancelled,
    Cut,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    pub text: String,
    /// Options to show, empty for a free question.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offers: Vec<Offer>,
    /// `place`, `photo` … : what kind of answer is hoped for, as the slot type's name.
    pub slot_type: String,
    /// Options before the first to show: all of them are in `offers`, and a channel shows what it can.
    #[serde(default)]
    pub from: usize,
}

/// An option of a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// What comes back when it is chosen: `<flow>.<step>.<n>:<option id>`, where n counts the session's questions,
    /// so that a button of an older question is known as stale.
    pub payload: String,
    pub label: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// A `do` step that waits for its result.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Suspended {
    /// `file_report`, `hand_over` …
    pub action: String,
    /// The step's `with`, evaluated. An object.
    pub args: serde_json::Value,
}

/// Personal text never reaches a log by `{:?}`: what is said may repeat what the person wrote.
impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Say { .. } => f.write_str("Say(…)"),
            Self::Ask(ask) => ask.fmt(f),
            Self::FlowStarted { flow, revision, intent } => {
                write!(f, "FlowStarted({flow}, {revision}, {intent:?})")
            }
            Self::FlowEnded { flow, outcome } => write!(f, "FlowEnded({flow}, {outcome:?})"),
            Self::SlotFilled { flow, slot } => write!(f, "SlotFilled({flow}, {slot})"),
            Self::SlotReopened { flow, slot } => write!(f, "SlotReopened({flow}, {slot})"),
            Self::FlowResumed { flow } => write!(f, "FlowResumed({flow})"),
            Self::NoMatch { flow, step, misses } => write!(f, "NoMatch({flow}.{step}, {misses})"),
            Self::Stale => f.write_str("Stale"),
            Self::LanguageChanged { lang } => write!(f, "LanguageChanged({lang})"),
            Self::Cut { flow, step, reason } => write!(f, "Cut({flow}.{step}: {reason})"),
        }
    }
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Link(…)")
    }
}

impl fmt::Debug for Image {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Image(…)")
    }
}

impl fmt::Debug for Ask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ask({}, {} offers)", self.slot_type, self.offers.len())
    }
}

impl fmt::Debug for Suspended {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Suspended({}, …)", self.action)
    }
}
