//! What becomes of a message that was taken: the statuses of the script, or of the fault or the phone that meets it,
//! each told to the `StatusCallback` as the fault plan lets it.

use std::{sync::Arc, time::Duration};

use reqwest::Url;
use tokio::time::Instant;

use super::{
    message::{Message, TextStatus},
    phones::Reach,
};
use crate::simulator::twilio::{
    Inner,
    faults::Fault,
    form::{Form, form},
    plan::Mishap,
    webhook::Hook,
};

/// A message on its way.
#[derive(Clone)]
pub(super) struct Sent {
    pub(super) sid: Arc<str>,
    pub(super) phone: String,
    pub(super) to: String,
    pub(super) callback: Option<Url>,
    pub(super) by_service: bool,
    /// The running number the plan's dice are thrown for.
    pub(super) nth: u64,
}

/// One status, milliseconds after the acceptance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Step {
    after_ms: u64,
    status: TextStatus,
    error: Option<u32>,
}

impl Inner {
    /// What this message will go through. A fault goes before what the phone is like.
    pub(super) fn steps(&self, phone: &str, fault: Option<Fault>) -> Vec<Step> {
        let script = self.statuses;
        let step = |after_ms, status, error| Step { after_ms, status, error };
        let sent = script.sent.map(|ms| step(ms, TextStatus::Sent, None));
        let last = script.delivered.or(script.sent).unwrap_or(0);
        let undelivered = |code| {
            let undelivered = step(last, TextStatus::Undelivered, Some(code));
            sent.into_iter().chain([undelivered]).collect()
        };
        match (fault, self.phones.reach(phone)) {
            (Some(Fault::NoStatus), _) => Vec::new(),
            (Some(Fault::Failed { code }), _) => vec![step(0, TextStatus::Failed, Some(code))],
            (Some(Fault::Undelivered { code }), _) => undelivered(code),
            (_, Reach::Off) => undelivered(30_003),
            (_, Reach::Gone) => undelivered(30_005),
            (_, Reach::Blocks) => undelivered(30_004),
            (_, Reach::Mobile | Reach::Landline) => {
                let delivered = script.delivered.map(|ms| step(ms, TextStatus::Delivered, None));
                sent.into_iter().chain(delivered).collect()
            }
        }
    }

    /// Follows a message to its last status.
    pub(super) fn follow(self: &Arc<Self>, sent: Sent, mut steps: Vec<Step>) {
        self.counts.with(|stats| stats.waiting += steps.len() as u64);
        let (inner, start) = (Arc::clone(self), Instant::now());
        if self.plan.strikes(Mishap::Swapped, sent.nth) {
            steps.reverse();
        }
        let _detached = self.spawn(async move {
            for (place, step) in steps.into_iter().enumerate() {
                let die = sent.nth * 8 + place as u64;
                let late = inner.plan.strikes(Mishap::Late, die);
                let extra = if late { inner.plan.late_by_ms } else { 0 };
                tokio::time::sleep_until(start + Duration::from_millis(step.after_ms + extra)).await;
                inner.step(&sent, step, die).await;
                inner.counts.with(|stats| stats.waiting = stats.waiting.saturating_sub(1));
            }
        });
    }

    /// One status happens and is told.
    pub(super) async fn step(&self, sent: &Sent, step: Step, die: u64) {
        let at = (self.clock)();
        let message = self.messages.change(&sent.sid, |message| message.raise(step, at, &self.sms_number));
        self.phones.raise(&sent.phone, &sent.sid, step.status);
        let Some(url) = &sent.callback else { return };
        if self.plan.strikes(Mishap::Lost, die) {
            self.counts.with(|stats| stats.callbacks_lost += 1);
            return;
        }
        let service = sent.by_service.then_some(self.service.as_deref()).flatten();
        let from = message.and_then(|message| message.from).unwrap_or_else(|| self.sms_number.clone());
        let parts = Callback { account: &self.account_sid, from: &from, service, sent, step, at };
        let hook = Hook::text(self, url, parts.form());
        let times = if self.plan.strikes(Mishap::Twice, die) { 2 } else { 1 };
        for _ in 0..times {
            // What was lost is in the stats; Twilio's default retries no answered callback.
            let _ignored = self.post(&hook).await;
        }
    }
}

impl Message {
    /// Statuses never go back; the Messaging Service's choice of a sender shows from the first one.
    fn raise(&mut self, step: Step, at: i64, number: &str) {
        self.from.get_or_insert_with(|| number.to_owned());
        self.updated = at;
        if step.status == TextStatus::Sent {
            self.sent = Some(at);
        }
        if step.status > self.status {
            self.status = step.status;
            self.error = step.error;
        }
    }
}

/// What a status callback is made of.
pub(in crate::simulator::twilio) struct Callback<'a> {
    account: &'a str,
    from: &'a str,
    service: Option<&'a str>,
    sent: &'a Sent,
    step: Step,
    at: i64,
}

impl Callback<'_> {
    fn form(&self) -> Form {
        let (sid, status) = (&*self.sent.sid, self.step.status.name());
        let mut all =
            form([("SmsSid", sid), ("SmsStatus", status), ("MessageStatus", status), ("To", &self.sent.to)]);
        if let Some(service) = self.service {
            all.extend(form([("MessagingServiceSid", service)]));
        }
        all.extend(form([
            ("MessageSid", sid),
            ("AccountSid", self.account),
            ("From", self.from),
            ("ApiVersion", "2010-04-01"),
        ]));
        if let Some(code) = self.step.error {
            all.extend(form([("ErrorCode", &code.to_string())]));
        }
        if self.step.status == TextStatus::Delivered {
            // The operator's own time, YYMMDDhhmm.
            let done = chrono::DateTime::from_timestamp_millis(self.at).unwrap_or_default();
            all.extend(form([("RawDlrDoneDate", &done.format("%y%m%d%H%M").to_string())]));
        }
        all
    }
}
