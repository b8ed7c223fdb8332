//! One call while it lasts: what was heard, what it waits for, and what the scripted caller does. One lock, short
//! sections. The caller's acts change the state before they return, so that nobody sees the moment before twice.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use serde::Serialize;
use tokio::sync::{mpsc, watch};
use tokio_util::sync::CancellationToken;

use super::{
    gather::{Keyed, Listens},
    heard::{CallState, DialOutcome, Heard, HeardKind, NotNow},
};
use crate::simulator::{Clock, twilio::schema::is_key};

/// What the caller, or the other telephone, did.
pub(super) enum Act {
    Spoke { text: String, confidence: Option<f32> },
    Keyed(Keyed),
    Silence,
    Dialed(DialOutcome),
}

const ENDED: NotNow = NotNow("La llamada ya terminó.");
const WAIT: NotNow = NotNow("Todavía no escucha: espera a que termine de hablar.");

pub(super) struct Live {
    pub(super) sid: Arc<str>,
    /// As whoever called gave it.
    pub(super) given: String,
    /// Unix milliseconds.
    pub(super) started: i64,
    /// The caller hung up.
    pub(super) gone: CancellationToken,
    clock: Clock,
    acts: mpsc::UnboundedSender<Act>,
    inside: Mutex<Inside>,
    changed: watch::Sender<u64>,
}

struct Inside {
    state: CallState,
    listens: Option<Listens>,
    heard: Vec<Heard>,
    /// Keys pressed that no `<Gather>` has taken yet.
    keys: VecDeque<char>,
    /// Keys of the answer that is not complete.
    pending: String,
}

/// What the page shows.
#[derive(Serialize)]
pub(super) struct Shown {
    call: Arc<str>,
    from: String,
    pub(super) state: CallState,
    pub(super) listening: Option<Listens>,
    pub(super) heard: Vec<Heard>,
}

impl Live {
    pub(super) fn new(sid: Arc<str>, given: &str, clock: Clock) -> (Self, mpsc::UnboundedReceiver<Act>) {
        let (acts, script) = mpsc::unbounded_channel();
        let inside = Inside {
            state: CallState::Ringing,
            listens: None,
            heard: Vec::new(),
            keys: VecDeque::new(),
            pending: String::new(),
        };
        let live = Self {
            sid,
            given: given.to_owned(),
            started: clock(),
            gone: CancellationToken::new(),
            clock,
            acts,
            inside: Mutex::new(inside),
            changed: watch::Sender::new(0),
        };
        (live, script)
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, inside: &mut Inside, kind: HeardKind, text: &str, lang: Option<&str>) {
        let seq = inside.heard.len() as u64 + 1;
        let line = Heard { seq, kind, text: text.into(), lang: lang.map(Into::into), at: (self.clock)() };
        inside.heard.push(line);
    }

    fn told(&self) {
        self.changed.send_modify(|version| *version += 1);
    }

    pub(super) fn changes(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    pub(super) fn state(&self) -> CallState {
        self.inside().state
    }

    pub(super) fn shown(&self, after: u64) -> Shown {
        let inside = self.inside();
        let heard = inside.heard.iter().filter(|line| line.seq > after).cloned().collect();
        let (call, from) = (Arc::clone(&self.sid), self.given.clone());
        Shown { call, from, state: inside.state, listening: inside.listens.clone(), heard }
    }

    /// The town says something.
    pub(super) fn hear(&self, text: &str, lang: Option<&str>) {
        let mut inside = self.inside();
        if inside.state != CallState::Ended {
            inside.state = CallState::Speaking;
            self.note(&mut inside, HeardKind::Said, text, lang);
        }
        drop(inside);
        self.told();
    }

    /// The call was answered, or goes on after a wait.
    pub(super) fn speaks(&self) {
        let mut inside = self.inside();
        if inside.state != CallState::Ended {
            inside.state = CallState::Speaking;
            inside.listens = None;
        }
        drop(inside);
        self.told();
    }

    /// The call listens. Keys pressed too early count first; they may complete the answer at once.
    pub(super) fn listens(&self, listens: Listens) {
        let mut inside = self.inside();
        if inside.state != CallState::Ended {
            inside.state = CallState::Listening;
            inside.pending.clear();
            let keyed = listens.takes("dtmf");
            inside.listens = Some(listens);
            if keyed {
                self.feed(&mut inside);
            }
        }
        drop(inside);
        self.told();
    }

    pub(super) fn dials(&self, to: &str) {
        let mut inside = self.inside();
        if inside.state != CallState::Ended {
            inside.state = CallState::Dialing;
            self.note(&mut inside, HeardKind::Dialing, to, None);
        }
        drop(inside);
        self.told();
    }

    /// The call is over; `why` is for the page. Later ends change nothing.
    pub(super) fn ends(&self, why: &str) {
        let mut inside = self.inside();
        if inside.state != CallState::Ended {
            self.note(&mut inside, HeardKind::Ended, why, None);
            inside.state = CallState::Ended;
            inside.listens = None;
        }
        drop(inside);
        self.gone.cancel();
        self.told();
    }

    /// Hands an act to the interpreter; from now on the town has the word.
    fn act(&self, inside: &mut Inside, act: Act) {
        inside.state = CallState::Speaking;
        inside.listens = None;
        // Without a receiver the call has just ended.
        let _ended = self.acts.send(act);
    }

    fn feed(&self, inside: &mut Inside) {
        let Inside { listens, keys, pending, .. } = inside;
        let Some(keyed) = listens.as_ref().and_then(|listens| listens.feed(keys, pending)) else { return };
        self.act(inside, Act::Keyed(keyed));
    }

    pub(super) fn says(&self, text: &str, confidence: Option<f32>) -> Result<(), NotNow> {
        let mut inside = self.inside();
        let listens = inside.listening()?;
        if !listens.takes("speech") && !listens.takes("record") {
            return Err(NotNow("Ahora solo escucha teclas."));
        }
        if !inside.pending.is_empty() {
            return Err(NotNow("Ya se están marcando teclas: termina con ellas."));
        }
        self.note(&mut inside, HeardKind::Spoke, text, None);
        self.act(&mut inside, Act::Spoke { text: text.to_owned(), confidence });
        drop(inside);
        self.told();
        Ok(())
    }

    pub(super) fn presses(&self, keys: &str) -> Result<(), NotNow> {
        if keys.is_empty() || keys.len() > 64 || !keys.chars().all(is_key) {
            return Err(NotNow("Las teclas son 0-9, * y #."));
        }
        let mut inside = self.inside();
        let listens = inside.listening()?;
        if listens.takes("record") {
            self.note(&mut inside, HeardKind::Pressed, keys, None);
            let keyed = Keyed { digits: String::new(), finished_on: keys.chars().next() };
            self.act(&mut inside, Act::Keyed(keyed));
        } else if listens.takes("dtmf") {
            self.note(&mut inside, HeardKind::Pressed, keys, None);
            inside.keys.extend(keys.chars());
            self.feed(&mut inside);
        } else {
            return Err(NotNow("Ahora solo escucha la voz."));
        }
        drop(inside);
        self.told();
        Ok(())
    }

    /// The time to answer runs out. Keys pressed so far are the answer.
    pub(super) fn keeps_silent(&self) -> Result<(), NotNow> {
        let mut inside = self.inside();
        inside.listening()?;
        self.note(&mut inside, HeardKind::Silence, "", None);
        let digits = std::mem::take(&mut inside.pending);
        let act =
            if digits.is_empty() { Act::Silence } else { Act::Keyed(Keyed { digits, finished_on: None }) };
        self.act(&mut inside, act);
        drop(inside);
        self.told();
        Ok(())
    }

    pub(super) fn dialed(&self, outcome: DialOutcome) -> Result<(), NotNow> {
        let mut inside = self.inside();
        match inside.state {
            CallState::Ended => return Err(ENDED),
            CallState::Dialing => {}
            _ => return Err(NotNow("Ahora no se está marcando a nadie.")),
        }
        self.act(&mut inside, Act::Dialed(outcome));
        drop(inside);
        self.told();
        Ok(())
    }

    /// Nothing is taken any more; the interpreter ends the call at once.
    pub(super) fn hangs_up(&self) -> Result<(), NotNow> {
        let mut inside = self.inside();
        if inside.state == CallState::Ended {
            return Err(ENDED);
        }
        inside.state = CallState::Speaking;
        inside.listens = None;
        drop(inside);
        self.gone.cancel();
        self.told();
        Ok(())
    }
}

impl Inside {
    fn listening(&self) -> Result<Listens, NotNow> {
        match (&self.listens, self.state) {
            (Some(listens), CallState::Listening) => Ok(listens.clone()),
            (_, CallState::Ended) => Err(ENDED),
            _ => Err(WAIT),
        }
    }
}
