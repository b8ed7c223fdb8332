//! What was counted: for the page, and for tests that wait until all is told.

use std::{
    collections::BTreeMap,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};

use serde::Serialize;

/// Running counts.
#[derive(Debug, Default)]
pub(super) struct Counts {
    accepted: AtomicU64,
    refused: Mutex<BTreeMap<i32, u64>>,
    mishaps: Mutex<BTreeMap<&'static str, u64>>,
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
    /// Mishaps that the plan drew, by their name in it.
    pub mishaps: BTreeMap<&'static str, u64>,
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

    pub(super) fn mishap(&self, name: &'static str) {
        *self.mishaps.lock().unwrap_or_else(PoisonError::into_inner).entry(name).or_default() += 1;
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
            mishaps: self.mishaps.lock().unwrap_or_else(PoisonError::into_inner).clone(),
            webhooks: WebhookStats {
                ok: self.ok.load(Ordering::Relaxed),
                retried: self.retried.load(Ordering::Relaxed),
                waiting: self.waiting.load(Ordering::Relaxed),
            },
        }
    }
}
