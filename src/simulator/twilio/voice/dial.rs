//! `<Dial>`: somebody else's telephone rings; the script says how it answers. A whisper is a document of its own, run
//! for the called person before the two are joined.

use std::sync::Arc;

use super::{
    end::Ending,
    gather::Gather,
    heard::DialOutcome,
    live::Act,
    params::{self, Line, and},
    run::{Fetch, Runner},
    twiml::{Dial, Target, Verb},
};
use crate::simulator::twilio::{form::Form, webhook::Hook};

/// How long people talk in the simulator, in seconds.
const TALK: &str = "60";
/// Documents a whisper may take.
const WHISPERS: usize = 5;

/// The called person's side.
struct Leg {
    sid: Arc<str>,
    to: String,
    caller_id: String,
}

/// Where a whisper leads.
enum Whispered {
    Leads(Box<Fetch>),
    Joined,
    HungUp,
}

impl Runner {
    /// Where the action leads; `None`: the next verb follows.
    pub(super) async fn dial(&mut self, dial: &Dial) -> Result<Option<Fetch>, Ending> {
        let caller_id = dial.caller_id.clone().unwrap_or_else(|| self.from.clone());
        if caller_id != self.inner.voice_number && caller_id != self.from {
            return Err(self.refuse(13_214, "<Dial>: callerId is neither the town's number nor the caller's"));
        }
        self.live.dials(&dial.to);
        let outcome = match self.act().await? {
            Act::Dialed(outcome) => outcome,
            // While it rings nothing else is taken from the caller.
            Act::Spoke { .. } | Act::Keyed(_) | Act::Silence => DialOutcome::NoAnswer,
        };
        let leg = Leg { sid: self.inner.sids.make("CA"), to: dial.to.clone(), caller_id };
        let joined = self.joined(dial, &leg, outcome).await?;
        self.tell_leg(dial, &leg, outcome, joined)?;
        self.live.speaks();
        let Some(action) = &dial.action else { return Ok(None) };
        self.fetch(action, dialed(&leg, outcome, joined)).map(Some)
    }

    async fn joined(&mut self, dial: &Dial, leg: &Leg, outcome: DialOutcome) -> Result<bool, Ending> {
        let base = self.base.clone();
        let joined = match (&dial.whisper, outcome.answered()) {
            (_, false) => false,
            (None, true) => true,
            (Some(whisper), true) => self.whisper(whisper, leg, outcome).await?,
        };
        self.base = base;
        Ok(joined)
    }

    /// False: the called person's side hung up.
    async fn whisper(&mut self, whisper: &Target, leg: &Leg, outcome: DialOutcome) -> Result<bool, Ending> {
        let mut fetch = self.leg_fetch(whisper, leg, Form::new())?;
        for _ in 0..WHISPERS {
            let verbs = self.document(fetch).await?;
            match self.whispered(verbs, leg, outcome)? {
                Whispered::Leads(next) => fetch = *next,
                Whispered::Joined => return Ok(true),
                Whispered::HungUp => return Ok(false),
            }
        }
        Err(self.refuse(11_215, "the whisper's documents lead in a circle"))
    }

    fn whispered(&self, verbs: Vec<Verb>, leg: &Leg, outcome: DialOutcome) -> Result<Whispered, Ending> {
        let leads = |target: &Target, extra: Form| {
            self.leg_fetch(target, leg, extra).map(|fetch| Whispered::Leads(Box::new(fetch)))
        };
        for verb in verbs {
            match verb {
                // Only the called person hears them.
                Verb::Say(_) | Verb::Play(_) | Verb::Pause(_) => {}
                Verb::Gather(gather) => {
                    if let Some(extra) = pressed(&gather, outcome) {
                        return leads(&gather.action, extra);
                    }
                }
                Verb::Redirect(target) => return leads(&target, Form::new()),
                Verb::Hangup | Verb::Reject(_) => return Ok(Whispered::HungUp),
                Verb::Dial(_) | Verb::Record(_) => {
                    return Err(self.refuse(12_200, "a whisper may not dial or record"));
                }
            }
        }
        Ok(Whispered::Joined)
    }

    fn leg_line<'a>(&'a self, leg: &'a Leg) -> Line<'a> {
        Line {
            account: &self.inner.account_sid,
            call: &leg.sid,
            from: &leg.caller_id,
            to: &leg.to,
            direction: "outbound-dial",
        }
    }

    fn leg_fetch(&self, target: &Target, leg: &Leg, extra: Form) -> Result<Fetch, Ending> {
        let mut form = and(self.leg_line(leg).form("in-progress"), [("ParentCallSid", &self.live.sid)]);
        form.extend(extra);
        Ok(Fetch { url: self.resolve(target)?, get: target.get, form })
    }

    /// The leg's own status callbacks, in order; nobody waits for them.
    fn tell_leg(&self, dial: &Dial, leg: &Leg, outcome: DialOutcome, joined: bool) -> Result<(), Ending> {
        let Some(target) = &dial.statuses else { return Ok(()) };
        let url = self.resolve(target)?;
        let mut hooks = Vec::new();
        for (sequence, event) in ["initiated", "ringing", "answered", "completed"].iter().enumerate() {
            let wanted = dial.events.iter().any(|name| name == event);
            let happened = *event != "answered" || outcome.answered();
            if wanted && happened {
                let status = match *event {
                    "answered" => "in-progress",
                    "completed" => final_status(outcome, joined),
                    early => early,
                };
                let form = and(self.leg_line(leg).form(status), [("ParentCallSid", &self.live.sid)]);
                let (sequence, at) = (sequence.to_string(), (self.inner.clock)());
                let event = params::Ended { sequence: &sequence, at, seconds: None };
                let form = params::status(form, &event);
                let token = self.inner.sids.token();
                hooks.push(Hook { url: url.clone(), get: target.get, form, token, voice: true });
            }
        }
        let inner = Arc::clone(&self.inner);
        let _detached = self.inner.spawn(async move {
            for hook in hooks {
                // Twilio ignores the answer; what was lost is in the stats.
                let _ignored = inner.post(&hook).await;
            }
        });
        Ok(())
    }
}

/// What the called person does when a whisper asks.
fn pressed(gather: &Gather, outcome: DialOutcome) -> Option<Form> {
    match outcome {
        DialOutcome::Declined => gather.action_on_empty.then(Form::new),
        _ if gather.listens.takes("dtmf") => Some(and(Form::new(), [("Digits", "1"), ("FinishedOnKey", "")])),
        _ => Some(and(Form::new(), [("SpeechResult", "sí"), ("Confidence", "0.95")])),
    }
}

fn final_status(outcome: DialOutcome, joined: bool) -> &'static str {
    match outcome {
        DialOutcome::Completed | DialOutcome::Declined if joined => "completed",
        DialOutcome::Completed | DialOutcome::Declined | DialOutcome::NoAnswer => "no-answer",
        DialOutcome::Busy => "busy",
        DialOutcome::Failed => "failed",
    }
}

fn dialed(leg: &Leg, outcome: DialOutcome, joined: bool) -> Form {
    let status = final_status(outcome, joined);
    let form = and(Form::new(), [("DialCallStatus", status), ("DialCallSid", &leg.sid)]);
    match (outcome.answered(), joined) {
        (true, true) => and(form, [("DialCallDuration", TALK), ("DialBridged", "true")]),
        (true, false) => and(form, [("DialBridged", "false")]),
        (false, _) => form,
    }
}

impl DialOutcome {
    fn answered(self) -> bool {
        matches!(self, Self::Completed | Self::Declined)
    }
}
