//! The town hall's own web page: a small protocol of ours. The server calls it through [`Adapter`] and asks it for
//! session tokens; it must not store anything, nor trust more of a page than that it holds a token.
//!
//! A page gets a token once, posts messages to `/webchat/messages` and fetches the answers. Photos go to the
//! server's `/webchat/media` first; the message then names them.

mod payload;
mod send;
#[cfg(test)]
mod tests;
mod token;

use std::fmt;

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode, header};

use crate::{
    Adapter, AddressKey, CallFailure, Capabilities, Channel, Delivery, Fault, Files, Media, MediaKind,
    MediaStep, Outcome, Outgoing, Pace, Reception, Refusal, ReplyPath, Retry, Route, RouteMethod, SendError,
};

const MAX_BODY: usize = 64 * 1024;
const MEGABYTE: usize = 1024 * 1024;

const ROUTES: [Route; 1] =
    [Route { path: "/webchat/messages", method: RouteMethod::Post, max_body: MAX_BODY }];

#[derive(Clone)]
pub struct WebchatConfig {
    /// Signs session tokens; 32 random bytes. While it is empty no token is good.
    pub secret: Vec<u8>,
    /// The name of the page, our account.
    pub account: String,
}

impl fmt::Debug for WebchatConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebchatConfig").field("account", &self.account).finish_non_exhaustive()
    }
}

#[derive(Debug)]
pub struct Webchat {
    config: WebchatConfig,
    capabilities: Capabilities,
}

impl Webchat {
    pub fn new(config: WebchatConfig) -> Self {
        Self { config, capabilities: CAPABILITIES }
    }

    /// A visitor's token, from 16 random bytes that nobody else was given. It is a credential: it goes to the page
    /// and nowhere else.
    pub fn issue_token(&self, random: [u8; 16]) -> String {
        token::issue(&self.config, random)
    }

    /// Whose token this is; `None` when we did not make it. The key is no credential: it may be stored and shown.
    pub fn verify_token(&self, token: &str) -> Option<AddressKey> {
        token::verify(&self.config, token).map(AddressKey::Token)
    }
}

/// A page can show anything; these keep an answer readable on a phone.
pub(crate) const CAPABILITIES: Capabilities = Capabilities {
    buttons: 10,
    button_title: 40,
    list_rows: 20,
    row_title: 60,
    row_description: 120,
    interactive_body: 4096,
    text: 4096,
    segments: None,
    caption: 1024,
    files: &[
        Files {
            kind: MediaKind::Image,
            mimes: &["image/jpeg", "image/png", "image/webp", "image/gif"],
            bytes: 10 * MEGABYTE,
        },
        Files {
            kind: MediaKind::Audio,
            mimes: &["audio/mpeg", "audio/mp4", "audio/ogg", "audio/aac"],
            bytes: 16 * MEGABYTE,
        },
        Files { kind: MediaKind::Document, mimes: Files::DOCUMENTS, bytes: 20 * MEGABYTE },
    ],
    link_label: 40,
    location_request: true,
    contact_request: false,
    photos: true,
    spoken: false,
    window: None,
    pace: Pace::FREE,
    reply_path: ReplyPath::Pull,
};

impl Adapter for Webchat {
    fn channel(&self) -> Channel {
        Channel::Webchat
    }

    fn accounts(&self) -> Vec<String> {
        vec![self.config.account.clone()]
    }

    fn routes(&self) -> &'static [Route] {
        &ROUTES
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn receive(&self, request: &Request<Bytes>) -> Result<Reception, Refusal> {
        if request.method() != Method::POST {
            return Err(Refusal { status: StatusCode::METHOD_NOT_ALLOWED, reason: "only POST" });
        }
        if request.body().len() > MAX_BODY {
            return Err(Refusal { status: StatusCode::PAYLOAD_TOO_LARGE, reason: "the message is too long" });
        }
        let visitor =
            bearer(request).and_then(|token| token::verify(&self.config, token)).ok_or(Refusal {
                status: StatusCode::UNAUTHORIZED,
                reason: "the session token is missing or not ours: ask for a new one at /webchat/session",
            })?;
        payload::read(request.body(), &self.config.account, &visitor)
    }

    fn send(&self, outgoing: &Outgoing) -> Delivery {
        send::write(outgoing)
    }

    /// Never asked: nothing is called on this channel.
    fn outcome(&self, _answer: Result<&Response<Bytes>, CallFailure>) -> Outcome {
        Outcome::Failed(nobody("El chat de la página no se envía: la página lo recoge."))
    }

    /// Files of this channel are `local:<id>` and already with the server, which opens them itself.
    fn media(&self, _media: &Media, _answer: Option<&Response<Bytes>>) -> MediaStep {
        MediaStep::Failed(nobody("Los archivos del chat de la página ya están guardados aquí."))
    }

    fn health(&self) -> Option<Request<Bytes>> {
        None
    }
}

fn nobody(sentence: &str) -> SendError {
    let sentence = sentence.to_owned();
    SendError { retry: Retry::Never, fault: Fault::Message, code: None, sentence }
}

fn bearer(request: &Request<Bytes>) -> Option<&str> {
    request.headers().get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ").map(str::trim)
}
