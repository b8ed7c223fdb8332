//! An in-process fake of Meta's Graph API that speaks the real wire format: takes sends, issues ids, posts signed
//! webhooks and statuses back, and gives the demo page a phone to write from. Composed by the server (demo), by tests
//! and by load runs; the server under test differs only in base URLs and secrets.
//!
//! It is strict, never de-duplicates, and must not share code with the adapters: both were written from Meta's
//! documents, and only so does one check the other. It has no log-in: see [`loopback_only`].

mod agenda;
mod attachment;
mod bubble;
mod codes;
mod compose;
mod config;
mod counts;
mod envelope;
mod error;
mod faults;
mod graph;
mod handshake;
mod ids;
mod interactive;
mod limits;
mod loopback;
mod media;
mod notices;
mod page;
mod part;
mod people;
mod phones;
mod plan;
mod posting;
mod resolve;
mod said;
mod sending;
mod signing;
mod statuses;
mod templates;
#[cfg(test)]
mod tests;
pub mod twilio;
mod upload;
mod validate;
mod webhooks;

use std::{fmt, sync::Arc};

use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post, put},
};
use bytes::Bytes;
use thiserror::Error;
use tokio::sync::{Semaphore, broadcast};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

pub use bubble::{Bubble, Button, Card, Chosen, FileView, Kind, Link, List, Location, Row, Side, Tick, View};
pub use config::{Clock, Limits, SimulatorConfig, StatusScript, Tuning};
pub use counts::{Stats, WebhookStats};
pub use faults::{ErrorOnDemand, Fault, UnknownCode, When};
pub use handshake::VerifyError;
pub use loopback::{NotLoopback, loopback_only};
pub use notices::Notice;
pub use phones::{Contact, News, PhoneEvent, Profile};
pub use plan::{BadPlan, FaultPlan, SendRates, WebhookRates};
pub use said::{Attached, BadSaid, Marketing, OrderItem, Said};
pub use signing::{BodyStyle, SignatureStyle};
pub use templates::{Category, Header, Template, TemplateButton, TemplateStatus};

/// The simulated Meta and its simulated phones. Cheap to clone: clones are the same simulator.
#[derive(Clone)]
pub struct Simulator {
    inner: Arc<Inner>,
}

impl fmt::Debug for Simulator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Simulator").field("stats", &self.stats()).finish_non_exhaustive()
    }
}

struct Inner {
    webhook_url: reqwest::Url,
    verify_token: String,
    access_token: String,
    display_phone: String,
    town_name: String,
    public_url: String,
    statuses: StatusScript,
    tuning: Tuning,
    clock: Clock,
    http: reqwest::Client,
    shutdown: CancellationToken,
    account: envelope::Account,
    signer: ids::Signer,
    ids: ids::Ids,
    phones: phones::Phones,
    shelf: media::Shelf,
    faults: faults::Faults,
    counts: counts::Counts,
    dice: plan::Dice,
    templates: templates::Templates,
    throughput: limits::Throughput,
    agenda: agenda::Agenda,
    posts: Arc<Semaphore>,
    tasks: TaskTracker,
}

impl Simulator {
    /// Starts the task that posts webhooks, so it must be called within a tokio runtime.
    pub fn new(config: SimulatorConfig) -> Self {
        let inner = Arc::new(Inner::new(config));
        inner.tasks.spawn(Arc::clone(&inner).keep_agenda());
        Self { inner }
    }

    /// All routes, under `/simulator`. The page itself is served by the server.
    pub fn router(&self) -> Router {
        Router::new()
            .route("/simulator/graph/{version}/{id}/messages", post(graph::messages))
            .route(
                "/simulator/graph/{version}/{id}/media",
                post(upload::upload).layer(DefaultBodyLimit::max(media::MAX_BODY)),
            )
            .route("/simulator/graph/{version}/{id}", get(media::describe).delete(media::delete))
            .route("/simulator/lookaside/{id}", get(media::lookaside))
            .route("/simulator/media/{id}", get(media::show))
            .route("/simulator/api/town", get(page::town))
            .route("/simulator/api/phones/{wa_id}", put(page::profile))
            .route(
                "/simulator/api/phones/{wa_id}/messages",
                get(page::history).post(page::say).layer(DefaultBodyLimit::max(page::MAX_SAID)),
            )
            .route(
                "/simulator/api/phones/{wa_id}/media",
                post(page::media).layer(DefaultBodyLimit::max(media::MAX_BODY)),
            )
            .route(
                "/simulator/api/phones/{wa_id}/photo",
                post(page::photo).layer(DefaultBodyLimit::max(media::MAX_BODY)),
            )
            .route("/simulator/api/phones/{wa_id}/events", get(page::events))
            .route("/simulator/api/faults", post(page::arm).delete(page::disarm))
            .route("/simulator/api/plan", get(page::plan).post(page::set_plan).delete(page::stop_plan))
            .route("/simulator/api/templates", get(page::templates).put(page::set_templates))
            .route("/simulator/api/notices", post(page::notice))
            .route("/simulator/api/stats", get(page::stats))
            .with_state(Arc::clone(&self.inner))
    }

    /// The handshake Meta makes when the webhook address is saved.
    pub async fn verify(&self) -> Result<(), VerifyError> {
        self.inner.verify().await
    }

    /// A person writes, or does something else; returns the wamid. The phone is switched on if nobody used it before.
    ///
    /// # Errors
    /// When the number is no number, or this cannot be done as it was put together.
    pub fn say(&self, wa_id: &str, said: Said) -> Result<Arc<str>, BadSaid> {
        checked(wa_id)?;
        self.inner.say(wa_id, said)
    }

    /// A person sends a picture; returns the wamid.
    ///
    /// # Errors
    /// When the number is no number.
    pub fn say_photo(
        &self,
        wa_id: &str,
        mime: &str,
        bytes: Bytes,
        caption: Option<String>,
    ) -> Result<Arc<str>, BadSaid> {
        checked(wa_id)?;
        self.inner.say_photo(wa_id, mime, bytes, caption)
    }

    /// Meta tells the town something that is about no person.
    ///
    /// # Errors
    /// When the error to be told is not documented.
    pub fn notify(&self, notice: Notice) -> Result<(), UnknownCode> {
        self.inner.notify(notice)
    }

    /// The account's templates: these, and no others. There are none at the start.
    pub fn set_templates(&self, templates: Vec<Template>) {
        self.inner.templates.set(templates);
    }

    pub fn templates(&self) -> Vec<Template> {
        self.inner.templates.all()
    }

    pub fn set_profile(&self, wa_id: &str, profile: Profile) -> Result<Arc<Contact>, BadPhone> {
        checked(wa_id)?;
        Ok(self.inner.phones.set_profile(wa_id, profile))
    }

    /// What the phone shows after `seq`, in order.
    pub fn bubbles(&self, wa_id: &str, after: u64) -> Vec<Bubble> {
        self.inner.phones.after(wa_id, after)
    }

    /// Where this provider is reached.
    pub fn public_url(&self) -> &str {
        &self.inner.public_url
    }

    /// Everything new on all phones, from now on. A listener that falls 4096 events behind misses some.
    pub fn tap(&self) -> broadcast::Receiver<PhoneEvent> {
        self.inner.phones.tap()
    }

    /// The next `times` sends or webhooks meet this fault.
    pub fn arm(&self, fault: Fault, times: u32) {
        self.inner.faults.arm(fault, times);
    }

    /// The next sends that fit meet this error of Meta's.
    ///
    /// # Errors
    /// When Meta documents no such code.
    pub fn arm_error(&self, error: ErrorOnDemand) -> Result<(), UnknownCode> {
        self.inner.faults.arm_error(error)
    }

    /// Mishaps by chance from now on, or none; the plan's streams begin anew.
    ///
    /// # Errors
    /// When a rate is not a share. The plan so far stays.
    pub fn set_plan(&self, plan: Option<FaultPlan>) -> Result<(), BadPlan> {
        plan.as_ref().map(FaultPlan::check).transpose()?;
        self.inner.dice.set(plan);
        Ok(())
    }

    /// Forgets all armed faults and errors. The plan stays.
    pub fn disarm(&self) {
        self.inner.faults.clear();
    }

    pub fn stats(&self) -> Stats {
        self.inner.counts.snapshot()
    }

    /// After the shutdown token was cancelled: waits until nothing is under way any more.
    pub async fn stopped(&self) {
        self.inner.tasks.close();
        self.inner.tasks.wait().await;
    }
}

impl Inner {
    fn new(config: SimulatorConfig) -> Self {
        let digits = config.display_phone.chars().filter(char::is_ascii_digit).collect();
        Self {
            phones: phones::Phones::new(&config.waba_id, config.tuning.history),
            signer: ids::Signer::new(&config.app_secret),
            account: envelope::Account {
                waba_id: config.waba_id,
                phone_number_id: config.phone_number_id,
                display_phone: digits,
            },
            posts: Arc::new(Semaphore::new(config.tuning.parallel_posts.max(1))),
            public_url: config.public_url.trim_end_matches('/').to_owned(),
            webhook_url: config.webhook_url,
            verify_token: config.verify_token,
            access_token: config.access_token,
            display_phone: config.display_phone,
            town_name: config.town_name,
            statuses: config.statuses,
            tuning: config.tuning,
            clock: config.clock,
            http: config.http,
            shutdown: config.shutdown,
            ids: ids::Ids::new(),
            shelf: media::Shelf::default(),
            faults: faults::Faults::default(),
            counts: counts::Counts::default(),
            dice: plan::Dice::of(config.tuning.plan),
            templates: templates::Templates::default(),
            throughput: limits::Throughput::default(),
            agenda: agenda::Agenda::default(),
            tasks: TaskTracker::new(),
        }
    }
}

/// A phone's number was not written as digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a simulated phone is 8 to 15 digits without a plus, such as 5219811234567")]
pub struct BadPhone;

fn checked(wa_id: &str) -> Result<(), BadPhone> {
    if validate::is_phone(wa_id) { Ok(()) } else { Err(BadPhone) }
}
