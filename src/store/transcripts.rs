//! What was heard in voice notes: one row a note, from the moment its hearing begins. A row that still says `waiting`
//! after a crash is heard again.

use std::{collections::HashMap, fmt, str::FromStr};

use sea_orm::{ConnectionTrait, QueryResult};
use uuid::Uuid;

use super::{Result, StoreError, TOWN, Unit, all, one, run};

/// How far the hearing of a note got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteState {
    /// Nobody has heard it yet.
    Waiting,
    /// There is a text.
    Heard,
    /// Nobody speaks in it.
    Silent,
    /// It cannot be opened: damaged, too long, or of a kind that is not read here.
    Refused,
    /// It could be heard, but not here or not now: a person does.
    ToAPerson,
    /// The provider does not have it any more.
    Lost,
}

impl NoteState {
    const ALL: [Self; 6] =
        [Self::Waiting, Self::Heard, Self::Silent, Self::Refused, Self::ToAPerson, Self::Lost];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Heard => "heard",
            Self::Silent => "silent",
            Self::Refused => "refused",
            Self::ToAPerson => "to_a_person",
            Self::Lost => "lost",
        }
    }
}

impl FromStr for NoteState {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|state| state.as_str() == name);
        found.ok_or_else(|| format!("'{name}' is no state of a note"))
    }
}

/// What came of a note.
#[derive(Clone, PartialEq)]
pub struct Outcome {
    pub state: NoteState,
    /// What was understood, with the words of the town put right. Empty unless `Heard`.
    pub text: String,
    /// As the recogniser wrote it, before anything was put right.
    pub raw: String,
    /// 0 to 1: the share of words that are expected to be right.
    pub confidence: f32,
    /// Sure enough to be acted on without asking.
    pub sure: bool,
    /// How long the recording is; 0 where it could not be opened.
    pub seconds: f32,
    /// Why there is no text: for staff.
    pub reason: Option<String>,
}

impl Outcome {
    /// One without a text.
    pub fn without_text(state: NoteState, reason: impl Into<String>) -> Self {
        Self {
            state,
            text: String::new(),
            raw: String::new(),
            confidence: 0.0,
            sure: false,
            seconds: 0.0,
            reason: Some(reason.into()),
        }
    }
}

/// What people say is theirs: only the measure of it is shown.
impl fmt::Debug for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outcome")
            .field("state", &self.state)
            .field("confidence", &self.confidence)
            .field("seconds", &self.seconds)
            .finish_non_exhaustive()
    }
}

/// A note's row.
#[derive(Debug, Clone, PartialEq)]
pub struct Transcript {
    /// The recording, once it is kept here.
    pub file: Option<Uuid>,
    pub outcome: Outcome,
}

/// Begins to hear a note, or begins again after a crash. Gives how often that was; `None` when it is settled already.
///
/// # Errors
/// When the database fails.
pub async fn take_up(unit: &Unit, message: Uuid, now: i64) -> Result<Option<i64>> {
    let sql = "INSERT INTO transcripts (inbox_id, town_id, state, attempts, created_at, updated_at) \
               VALUES ($1, $2, 'waiting', 1, $3, $3) \
               ON CONFLICT (inbox_id) DO UPDATE SET attempts = transcripts.attempts + 1, updated_at = excluded.updated_at \
               WHERE transcripts.state = 'waiting'";
    if run(&**unit, sql, [message.into(), TOWN.into(), now.into()]).await? == 0 {
        return Ok(None);
    }
    let row = one(&**unit, "SELECT attempts FROM transcripts WHERE inbox_id = $1", [message.into()]).await?;
    Ok(row.map(|row| row.try_get("", "attempts")).transpose()?)
}

/// The recording is kept here, under this id.
///
/// # Errors
/// When the database fails.
pub async fn keep_file(unit: &Unit, message: Uuid, file: Uuid, now: i64) -> Result<()> {
    let sql = "UPDATE transcripts SET media_id = $2, updated_at = $3 WHERE inbox_id = $1";
    run(&**unit, sql, [message.into(), file.into(), now.into()]).await?;
    Ok(())
}

/// Writes down what came of a note. The first outcome stays: `false` when there is one already.
///
/// # Errors
/// When the database fails.
pub async fn settle(unit: &Unit, message: Uuid, outcome: &Outcome, now: i64) -> Result<bool> {
    let sql = "UPDATE transcripts SET state = $2, text = $3, raw_text = $4, confidence = $5, sure = $6, seconds = $7, \
               reason = $8, updated_at = $9 WHERE inbox_id = $1 AND state = 'waiting'";
    let heard = outcome.state == NoteState::Heard;
    let values = [
        message.into(),
        outcome.state.as_str().into(),
        heard.then(|| outcome.text.clone()).into(),
        heard.then(|| outcome.raw.clone()).into(),
        f64::from(outcome.confidence).into(),
        outcome.sure.into(),
        f64::from(outcome.seconds).into(),
        outcome.reason.clone().into(),
        now.into(),
    ];
    Ok(run(&**unit, sql, values).await? == 1)
}

/// Notes that the person was told that it is being heard. `false` when they were told before.
///
/// # Errors
/// When the database fails.
pub async fn tell(unit: &Unit, message: Uuid, now: i64) -> Result<bool> {
    let sql = "UPDATE transcripts SET told_at = $2 WHERE inbox_id = $1 AND told_at IS NULL";
    Ok(run(&**unit, sql, [message.into(), now.into()]).await? == 1)
}

/// The person took the note back: what it said is gone, and nothing can be written any more.
///
/// # Errors
/// When the database fails.
pub async fn redact(unit: &Unit, message: Uuid) -> Result<()> {
    let sql = "UPDATE transcripts SET state = 'refused', text = NULL, raw_text = NULL, reason = 'revoke' \
               WHERE inbox_id = $1";
    run(&**unit, sql, [message.into()]).await?;
    Ok(())
}

/// What is known of a note.
///
/// # Errors
/// When the database fails, or holds what this version cannot read.
pub async fn by_message(on: &impl ConnectionTrait, message: Uuid) -> Result<Option<Transcript>> {
    let sql = "SELECT inbox_id, media_id, state, text, raw_text, confidence, sure, seconds, reason \
               FROM transcripts WHERE inbox_id = $1";
    one(on, sql, [message.into()]).await?.map(|row| Ok(read(&row)?.1)).transpose()
}

/// What is known of a person's notes whose turn is not done.
///
/// # Errors
/// When the database fails, or holds what this version cannot read.
pub async fn of_waiting(on: &impl ConnectionTrait, person: Uuid) -> Result<HashMap<Uuid, Transcript>> {
    let sql = "SELECT t.inbox_id, t.media_id, t.state, t.text, t.raw_text, t.confidence, t.sure, t.seconds, t.reason \
               FROM transcripts AS t JOIN inbox AS i ON i.id = t.inbox_id \
               WHERE i.person_id = $1 AND i.state = 'new'";
    all(on, sql, [person.into()]).await?.iter().map(read).collect()
}

fn read(row: &QueryResult) -> Result<(Uuid, Transcript)> {
    let message: Uuid = row.try_get("", "inbox_id")?;
    let (text, raw): (Option<String>, Option<String>) =
        (row.try_get("", "text")?, row.try_get("", "raw_text")?);
    let outcome = Outcome {
        state: state(message, &row.try_get::<String>("", "state")?)?,
        text: text.unwrap_or_default(),
        raw: raw.unwrap_or_default(),
        confidence: share(row.try_get("", "confidence")?),
        sure: row.try_get("", "sure")?,
        seconds: share(row.try_get("", "seconds")?),
        reason: row.try_get("", "reason")?,
    };
    Ok((message, Transcript { file: row.try_get("", "media_id")?, outcome }))
}

#[expect(clippy::cast_possible_truncation, reason = "it was written from an f32")]
fn share(number: Option<f64>) -> f32 {
    number.unwrap_or_default() as f32
}

fn state(message: Uuid, name: &str) -> Result<NoteState> {
    name.parse().map_err(|why| StoreError::Unreadable { table: "transcripts", id: message.to_string(), why })
}
