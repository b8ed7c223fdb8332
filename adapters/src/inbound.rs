//! What comes in, free of any provider's spelling. Stored as JSON in the inbox: names are part of the schema.

use std::fmt;

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    Whatsapp,
    Sms,
    Voice,
    Webchat,
}

impl Channel {
    pub const ALL: [Self; 4] = [Self::Whatsapp, Self::Sms, Self::Voice, Self::Webchat];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Whatsapp => "whatsapp",
            Self::Sms => "sms",
            Self::Voice => "voice",
            Self::Webchat => "webchat",
        }
    }
}

impl fmt::Display for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for Channel {
    type Err = String;

    fn from_str(s: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|channel| channel.as_str() == s)
            .ok_or_else(|| format!("no channel is called '{s}': there are whatsapp, sms, voice and webchat"))
    }
}

/// Who a person is on one channel. The same phone on two channels is the same person; the other kinds are theirs
/// alone. Written `phone:+529811234567`, `user:MX.1349…`, `token:…`, `call:CA…`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "value")]
pub enum AddressKey {
    /// E.164 with its plus sign; Mexico without the `1` after `52`.
    Phone(String),
    /// WhatsApp business-scoped user id: a phone may be absent since 2026.
    User(String),
    /// A web-chat visitor.
    Token(String),
    /// Somebody who calls without showing a number: known for that call only, and never written to.
    Call(String),
}

impl fmt::Display for AddressKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Phone(phone) => write!(f, "phone:{phone}"),
            Self::User(user) => write!(f, "user:{user}"),
            Self::Token(token) => write!(f, "token:{token}"),
            Self::Call(call) => write!(f, "call:{call}"),
        }
    }
}

/// Personal data never reaches a log by `{:?}`.
impl fmt::Debug for AddressKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Phone(_) => "Phone(…)",
            Self::User(_) => "User(…)",
            Self::Token(_) => "Token(…)",
            Self::Call(_) => "Call(…)",
        })
    }
}

/// Where an answer goes: one key of a person, on one account of ours.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    pub channel: Channel,
    /// Our own number or page that the person wrote to.
    pub account: String,
    pub key: AddressKey,
    /// The provider's own spelling, to be used exactly as received (`5215500000111`, `MX.1349…`).
    pub route: String,
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Address")
            .field("channel", &self.channel)
            .field("account", &self.account)
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}

/// Who sent an inbound.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sender {
    pub address: Address,
    /// Other keys of the same person that the same message showed (phone beside a user id).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<AddressKey>,
    /// The name the person chose for themselves: untrusted, for display only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

impl fmt::Debug for Sender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sender").field("channel", &self.address.channel).finish_non_exhaustive()
    }
}

/// One message of a person.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Inbound {
    /// The provider's message id: with channel and account the key that drops duplicates.
    pub id: String,
    pub channel: Channel,
    pub account: String,
    pub from: Sender,
    /// Unix milliseconds as the provider says; `None` when it says nothing usable.
    pub sent_at: Option<i64>,
    pub body: Body,
    /// Provider id of the message that this one quotes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<String>,
    /// The advertisement or post that the person came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub referral: Option<Referral>,
    /// It was passed on, not written by them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub forwarded: bool,
}

/// Where a person came from when they first wrote (a click-to-WhatsApp advertisement).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Referral {
    /// The provider's id of the advertisement or post.
    pub source: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub headline: Option<String>,
}

impl fmt::Debug for Inbound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Inbound")
            .field("id", &self.id)
            .field("channel", &self.channel)
            .field("body", &self.body.kind())
            .finish_non_exhaustive()
    }
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "type")]
pub enum Body {
    Text {
        text: String,
    },
    /// A button or list row of ours: `payload` is what we issued, `title` what the person saw.
    Choice {
        payload: String,
        title: String,
    },
    Location {
        /// Degrees, WGS84.
        lat: f64,
        lon: f64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        address: Option<String>,
    },
    Media(Media),
    /// An emoji put on a message. `emoji: None` takes it back. Not a turn of the conversation.
    Reaction {
        target: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        emoji: Option<String>,
    },
    /// A contact card. `own`: the person gave us their own number because we asked for it; then the number is also
    /// in [`Sender::also`].
    Contact {
        own: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        /// E.164.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        phones: Vec<String>,
    },
    /// A form that was filled in (WhatsApp Flows): the answers as the provider sent them, usually JSON.
    Form {
        answers: String,
    },
    /// A cart of a shop's catalogue, which a town hall does not have: its text is all that can be understood.
    Order {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
    },
    /// The person changed a message. `text: None`: into something without text.
    Edited {
        target: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
    },
    /// The person took a message back: it must not be shown any more.
    Revoked {
        target: String,
    },
    /// What happened to a call. Its [`Inbound::id`] begins with the call's id.
    Call {
        event: CallEvent,
    },
    /// What somebody said on the phone, as the provider heard it.
    Speech {
        text: String,
        /// 0 to 1, not calibrated; providers leave it out at will.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        confidence: Option<f32>,
        /// As the recogniser wrote it, where its words were put right afterwards.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        raw: Option<String>,
        /// It was perhaps misheard: who said it is asked before it counts.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        unsure: bool,
    },
    /// Keys of a phone. `from`: number of the option before the first that was read out, so that 1 means the next.
    Digits {
        digits: String,
        #[serde(default)]
        from: usize,
    },
    /// Nobody said or pressed anything.
    Silence,
    /// Not of the person: somebody of the town answered them from the phone's own app. Made by the server of an
    /// [`crate::Echo`], so that it takes its place in the talk.
    Echo {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
    },
    /// Something we cannot read, with the provider's name for it.
    Unsupported {
        kind: String,
    },
}

/// Turns of a call that nobody says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallEvent {
    /// It came in.
    Started,
    /// The call was passed to a person, who answered and has finished.
    Attended,
    /// The call was passed to a person, and nobody answered.
    Unattended,
    /// It is over: nothing can be said any more.
    Ended,
}

impl Body {
    /// The variant's name, safe to log.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Text { .. } => "text",
            Self::Choice { .. } => "choice",
            Self::Location { .. } => "location",
            Self::Media(_) => "media",
            Self::Reaction { .. } => "reaction",
            Self::Contact { .. } => "contact",
            Self::Form { .. } => "form",
            Self::Order { .. } => "order",
            Self::Edited { .. } => "edited",
            Self::Revoked { .. } => "revoked",
            Self::Call { .. } => "call",
            Self::Speech { .. } => "speech",
            Self::Digits { .. } => "digits",
            Self::Silence => "silence",
            Self::Echo { .. } => "echo",
            Self::Unsupported { .. } => "unsupported",
        }
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unsupported { kind } => write!(f, "unsupported({kind})"),
            Self::Call { event } => write!(f, "call({event:?})"),
            Self::Media(media) => media.fmt(f),
            other => write!(f, "{}(…)", other.kind()),
        }
    }
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    pub kind: MediaKind,
    /// The provider's id or URL, to be given to [`crate::Adapter::media`].
    pub source: String,
    /// Without parameters: `image/jpeg`.
    pub mime: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caption: Option<String>,
    /// Recorded by holding the microphone, not an audio file that was attached.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub voice: bool,
}

impl fmt::Debug for Media {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Media").field("kind", &self.kind).field("mime", &self.mime).finish_non_exhaustive()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MediaKind {
    Image,
    Audio,
    Video,
    Document,
    Sticker,
}

/// A genuine but unreadable part of a webhook, kept for a person to look at.
#[derive(Clone, PartialEq, Eq)]
pub struct Quarantined {
    pub reason: String,
    pub raw: bytes::Bytes,
}

impl fmt::Debug for Quarantined {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Quarantined").field("reason", &self.reason).field("bytes", &self.raw.len()).finish()
    }
}
