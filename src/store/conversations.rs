//! Where each person's conversation stands.

use sea_orm::{ConnectionTrait, QueryResult};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use ventanilla_adapters::Channel;
use ventanilla_flows::Session;

use super::{
    Result, StoreError, TOWN, Unit,
    idle::{Idle, Pace},
    json, one, run, to_json,
};

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
    /// Where the talk is held: the channel of the last turn that a message began.
    pub channel: Option<Channel>,
    /// When a message last began a turn, Unix ms.
    pub heard_at: Option<i64>,
    pub window: Option<Window>,
    /// A talk of another channel that must not be spoken of here.
    pub parked: Option<Parked>,
    /// Some reply is kept until the person writes again.
    pub kept: bool,
    /// What was kept is released in this turn. Never loaded.
    pub released: bool,
    /// When they were last told that something could not be read, Unix ms.
    pub excused_at: Option<i64>,
    /// Where they were in danger. Nothing on another channel may show it: phones are shared.
    pub danger_channel: Option<Channel>,
    /// The open talk was begun in another call or on another channel: what it holds is not read out to a caller.
    pub begun_elsewhere: bool,
    pub trouble: Trouble,
    pub idle: Idle,
    pub pace: Pace,
}

/// How badly the open talk goes for the bot.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Trouble {
    /// How often it did not understand.
    pub missed: i64,
    /// It had to ask whether somebody is in danger.
    pub danger: bool,
}

/// A channel's window, which a message of the person opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// Our number that they wrote to: the window holds for it alone.
    pub account: String,
    /// When they sent that message, Unix ms: not when it arrived.
    pub opened_at: i64,
}

/// A talk that waits for the person to come back to its channel.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Parked {
    pub channel: Channel,
    pub session: Session,
    pub release: Option<String>,
    /// Unix ms.
    pub at: i64,
}

impl Conversation {
    /// Of somebody who never wrote.
    pub fn new(person: Uuid) -> Self {
        Self {
            person,
            session: None,
            release: None,
            owner: Owner::Bot,
            turn: 0,
            channel: None,
            heard_at: None,
            window: None,
            parked: None,
            kept: false,
            released: false,
            excused_at: None,
            danger_channel: None,
            begun_elsewhere: false,
            trouble: Trouble::default(),
            idle: Idle::default(),
            pace: Pace::default(),
        }
    }
}

/// The conversation of a person; an empty one when they never wrote.
///
/// # Errors
/// When the database fails.
pub async fn load(on: &impl ConnectionTrait, person: Uuid) -> Result<Conversation> {
    let sql = "SELECT session_json, release, owner, turn, channel, heard_at, window_account, window_at, parked_json, \
               kept, excused_at, danger_channel, begun_elsewhere, missed, danger_asked, remind_at, reminded, erase_at, \
               erased_at, pace_json FROM conversations WHERE person_id = $1";
    match one(on, sql, [person.into()]).await? {
        Some(row) => read(person, &row),
        None => Ok(Conversation::new(person)),
    }
}

pub(super) fn read(person: Uuid, row: &QueryResult) -> Result<Conversation> {
    let session: String = row.try_get("", "session_json")?;
    let owner: String = row.try_get("", "owner")?;
    let channel: Option<String> = row.try_get("", "channel")?;
    let (account, opened_at): (Option<String>, Option<i64>) =
        (row.try_get("", "window_account")?, row.try_get("", "window_at")?);
    let parked: Option<String> = row.try_get("", "parked_json")?;
    let danger: Option<String> = row.try_get("", "danger_channel")?;
    let pace: Option<String> = row.try_get("", "pace_json")?;
    Ok(Conversation {
        person,
        session: readable(person, &session),
        release: row.try_get("", "release")?,
        owner: Owner::from_column(&owner),
        turn: row.try_get("", "turn")?,
        channel: channel.and_then(|name| name.parse().ok()),
        heard_at: row.try_get("", "heard_at")?,
        window: account.zip(opened_at).map(|(account, opened_at)| Window { account, opened_at }),
        parked: parked.and_then(|text| readable(person, &text)),
        kept: row.try_get("", "kept")?,
        released: false,
        excused_at: row.try_get("", "excused_at")?,
        danger_channel: danger.and_then(|name| name.parse().ok()),
        begun_elsewhere: row.try_get("", "begun_elsewhere")?,
        trouble: Trouble { missed: row.try_get("", "missed")?, danger: row.try_get("", "danger_asked")? },
        idle: Idle {
            remind_at: row.try_get("", "remind_at")?,
            reminded: row.try_get("", "reminded")?,
            erase_at: row.try_get("", "erase_at")?,
            erased_at: row.try_get("", "erased_at")?,
        },
        pace: pace.and_then(|text| readable(person, &text)).unwrap_or_default(),
    })
}

/// A session that cannot be read is over: the person must not be stuck with it.
fn readable<T: serde::de::DeserializeOwned>(person: Uuid, text: &str) -> Option<T> {
    json("conversations", person, text)
        .inspect_err(|err| tracing::error!(person.id = %person, alert = true, "a talk begins anew: {err}"))
        .ok()
}

/// Writes the state after a turn. `next.turn` must be one more than what was loaded.
///
/// # Errors
/// [`StoreError::Conflict`] when somebody else did a turn of this person meanwhile: nothing is written, do it again.
pub async fn save(unit: &Unit, next: &Conversation, session: &Session, now: i64) -> Result<()> {
    let sql = "INSERT INTO conversations (person_id, town_id, session_json, release, owner, turn, updated_at, \
               channel, heard_at, window_account, window_at, parked_json, excused_at, \
               danger_channel, begun_elsewhere, missed, danger_asked, remind_at, reminded, erase_at, erased_at, pace_json) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23) \
               ON CONFLICT (person_id) DO UPDATE SET session_json = excluded.session_json, \
               release = excluded.release, owner = excluded.owner, turn = excluded.turn, \
               updated_at = excluded.updated_at, channel = excluded.channel, heard_at = excluded.heard_at, \
               window_account = excluded.window_account, window_at = excluded.window_at, \
               parked_json = excluded.parked_json, excused_at = excluded.excused_at, \
               danger_channel = excluded.danger_channel, begun_elsewhere = excluded.begun_elsewhere, \
               missed = excluded.missed, danger_asked = excluded.danger_asked, \
               remind_at = excluded.remind_at, reminded = excluded.reminded, erase_at = excluded.erase_at, \
               erased_at = excluded.erased_at, pace_json = excluded.pace_json, \
               kept = CASE WHEN $13 THEN FALSE ELSE conversations.kept END \
               WHERE conversations.turn = excluded.turn - 1";
    let values = [
        next.person.into(),
        TOWN.into(),
        to_json(session).into(),
        next.release.clone().into(),
        next.owner.as_str().into(),
        next.turn.into(),
        now.into(),
        next.channel.map(Channel::as_str).into(),
        next.heard_at.into(),
        next.window.as_ref().map(|window| window.account.clone()).into(),
        next.window.as_ref().map(|window| window.opened_at).into(),
        next.parked.as_ref().map(to_json).into(),
        next.released.into(),
        next.excused_at.into(),
        next.danger_channel.map(Channel::as_str).into(),
        next.begun_elsewhere.into(),
        next.trouble.missed.into(),
        next.trouble.danger.into(),
        next.idle.remind_at.into(),
        next.idle.reminded.into(),
        next.idle.erase_at.into(),
        next.idle.erased_at.into(),
        (next.pace != Pace::default()).then(|| to_json(&next.pace)).into(),
    ];
    match run(&**unit, sql, values).await? {
        1 => Ok(()),
        _ => Err(StoreError::Conflict(next.person)),
    }
}

/// Somebody else talks with the person from now on. A turn that is under way is done again, knowing it.
///
/// # Errors
/// When the database fails.
pub async fn give_to(unit: &Unit, person: Uuid, owner: Owner) -> Result<()> {
    let sql = "UPDATE conversations SET owner = $2, turn = turn + 1, remind_at = NULL WHERE person_id = $1 AND owner <> $2";
    run(&**unit, sql, [person.into(), owner.as_str().into()]).await?;
    Ok(())
}

/// Notes that a reply is kept until the person writes, so that their next turn looks for it.
///
/// # Errors
/// When the database fails.
pub async fn keep(unit: &Unit, person: Uuid) -> Result<()> {
    run(&**unit, "UPDATE conversations SET kept = TRUE WHERE person_id = $1", [person.into()]).await?;
    Ok(())
}

/// One person was on record twice: the talk that was heard last goes on, whoever waits for somebody of the town still
/// does, and what was kept is kept for the one person.
///
/// # Errors
/// When the database fails.
pub async fn merge(unit: &Unit, from: Uuid, into: Uuid, now: i64) -> Result<()> {
    let (gone, stays) = (load(&**unit, from).await?, load(&**unit, into).await?);
    let later = gone.session.is_some() && gone.heard_at > stays.heard_at;
    let owner = if stays.owner == Owner::Bot { gone.owner } else { stays.owner };
    let (talk, turn) = if later { (&gone, stays.turn) } else { (&stays, stays.turn) };
    if let Some(session) = &talk.session {
        let next = Conversation { person: into, owner, turn: turn + 1, ..talk.clone() };
        save(unit, &next, session, now).await?;
    }
    run(&**unit, "UPDATE conversations SET remind_at = NULL WHERE person_id = $1", [from.into()]).await?;
    // Far before everything that is said from now on, and in no other turn's place.
    let kept =
        "UPDATE outbox SET person_id = $2, turn = turn - 1000000000 WHERE person_id = $1 AND state = 'kept'";
    if run(&**unit, kept, [from.into(), into.into()]).await? > 0 {
        keep(unit, into).await?;
    }
    Ok(())
}

/// The person has a new number: what was being talked about under the old one is over, and what was to be sent there
/// waits until they write.
///
/// # Errors
/// When the database fails.
pub async fn forget(unit: &Unit, person: Uuid) -> Result<()> {
    let sql = "UPDATE conversations SET heard_at = 0, parked_json = NULL, kept = TRUE, remind_at = NULL WHERE person_id = $1";
    run(&**unit, sql, [person.into()]).await?;
    run(
        &**unit,
        "UPDATE outbox SET state = 'kept' WHERE person_id = $1 AND state = 'queued'",
        [person.into()],
    )
    .await?;
    Ok(())
}

/// The channel by which the person was last told something: where they may answer without being asked whether to go on.
///
/// # Errors
/// When the database fails.
pub async fn last_told_on(on: &impl ConnectionTrait, person: Uuid) -> Result<Option<Channel>> {
    let sql = "SELECT channel FROM outbox WHERE person_id = $1 AND state <> 'failed' ORDER BY turn DESC, idx DESC LIMIT 1";
    let row = one(on, sql, [person.into()]).await?;
    let name: Option<String> = row.map(|row| row.try_get("", "channel")).transpose()?;
    Ok(name.and_then(|name| name.parse().ok()))
}
