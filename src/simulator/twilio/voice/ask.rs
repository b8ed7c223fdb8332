//! `<Gather>` carried out: prompts, then the caller's answer, then the action or the next verb.

use super::{
    end::Ending,
    gather::Gather,
    live::Act,
    params::and,
    run::{Fetch, Runner},
};
use crate::simulator::twilio::{faults::Fault, form::Form, webhook::Hook};

impl Runner {
    /// Where the action leads; `None`: the next verb follows.
    pub(super) async fn gather(&mut self, gather: &Gather) -> Result<Option<Fetch>, Ending> {
        for prompt in &gather.prompts {
            self.prompt(prompt).await?;
        }
        self.live.listens(gather.listens.clone());
        let act = self.act().await?;
        let Some(extra) = self.gathered(gather, act) else { return Ok(None) };
        let fetch = self.fetch(&gather.action, extra)?;
        if self.inner.faults.strikes(Fault::CompletedEarly) {
            return Err(self.hang_up_too_early(fetch).await);
        }
        Ok(Some(fetch))
    }

    /// What the action is asked with; `None`: the next verb follows.
    fn gathered(&self, gather: &Gather, act: Act) -> Option<Form> {
        match act {
            Act::Spoke { text, confidence } => {
                self.tell_partial(gather, &text);
                let mut form = and(Form::new(), [("SpeechResult", &text)]);
                if let Some(confidence) = confidence {
                    form.push(("Confidence".into(), confidence.to_string()));
                }
                Some(and(form, [("Language", &gather.language)]))
            }
            // Only the key that ends, and nothing before it, is an empty answer.
            Act::Keyed(keyed) if !keyed.digits.is_empty() => {
                let finished_on = keyed.finished_on.map(String::from).unwrap_or_default();
                Some(and(Form::new(), [("Digits", &keyed.digits), ("FinishedOnKey", &finished_on)]))
            }
            Act::Keyed(_) | Act::Silence | Act::Dialed(_) => gather.action_on_empty.then(Form::new),
        }
    }

    /// Nobody waits for partial results, and their answers are ignored.
    fn tell_partial(&self, gather: &Gather, text: &str) {
        let Some(Ok(url)) = gather.partials.as_ref().map(|target| self.resolve(target)) else { return };
        let form = and(
            self.line().form("in-progress"),
            [("UnstableSpeechResult", ""), ("StableSpeechResult", text), ("SequenceNumber", "0")],
        );
        let get = gather.partials.as_ref().is_some_and(|target| target.get);
        self.inner.tell_later(Hook { url, get, form, token: self.inner.sids.token(), voice: true });
    }

    /// `completed` overtakes the last action: its answer must still be a document, and is heard by nobody.
    async fn hang_up_too_early(&mut self, fetch: Fetch) -> Ending {
        self.tell_status("completed", "3").await;
        self.told_early = true;
        match self.document(fetch).await {
            Ok(_) => Ending::Caller,
            Err(ending) => ending,
        }
    }
}
