//! An in-process fake of Twilio that speaks the real wire format: simulated phones send and receive texts, scripted
//! people call and hear the town's TwiML carried out. Composed by the demo, by tests and by load runs beside the
//! simulated Meta; the server under test differs only in base address and secrets.
//!
//! It is strict, never de-duplicates, and must not share code with the adapters: both were written from Twilio's
//! documents, and only so does one check the other. It has no log-in: see [`super::loopback_only`].

mod config;
mod faults;
mod form;
mod page;
mod phone;
mod plan;
mod schema;
mod sid;
mod signature;
mod sms;
mod stats;
#[cfg(test)]
mod tests;
mod voice;
mod webhook;
mod xml;

use std::{
    fmt,
    future::Future,
    sync::{Arc, Mutex, atomic::AtomicU64},
};

use axum::Router;
use bytes::Bytes;
use reqwest::Url;
use thiserror::Error;
use tokio::{
    sync::{Semaphore, broadcast},
    task::JoinHandle,
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

pub use self::{
    config::{SmsStatuses, TwilioConfig, TwilioTuning},
    faults::Fault,
    plan::Plan,
    sms::{Advanced, Encoding, Keyword, OptOut, Reach, Text, TextEvent, TextNews, TextStatus},
    stats::{Alert, Stats},
    voice::{Call, CallState, DialOutcome, Heard, HeardKind, Listens, NotNow, Said},
};
use super::{BadPhone, Clock};

/// The simulated Twilio, its phones and its calls. Cheap to clone: clones are the same simulator.
#[derive(Clone)]
pub struct Twilio {
    inner: Arc<Inner>,
}

impl fmt::Debug for Twilio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Twilio").field("stats", &self.stats()).finish_non_exhaustive()
    }
}

struct Inner {
    account_sid: String,
    auth_token: String,
    sms_number: String,
    voice_number: String,
    service: Option<String>,
    sms_url: Url,
    voice_url: Url,
    voice_status_url: Url,
    public_url: String,
    statuses: SmsStatuses,
    opt_out: OptOut,
    plan: Plan,
    tuning: TwilioTuning,
    clock: Clock,
    http: reqwest::Client,
    shutdown: CancellationToken,
    sids: sid::Sids,
    phones: sms::phones::Phones,
    messages: sms::message::Messages,
    shelf: sms::media::Shelf,
    calls: voice::Calls,
    faults: faults::Faults,
    counts: stats::Counts,
    /// The second that passes, and the requests in it.
    pace: Mutex<(i64, u32)>,
    /// REST sends asked for, and messages taken: what the plan's dice are thrown for.
    requests: AtomicU64,
    sends: AtomicU64,
    posts: Semaphore,
    tasks: TaskTracker,
}

/// A text cannot be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CannotWrite {
    #[error(transparent)]
    Phone(#[from] BadPhone),
    #[error("a text without words needs a picture")]
    Empty,
    #[error("a text has at most 1600 characters")]
    TooLong,
}

impl Twilio {
    /// Texts, calls and statuses are tasks, so what this makes must be used within a tokio runtime.
    pub fn new(config: TwilioConfig) -> Self {
        Self { inner: Arc::new(Inner::new(config)) }
    }

    /// All routes, under `/simulator`. The page itself is served by the server.
    pub fn router(&self) -> Router {
        Router::new()
            .merge(sms::routes())
            .merge(voice::routes())
            .merge(page::routes())
            .with_state(Arc::clone(&self.inner))
    }

    /// A person writes; returns the message's sid. `phone` is digits without a plus; the old Mexican spelling `521…`
    /// is the same phone as `52…`.
    pub fn sms(&self, phone: &str, text: &str) -> Result<Arc<str>, CannotWrite> {
        self.inner.sms(phone, text)
    }

    /// A person sends a picture or another file; `text` may be empty.
    pub fn sms_media(
        &self,
        phone: &str,
        text: &str,
        mime: &str,
        bytes: Bytes,
    ) -> Result<Arc<str>, CannotWrite> {
        self.inner.sms_media(phone, text, sms::media::Item { mime: mime.to_owned(), bytes })
    }

    /// What a phone shows after `seq`, in order.
    pub fn texts(&self, phone: &str, after: u64) -> Vec<Text> {
        phone::key(phone).map(|phone| self.inner.phones.after(&phone, after)).unwrap_or_default()
    }

    /// Waits until the town wrote something after `seq`; gives all it wrote since then.
    pub async fn answers(&self, phone: &str, after: u64) -> Vec<Text> {
        let mut tap = self.tap();
        loop {
            let texts = self.texts(phone, after).into_iter().filter(|text| text.from_town);
            let texts: Vec<_> = texts.collect();
            // A listener that fell behind looks at the history anyway.
            let closed =
                texts.is_empty() && matches!(tap.recv().await, Err(broadcast::error::RecvError::Closed));
            if !texts.is_empty() || closed {
                return texts;
            }
        }
    }

    /// Everything new on all phones, from now on. A listener that falls 4096 events behind misses some.
    pub fn tap(&self) -> broadcast::Receiver<TextEvent> {
        self.inner.phones.tap()
    }

    /// What becomes of texts to this phone from now on.
    pub fn set_reach(&self, phone: &str, reach: Reach) -> Result<(), BadPhone> {
        phone::key(phone).map(|phone| self.inner.phones.set_reach(&phone, reach))
    }

    /// Did this person send STOP?
    pub fn stopped_texts(&self, phone: &str) -> bool {
        phone::key(phone).is_ok_and(|phone| self.inner.phones.stopped(&phone))
    }

    /// Somebody calls. `from` is digits without a plus, `anonymous`, or `sip:…`.
    pub fn call(&self, from: &str) -> Result<Call, BadPhone> {
        self.inner.call(from)
    }

    /// A call by its sid, the page's included.
    pub fn find_call(&self, sid: &str) -> Option<Call> {
        self.inner.find_call(sid)
    }

    /// The next `times` sends, webhooks or turns meet this fault.
    pub fn arm(&self, fault: Fault, times: u32) {
        self.inner.faults.arm(fault, times);
    }

    pub fn disarm(&self) {
        self.inner.faults.clear();
    }

    pub fn stats(&self) -> Stats {
        self.inner.counts.snapshot()
    }

    /// What the town's server did that Twilio refuses, oldest first.
    pub fn alerts(&self) -> Vec<Alert> {
        self.inner.counts.alerts()
    }

    /// Where this provider is reached.
    pub fn public_url(&self) -> &str {
        &self.inner.public_url
    }

    /// What stands in for `https://api.twilio.com`.
    pub fn api_url(&self) -> String {
        format!("{}/simulator/twilio", self.inner.public_url)
    }

    /// After the shutdown token was cancelled: waits until nothing is under way any more.
    pub async fn stopped(&self) {
        self.inner.tasks.close();
        self.inner.tasks.wait().await;
    }
}

impl Inner {
    fn new(config: TwilioConfig) -> Self {
        Self {
            phones: sms::phones::Phones::new(config.tuning.history),
            posts: Semaphore::new(config.tuning.parallel_posts.max(1)),
            public_url: config.public_url.trim_end_matches('/').to_owned(),
            account_sid: config.account_sid,
            auth_token: config.auth_token,
            sms_number: config.sms_number,
            voice_number: config.voice_number,
            service: config.messaging_service_sid,
            sms_url: config.sms_url,
            voice_url: config.voice_url,
            voice_status_url: config.voice_status_url,
            statuses: config.statuses,
            opt_out: config.opt_out,
            plan: config.plan,
            tuning: config.tuning,
            clock: config.clock,
            http: config.http,
            shutdown: config.shutdown,
            sids: sid::Sids::new(),
            messages: sms::message::Messages::default(),
            shelf: sms::media::Shelf::default(),
            calls: voice::Calls::default(),
            faults: faults::Faults::default(),
            counts: stats::Counts::default(),
            pace: Mutex::default(),
            requests: AtomicU64::new(0),
            sends: AtomicU64::new(0),
            tasks: TaskTracker::new(),
        }
    }

    /// Work that the shutdown ends.
    fn spawn<F>(&self, work: F) -> JoinHandle<Option<F::Output>>
    where
        F: Future + Send + 'static,
        F::Output: Send + 'static,
    {
        let shutdown = self.shutdown.clone();
        self.tasks.spawn(async move { shutdown.run_until_cancelled_owned(work).await })
    }

    /// A webhook nobody waits for.
    fn tell_later(self: &Arc<Self>, hook: webhook::Hook) {
        let inner = Arc::clone(self);
        let _detached = self.spawn(async move { inner.post(&hook).await });
    }
}
