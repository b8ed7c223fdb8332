//! The kinds of answer.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What kind of answer a slot holds. Adding one is adding a variant here and a case in `answer.rs`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SlotType {
    /// Anything.
    #[default]
    Text,
    /// One of `options`, by button, number, label or synonym; the slot holds the option's id.
    Choice,
    YesNo,
    Number,
    /// A pin, a street and corner, a colonia.
    Place,
    Photo,
    Phone,
    /// The number of a report.
    Folio,
}

impl SlotType {
    pub const ALL: [Self; 8] = [
        Self::Text,
        Self::Choice,
        Self::YesNo,
        Self::Number,
        Self::Place,
        Self::Photo,
        Self::Phone,
        Self::Folio,
    ];

    /// As it is written in YAML.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Choice => "choice",
            Self::YesNo => "yes_no",
            Self::Number => "number",
            Self::Place => "place",
            Self::Photo => "photo",
            Self::Phone => "phone",
            Self::Folio => "folio",
        }
    }
}

impl fmt::Display for SlotType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
