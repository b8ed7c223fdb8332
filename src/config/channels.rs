//! The sections of the channels. What each key means stands in `config.default.toml`, its only manual.

use std::path::PathBuf;

use serde::Deserialize;
use ventanilla_adapters::sms::{HttpConfig, SmsProvider};

use super::{AgentTemplate, Secret, is_price};

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
    pub mark_read: bool,
    pub per_second: u32,
    pub pair_seconds: u64,
    /// Sent to somebody outside the window for whom an answer waits.
    #[serde(default)]
    pub reminder: Option<ReminderTemplate>,
    /// What agents may send outside the window.
    #[serde(default)]
    pub templates: Vec<AgentTemplate>,
    /// What Meta takes for a template, in the currency of `desk.currency`.
    #[serde(default)]
    pub price_per_template: Option<f64>,
}

/// An approved template without values, or with the town's name as its only one.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReminderTemplate {
    pub name: String,
    pub language: String,
    /// What it reads, for the agent.
    pub text: String,
    /// It has one place, for the town's name.
    #[serde(default)]
    pub town: bool,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WhatsAppNumber {
    pub phone_number_id: String,
    pub display_phone: String,
}

/// Values that are printed in the documentation: fit for the simulator, never for a town.
pub const DEMO_SECRETS: [&str; 4] =
    ["demo-app-secret", "demo-verify-token", "demo-access-token", "demo-auth-token"];

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
        if let Some(reminder) = &self.reminder
            && [&reminder.name, &reminder.language].into_iter().any(|text| text.trim().is_empty())
        {
            wrong.push("whatsapp.reminder: needs name and language as Meta approved them (es_MX)".to_owned());
        }
        for template in &self.templates {
            template.check(wrong);
        }
        if self.price_per_template.is_some_and(|price| !is_price(price)) {
            wrong.push("whatsapp.price_per_template: must be 0 or more".to_owned());
        }
        if self.per_second == 0 {
            wrong.push("whatsapp.per_second: must be 1 or more".to_owned());
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
    /// Origins of pages (`https://www.example.gob.mx`) that the chat may stand on, beside our own; `*` is any.
    pub origins: Vec<String>,
}

impl Webchat {
    pub(super) fn check(&mut self, wrong: &mut Vec<String>) {
        self.secret.read_file("webchat.secret", self.secret_file.as_deref(), wrong);
        for origin in self.origins.iter().filter(|origin| !is_origin(origin)) {
            wrong.push(format!(
                "webchat.origins: '{origin}' must be https:// and a host, as in https://www.example.gob.mx, or \"*\""
            ));
        }
    }
}

/// `*`, or scheme, host and perhaps port, as browsers write them in the header `Origin`: no path, no slash at the end.
fn is_origin(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-:[]".contains(c);
    text == "*" || host.is_some_and(|host| !host.is_empty() && host.chars().all(plain))
}

/// One Twilio account serves SMS and voice.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Twilio {
    pub account_sid: String,
    pub auth_tokens: Vec<Secret>,
    /// One token a line.
    #[serde(default)]
    pub auth_tokens_file: Option<PathBuf>,
    pub api_key: String,
    pub api_secret: Secret,
    #[serde(default)]
    pub api_secret_file: Option<PathBuf>,
    pub base_url: String,
}

impl Twilio {
    pub(super) fn check(&mut self, used: bool, wrong: &mut Vec<String>) {
        self.api_secret.read_file("twilio.api_secret", self.api_secret_file.as_deref(), wrong);
        let mut lines = Secret::default();
        lines.read_file("twilio.auth_tokens", self.auth_tokens_file.as_deref(), wrong);
        self.auth_tokens
            .extend(lines.expose().lines().map(str::trim).filter(|line| !line.is_empty()).map(Secret::new));
        if !used {
            return;
        }
        if !self.account_sid.starts_with("AC") {
            wrong.push("twilio.account_sid: begins with AC; it stands on Twilio's first page".to_owned());
        }
        if self.auth_tokens.iter().all(Secret::is_empty) {
            wrong.push(
                "twilio.auth_tokens: needed to verify webhooks; see Account > API keys at Twilio".to_owned(),
            );
        }
        if self.api_key.is_empty() != self.api_secret.is_empty() {
            wrong.push(
                "twilio.api_key: key and api_secret belong together; leave both empty to use the token"
                    .to_owned(),
            );
        }
        if self.auth_tokens.iter().any(|secret| DEMO_SECRETS.contains(&secret.expose())) {
            wrong
                .push("twilio: the demo's secrets are public: they work with `serve --demo` only".to_owned());
        }
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sms {
    pub numbers: Vec<SmsNumber>,
    pub save_accents: bool,
    /// What a segment costs, in the currency of `desk.currency`.
    #[serde(default)]
    pub price_per_segment: Option<f64>,
    #[serde(default)]
    pub kannel: Option<Kannel>,
    #[serde(default)]
    pub http: Option<HttpConfig>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmsNumber {
    pub number: String,
    pub provider: SmsProvider,
    #[serde(default)]
    pub messaging_service: String,
}

/// A Kannel gateway.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kannel {
    pub send_url: String,
    pub username: String,
    #[serde(default)]
    pub password: Secret,
    #[serde(default)]
    pub password_file: Option<PathBuf>,
    #[serde(default)]
    pub secret: Secret,
    #[serde(default)]
    pub secret_file: Option<PathBuf>,
    #[serde(default)]
    pub smsc: String,
}

impl Sms {
    pub(super) fn uses(&self, provider: SmsProvider) -> bool {
        self.numbers.iter().any(|number| number.provider == provider)
    }

    pub(super) fn check(&mut self, wrong: &mut Vec<String>) {
        if self.price_per_segment.is_some_and(|price| !is_price(price)) {
            wrong.push("sms.price_per_segment: must be 0 or more".to_owned());
        }
        if let Some(kannel) = &mut self.kannel {
            kannel.password.read_file("sms.kannel.password", kannel.password_file.as_deref(), wrong);
            kannel.secret.read_file("sms.kannel.secret", kannel.secret_file.as_deref(), wrong);
            if kannel.send_url.is_empty() || kannel.username.is_empty() {
                wrong.push("sms.kannel: needs send_url and username of its sendsms-user".to_owned());
            }
            if kannel.secret.is_empty() {
                wrong.push(
                    "sms.kannel.secret: choose a word and put it into Kannel's get-url as well".to_owned(),
                );
            }
        }
        if self.uses(SmsProvider::Kannel) && self.kannel.is_none() {
            wrong.push(
                "sms.kannel: a number uses it, so it needs send_url, username, password and secret"
                    .to_owned(),
            );
        }
        if self.uses(SmsProvider::Http) && self.http.is_none() {
            wrong.push("sms.http: a number uses it, so the provider must be described here".to_owned());
        }
        if let Some(http) = &self.http {
            wrong.extend(http.problems().into_iter().map(|problem| format!("sms.http.{problem}")));
        }
        for number in &self.numbers {
            let digits = number.number.strip_prefix('+').unwrap_or(&number.number);
            if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                wrong.push(format!("sms.numbers: '{}' must be +52… or a short code's digits", number.number));
            }
        }
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Voice {
    pub numbers: Vec<String>,
    pub dial: String,
    pub dial_seconds: u32,
    pub wait_seconds: u64,
    pub most_turns: i64,
}

impl Voice {
    pub(super) fn check(&self, wrong: &mut Vec<String>) {
        for number in self.numbers.iter().chain([&self.dial].into_iter().filter(|dial| !dial.is_empty())) {
            if !number
                .strip_prefix('+')
                .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
            {
                wrong.push(format!("voice: '{number}' must be written with its country, +52…"));
            }
        }
        if !(5..=120).contains(&self.dial_seconds) {
            wrong.push(
                "voice.dial_seconds: 5 to 120: shorter nobody picks up, longer nobody waits".to_owned(),
            );
        }
        if self.most_turns < 5 {
            wrong.push(
                "voice.most_turns: 5 or more: a call needs a greeting, a question and an end".to_owned(),
            );
        }
        if !(1..=10).contains(&self.wait_seconds) {
            wrong.push("voice.wait_seconds: 1 to 10, since the provider hangs up after 15".to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    #[test]
    fn what_could_never_work_is_refused_at_start() {
        let text = r#"
            [whatsapp]
            numbers = [{ phone_number_id = "12", display_phone = "" }]
            reminder = { name = "aviso", language = " ", text = "Te respondimos." }
            [sms.kannel]
            send_url = ""
            username = ""
            password = "x"
            secret = "y"
            [voice]
            numbers = ["+"]
            dial_seconds = 300
            most_turns = 2
        "#;
        let said = Config::from_toml(text).unwrap_err().to_string();
        let keys = [
            "whatsapp.reminder:",
            "sms.kannel: needs send_url",
            "voice: '+' must be written",
            "voice.dial_seconds:",
            "voice.most_turns:",
        ];
        for key in keys {
            assert!(said.contains(key), "{key} is missing in:\n{said}");
        }
    }
}
