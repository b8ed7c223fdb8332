//! A value that must not be seen.

use std::{fmt, fs, path::Path};

use serde::Deserialize;

#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    pub fn expose(&self) -> &str {
        &self.0
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Reads the value from its file where one is given.
    pub(super) fn read_file(&mut self, key: &str, file: Option<&Path>, wrong: &mut Vec<String>) {
        let Some(file) = file else { return };
        match fs::read_to_string(file) {
            Ok(text) => self.0 = text.trim().to_owned(),
            Err(err) => wrong.push(format!("{key}_file: {} cannot be read: {err}", file.display())),
        }
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_empty() { "(none)" } else { "(secret)" })
    }
}
