//! Where a conversation stands between two turns. JSON in the database, versioned.

use serde::{Deserialize, Serialize};
use ventanilla_values::{Lang, Value};

use crate::command::Suggestion;

/// Written into every session; a reader meets older ones and migrates them.
pub const SESSION_VERSION: u32 = 1;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Session {
    pub version: u32,
    pub lang: Lang,
    /// Running flows, the one that talks last.
    #[serde(default)]
    pub stack: Vec<Frame>,
    /// What was asked and not yet answered.
    #[serde(default)]
    pub asked: Option<Asked>,
    /// Counts the questions of this session; part of every offer's payload.
    #[serde(default)]
    pub questions: u64,
}

/// A running flow.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    pub flow: String,
    /// Hash of the definition it began with.
    pub revision: String,
    /// The step it stands at, by the compiled position; `step` is its readable name.
    pub position: usize,
    pub step: String,
    #[serde(default)]
    pub intent: Option<String>,
    /// In the order they were filled.
    #[serde(default)]
    pub slots: Vec<(String, Value)>,
    /// Where the caller wants the returned value.
    #[serde(default)]
    pub into: Option<String>,
    /// A `do` of this frame waits for its result.
    #[serde(default)]
    pub suspended: bool,
}

/// The open question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Asked {
    /// `<flow>.<step>.<n>`: what offers' payloads begin with.
    pub id: String,
    #[serde(default)]
    pub misses: u8,
    /// Set when the question is a clarification and not a step of a flow.
    #[serde(default)]
    pub clarify: Vec<Suggestion>,
}

impl Session {
    pub fn new(lang: Lang) -> Self {
        Self { version: SESSION_VERSION, lang, stack: Vec::new(), asked: None, questions: 0 }
    }

    /// The flow that talks, if any.
    pub fn running(&self) -> Option<&Frame> {
        self.stack.last()
    }

    /// Whether an answer is awaited.
    pub fn is_waiting(&self) -> bool {
        self.asked.is_some()
    }
}
