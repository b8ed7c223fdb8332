//! How often somebody may try to sign in: per account and per address, with a delay that doubles. Nobody is locked out
//! for good, or a stranger could keep a whole town hall out of its desk.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// Tries in a row that cost no delay: for one account, and from one address (an office shares one).
const FREE_FOR_ACCOUNT: u32 = 5;
const FREE_FROM_ADDRESS: u32 = 30;
/// Milliseconds of the first delay, and of the longest.
const FIRST_DELAY: i64 = 30 * 1000;
const LONGEST_DELAY: i64 = 15 * 60 * 1000;
/// Milliseconds of quiet after which tries are forgotten.
const FORGOTTEN: i64 = 60 * 60 * 1000;

/// Counts of tries, in memory: a restart forgets them, which gives a guesser five more.
#[derive(Default)]
pub struct Throttle(Mutex<HashMap<String, Tries>>);

#[derive(Debug, Clone, Copy)]
struct Tries {
    count: u32,
    last: i64,
}

impl Throttle {
    /// Counts a try before it is made, so that a thousand at once are a thousand.
    ///
    /// # Errors
    /// Seconds to wait; such a try is not counted.
    pub fn attempt(&self, account: &str, address: &str, now: i64) -> Result<(), u64> {
        let mut tries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        tries.retain(|_, tries| now - tries.last < FORGOTTEN);
        let keys = keys(account, address);
        let waits = keys.iter().filter_map(|(key, free)| tries.get(key).map(|tries| tries.wait(*free, now)));
        let wait = waits.max().unwrap_or(0);
        if wait > 0 {
            return Err(u64::try_from(wait).unwrap_or(0).div_ceil(1000));
        }
        for (key, _) in keys {
            let entry = tries.entry(key).or_insert(Tries { count: 0, last: now });
            *entry = Tries { count: entry.count + 1, last: now };
        }
        Ok(())
    }

    /// The try was right: the account begins anew, and the address is one try better off.
    pub fn right(&self, account: &str, address: &str) {
        let mut tries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let [(account, _), (address, _)] = keys(account, address);
        tries.remove(&account);
        if let Some(entry) = tries.get_mut(&address) {
            entry.count = entry.count.saturating_sub(1);
        }
    }
}

impl Tries {
    /// Milliseconds until the next try.
    fn wait(self, free: u32, now: i64) -> i64 {
        let Some(over) = self.count.checked_sub(free) else { return 0 };
        let delay = FIRST_DELAY.saturating_mul(1 << over.min(10)).min(LONGEST_DELAY);
        (self.last + delay - now).max(0)
    }
}

fn keys(account: &str, address: &str) -> [(String, u32); 2] {
    [(format!("account {account}"), FREE_FOR_ACCOUNT), (format!("address {address}"), FREE_FROM_ADDRESS)]
}

/// Whose tries they were stays out of logs.
impl std::fmt::Debug for Throttle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Throttle")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Makes a try; gives the seconds to wait.
    fn tried(throttle: &Throttle, account: &str, address: &str, now: i64) -> u64 {
        throttle.attempt(account, address, now).err().unwrap_or(0)
    }

    #[test]
    fn after_five_tries_the_delay_doubles_up_to_a_quarter_of_an_hour() {
        let throttle = Throttle::default();
        let mut now = 0;
        for _ in 0..5 {
            assert_eq!(tried(&throttle, "ana", "a", now), 0);
        }
        for delay in [30, 60, 120, 240, 480, 900, 900] {
            assert_eq!(tried(&throttle, "ana", "a", now), delay);
            now += i64::try_from(delay).unwrap() * 1000;
            assert_eq!(tried(&throttle, "ana", "a", now), 0);
        }
        assert_eq!(tried(&throttle, "ana", "a", now + FORGOTTEN), 0);
    }

    #[test]
    fn whoever_changes_the_account_is_known_by_the_address() {
        let throttle = Throttle::default();
        for number in 0..FREE_FROM_ADDRESS {
            assert_eq!(tried(&throttle, &number.to_string(), "a", 0), 0);
        }
        assert_eq!(tried(&throttle, "another", "a", 0), 30);
        assert_eq!(tried(&throttle, "another", "b", 0), 0);
    }

    #[test]
    fn a_right_try_begins_anew() {
        let throttle = Throttle::default();
        for _ in 0..40 {
            assert_eq!(tried(&throttle, "ana", "a", 0), 0);
            throttle.right("ana", "a");
        }
    }
}
