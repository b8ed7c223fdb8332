//! Open311: what this server offers to other systems, and the ones that it sends reports to.

use std::{collections::BTreeMap, num::NonZeroU32, path::PathBuf};

use serde::Deserialize;

use super::{Secret, is_safe_address};

/// Megabytes: no phone takes a larger photo.
const LARGEST_PHOTO: usize = 50;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Open311 {
    pub enabled: bool,
    pub jurisdiction: Vec<String>,
    pub jurisdiction_required: bool,
    pub contact: String,
    pub key_service: String,
    pub test: bool,
    pub close_when_claimed: bool,
    pub key_per_minute: NonZeroU32,
    pub address_per_minute: NonZeroU32,
    pub photo_megabytes: usize,
    pub photo_hosts: Vec<String>,
    pub client: Vec<Client>,
}

/// A system that reports are sent to.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Client {
    /// As events and the audit log name it; never changed.
    pub name: String,
    /// Up to the version: `https://311.example.gob.mx/open311/v2`
    pub url: String,
    #[serde(default)]
    pub jurisdiction: String,
    #[serde(default)]
    pub api_key: Secret,
    #[serde(default)]
    pub api_key_file: Option<PathBuf>,
    /// Ids of ours.
    pub categories: Vec<String>,
    /// What they call a category, where it is not what we call it.
    #[serde(default)]
    pub service_codes: BTreeMap<String, String>,
    #[serde(default)]
    pub mode: Mode,
    #[serde(default)]
    pub format: Format,
    /// Given as the reporter's, where they ask for one. Nothing of the citizen is ever sent.
    #[serde(default)]
    pub email: String,
    #[serde(default = "five")]
    pub poll_minutes: NonZeroU32,
    /// They take updates (`FixMyStreet`'s extension): a citizen's "it is not done" is told to them.
    #[serde(default)]
    pub updates: bool,
}

/// What becomes of a report after it was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// What they say of it moves ours.
    #[default]
    Follow,
    /// Ours goes its own way.
    Send,
}

/// Which of the two formats to ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Every endpoint speaks it.
    #[default]
    Xml,
    Json,
}

impl Format {
    /// The end of an address.
    pub fn suffix(self) -> &'static str {
        match self {
            Self::Xml => "xml",
            Self::Json => "json",
        }
    }
}

fn five() -> NonZeroU32 {
    NonZeroU32::MIN.saturating_add(4)
}

impl Open311 {
    pub(super) fn check(&mut self, wrong: &mut Vec<String>) {
        if self.jurisdiction_required && self.jurisdiction.is_empty() {
            wrong.push(
                "open311.jurisdiction: name at least one, or nobody can give the one that is required"
                    .to_owned(),
            );
        }
        if !(1..=LARGEST_PHOTO).contains(&self.photo_megabytes) {
            wrong.push(format!("open311.photo_megabytes: must be 1 to {LARGEST_PHOTO}"));
        }
        let mut names = Vec::new();
        for client in &mut self.client {
            client.check(wrong);
            if names.contains(&client.name) {
                wrong.push(format!("open311.client: there are two called '{}'", client.name));
            }
            names.push(client.name.clone());
        }
    }

    /// The largest photo that is taken, in bytes.
    pub fn photo_bytes(&self) -> usize {
        self.photo_megabytes * 1024 * 1024
    }
}

impl Client {
    fn check(&mut self, wrong: &mut Vec<String>) {
        let name = &self.name;
        self.api_key.read_file("open311.client.api_key", self.api_key_file.as_deref(), wrong);
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_-".contains(&byte);
        if name.is_empty() || name == "import" || !name.bytes().all(plain) {
            wrong.push(format!(
                "open311.client.name: '{name}' must be small letters, digits, _ and -, and not import"
            ));
        }
        if !is_safe_address(&self.url) || self.url.ends_with('/') {
            wrong.push(format!(
                "open311.client.url: '{}' must begin with https:// (http:// only for this machine itself) and end \
                 without a slash",
                self.url
            ));
        }
        if self.categories.is_empty() {
            wrong.push(format!("open311.client.categories: '{name}' gets none: name at least one"));
        }
    }

    /// What they call a category of ours.
    pub fn service_code<'a>(&'a self, category: &'a str) -> &'a str {
        self.service_codes.get(category).map_or(category, String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    #[test]
    fn mistakes_are_named_key_by_key() {
        let text = r#"
            [open311]
            jurisdiction_required = true
            photo_megabytes = 0
            client = [
                { name = "Norte", url = "http://norte.example/", categories = [] },
                { name = "sur", url = "https://sur.example", categories = ["pothole"] },
                { name = "sur", url = "https://sur.example", categories = ["pothole"] },
            ]"#;
        let said = Config::from_toml(text).unwrap_err().to_string();
        for key in [
            "open311.jurisdiction",
            "open311.photo_megabytes",
            "open311.client.name",
            "open311.client.url",
            "open311.client.categories",
            "open311.client: there are two",
        ] {
            assert!(said.contains(key), "{key} is missing in:\n{said}");
        }
    }

    #[test]
    fn a_key_is_no_secret_that_shows() {
        let text = r#"[open311]
            client = [{ name = "sur", url = "https://sur.example", api_key = "hunter2", categories = ["pothole"] }]"#;
        assert!(!format!("{:?}", Config::from_toml(text).unwrap()).contains("hunter2"));
    }
}
