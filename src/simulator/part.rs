//! A piece of a request body that knows its own name, so that every refusal names the field. Used by `validate`
//! and `interactive`.

use serde_json::{Map, Value};

use super::error::GraphError;

/// A JSON object and where it stands.
pub(super) struct Part<'a> {
    map: &'a Map<String, Value>,
    path: String,
}

impl<'a> Part<'a> {
    pub(super) fn root(map: &'a Map<String, Value>) -> Self {
        Self { map, path: String::new() }
    }

    pub(super) fn name(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// The value under `key`, unless it is absent or null.
    pub(super) fn get(&self, key: &str) -> Option<&'a Value> {
        self.map.get(key).filter(|value| !value.is_null())
    }

    pub(super) fn need(&self, key: &str) -> Result<&'a Value, GraphError> {
        self.get(key).ok_or_else(|| GraphError::missing(self.name(key)))
    }

    /// Meta refuses keys it does not know.
    pub(super) fn only(&self, keys: &[&str]) -> Result<(), GraphError> {
        match self.map.keys().find(|key| !keys.contains(&key.as_str())) {
            Some(stranger) => {
                Err(GraphError::invalid(format!("Unexpected key \"{}\".", self.name(stranger))))
            }
            None => Ok(()),
        }
    }

    pub(super) fn object(&self, key: &str) -> Result<Part<'a>, GraphError> {
        as_object(self.need(key)?, self.name(key))
    }

    pub(super) fn optional_object(&self, key: &str) -> Result<Option<Part<'a>>, GraphError> {
        self.get(key).map(|value| as_object(value, self.name(key))).transpose()
    }

    /// An array of 1 to `max` objects.
    pub(super) fn objects(&self, key: &str, max: usize) -> Result<Vec<Part<'a>>, GraphError> {
        let name = self.name(key);
        let Value::Array(items) = self.need(key)? else {
            return Err(GraphError::invalid(format!("{name}: must be an array.")));
        };
        if items.is_empty() || items.len() > max {
            let count = items.len();
            return Err(GraphError::value(format!("{name}: count invalid: {count}. Min: 1, max: {max}.")));
        }
        items.iter().enumerate().map(|(i, item)| as_object(item, format!("{name}[{i}]"))).collect()
    }

    /// A string of 1 to `max` UTF-16 units.
    pub(super) fn text(&self, key: &str, max: usize) -> Result<&'a str, GraphError> {
        self.need(key)?;
        self.optional_text(key, max)?.ok_or_else(|| GraphError::missing(self.name(key)))
    }

    pub(super) fn optional_text(&self, key: &str, max: usize) -> Result<Option<&'a str>, GraphError> {
        let Some(value) = self.get(key) else { return Ok(None) };
        let name = self.name(key);
        let Value::String(text) = value else {
            return Err(GraphError::invalid(format!("{name}: must be a string.")));
        };
        // A UTF-16 unit is at least a byte of UTF-8: short texts need no count.
        let fits = text.len() <= max || text.encode_utf16().count() <= max;
        if text.trim().is_empty() || !fits {
            return Err(GraphError::value(format!(
                "{name}: length invalid. Min length: 1, max length: {max}."
            )));
        }
        Ok(Some(text))
    }

    pub(super) fn optional_bool(&self, key: &str) -> Result<Option<bool>, GraphError> {
        let Some(value) = self.get(key) else { return Ok(None) };
        let wrong = || GraphError::invalid(format!("{}: must be true or false.", self.name(key)));
        value.as_bool().map(Some).ok_or_else(wrong)
    }

    /// One of these words in small or capital letters: Meta takes both, and clients write both (pywa: `BODY`).
    pub(super) fn one_of_any_case(
        &self,
        key: &str,
        known: &[&'static str],
    ) -> Result<&'static str, GraphError> {
        let small = self.text(key, 64)?.to_ascii_lowercase();
        known.iter().copied().find(|word| *word == small).ok_or_else(|| {
            GraphError::invalid(format!("{}: must be one of {{{}}}.", self.name(key), known.join(", ")))
        })
    }

    /// A string that must be one of these.
    pub(super) fn one_of(&self, key: &str, known: &[&str]) -> Result<&'a str, GraphError> {
        let text = self.text(key, 64)?;
        if known.contains(&text) {
            return Ok(text);
        }
        Err(GraphError::invalid(format!("{}: must be one of {{{}}}.", self.name(key), known.join(", "))))
    }

    /// An id we will get back: without blanks around it.
    pub(super) fn id(&self, key: &str, max: usize) -> Result<&'a str, GraphError> {
        let id = self.text(key, max)?;
        if id.trim() == id {
            return Ok(id);
        }
        Err(GraphError::value(format!("{}: must not begin or end with blanks.", self.name(key))))
    }

    /// A string that must be this one.
    pub(super) fn exactly(&self, key: &str, wanted: &str) -> Result<(), GraphError> {
        if self.need(key)? == wanted {
            return Ok(());
        }
        Err(GraphError::value(format!("{}: must be \"{wanted}\".", self.name(key))))
    }
}

fn as_object(value: &Value, path: String) -> Result<Part<'_>, GraphError> {
    match value {
        Value::Object(map) => Ok(Part { map, path }),
        _ => Err(GraphError::invalid(format!("{path}: must be an object."))),
    }
}
