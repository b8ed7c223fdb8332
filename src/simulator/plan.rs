//! Mishaps by chance, the same ones for the same seed.
//!
//! Three streams of events are counted from 0, each in the order in which the simulator meets them: sends (once their
//! body was found in order), statuses (when they are scheduled) and webhooks (when their bytes are fixed; tries of the
//! same webhook are not counted again). Whether a mishap meets event `n` is a hash of the seed, the stream, `n` and the
//! mishap's name, held against its rate, and of nothing else. So the same events in the same order meet the same
//! mishaps on every machine, and raising one rate does not move another's. What is not promised: that a server under
//! test makes the same events in the same order when it works in parallel.

use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::faults::Fault;

/// How often what goes wrong. Every rate is a share of the events, 0 (never, the default) to 1 (always).
///
/// ```json
/// {"seed": 7, "webhooks": {"duplicate": 0.1, "delay": 0.2, "delay_ms": 500}, "sends": {"http_500": 0.05}}
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FaultPlan {
    pub seed: u64,
    pub webhooks: WebhookRates,
    pub sends: SendRates,
}

/// Mishaps of webhooks; several may meet one.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WebhookRates {
    /// Leaves later, by up to `delay_ms`.
    pub delay: f64,
    /// Milliseconds.
    pub delay_ms: u64,
    /// Comes again after its 200.
    pub duplicate: f64,
    /// Leaves after the webhook that follows it.
    pub reorder: f64,
    /// A status that is never told. Messages are never dropped: Meta redelivers those.
    pub drop_status: f64,
    /// The first try is signed wrongly.
    pub wrong_signature: f64,
}

impl Default for WebhookRates {
    fn default() -> Self {
        Self {
            delay: 0.0,
            delay_ms: 1_000,
            duplicate: 0.0,
            reorder: 0.0,
            drop_status: 0.0,
            wrong_signature: 0.0,
        }
    }
}

/// Mishaps of sends; at most one meets a send, the first of these that was drawn.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SendRates {
    /// Refused: too many for the number.
    pub rate_130429: f64,
    /// Refused: too many for this person.
    pub pair_131056: f64,
    /// Refused with a 500.
    pub http_500: f64,
    /// Taken, and answered with a gateway's 500 page.
    pub after_accept_500: f64,
    /// Taken, and the connection is cut before the answer.
    pub answer_lost: f64,
    /// The status `sent` comes before the answer.
    pub status_first: f64,
    /// Taken, and never heard of again.
    pub no_status: f64,
}

/// A rate is not a share.
#[derive(Debug, Clone, PartialEq, Error)]
#[error("the plan's rate `{name}` is {rate}: write a share from 0 (never) to 1 (always)")]
pub struct BadPlan {
    pub name: &'static str,
    pub rate: f64,
}

impl FaultPlan {
    /// Are all rates shares?
    ///
    /// # Errors
    /// Names the first that is not.
    pub fn check(&self) -> Result<(), BadPlan> {
        let webhooks = self.webhooks.rates().map(|(name, rate)| (name, rate));
        let sends = self.sends.rates().map(|(name, rate, _)| (name, rate));
        match webhooks.into_iter().chain(sends).find(|(_, rate)| !(0.0..=1.0).contains(rate)) {
            Some((name, rate)) => Err(BadPlan { name, rate }),
            None => Ok(()),
        }
    }
}

impl WebhookRates {
    fn rates(&self) -> [(&'static str, f64); 5] {
        [
            ("delay", self.delay),
            ("duplicate", self.duplicate),
            ("reorder", self.reorder),
            ("drop_status", self.drop_status),
            ("wrong_signature", self.wrong_signature),
        ]
    }
}

impl SendRates {
    fn rates(&self) -> [(&'static str, f64, Fault); 7] {
        [
            ("rate_130429", self.rate_130429, Fault::Rate),
            ("pair_131056", self.pair_131056, Fault::Pair),
            ("http_500", self.http_500, Fault::Http500),
            ("after_accept_500", self.after_accept_500, Fault::AfterAccept500),
            ("answer_lost", self.answer_lost, Fault::AnswerLost),
            ("status_first", self.status_first, Fault::StatusFirst),
            ("no_status", self.no_status, Fault::StatusMissing),
        ]
    }
}

/// What meets one webhook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct WebhookLuck {
    pub(super) delay_ms: Option<u64>,
    pub(super) duplicate: bool,
    pub(super) reorder: bool,
    pub(super) wrong_signature: bool,
}

impl WebhookLuck {
    /// The names of what was drawn.
    pub(super) fn names(self) -> impl Iterator<Item = &'static str> {
        [
            ("delay", self.delay_ms.is_some()),
            ("duplicate", self.duplicate),
            ("reorder", self.reorder),
            ("wrong_signature", self.wrong_signature),
        ]
        .into_iter()
        .filter_map(|(name, drawn)| drawn.then_some(name))
    }
}

/// The plan in force, and how far its streams are.
#[derive(Debug, Default)]
pub(super) struct Dice(Mutex<Throws>);

#[derive(Debug, Default)]
struct Throws {
    plan: Option<FaultPlan>,
    sends: u64,
    statuses: u64,
    webhooks: u64,
}

impl Dice {
    pub(super) fn of(plan: Option<FaultPlan>) -> Self {
        Self(Mutex::new(Throws { plan, ..Throws::default() }))
    }

    fn throws(&self) -> MutexGuard<'_, Throws> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A new plan; its streams begin anew.
    pub(super) fn set(&self, plan: Option<FaultPlan>) {
        *self.throws() = Throws { plan, ..Throws::default() };
    }

    pub(super) fn plan(&self) -> Option<FaultPlan> {
        self.throws().plan
    }

    /// The mishap that meets the next send.
    pub(super) fn send(&self) -> Option<(&'static str, Fault)> {
        let mut throws = self.throws();
        let plan = throws.plan?;
        let n = next(&mut throws.sends);
        let drawn =
            plan.sends.rates().into_iter().find(|(name, rate, _)| met(plan.seed, "send", n, name, *rate));
        drawn.map(|(name, _, fault)| (name, fault))
    }

    /// Is the next status never told?
    pub(super) fn drops_status(&self) -> bool {
        let mut throws = self.throws();
        let Some(plan) = throws.plan else { return false };
        let n = next(&mut throws.statuses);
        met(plan.seed, "status", n, "drop_status", plan.webhooks.drop_status)
    }

    /// What meets the next webhook.
    pub(super) fn webhook(&self) -> WebhookLuck {
        let mut throws = self.throws();
        let Some(FaultPlan { seed, webhooks: rates, .. }) = throws.plan else {
            return WebhookLuck::default();
        };
        let n = next(&mut throws.webhooks);
        let met = |name: &str, rate: f64| met(seed, "webhook", n, name, rate);
        let delay_ms = 1 + hash(seed, "webhook", n, "delay_ms") % rates.delay_ms.max(1);
        WebhookLuck {
            delay_ms: met("delay", rates.delay).then_some(delay_ms),
            duplicate: met("duplicate", rates.duplicate),
            reorder: met("reorder", rates.reorder),
            wrong_signature: met("wrong_signature", rates.wrong_signature),
        }
    }
}

fn next(count: &mut u64) -> u64 {
    let n = *count;
    *count += 1;
    n
}

fn met(seed: u64, stream: &str, n: u64, mishap: &str, rate: f64) -> bool {
    // 2^53 is the largest range whose every number an f64 holds exactly.
    let share = (hash(seed, stream, n, mishap) >> 11) as f64 / (1_u64 << 53) as f64;
    share < rate
}

/// FNV-1a over the names, then SplitMix64's finish: the same on every machine, and well spread.
fn hash(seed: u64, stream: &str, n: u64, mishap: &str) -> u64 {
    let bytes = stream.bytes().chain([0]).chain(mishap.bytes());
    let name = bytes
        .fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    mixed(
        mixed(seed.wrapping_add(0x9e37_79b9_7f4a_7c15)) ^ mixed(name) ^ n.wrapping_mul(0x9e37_79b9_7f4a_7c15),
    )
}

fn mixed(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
