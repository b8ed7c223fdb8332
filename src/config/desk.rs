//! The agent's desk.

use serde::Deserialize;

/// The longest time in which an answer can be taken back: citizens wait for it.
const LONGEST_UNDO: u64 = 30;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Desk {
    pub undo_seconds: u64,
    pub assign: Assign,
    pub capacity: i64,
    pub left_minutes: u64,
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
        if self.capacity < 1 {
            wrong.push("desk.capacity: must be 1 or more".to_owned());
        }
    }

    /// Milliseconds in which an answer can be taken back.
    pub fn undo(&self) -> i64 {
        i64::try_from(self.undo_seconds).unwrap_or(0).saturating_mul(1000)
    }

    /// Milliseconds after which a chat that was left goes back to its queue; `None`: never.
    pub fn left(&self) -> Option<i64> {
        let minutes = i64::try_from(self.left_minutes).unwrap_or(i64::MAX);
        (minutes > 0).then(|| minutes.saturating_mul(60_000))
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    #[test]
    fn an_undo_that_keeps_citizens_waiting_is_refused() {
        let said = Config::from_toml("[desk]\nundo_seconds = 60\ncapacity = 0").unwrap_err().to_string();
        for key in ["desk.undo_seconds", "desk.capacity"] {
            assert!(said.contains(key), "{key} is missing in:\n{said}");
        }
    }
}
