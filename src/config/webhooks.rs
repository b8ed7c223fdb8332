//! Who is told of what happens to reports.

use std::path::PathBuf;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::Deserialize;

use super::{Secret, is_safe_address};

/// What the secrets of Standard Webhooks begin with; the rest is base64.
const PREFIX: &str = "whsec_";
/// Bytes of a secret: fewer could be guessed.
const SHORTEST: usize = 24;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Webhooks {
    pub endpoints: Vec<Endpoint>,
    pub timeout_seconds: u64,
    pub give_up_hours: u64,
    pub kept_days: u64,
}

/// Who is told.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Endpoint {
    pub name: String,
    pub url: String,
    /// `whsec_` and base64, as Standard Webhooks has it.
    #[serde(default)]
    pub secret: Secret,
    #[serde(default)]
    pub secret_file: Option<PathBuf>,
    /// Kinds of events: `filed`, `moved` … Empty: all.
    #[serde(default)]
    pub events: Vec<String>,
    /// Ids of categories. Empty: all, and private reports too (without what they are about).
    #[serde(default)]
    pub categories: Vec<String>,
}

impl Webhooks {
    pub(super) fn check(&mut self, wrong: &mut Vec<String>) {
        if self.timeout_seconds == 0 {
            wrong.push("webhooks.timeout_seconds: must be 1 or more".to_owned());
        }
        if self.give_up_hours == 0 {
            wrong.push("webhooks.give_up_hours: must be 1 or more".to_owned());
        }
        let mut names = Vec::new();
        for endpoint in &mut self.endpoints {
            endpoint.check(wrong);
            if names.contains(&endpoint.name) {
                wrong.push(format!("webhooks.endpoints: there are two called '{}'", endpoint.name));
            }
            names.push(endpoint.name.clone());
        }
    }

    pub fn endpoint(&self, name: &str) -> Option<&Endpoint> {
        self.endpoints.iter().find(|endpoint| endpoint.name == name)
    }
}

impl Endpoint {
    fn check(&mut self, wrong: &mut Vec<String>) {
        self.secret.read_file("webhooks.endpoints.secret", self.secret_file.as_deref(), wrong);
        if self.name.trim().is_empty() {
            wrong.push("webhooks.endpoints.name: needed; deliveries are listed by it".to_owned());
        }
        if !is_safe_address(&self.url) {
            wrong.push(format!(
                "webhooks.endpoints.url: '{}' must begin with https:// (http:// only for this machine itself)",
                self.url
            ));
        }
        if self.key().is_none() {
            wrong.push(format!(
                "webhooks.endpoints.secret: of '{}' must be {PREFIX} and base64 of {SHORTEST} bytes or more: make one with \
                 `echo {PREFIX}$(openssl rand -base64 32)`",
                self.name
            ));
        }
    }

    /// The bytes that sign.
    pub fn key(&self) -> Option<Vec<u8>> {
        let key = STANDARD.decode(self.secret.expose().strip_prefix(PREFIX)?).ok()?;
        (key.len() >= SHORTEST).then_some(key)
    }

    /// Whether it is told of such an event. `category` is `None` for private reports, whose category is told to nobody:
    /// who chose categories is not told of them at all.
    pub fn wants(&self, kind: &str, category: Option<&str>) -> bool {
        let listed = |list: &[String], word: &str| list.is_empty() || list.iter().any(|one| one == word);
        listed(&self.events, kind)
            && category.map_or(self.categories.is_empty(), |category| listed(&self.categories, category))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn mistakes_are_named_key_by_key() {
        let text = r#"
            [webhooks]
            timeout_seconds = 0
            give_up_hours = 0
            endpoints = [
                { name = "", url = "http://example.mx/hook", secret = "short" },
                { name = "", url = "https://example.mx/hook", secret = "whsec_c2hvcnQ=" },
            ]"#;
        let said = Config::from_toml(text).unwrap_err().to_string();
        for key in [
            "webhooks.timeout_seconds",
            "webhooks.give_up_hours",
            "webhooks.endpoints.name",
            "webhooks.endpoints.url",
            "webhooks.endpoints.secret",
            "webhooks.endpoints: there are two",
        ] {
            assert!(said.contains(key), "{key} is missing in:\n{said}");
        }
    }

    #[test]
    fn who_chose_categories_hears_nothing_of_private_reports() {
        let endpoint = |events: &[&str], categories: &[&str]| Endpoint {
            name: "x".to_owned(),
            url: String::new(),
            secret: Secret::default(),
            secret_file: None,
            events: events.iter().map(|&one| one.to_owned()).collect(),
            categories: categories.iter().map(|&one| one.to_owned()).collect(),
        };
        assert!(endpoint(&[], &[]).wants("filed", None));
        assert!(endpoint(&["moved"], &["pothole"]).wants("moved", Some("pothole")));
        assert!(!endpoint(&["moved"], &[]).wants("filed", Some("pothole")));
        assert!(!endpoint(&[], &["pothole"]).wants("filed", Some("garbage")));
        assert!(!endpoint(&[], &["pothole"]).wants("filed", None));
    }
}
