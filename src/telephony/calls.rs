//! The calls that the exchange told us of. In memory: a restart cuts every line anyway, and a call that nobody knows
//! any more goes to the dialplan's own queue.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use uuid::Uuid;
use ventanilla_adapters::audiosocket::Call;

/// Milliseconds for which the end of a call is known, for a dialplan that asks late or passes the call on for long.
const REMEMBERED: i64 = 2 * 3600 * 1000;

/// What the dialplan is to do with a call that we have done with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum After {
    /// Pass it on: the word of `audiosocket.person`.
    Person(String),
    Over,
}

/// Where a call is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stage {
    /// It is about to connect; what it hears first is the turn of this message.
    Announced {
        first: String,
    },
    Talking,
    Left(After),
}

/// Why a call cannot be announced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refused {
    /// There is a call with this id already.
    Known,
    /// As many calls as there may be.
    Full,
}

#[derive(Debug)]
struct Known {
    call: Call,
    stage: Stage,
    since: i64,
}

#[derive(Debug, Default)]
pub struct Calls(Mutex<HashMap<Uuid, Known>>);

impl Calls {
    /// Takes a place for a new call, at most `most` of them at once.
    pub(super) fn announce(&self, id: Uuid, call: Call, now: i64, most: usize) -> Result<(), Refused> {
        let mut known = self.lock();
        known.retain(|_, one| !matches!(one.stage, Stage::Left(_)) || now - one.since < REMEMBERED);
        let open = known.values().filter(|one| !matches!(one.stage, Stage::Left(_))).count();
        if known.contains_key(&id) {
            return Err(Refused::Known);
        }
        if open >= most {
            return Err(Refused::Full);
        }
        let stage = Stage::Announced { first: call.started().id };
        known.insert(id, Known { call, stage, since: now });
        Ok(())
    }

    /// The announced call connects: what it is, and the message whose turn it hears first.
    pub(super) fn connect(&self, id: Uuid) -> Option<(Call, String)> {
        let mut known = self.lock();
        let one = known.get_mut(&id)?;
        let Stage::Announced { first } = &one.stage else { return None };
        let first = first.clone();
        one.stage = Stage::Talking;
        Some((one.call.clone(), first))
    }

    /// Nobody connected for a call that was announced at `since`: it is not awaited any more.
    pub(super) fn expire(&self, id: Uuid, since: i64) -> Option<Call> {
        let mut known = self.lock();
        let waits = |one: &Known| matches!(one.stage, Stage::Announced { .. }) && one.since == since;
        if known.get(&id).is_some_and(waits) { known.remove(&id).map(|one| one.call) } else { None }
    }

    /// We have done with a call, for now or for good.
    pub(super) fn leave(&self, id: Uuid, call: Call, after: After, now: i64) {
        self.lock().insert(id, Known { call, stage: Stage::Left(after), since: now });
    }

    /// A call that was passed on, and did not connect again since: nobody picked up, so it is about to. Gives it with
    /// its next turn begun.
    pub(super) fn come_back(&self, id: Uuid, now: i64) -> Option<Call> {
        let mut known = self.lock();
        let one = known.get_mut(&id).filter(|one| matches!(one.stage, Stage::Left(After::Person(_))))?;
        one.call.advance();
        (one.stage, one.since) = (Stage::Announced { first: one.call.passed_on(false).id }, now);
        Some(one.call.clone())
    }

    /// A call that is not on our line is over, as the dialplan tells. `None` where that is known, or it talks with us.
    pub(super) fn end(&self, id: Uuid, now: i64) -> Option<Call> {
        let mut known = self.lock();
        let one = known.get_mut(&id)?;
        if matches!(one.stage, Stage::Talking | Stage::Left(After::Over)) {
            return None;
        }
        one.call.advance();
        (one.stage, one.since) = (Stage::Left(After::Over), now);
        Some(one.call.clone())
    }

    pub fn stage(&self, id: Uuid) -> Option<Stage> {
        self.lock().get(&id).map(|one| one.stage.clone())
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Uuid, Known>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use ventanilla_adapters::audiosocket::{Announcement, Exchange};

    use super::*;

    const ID: Uuid = Uuid::from_u128(1);
    const OTHER: Uuid = Uuid::from_u128(2);

    fn call() -> Call {
        let exchange = Exchange { numbers: vec!["+529810000100".to_owned()] };
        Call::new(&exchange, "a1".to_owned(), &Announcement::default()).unwrap()
    }

    #[test]
    fn a_call_connects_once_and_only_when_it_was_announced() {
        let calls = Calls::default();
        assert!(calls.connect(ID).is_none());
        calls.announce(ID, call(), 0, 2).unwrap();
        assert_eq!(calls.announce(ID, call(), 0, 2), Err(Refused::Known));
        assert_eq!(calls.connect(ID).unwrap().1, "a1:start");
        assert!(calls.connect(ID).is_none(), "nobody else takes the line of a call that talks");
    }

    #[test]
    fn there_are_only_so_many_calls_and_one_that_is_over_makes_room() {
        let calls = Calls::default();
        calls.announce(ID, call(), 0, 1).unwrap();
        assert_eq!(calls.announce(OTHER, call(), 0, 1), Err(Refused::Full));
        calls.leave(ID, call(), After::Over, 0);
        calls.announce(OTHER, call(), 0, 1).unwrap();
        assert_eq!(calls.stage(ID), Some(Stage::Left(After::Over)));
        calls.leave(OTHER, call(), After::Over, 0);
        calls.announce(Uuid::from_u128(3), call(), REMEMBERED, 1).unwrap();
        assert_eq!(calls.stage(ID), None, "what is long over is forgotten");
    }

    #[test]
    fn a_call_that_nobody_picked_up_comes_back_with_another_message() {
        let calls = Calls::default();
        assert!(calls.come_back(ID, 0).is_none());
        calls.announce(ID, call(), 0, 1).unwrap();
        calls.connect(ID).unwrap();
        assert!(calls.come_back(ID, 0).is_none(), "it talks with us");
        assert!(calls.end(ID, 0).is_none(), "its own end is heard on the line");
        calls.leave(ID, call(), After::Person("agente".to_owned()), 0);
        calls.come_back(ID, 5).unwrap();
        assert!(calls.expire(ID, 0).is_none(), "that was the first announcement");
        assert_eq!(calls.connect(ID).unwrap().1, "a1:dial:1");
    }

    #[test]
    fn a_call_that_never_connects_is_not_awaited_for_ever() {
        let calls = Calls::default();
        calls.announce(ID, call(), 7, 1).unwrap();
        assert!(calls.expire(ID, 7).is_some());
        assert!(calls.connect(ID).is_none() && calls.expire(ID, 7).is_none());
    }

    #[test]
    fn the_end_of_a_call_that_was_passed_on_is_told_once() {
        let calls = Calls::default();
        calls.leave(ID, call(), After::Person("agente".to_owned()), 0);
        assert!(calls.end(ID, 1).is_some());
        assert!(calls.end(ID, 2).is_none());
    }
}
