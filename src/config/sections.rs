//! The sections. What each key means stands in `config.default.toml`, its only manual.

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use serde::Deserialize;

use super::Secret;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    pub listen: SocketAddr,
    pub public_url: String,
    pub shutdown_seconds: u64,
}

impl Server {
    pub(super) fn check(&self, wrong: &mut Vec<String>) {
        let url = &self.public_url;
        if !(url.starts_with("http://") || url.starts_with("https://")) || url.ends_with('/') {
            wrong.push(format!(
                "server.public_url: '{url}' must begin with https:// and not end with a slash"
            ));
        }
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Data {
    pub folder: PathBuf,
    pub keyring: PathBuf,
    pub raw_days: u32,
    pub commit_delay_ms: u64,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Content {
    pub folder: PathBuf,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Understanding {
    pub model: PathBuf,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conversation {
    pub workers: usize,
    pub burst_ms: u64,
    pub attempts: i64,
}

impl Conversation {
    pub(super) fn check(&self, wrong: &mut Vec<String>) {
        at_least_one("conversation.workers", self.workers, wrong);
        if self.attempts < 1 {
            wrong.push("conversation.attempts: must be 1 or more".to_owned());
        }
    }

    pub fn burst(&self) -> Duration {
        Duration::from_millis(self.burst_ms)
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outbox {
    pub workers: usize,
    pub retry_seconds: Vec<u64>,
    pub give_up_hours: u64,
    pub unsure_seconds: u64,
    pub timeout_seconds: u64,
}

impl Outbox {
    pub(super) fn check(&self, wrong: &mut Vec<String>) {
        at_least_one("outbox.workers", self.workers, wrong);
        if self.retry_seconds.is_empty() {
            wrong.push("outbox.retry_seconds: needs at least one number".to_owned());
        }
        if self.timeout_seconds == 0 {
            wrong.push("outbox.timeout_seconds: must be 1 or more".to_owned());
        }
    }
}

fn at_least_one(key: &str, value: usize, wrong: &mut Vec<String>) {
    if value == 0 {
        wrong.push(format!("{key}: must be 1 or more"));
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WhatsApp {
    pub numbers: Vec<WhatsAppNumber>,
    pub app_secrets: Vec<Secret>,
    /// One secret a line.
    #[serde(default)]
    pub app_secrets_file: Option<PathBuf>,
    pub verify_token: Secret,
    #[serde(default)]
    pub verify_token_file: Option<PathBuf>,
    pub access_token: Secret,
    #[serde(default)]
    pub access_token_file: Option<PathBuf>,
    pub base_url: String,
    pub version: String,
    /// Hosts that files may be fetched from, beside Meta's own.
    #[serde(default)]
    pub media_hosts: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WhatsAppNumber {
    pub phone_number_id: String,
    pub display_phone: String,
}

/// Values that are printed in the documentation: fit for the simulator, never for a town.
pub const DEMO_SECRETS: [&str; 3] = ["demo-app-secret", "demo-verify-token", "demo-access-token"];

impl WhatsApp {
    pub(super) fn check(&mut self, wrong: &mut Vec<String>) {
        self.verify_token.read_file("whatsapp.verify_token", self.verify_token_file.as_deref(), wrong);
        self.access_token.read_file("whatsapp.access_token", self.access_token_file.as_deref(), wrong);
        let mut lines = Secret::default();
        lines.read_file("whatsapp.app_secrets", self.app_secrets_file.as_deref(), wrong);
        self.app_secrets
            .extend(lines.expose().lines().map(str::trim).filter(|line| !line.is_empty()).map(Secret::new));
        if self.numbers.is_empty() {
            return;
        }
        for number in &self.numbers {
            let id = &number.phone_number_id;
            if id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_digit()) {
                wrong.push(format!("whatsapp.numbers: '{id}' is not a phone_number_id: those are digits"));
            }
        }
        self.check_secrets(wrong);
    }

    fn check_secrets(&self, wrong: &mut Vec<String>) {
        if self.app_secrets.iter().all(Secret::is_empty) {
            wrong.push(
                "whatsapp.app_secrets: needed to verify webhooks; see App settings > Basic at Meta"
                    .to_owned(),
            );
        }
        if self.verify_token.is_empty() {
            wrong.push(
                "whatsapp.verify_token: choose a word and type the same into Meta's webhook page".to_owned(),
            );
        }
        if self.access_token.is_empty() {
            wrong.push("whatsapp.access_token: needed to send; make a system-user token at Meta".to_owned());
        }
        let all = self.app_secrets.iter().chain([&self.verify_token, &self.access_token]);
        if all.into_iter().any(|secret| DEMO_SECRETS.contains(&secret.expose())) {
            wrong.push(
                "whatsapp: the demo's secrets are public: they work with `serve --demo` only".to_owned(),
            );
        }
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Webchat {
    pub enabled: bool,
    pub secret: Secret,
    #[serde(default)]
    pub secret_file: Option<PathBuf>,
}

impl Webchat {
    pub(super) fn check(&mut self, wrong: &mut Vec<String>) {
        self.secret.read_file("webchat.secret", self.secret_file.as_deref(), wrong);
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    pub format: LogFormat,
    pub level: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    Pretty,
    Json,
}
