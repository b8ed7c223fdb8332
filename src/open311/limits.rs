//! How often other systems may ask.

use std::num::NonZeroU32;

use governor::Quota;
use uuid::Uuid;

use crate::{
    clock::Clock,
    config::Config,
    outbox::{Limiter, limiter, take},
};

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Visitor {
    Key(Uuid),
    /// Without a key: the address that they come from.
    Address(String),
}

/// The limits of keys and of addresses.
#[derive(Debug)]
pub struct Limits {
    keys: Limiter<Uuid>,
    addresses: Limiter<String>,
}

impl Limits {
    pub fn new(clock: &Clock, config: &Config) -> Self {
        let a_minute = |most: NonZeroU32| Quota::per_minute(most);
        Self {
            keys: limiter(a_minute(config.open311.key_per_minute), clock),
            addresses: limiter(a_minute(config.open311.address_per_minute), clock),
        }
    }

    /// Takes the permission to ask once; else how many seconds to wait.
    ///
    /// # Errors
    /// The seconds, 1 or more.
    pub fn take(&self, visitor: &Visitor) -> Result<(), u64> {
        let taken = match visitor {
            Visitor::Key(key) => take(&self.keys, key),
            Visitor::Address(address) => take(&self.addresses, address),
        };
        taken.map_err(|wait| u64::try_from(wait).unwrap_or(1).div_ceil(1000).max(1))
    }

    /// Forgets those who did not ask lately.
    pub fn tidy(&self) {
        self.keys.retain_recent();
        self.addresses.retain_recent();
    }
}
