//! What goes out: [`Outbound`] is channel-free, [`Message`] is one bubble within a channel's [`Capabilities`].

use std::{fmt, time::Duration};

use serde::{Deserialize, Serialize};

use crate::inbound::{Address, MediaKind};

/// One thing to say, before anybody asked which channel it leaves by.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outbound {
    pub text: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
    /// What kind of answer would help most, where the channel can ask for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wanted: Option<Wanted>,
    /// A page to open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<Link>,
    /// A picture or document that goes with the text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attachment: Option<Attachment>,
    /// It waits for an answer: the question's id and how often it was missed. Voice needs both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<Question>,
}

impl fmt::Debug for Outbound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outbound").field("choices", &self.choices.len()).finish_non_exhaustive()
    }
}

/// The open question behind a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// `<flow>.<step>.<n>`, never the same twice in a session.
    pub id: String,
    /// Answers in a row that were not understood.
    pub misses: u8,
    /// Name of the slot's type: `yes_no`, `choice`, `folio`, `place` …
    pub slot_type: String,
    /// Options before the first that is shown, where they do not fit at once.
    #[serde(default)]
    pub from: usize,
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
    /// The person's own number.
    Phone,
}

/// A page to open: a button where there are such, else the address itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    pub label: String,
    /// `https://…`
    pub url: String,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    pub kind: MediaKind,
    pub source: AttachmentSource,
    /// `image/jpeg`.
    pub mime: String,
    /// What a document is called on the person's phone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filename: Option<String>,
    /// What it shows, in words: for channels without pictures and for people who do not see them.
    pub described: String,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "at", content = "value")]
pub enum AttachmentSource {
    /// A public `https://` address that the provider fetches.
    Link(String),
    /// A file of our media store, by its id: the server uploads it first, see [`crate::Adapter::upload`].
    File(String),
    /// The provider's own id of an uploaded file.
    Uploaded(String),
}

impl fmt::Debug for Attachment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attachment")
            .field("kind", &self.kind)
            .field("mime", &self.mime)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for AttachmentSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Link(_) => "Link(…)",
            Self::File(_) => "File(…)",
            Self::Uploaded(_) => "Uploaded(…)",
        })
    }
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
    /// Segments that one text may take, where they are counted (SMS).
    pub segments: Option<usize>,
    /// Caption of a picture or document; 0 where none can be sent.
    pub caption: usize,
    /// Files of ours that can be sent, by kind; empty where none can.
    pub files: &'static [Files],
    /// Label of a button that opens a page; 0 where there are none.
    pub link_label: usize,
    pub location_request: bool,
    pub contact_request: bool,
    /// The person can answer with a photo.
    pub photos: bool,
    /// It is heard and not read: no layout, no addresses, options with keys.
    pub spoken: bool,
    /// Free text may be sent only so long after the person's last message; later a template is needed.
    pub window: Option<Duration>,
    pub pace: Pace,
    pub reply_path: ReplyPath,
}

impl Capabilities {
    /// Options that are shown at once.
    pub fn most_options(&self) -> usize {
        if self.list_rows > 0 { self.list_rows } else { 9 }
    }

    /// Options on a page where there are more than [`Capabilities::most_options`]: the last place is for "more".
    pub fn page(&self) -> usize {
        self.most_options() - 1
    }
}

/// Files of one kind that a channel takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Files {
    pub kind: MediaKind,
    /// `image/jpeg` …
    pub mimes: &'static [&'static str],
    /// Largest file in bytes.
    pub bytes: usize,
}

impl Files {
    /// Papers that an office sends, of which everybody's phone or computer opens some.
    pub const DOCUMENTS: &'static [&'static str] = &[
        "application/pdf",
        "application/msword",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.ms-excel",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.ms-powerpoint",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "application/vnd.oasis.opendocument.text",
        "application/vnd.oasis.opendocument.spreadsheet",
    ];
}

/// How fast a provider takes messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// From one account, to everybody together.
    pub per_second: u32,
    /// To one person: one message every so often, and so many at once when nothing was sent for a while.
    pub pair: Option<(Duration, u32)>,
}

impl Pace {
    /// No limit that would ever be felt.
    pub const FREE: Self = Self { per_second: u32::MAX, pair: None };
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
    Text {
        text: String,
    },
    Buttons {
        text: String,
        buttons: Vec<Choice>,
    },
    List {
        text: String,
        open: String,
        rows: Vec<Choice>,
        /// Options before the first row: what is typed as a number counts from the first of all pages.
        #[serde(default, skip_serializing_if = "is_zero")]
        from: usize,
    },
    LocationRequest {
        text: String,
    },
    ContactRequest {
        text: String,
    },
    Link {
        text: String,
        link: Link,
    },
    Media {
        /// The caption; may be empty.
        text: String,
        attachment: Attachment,
    },
    Template {
        /// What the person will read, for the agent: the provider fills in its own copy.
        text: String,
        template: Template,
    },
    /// An emoji on a message of theirs; `None` takes it back.
    Reaction {
        target: String,
        emoji: Option<String>,
    },
    Spoken(Spoken),
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_zero(n: &usize) -> bool {
    *n == 0
}

impl Message {
    /// What is read or heard; empty for a reaction.
    pub fn text(&self) -> &str {
        match self {
            Self::Text { text }
            | Self::Buttons { text, .. }
            | Self::List { text, .. }
            | Self::LocationRequest { text }
            | Self::ContactRequest { text }
            | Self::Link { text, .. }
            | Self::Media { text, .. }
            | Self::Template { text, .. }
            | Self::Spoken(Spoken { text, .. }) => text,
            Self::Reaction { .. } => "",
        }
    }

    /// The same message with other words.
    #[must_use]
    pub fn with_text(mut self, new: String) -> Self {
        match &mut self {
            Self::Text { text }
            | Self::Buttons { text, .. }
            | Self::List { text, .. }
            | Self::LocationRequest { text }
            | Self::ContactRequest { text }
            | Self::Link { text, .. }
            | Self::Media { text, .. }
            | Self::Template { text, .. }
            | Self::Spoken(Spoken { text, .. }) => *text = new,
            Self::Reaction { .. } => {}
        }
        self
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text { .. } => "Text(…)",
            Self::Buttons { .. } => "Buttons(…)",
            Self::List { .. } => "List(…)",
            Self::LocationRequest { .. } => "LocationRequest(…)",
            Self::ContactRequest { .. } => "ContactRequest(…)",
            Self::Link { .. } => "Link(…)",
            Self::Media { .. } => "Media(…)",
            Self::Template { .. } => "Template(…)",
            Self::Reaction { .. } => "Reaction(…)",
            Self::Spoken(_) => "Spoken(…)",
        })
    }
}

/// A message that the provider approved beforehand: the only kind that may be sent outside the window.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    pub name: String,
    /// As approved: `es_MX` is not `es`.
    pub language: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub header: Option<TemplateHeader>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub body: Vec<TemplateText>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub buttons: Vec<TemplateButton>,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "type")]
pub enum TemplateHeader {
    Text { value: TemplateText },
    Media { attachment: Attachment },
}

/// A value for a place in a template.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateText {
    /// For templates whose places have names; the others are filled in order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    pub value: String,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "type")]
pub enum TemplateButton {
    /// Comes back as [`crate::Body::Choice`] with this payload.
    QuickReply { index: u8, payload: String },
    /// What is put at the end of the button's address.
    Url { index: u8, suffix: String },
}

/// Values may name a person.
impl fmt::Debug for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Template({}/{})", self.name, self.language)
    }
}

impl fmt::Debug for TemplateHeader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TemplateHeader(…)")
    }
}

impl fmt::Debug for TemplateText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TemplateText(…)")
    }
}

impl fmt::Debug for TemplateButton {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TemplateButton(…)")
    }
}

/// What a call hears next. Every call ends each turn with exactly one of these.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spoken {
    /// Plain words for the ear, options with their keys included; no layout.
    pub text: String,
    /// `es` or `en`: which voice speaks and which recogniser listens.
    pub lang: String,
    pub then: Then,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "type")]
pub enum Then {
    /// Wait for words or keys.
    Listen(Listen),
    /// Pass the call to a person of the town.
    Dial {
        /// E.164; on a telephone exchange of the town's own the word that its dialplan knows.
        number: String,
        /// How long it rings there.
        seconds: u32,
    },
    HangUp,
}

/// What a call waits for.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listen {
    /// Id of the open question, and how often it was missed: both travel in the address that the provider calls next,
    /// so that an answer belongs to exactly one question. `menu` where nothing is open.
    pub step: String,
    pub attempt: u8,
    /// Words that are likely now, for the recogniser.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hints: Vec<String>,
    pub keys: Keys,
    /// Number of the option before the first that is read out: see [`crate::Body::Digits`].
    #[serde(default)]
    pub from: usize,
    /// It must be heard to the end: keys and words do not cut it short.
    #[serde(default)]
    pub must_hear: bool,
}

/// What keys may be pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Keys {
    /// One key: an option, 0 for a person, * to hear it again.
    One,
    /// Many, ended with #: a folio, a number.
    Many,
}

impl fmt::Debug for Spoken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Spoken").field("lang", &self.lang).field("then", &self.then).finish_non_exhaustive()
    }
}

impl fmt::Debug for Then {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Listen(listen) => listen.fmt(f),
            Self::Dial { .. } => f.write_str("Dial(…)"),
            Self::HangUp => f.write_str("HangUp"),
        }
    }
}

impl fmt::Debug for Listen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Listen({}, {})", self.step, self.attempt)
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
    /// 4 to the power of the attempts so far, in seconds, for this person only (1, 4, 16, 64 …).
    Pair,
    /// Not before this long (`Retry-After`).
    After(Duration),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// Their server, the network, or too many messages at once.
    Provider,
    /// Our account or token: nothing more may be sent from it until somebody acts. What waits is kept.
    Account,
    /// This person cannot be reached here: another channel may do.
    Recipient,
    /// This person does not want messages here, or the provider lets none through: never on this channel again until
    /// they say so.
    OptedOut,
    /// More than 24 h since they wrote: a template is needed.
    Window,
    /// The template: paused, withdrawn, or not what was approved. Others still go.
    Template,
    /// The message itself: our bug.
    Message,
}
