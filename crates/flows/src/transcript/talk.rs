//! The YAML of a transcript.

use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value as Json};
use ventanilla_values::Lang;

use crate::{definition::Values, yaml::At};

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
    pub start: Start,
    pub talk: Vec<At<Line>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Start {
    pub flow: String,
    pub intent: Option<String>,
    #[serde(default)]
    pub slots: Values,
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
    pub ended: Option<bool>,
}

/// What the person does.
#[derive(Debug)]
pub(super) enum Me {
    Text(String),
    /// An option, by its id or its label.
    Choice(String),
    Location(f64, f64),
    Photo,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
struct Act {
    choice: Option<String>,
    location: Option<(f64, f64)>,
    photo: Option<bool>,
}

impl<'de> Deserialize<'de> for Me {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(MeVisitor)
    }
}

struct MeVisitor;

impl<'de> serde::de::Visitor<'de> for MeVisitor {
    type Value = Me;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a text, {choice: …}, {location: [lat, lon]} or {photo: true}")
    }

    fn visit_str<E>(self, text: &str) -> Result<Me, E> {
        Ok(Me::Text(text.to_owned()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Me, E> {
        Ok(Me::Text(number.to_string()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Me, E> {
        Ok(Me::Text(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Me, E> {
        Ok(Me::Text(number.to_string()))
    }

    fn visit_map<A: serde::de::MapAccess<'de>>(self, map: A) -> Result<Me, A::Error> {
        let act = Act::deserialize(serde::de::value::MapAccessDeserializer::new(map))?;
        match act {
            Act { choice: Some(option), location: None, photo: None } => Ok(Me::Choice(option)),
            Act { choice: None, location: Some((lat, lon)), photo: None } => Ok(Me::Location(lat, lon)),
            Act { choice: None, location: None, photo: Some(true) } => Ok(Me::Photo),
            _ => Err(serde::de::Error::custom("write one of choice, location and photo")),
        }
    }
}

fn spanish() -> Lang {
    Lang::ES
}
