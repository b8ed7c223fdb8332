//! Slots <-> template values <-> JSON.

use std::sync::Arc;

use minijinja::value::{Enumerator, Object, Serde, Value as Mini, ValueKind};
use serde_json::Value as Json;
use ventanilla_values::{Place, Value};

use super::typed::{Seen, Typed};

/// A slot as templates see it.
pub(crate) fn to_template(value: &Value, seen: &Seen) -> Mini {
    match value {
        Value::None => Mini::from(()),
        Value::Text(text)
        | Value::Choice(text)
        | Value::Photo(text)
        | Value::Phone(text)
        | Value::Folio(text) => Mini::from(text.as_str()),
        Value::YesNo(yes) => Mini::from(*yes),
        Value::Number(number) => number_to_template(*number),
        Value::Place(place) => Mini::from_object(PlaceObject(place.clone())),
        Value::Json(json) => Mini::from(Serde(json)),
        Value::Email(_) | Value::Curp(_) | Value::Rfc(_) | Value::Plate(_) => {
            Mini::from(Serde(value.to_json()))
        }
        Value::Date(_)
        | Value::Time(_)
        | Value::DateRange(_)
        | Value::TimeRange(_)
        | Value::Money(_)
        | Value::FullName(_)
        | Value::Age(_) => Typed::of(value.clone(), seen.clone()),
    }
}

/// `3`, not `3.0`: people read it.
fn number_to_template(number: f64) -> Mini {
    match Value::Number(number).to_json().as_i64() {
        Some(whole) => Mini::from(whole),
        None => Mini::from(number),
    }
}

/// What an expression gave, as a slot. Only a value that has no JSON fails (a function, say).
pub(crate) fn from_template(value: &Mini) -> Result<Value, minijinja::Error> {
    if let Some(place) = value.downcast_object_ref::<PlaceObject>() {
        return Ok(Value::Place(place.0.clone()));
    }
    if let Some(typed) = value.downcast_object_ref::<Typed>() {
        return Ok(typed.value().clone());
    }
    match value.kind() {
        ValueKind::Undefined | ValueKind::None => Ok(Value::None),
        ValueKind::Bool => Ok(Value::YesNo(value.is_true())),
        ValueKind::String => Ok(Value::Text(value.as_str().unwrap_or_default().to_owned())),
        ValueKind::Number => Ok(number(f64::try_from(value.clone()).ok())),
        ValueKind::Invalid => {
            Err(minijinja::Error::new(minijinja::ErrorKind::InvalidOperation, "the value is not valid"))
        }
        _ => to_json(value).map(Value::Json),
    }
}

/// Infinity has no JSON: a session could not be read again.
fn number(number: Option<f64>) -> Value {
    number.filter(|number| number.is_finite()).map_or(Value::None, Value::Number)
}

/// What an expression gave, as JSON.
pub(crate) fn to_json(value: &Mini) -> Result<Json, minijinja::Error> {
    serde_json::to_value(value)
        .map_err(|error| minijinja::Error::new(minijinja::ErrorKind::BadSerialization, error.to_string()))
}

/// What an action gave, as a slot.
pub(crate) fn from_json(json: Json) -> Value {
    match json {
        Json::Null => Value::None,
        Json::Bool(yes) => Value::YesNo(yes),
        Json::String(text) => Value::Text(text),
        Json::Number(json) => number(json.as_f64()),
        Json::Array(_) | Json::Object(_) => Value::Json(json),
    }
}

/// A place in a template: `.text .lat .lon .colonia .inside`, and its text when it is printed whole.
struct PlaceObject(Place);

/// Personal text never reaches a log.
impl std::fmt::Debug for PlaceObject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Place(…)")
    }
}

impl Object for PlaceObject {
    fn get_value(self: &Arc<Self>, key: &Mini) -> Option<Mini> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Mini> {
        match key {
            "text" => Some(Mini::from(self.0.text.as_str())),
            "lat" => Some(Mini::from(self.0.lat)),
            "lon" => Some(Mini::from(self.0.lon)),
            "colonia" => Some(Mini::from(self.0.colonia.as_deref())),
            "inside" => Some(Mini::from(self.0.inside)),
            _ => None,
        }
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Str(&["text", "lat", "lon", "colonia", "inside"])
    }

    fn render(self: &Arc<Self>, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.text)
    }
}
