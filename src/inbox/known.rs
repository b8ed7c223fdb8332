//! Senders met lately, so that a person who writes ten messages is looked up once.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use uuid::Uuid;
use ventanilla_adapters::Sender;

/// When it is full it starts again: a look-up is cheap.
const CAPACITY: usize = 50_000;

#[derive(Default)]
pub struct KnownSenders(Mutex<HashMap<Key, Uuid>>);

/// Everything that a look-up would write if it were new.
type Key = (String, String, String, Vec<String>);

impl KnownSenders {
    pub fn find(&self, sender: &Sender) -> Option<Uuid> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&key(sender)).copied()
    }

    /// Some key leads to somebody else now.
    pub fn forget_all(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Only for senders whose addresses are committed.
    pub fn remember(&self, sender: &Sender, person: Uuid) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= CAPACITY {
            known.clear();
        }
        known.insert(key(sender), person);
    }
}

fn key(sender: &Sender) -> Key {
    let address = &sender.address;
    let also = sender.also.iter().map(ToString::to_string).collect();
    (format!("{}/{}", address.channel, address.account), address.key.to_string(), address.route.clone(), also)
}

impl std::fmt::Debug for KnownSenders {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KnownSenders")
    }
}
