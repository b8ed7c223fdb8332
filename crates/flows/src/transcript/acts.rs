//! What the person does, as a transcript writes it.

use serde::{Deserialize, Deserializer, de};
use serde_json::{Map, Value as Json};

use crate::Command;

/// What the person does.
#[derive(Debug)]
pub(super) enum Me {
    Text(String),
    /// An option, by its id or its label.
    Choice(String),
    Location(f64, f64),
    /// A photo, with the words under it.
    Photo(Option<String>),
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
struct Act {
    choice: Option<String>,
    location: Option<(f64, f64)>,
    photo: Option<bool>,
    caption: Option<String>,
    contact: Option<String>,
}

impl<'de> Deserialize<'de> for Me {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(MeVisitor)
    }
}

struct MeVisitor;

impl<'de> de::Visitor<'de> for MeVisitor {
    type Value = Me;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a text, {choice: …}, {location: [lat, lon]}, {photo: true} or {contact: a phone}")
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

    fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Me, A::Error> {
        let act = Act::deserialize(de::value::MapAccessDeserializer::new(map))?;
        match act {
            Act { choice: Some(option), location: None, photo: None, caption: None, contact: None } => {
                Ok(Me::Choice(option))
            }
            Act { choice: None, location: Some((lat, lon)), photo: None, caption: None, contact: None } => {
                Ok(Me::Location(lat, lon))
            }
            Act { choice: None, location: None, photo: Some(true), caption, contact: None } => {
                Ok(Me::Photo(caption))
            }
            // A card of one's own is one's phone, in words.
            Act { choice: None, location: None, photo: None, caption: None, contact: Some(phone) } => {
                Ok(Me::Text(phone))
            }
            _ => Err(de::Error::custom("write one of choice, location, photo (with its caption) and contact")),
        }
    }
}

/// A command of the engine: `repeat`, `{language: {lang: en}}`, `{page: {from: 9}}` …
#[derive(Debug)]
pub(super) struct Given(pub Command);

impl<'de> Deserialize<'de> for Given {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (name, mut fields) = match Json::deserialize(deserializer)? {
            Json::String(name) => (name, Map::new()),
            Json::Object(map) if map.len() == 1 => match map.into_iter().next() {
                Some((name, Json::Object(fields))) => (name, fields),
                _ => return Err(de::Error::custom("write what the command needs, like {language: {lang: en}}")),
            },
            _ => return Err(de::Error::custom("write a command, like 'repeat' or {language: {lang: en}}")),
        };
        fields.insert("command".to_owned(), Json::String(name));
        serde_json::from_value(Json::Object(fields)).map(Self).map_err(de::Error::custom)
    }
}
