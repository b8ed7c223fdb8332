//! The fields of a request with places for a message in them. Called by `send`; a place that nobody fills in is found
//! when the configuration is read.

use std::fmt;

use serde::Deserialize;
use serde_json::{Map, Value};

/// What may stand in braces.
pub(super) const PLACES: [&str; 8] =
    ["to", "to_digits", "from", "from_digits", "text", "reference", "status_url", "encoding"];

/// Names and values of a request; for JSON they may be nested. In every text `{to}` and `{from}` are numbers with their
/// plus sign (`{to_digits}`, `{from_digits}` without), `{text}` is what is said, `{reference}` our id of the message,
/// `{status_url}` where we hear reports of it, and `{encoding}` one of `encodings`.
#[derive(Clone, Deserialize)]
#[serde(try_from = "Map<String, Value>")]
pub struct HttpFields(Map<String, Value>);

/// Keys often stand among the fields.
impl fmt::Debug for HttpFields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HttpFields({} fields)", self.0.len())
    }
}

impl TryFrom<Map<String, Value>> for HttpFields {
    type Error = String;

    fn try_from(fields: Map<String, Value>) -> Result<Self, String> {
        let mut unknown = None;
        let mut texts = 0;
        let tree = Value::Object(fields.clone());
        fill(&tree, &mut |name| {
            texts += usize::from(name == "text");
            if !PLACES.contains(&name) {
                unknown = Some(format!("nobody fills in '{{{name}}}': there are {}", PLACES.join(", ")));
            }
            Some(String::new())
        });
        match unknown {
            Some(unknown) => Err(unknown),
            None if texts == 0 => Err("no field holds '{text}'".to_owned()),
            None => Ok(Self(fields)),
        }
    }
}

impl HttpFields {
    /// The fields of one message.
    pub(super) fn filled(&self, mut value: impl FnMut(&str) -> Option<String>) -> Map<String, Value> {
        self.0.iter().map(|(name, field)| (name.clone(), fill(field, &mut value))).collect()
    }
}

fn fill(field: &Value, value: &mut dyn FnMut(&str) -> Option<String>) -> Value {
    match field {
        Value::String(text) => Value::String(fill_text(text, value)),
        Value::Array(items) => items.iter().map(|item| fill(item, value)).collect(),
        Value::Object(fields) => {
            fields.iter().map(|(name, field)| (name.clone(), fill(field, value))).collect()
        }
        other => other.clone(),
    }
}

/// Braces around anything but a name stand for themselves. What is filled in is not looked at again: a person may
/// write `{to}`.
fn fill_text(text: &str, value: &mut dyn FnMut(&str) -> Option<String>) -> String {
    let mut pieces = text.split('{');
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let named = piece.split_once('}').filter(|(name, _)| is_name(name));
        match named.and_then(|(name, after)| Some((value(name)?, after))) {
            Some((filled, after)) => {
                out.push_str(&filled);
                out.push_str(after);
            }
            None => {
                out.push('{');
                out.push_str(piece);
            }
        }
    }
    out
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}
