//! What a transcript expects of slots, arguments and events.

use serde_json::{Map, Value as Json};

use super::wildcard::matches;
use crate::{Event, Session};

/// Whether a value has at least what is expected of it. In a text `*` stands for anything.
pub(super) fn holds(value: &Json, expected: &Json) -> bool {
    match (value, expected) {
        (Json::Null, Json::Null) => true,
        (_, Json::Null) => false,
        (Json::Object(value), Json::Object(expected)) => {
            expected.iter().all(|(key, expected)| holds(value.get(key).unwrap_or(&Json::Null), expected))
        }
        (Json::Array(value), Json::Array(expected)) => {
            value.len() == expected.len()
                && value.iter().zip(expected).all(|(value, expected)| holds(value, expected))
        }
        (Json::Number(value), Json::Number(expected)) => value.as_f64() == expected.as_f64(),
        (Json::String(value), Json::String(expected)) => matches(expected, value),
        (value, expected) => value == expected,
    }
}

/// What the running flows hold of these slots. A slot is looked for in the flow that talks, then in those below it.
pub(super) fn slots(session: &Session, expected: &Map<String, Json>) -> Json {
    let held = |name: &str| {
        let frame = session.stack.iter().rev().find(|frame| frame.has(name));
        frame.and_then(|frame| frame.get(name)).map_or(Json::Null, ventanilla_values::Value::to_json)
    };
    Json::Object(expected.keys().map(|name| (name.clone(), held(name))).collect())
}

/// An event as a transcript writes it: `{slot_filled: place}`, `{flow_ended: report, outcome: cancelled}`, `stale`.
pub(super) fn written(event: &Event) -> Json {
    let mut json = serde_json::to_value(event).unwrap_or(Json::Null);
    let Some(fields) = json.as_object_mut() else { return json };
    let name =
        fields.shift_remove("event").and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default();
    // What the event is about: the slot rather than its flow, the first field where there is no slot.
    let about = match fields.contains_key("slot") {
        true => Some("slot".to_owned()),
        false => fields.keys().next().cloned(),
    };
    let Some(about) = about else { return Json::String(name) };
    let value = fields.shift_remove(&about).unwrap_or(Json::Null);
    let mut written = Map::from_iter([(name, value)]);
    written.append(fields);
    Json::Object(written)
}

/// Whether these events come in this order, others between them.
pub(super) fn in_order(events: &[Event], expected: &[Json]) -> bool {
    let mut came = events.iter().map(written);
    expected.iter().all(|expected| came.any(|event| is_event(&event, expected)))
}

/// `no_match` alone stands for any such event.
fn is_event(event: &Json, expected: &Json) -> bool {
    match (event, expected) {
        (Json::Object(event), Json::String(name)) => event.contains_key(name),
        (event, expected) => holds(event, expected),
    }
}

/// The name of an event that a transcript expects.
pub(super) fn name(expected: &Json) -> &str {
    match expected {
        Json::String(name) => name,
        Json::Object(fields) => fields.keys().next().map_or("", String::as_str),
        _ => "",
    }
}
