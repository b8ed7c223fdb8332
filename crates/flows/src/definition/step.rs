//! The steps, one struct each: the key that is named like the step says what it is.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value as Json;

use super::{DaysDef, ImageDef, LinkDef, Options, SlotType, Text, Values, options::Words};
use crate::yaml::At;

/// One step. A new one is a struct here, a line in `read.rs`, an instruction in `compile/` and a case in its test.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Step {
    Say(Say),
    Collect(Box<Collect>),
    Confirm(Confirm),
    When(When),
    Set(Set),
    Do(Do),
    Call(Call),
    Go(Go),
    End(End),
}

/// Tells the person.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Say {
    pub id: Option<At<String>>,
    pub say: At<Text>,
    /// A page to open.
    pub link: Option<At<LinkDef>>,
    /// A picture that goes with the text. A step has a link or a picture, not both.
    pub image: Option<At<ImageDef>>,
}

/// Asks and waits, unless the slot is filled already.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Collect {
    pub id: Option<At<String>>,
    /// The slot.
    pub collect: At<String>,
    #[serde(rename = "type")]
    pub slot_type: SlotType,
    pub ask: At<Text>,
    /// Said when the answer was not understood, instead of `ask`.
    pub retry: Option<At<Text>>,
    /// The label of a "skip" option; the slot is then none.
    pub optional: Option<At<Text>>,
    /// What to choose from.
    pub options: Option<At<Options>>,
    /// The smallest number.
    pub min: Option<At<f64>>,
    /// The largest number.
    pub max: Option<At<f64>>,
    /// The longest text, in characters.
    pub max_length: Option<At<u32>>,
    /// Other words for the slot, by which people correct it: "cambia la ubicación".
    #[serde(default)]
    pub also: Words,
    /// What was told before counts as its answer, where that is not of its type: `size`, `since`, `danger`.
    pub hears: Option<At<String>>,
    /// For `date` and `date_range`: days that are `ahead` or `behind`; without it any.
    pub days: Option<At<DaysDef>>,
    /// For `time` and `time_range`: `08:00-15:00`, the hours in which "a las 9" is meant.
    pub hours: Option<At<String>>,
}

/// Asks yes or no, always afresh, and runs what is below the answer.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Confirm {
    pub id: Option<At<String>>,
    /// The slot.
    pub confirm: At<String>,
    pub ask: At<Text>,
    /// Said when the answer was not understood, instead of `ask`.
    pub retry: Option<At<Text>>,
    /// What is so, and not what they want: "ok" is no answer, and "no, nomás se tira" is one.
    #[serde(default)]
    pub fact: bool,
    #[serde(default)]
    pub yes: Vec<At<Step>>,
    #[serde(default)]
    pub no: Vec<At<Step>>,
}

/// Runs one of two branches.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct When {
    pub id: Option<At<String>>,
    /// An expression.
    pub when: At<String>,
    #[serde(default)]
    pub then: Vec<At<Step>>,
    #[serde(default, rename = "else")]
    pub otherwise: Vec<At<Step>>,
}

/// Fills slots, in order; `null` empties one.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Set {
    pub id: Option<At<String>>,
    pub set: Values,
}

/// Asks the server to do something and waits for the result.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Do {
    pub id: Option<At<String>>,
    /// The action.
    #[serde(rename = "do")]
    pub action: At<String>,
    /// Its arguments.
    #[serde(default)]
    pub with: Values,
    /// The slot for what it gives.
    pub into: Option<At<String>>,
    /// Runs when it fails; without these steps a person takes over.
    pub failed: Option<Vec<At<Step>>>,
}

/// Runs another flow.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Call {
    pub id: Option<At<String>>,
    /// The flow.
    pub call: At<String>,
    /// Slots that it begins with.
    #[serde(default)]
    pub with: Values,
    /// The slot for what it returns.
    pub into: Option<At<String>>,
}

/// Goes on at another step of this flow.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Go {
    pub id: Option<At<String>>,
    /// The step's id.
    pub go: At<String>,
}

/// Ends the flow; `end: all` everything that runs, also the flows below it.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct End {
    pub id: Option<At<String>>,
    /// What the caller gets; `true` for nothing in particular; `all` to leave the callers and all other flows too.
    pub end: At<Json>,
}

impl End {
    /// The word that leaves everything.
    pub const ALL: &'static str = "all";

    /// Whether everything that runs is left.
    pub fn leaves_all(&self) -> bool {
        self.end.value.as_str() == Some(Self::ALL)
    }
}

impl Step {
    /// The keys that say what a step is.
    pub const KEYS: [&'static str; 9] =
        ["say", "collect", "confirm", "when", "set", "do", "call", "go", "end"];

    /// The id that its author gave it.
    pub fn id(&self) -> Option<&At<String>> {
        match self {
            Self::Say(step) => step.id.as_ref(),
            Self::Collect(step) => step.id.as_ref(),
            Self::Confirm(step) => step.id.as_ref(),
            Self::When(step) => step.id.as_ref(),
            Self::Set(step) => step.id.as_ref(),
            Self::Do(step) => step.id.as_ref(),
            Self::Call(step) => step.id.as_ref(),
            Self::Go(step) => step.id.as_ref(),
            Self::End(step) => step.id.as_ref(),
        }
    }

    /// The name of a step without an id: what it does.
    pub fn default_name(&self) -> &str {
        match self {
            Self::Say(_) => "say",
            Self::Collect(step) => &step.collect,
            Self::Confirm(step) => &step.confirm,
            Self::When(_) => "when",
            Self::Set(_) => "set",
            Self::Do(step) => &step.action,
            Self::Call(step) => &step.call,
            Self::Go(_) => "go",
            Self::End(_) => "end",
        }
    }
}
