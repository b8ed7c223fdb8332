//! What the server and the lint may know of a flow without running it. Made by the compiler.

use ventanilla_values::Lang;

use crate::definition::{SlotType, Text};

/// A flow of a [`crate::Library`].
#[derive(Debug, Clone, PartialEq)]
pub struct FlowInfo {
    pub name: String,
    /// How "¿te refieres a …?" names it.
    pub title: Text,
    /// What people mean when it should start.
    pub intents: Vec<String>,
    /// Never resumed, reminded or summarised.
    pub private: bool,
    /// Left for good when another flow starts while it asks.
    pub passing: bool,
    /// It asks itself whether to go on with what waits below it.
    pub resumes: bool,
    /// What waits below it stays open without being asked again now.
    pub rests: bool,
    /// Slots that whoever starts it may fill.
    pub given: Vec<String>,
    /// Hash of the definition; sessions pin it.
    pub revision: String,
    /// In the order in which the flow asks for them.
    pub slots: Vec<SlotInfo>,
    /// Names of the steps, in order.
    pub steps: Vec<String>,
}

impl FlowInfo {
    /// The title in a language, in Spanish where it has no other.
    pub fn title(&self, lang: Lang) -> &str {
        self.title.get(lang)
    }
}

/// A slot that a flow asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlotInfo {
    pub name: String,
    pub slot_type: SlotType,
    /// The step that asks.
    pub step: String,
}

/// The question that waits for an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenQuestion {
    /// Empty for a clarification, as are `step` and `slot`.
    pub flow: String,
    pub step: String,
    pub slot: String,
    /// A clarification is a choice.
    pub slot_type: SlotType,
    /// It may be skipped.
    pub optional: bool,
    /// "¿Te refieres a …?"
    pub clarify: bool,
    /// Answers in a row that were not understood.
    pub misses: u8,
}

/// An answer that can be corrected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    pub slot: String,
    /// None where another flow asked for it.
    pub slot_type: Option<SlotType>,
    /// Other words for the slot.
    pub also: Vec<String>,
}
