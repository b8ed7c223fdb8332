//! Accounts that cannot send: an expired token, a block, a missing payment. Nothing goes out from them until it works
//! again, and what waits is kept; now and then one reply tries.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use ventanilla_adapters::Channel;

/// Milliseconds until the first new try; doubled each time, up to [`LONGEST`].
const FIRST: i64 = 30_000;
const LONGEST: i64 = 600_000;
/// While one reply tries, the others wait so long for what becomes of it.
const TRYING: i64 = 15_000;

#[derive(Debug, Default)]
pub struct Stops(Mutex<HashMap<(Channel, String), Stop>>);

#[derive(Debug, Clone, Copy)]
struct Stop {
    until: i64,
    times: u32,
}

impl Stops {
    /// When the next reply of an account may try; `None`: now. Whoever is told now is the one that tries.
    pub(super) fn ask(&self, channel: Channel, account: &str, now: i64) -> Option<i64> {
        let mut stops = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let stop = stops.get_mut(&(channel, account.to_owned()))?;
        if now < stop.until {
            return Some(stop.until);
        }
        stop.until = now + TRYING;
        None
    }

    /// The account was refused: until when it rests, and whether it worked before. `at_least` is what the provider
    /// asked for, in milliseconds.
    pub(super) fn stop(&self, channel: Channel, account: &str, at_least: i64, now: i64) -> (i64, bool) {
        let mut stops = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let stop = stops.entry((channel, account.to_owned())).or_insert(Stop { until: now, times: 0 });
        let wait = FIRST.saturating_mul(1 << stop.times.min(8)).min(LONGEST).max(at_least);
        let new = stop.times == 0;
        *stop = Stop { until: now + wait, times: stop.times + 1 };
        (stop.until, new)
    }

    /// It works again.
    pub(super) fn clear(&self, channel: Channel, account: &str) -> bool {
        let mut stops = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        stops.remove(&(channel, account.to_owned())).is_some()
    }

    /// Accounts that are stopped now, for `/metrics`.
    pub fn count(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stopped_account_lets_one_reply_try_and_rests_longer_each_time() {
        let stops = Stops::default();
        assert_eq!(stops.ask(Channel::Whatsapp, "1", 0), None);
        assert_eq!(stops.stop(Channel::Whatsapp, "1", 0, 0), (30_000, true));
        assert_eq!(stops.ask(Channel::Whatsapp, "1", 10), Some(30_000));
        assert_eq!(stops.ask(Channel::Whatsapp, "1", 30_000), None, "this one tries");
        assert_eq!(stops.ask(Channel::Whatsapp, "1", 30_001), Some(45_000), "the others wait for it");
        assert_eq!(stops.stop(Channel::Whatsapp, "1", 0, 30_100), (90_100, false));
        assert!(stops.clear(Channel::Whatsapp, "1"));
        assert_eq!(stops.ask(Channel::Whatsapp, "1", 30_200), None);
        assert_eq!(stops.ask(Channel::Sms, "1", 0), None, "another channel was never stopped");
    }
}
