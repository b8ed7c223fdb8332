//! What a simulated Twilio is told at its birth. Built by whoever composes the server; nothing is read from files.

use std::{fmt, time::Duration};

use reqwest::Url;
use tokio_util::sync::CancellationToken;

use super::{plan::Plan, sms::OptOut};
use crate::simulator::Clock;

/// The town's account with Twilio, where the town listens, and how the simulator should behave.
#[derive(Clone)]
pub struct TwilioConfig {
    /// `AC` and 32 hexadecimal digits.
    pub account_sid: String,
    /// Signs the webhooks and is the password of the REST side.
    pub auth_token: String,
    /// The town's numbers, E.164 with a plus.
    pub sms_number: String,
    pub voice_number: String,
    /// `MG` and 32 hexadecimal digits, where the number belongs to a Messaging Service.
    pub messaging_service_sid: Option<String>,
    /// Where texts are posted. A fragment such as `#rc=5&rp=all` sets time-outs and retries.
    pub sms_url: Url,
    /// Where calls start.
    pub voice_url: Url,
    /// Where the end of a call is told.
    pub voice_status_url: Url,
    /// Scheme, host and port at which this simulator is reached, without a final slash: media addresses start so.
    pub public_url: String,
    pub statuses: SmsStatuses,
    pub opt_out: OptOut,
    pub plan: Plan,
    pub tuning: TwilioTuning,
    pub clock: Clock,
    /// Should follow no redirects: a webhook's signature only fits the address it was made for.
    pub http: reqwest::Client,
    /// Ends the background work, the calls and the open event streams.
    pub shutdown: CancellationToken,
}

impl fmt::Debug for TwilioConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TwilioConfig")
            .field("account_sid", &self.account_sid)
            .field("sms_url", &self.sms_url.as_str())
            .field("voice_url", &self.voice_url.as_str())
            .field("statuses", &self.statuses)
            .field("plan", &self.plan)
            .field("tuning", &self.tuning)
            .finish_non_exhaustive()
    }
}

/// After how many milliseconds each status follows the acceptance; `None`: that status never comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SmsStatuses {
    pub sent: Option<u64>,
    pub delivered: Option<u64>,
}

impl Default for SmsStatuses {
    fn default() -> Self {
        Self { sent: Some(0), delivered: Some(0) }
    }
}

impl SmsStatuses {
    /// Nothing is ever heard of a message.
    pub const NONE: Self = Self { sent: None, delivered: None };
    /// Many Mexican routes return no receipt of the handset: `sent` is the last one hears.
    pub const SENT_ONLY: Self = Self { sent: Some(0), delivered: None };
}

/// How strict, how parallel and how patient. The defaults are Twilio's where it documents them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TwilioTuning {
    /// Text webhooks and status callbacks under way at a time.
    pub parallel_posts: usize,
    /// The longest a text webhook or a status callback may take, whatever its fragment says.
    pub post_timeout: Duration,
    /// The longest a turn of a call may take. Twilio: 15 s, not extendable.
    pub turn_timeout: Duration,
    /// Between two tries of one webhook.
    pub retry_gap: Duration,
    /// REST requests a second before 20429.
    pub requests_per_second: Option<u32>,
    /// How long `<Pause>` takes, as a share of what it says. 0: no time at all.
    pub pause_scale: f64,
    /// Documents fetched in a row without the caller saying or pressing anything before the call is cut.
    pub turns_unheard: u32,
    /// Texts kept for each phone.
    pub history: usize,
    /// Messages the REST side remembers.
    pub messages_kept: usize,
    /// Calls remembered.
    pub calls_kept: usize,
}

impl Default for TwilioTuning {
    fn default() -> Self {
        Self {
            parallel_posts: 16,
            post_timeout: Duration::from_secs(15),
            turn_timeout: Duration::from_secs(15),
            retry_gap: Duration::from_millis(100),
            requests_per_second: None,
            pause_scale: 0.0,
            turns_unheard: 20,
            history: 200,
            messages_kept: 10_000,
            calls_kept: 1_000,
        }
    }
}

impl TwilioTuning {
    /// The server under test is the only brake; little is remembered of each person.
    pub fn for_load() -> Self {
        Self { parallel_posts: 64, history: 20, messages_kept: 100_000, ..Self::default() }
    }
}
