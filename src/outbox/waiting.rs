//! People whose first reply waits for a moment or for news.

use std::{
    collections::HashSet,
    sync::{Mutex, PoisonError},
};

use uuid::Uuid;

/// So that a status wakes only the outbox that waits for it.
#[derive(Debug, Default)]
pub struct WaitingReplies(Mutex<HashSet<Uuid>>);

impl WaitingReplies {
    pub fn add(&self, person: Uuid) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(person);
    }

    pub fn remove(&self, person: Uuid) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&person);
    }

    pub fn contains(&self, person: Uuid) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).contains(&person)
    }
}
