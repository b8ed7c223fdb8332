//! What talks do by themselves: with bursts, while nobody writes, and when somebody writes too much.

use std::time::Duration;

use chrono::NaiveTime;
use serde::{Deserialize, Deserializer, de::Error as _};
use ventanilla_adapters::Channel;

use super::sections::at_least_one;

const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conversation {
    pub workers: usize,
    pub burst_ms: u64,
    pub attempts: i64,
    pub continue_hours: u64,
    pub forget_days: u64,
    pub remind_minutes: u32,
    pub remind_on: Vec<Channel>,
    pub quiet_hours: QuietHours,
    pub resume_minutes: u32,
    pub draft_hours: u32,
    pub private_draft_minutes: u32,
    pub flood: usize,
    pub repeats: u32,
    pub quick_turns: u32,
    pub machine_minutes: u32,
}

impl Conversation {
    pub(super) fn check(&self, wrong: &mut Vec<String>) {
        at_least_one("conversation.workers", self.workers, wrong);
        if self.attempts < 1 {
            wrong.push("conversation.attempts: must be 1 or more".to_owned());
        }
        if self.remind_on.contains(&Channel::Voice) {
            wrong.push(
                "conversation.remind_on: nobody is called to be reminded; leave 'voice' out".to_owned(),
            );
        }
        at_least_one("conversation.flood", self.flood, wrong);
        let at_least = |key: &str, least: u32, value: u32, wrong: &mut Vec<String>| {
            if value < least {
                wrong.push(format!("conversation.{key}: must be {least} or more"));
            }
        };
        at_least("resume_minutes", 1, self.resume_minutes, wrong);
        at_least("draft_hours", 1, self.draft_hours, wrong);
        at_least("private_draft_minutes", 1, self.private_draft_minutes, wrong);
        // Who is not understood repeats what they said.
        at_least("repeats", 3, self.repeats, wrong);
        at_least("quick_turns", 3, self.quick_turns, wrong);
        at_least("machine_minutes", 1, self.machine_minutes, wrong);
    }

    pub fn burst(&self) -> Duration {
        Duration::from_millis(self.burst_ms)
    }

    /// Milliseconds after which somebody is reminded; `None` where nobody is.
    pub fn remind_after(&self) -> Option<i64> {
        (self.remind_minutes > 0).then(|| i64::from(self.remind_minutes) * MINUTE)
    }

    /// Milliseconds of silence after which an open talk is offered and not just gone on with.
    pub fn resume_after(&self) -> i64 {
        i64::from(self.resume_minutes) * MINUTE
    }

    /// Milliseconds that what is left unfinished is kept.
    pub fn draft(&self, private: bool) -> i64 {
        if private {
            i64::from(self.private_draft_minutes) * MINUTE
        } else {
            i64::from(self.draft_hours) * HOUR
        }
    }

    /// Milliseconds that who was taken for a machine is not answered.
    pub fn machine(&self) -> i64 {
        i64::from(self.machine_minutes) * MINUTE
    }
}

/// Hours of a day in which nobody is written to first, over midnight where they end before they begin. Both the same:
/// never quiet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QuietHours {
    pub from: NaiveTime,
    pub to: NaiveTime,
}

impl<'de> Deserialize<'de> for QuietHours {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let time = |part: &str| NaiveTime::parse_from_str(part.trim(), "%H:%M").ok();
        let hours =
            text.split_once('-').and_then(|(from, to)| Some(Self { from: time(from)?, to: time(to)? }));
        hours.ok_or_else(|| D::Error::custom(format!("'{text}' is no span of hours like \"21:00-08:00\"")))
    }
}
