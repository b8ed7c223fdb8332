//! A person writes: opt-out words are minded, the town is told, and what it answers in TwiML is sent.

use std::sync::Arc;

use reqwest::Url;

use super::{
    gsm::Segments,
    media::Item,
    message::TextStatus,
    optout::Meaning,
    replies::{self, Reply, Step},
    request::Send,
    rest::{Way, shown},
};
use crate::simulator::twilio::{
    Inner,
    faults::Fault,
    form::{Form, form},
    stats::Alert,
    voice::params::country,
    webhook::{Answer, Hook},
    xml::Broken,
};

/// Documents one text may lead to.
const REDIRECTS: usize = 10;

/// One text of a person.
pub(in crate::simulator::twilio) struct Inbound<'a> {
    pub(in crate::simulator::twilio) account: &'a str,
    pub(in crate::simulator::twilio) service: Option<&'a str>,
    pub(in crate::simulator::twilio) sid: &'a str,
    /// E.164.
    pub(in crate::simulator::twilio) from: &'a str,
    pub(in crate::simulator::twilio) to: &'a str,
    pub(in crate::simulator::twilio) body: &'a str,
    /// Content type and address of each attachment.
    pub(in crate::simulator::twilio) media: &'a [(String, String)],
    pub(in crate::simulator::twilio) opt_out: Option<&'static str>,
}

impl Inbound<'_> {
    /// The webhook's parameters, in the order of Twilio's examples.
    pub(in crate::simulator::twilio) fn form(&self) -> Form {
        let (segments, media) =
            (Segments::of(self.body).parts.len().to_string(), self.media.len().to_string());
        let mut all = form([
            ("ToCountry", country(self.to)),
            ("ToState", ""),
            ("SmsMessageSid", self.sid),
            ("NumMedia", &media),
            ("ToCity", ""),
            ("FromZip", ""),
            ("SmsSid", self.sid),
            ("FromState", ""),
            ("SmsStatus", "received"),
            ("FromCity", ""),
            ("Body", self.body),
            ("FromCountry", country(self.from)),
            ("To", self.to),
        ]);
        if let Some(service) = self.service {
            all.extend(form([("MessagingServiceSid", service)]));
        }
        all.extend(form([
            ("ToZip", ""),
            ("NumSegments", &segments),
            ("MessageSid", self.sid),
            ("AccountSid", self.account),
            ("From", self.from),
            ("ApiVersion", "2010-04-01"),
        ]));
        for (n, (kind, url)) in self.media.iter().enumerate() {
            all.push((format!("MediaContentType{n}").into(), kind.clone()));
            all.push((format!("MediaUrl{n}").into(), url.clone()));
        }
        if let Some(kind) = self.opt_out {
            all.extend(form([("OptOutType", kind)]));
        }
        all
    }
}

impl Inner {
    /// `phone` is digits. Returns the message's sid.
    pub(in crate::simulator::twilio) fn writes(
        self: &Arc<Self>,
        phone: &str,
        text: &str,
        attachment: Option<Item>,
    ) -> Arc<str> {
        let sid = self.sids.make(if attachment.is_some() { "MM" } else { "SM" });
        let (cut, at) = (Segments::of(text), (self.clock)());
        self.phones.add(phone, shown(&sid, at, text.to_owned(), &cut, TextStatus::Receiving));
        let media: Vec<_> = attachment.into_iter().map(|item| self.attach(&sid, item)).collect();
        let opt_out = self.mind(phone, text);
        let from = format!("+{phone}");
        let inbound = Inbound {
            account: &self.account_sid,
            service: self.service.as_deref(),
            sid: &sid,
            from: &from,
            to: &self.sms_number,
            body: text,
            media: &media,
            opt_out,
        };
        let hook = Hook::text(self, &self.sms_url, inbound.form());
        self.counts.with(|stats| stats.waiting += 1);
        let (inner, phone, own) = (Arc::clone(self), phone.to_owned(), Arc::clone(&sid));
        let _detached = self.spawn(async move { inner.deliver(hook, &phone, &own).await });
        sid
    }

    /// Blocks and unblocks; the value of `OptOutType`, if the town is to be told.
    fn mind(self: &Arc<Self>, phone: &str, text: &str) -> Option<&'static str> {
        let (meaning, answer) = self.opt_out.read(text)?;
        match meaning {
            Meaning::Stop => self.phones.set_stopped(phone, true),
            Meaning::Start => self.phones.set_stopped(phone, false),
            Meaning::Help => {}
        }
        let answer = answer?;
        self.reply(phone, Reply { body: answer.to_owned(), media: 0, callback: None }, Way::OptOut);
        Some(meaning.name())
    }

    async fn deliver(self: Arc<Self>, hook: Hook, phone: &str, sid: &Arc<str>) {
        let first = self.ask(&hook, phone, sid).await;
        if first && self.faults.strikes(Fault::TextTwice) {
            self.ask(&hook, phone, sid).await;
        }
        let status = if first { TextStatus::Received } else { TextStatus::Failed };
        self.phones.raise(phone, sid, status);
        self.counts.with(|stats| stats.waiting = stats.waiting.saturating_sub(1));
    }

    /// Posts, and sends what the answer says; true if the town took the text.
    async fn ask(self: &Arc<Self>, hook: &Hook, phone: &str, sid: &Arc<str>) -> bool {
        let mut hook = hook.clone();
        for _ in 0..=REDIRECTS {
            let answer = match self.post(&hook).await {
                Ok(answer) if answer.status.is_success() => answer,
                Ok(answer) => {
                    return self.alerted(
                        sid,
                        11_200,
                        format!("the webhook answered {}", answer.status.as_u16()),
                    );
                }
                Err(lost) => return self.alerted(sid, lost.code(), lost.sentence()),
            };
            match self.follow_up(&hook.url, &answer, phone) {
                Ok(Some((url, get))) => hook = Hook { url, get, ..hook },
                Ok(None) => return true,
                Err(broken) => {
                    self.alerted(sid, broken.code, broken.sentence);
                    // The town has the text; only its answer was lost.
                    return true;
                }
            }
        }
        self.alerted(sid, 14_106, "the documents redirect more than ten times")
    }

    fn alerted(&self, sid: &Arc<str>, code: u32, sentence: impl Into<String>) -> bool {
        let at = (self.clock)();
        self.counts.alert(Alert { at, code, sid: Arc::clone(sid), sentence: sentence.into() });
        false
    }

    /// Sends the messages of an answer; where it redirects to.
    fn follow_up(
        self: &Arc<Self>,
        base: &Url,
        answer: &Answer,
        phone: &str,
    ) -> Result<Option<(Url, bool)>, Broken> {
        let bad_url = || Broken::new(11_100, "an address cannot be resolved");
        for step in replies::read(answer)? {
            match step {
                Step::Redirect { url, get } => {
                    let url = base.join(&url).map_err(|_| bad_url())?;
                    return Ok(Some((url, get)));
                }
                Step::Say { body, media, callback } => {
                    let callback = callback.map(|url| base.join(&url)).transpose().map_err(|_| bad_url())?;
                    self.reply(phone, Reply { body, media, callback }, Way::Reply);
                }
            }
        }
        Ok(None)
    }

    /// Sends to the person who wrote. People who stopped get nothing but Twilio's own answer.
    fn reply(self: &Arc<Self>, phone: &str, reply: Reply, way: Way) {
        if way == Way::Reply && self.phones.stopped(phone) {
            self.counts.refused(21_610);
            return;
        }
        let send = Send {
            phone: phone.to_owned(),
            to: format!("+{phone}"),
            from: Some(self.sms_number.clone()),
            body: reply.body,
            media: reply.media,
            callback: reply.callback,
        };
        let (_, sent) = self.take(send, way);
        let steps = self.steps(phone, None);
        self.follow(sent, steps);
    }
}
