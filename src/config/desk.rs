//! The agent's desk.

use std::collections::BTreeMap;

use serde::Deserialize;
use ventanilla_adapters::Channel;

/// The longest time in which an answer can be taken back: citizens wait for it.
const LONGEST_UNDO: u64 = 30;
/// Megabytes: WhatsApp takes no larger document.
const LARGEST_FILE: usize = 100;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Desk {
    pub undo_seconds: u64,
    pub assign: Assign,
    pub capacity: i64,
    pub capacity_per_channel: BTreeMap<Channel, i64>,
    pub left_minutes: u64,
    pub ask_satisfaction: bool,
    pub file_megabytes: usize,
    pub currency: String,
    pub fitting_minutes: u64,
    pub talk_minutes: u64,
    pub approve_intents: Vec<String>,
}

/// Who gets the chats that nobody attends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Assign {
    /// They wait until somebody takes them.
    Nobody,
    RoundRobin,
    LeastBusy,
}

impl Desk {
    pub(super) fn check(&self, wrong: &mut Vec<String>) {
        if self.undo_seconds > LONGEST_UNDO {
            wrong.push(format!("desk.undo_seconds: must be {LONGEST_UNDO} or less: citizens wait for it"));
        }
        if !(1..=LARGEST_FILE).contains(&self.file_megabytes) {
            wrong.push(format!("desk.file_megabytes: must be 1 to {LARGEST_FILE}"));
        }
        if self.currency.len() != 3 || !self.currency.bytes().all(|letter| letter.is_ascii_uppercase()) {
            wrong.push(format!("desk.currency: '{}' must be three letters, as MXN", self.currency));
        }
        if self.capacity < 1 {
            wrong.push("desk.capacity: must be 1 or more".to_owned());
        }
        for (channel, most) in &self.capacity_per_channel {
            if !(0..=self.capacity).contains(most) {
                wrong.push(format!(
                    "desk.capacity_per_channel.{}: must be 0 to {}, what desk.capacity says",
                    channel.as_str(),
                    self.capacity
                ));
            }
        }
        if self.talk_minutes < 1 {
            wrong.push("desk.talk_minutes: must be 1 or more".to_owned());
        }
        for intent in &self.approve_intents {
            if !is_intent(intent) {
                wrong.push(format!(
                    "desk.approve_intents: '{intent}' is no intent: write one like report.pothole"
                ));
            }
        }
    }

    /// Milliseconds in which an answer can be taken back.
    pub fn undo(&self) -> i64 {
        i64::try_from(self.undo_seconds).unwrap_or(0).saturating_mul(1000)
    }

    /// The largest file that a colleague may send, in bytes; the channel may take less.
    pub fn file_bytes(&self) -> usize {
        self.file_megabytes * 1024 * 1024
    }

    /// Milliseconds for which a chat waits for a colleague who has its language and skill.
    pub fn fitting(&self) -> i64 {
        minutes(self.fitting_minutes)
    }

    /// Milliseconds after which a talk of the bot in which nobody spoke is over, for who supervises them.
    pub fn talk(&self) -> i64 {
        minutes(self.talk_minutes)
    }

    /// Milliseconds after which a chat that was left goes back to its queue; `None`: never.
    pub fn left(&self) -> Option<i64> {
        (self.left_minutes > 0).then(|| minutes(self.left_minutes))
    }
}

/// As milliseconds.
fn minutes(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX).saturating_mul(60_000)
}

/// Two names with a point between.
fn is_intent(name: &str) -> bool {
    let word =
        |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    name.split_once('.').is_some_and(|(group, rest)| word(group) && word(rest))
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    #[test]
    fn an_undo_that_keeps_citizens_waiting_is_refused() {
        let said = Config::from_toml(
            "[desk]\nundo_seconds = 60\ncapacity = 0\ncapacity_per_channel = {sms = 7}\ntalk_minutes = 0\n\
             approve_intents = [\"bache\"]",
        )
        .unwrap_err()
        .to_string();
        for key in [
            "desk.undo_seconds",
            "desk.capacity:",
            "desk.capacity_per_channel.sms",
            "desk.talk_minutes",
            "desk.approve_intents",
        ] {
            assert!(said.contains(key), "{key} is missing in:\n{said}");
        }
    }
}
