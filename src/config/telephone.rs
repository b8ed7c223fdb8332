//! The section of a telephone exchange of the town's own. What each key means stands in `config.default.toml`.

use std::{
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
};

use serde::Deserialize;

use super::{Secret, Voice};
use crate::listening::WHISPER;

/// A shorter secret is guessed.
const SHORTEST_SECRET: usize = 16;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AudioSocket {
    pub listen: String,
    pub allow_public: bool,
    pub numbers: Vec<String>,
    pub secret: Secret,
    #[serde(default)]
    pub secret_file: Option<PathBuf>,
    pub person: String,
    pub most_calls: usize,
    pub most_minutes: u64,
    pub pause_ms: u32,
    pub silence_ms: u32,
    pub model: PathBuf,
    pub hearing_at_once: usize,
    /// espeak-ng speaks where this is not set.
    #[serde(default)]
    pub piper: Option<Piper>,
}

/// A piper that was installed by hand.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Piper {
    pub program: PathBuf,
    /// The voice (`.onnx`) for Spanish.
    pub spanish: PathBuf,
    /// The voice for English; Spanish is used where there is none.
    #[serde(default)]
    pub english: Option<PathBuf>,
}

impl AudioSocket {
    pub fn is_on(&self) -> bool {
        !self.listen.is_empty() || !self.numbers.is_empty()
    }

    /// The folder of the model that hears: as set, else the one that hears voice notes, beside the other weights.
    pub fn model_in(&self, weights: &Path) -> PathBuf {
        if self.model.as_os_str().is_empty() { weights.join(WHISPER) } else { self.model.clone() }
    }

    /// Where to listen; `None` where that is no address and port.
    pub fn address(&self) -> Option<SocketAddr> {
        self.listen.parse().ok()
    }

    pub(super) fn check(&mut self, voice: &Voice, wrong: &mut Vec<String>) {
        self.secret.read_file("audiosocket.secret", self.secret_file.as_deref(), wrong);
        if !self.is_on() {
            return;
        }
        self.check_address(wrong);
        self.check_numbers(voice, wrong);
        if self.secret.expose().len() < SHORTEST_SECRET {
            wrong.push(format!(
                "audiosocket.secret: choose {SHORTEST_SECRET} letters or more and put the same into the dialplan"
            ));
        }
        if !self.person.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c)) {
            wrong.push(
                "audiosocket.person: letters, digits, - and _: it is compared in the dialplan".to_owned(),
            );
        }
        self.check_measures(wrong);
    }

    /// Nothing on the wire is encrypted, and nobody proves who they are.
    fn check_address(&self, wrong: &mut Vec<String>) {
        match self.address() {
            None => wrong.push(format!(
                "audiosocket.listen: '{}' must be an address and a port of this machine, 10.0.0.5:9092",
                self.listen
            )),
            Some(address) if !self.allow_public && !is_private(address.ip()) => wrong.push(format!(
                "audiosocket.listen: {} can be reached from anywhere, and calls are not encrypted: name an address of \
                 your own network, or set allow_public = true behind a firewall",
                address.ip()
            )),
            Some(_) => {}
        }
    }

    fn check_numbers(&self, voice: &Voice, wrong: &mut Vec<String>) {
        if self.numbers.is_empty() {
            wrong.push("audiosocket.numbers: the town's number that people call, +52…".to_owned());
        }
        for number in &self.numbers {
            let digits = number.strip_prefix('+').unwrap_or_default();
            if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                wrong.push(format!("audiosocket.numbers: '{number}' must be written with its country, +52…"));
            }
            if voice.numbers.contains(number) {
                wrong.push(format!(
                    "audiosocket.numbers: {number} is in voice.numbers as well: a number rings at one place"
                ));
            }
        }
    }

    fn check_measures(&self, wrong: &mut Vec<String>) {
        let measures = [
            ("most_calls", self.most_calls as u64, 1..=500),
            ("most_minutes", self.most_minutes, 1..=240),
            ("pause_ms", self.pause_ms.into(), 100..=5_000),
            ("silence_ms", self.silence_ms.into(), 200..=30_000),
            ("hearing_at_once", self.hearing_at_once as u64, 1..=64),
        ];
        for (key, value, fits) in measures {
            if !fits.contains(&value) {
                wrong.push(format!("audiosocket.{key}: {} to {}", fits.start(), fits.end()));
            }
        }
    }
}

fn is_private(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => ip.is_loopback() || ip.is_private() || ip.is_link_local(),
        IpAddr::V6(ip) => ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local(),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::config::Config;

    const RIGHT: &str = r#"
        [audiosocket]
        listen = "10.0.0.5:9092"
        numbers = ["+529810000100"]
        secret = "una-palabra-larga-y-propia"
        person = "agente"
    "#;

    fn said(text: &str) -> String {
        Config::from_toml(text).unwrap_err().to_string()
    }

    #[test]
    fn an_exchange_needs_an_address_a_number_and_a_secret() {
        let config = Config::from_toml(RIGHT).unwrap();
        assert_eq!(config.person_for("+529810000100"), "agente");
        assert_eq!(config.person_for("+529810000999"), "", "that is voice.dial");
        let said = said("[audiosocket]\nlisten = '127.0.0.1:9092'");
        for key in ["audiosocket.numbers", "audiosocket.secret"] {
            assert!(said.contains(key), "{key} is missing in:\n{said}");
        }
    }

    #[test]
    fn calls_are_heard_by_the_model_of_voice_notes_unless_another_is_named() {
        let model = |text: &str| Config::from_toml(text).unwrap().audiosocket.model_in(Path::new("/weights"));
        assert_eq!(model(RIGHT), Path::new("/weights/whisper-base"));
        assert_eq!(model(&format!("{RIGHT}\nmodel = '/opt/whisper'")), Path::new("/opt/whisper"));
    }

    #[test]
    fn an_address_that_anybody_reaches_must_be_wanted() {
        for open in ["0.0.0.0:9092", "200.1.2.3:9092", "[::]:9092"] {
            let text = RIGHT.replace("10.0.0.5:9092", open);
            assert!(said(&text).contains("audiosocket.listen"), "{open}");
            Config::from_toml(&format!("{text}\nallow_public = true")).unwrap();
        }
        for own in ["127.0.0.1:9092", "192.168.1.5:9092", "[::1]:9092", "[fd00::5]:9092"] {
            Config::from_toml(&RIGHT.replace("10.0.0.5:9092", own)).unwrap();
        }
        assert!(
            said(&RIGHT.replace("10.0.0.5:9092", "bot.interno")).contains("must be an address and a port")
        );
    }

    #[test]
    fn what_could_never_work_is_named() {
        let twice = format!("{RIGHT}\n[voice]\nnumbers = ['+529810000100']");
        assert!(said(&twice).contains("a number rings at one place"));
        assert!(said(&RIGHT.replace("agente", "la cola")).contains("audiosocket.person"));
        assert!(
            said(&format!("{RIGHT}\npause_ms = 20\nmost_calls = 0"))
                .contains("audiosocket.pause_ms: 100 to 5000")
        );
    }
}
