//! What a simulator is told at its birth. Built by whoever composes the server (demo, tests, load); nothing here is
//! read from files or the environment.

use std::{fmt, sync::Arc, time::Duration};

use tokio_util::sync::CancellationToken;

use super::{
    plan::FaultPlan,
    signing::{BodyStyle, SignatureStyle},
};

/// The simulator's only clock: Unix milliseconds.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// Everything the simulated Meta knows about the town's number, and how it should behave.
#[derive(Clone)]
pub struct SimulatorConfig {
    /// Where webhooks are posted and the handshake is made.
    pub webhook_url: reqwest::Url,
    pub app_secret: String,
    pub verify_token: String,
    /// The bearer every Graph and lookaside call must bring.
    pub access_token: String,
    pub phone_number_id: String,
    pub waba_id: String,
    /// The town's number as people read it; its digits are the sender of the town's messages.
    pub display_phone: String,
    pub town_name: String,
    /// Scheme, host and port at which this simulator is reached, without a final slash: media addresses start so.
    pub public_url: String,
    pub statuses: StatusScript,
    pub tuning: Tuning,
    pub clock: Clock,
    pub http: reqwest::Client,
    /// Ends the background work and the open event streams.
    pub shutdown: CancellationToken,
}

impl fmt::Debug for SimulatorConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SimulatorConfig")
            .field("webhook_url", &self.webhook_url.as_str())
            .field("phone_number_id", &self.phone_number_id)
            .field("statuses", &self.statuses)
            .field("tuning", &self.tuning)
            .finish_non_exhaustive()
    }
}

/// After how many milliseconds each status follows the acceptance; `None`: that status never comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatusScript {
    pub sent: Option<u64>,
    pub delivered: Option<u64>,
    pub read: Option<u64>,
}

impl Default for StatusScript {
    fn default() -> Self {
        Self { sent: Some(0), delivered: Some(0), read: Some(300) }
    }
}

impl StatusScript {
    /// Nothing is ever heard of a message.
    pub const NONE: Self = Self { sent: None, delivered: None, read: None };
    /// People with read receipts switched off.
    pub const SENT_AND_DELIVERED: Self = Self { sent: Some(0), delivered: Some(0), read: None };
}

/// How strict, how parallel and how patient. The defaults are Meta's; [`Tuning::for_load`] takes the brakes off.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tuning {
    pub limits: Limits,
    /// Updates (messages and statuses) put into one POST. Meta goes up to 1000.
    pub updates_per_post: usize,
    /// A person's message is a POST of its own, whatever statuses do.
    pub messages_alone: bool,
    /// How long an update waits for company when `updates_per_post` is more than one, or when shuffling.
    pub flush_after: Duration,
    /// Webhooks under way at a time.
    pub parallel_posts: usize,
    /// After this long without an answer a webhook is tried again.
    pub post_timeout: Duration,
    /// Multiplies the gaps between tries (0.5 s, 1 s, 2 s, 5 s, then every 10 s).
    pub retry_scale: f64,
    /// Updates leave in any order.
    pub shuffle: bool,
    /// Bubbles kept for each phone.
    pub history: usize,
    /// Files in webhooks carry a ready address besides their id, as they do more and more since November 2025.
    pub media_urls: bool,
    /// Mishaps by chance, from the start on. A rate outside 0 to 1 counts as the nearer of both.
    pub plan: Option<FaultPlan>,
    /// How the JSON of webhooks is written.
    pub body: BodyStyle,
    /// How webhooks are signed, unless a mishap says otherwise.
    pub signature: SignatureStyle,
}

impl Default for Tuning {
    fn default() -> Self {
        Self {
            limits: Limits::default(),
            updates_per_post: 1,
            messages_alone: false,
            flush_after: Duration::from_millis(5),
            parallel_posts: 16,
            post_timeout: Duration::from_secs(5),
            retry_scale: 1.0,
            shuffle: false,
            history: 200,
            media_urls: true,
            plan: None,
            body: BodyStyle::default(),
            signature: SignatureStyle::default(),
        }
    }
}

impl Tuning {
    /// No windows, no rates, full posts: the server under test is the only brake.
    pub fn for_load() -> Self {
        Self {
            limits: Limits::OFF,
            updates_per_post: 50,
            messages_alone: true,
            parallel_posts: 64,
            history: 20,
            ..Self::default()
        }
    }
}

/// Which of Meta's limits are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Outside 24 h from the person's last message only templates may go (131047). Off: any well-spelled phone may be
    /// written to at any time, and exists from then on.
    pub window: bool,
    /// One message per 6 s to one person, with bursts of 45 (131056).
    pub pair_rate: bool,
    /// Messages a second from the town's number (130429).
    pub throughput: Option<u32>,
}

impl Default for Limits {
    fn default() -> Self {
        Self { window: true, pair_rate: true, throughput: Some(80) }
    }
}

impl Limits {
    pub const OFF: Self = Self { window: false, pair_rate: false, throughput: None };
}
