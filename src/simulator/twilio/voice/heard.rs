//! What people see of a call: where it stands, its lines, how a transfer was answered, why an act was refused.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Where a call stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CallState {
    /// The first webhook is under way.
    Ringing,
    /// The town speaks, or its next words are on their way.
    Speaking,
    /// The caller may speak or press keys.
    Listening,
    /// Somebody else's telephone rings.
    Dialing,
    Ended,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum HeardKind {
    /// By the town.
    Said,
    Pressed,
    Spoke,
    Silence,
    Dialing,
    Ended,
}

/// One line of a call.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Heard {
    /// From 1, without gaps within a call.
    pub seq: u64,
    pub kind: HeardKind,
    pub text: String,
    /// BCP-47, of what was said.
    pub lang: Option<String>,
    /// Unix milliseconds.
    pub at: i64,
}

impl fmt::Debug for Heard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Heard").field("seq", &self.seq).field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// How the other telephone answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DialOutcome {
    /// Answered; where a whisper asks for a key, 1 was pressed.
    Completed,
    /// Answered, but nothing was pressed when the whisper asked.
    Declined,
    NoAnswer,
    Busy,
    Failed,
}

/// The call is not in a state for it. The sentence is for the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct NotNow(pub &'static str);
