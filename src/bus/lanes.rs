//! Lanes: one person is never worked on twice at once, and a wake-up is never lost.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Mutex, PoisonError},
};

use tokio::sync::Notify;
use uuid::Uuid;

/// People with work, each at most once, in the order they were woken.
#[derive(Debug, Default)]
pub struct Lanes {
    state: Mutex<State>,
    ready: Notify,
    idle: Notify,
}

#[derive(Debug, Default)]
struct State {
    queue: VecDeque<Uuid>,
    lanes: HashMap<Uuid, Standing>,
    closed: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Standing {
    Queued,
    Running,
    /// Woken again while it runs: it goes back into the queue.
    RunningAgain,
}

impl Lanes {
    /// Says that a person has work.
    pub fn wake(&self, person: Uuid) {
        let mut state = self.lock();
        match state.lanes.get_mut(&person) {
            None => {
                state.lanes.insert(person, Standing::Queued);
                state.queue.push_back(person);
                drop(state);
                self.ready.notify_one();
            }
            Some(standing @ Standing::Running) => *standing = Standing::RunningAgain,
            Some(Standing::Queued | Standing::RunningAgain) => {}
        }
    }

    /// The next person; their lane is held until the guard is dropped. `None` once closed.
    pub async fn next(&self) -> Option<Lane<'_>> {
        loop {
            let ready = self.ready.notified();
            {
                let mut state = self.lock();
                if state.closed {
                    return None;
                }
                if let Some(person) = state.queue.pop_front() {
                    state.lanes.insert(person, Standing::Running);
                    return Some(Lane { lanes: self, person });
                }
            }
            ready.await;
        }
    }

    /// Returns when nobody has work.
    pub async fn settled(&self) {
        loop {
            let idle = self.idle.notified();
            if self.is_idle() {
                return;
            }
            idle.await;
        }
    }

    pub fn is_idle(&self) -> bool {
        self.lock().lanes.is_empty()
    }

    pub(super) fn close(&self) {
        self.lock().closed = true;
        // Everybody who waits, and everybody who is about to.
        self.ready.notify_waiters();
        self.ready.notify_one();
    }

    fn release(&self, person: Uuid) {
        let mut state = self.lock();
        if state.lanes.get(&person) == Some(&Standing::RunningAgain) {
            state.lanes.insert(person, Standing::Queued);
            state.queue.push_back(person);
            drop(state);
            self.ready.notify_one();
            return;
        }
        state.lanes.remove(&person);
        let idle = state.lanes.is_empty();
        drop(state);
        if idle {
            self.idle.notify_waiters();
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A person's lane, held.
#[derive(Debug)]
pub struct Lane<'a> {
    lanes: &'a Lanes,
    pub person: Uuid,
}

impl Drop for Lane<'_> {
    fn drop(&mut self) {
        self.lanes.release(self.person);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(n: u128) -> Uuid {
        Uuid::from_u128(n)
    }

    #[tokio::test]
    async fn a_person_is_handed_out_once_at_a_time_and_again_when_woken_meanwhile() {
        let lanes = Lanes::default();
        lanes.wake(person(1));
        lanes.wake(person(1));
        let first = lanes.next().await.unwrap();
        lanes.wake(person(1));
        lanes.wake(person(2));
        let other = lanes.next().await.unwrap();
        assert_eq!((first.person, other.person), (person(1), person(2)));
        drop(first);
        assert_eq!(lanes.next().await.unwrap().person, person(1));
        drop(other);
        lanes.settled().await;
        assert!(lanes.is_idle());
    }

    #[tokio::test]
    async fn closing_sends_the_waiting_home() {
        let lanes = std::sync::Arc::new(Lanes::default());
        let waiting = tokio::spawn({
            let lanes = std::sync::Arc::clone(&lanes);
            async move { lanes.next().await.is_none() }
        });
        tokio::task::yield_now().await;
        lanes.close();
        assert!(waiting.await.unwrap());
    }
}
