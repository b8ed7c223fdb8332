//! What colleagues saw the bot misunderstand: one word of theirs about a message, until a trainer took it or left it. The
//! text is the citizen's: it stands here alone, with whose it is, so that it goes when they are forgotten.

use sea_orm::{ConnectionTrait, QueryResult};
use uuid::Uuid;

use super::{Result, TOWN, Unit, all, one, run};

/// What a colleague says about a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A citizen's message means this intent.
    Means,
    /// An answer of the bot was wrong.
    WrongAnswer,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    New,
    Accepted,
    Rejected,
}

impl Kind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Means => "means",
            Self::WrongAnswer => "wrong_answer",
        }
    }
}

impl State {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Accepted => "accepted",
            Self::Rejected => "rejected",
        }
    }
}

#[derive(Clone, PartialEq, Eq)]
pub struct Example {
    pub id: Uuid,
    pub person: Uuid,
    /// Of the message, in the inbox or the outbox.
    pub line: Uuid,
    pub kind: Kind,
    pub text: String,
    /// `es` or another language of the town.
    pub language: String,
    /// Of [`Kind::Means`].
    pub intent: Option<String>,
    /// What was wrong, in a colleague's words.
    pub note: Option<String>,
    pub state: State,
    pub staff: Option<Uuid>,
    pub said_by: String,
    /// Unix milliseconds.
    pub at: i64,
    pub reviewed_by: Option<String>,
    /// Unix milliseconds.
    pub reviewed_at: Option<i64>,
}

/// What people say is theirs.
impl std::fmt::Debug for Example {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Example").field("id", &self.id).field("state", &self.state).finish_non_exhaustive()
    }
}

/// Writes an example down. About the same message the newer word counts, and is to be looked at again.
///
/// # Errors
/// When the database fails.
pub async fn put(unit: &Unit, example: &Example) -> Result<()> {
    let sql = "INSERT INTO training_examples (id, town_id, person_id, line_id, kind, text, language, intent, note, state, \
               staff_id, said_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'new', $10, $11, $12) \
               ON CONFLICT (line_id) DO UPDATE SET kind = excluded.kind, text = excluded.text, \
               language = excluded.language, intent = excluded.intent, note = excluded.note, state = 'new', \
               staff_id = excluded.staff_id, said_by = excluded.said_by, created_at = excluded.created_at, \
               reviewed_by = NULL, reviewed_at = NULL";
    let values = [
        example.id.into(),
        TOWN.into(),
        example.person.into(),
        example.line.into(),
        example.kind.as_str().into(),
        example.text.as_str().into(),
        example.language.as_str().into(),
        example.intent.as_deref().into(),
        example.note.as_deref().into(),
        example.staff.into(),
        example.said_by.as_str().into(),
        example.at.into(),
    ];
    run(&**unit, sql, values).await?;
    Ok(())
}

/// One of them.
///
/// # Errors
/// When the database fails.
pub async fn by_id(on: &impl ConnectionTrait, id: Uuid) -> Result<Option<Example>> {
    let sql = "SELECT * FROM training_examples WHERE town_id = $1 AND id = $2";
    one(on, sql, [TOWN.into(), id.into()]).await?.as_ref().map(read).transpose()
}

/// A page of those in a state, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn page(on: &impl ConnectionTrait, state: State, limit: i64, offset: i64) -> Result<Vec<Example>> {
    let sql = "SELECT * FROM training_examples WHERE town_id = $1 AND state = $2 \
               ORDER BY created_at DESC, id DESC LIMIT $3 OFFSET $4";
    let rows = all(on, sql, [TOWN.into(), state.as_str().into(), limit.into(), offset.into()]).await?;
    rows.iter().map(read).collect()
}

/// What was accepted of what people mean, by intent and language.
///
/// # Errors
/// When the database fails.
pub async fn accepted(on: &impl ConnectionTrait) -> Result<Vec<Example>> {
    let sql = "SELECT * FROM training_examples WHERE town_id = $1 AND state = 'accepted' AND intent IS NOT NULL \
               ORDER BY intent, language, created_at, id";
    all(on, sql, [TOWN.into()]).await?.iter().map(read).collect()
}

/// A trainer decided.
///
/// # Errors
/// When the database fails.
pub async fn review(
    unit: &Unit,
    id: Uuid,
    state: State,
    intent: Option<&str>,
    by: &str,
    now: i64,
) -> Result<()> {
    let sql = "UPDATE training_examples SET state = $2, intent = $3, reviewed_by = $4, reviewed_at = $5 WHERE id = $1";
    run(&**unit, sql, [id.into(), state.as_str().into(), intent.into(), by.into(), now.into()]).await?;
    Ok(())
}

fn read(row: &QueryResult) -> Result<Example> {
    let kind: String = row.try_get("", "kind")?;
    let state: String = row.try_get("", "state")?;
    Ok(Example {
        id: row.try_get("", "id")?,
        person: row.try_get("", "person_id")?,
        line: row.try_get("", "line_id")?,
        kind: if kind == "means" { Kind::Means } else { Kind::WrongAnswer },
        text: row.try_get("", "text")?,
        language: row.try_get("", "language")?,
        intent: row.try_get("", "intent")?,
        note: row.try_get("", "note")?,
        state: match state.as_str() {
            "accepted" => State::Accepted,
            "rejected" => State::Rejected,
            _ => State::New,
        },
        staff: row.try_get("", "staff_id")?,
        said_by: row.try_get("", "said_by")?,
        at: row.try_get("", "created_at")?,
        reviewed_by: row.try_get("", "reviewed_by")?,
        reviewed_at: row.try_get("", "reviewed_at")?,
    })
}
