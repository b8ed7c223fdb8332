//! The ledger of what people allow us to send them, purpose by purpose. Append-only: a change of mind is a new row,
//! with the words that were shown and the message that proves it.

use std::fmt;

use sea_orm::{ConnectionTrait, QueryResult};
use serde::{
    Deserialize, Serialize,
    de::{
        DeserializeOwned,
        value::{Error as NotAName, StrDeserializer},
    },
};
use uuid::Uuid;
use ventanilla_adapters::{Channel, Inbound};

use super::{Result, StoreError, TOWN, Unit, all, json, one, run};

/// What we may write first about. Answers to what a person asks need no consent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// News of the person's own reports and procedures.
    CaseUpdates,
    /// Benefits and services that may be of use after a life event.
    Suggestions,
    /// Civil protection. No opt-out word touches it.
    Emergencies,
    Surveys,
    News,
    /// Going on by text message after a call broke off.
    ContinueBySms,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConsentState {
    Granted,
    Withdrawn,
}

/// How we learnt of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConsentSource {
    /// A whole message like BAJA.
    Keyword,
    /// An answer in a conversation.
    Flow,
    /// The provider acted on a stop word or switch of its own.
    Provider,
    /// Somebody of the town wrote it down.
    Agent,
}

/// A row to add.
pub struct NewConsent<'a> {
    pub id: Uuid,
    pub person: Uuid,
    pub purpose: Purpose,
    /// `None`: on every channel.
    pub channel: Option<Channel>,
    pub state: ConsentState,
    /// The words that the person agreed to or read, in their language.
    pub text_shown: &'a str,
    /// The provider's id of the message that says so; `turn:N` where there is none.
    pub evidence: &'a str,
    pub source: ConsentSource,
    /// Unix milliseconds.
    pub at: i64,
}

/// A row of the ledger.
#[derive(Clone, PartialEq, Eq)]
pub struct ConsentRow {
    pub id: Uuid,
    pub purpose: Purpose,
    pub channel: Option<Channel>,
    pub state: ConsentState,
    pub text_shown: String,
    pub evidence: String,
    pub source: ConsentSource,
    pub at: i64,
}

impl Purpose {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CaseUpdates => "case_updates",
            Self::Suggestions => "suggestions",
            Self::Emergencies => "emergencies",
            Self::Surveys => "surveys",
            Self::News => "news",
            Self::ContinueBySms => "continue_by_sms",
        }
    }
}

impl ConsentState {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl ConsentSource {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Keyword => "keyword",
            Self::Flow => "flow",
            Self::Provider => "provider",
            Self::Agent => "agent",
        }
    }
}

/// Adds a row; `false` when the same message said the same before.
///
/// # Errors
/// When the database fails.
pub async fn record(unit: &Unit, new: &NewConsent<'_>) -> Result<bool> {
    let sql = "INSERT INTO consents \
                 (id, town_id, person_id, purpose, channel, state, text_shown, evidence, source, at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING";
    let values = [
        new.id.into(),
        TOWN.into(),
        new.person.into(),
        new.purpose.as_str().into(),
        new.channel.map(|channel| channel.as_str().to_owned()).into(),
        new.state.as_str().into(),
        new.text_shown.into(),
        new.evidence.into(),
        new.source.as_str().into(),
        new.at.into(),
    ];
    Ok(run(&**unit, sql, values).await? > 0)
}

/// What holds on a channel: the newest row for it or for every channel. `None` where the person never said.
///
/// # Errors
/// When the database fails.
pub async fn state(
    on: &impl ConnectionTrait,
    person: Uuid,
    purpose: Purpose,
    channel: Channel,
) -> Result<Option<ConsentState>> {
    let sql = "SELECT id, state FROM consents \
               WHERE person_id = $1 AND purpose = $2 AND (channel IS NULL OR channel = $3) \
               ORDER BY at DESC, id DESC LIMIT 1";
    let row = one(on, sql, [person.into(), purpose.as_str().into(), channel.as_str().into()]).await?;
    row.map(|row| named(&row, "state")).transpose()
}

/// All that a person ever said about it, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn history(on: &impl ConnectionTrait, person: Uuid) -> Result<Vec<ConsentRow>> {
    let sql = "SELECT id, purpose, channel, state, text_shown, evidence, source, at FROM consents \
               WHERE person_id = $1 ORDER BY at, id";
    all(on, sql, [person.into()]).await?.iter().map(read).collect()
}

/// The message that a turn answered, the last where it answered several: the evidence of what was agreed in it.
///
/// # Errors
/// When the database fails.
pub async fn message_of(on: &impl ConnectionTrait, person: Uuid, turn: i64) -> Result<Option<Inbound>> {
    let sql = "SELECT inbound_json FROM inbox WHERE person_id = $1 AND turn = $2 ORDER BY id DESC LIMIT 1";
    let Some(row) = one(on, sql, [person.into(), turn.into()]).await? else { return Ok(None) };
    let text: String = row.try_get("", "inbound_json")?;
    json("inbox", person, &text).map(Some)
}

fn read(row: &QueryResult) -> Result<ConsentRow> {
    let channel: Option<String> = row.try_get("", "channel")?;
    Ok(ConsentRow {
        id: row.try_get("", "id")?,
        purpose: named(row, "purpose")?,
        channel: channel.map(|_| named(row, "channel")).transpose()?,
        state: named(row, "state")?,
        text_shown: row.try_get("", "text_shown")?,
        evidence: row.try_get("", "evidence")?,
        source: named(row, "source")?,
        at: row.try_get("", "at")?,
    })
}

/// Reads a name that one of our own types was written as.
fn named<T: DeserializeOwned>(row: &QueryResult, column: &str) -> Result<T> {
    let text: String = row.try_get("", column)?;
    let id: Uuid = row.try_get("", "id")?;
    T::deserialize(StrDeserializer::<NotAName>::new(&text)).map_err(|err| StoreError::Unreadable {
        table: "consents",
        id: id.to_string(),
        why: err.to_string(),
    })
}

/// What was shown to a person may name them.
impl fmt::Debug for NewConsent<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NewConsent({}, {}, {:?})", self.purpose.as_str(), self.state.as_str(), self.channel)
    }
}

impl fmt::Debug for ConsentRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ConsentRow({}, {}, {:?})", self.purpose.as_str(), self.state.as_str(), self.channel)
    }
}
