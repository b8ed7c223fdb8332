//! Signing in of people of the town.

use serde::Deserialize;

/// An hour, in milliseconds.
const HOUR: i64 = 60 * 60 * 1000;
/// That a session is used is written once a minute, so idleness is known no better.
const SHORTEST_IDLE: u32 = 5;

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Staff {
    pub idle_minutes: u32,
    pub absolute_hours: u32,
    pub second_factor: SecondFactor,
    pub invitation_hours: u32,
}

/// Who must have a second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecondFactor {
    Optional,
    /// Who gives accounts, and who erases what the town keeps about people.
    Admins,
    Required,
}

impl Staff {
    pub(super) fn check(&self, wrong: &mut Vec<String>) {
        if self.idle_minutes < SHORTEST_IDLE {
            wrong.push(format!("staff.idle_minutes: must be {SHORTEST_IDLE} or more"));
        }
        if self.absolute_hours == 0 {
            wrong.push("staff.absolute_hours: must be 1 or more".to_owned());
        }
        if self.invitation_hours == 0 {
            wrong.push("staff.invitation_hours: must be 1 or more".to_owned());
        }
    }

    /// Milliseconds without a request after which a session ends.
    pub fn idle(&self) -> i64 {
        i64::from(self.idle_minutes) * 60 * 1000
    }

    /// Milliseconds after which a session ends.
    pub fn absolute(&self) -> i64 {
        i64::from(self.absolute_hours) * HOUR
    }

    /// Milliseconds in which a link can be used.
    pub fn invitation(&self) -> i64 {
        i64::from(self.invitation_hours) * HOUR
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    #[test]
    fn times_of_nothing_are_refused_key_by_key() {
        let text = "[staff]\nidle_minutes = 1\nabsolute_hours = 0\ninvitation_hours = 0";
        let said = Config::from_toml(text).unwrap_err().to_string();
        for key in ["staff.idle_minutes", "staff.absolute_hours", "staff.invitation_hours"] {
            assert!(said.contains(key), "{key} is missing in:\n{said}");
        }
    }
}
