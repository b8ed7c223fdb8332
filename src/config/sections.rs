//! The sections. What each key means stands in `config.default.toml`, its only manual.

use std::{net::SocketAddr, num::NonZero, path::PathBuf, time::Duration};

use serde::Deserialize;
use ventanilla_intents::{Strictness, TrainOptions};

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
    pub weights: PathBuf,
    pub strictness: Strictness,
    pub remembered: NonZero<usize>,
    pub hasty_after: usize,
}

impl Understanding {
    /// The folder of the weights: as set, else where this user's caches are.
    pub fn weights(&self) -> PathBuf {
        if self.weights.as_os_str().is_empty() { cached_weights() } else { self.weights.clone() }
    }

    /// How models are trained.
    pub fn options(&self) -> TrainOptions {
        TrainOptions { strictness: self.strictness, ..TrainOptions::default() }
    }
}

/// Where `bin/run` and `ventanilla models` keep weights: `ventanilla/models` in the user's cache folder.
pub fn cached_weights() -> PathBuf {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let cache = set("XDG_CACHE_HOME").or_else(|| set("HOME").map(|home| home.join(".cache")));
    cache.unwrap_or_else(std::env::temp_dir).join("ventanilla/models")
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Speech {
    pub workers: usize,
    pub patience_seconds: u64,
    pub busy_after: usize,
    pub queue: usize,
    pub sure_from: f32,
    pub most_seconds: u32,
}

impl Speech {
    pub(super) fn check(&self, wrong: &mut Vec<String>) {
        at_least_one("speech.workers", self.workers, wrong);
        if self.patience_seconds == 0 {
            wrong.push("speech.patience_seconds: must be 1 or more".to_owned());
        }
        if !(0.0..=1.0).contains(&self.sure_from) {
            wrong.push("speech.sure_from: must be between 0 and 1".to_owned());
        }
        if self.most_seconds == 0 {
            wrong.push("speech.most_seconds: must be 1 or more".to_owned());
        }
    }

    pub fn patience(&self) -> Duration {
        Duration::from_secs(self.patience_seconds)
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outbox {
    pub workers: usize,
    pub retry_seconds: Vec<u64>,
    pub give_up_hours: u64,
    pub kept_days: u64,
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

pub(super) fn at_least_one(key: &str, value: usize, wrong: &mut Vec<String>) {
    if value == 0 {
        wrong.push(format!("{key}: must be 1 or more"));
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
