//! Channels: the provider's wire format on one side, [`Inbound`] and [`Message`] on the other.
//!
//! An adapter verifies, translates and describes; the server decides. Adapters are *sans-IO*: they take the
//! bytes of a request and return values, they return the request to send and read the answer that came back.
//! The server owns sockets, clock and database (see `docs/adr/0002-sans-io-adapters.md`).
//!
//! Adding a channel is copying a neighbour: a folder with `mod.rs payload.rs send.rs tests.rs fixtures/`, a
//! variant of [`Channel`], and a line in the list below.

pub mod audiosocket;
mod event;
#[cfg(test)]
mod fuzz;
mod inbound;
mod lenient;
mod outbound;
pub mod sms;
mod status;
pub mod text;
pub mod twilio;
pub mod voice;
pub mod webchat;
pub mod whatsapp;

use std::fmt;

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};

pub use event::{
    AccountKind, AccountNews, ConsentNews, ConsentScope, Echo, Event, IdentityChange, Severity, Wish,
};
pub use inbound::{
    Address, AddressKey, Body, CallEvent, Channel, Inbound, Media, MediaKind, Quarantined, Referral, Sender,
};
pub use outbound::{
    Attachment, AttachmentSource, Capabilities, Choice, Fault, Files, Keys, Link, Listen, Message, Outbound,
    Outcome, Outgoing, Pace, Question, ReplyPath, Retry, SendError, Spoken, Template, TemplateButton,
    TemplateHeader, TemplateText, Then, Wanted,
};
pub use status::{DeliveryState, ProviderError, StatusUpdate};

/// What the server asks of every channel.
pub trait Adapter: fmt::Debug + Send + Sync {
    fn channel(&self) -> Channel;

    /// Our own addresses on this channel (WhatsApp: `phone_number_id`s). An inbound for any other is quarantined.
    fn accounts(&self) -> Vec<String>;

    /// The paths this adapter answers on, below the server's root.
    fn routes(&self) -> &'static [Route];

    fn capabilities(&self) -> &Capabilities;

    /// Verifies one webhook request over its raw bytes and translates it.
    ///
    /// # Errors
    /// [`Refusal`] when the request must not be trusted (wrong signature) or is not one of ours. A request that
    /// is genuine but partly unreadable is *not* an error: the rest is in [`Reception::events`], the unreadable
    /// part in [`Reception::quarantined`].
    fn receive(&self, request: &Request<Bytes>) -> Result<Reception, Refusal>;

    /// How to deliver one message that was already rendered within [`Adapter::capabilities`].
    fn send(&self, outgoing: &Outgoing) -> Delivery;

    /// Reads the provider's answer to a [`Delivery::Call`].
    fn outcome(&self, answer: Result<&Response<Bytes>, CallFailure>) -> Outcome;

    /// What an error in a [`StatusUpdate`] means: a message that was accepted may still fail later.
    fn explain(&self, error: &ProviderError) -> SendError {
        SendError {
            retry: Retry::Never,
            fault: Fault::Message,
            code: Some(error.code),
            sentence: "El mensaje no se entregó y el canal no explicó por qué.".to_owned(),
        }
    }

    /// Fetches a file that a person sent, one request at a time: call with `None`, perform the request, call
    /// again with the answer, until it is [`MediaStep::Done`] or [`MediaStep::Failed`]. Never follow redirects:
    /// the request carries our token. Before asking again give the answer the request's memory
    /// (`*answer.extensions_mut() = request.extensions().clone()`): the adapter keeps none, and without it does
    /// not try a second time.
    fn media(&self, media: &Media, answer: Option<&Response<Bytes>>) -> MediaStep;

    /// A request that tells whether account and token work; `None` where there is nobody to ask.
    fn health(&self) -> Option<Request<Bytes>>;

    /// Tells the person that their message was read and that an answer is being written, where the channel can. Its
    /// failure must never delay the answer.
    fn seen(&self, _to: &Address, _message_id: &str) -> Option<Request<Bytes>> {
        None
    }

    /// Puts a file of ours where the provider finds it, so that a message can name it; `None` where nothing is
    /// uploaded. Read the answer with [`Adapter::uploaded`].
    fn upload(&self, _account: &str, _mime: &str, _bytes: &Bytes) -> Option<Request<Bytes>> {
        None
    }

    /// The provider's id of an uploaded file.
    ///
    /// # Errors
    /// What an agent should read.
    fn uploaded(&self, _answer: Result<&Response<Bytes>, CallFailure>) -> Result<String, SendError> {
        Err(SendError {
            retry: Retry::Never,
            fault: Fault::Message,
            code: None,
            sentence: "Este canal no acepta archivos.".to_owned(),
        })
    }

    /// Another way to write an address, worth one more try after this error; `None` where there is none. (WhatsApp:
    /// Argentine numbers in test mode.)
    fn respell(&self, _to: &Address, _error: &SendError) -> Option<Address> {
        None
    }

    /// The answer that travels in the response to a webhook, see [`ReplyPath::Response`].
    ///
    /// `request` is the one that [`Adapter::receive`] read, in which the call and the step are named: the same
    /// request and the same answer give the same bytes.
    fn respond(&self, _request: &Request<Bytes>, _answer: Answer<'_>) -> Response<Bytes> {
        Response::new(Bytes::new())
    }
}

/// What there is to say in a response.
#[derive(Debug, Clone, Copy)]
pub enum Answer<'a> {
    /// What the turn said, in order; empty when it said nothing.
    Said(&'a [Message]),
    /// The turn is still under way: say a filler and come again for the same question.
    NotYet,
    /// The call is over, or was already: end it without doing anything.
    Over,
    /// We cannot work now (the database is away): say so kindly, and whom to call.
    Broken,
}

/// What a channel can show, whether or not it is switched on here.
pub fn capabilities(channel: Channel) -> &'static Capabilities {
    match channel {
        Channel::Whatsapp => &whatsapp::CAPABILITIES,
        Channel::Sms => &sms::CAPABILITIES,
        Channel::Voice => &voice::CAPABILITIES,
        Channel::Webchat => &webchat::CAPABILITIES,
    }
}

/// A path an adapter answers on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Route {
    pub path: &'static str,
    pub method: RouteMethod,
    /// Largest body in bytes; a larger one is refused with 413 before it is read.
    pub max_body: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RouteMethod {
    Get,
    Post,
}

impl RouteMethod {
    pub fn matches(self, method: &Method) -> bool {
        match self {
            Self::Get => method == Method::GET,
            Self::Post => method == Method::POST,
        }
    }
}

/// What a genuine request held. The server stores it durably *before* it answers with `response`.
#[derive(Debug)]
pub struct Reception {
    pub events: Vec<Event>,
    pub quarantined: Vec<Quarantined>,
    pub response: Response<Bytes>,
    /// Where the reply travels in the response: (account, id) of the message whose turn is the answer. It may have
    /// been received before. The server waits for that turn and asks [`Adapter::respond`].
    pub awaits: Option<(String, String)>,
    /// Genuine parts that are not used here (fields of the future): counted, not kept.
    pub ignored: usize,
}

/// A request that is not to be trusted, and what to answer. `reason` is for the log and the metric: it never
/// holds anything of the body.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{reason}")]
pub struct Refusal {
    pub status: StatusCode,
    pub reason: &'static str,
}

/// How a message leaves.
pub enum Delivery {
    /// Call the provider, then ask [`Adapter::outcome`].
    Call(Request<Bytes>),
    /// The person's page fetches it from us: storing this is the delivery.
    Pull(serde_json::Value),
    /// It cannot be expressed on this channel.
    Impossible(SendError),
}

/// Requests hold what is said and our token: neither reaches a log by `{:?}`.
impl fmt::Debug for Delivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(request) => write!(f, "Call({} {})", request.method(), request.uri().path()),
            Self::Pull(_) => f.write_str("Pull(…)"),
            Self::Impossible(error) => f.debug_tuple("Impossible").field(error).finish(),
        }
    }
}

/// Why there is no answer to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallFailure {
    /// Nothing was sent: the connection could not be made. Sending again is safe.
    NotConnected,
    /// The request may have arrived: it is not known whether the provider took the message.
    NoAnswer,
}

/// The next step of fetching a file.
pub enum MediaStep {
    Fetch(Request<Bytes>),
    Done { mime: String, bytes: Bytes },
    Failed(SendError),
}

impl fmt::Debug for MediaStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fetch(request) => write!(f, "Fetch({} {})", request.method(), request.uri().path()),
            Self::Done { mime, bytes } => write!(f, "Done({mime}, {} bytes)", bytes.len()),
            Self::Failed(error) => f.debug_tuple("Failed").field(error).finish(),
        }
    }
}
