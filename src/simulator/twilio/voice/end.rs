//! How calls end, and the status callbacks that tell it.

use super::{params, run::Runner};
use crate::simulator::twilio::{faults::Fault, webhook::Hook};

/// Why a call is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// `<Hangup>`.
    Town,
    /// The caller hung up.
    Caller,
    /// No verb was left.
    Document,
    /// `<Reject>`; true: with the busy tone.
    Rejected(bool),
    /// Twilio refused what the town answered; the code.
    Refused(u32),
}

impl Runner {
    /// One status callback. Only the terminal one has a length.
    pub(super) async fn tell_status(&self, status: &str, sequence: &str) {
        let at = (self.inner.clock)();
        let seconds = (status != "in-progress").then(|| (at - self.live.started).max(0) / 1000);
        let event = params::Ended { sequence, at, seconds };
        let form = params::status(self.line().form(status), &event);
        let url = self.inner.voice_status_url.clone();
        let hook = Hook { url, get: false, form, token: self.inner.sids.token(), voice: true };
        // Twilio ignores the answer; what was lost is in the stats.
        let _ignored = self.inner.post(&hook).await;
    }

    /// Says why, and tells the status callback.
    pub(super) async fn finish(self, ending: Ending) {
        self.live.ends(&ending.sentence());
        self.inner.counts.with(|stats| stats.calls_ended += 1);
        if !self.told_early {
            self.tell_status(ending.status(), "3").await;
        }
        if self.told_early || self.inner.faults.strikes(Fault::LateInProgress) {
            self.tell_status("in-progress", "2").await;
        }
    }
}

impl Ending {
    /// For the page.
    fn sentence(self) -> String {
        match self {
            Self::Town => "La ventanilla terminó la llamada.".into(),
            Self::Caller => "Quien llamó colgó.".into(),
            Self::Document => "El guion terminó y la llamada se cortó.".into(),
            Self::Rejected(true) => "Línea ocupada.".into(),
            Self::Rejected(false) => "La llamada no fue aceptada.".into(),
            Self::Refused(code) => format!("La llamada se cortó por un error ({code})."),
        }
    }

    /// As status callbacks name it.
    fn status(self) -> &'static str {
        match self {
            Self::Rejected(true) => "busy",
            Self::Rejected(false) => "failed",
            Self::Town | Self::Caller | Self::Document | Self::Refused(_) => "completed",
        }
    }
}
