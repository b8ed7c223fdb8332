//! The YAML of a transcript.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value as Json};
use ventanilla_values::Lang;

use super::acts::{Given, Me};
use crate::{Told, definition::Values, yaml::At};

/// One talk.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Talk {
    pub name: String,
    #[serde(default = "spanish")]
    pub lang: Lang,
    /// Where it is held; without one, on the first channel that is known.
    pub channel: Option<At<String>>,
    /// What templates see as `person`.
    #[serde(default)]
    pub person: Map<String, Json>,
    /// The town's time and facts, where they are others than every day's.
    #[serde(default)]
    pub given: Facts,
    /// The flow that it begins with; without one nothing runs.
    pub start: Option<Start>,
    pub talk: Vec<At<Line>>,
}

/// What is true in this talk.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Facts {
    /// RFC 3339.
    pub clock: Option<At<String>>,
    /// Names of the content (`office`, `town` …) with what is other in them.
    #[serde(flatten)]
    pub content: Map<String, Json>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Start {
    pub flow: String,
    pub intent: Option<String>,
    #[serde(default)]
    pub slots: Values,
    /// What the person told already, in their words, by kind.
    #[serde(default)]
    told: BTreeMap<String, String>,
}

impl Start {
    pub fn told(&self) -> Vec<Told> {
        let told = |(kind, words): (&String, &String)| Told { kind: kind.clone(), words: words.clone() };
        self.told.iter().map(told).collect()
    }
}

/// A line of the talk: exactly one of its keys, but for those of `do`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Line {
    /// What one bubble says, `*` for anything.
    pub bot: Option<String>,
    pub me: Option<Me>,
    #[serde(rename = "do")]
    pub action: Option<String>,
    pub with: Option<Json>,
    pub gives: Option<Json>,
    pub fails: Option<String>,
    /// Another flow starts on top.
    pub start: Option<Start>,
    /// The person leaves the flow.
    pub cancel: Option<bool>,
    /// One turn of the engine.
    pub command: Option<Given>,
    /// What the running flows hold.
    pub slots: Option<Map<String, Json>>,
    /// What happened since the person's last line, in this order.
    pub events: Option<Vec<At<Json>>>,
    pub ended: Option<bool>,
}

fn spanish() -> Lang {
    Lang::ES
}

impl Talk {
    /// The flow that it begins with; empty where there is none.
    pub fn flow(&self) -> &str {
        self.start.as_ref().map_or("", |start| start.flow.as_str())
    }
}
