//! Settings: `config.default.toml`, then a file, then `VENTANILLA_*`. Read once at start and checked whole, so that
//! every mistake is named at once. One struct a section.

mod channels;
mod conversation;
mod desk;
mod notify;
mod oidc;
mod open311;
mod public;
mod reports;
mod secret;
mod sections;
mod staff;
mod telephone;
mod templates;
mod webhooks;

use std::path::{Path, PathBuf};

use figment::{
    Figment, Provider,
    providers::{Env, Format, Toml},
};
use serde::de::DeserializeOwned;

pub use secret::Secret;
use ventanilla_adapters::sms::SmsProvider;

pub use channels::{
    Kannel, ReminderTemplate, Sms, SmsNumber, Twilio, Voice, Webchat, WhatsApp, WhatsAppNumber,
};
pub use conversation::{Conversation, QuietHours};
pub use desk::{Assign, Desk};
pub use notify::{Notify, OnCall, Shift};
pub use oidc::Oidc;
use oidc::is_safe as is_safe_address;
pub use open311::{Client as Open311Client, Format as Open311Format, Mode as Open311Mode, Open311};
pub use public::Public;
pub use reports::Reports;
pub use sections::{Content, Data, Log, LogFormat, Outbox, Server, Speech, Understanding, cached_weights};
pub use staff::{SecondFactor, Staff};
pub use telephone::{AudioSocket, Piper};
pub use templates::AgentTemplate;
use templates::is_price;
pub use webhooks::{Endpoint as WebhookEndpoint, Webhooks};

/// The defaults, with a comment for every key.
pub const DEFAULTS: &str = include_str!("../../config.default.toml");

const SECTIONS: [&str; 22] = [
    "server",
    "data",
    "content",
    "understanding",
    "conversation",
    "outbox",
    "whatsapp",
    "twilio",
    "sms",
    "voice",
    "audiosocket",
    "speech",
    "webchat",
    "staff",
    "oidc",
    "desk",
    "notify",
    "reports",
    "public",
    "open311",
    "webhooks",
    "log",
];

#[derive(Debug, Clone)]
pub struct Config {
    pub server: Server,
    pub data: Data,
    pub content: Content,
    pub understanding: Understanding,
    pub conversation: Conversation,
    pub outbox: Outbox,
    pub whatsapp: WhatsApp,
    pub twilio: Twilio,
    pub sms: Sms,
    pub voice: Voice,
    pub audiosocket: AudioSocket,
    pub speech: Speech,
    pub webchat: Webchat,
    pub staff: Staff,
    pub oidc: Oidc,
    pub desk: Desk,
    pub notify: Notify,
    pub reports: Reports,
    pub public: Public,
    pub open311: Open311,
    pub webhooks: Webhooks,
    pub log: Log,
}

/// Everything that is wrong, a line each, with the key.
#[derive(Debug, thiserror::Error)]
#[error("the settings cannot be used:\n  {}", .0.join("\n  "))]
pub struct ConfigError(pub Vec<String>);

impl Config {
    /// Reads defaults, file and environment.
    ///
    /// # Errors
    /// Names every key that is wrong, and what it should be.
    pub fn load(file: Option<&Path>) -> Result<Self, ConfigError> {
        let mut figment = Figment::from(Toml::string(DEFAULTS));
        if let Some(file) = file {
            if !file.is_file() {
                return Err(ConfigError(vec![format!("there is no file {}", file.display())]));
            }
            figment = figment.merge(Toml::file_exact(file));
        }
        Self::from_figment(
            &figment
                .merge(Env::prefixed("VENTANILLA_").filter(|key| key.as_str().contains("__")).split("__")),
        )
    }

    /// The defaults with some TOML on top.
    ///
    /// # Errors
    /// As [`Config::load`].
    pub fn from_toml(text: &str) -> Result<Self, ConfigError> {
        Self::from_figment(&Figment::from(Toml::string(DEFAULTS)).merge(Toml::string(text)))
    }

    fn from_figment(figment: &Figment) -> Result<Self, ConfigError> {
        let mut wrong = Vec::new();
        if let Err(err) = figment.data() {
            return Err(ConfigError(vec![err.to_string()]));
        }
        unknown_sections(figment, &mut wrong);
        let config = Self::sections(figment, &mut wrong);
        match config {
            Some(mut config) if wrong.is_empty() => {
                config.check(&mut wrong);
                if wrong.is_empty() { Ok(config) } else { Err(ConfigError(wrong)) }
            }
            _ => Err(ConfigError(wrong)),
        }
    }

    /// Every section is read before any is refused, so that all mistakes are told at once.
    fn sections(figment: &Figment, wrong: &mut Vec<String>) -> Option<Self> {
        let server = section(figment, "server", wrong);
        let data = section(figment, "data", wrong);
        let content = section(figment, "content", wrong);
        let understanding = section(figment, "understanding", wrong);
        let conversation = section(figment, "conversation", wrong);
        let outbox = section(figment, "outbox", wrong);
        let whatsapp = section(figment, "whatsapp", wrong);
        let twilio = section(figment, "twilio", wrong);
        let sms = section(figment, "sms", wrong);
        let voice = section(figment, "voice", wrong);
        let audiosocket = section(figment, "audiosocket", wrong);
        let speech = section(figment, "speech", wrong);
        let webchat = section(figment, "webchat", wrong);
        let staff = section(figment, "staff", wrong);
        let oidc = section(figment, "oidc", wrong);
        let desk = section(figment, "desk", wrong);
        let notify = section(figment, "notify", wrong);
        let reports = section(figment, "reports", wrong);
        let public = section(figment, "public", wrong);
        let open311 = section(figment, "open311", wrong);
        let webhooks = section(figment, "webhooks", wrong);
        let log = section(figment, "log", wrong);
        Some(Self {
            server: server?,
            data: data?,
            content: content?,
            understanding: understanding?,
            conversation: conversation?,
            outbox: outbox?,
            whatsapp: whatsapp?,
            twilio: twilio?,
            sms: sms?,
            voice: voice?,
            audiosocket: audiosocket?,
            speech: speech?,
            webchat: webchat?,
            staff: staff?,
            oidc: oidc?,
            desk: desk?,
            notify: notify?,
            reports: reports?,
            public: public?,
            open311: open311?,
            webhooks: webhooks?,
            log: log?,
        })
    }

    fn check(&mut self, wrong: &mut Vec<String>) {
        self.server.check(wrong);
        self.conversation.check(wrong);
        self.outbox.check(wrong);
        self.whatsapp.check(wrong);
        let twilio = self.sms.uses(SmsProvider::Twilio) || !self.voice.numbers.is_empty();
        self.twilio.check(twilio, wrong);
        self.sms.check(wrong);
        self.voice.check(wrong);
        self.audiosocket.check(&self.voice, wrong);
        self.speech.check(wrong);
        self.webchat.check(wrong);
        self.staff.check(wrong);
        self.oidc.check(wrong);
        self.desk.check(wrong);
        self.notify.check(wrong);
        self.reports.check(wrong);
        self.public.check(wrong);
        self.open311.check(wrong);
        self.webhooks.check(wrong);
    }

    /// Whom a call to this number of ours is passed on to: a phone, or a word for the town's own exchange. Empty: nobody.
    pub fn person_for(&self, account: &str) -> &str {
        let own = self.audiosocket.numbers.iter().any(|number| number == account);
        if own { &self.audiosocket.person } else { &self.voice.dial }
    }

    /// Where the keyring is: as set, or beside the data folder.
    pub fn keyring_file(&self) -> PathBuf {
        if !self.data.keyring.as_os_str().is_empty() {
            return self.data.keyring.clone();
        }
        let name = self.data.folder.file_name().map_or("data".into(), |name| name.to_string_lossy());
        self.data.folder.with_file_name(format!("{name}.keys"))
    }
}

fn unknown_sections(figment: &Figment, wrong: &mut Vec<String>) {
    let Ok(all) = figment.extract::<figment::value::Dict>() else { return };
    for key in all.keys().filter(|key| !SECTIONS.contains(&key.as_str())) {
        wrong.push(format!("{key}: there is no such section. There are: {}", SECTIONS.join(", ")));
    }
}

fn section<T: DeserializeOwned>(figment: &Figment, name: &str, wrong: &mut Vec<String>) -> Option<T> {
    match figment.extract_inner(name) {
        Ok(section) => Some(section),
        Err(first) => {
            let all = key_by_key::<T>(figment, name);
            // What no single key shows (one that is missing) is told as it came.
            let first = first.into_iter().map(|err| describe(name, &err));
            if all.is_empty() {
                wrong.extend(first)
            } else {
                wrong.extend(all)
            }
            None
        }
    }
}

/// The mistakes of a section, each key tried alone on top of the defaults.
fn key_by_key<T: DeserializeOwned>(figment: &Figment, name: &str) -> Vec<String> {
    let Ok(keys) = figment.extract_inner::<figment::value::Dict>(name) else { return Vec::new() };
    let alone = |key: &str| {
        let path = format!("{name}.{key}");
        let from =
            figment.find_metadata(&path).map(|found| format!(" (from {})", found.name)).unwrap_or_default();
        let tried = Figment::from(Toml::string(DEFAULTS)).merge((&path, figment.find_value(&path).ok()?));
        let errors = tried.extract_inner::<T>(name).err()?;
        Some(errors.into_iter().map(|err| format!("{path}: {}{from}", err.kind)).collect::<Vec<_>>())
    };
    keys.keys().filter_map(|key| alone(key)).flatten().collect()
}

fn describe(section: &str, err: &figment::Error) -> String {
    let path: Vec<&str> = err.path.iter().map(String::as_str).filter(|part| *part != section).collect();
    let key = std::iter::once(section).chain(path).collect::<Vec<_>>().join(".");
    let from = err.metadata.as_ref().map(|metadata| format!(" (from {})", metadata.name)).unwrap_or_default();
    format!("{key}: {}{from}", err.kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_complete_and_valid() {
        let config = Config::from_toml("").unwrap();
        assert_eq!(config.server.listen.port(), 8080);
        assert_eq!(config.keyring_file(), Path::new("data.keys"));
    }

    #[test]
    fn every_mistake_is_named_with_its_key() {
        let text = r#"
            [server]
            listen = "nowhere"
            [outbox]
            retry_secondes = [1]
            workers = -3
            [conversation]
            workers = "many"
            [whatsap]
            verify_token = "x"
        "#;
        let said = Config::from_toml(text).unwrap_err().to_string();
        for key in
            ["server.listen", "outbox.retry_secondes", "outbox.workers", "conversation.workers", "whatsap:"]
        {
            assert!(said.contains(key), "{key} is missing in:\n{said}");
        }
    }

    #[test]
    fn a_number_without_its_secrets_is_refused_key_by_key() {
        let text = r#"[whatsapp]
            numbers = [{ phone_number_id = "12a", display_phone = "" }]"#;
        let said = Config::from_toml(text).unwrap_err().to_string();
        for key in
            ["whatsapp.numbers", "whatsapp.app_secrets", "whatsapp.verify_token", "whatsapp.access_token"]
        {
            assert!(said.contains(key), "{key} is missing in:\n{said}");
        }
    }

    #[test]
    fn a_page_is_named_by_its_origin_alone() {
        let right = r#"[webchat]
            origins = ["*", "https://www.example.gob.mx", "http://127.0.0.1:5173", "http://[::1]:8080"]"#;
        Config::from_toml(right).unwrap();
        for wrong in
            ["example.gob.mx", "https://", "https://a.mx/", "https://a.mx/chat", "https://A.mx", "null"]
        {
            let said =
                Config::from_toml(&format!("[webchat]\norigins = ['{wrong}']")).unwrap_err().to_string();
            assert!(said.contains(&format!("webchat.origins: '{wrong}' must be https://")), "{said}");
        }
    }

    #[test]
    fn secrets_do_not_show_in_debug() {
        let config = Config::from_toml("[whatsapp]\naccess_token = \"hunter2\"").unwrap();
        assert!(!format!("{config:?}").contains("hunter2"));
    }
}
