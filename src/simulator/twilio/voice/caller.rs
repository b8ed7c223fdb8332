//! The scripted caller: what tests hold in their hand while a call lasts.

use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use super::{
    gather::Listens,
    heard::{CallState, DialOutcome, Heard, HeardKind, NotNow},
    live::Live,
};

/// A call. Clones are the same call and share what was already heard.
#[derive(Clone)]
pub struct Call {
    live: Arc<Live>,
    seen: Arc<AtomicU64>,
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("sid", &self.live.sid)
            .field("state", &self.state())
            .finish_non_exhaustive()
    }
}

/// One sentence of the town, without its mark-up. A `<Play>` is its address in brackets.
#[derive(Clone, PartialEq, Eq)]
pub struct Said {
    pub text: String,
    /// BCP-47.
    pub lang: Option<String>,
}

impl fmt::Debug for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Said").field("lang", &self.lang).finish_non_exhaustive()
    }
}

impl Call {
    pub(super) fn new(live: Arc<Live>) -> Self {
        Self { live, seen: Arc::default() }
    }

    pub(super) fn live(&self) -> &Arc<Live> {
        &self.live
    }

    /// `CA` and 32 hexadecimal digits.
    pub fn sid(&self) -> &Arc<str> {
        &self.live.sid
    }

    pub fn state(&self) -> CallState {
        self.live.state()
    }

    /// What the call would take now; `None` while it does not listen.
    pub fn listens(&self) -> Option<Listens> {
        self.live.shown(u64::MAX).listening
    }

    /// Everything so far, the caller's part included.
    pub fn script(&self) -> Vec<Heard> {
        self.live.shown(0).heard
    }

    /// Waits until the call listens, dials or ended; gives what the town said since the last time.
    pub async fn heard(&self) -> Vec<Said> {
        let mut changes = self.live.changes();
        loop {
            let shown = self.live.shown(self.seen.load(Ordering::SeqCst));
            if matches!(shown.state, CallState::Listening | CallState::Dialing | CallState::Ended) {
                if let Some(last) = shown.heard.last() {
                    self.seen.store(last.seq, Ordering::SeqCst);
                }
                let said = shown.heard.into_iter().filter(|line| line.kind == HeardKind::Said);
                return said.map(|line| Said { text: line.text, lang: line.lang }).collect();
            }
            // The sender lives as long as the call this handle holds.
            if changes.changed().await.is_err() {
                return Vec::new();
            }
        }
    }

    /// Waits for the end; gives what the town said since the last [`Self::heard`].
    pub async fn ended(&self) -> Vec<Said> {
        let mut changes = self.live.changes();
        while self.state() != CallState::Ended {
            if changes.changed().await.is_err() {
                break;
            }
        }
        self.heard().await
    }

    /// The caller speaks. `confidence` is from 0.0 to 1.0; Twilio does not promise to tell it.
    pub fn say(&self, text: &str, confidence: Option<f32>) -> Result<(), NotNow> {
        if text.trim().is_empty() {
            return Err(NotNow("Escribe lo que dice la persona, o usa el silencio."));
        }
        if confidence.is_some_and(|confidence| !(0.0..=1.0).contains(&confidence)) {
            return Err(NotNow("La confianza va de 0 a 1."));
        }
        self.live.says(text, confidence)
    }

    /// Keys 0-9, * and #. Keys that complete nothing wait for more, or for [`Self::silence`].
    pub fn press(&self, keys: &str) -> Result<(), NotNow> {
        self.live.presses(keys)
    }

    /// The time to answer runs out.
    pub fn silence(&self) -> Result<(), NotNow> {
        self.live.keeps_silent()
    }

    pub fn hang_up(&self) -> Result<(), NotNow> {
        self.live.hangs_up()
    }

    pub fn dial_outcome(&self, outcome: DialOutcome) -> Result<(), NotNow> {
        self.live.dialed(outcome)
    }
}
