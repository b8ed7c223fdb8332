//! A file that a person sends.

use std::fmt;

use base64::{Engine, prelude::BASE64_STANDARD};
use bytes::Bytes;
use serde::{Deserialize, Deserializer, de::Error};

/// The bytes and what WhatsApp tells of them. In JSON `data` is base64.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct Attached {
    /// With parameters where there are any, such as `audio/ogg; codecs=opus`.
    pub mime_type: String,
    #[serde(deserialize_with = "base64")]
    pub data: Bytes,
    #[serde(default)]
    pub caption: Option<String>,
    /// Of documents.
    #[serde(default)]
    pub filename: Option<String>,
}

impl Attached {
    /// A file without caption or name.
    pub fn new(mime_type: impl Into<String>, data: impl Into<Bytes>) -> Self {
        Self { mime_type: mime_type.into(), data: data.into(), caption: None, filename: None }
    }
}

impl fmt::Debug for Attached {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attached")
            .field("mime_type", &self.mime_type)
            .field("bytes", &self.data.len())
            .finish_non_exhaustive()
    }
}

fn base64<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Bytes, D::Error> {
    let text = String::deserialize(deserializer)?;
    BASE64_STANDARD.decode(text).map(Bytes::from).map_err(|_| D::Error::custom("data must be base64"))
}
