//! What a flow's head says of talks that stand in it when it changes.

use std::{borrow::Cow, fmt};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, de};

use crate::yaml::At;

/// Talks that run when the flow changes: `{move: true, steps: {old_step: new_step}}`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Running {
    /// They go on with this revision from their next message on, where their open question is in it; else, as without this,
    /// they end with the one that they began with.
    #[serde(default, rename = "move")]
    pub moves: bool,
    /// Steps that had another name before: `{old_step: new_step}`.
    #[serde(default)]
    pub steps: Renames,
}

/// Older names and what they are called now, in the order written.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Renames(pub Vec<(At<String>, At<String>)>);

impl<'de> Deserialize<'de> for Renames {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(RenamesVisitor)
    }
}

struct RenamesVisitor;

impl<'de> de::Visitor<'de> for RenamesVisitor {
    type Value = Renames;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("older names of steps with their new ones, like {where: place}")
    }

    fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Renames, A::Error> {
        let mut renames = Vec::new();
        while let Some(entry) = map.next_entry()? {
            renames.push(entry);
        }
        Ok(Renames(renames))
    }
}

impl JsonSchema for Renames {
    fn schema_name() -> Cow<'static, str> {
        "Renames".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "Older names of steps, and what they are called now.",
            "type": "object",
            "additionalProperties": {"type": "string"}
        })
    }
}
