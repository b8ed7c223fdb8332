//! Mishaps on demand: what a test or the page arms for the next sends, webhooks or turns of a call.

use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicUsize, Ordering},
};

use serde::{Deserialize, Serialize};

/// What shall go wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// A send is refused with this code; it was not taken.
    Refuse { code: u32 },
    /// A send is taken; `failed` with this code is its only status.
    Failed { code: u32 },
    /// A send is taken and sent, then `undelivered` with this code.
    Undelivered { code: u32 },
    /// No answer to a send until the caller gives up; it was not taken.
    Hang,
    /// A send is taken, yet the answer is a gateway's 500 page.
    #[serde(rename = "accept_then_500")]
    AcceptThen500,
    /// A send is taken and never heard of again.
    NoStatus,
    /// The first status of a send is posted, and answered, before the send is.
    StatusFirst,
    /// The first try of a webhook carries a signature that does not fit.
    BadSignature,
    /// A text's webhook is posted again although it was answered.
    TextTwice,
    /// A turn's webhook is posted again with the same bytes; whether the answers differ goes to the stats.
    TurnTwice,
    /// The caller hangs up while an answer is under way: `completed` is told before the last `<Gather>` action.
    CompletedEarly,
    /// After the end of a call an older `in-progress` still arrives.
    LateInProgress,
}

/// What is still to strike, in the order it was armed.
#[derive(Default)]
pub(super) struct Faults {
    armed: Mutex<Vec<(Fault, u32)>>,
    /// So that runs without faults take no lock.
    count: AtomicUsize,
}

impl Faults {
    pub(super) fn arm(&self, fault: Fault, times: u32) {
        let mut armed = self.armed.lock().unwrap_or_else(PoisonError::into_inner);
        armed.retain(|(other, _)| *other != fault);
        if times > 0 {
            armed.push((fault, times));
        }
        self.count.store(armed.len(), Ordering::Release);
    }

    pub(super) fn clear(&self) {
        self.armed.lock().unwrap_or_else(PoisonError::into_inner).clear();
        self.count.store(0, Ordering::Release);
    }

    /// Takes one use of the first armed fault that fits.
    pub(super) fn take(&self, fits: impl Fn(Fault) -> bool) -> Option<Fault> {
        if self.count.load(Ordering::Acquire) == 0 {
            return None;
        }
        let mut armed = self.armed.lock().unwrap_or_else(PoisonError::into_inner);
        let (fault, left) = armed.iter_mut().find(|(fault, _)| fits(*fault))?;
        let fault = *fault;
        *left -= 1;
        armed.retain(|(_, left)| *left > 0);
        self.count.store(armed.len(), Ordering::Release);
        Some(fault)
    }

    pub(super) fn strikes(&self, fault: Fault) -> bool {
        self.take(|armed| armed == fault).is_some()
    }

    /// The fault that meets this send, if one is armed.
    pub(super) fn next_of_sends(&self) -> Option<Fault> {
        self.take(Fault::meets_sends)
    }
}

impl Fault {
    fn meets_sends(self) -> bool {
        match self {
            Self::Refuse { .. }
            | Self::Failed { .. }
            | Self::Undelivered { .. }
            | Self::Hang
            | Self::AcceptThen500
            | Self::NoStatus
            | Self::StatusFirst => true,
            Self::BadSignature
            | Self::TextTwice
            | Self::TurnTwice
            | Self::CompletedEarly
            | Self::LateInProgress => false,
        }
    }
}
