//! What was counted, and the alerts Twilio's console would list under "Errors".

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use serde::Serialize;

/// Alerts kept; the oldest go first.
const ALERTS: usize = 1_000;

/// What `GET /simulator/api/twilio/stats` answers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// Sends that were taken, answers in TwiML included.
    pub accepted: u64,
    /// REST requests refused, by Twilio's code.
    pub refused: BTreeMap<u32, u64>,
    /// Webhooks and callbacks answered with 2xx.
    pub posts_ok: u64,
    /// Webhooks and callbacks answered otherwise or not at all, after their retries.
    pub posts_failed: u64,
    /// Tries after the first.
    pub posts_retried: u64,
    /// Callbacks the fault plan kept back.
    pub callbacks_lost: u64,
    /// Texts and statuses not yet told, scheduled ones included.
    pub waiting: u64,
    /// Media fetched with the account's password sent to the storage host, which must not see it.
    pub passwords_leaked: u64,
    pub calls: u64,
    pub calls_ended: u64,
    /// Documents fetched for calls.
    pub turns: u64,
    /// Turns posted twice, and those whose two answers were not the same bytes.
    pub turns_repeated: u64,
    pub turns_differed: u64,
    /// Alerts by code: what the town's server did wrong.
    pub alerts: BTreeMap<u32, u64>,
}

/// Something the town's server did that Twilio refuses.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Alert {
    /// Unix milliseconds.
    pub at: i64,
    /// Twilio's code, such as 12200.
    pub code: u32,
    /// The message or the call.
    pub sid: Arc<str>,
    /// What was wrong. Never holds what people said.
    pub sentence: String,
}

#[derive(Default)]
pub(super) struct Counts {
    stats: Mutex<Stats>,
    alerts: Mutex<VecDeque<Alert>>,
}

impl Counts {
    /// Counts under the lock.
    pub(super) fn with(&self, count: impl FnOnce(&mut Stats)) {
        count(&mut self.stats.lock().unwrap_or_else(PoisonError::into_inner));
    }

    pub(super) fn refused(&self, code: u32) {
        self.with(|stats| *stats.refused.entry(code).or_default() += 1);
    }

    pub(super) fn alert(&self, alert: Alert) {
        tracing::warn!(code = alert.code, sid = %alert.sid, "the simulated Twilio refused an answer: {}", alert.sentence);
        self.with(|stats| *stats.alerts.entry(alert.code).or_default() += 1);
        let mut alerts = self.listed();
        alerts.push_back(alert);
        if alerts.len() > ALERTS {
            alerts.pop_front();
        }
    }

    fn listed(&self) -> MutexGuard<'_, VecDeque<Alert>> {
        self.alerts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn alerts(&self) -> Vec<Alert> {
        self.listed().iter().cloned().collect()
    }

    pub(super) fn snapshot(&self) -> Stats {
        self.stats.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
