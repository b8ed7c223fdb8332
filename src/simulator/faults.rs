//! Mishaps that tests arm, and what was counted. Read on every send and every webhook, so: atomics.

use std::{
    collections::BTreeMap,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicI64, AtomicU32, AtomicU64, Ordering},
    },
};

use serde::{Deserialize, Serialize};

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
}

impl Fault {
    const ALL: usize = 12;
    /// In the order they are looked at when several are armed.
    pub(super) const OF_SENDS: [Self; 10] = [
        Self::Http500,
        Self::AfterAccept500,
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

/// How often each fault is still to strike.
#[derive(Debug, Default)]
pub(super) struct Faults([AtomicU32; Fault::ALL]);

impl Faults {
    fn slot(&self, fault: Fault) -> &AtomicU32 {
        &self.0[fault as usize]
    }

    pub(super) fn arm(&self, fault: Fault, times: u32) {
        self.slot(fault).store(times, Ordering::Relaxed);
    }

    pub(super) fn clear(&self) {
        self.0.iter().for_each(|slot| slot.store(0, Ordering::Relaxed));
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
}

/// Running counts.
#[derive(Debug, Default)]
pub(super) struct Counts {
    accepted: AtomicU64,
    refused: Mutex<BTreeMap<i32, u64>>,
    ok: AtomicU64,
    retried: AtomicU64,
    waiting: AtomicI64,
}

/// What `GET /simulator/api/stats` answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// Sends that were taken.
    pub accepted: u64,
    /// Graph calls refused, by Meta's code.
    pub refused: BTreeMap<i32, u64>,
    pub webhooks: WebhookStats,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WebhookStats {
    /// Posts answered with 200.
    pub ok: u64,
    /// Posts answered otherwise or not at all; each is tried again.
    pub retried: u64,
    /// Updates (messages and statuses) not yet answered with 200, scheduled ones included.
    pub waiting: i64,
}

impl Counts {
    pub(super) fn accepted(&self) {
        self.accepted.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn refused(&self, code: i32) {
        *self.refused.lock().unwrap_or_else(PoisonError::into_inner).entry(code).or_default() += 1;
    }

    pub(super) fn post_ok(&self) {
        self.ok.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn post_retried(&self) {
        self.retried.fetch_add(1, Ordering::Relaxed);
    }

    /// `by` more (or fewer) updates wait for their 200.
    pub(super) fn waiting(&self, by: i64) {
        self.waiting.fetch_add(by, Ordering::Relaxed);
    }

    pub(super) fn snapshot(&self) -> Stats {
        Stats {
            accepted: self.accepted.load(Ordering::Relaxed),
            refused: self.refused.lock().unwrap_or_else(PoisonError::into_inner).clone(),
            webhooks: WebhookStats {
                ok: self.ok.load(Ordering::Relaxed),
                retried: self.retried.load(Ordering::Relaxed),
                waiting: self.waiting.load(Ordering::Relaxed),
            },
        }
    }
}
