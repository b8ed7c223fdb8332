//! Twilio's identifiers: two letters and 32 hexadecimal digits. Unique across restarts, since the server under test
//! remembers ids it saw before.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

/// A random start and a counter.
pub(super) struct Sids {
    start: u64,
    next: AtomicU64,
}

impl Sids {
    pub(super) fn new() -> Self {
        Self { start: rand::random(), next: AtomicU64::new(0) }
    }

    /// `prefix` is what is named: SM, MM, ME, CA, RE.
    pub(super) fn make(&self, prefix: &str) -> Arc<str> {
        let n = self.next.fetch_add(1, Ordering::Relaxed);
        format!("{prefix}{:016x}{n:016x}", self.start).into()
    }

    /// The value of `I-Twilio-Idempotency-Token`: the same for every try of one webhook.
    pub(super) fn token(&self) -> String {
        let n = self.next.fetch_add(1, Ordering::Relaxed);
        format!("{:08x}-{:016x}", self.start >> 32, n)
    }
}
