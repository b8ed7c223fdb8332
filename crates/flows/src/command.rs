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
        /// What the person told already, for the questions to come.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        told: Vec<Told>,
    },
    /// Another thing that the person wants, to be begun when what is open has ended: of several the first comes first. It is
    /// said that there are several.
    Later {
        flow: String,
        #[serde(default)]
        intent: Option<String>,
        #[serde(default)]
        slots: Vec<(String, Value)>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        told: Vec<Told>,
    },
    /// The person's answer to what was asked.
    Answer { answer: Answer },
    /// Something that a running flow will ask for came before its question (a photo while the place is asked). It is
    /// noted, said so, and the open question is asked again. So is something that the flow that talks is `given` and has not
    /// got. Nothing happens where no flow expects it: ask [`crate::Library::expects`] and
    /// [`crate::Library::may_be_given`].
    Fill { slot: String, value: Value },
    /// Words that belong to a text of the flow that talks: written behind what it has of it, or its beginning. It is said
    /// that they were noted, and the open question is asked again. Ask [`crate::Library::may_be_added_to`].
    Add { slot: String, text: String },
    /// Words that a question to come will want: it reads them instead of asking. `alone` where the message answers nothing
    /// that is open: it is said that they were noted, and the open question is asked again.
    Tell {
        told: Vec<Told>,
        #[serde(default)]
        alone: bool,
    },
    /// An answer that was given before is another one: ask [`crate::Library::answered`] which there are. What followed from
    /// it (results of actions, computed values, choices) is found anew; what the person told beside it stays. Without an
    /// answer it is asked for.
    Correct {
        slot: String,
        #[serde(default)]
        answer: Option<Answer>,
    },
    /// Ask again what was answered last.
    Back,
    /// Ask between two or three flows ("¿te refieres a …?") and start the chosen one.
    Clarify { suggestions: Vec<Suggestion> },
    /// Say the last question again.
    Repeat,
    /// Ask the open question again and show its options from this one on (0 is the first).
    Page { from: usize },
    /// Leave the flow that runs; what is below goes on. Where answers would be lost, the person is asked first; said
    /// again, it is a yes.
    Cancel,
    /// Leave the flow that runs without a word: another one takes its place.
    Leave,
    /// Take up a flow that was interrupted; what was begun since waits below it.
    Resume { flow: String },
    /// Leave the flow that talks where it is a passing one (a menu, an offer), without a word, and ask again what is open
    /// below.
    LeavePassing,
    /// Leave everything.
    Reset,
    /// Speak this language from now on, and ask the open question again in it.
    Language { lang: Lang },
}

impl Command {
    /// Starts a flow with what is known already.
    pub fn start(flow: &str, intent: Option<&str>, slots: Vec<(String, Value)>) -> Self {
        Self::Start { flow: flow.to_owned(), intent: intent.map(str::to_owned), slots, told: Vec::new() }
    }
}

/// Something that the person told in passing, in their words.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The type of slot that it is for (`place`, `date` …), or what a question says that it `hears` (`size`).
    pub kind: String,
    pub words: String,
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
impl fmt::Debug for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Told({}, …)", self.kind)
    }
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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Suggestion {
    pub flow: String,
    #[serde(default)]
    pub intent: Option<String>,
    /// What the person reads, in their language, at most 20 characters if it is to be a button.
    pub label: String,
    /// One line that tells it from the others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What the flow begins with where it is chosen: see [`Command::Start`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub slots: Vec<(String, Value)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub told: Vec<Told>,
}
