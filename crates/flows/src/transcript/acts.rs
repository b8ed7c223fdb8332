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
            _ => {
                Err(de::Error::custom("write one of choice, location, photo (with its caption) and contact"))
            }
        }
    }
}

/// What the engine is told in one turn: `repeat`, `{language: {lang: en}}`, `{page: {from: 9}}`, or a list of such.
#[derive(Debug)]
pub(super) struct Given(pub Vec<Command>);

impl<'de> Deserialize<'de> for Given {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let commands = match Json::deserialize(deserializer)? {
            Json::Array(commands) => commands.into_iter().map(command).collect(),
            one => command(one).map(|command| vec![command]),
        };
        commands.map(Self).map_err(de::Error::custom)
    }
}

fn command(written: Json) -> Result<Command, String> {
    let (name, mut fields) = match written {
        Json::String(name) => (name, Map::new()),
        Json::Object(map) if map.len() == 1 => match map.into_iter().next() {
            Some((name, Json::Object(fields))) => (name, fields),
            _ => return Err("write what the command needs, like {language: {lang: en}}".to_owned()),
        },
        _ => return Err("write a command, like 'repeat' or {language: {lang: en}}".to_owned()),
    };
    fields.insert("command".to_owned(), Json::String(name));
    serde_json::from_value(Json::Object(fields)).map_err(|error| error.to_string())
}

/// A command as [`Given`] reads it.
pub(super) fn written(command: &Command) -> Json {
    let mut json = serde_json::to_value(command).unwrap_or(Json::Null);
    let Some(fields) = json.as_object_mut() else { return json };
    let name =
        fields.shift_remove("command").and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default();
    match fields.is_empty() {
        true => Json::String(name),
        false => Json::Object(Map::from_iter([(name, json)])),
    }
}
