//! Who is called when somebody is in danger, and how.

use std::path::PathBuf;

use chrono::{NaiveTime, Weekday};
use serde::Deserialize;
use ventanilla_values::Phone;

use super::Secret;

const MIDNIGHT: &str = "24:00";

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notify {
    pub escalate_minutes: u32,
    pub rounds: u32,
    pub smtp_url: Secret,
    #[serde(default)]
    pub smtp_url_file: Option<PathBuf>,
    pub from: String,
    pub whatsapp_template: String,
    pub whatsapp_language: String,
    pub people: Vec<OnCall>,
    pub rota: Vec<Shift>,
}

/// Somebody who can be called.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OnCall {
    pub id: String,
    pub name: String,
    #[serde(default)]
    pub email: String,
    /// E.164.
    #[serde(default)]
    pub sms: String,
    /// E.164.
    #[serde(default)]
    pub whatsapp: String,
    /// Of a system that calls them (a pager, a chat of colleagues).
    #[serde(default)]
    pub webhook: Secret,
}

/// Colleagues' phones stay out of logs.
impl std::fmt::Debug for OnCall {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OnCall").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Who is called in some hours of the week: the first level at once, the next where nobody answers.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shift {
    /// Days on which it begins; every day where none is named.
    #[serde(default)]
    pub days: Vec<Weekday>,
    pub from: String,
    /// Of the next day where it is not later than `from`.
    pub to: String,
    pub levels: Vec<Vec<String>>,
}

impl Notify {
    pub(super) fn check(&mut self, wrong: &mut Vec<String>) {
        self.smtp_url.read_file("notify.smtp_url", self.smtp_url_file.as_deref(), wrong);
        if !(1..=60).contains(&self.escalate_minutes) {
            wrong.push("notify.escalate_minutes: must be 1 to 60".to_owned());
        }
        if !(1..=10).contains(&self.rounds) {
            wrong.push("notify.rounds: must be 1 to 10".to_owned());
        }
        for one in &self.people {
            self.check_person(one, wrong);
        }
        for (n, shift) in self.rota.iter().enumerate() {
            self.check_shift(n + 1, shift, wrong);
        }
        if !self.rota.is_empty() && self.people.is_empty() {
            wrong.push("notify.rota: names people, but notify.people has none".to_owned());
        }
    }

    fn check_person(&self, one: &OnCall, wrong: &mut Vec<String>) {
        let key = format!("notify.people {}", one.id);
        let means = [&one.email, &one.sms, &one.whatsapp];
        if means.iter().all(|means| means.is_empty()) && one.webhook.is_empty() {
            wrong.push(format!("{key}: has nothing to be called by: email, sms, whatsapp or webhook"));
        }
        for (means, phone) in [("sms", &one.sms), ("whatsapp", &one.whatsapp)] {
            if !phone.is_empty() && Phone::parse(phone, true).is_err() {
                wrong.push(format!("{key}.{means}: is no phone; write it like +529821230000"));
            }
        }
        if !one.email.is_empty() && (self.smtp_url.is_empty() || self.from.is_empty()) {
            wrong.push(format!("{key}.email: needs notify.smtp_url and notify.from"));
        }
        if !one.whatsapp.is_empty() && self.whatsapp_template.is_empty() {
            wrong.push(format!("{key}.whatsapp: needs notify.whatsapp_template, one that Meta approved"));
        }
        if self.people.iter().filter(|other| other.id == one.id).count() > 1 {
            wrong.push(format!("{key}: is there twice"));
        }
    }

    fn check_shift(&self, n: usize, shift: &Shift, wrong: &mut Vec<String>) {
        let key = format!("notify.rota {n}");
        if shift.from().is_none() || (shift.to != MIDNIGHT && time(&shift.to).is_none()) {
            wrong.push(format!("{key}: write from and to like \"08:00\" and \"{MIDNIGHT}\""));
        }
        if shift.levels.iter().all(Vec::is_empty) {
            wrong.push(format!("{key}.levels: nobody is called; write [[\"rosa\"], [\"ana\", \"luis\"]]"));
        }
        for id in shift.levels.iter().flatten() {
            if !self.people.iter().any(|one| one.id == *id) {
                wrong.push(format!("{key}.levels: '{id}' is nobody of notify.people"));
            }
        }
    }

    /// Milliseconds until the next are called.
    pub fn escalate(&self) -> i64 {
        i64::from(self.escalate_minutes) * 60_000
    }
}

impl Shift {
    pub fn from(&self) -> Option<NaiveTime> {
        time(&self.from)
    }

    /// `None`: midnight at its end.
    pub fn to(&self) -> Option<NaiveTime> {
        time(&self.to)
    }
}

fn time(text: &str) -> Option<NaiveTime> {
    NaiveTime::parse_from_str(text, "%H:%M").ok()
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    #[test]
    fn what_would_call_nobody_is_refused() {
        let said = Config::from_toml(
            r#"
            [notify]
            escalate_minutes = 0
            people = [{id = "rosa", name = "Rosa", email = "rosa@town.example"}, {id = "luis", name = "Luis", sms = "12"},
                      {id = "ana", name = "Ana"}]
            rota = [{from = "8", to = "24:00", levels = [["rosa", "eva"]]}]"#,
        )
        .unwrap_err()
        .to_string();
        for part in ["escalate_minutes", "rosa.email", "luis.sms", "people ana", "rota 1:", "'eva'"] {
            assert!(said.contains(part), "{part} is missing in:\n{said}");
        }
    }
}
