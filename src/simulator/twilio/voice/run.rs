//! The interpreter: fetches a document, carries its verbs out in order, and follows where they lead, until somebody
//! hangs up, the document ends or Twilio refuses it. One task for each call; nothing here waits for real time but the
//! town's server.

use std::{sync::Arc, time::Duration};

use bytes::Bytes;
use reqwest::Url;
use tokio::sync::mpsc::UnboundedReceiver;

use super::{
    end::Ending,
    live::{Act, Live},
    params::Line,
    twiml::{self, Say, Target, Verb},
};
use crate::simulator::twilio::{
    Inner,
    faults::Fault,
    form::Form,
    stats::Alert,
    webhook::{Answer, Hook, Lost},
};

/// A document to ask for.
pub(super) struct Fetch {
    pub(super) url: Url,
    pub(super) get: bool,
    pub(super) form: Form,
}

pub(super) struct Runner {
    pub(super) inner: Arc<Inner>,
    pub(super) live: Arc<Live>,
    pub(super) acts: UnboundedReceiver<Act>,
    /// As webhooks tell it.
    pub(super) from: String,
    /// The address of the document that runs.
    pub(super) base: Url,
    /// Documents since the caller last did something.
    pub(super) unheard: u32,
    /// `completed` was told before the end.
    pub(super) told_early: bool,
}

impl Drop for Runner {
    fn drop(&mut self) {
        self.live.ends("El simulador se apagó.");
    }
}

impl Runner {
    pub(super) async fn run(mut self) {
        let (url, form) = (self.inner.voice_url.clone(), self.line().form("ringing"));
        let mut fetch = Fetch { url, get: false, form };
        let ending = loop {
            let verbs = match self.document(fetch).await {
                Ok(verbs) => verbs,
                Err(ending) => break ending,
            };
            match self.perform(verbs).await {
                Ok(next) => fetch = next,
                Err(ending) => break ending,
            }
        };
        self.finish(ending).await;
    }

    pub(super) fn line(&self) -> Line<'_> {
        Line {
            account: &self.inner.account_sid,
            call: &self.live.sid,
            from: &self.from,
            to: &self.inner.voice_number,
            direction: "inbound",
        }
    }

    /// Twilio refuses: the caller hears an error message, and the call ends.
    pub(super) fn refuse(&self, code: u32, sentence: impl Into<String>) -> Ending {
        let (at, sid) = ((self.inner.clock)(), Arc::clone(&self.live.sid));
        self.inner.counts.alert(Alert { at, code, sid, sentence: sentence.into() });
        self.live.hear("An application error has occurred. Goodbye.", Some("en-US"));
        Ending::Refused(code)
    }

    /// The verbs of the next document. What is relative in them is relative to its address.
    pub(super) async fn document(&mut self, fetch: Fetch) -> Result<Vec<Verb>, Ending> {
        self.unheard += 1;
        if self.unheard > self.inner.tuning.turns_unheard {
            return Err(
                self.refuse(11_215, "the documents lead in a circle without asking the caller anything")
            );
        }
        self.base = fetch.url.clone();
        let Fetch { url, get, form } = fetch;
        let hook = Hook { url, get, form, token: self.inner.sids.token(), voice: true };
        let answer = self.answer(hook).await?;
        self.read(answer)
    }

    /// The request goes on when the caller hangs up meanwhile, as it would at Twilio.
    async fn answer(&self, hook: Hook) -> Result<Answer, Ending> {
        let inner = Arc::clone(&self.inner);
        let posting = self.inner.spawn(async move { inner.turn(&hook).await });
        let outcome = tokio::select! {
            biased;
            () = self.live.gone.cancelled() => return Err(Ending::Caller),
            outcome = posting => outcome.ok().flatten(),
        };
        match outcome {
            Some(Ok(answer)) => Ok(answer),
            Some(Err(lost)) => Err(self.refuse(lost.code(), lost.sentence())),
            // The simulator stops.
            None => Err(Ending::Caller),
        }
    }

    fn read(&self, answer: Answer) -> Result<Vec<Verb>, Ending> {
        if !answer.status.is_success() {
            return Err(self.refuse(11_200, format!("the webhook answered {}", answer.status.as_u16())));
        }
        if answer.body.is_empty() {
            return Err(Ending::Document);
        }
        match answer.content_type.as_str() {
            "text/xml" | "application/xml" | "text/html" => {
                twiml::parse(&answer.body).map_err(|broken| self.refuse(broken.code, broken.sentence))
            }
            "text/plain" => Ok(vec![read_aloud(&answer.body)]),
            kind if kind.starts_with("audio/") => Ok(vec![Verb::Play(self.base.path().to_owned())]),
            _ => Err(self.refuse(12_300, "the content type is neither XML nor sound")),
        }
    }

    /// Where the verbs lead to.
    async fn perform(&mut self, verbs: Vec<Verb>) -> Result<Fetch, Ending> {
        if let Some(Verb::Reject(busy)) = verbs.first() {
            return Err(Ending::Rejected(*busy));
        }
        self.live.speaks();
        for verb in verbs {
            if let Some(fetch) = self.carry_out(verb).await? {
                return Ok(fetch);
            }
        }
        Err(Ending::Document)
    }

    async fn carry_out(&mut self, verb: Verb) -> Result<Option<Fetch>, Ending> {
        if self.live.gone.is_cancelled() {
            return Err(Ending::Caller);
        }
        match verb {
            Verb::Say(_) | Verb::Play(_) | Verb::Pause(_) => self.prompt(&verb).await.map(|()| None),
            Verb::Gather(gather) => self.gather(&gather).await,
            Verb::Redirect(target) => self.fetch(&target, Form::new()).map(Some),
            Verb::Dial(dial) => self.dial(&dial).await,
            Verb::Record(record) => self.record(&record).await,
            Verb::Hangup => Err(Ending::Town),
            Verb::Reject(busy) => Err(Ending::Rejected(busy)),
        }
    }

    pub(super) async fn prompt(&self, verb: &Verb) -> Result<(), Ending> {
        match verb {
            Verb::Say(say) => self.say(say).await,
            Verb::Play(sound) => {
                self.live.hear(&format!("[{sound}]"), None);
                Ok(())
            }
            Verb::Pause(seconds) => self.pause(*seconds).await,
            // The tables let nothing else into a `<Gather>`.
            _ => Ok(()),
        }
    }

    async fn say(&self, say: &Say) -> Result<(), Ending> {
        self.live.hear(&say.text, say.language.as_deref());
        if say.for_ever {
            self.live.gone.cancelled().await;
            return Err(Ending::Caller);
        }
        Ok(())
    }

    async fn pause(&self, seconds: u32) -> Result<(), Ending> {
        let scaled = Duration::from_secs(seconds.into()).mul_f64(self.inner.tuning.pause_scale.max(0.0));
        tokio::select! {
            biased;
            () = self.live.gone.cancelled() => Err(Ending::Caller),
            () = tokio::time::sleep(scaled) => Ok(()),
        }
    }

    /// What the caller does next.
    pub(super) async fn act(&mut self) -> Result<Act, Ending> {
        let act = tokio::select! {
            biased;
            () = self.live.gone.cancelled() => None,
            act = self.acts.recv() => act,
        };
        self.unheard = 0;
        act.ok_or(Ending::Caller)
    }

    /// The request for a target, with what the verb adds to the call's parameters.
    pub(super) fn fetch(&self, target: &Target, extra: Form) -> Result<Fetch, Ending> {
        let url = self.resolve(target)?;
        let mut form = self.line().form("in-progress");
        form.extend(extra);
        Ok(Fetch { url, get: target.get, form })
    }

    pub(super) fn resolve(&self, target: &Target) -> Result<Url, Ending> {
        let Some(url) = &target.url else { return Ok(self.base.clone()) };
        let url = self.base.join(url).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
        url.ok_or_else(|| self.refuse(11_100, "an address cannot be resolved"))
    }
}

impl Inner {
    /// One turn; a repeated one must be answered with the same bytes.
    async fn turn(&self, hook: &Hook) -> Result<Answer, Lost> {
        self.counts.with(|stats| stats.turns += 1);
        let answer = self.post(hook).await;
        if self.faults.strikes(Fault::TurnTwice) {
            let again = self.post(hook).await;
            self.counts.with(|stats| {
                stats.turns_repeated += 1;
                stats.turns_differed += u64::from(again != answer);
            });
        }
        answer
    }
}

fn read_aloud(body: &Bytes) -> Verb {
    let text = String::from_utf8_lossy(body).trim().to_owned();
    Verb::Say(Say { text, language: None, for_ever: false })
}
