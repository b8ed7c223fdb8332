//! JSON read one level at a time. Used by `payload`; it gives `None` where a shape is not the one asked for and knows
//! nothing of what it means.

use std::collections::BTreeMap;

use serde_json::{Value, value::RawValue};

use crate::lenient::word;

/// An object whose values are still text. Of a key that comes twice the last one counts.
pub(super) type Object<'a> = BTreeMap<String, &'a RawValue>;

pub(super) fn object(raw: &RawValue) -> Option<Object<'_>> {
    serde_json::from_str(raw.get()).ok()
}

pub(super) fn array<'a>(of: &Object<'a>, key: &str) -> Option<Vec<&'a RawValue>> {
    serde_json::from_str(of.get(key)?.get()).ok()
}

/// Like [`array()`], where a missing one is an empty one.
pub(super) fn list<'a>(of: &Object<'a>, key: &str) -> Vec<&'a RawValue> {
    array(of, key).unwrap_or_default()
}

pub(super) fn parse(raw: &RawValue) -> Option<Value> {
    serde_json::from_str(raw.get()).ok()
}

/// A word at this level, quoted or not.
pub(super) fn text_of(of: &Object<'_>, key: &str) -> Option<String> {
    word(Some(&parse(of.get(key)?)?))
}
