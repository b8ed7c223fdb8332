//! How fast each account and each person may be written to: the provider's limits kept on our side, so that it has no
//! reason to slow us down.

use std::{
    collections::{HashMap, HashSet},
    num::NonZeroU32,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use governor::{Quota, RateLimiter, clock::Reference, middleware::NoOpMiddleware, nanos::Nanos};
use uuid::Uuid;
use ventanilla_adapters::{Channel, Pace, capabilities};

use crate::{clock::Clock, config::Config};

/// The limits of every channel that has some.
#[derive(Debug)]
pub struct Paces(HashMap<Channel, Limits>);

#[derive(Debug)]
struct Limits {
    account: Option<Limiter<String>>,
    pair: Option<Limiter<(String, Uuid)>>,
    /// Whose own limit let a message through that the account then refused: they are not asked again for it.
    allowed: Mutex<HashSet<(String, Uuid)>>,
}

/// A limit for each of many.
pub(crate) type Limiter<K> =
    RateLimiter<K, governor::state::keyed::DashMapStateStore<K>, PaceClock, NoOpMiddleware<Nanos>>;

/// The server's clock, which tests turn.
#[derive(Debug, Clone)]
pub(crate) struct PaceClock(Clock);

impl governor::clock::Clock for PaceClock {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        Nanos::from(Duration::from_millis(u64::try_from(self.0.now()).unwrap_or(0)))
    }
}

impl Paces {
    pub fn new(clock: &Clock, config: &Config) -> Self {
        let limits = Channel::ALL.into_iter().map(|channel| {
            let mut pace = capabilities(channel).pace;
            if channel == Channel::Whatsapp {
                pace.per_second = config.whatsapp.per_second;
                let every = Duration::from_secs(config.whatsapp.pair_seconds);
                pace.pair = pace.pair.filter(|_| !every.is_zero()).map(|(_, burst)| (every, burst));
            }
            (channel, Limits::new(pace, clock))
        });
        Self(limits.collect())
    }

    /// Takes the permission to send one message now; else how many milliseconds to wait.
    pub(super) fn take(&self, channel: Channel, account: &str, person: Uuid) -> Result<(), i64> {
        let Some(limits) = self.0.get(&channel) else { return Ok(()) };
        let key = (account.to_owned(), person);
        if let Some(pair) = &limits.pair
            && !limits.allowed().remove(&key)
        {
            check(pair, &key)?;
        }
        let Some(limiter) = &limits.account else { return Ok(()) };
        check(limiter, &key.0).inspect_err(|_| {
            limits.allowed().insert(key);
        })
    }

    /// Forgets those who were not written to lately.
    pub fn tidy(&self) {
        for limits in self.0.values() {
            if let Some(pair) = &limits.pair {
                pair.retain_recent();
            }
            limits.allowed().clear();
        }
    }
}

impl Limits {
    fn new(pace: Pace, clock: &Clock) -> Self {
        let account = NonZeroU32::new(pace.per_second)
            .filter(|rate| *rate != NonZeroU32::MAX)
            .map(|rate| limiter(Quota::per_second(rate), clock));
        let pair = pace.pair.and_then(|(every, burst)| {
            let quota = Quota::with_period(every)?.allow_burst(NonZeroU32::new(burst)?);
            Some(limiter(quota, clock))
        });
        Self { account, pair, allowed: Mutex::default() }
    }

    fn allowed(&self) -> MutexGuard<'_, HashSet<(String, Uuid)>> {
        self.allowed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub(crate) fn limiter<K: std::hash::Hash + Eq + Clone>(quota: Quota, clock: &Clock) -> Limiter<K> {
    RateLimiter::dashmap_with_clock(quota, PaceClock(clock.clone()))
}

/// Takes the permission to do one thing now; else how many milliseconds to wait.
pub(crate) fn check<K: std::hash::Hash + Eq + Clone>(limiter: &Limiter<K>, key: &K) -> Result<(), i64> {
    limiter.check_key(key).map_err(|early| {
        let now = governor::clock::Clock::now(limiter.clock());
        let wait = early.earliest_possible().duration_since(now);
        // Rounded up: the clock counts milliseconds.
        i64::try_from(Duration::from(wait).as_millis()).unwrap_or(i64::MAX).saturating_add(1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paces(clock: &Clock) -> Paces {
        let mut config = Config::from_toml("").unwrap();
        config.whatsapp.per_second = 100;
        Paces::new(clock, &config)
    }

    #[test]
    fn one_person_gets_a_burst_and_then_one_message_in_six_seconds() {
        let clock = Clock::manual(1_000_000);
        let paces = paces(&clock);
        let lupe = Uuid::from_u128(1);
        let sent = (0..100).filter(|_| paces.take(Channel::Whatsapp, "1", lupe).is_ok()).count();
        assert_eq!(sent, 45);
        assert!(paces.take(Channel::Whatsapp, "1", Uuid::from_u128(2)).is_ok(), "others do not wait");
        clock.advance(Duration::from_millis(6_001));
        assert!(paces.take(Channel::Whatsapp, "1", lupe).is_ok());
        let wait = paces.take(Channel::Whatsapp, "1", lupe).unwrap_err();
        assert!((5_000..=6_001).contains(&wait), "{wait}");
    }

    #[test]
    fn who_waits_for_the_number_does_not_use_up_their_own_allowance() {
        let clock = Clock::manual(1_000_000);
        let paces = paces(&clock);
        let lupe = Uuid::from_u128(1_000);
        for n in 0..100 {
            paces.take(Channel::Whatsapp, "1", Uuid::from_u128(n)).unwrap();
        }
        assert!((0..60).all(|_| paces.take(Channel::Whatsapp, "1", lupe).is_err()), "the number is busy");
        clock.advance(Duration::from_secs(1));
        assert_eq!((0..45).filter(|_| paces.take(Channel::Whatsapp, "1", lupe).is_ok()).count(), 45);
    }

    #[test]
    fn a_number_takes_so_many_a_second_from_everybody_together() {
        let clock = Clock::manual(1_000_000);
        let paces = paces(&clock);
        let sent =
            (0..200).filter(|n| paces.take(Channel::Whatsapp, "1", Uuid::from_u128(*n)).is_ok()).count();
        assert_eq!(sent, 100);
        assert!(paces.take(Channel::Whatsapp, "2", Uuid::from_u128(1)).is_ok(), "another number has its own");
    }
}
