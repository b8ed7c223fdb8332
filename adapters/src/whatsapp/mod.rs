//! WhatsApp Cloud API (Meta). The server calls it through [`Adapter`]; it must not open sockets, read a clock or
//! decide what to answer.
//!
//! `signature` and `handshake` say who may talk to us, `payload` walks the envelope, `message` and `person` read
//! one message, `account` is news of our account, `send` writes the requests, `markup` what a text looks like,
//! `errors` is Meta's error table, `media` fetches files, `upload` brings ours, `formats` which files Meta takes.

mod account;
mod errors;
mod formats;
mod handshake;
mod markup;
mod media;
mod message;
mod payload;
mod person;
mod send;
mod signature;
#[cfg(test)]
mod tests;
mod upload;

use std::{fmt, time::Duration};

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};

use crate::{
    Adapter, Address, CallFailure, Capabilities, Channel, Delivery, Media, MediaStep, Outcome, Outgoing,
    Pace, ProviderError, Reception, Refusal, ReplyPath, Route, RouteMethod, SendError,
};

const PATH: &str = "/webhooks/whatsapp";

/// Meta sends up to 3 MB; a little more, so that the limit never falls on a genuine request.
const MAX_BODY: usize = 3 * 1024 * 1024 + 64 * 1024;

const ROUTES: [Route; 2] = [
    Route { path: PATH, method: RouteMethod::Get, max_body: 0 },
    Route { path: PATH, method: RouteMethod::Post, max_body: MAX_BODY },
];

/// Kinds of [`crate::Body::Unsupported`] that are news, not a message that waits for an answer.
pub const SILENT_KINDS: [&str; 10] = [
    "call_permission_reply",
    "edit",
    "group",
    "keep_in_chat",
    "pin",
    "poll_update",
    "reaction",
    "request_welcome",
    "revoke",
    "system",
];

/// Kind of a message that Meta could not decrypt (131060): the person should be asked to send it again.
pub const UNAVAILABLE_KIND: &str = "unavailable";

#[derive(Clone)]
pub struct WhatsAppConfig {
    /// The app's secret; while it is being rotated the old one too, for more than seven days.
    pub app_secrets: Vec<String>,
    /// The word typed into Meta's console beside our address.
    pub verify_token: String,
    pub numbers: Vec<Number>,
    /// A system user's token.
    pub access_token: String,
    /// `https://graph.facebook.com`, or where a simulator listens.
    pub base_url: String,
    /// `v26.0`.
    pub version: String,
    /// Hosts that files may be fetched from beside Meta's own and `base_url`'s; `host` or `host:port`. They are given
    /// our token, and only they may be spoken to in plain `http`.
    pub media_hosts: Vec<String>,
}

/// A number of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// What Meta calls it in addresses and webhooks; our account.
    pub phone_number_id: String,
    /// What people dial; only its digits matter.
    pub display_phone: String,
}

impl fmt::Debug for WhatsAppConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WhatsAppConfig")
            .field("numbers", &self.numbers)
            .field("base_url", &self.base_url)
            .field("version", &self.version)
            .field("media_hosts", &self.media_hosts)
            .finish_non_exhaustive()
    }
}

#[derive(Debug)]
pub struct WhatsApp {
    config: WhatsAppConfig,
    capabilities: Capabilities,
}

impl WhatsApp {
    pub fn new(config: WhatsAppConfig) -> Self {
        Self { config, capabilities: CAPABILITIES }
    }

    /// `{base}/{version}/{path}`.
    fn url(&self, path: &str) -> String {
        format!("{}/{}/{path}", self.config.base_url.trim_end_matches('/'), self.config.version)
    }

    /// The value of `Authorization`, which no `{:?}` prints. `None` when the token holds what no header may.
    fn bearer(&self) -> Option<http::HeaderValue> {
        let mut value =
            http::HeaderValue::from_str(&format!("Bearer {}", self.config.access_token.trim())).ok()?;
        value.set_sensitive(true);
        Some(value)
    }

    fn get(&self, url: &str) -> Option<Request<Bytes>> {
        Request::get(url)
            .header(http::header::AUTHORIZATION, self.bearer()?)
            // Meta's file servers are said to refuse who does not say what they are.
            .header(http::header::USER_AGENT, "ventanilla")
            .body(Bytes::new())
            .ok()
    }

    fn post(&self, url: &str, content_type: &str, body: Bytes) -> Option<Request<Bytes>> {
        Request::post(url)
            .header(http::header::AUTHORIZATION, self.bearer()?)
            .header(http::header::CONTENT_TYPE, content_type)
            .body(body)
            .ok()
    }

    /// Whether this is a number of ours: only such names ever stand in an address.
    fn owns(&self, account: &str) -> bool {
        self.config.numbers.iter().any(|number| number.phone_number_id == account)
    }
}

/// The limits of section "Messages" of Meta's reference. A list's body may be 4,096 in newer pages and 1,024 in
/// older ones; 1,024 is safe under both.
pub(crate) const CAPABILITIES: Capabilities = Capabilities {
    buttons: 3,
    button_title: 20,
    list_rows: 10,
    row_title: 24,
    row_description: 72,
    interactive_body: 1024,
    text: 4096,
    segments: None,
    caption: 1024,
    files: &formats::FILES,
    link_label: 20,
    location_request: true,
    contact_request: true,
    photos: true,
    spoken: false,
    // Five minutes are kept back: clocks differ.
    window: Some(Duration::from_secs(24 * 3600 - 300)),
    // The default of a new number; one message in six seconds to one person, 45 of them borrowed from the future.
    pace: Pace { per_second: 80, pair: Some((Duration::from_secs(6), 45)) },
    reply_path: ReplyPath::Call,
};

impl Adapter for WhatsApp {
    fn channel(&self) -> Channel {
        Channel::Whatsapp
    }

    fn accounts(&self) -> Vec<String> {
        self.config.numbers.iter().map(|number| number.phone_number_id.clone()).collect()
    }

    fn routes(&self) -> &'static [Route] {
        &ROUTES
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn receive(&self, request: &Request<Bytes>) -> Result<Reception, Refusal> {
        match *request.method() {
            Method::GET => handshake::answer(&self.config.verify_token, request.uri().query()),
            Method::POST => self.deliver(request),
            _ => Err(Refusal { status: StatusCode::METHOD_NOT_ALLOWED, reason: "only GET and POST" }),
        }
    }

    fn send(&self, outgoing: &Outgoing) -> Delivery {
        self.write(outgoing)
    }

    fn outcome(&self, answer: Result<&Response<Bytes>, CallFailure>) -> Outcome {
        send::outcome::read(answer)
    }

    fn explain(&self, error: &ProviderError) -> SendError {
        errors::explain(error.code)
    }

    fn media(&self, media: &Media, answer: Option<&Response<Bytes>>) -> MediaStep {
        self.fetch(media, answer)
    }

    fn health(&self) -> Option<Request<Bytes>> {
        self.get(&self.url(&self.config.numbers.first()?.phone_number_id))
    }

    fn seen(&self, to: &Address, message_id: &str) -> Option<Request<Bytes>> {
        self.mark_read(&to.account, message_id)
    }

    fn upload(&self, account: &str, mime: &str, bytes: &Bytes) -> Option<Request<Bytes>> {
        self.bring(account, mime, bytes)
    }

    fn uploaded(&self, answer: Result<&Response<Bytes>, CallFailure>) -> Result<String, SendError> {
        upload::read(answer)
    }

    fn respell(&self, to: &Address, error: &SendError) -> Option<Address> {
        send::respell(to, error)
    }
}

impl WhatsApp {
    /// A POST of Meta. After the signature nothing is an error: asking again would bring the same bytes for seven
    /// days.
    fn deliver(&self, request: &Request<Bytes>) -> Result<Reception, Refusal> {
        if request.body().len() > MAX_BODY {
            return Err(Refusal {
                status: StatusCode::PAYLOAD_TOO_LARGE,
                reason: "more than Meta ever sends",
            });
        }
        signature::check(&self.config.app_secrets, request)?;
        Ok(payload::read(request.body(), &self.config.numbers))
    }
}
