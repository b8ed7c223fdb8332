//! Where each person's conversation stands.

use sea_orm::ConnectionTrait;
use uuid::Uuid;
use ventanilla_flows::Session;

use super::{Result, StoreError, TOWN, Unit, json, one, run, to_json};

/// Who talks with the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    Bot,
    /// Waiting for somebody of the town.
    Queue,
    /// The same, in a crisis.
    Danger,
    /// With somebody of the town; the bot is silent.
    Agent,
}

impl Owner {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Bot => "bot",
            Self::Queue => "queue",
            Self::Danger => "danger",
            Self::Agent => "agent",
        }
    }

    fn from_column(text: &str) -> Self {
        match text {
            "queue" => Self::Queue,
            "danger" => Self::Danger,
            "agent" => Self::Agent,
            _ => Self::Bot,
        }
    }
}

/// A person's conversation between two turns.
#[derive(Debug, Clone, PartialEq)]
pub struct Conversation {
    pub person: Uuid,
    /// `None` before the first turn.
    pub session: Option<Session>,
    /// Hash of the content release that the session's flows began with.
    pub release: Option<String>,
    pub owner: Owner,
    /// Turns done so far. The next is `turn + 1`: the first part of every effect's key.
    pub turn: i64,
}

impl Conversation {
    fn new(person: Uuid) -> Self {
        Self { person, session: None, release: None, owner: Owner::Bot, turn: 0 }
    }
}

/// The conversation of a person; an empty one when they never wrote.
///
/// # Errors
/// When the database fails.
pub async fn load(on: &impl ConnectionTrait, person: Uuid) -> Result<Conversation> {
    let sql = "SELECT session_json, release, owner, turn FROM conversations WHERE person_id = $1";
    let Some(row) = one(on, sql, [person.into()]).await? else { return Ok(Conversation::new(person)) };
    let session: String = row.try_get("", "session_json")?;
    let owner: String = row.try_get("", "owner")?;
    Ok(Conversation {
        person,
        session: readable(person, &session),
        release: row.try_get("", "release")?,
        owner: Owner::from_column(&owner),
        turn: row.try_get("", "turn")?,
    })
}

/// A session that cannot be read is over: the person must not be stuck with it.
fn readable(person: Uuid, text: &str) -> Option<Session> {
    json("conversations", person, text)
        .inspect_err(|err| tracing::error!(person.id = %person, alert = true, "a talk begins anew: {err}"))
        .ok()
}

/// Writes the state after a turn. `next.turn` must be one more than what was loaded.
///
/// # Errors
/// [`StoreError::Conflict`] when somebody else did a turn of this person meanwhile: nothing is written, do it again.
pub async fn save(unit: &Unit, next: &Conversation, session: &Session, now: i64) -> Result<()> {
    let sql = "INSERT INTO conversations (person_id, town_id, session_json, release, owner, turn, updated_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7) \
               ON CONFLICT (person_id) DO UPDATE SET session_json = excluded.session_json, \
               release = excluded.release, owner = excluded.owner, turn = excluded.turn, \
               updated_at = excluded.updated_at WHERE conversations.turn = excluded.turn - 1";
    let values = [
        next.person.into(),
        TOWN.into(),
        to_json(session).into(),
        next.release.clone().into(),
        next.owner.as_str().into(),
        next.turn.into(),
        now.into(),
    ];
    match run(&**unit, sql, values).await? {
        1 => Ok(()),
        _ => Err(StoreError::Conflict(next.person)),
    }
}
