//! Mishaps that tests arm one by one. Read on every send and every webhook, so: atomics. Mishaps by chance are in
//! `plan`.

use std::sync::{
    Mutex, MutexGuard, PoisonError,
    atomic::{AtomicU32, Ordering},
};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::codes::{self, Code};

/// What shall go wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// Refused with a 500; the message was not taken.
    #[serde(rename = "http_500")]
    Http500,
    /// The message was taken, yet the answer is a gateway's 500 page.
    #[serde(rename = "after_accept_500")]
    AfterAccept500,
    /// The message was taken, yet the connection is cut before the answer.
    AnswerLost,
    #[serde(rename = "rate_130429")]
    Rate,
    #[serde(rename = "pair_131056")]
    Pair,
    #[serde(rename = "window_131047")]
    Window,
    #[serde(rename = "token_190")]
    Token,
    /// No answer until the caller gives up; the message was not taken.
    Hang,
    /// Taken, and never heard of again.
    StatusMissing,
    /// The status `sent` is posted, and answered, before the send is.
    StatusFirst,
    /// Taken, then `failed` is its only status.
    #[serde(rename = "status_failed_131026")]
    StatusFailed,
    /// Posted again although it was answered with 200.
    DuplicateWebhook,
    /// The first try carries a signature that does not fit.
    WebhookBadSignature,
    /// The first try carries no signature.
    WebhookNoSignature,
    /// The address of a file is gone before its five minutes.
    MediaGone,
    /// A file breaks off halfway.
    MediaTruncated,
    /// A file is far larger than was told.
    MediaOversized,
}

impl Fault {
    const ALL: usize = 17;
    /// In the order they are looked at when several are armed.
    const OF_SENDS: [Self; 11] = [
        Self::Http500,
        Self::AfterAccept500,
        Self::AnswerLost,
        Self::Rate,
        Self::Pair,
        Self::Window,
        Self::Token,
        Self::Hang,
        Self::StatusMissing,
        Self::StatusFirst,
        Self::StatusFailed,
    ];
}

/// An error of the provider's, on demand: the next `times` sends that fit meet it.
#[derive(Clone, PartialEq, Eq)]
pub struct ErrorOnDemand {
    /// A documented code, such as 131026.
    pub code: i32,
    pub times: u32,
    pub when: When,
    /// Only sends to this phone (`wa_id`); `None`: to anybody.
    pub phone: Option<String>,
}

impl std::fmt::Debug for ErrorOnDemand {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ErrorOnDemand")
            .field("code", &self.code)
            .field("times", &self.times)
            .field("when", &self.when)
            .finish_non_exhaustive()
    }
}

/// How the town hears of an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// As the answer to the send, which was not taken.
    #[default]
    Answer,
    /// The send is taken; its only status is `failed` with this error.
    Status,
}

/// Meta documents no such error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("{0} is not among the error codes that Meta documents for messages")]
pub struct UnknownCode(pub i32);

/// How often each fault is still to strike.
#[derive(Debug, Default)]
pub(super) struct Faults {
    counts: [AtomicU32; Fault::ALL],
    on_demand: Mutex<Vec<ErrorOnDemand>>,
}

impl Faults {
    fn slot(&self, fault: Fault) -> &AtomicU32 {
        &self.counts[fault as usize]
    }

    fn on_demand(&self) -> MutexGuard<'_, Vec<ErrorOnDemand>> {
        self.on_demand.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn arm(&self, fault: Fault, times: u32) {
        self.slot(fault).store(times, Ordering::Relaxed);
    }

    pub(super) fn arm_error(&self, error: ErrorOnDemand) -> Result<(), UnknownCode> {
        if codes::find(error.code).is_none() {
            return Err(UnknownCode(error.code));
        }
        self.on_demand().push(error);
        Ok(())
    }

    pub(super) fn clear(&self) {
        self.counts.iter().for_each(|slot| slot.store(0, Ordering::Relaxed));
        self.on_demand().clear();
    }

    /// True if it strikes now; uses one up.
    pub(super) fn strikes(&self, fault: Fault) -> bool {
        let slot = self.slot(fault);
        slot.load(Ordering::Relaxed) > 0
            && slot.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok()
    }

    /// The fault that meets this send, if one is armed.
    pub(super) fn next_of_sends(&self) -> Option<Fault> {
        Fault::OF_SENDS.into_iter().find(|fault| self.strikes(*fault))
    }

    /// The error that meets a send to this phone, the one armed first winning; uses one up.
    pub(super) fn error_for(&self, wa_id: &str) -> Option<(&'static Code, When)> {
        let mut armed = self.on_demand();
        let fits = |error: &ErrorOnDemand| {
            error.times > 0 && error.phone.as_deref().is_none_or(|phone| phone == wa_id)
        };
        let error = armed.iter_mut().find(|error| fits(error))?;
        error.times -= 1;
        let met = (codes::find(error.code)?, error.when);
        armed.retain(|error| error.times > 0);
        Some(met)
    }
}
