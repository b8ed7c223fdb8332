//! Meta's brakes: the 24-hour window, the pair rate, the throughput of the number. Reads the clock it is given.

use std::sync::{Mutex, PoisonError};

use super::{config::Limits, error::GraphError, phones::Phone};

const WINDOW_MS: i64 = 24 * 60 * 60 * 1000;
/// One message per 6 s to one person …
const PAIR_EVERY_MS: i64 = 6_000;
/// … and up to 45 borrowed from the future.
const PAIR_BURST: i64 = 45;
/// Throughput is counted in millionths of a message.
const MILLION: i64 = 1_000_000;

/// When the next message would be due had all come evenly.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Pace(i64);

impl Pace {
    /// Takes one message if `burst` messages, one each `every` ms, have room for it.
    fn take(&mut self, now: i64, every: i64, burst: i64) -> bool {
        let due = self.0.max(now) + every;
        let room = due - now <= burst * every;
        if room {
            self.0 = due;
        }
        room
    }
}

impl Phone {
    /// May the town write to this person now? Counts the message if so. Only templates need no window.
    pub(super) fn admit(&mut self, now: i64, limits: Limits, template: bool) -> Result<(), GraphError> {
        let closed = self.last_inbound.is_none_or(|last| now - last >= WINDOW_MS);
        if limits.window && closed && !template {
            return Err(GraphError::usual(131_047));
        }
        if limits.pair_rate && !self.pace.take(now, PAIR_EVERY_MS, PAIR_BURST) {
            return Err(GraphError::usual(131_056));
        }
        Ok(())
    }

    /// The window runs from the message's own time, not from its arrival.
    pub(super) fn heard(&mut self, at: i64) {
        self.last_inbound = Some(self.last_inbound.map_or(at, |last| last.max(at)));
    }
}

/// The number's messages a second, as a bucket that holds one second's worth.
#[derive(Debug, Default)]
pub(super) struct Throughput(Mutex<Pace>);

impl Throughput {
    pub(super) fn admit(&self, now: i64, per_second: Option<u32>) -> Result<(), GraphError> {
        let Some(per_second) = per_second.map(i64::from) else { return Ok(()) };
        let every = 1000 * MILLION / per_second.max(1);
        let mut pace = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if pace.take(now * MILLION, every, per_second) { Ok(()) } else { Err(GraphError::usual(130_429)) }
    }
}
