//! The voice side: calls of scripted people, and the interpreter that carries out the town's TwiML for them.

mod ask;
mod caller;
mod dial;
mod elements;
mod end;
mod gather;
mod heard;
mod live;
mod page;
pub(super) mod params;
mod record;
mod run;
pub(super) mod twiml;
mod voices;

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    Router,
    routing::{get, post},
};

pub use self::{
    caller::{Call, Said},
    gather::Listens,
    heard::{CallState, DialOutcome, Heard, HeardKind, NotNow},
};
use self::{live::Live, run::Runner};
use super::{Inner, phone};
use crate::simulator::BadPhone;

/// The calls of late, by their sid.
#[derive(Default)]
pub(super) struct Calls(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    by_sid: HashMap<Arc<str>, Arc<Live>>,
    oldest: VecDeque<Arc<str>>,
}

impl Calls {
    fn keep(&self, live: &Arc<Live>, most: usize) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.oldest.push_back(Arc::clone(&live.sid));
        kept.by_sid.insert(Arc::clone(&live.sid), Arc::clone(live));
        while kept.oldest.len() > most.max(1) {
            let Some(oldest) = kept.oldest.pop_front() else { break };
            kept.by_sid.remove(&oldest);
        }
    }

    fn find(&self, sid: &str) -> Option<Arc<Live>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).by_sid.get(sid).cloned()
    }
}

impl Inner {
    /// Somebody calls the town.
    pub(super) fn call(self: &Arc<Self>, given: &str) -> Result<Call, BadPhone> {
        let from = caller_id(given)?;
        let (live, acts) = Live::new(self.sids.make("CA"), given, Arc::clone(&self.clock));
        let live = Arc::new(live);
        self.calls.keep(&live, self.tuning.calls_kept);
        self.counts.with(|stats| stats.calls += 1);
        let runner = Runner {
            inner: Arc::clone(self),
            live: Arc::clone(&live),
            acts,
            from,
            base: self.voice_url.clone(),
            unheard: 0,
            told_early: false,
        };
        let _detached = self.spawn(runner.run());
        Ok(Call::new(live))
    }

    pub(super) fn find_call(&self, sid: &str) -> Option<Call> {
        self.calls.find(sid).map(Call::new)
    }
}

/// The `From` of a webhook.
fn caller_id(given: &str) -> Result<String, BadPhone> {
    let raw = matches!(given, "anonymous" | "unknown" | "restricted")
        || ["sip:", "client:"].iter().any(|scheme| given.starts_with(scheme))
        // Digits that spell ANONYMOUS and its like on a keypad.
        || matches!(given, "+266696687" | "+7378742833" | "+2562533" | "+8656696" | "+86282452253");
    match raw {
        true if given.len() <= 100 && !given.contains(char::is_control) => Ok(given.to_owned()),
        true => Err(BadPhone),
        false => phone::key(given).map(|digits| format!("+{digits}")),
    }
}

pub(super) fn routes() -> Router<Arc<Inner>> {
    Router::new()
        .route("/simulator/api/calls", post(page::dial))
        .route("/simulator/api/calls/{sid}", get(page::show))
        .route("/simulator/api/calls/{sid}/events", get(page::events))
        .route("/simulator/api/calls/{sid}/speech", post(page::speech))
        .route("/simulator/api/calls/{sid}/digits", post(page::digits))
        .route("/simulator/api/calls/{sid}/silence", post(page::silence))
        .route("/simulator/api/calls/{sid}/hangup", post(page::hang_up))
        .route("/simulator/api/calls/{sid}/dial", post(page::dial_outcome))
}
