//! Ids and chance, as arguments: UUID v7 that grow within this process, PINs, folio numbers.

use std::sync::{Arc, Mutex, PoisonError};

use rand::{Rng, RngExt, SeedableRng, rngs::StdRng};
use uuid::{ContextV7, Timestamp, Uuid};

use crate::clock::Clock;

/// Cheap to clone.
#[derive(Clone)]
pub struct Ids {
    clock: Clock,
    state: Arc<Mutex<State>>,
}

struct State {
    context: ContextV7,
    rng: StdRng,
}

impl Ids {
    pub fn new(clock: Clock) -> Self {
        Self::with_rng(clock, rand::make_rng())
    }

    /// The same ids again and again, for tests.
    pub fn seeded(clock: Clock, seed: u64) -> Self {
        Self::with_rng(clock, StdRng::seed_from_u64(seed))
    }

    fn with_rng(clock: Clock, rng: StdRng) -> Self {
        Self { clock, state: Arc::new(Mutex::new(State { context: ContextV7::new(), rng })) }
    }

    /// An id greater than every one before it from this process.
    pub fn next(&self) -> Uuid {
        let now = u64::try_from(self.clock.now()).unwrap_or(0);
        let nanos = u32::try_from(now % 1000).unwrap_or(0) * 1_000_000;
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        Uuid::new_v7(Timestamp::from_unix(&state.context, now / 1000, nanos))
    }

    /// A number below `bound`, hard to guess.
    pub fn number(&self, bound: u32) -> u32 {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).rng.random_range(0..bound)
    }

    /// Bytes that are hard to guess.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.state.lock().unwrap_or_else(PoisonError::into_inner).rng.fill_bytes(&mut bytes);
        bytes
    }
}

impl std::fmt::Debug for Ids {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Ids")
    }
}
