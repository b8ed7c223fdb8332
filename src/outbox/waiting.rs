//! People whose first reply waits for a moment or for news.

use std::{
    collections::{HashMap, hash_map::Entry},
    sync::{Mutex, PoisonError},
};

use uuid::Uuid;

/// Until when each of them waits (Unix ms): so that a status wakes only the outbox that waits for it, and that one task
/// sleeps for each person.
#[derive(Debug, Default)]
pub struct WaitingReplies(Mutex<HashMap<Uuid, i64>>);

impl WaitingReplies {
    /// Notes that a person waits until `until`. `true` when somebody must sleep for them: `false` where a sleeper wakes
    /// no later.
    pub(super) fn add(&self, person: Uuid, until: i64) -> bool {
        match self.lock().entry(person) {
            Entry::Occupied(known) if *known.get() <= until => false,
            Entry::Occupied(mut known) => {
                known.insert(until);
                true
            }
            Entry::Vacant(free) => {
                free.insert(until);
                true
            }
        }
    }

    /// The sleeper of `until` is awake. `false` when another sleeps for the person by now, or nobody has to.
    pub(super) fn awake(&self, person: Uuid, until: i64) -> bool {
        let mut waiting = self.lock();
        let ours = waiting.get(&person) == Some(&until);
        if ours {
            waiting.remove(&person);
        }
        ours
    }

    pub(super) fn remove(&self, person: Uuid) {
        self.lock().remove(&person);
    }

    pub fn contains(&self, person: Uuid) -> bool {
        self.lock().contains_key(&person)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<Uuid, i64>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_sleeper_is_enough_for_a_person_and_the_earlier_one_counts() {
        let (waiting, lupe) = (WaitingReplies::default(), Uuid::from_u128(1));
        assert!(waiting.add(lupe, 60));
        assert!(!waiting.add(lupe, 60) && !waiting.add(lupe, 90), "somebody sleeps already");
        assert!(waiting.add(lupe, 30), "that would be too late");
        assert!(waiting.contains(lupe));
        assert!(waiting.awake(lupe, 30));
        assert!(!waiting.awake(lupe, 60), "the late sleeper wakes nobody");
        assert!(waiting.add(lupe, 60));
        waiting.remove(lupe);
        assert!(!waiting.contains(lupe) && !waiting.awake(lupe, 60));
    }
}
