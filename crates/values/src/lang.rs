//! The language a person speaks with the town.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A lower-case language tag of two or three letters (`es`, `en`, `yua`).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Lang([u8; 3]);

impl Lang {
    pub const ES: Self = Self(*b"es ");
    pub const EN: Self = Self(*b"en ");
    pub const PT: Self = Self(*b"pt ");
    /// Yucatec Maya.
    pub const YUA: Self = Self(*b"yua");

    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("es").trim_end()
    }
}

impl FromStr for Lang {
    type Err = String;

    fn from_str(s: &str) -> Result<Self, String> {
        let bytes = s.as_bytes();
        if !(2..=3).contains(&bytes.len()) || !bytes.iter().all(u8::is_ascii_lowercase) {
            return Err(format!("'{s}' is not a language tag: write two or three small letters, like es"));
        }
        let mut tag = [b' '; 3];
        for (to, from) in tag.iter_mut().zip(bytes) {
            *to = *from;
        }
        Ok(Self(tag))
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Lang {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Lang {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}
