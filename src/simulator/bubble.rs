//! What a simulated phone shows: one [`Bubble`] a message, with ticks. Serialised as the page reads it.

use std::{fmt, sync::Arc};

use serde::{Deserialize, Serialize};

/// A message as the page draws it. `seq` counts from 1 on each phone.
#[derive(Clone, Serialize)]
pub struct Bubble {
    pub seq: u64,
    pub from: Side,
    pub id: Arc<str>,
    /// Unix milliseconds.
    pub at: i64,
    #[serde(flatten)]
    pub view: Arc<View>,
    pub status: Tick,
}

impl fmt::Debug for Bubble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bubble")
            .field("seq", &self.seq)
            .field("from", &self.from)
            .field("kind", &self.view.kind)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    Town,
    Citizen,
}

/// One, two, and blue ticks. They only go up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Tick {
    Sent,
    Delivered,
    Read,
}

/// What a bubble is drawn as. A link button is a `Text` with [`View::link`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    #[default]
    Text,
    Buttons,
    List,
    LocationRequest,
    /// The town asks for the person's number.
    ContactRequest,
    Template,
    /// The town asks to fill in a form.
    Flow,
    /// A filled-in form.
    Form,
    Image,
    Video,
    Audio,
    Document,
    Sticker,
    Location,
    Contacts,
    Order,
    /// `emoji` about `target`; without an emoji, taken away.
    Reaction,
    /// New words for `target`.
    Edit,
    /// `target` was deleted for everybody.
    Revoke,
    /// Not written by anybody: a changed number, a stopped subscription.
    System,
    Unsupported,
}

/// What is within the bubble.
#[derive(Clone, Default, Serialize)]
pub struct View {
    #[serde(rename = "type")]
    pub kind: Kind,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub buttons: Vec<Button>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub list: Option<List>,
    /// The button that opens a page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<Link>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<FileView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<Card>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emoji: Option<String>,
    /// The message a reaction, an edit or a revocation is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// The quoted message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub forwarded: bool,
    /// The name of the template this was made from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template: Option<String>,
    /// The button or row this answer came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chosen: Option<Chosen>,
}

impl fmt::Debug for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("View").field("kind", &self.kind).finish_non_exhaustive()
    }
}

impl View {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self { text: Some(text.into()), ..Self::default() }
    }

    pub(super) fn of(kind: Kind, text: Option<String>) -> Self {
        Self { kind, text, ..Self::default() }
    }

    /// Something that happened to another message.
    pub(super) fn about(kind: Kind, target: &str) -> Self {
        Self { kind, target: Some(target.to_owned()), ..Self::default() }
    }
}

/// A button. On a template `id` is the payload that comes back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Button {
    pub id: String,
    pub title: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    pub title: String,
    pub url: String,
}

/// A list; its sections are shown one after the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct List {
    pub button: String,
    pub rows: Vec<Row>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    pub id: String,
    pub title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// What is known of a file besides its bytes.
#[derive(Clone, PartialEq, Eq, Default, Serialize)]
pub struct FileView {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mime_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filename: Option<String>,
    /// A voice note, which plays in the conversation.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub voice: bool,
}

impl fmt::Debug for FileView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileView").field("voice", &self.voice).finish_non_exhaustive()
    }
}

/// Somebody's card. `phone` is written as people write it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

impl fmt::Debug for Card {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Card(…)")
    }
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Location {
    pub latitude: f64,
    pub longitude: f64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
}

impl fmt::Debug for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Location(…)")
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Chosen {
    pub id: String,
    pub title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The town's message that offered it.
    pub message_id: String,
}
