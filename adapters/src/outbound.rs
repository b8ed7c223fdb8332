//! What goes out: [`Outbound`] is channel-free, [`Message`] is one bubble within a channel's [`Capabilities`].

use std::{fmt, time::Duration};

use serde::{Deserialize, Serialize};

use crate::inbound::Address;

/// One thing to say, before anybody asked which channel it leaves by.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outbound {
    pub text: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
    /// What kind of answer would help most, where the channel can ask for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wanted: Option<Wanted>,
}

impl fmt::Debug for Outbound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outbound").field("choices", &self.choices.len()).finish_non_exhaustive()
    }
}

/// An option. It is known by `payload`, never by its label (two labels cut to 20 characters may be equal).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// At most 200 bytes of ASCII; comes back as [`crate::Body::Choice`].
    pub payload: String,
    pub label: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wanted {
    Location,
    Photo,
}

/// What a channel can show. Lengths are UTF-16 units: safe under either reading of the providers' pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capabilities {
    /// 0 where there are none.
    pub buttons: usize,
    pub button_title: usize,
    pub list_rows: usize,
    pub row_title: usize,
    pub row_description: usize,
    /// Body of a message that carries choices or a location request.
    pub interactive_body: usize,
    pub text: usize,
    pub location_request: bool,
    pub reply_path: ReplyPath,
}

/// How an answer reaches the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplyPath {
    /// We call the provider.
    Call,
    /// The person's page fetches it from us.
    Pull,
    /// It travels in the HTTP response to the webhook (voice): the webhook's handler waits for the turn and alone
    /// claims its outbox rows.
    Response,
}

/// One bubble, ready for [`crate::Adapter::send`].
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "type")]
pub enum Message {
    Text { text: String },
    Buttons { text: String, buttons: Vec<Choice> },
    List { text: String, open: String, rows: Vec<Choice> },
    LocationRequest { text: String },
}

impl Message {
    pub fn text(&self) -> &str {
        match self {
            Self::Text { text }
            | Self::Buttons { text, .. }
            | Self::List { text, .. }
            | Self::LocationRequest { text } => text,
        }
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text { .. } => "Text(…)",
            Self::Buttons { .. } => "Buttons(…)",
            Self::List { .. } => "List(…)",
            Self::LocationRequest { .. } => "LocationRequest(…)",
        })
    }
}

/// A message on its way to one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// Our outbox id: given to the provider so that its statuses name it.
    pub reference: String,
    pub to: Address,
    pub message: Message,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The provider took it. Accepted is not delivered.
    Accepted {
        provider_id: String,
    },
    Failed(SendError),
    /// It may have been taken: wait for the status that names our reference before sending again.
    Unsure,
}

/// A send error is data: when to try again, whose fault it is, and the sentence that an agent sees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendError {
    pub retry: Retry,
    pub fault: Fault,
    /// The provider's code, where there is one.
    pub code: Option<i64>,
    /// Spanish, for a person who works at the town hall.
    pub sentence: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Retry {
    Never,
    /// On the ordinary ladder (1 s, 4 s, 15 s, 60 s …).
    Backoff,
    /// Not before this long (`Retry-After`).
    After(Duration),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// Their server, the network, or too many messages at once.
    Provider,
    /// Our account or token: stop the channel and alert.
    Account,
    /// This person cannot be reached here.
    Recipient,
    /// More than 24 h since they wrote: a template is needed.
    Window,
    /// The message itself: our bug.
    Message,
}
