//! Where a conversation stands between two turns. JSON in the database, versioned.

use std::ops::Range;

use serde::{Deserialize, Serialize};
use ventanilla_values::{Lang, Value};

use crate::command::{Command, Suggestion, Told};

/// Written into every session; a reader meets older ones and migrates them.
pub const SESSION_VERSION: u32 = 1;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Session {
    pub version: u32,
    pub lang: Lang,
    /// Running flows, the one that talks last.
    #[serde(default)]
    pub stack: Vec<Frame>,
    /// Flows that the person wants as well: the first begins when the stack is empty. See [`Command::Later`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub next: Vec<Frame>,
    /// What was asked and not yet answered.
    #[serde(default)]
    pub asked: Option<Asked>,
    /// Counts the questions of this session; part of every offer's payload.
    #[serde(default)]
    pub questions: u64,
    /// Steps done since the person last said something: the bound of a turn holds across its `do` steps.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub steps: u32,
    /// Flows that were open when the person last said something.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub depth: usize,
    /// Commands of the turn behind a `do` that waits for its result.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pending: Vec<Command>,
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
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intent: Option<String>,
    /// In the order they were filled.
    #[serde(default)]
    pub slots: Vec<(String, Value)>,
    /// Steps that the person answered, in order: questions, and calls that gave something. "Back" and a correction go by
    /// it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub path: Vec<String>,
    /// What the person told before it was asked for: the question that wants it reads it instead of asking.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub told: Vec<Told>,
    /// Where the caller wants the returned value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub into: Option<String>,
    /// A `do` of this frame waits for its result.
    #[serde(default, skip_serializing_if = "is_false")]
    pub suspended: bool,
    /// The flow below called it: they are left together.
    #[serde(default, skip_serializing_if = "is_false")]
    pub called: bool,
}

/// The open question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Asked {
    /// `<flow>.<step>.<n>`: what offers' payloads begin with.
    pub id: String,
    #[serde(default)]
    pub misses: u8,
    /// How many options it offered.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub offers: usize,
    /// Options before the first that was shown, where a channel shows them in pages.
    #[serde(default, skip_serializing_if = "is_nothing")]
    pub from: usize,
    /// Set when the question is a clarification and not a step of a flow.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clarify: Vec<Suggestion>,
    /// What the last answer may mean: the person is asked which. Empty while the question itself is asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unsure: Vec<Value>,
    /// The answer as it was written, where that will do too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written: Option<Value>,
    /// The person meant none of what was offered: the next answer is taken as it is written, where it can be.
    #[serde(default, skip_serializing_if = "is_false")]
    pub refused: bool,
    /// The engine asks something of its own first; the question of the flow waits below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aside: Option<Aside>,
}

/// What the engine asks over a flow's question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Aside {
    /// "¿Dejamos tu reporte de bache? Se borra lo que me contaste."
    Leave,
    /// "¿Seguimos con tu reporte de bache?"
    Resume,
}

impl Asked {
    pub(crate) fn new(id: String) -> Self {
        Self {
            id,
            misses: 0,
            offers: 0,
            from: 0,
            clarify: Vec::new(),
            unsure: Vec::new(),
            written: None,
            refused: false,
            aside: None,
        }
    }
}

impl Session {
    pub fn new(lang: Lang) -> Self {
        Self {
            version: SESSION_VERSION,
            lang,
            stack: Vec::new(),
            next: Vec::new(),
            asked: None,
            questions: 0,
            steps: 0,
            depth: 0,
            pending: Vec::new(),
        }
    }

    /// The flow that talks, if any.
    pub fn running(&self) -> Option<&Frame> {
        self.stack.last()
    }

    /// Whether an answer is awaited.
    pub fn is_waiting(&self) -> bool {
        self.asked.is_some()
    }

    /// Where the flow that talks begins: itself, or the flow that called it, as indexes of the stack.
    pub fn chain(&self) -> Range<usize> {
        let begins = self.stack.iter().rposition(|frame| !frame.called).unwrap_or(0);
        begins..self.stack.len()
    }
}

impl Frame {
    /// At the beginning of a flow. The engine adds the revision when it starts.
    pub(crate) fn new(flow: &str) -> Self {
        Self {
            flow: flow.to_owned(),
            revision: String::new(),
            position: 0,
            step: String::new(),
            intent: None,
            slots: Vec::new(),
            path: Vec::new(),
            told: Vec::new(),
            into: None,
            suspended: false,
            called: false,
        }
    }

    pub fn get(&self, slot: &str) -> Option<&Value> {
        self.slots.iter().find(|(name, _)| name == slot).map(|(_, value)| value)
    }

    /// Whether the slot is filled; one that was skipped is, with none.
    pub fn has(&self, slot: &str) -> bool {
        self.get(slot).is_some()
    }

    /// Fills a slot, or empties it with none, so that it is asked for again.
    pub(crate) fn fill(&mut self, slot: &str, value: Value) {
        match value {
            Value::None => self.slots.retain(|(name, _)| name != slot),
            value => self.put(slot, value),
        }
    }

    /// Notes that a step was answered. Asked again, what was answered after it the first time is another path.
    pub(crate) fn passed(&mut self, step: &str) {
        if let Some(before) = self.path.iter().position(|own| own == step) {
            self.path.truncate(before);
        }
        self.path.push(step.to_owned());
    }

    /// Fills a slot as it was answered: skipped is an answer too.
    pub(crate) fn put(&mut self, slot: &str, value: Value) {
        match self.slots.iter_mut().find(|(name, _)| name == slot) {
            Some((_, own)) => *own = value,
            None => self.slots.push((slot.to_owned(), value)),
        }
    }
}

fn is_false(flag: &bool) -> bool {
    !*flag
}

fn is_nothing(count: &usize) -> bool {
    *count == 0
}

fn is_zero(count: &u32) -> bool {
    *count == 0
}
