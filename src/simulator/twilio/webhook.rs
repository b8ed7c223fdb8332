//! One webhook: signed, posted, tried again as the address's fragment says. Used for texts, for statuses and for the
//! turns of calls.

use std::time::Duration;

use bytes::Bytes;
use http::{StatusCode, header};
use reqwest::Url;

use super::{
    Inner,
    faults::Fault,
    form::{Form, encode},
    signature::{signature, signed_url},
};

/// Twilio takes documents up to 64 kB.
const MAX_BODY: usize = 64 << 10;

/// What is posted. The idempotency token is the same for every try.
#[derive(Clone)]
pub(super) struct Hook {
    pub(super) url: Url,
    /// GET carries the form in the query.
    pub(super) get: bool,
    pub(super) form: Form,
    pub(super) token: String,
    /// HTTPS voice drops the port from the signed address.
    pub(super) voice: bool,
}

/// What came back.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    /// Without parameters, lower case; empty where there is none.
    pub(super) content_type: String,
    pub(super) body: Bytes,
}

/// Nothing usable came back. `code` is Twilio's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lost {
    Connect,
    TooSlow,
    Broken,
    TooLarge,
}

impl Lost {
    pub(super) fn code(self) -> u32 {
        match self {
            Self::Connect => 11_205,
            Self::TooSlow | Self::Broken => 11_200,
            Self::TooLarge => 11_750,
        }
    }

    pub(super) fn sentence(self) -> &'static str {
        match self {
            Self::Connect => "no connection to the webhook",
            Self::TooSlow => "the webhook did not answer in time",
            Self::Broken => "the connection broke before the answer was complete",
            Self::TooLarge => "the answer is larger than 64 kB",
        }
    }
}

/// What an address's fragment asks for, such as `#rc=3&rp=ct,rt,5xx`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Policy {
    pub(super) patience: Duration,
    pub(super) retries: u32,
    connect: bool,
    slow: bool,
    client: bool,
    server: bool,
}

impl Policy {
    /// Twilio's defaults: 15 s, one retry, and only where no connection could be made.
    pub(super) fn of(url: &Url, longest: Duration) -> Self {
        let mut policy =
            Self { patience: longest, retries: 1, connect: true, slow: false, client: false, server: false };
        for (key, value) in form_urlencoded::parse(url.fragment().unwrap_or_default().as_bytes()) {
            policy.set(&key, &value);
        }
        policy
    }

    fn set(&mut self, key: &str, value: &str) {
        let number = value.parse::<u32>().ok();
        match (key, number) {
            ("rt" | "tt", Some(ms @ 100..=15_000)) => {
                self.patience = self.patience.min(Duration::from_millis(ms.into()));
            }
            ("rc", Some(count @ 0..=5)) => self.retries = count,
            ("rp", _) => {
                let asks = |what: &str| value.split(',').any(|part| part == what || part == "all");
                (self.connect, self.slow) = (asks("ct"), asks("rt"));
                (self.client, self.server) = (asks("4xx"), asks("5xx"));
            }
            // `ct`, `sni`, `e` and what is out of range change nothing here.
            _ => {}
        }
    }

    pub(super) fn tries_again(&self, outcome: &Result<Answer, Lost>) -> bool {
        match outcome {
            Ok(answer) if answer.status.is_client_error() => self.client,
            Ok(answer) if answer.status.is_server_error() => self.server,
            Ok(_) | Err(Lost::TooLarge) => false,
            Err(Lost::Connect) => self.connect,
            Err(Lost::TooSlow | Lost::Broken) => self.slow,
        }
    }
}

impl Hook {
    pub(super) fn text(inner: &Inner, url: &Url, form: Form) -> Self {
        Self { url: url.clone(), get: false, form, token: inner.sids.token(), voice: false }
    }
}

impl Inner {
    /// Posts, with retries. Texts and statuses ask for a permit first; a caller waits for nobody.
    pub(super) async fn post(&self, hook: &Hook) -> Result<Answer, Lost> {
        let longest = if hook.voice { self.tuning.turn_timeout } else { self.tuning.post_timeout };
        let policy = Policy::of(&hook.url, longest);
        let mut outcome = self.try_once(hook, policy.patience).await;
        for _ in 0..policy.retries {
            if !policy.tries_again(&outcome) {
                break;
            }
            self.counts.with(|stats| stats.posts_retried += 1);
            tokio::time::sleep(self.tuning.retry_gap).await;
            outcome = self.try_once(hook, policy.patience).await;
        }
        let ok = outcome.as_ref().is_ok_and(|answer| answer.status.is_success());
        self.counts.with(|stats| if ok { stats.posts_ok += 1 } else { stats.posts_failed += 1 });
        outcome
    }

    async fn try_once(&self, hook: &Hook, patience: Duration) -> Result<Answer, Lost> {
        let permit = if hook.voice { None } else { self.posts.acquire().await.ok() };
        let answer = self.request(hook).timeout(patience).send().await.map_err(lost)?;
        let status = answer.status();
        let content_type = answer.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let content_type = content_type.and_then(|value| value.split(';').next()).unwrap_or_default();
        let content_type = content_type.trim().to_ascii_lowercase();
        let body = answer.bytes().await.map_err(lost)?;
        drop(permit);
        if body.len() > MAX_BODY { Err(Lost::TooLarge) } else { Ok(Answer { status, content_type, body }) }
    }

    fn request(&self, hook: &Hook) -> reqwest::RequestBuilder {
        let mut url = hook.url.clone();
        if hook.get {
            url.query_pairs_mut().extend_pairs(&hook.form);
        }
        let signed = signed_url(&url, hook.voice);
        let mut mark = signature(&self.auth_token, &signed, if hook.get { &[] } else { &hook.form[..] });
        if self.faults.strikes(Fault::BadSignature) {
            // As if another account had signed it.
            mark = signature("another token", &signed, &hook.form);
        }
        url.set_fragment(None);
        let request =
            if hook.get { self.http.get(url) } else { self.http.post(url).body(encode(&hook.form)) };
        let request = if hook.get {
            request
        } else {
            request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded; charset=utf-8")
        };
        request
            .header(header::USER_AGENT, "TwilioProxy/1.1")
            .header(header::ACCEPT, "*/*")
            .header("x-twilio-signature", mark)
            .header("i-twilio-idempotency-token", &hook.token)
    }
}

fn lost(error: reqwest::Error) -> Lost {
    if error.is_connect() {
        Lost::Connect
    } else if error.is_timeout() {
        Lost::TooSlow
    } else {
        Lost::Broken
    }
}
