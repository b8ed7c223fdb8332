//! What a turn is made of. The server's policy maps an understanding and the session to these.

use std::fmt;

use serde::{Deserialize, Serialize};
use ventanilla_values::{Lang, Value};

/// One instruction to the engine.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "command")]
pub enum Command {
    /// Starts a flow. What was running stays below it on the stack and is taken up again when it ends.
    Start {
        flow: String,
        /// The intent that chose the flow, seen by templates as `intent`.
        #[serde(default)]
        intent: Option<String>,
        /// Slots that are known already.
        #[serde(default)]
        slots: Vec<(String, Value)>,
    },
    /// The person's answer to what was asked.
    Answer { answer: Answer },
    /// Something that a running flow will ask for came before its question (a photo while the place is asked). It is
    /// noted, said so, and the open question is asked again. Nothing happens where no flow expects it: ask
    /// [`crate::Library::expects`].
    Fill { slot: String, value: Value },
    /// Ask between two or three flows ("¿te refieres a …?") and start the chosen one.
    Clarify { suggestions: Vec<Suggestion> },
    /// Say the last question again.
    Repeat,
    /// Ask the open question again and show its options from this one on (0 is the first).
    Page { from: usize },
    /// Leave the flow that runs; what is below goes on.
    Cancel,
    /// Leave the flow that talks where it is a passing one (a menu, an offer), without a word, and ask again what is open
    /// below.
    LeavePassing,
    /// Leave everything.
    Reset,
    /// Speak this language from now on, and ask the open question again in it.
    Language { lang: Lang },
}

/// An answer, as it came from the person.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Answer {
    Text {
        text: String,
    },
    /// A button or row of ours, by the payload that [`crate::Offer`] issued.
    Choice {
        payload: String,
        title: String,
    },
    /// Degrees, WGS84.
    Location {
        lat: f64,
        lon: f64,
        name: Option<String>,
        address: Option<String>,
    },
    /// A photo that the server has taken in, by its id in the media store.
    Photo {
        id: String,
        caption: Option<String>,
    },
}

/// Personal text never reaches a log by `{:?}`.
impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text { .. } => "Text(…)",
            Self::Choice { .. } => "Choice(…)",
            Self::Location { .. } => "Location(…)",
            Self::Photo { .. } => "Photo(…)",
        })
    }
}

/// One option of a clarification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    pub flow: String,
    #[serde(default)]
    pub intent: Option<String>,
    /// What the person reads, in their language, at most 20 characters if it is to be a button.
    pub label: String,
}
