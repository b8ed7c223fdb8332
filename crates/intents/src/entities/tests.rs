//! Messages and what is found in them. A row is read like this: what a person wrote, and each thing in it as its
//! kind, its words and its value. Rows without anything are traps.

mod any_text;
mod codes;
mod described;
mod landmarks;
mod names;
mod places;
mod several;
mod streets;
mod times;

use super::*;

/// The rows of a table: message, then what is found.
type Rows = [(&'static str, &'static [&'static str])];

#[track_caller]
fn check(rows: &Rows) {
    for (text, expected) in rows {
        let found: Vec<String> = entities(text).iter().map(shown).collect();
        assert_eq!(found, *expected, "{text}");
    }
}

#[track_caller]
fn nothing(texts: &[&str]) {
    for text in texts {
        let found: Vec<String> = entities(text).iter().map(shown).collect();
        assert!(found.is_empty(), "{text}: {found:?}");
    }
}

/// Like `date «el lunes» weekday/day=Mon which=next`.
fn shown(entity: &Entity) -> String {
    let json = serde_json::to_value(&entity.value).unwrap();
    let value = json.as_object().and_then(|object| object.values().next()).map(leaves).unwrap_or_default();
    let kind = serde_json::to_value(entity.kind).unwrap();
    format!("{} «{}» {value}", kind.as_str().unwrap_or_default(), entity.text).trim_end().to_owned()
}

fn leaves(json: &serde_json::Value) -> String {
    use serde_json::Value as Json;
    match json {
        Json::Object(parts) => {
            let parts = parts.iter().filter(|(key, value)| {
                *key != "said" && *key != "sure" && !value.is_null() && (*key != "minute" || **value != 0)
            });
            let shown: Vec<String> = parts.map(|(key, value)| format!("{key}={}", leaves(value))).collect();
            shown.join(" ")
        }
        Json::Array(items) => items.iter().map(leaves).collect::<Vec<_>>().join("+"),
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}
