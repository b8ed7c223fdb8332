//! The flow language as Rust types: what YAML is read into and what the JSON Schema is made from. The compiler
//! takes it from here; it must not know how a flow runs.

mod extras;
mod migrate;
mod options;
mod read;
mod running;
mod slot_type;
mod step;
mod text;
mod values;

use schemars::JsonSchema;
use serde::Deserialize;

pub use extras::{ImageDef, LinkDef};
pub(crate) use migrate::{MIGRATIONS, SPEC, migrate};
pub use options::{OptionDef, Options};
pub(crate) use read::{Read, read};
pub use running::Running;
pub use slot_type::{DaysDef, SlotType};
pub use step::{Call, Collect, Confirm, Do, End, Say, Step, When};
pub use text::Text;
pub use values::Values;

use crate::yaml::At;

/// A flow of Ventanilla: one conversation.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Flow")]
pub struct Definition {
    /// The version of the flow language. It is 1.
    pub spec: u32,
    /// The flow's name: the file's name without `.yaml`.
    pub flow: At<String>,
    /// How "¿te refieres a …?" names it.
    pub title: At<Text>,
    /// What people mean when it should start.
    #[serde(default)]
    pub intents: Vec<At<String>>,
    /// Never resumed, reminded or summarised: crisis, violence, corruption.
    #[serde(default)]
    pub private: bool,
    /// Left for good when another flow starts while it asks: a menu. Others are taken up again.
    #[serde(default)]
    pub passing: bool,
    /// What the person has in hand while it runs, as "¿Seguimos con …?" names it: `tu reporte de bache`. May look at slots;
    /// empty for the title.
    pub about: Option<At<Text>>,
    /// It asks itself whether to go on with what waits below it: that goes on without another word.
    #[serde(default)]
    pub resumes: bool,
    /// What waits below it stays open without being asked again now: a goodbye.
    #[serde(default)]
    pub rests: bool,
    /// Slots that are filled from outside when the flow starts.
    #[serde(default)]
    pub given: Vec<At<String>>,
    /// What becomes of talks that stand in an older revision of this flow.
    #[serde(default)]
    pub running: Running,
    /// What happens, in order.
    #[serde(default)]
    pub steps: Vec<At<Step>>,
}

/// The JSON Schema of a flow file, for editors.
pub fn json_schema() -> serde_json::Value {
    let mut schema = schemars::schema_for!(Definition).to_value();
    // Read apart from the head, therefore optional to serde; a flow has steps all the same.
    if let Some(required) = schema.get_mut("required").and_then(serde_json::Value::as_array_mut) {
        required.push("steps".into());
    }
    schema
}
