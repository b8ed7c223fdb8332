//! What a webhook told us: a message, or news that is not said to anybody.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{AddressKey, Body, Inbound, Sender, StatusUpdate};

#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    Message(Inbound),
    Status(StatusUpdate),
    Echo(Echo),
    Identity(IdentityChange),
    Consent(ConsentNews),
    Account(AccountNews),
}

/// Somebody of the town answered the person from the phone's own app, beside us: the bot must be silent.
#[derive(Clone, PartialEq)]
pub struct Echo {
    /// The provider's message id.
    pub id: String,
    /// The person who was answered.
    pub to: Sender,
    /// Unix milliseconds, where told.
    pub sent_at: Option<i64>,
    pub body: Body,
}

/// The person is the same, a key of theirs is not: a new number or a new user id. Nothing that was proved under the
/// old key holds under the new one, since numbers are handed on to other people.
#[derive(Clone, PartialEq, Eq)]
pub struct IdentityChange {
    /// The provider's id of the notice, so that it is told once.
    pub id: String,
    pub was: AddressKey,
    pub now: Sender,
    /// The number changed, not only an id.
    pub number: bool,
}

/// The provider answered a stop word itself, or the person used its own switch: we only take note.
#[derive(Clone, PartialEq, Eq)]
pub struct ConsentNews {
    /// The provider's id of the message or notice: the evidence.
    pub id: String,
    pub from: Sender,
    pub wish: Wish,
    pub scope: ConsentScope,
    /// Unix milliseconds, where told.
    pub at: Option<i64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wish {
    OptOut,
    OptIn,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConsentScope {
    /// The provider lets nothing more through to this person on this channel.
    Channel,
    /// Campaigns only; answers and news of their own reports still arrive.
    Marketing,
}

/// How our own account at the provider is doing. No person is concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountNews {
    /// Our number, or the provider's name for our account.
    pub account: String,
    pub kind: AccountKind,
    pub severity: Severity,
    /// The template or number it is about.
    pub about: Option<String>,
    /// The provider's code or state, as it said it (`PAUSED`, `RED`, `131042`).
    pub state: String,
    /// Spanish, for a person who works at the town hall: what happened and what to do.
    pub sentence: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountKind {
    /// `about` is `name/language`, `state` what Meta decided (`APPROVED`, `PAUSED`, `DISABLED`, `REJECTED` …).
    Template,
    /// How well people take our messages.
    Quality,
    /// Sending is limited, blocked or allowed again.
    Account,
    /// Token, permission or payment.
    Access,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    Info,
    Warning,
    /// Citizens are not served until somebody acts.
    Critical,
}

/// Who it is about never reaches a log by `{:?}`.
impl fmt::Debug for Echo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Echo").field("id", &self.id).field("body", &self.body.kind()).finish_non_exhaustive()
    }
}

impl fmt::Debug for IdentityChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IdentityChange").field("id", &self.id).finish_non_exhaustive()
    }
}

impl fmt::Debug for ConsentNews {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConsentNews").field("id", &self.id).field("wish", &self.wish).finish_non_exhaustive()
    }
}
