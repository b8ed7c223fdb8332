//! Replies, from the transaction that decided them until the provider's last word on them.

use sea_orm::{ConnectionTrait, QueryResult};
use uuid::Uuid;
use ventanilla_adapters::{Address, Channel, Message, SendError};

use super::{Result, TOWN, Unit, all, json, one, run, to_json};

/// A reply to be stored. Its key (person, turn, idx) makes storing it twice harmless.
#[derive(Debug)]
pub struct NewReply<'a> {
    pub id: Uuid,
    pub person: Uuid,
    pub turn: i64,
    pub idx: i64,
    pub author: Author,
    pub address: &'a Address,
    pub message: &'a Message,
    /// What stays of it once it was said, where it holds a secret (a PIN).
    pub masked: Option<&'a Message>,
    /// Never told on another channel than this.
    pub private: bool,
    /// Free text may go until then (Unix ms); `None` where the channel has no window.
    pub window_until: Option<i64>,
    /// The colleague who wrote it, as citizens and colleagues know them.
    pub said_by: Option<&'a str>,
    /// It waits so long (Unix ms), so that its author may take it back.
    pub not_before: Option<i64>,
    pub trace: &'a str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Author {
    Bot,
    Agent,
    /// A template that tells a person outside the window that an answer waits for them.
    Reminder,
}

impl Author {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Bot => "bot",
            Self::Agent => "agent",
            Self::Reminder => "reminder",
        }
    }
}

/// Stores a reply unless its key is here already.
///
/// # Errors
/// When the database fails.
pub async fn insert(unit: &Unit, reply: &NewReply<'_>, now: i64) -> Result<()> {
    let sql = "INSERT INTO outbox (id, town_id, person_id, turn, idx, author, address_json, channel, message_json, \
               masked_json, state, attempts, doubtful, next_at, trace, created_at, updated_at, private, window_until, said_by) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $12, 'queued', 0, FALSE, $15, $10, $11, $11, $13, $14, $16) \
               ON CONFLICT (person_id, turn, idx) DO NOTHING";
    let values = [
        reply.id.into(),
        TOWN.into(),
        reply.person.into(),
        reply.turn.into(),
        reply.idx.into(),
        reply.author.as_str().into(),
        to_json(reply.address).into(),
        reply.address.channel.as_str().into(),
        to_json(reply.message).into(),
        reply.trace.into(),
        now.into(),
        reply.masked.map(to_json).into(),
        reply.private.into(),
        reply.window_until.into(),
        reply.not_before.unwrap_or(now).into(),
        reply.said_by.into(),
    ];
    run(&**unit, sql, values).await?;
    Ok(())
}

/// A reply that has not reached the provider for certain.
#[derive(Debug, Clone)]
pub struct Pending {
    pub id: Uuid,
    pub address: Address,
    pub message: Message,
    pub state: PendingState,
    pub attempts: i64,
    /// It was sent once without an answer, so the person may get it twice.
    pub doubtful: bool,
    /// What stays of it once it was said, where it holds a secret: see [`mask`].
    pub masked: Option<Message>,
    pub next_at: i64,
    pub trace: String,
    pub created_at: i64,
    /// Never told on another channel.
    pub private: bool,
    /// See [`NewReply::window_until`].
    pub window_until: Option<i64>,
    /// Channels that were tried before this one, with commas between.
    pub tried: Option<String>,
    pub turn: i64,
    pub idx: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PendingState {
    Queued,
    /// A call to the provider is under way (or the process that made it died).
    Sending,
    /// A call was made and nobody knows whether it arrived.
    Unsure,
}

/// The replies of a person that are still to go, the first first: only the first of each channel may be sent. At most
/// `limit` of a channel. What is to be spoken in a call is not among them: the call fetches it, see
/// [`super::spoken`].
///
/// # Errors
/// When the database fails.
pub async fn pending(on: &impl ConnectionTrait, person: Uuid, limit: i64) -> Result<Vec<Pending>> {
    let sql = "SELECT * FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY channel ORDER BY turn, idx) AS place \
               FROM outbox WHERE person_id = $1 AND state IN ('queued', 'sending', 'unsure') AND channel <> 'voice') \
               AS waiting WHERE place <= $2 ORDER BY turn, idx";
    all(on, sql, [person.into(), limit.into()]).await?.iter().map(read).collect()
}

pub(super) fn read(row: &QueryResult) -> Result<Pending> {
    let id: Uuid = row.try_get("", "id")?;
    let address: String = row.try_get("", "address_json")?;
    let message: String = row.try_get("", "message_json")?;
    let masked: Option<String> = row.try_get("", "masked_json")?;
    let state: String = row.try_get("", "state")?;
    Ok(Pending {
        id,
        address: json("outbox", id, &address)?,
        message: json("outbox", id, &message)?,
        state: match state.as_str() {
            "sending" => PendingState::Sending,
            "unsure" => PendingState::Unsure,
            _ => PendingState::Queued,
        },
        attempts: row.try_get("", "attempts")?,
        doubtful: row.try_get("", "doubtful")?,
        masked: masked.map(|text| json("outbox", id, &text)).transpose()?,
        next_at: row.try_get("", "next_at")?,
        trace: row.try_get("", "trace")?,
        created_at: row.try_get("", "created_at")?,
        private: row.try_get("", "private")?,
        window_until: row.try_get("", "window_until")?,
        tried: row.try_get("", "tried")?,
        turn: row.try_get("", "turn")?,
        idx: row.try_get("", "idx")?,
    })
}

/// People with a reply to go at `due` that does not stand behind another on its channel.
///
/// # Errors
/// When the database fails.
pub async fn people_waiting(on: &impl ConnectionTrait, due: i64) -> Result<Vec<Uuid>> {
    let sql = "SELECT DISTINCT person_id FROM outbox AS own \
               WHERE state IN ('queued', 'sending', 'unsure') AND next_at <= $1 AND channel <> 'voice' \
               AND NOT EXISTS (SELECT 1 FROM outbox AS before WHERE before.person_id = own.person_id \
               AND before.channel = own.channel AND before.state IN ('queued', 'sending', 'unsure') \
               AND (before.turn, before.idx) < (own.turn, own.idx)) LIMIT 10000";
    all(on, sql, [due.into()]).await?.iter().map(|row| Ok(row.try_get("", "person_id")?)).collect()
}

/// Notes durably that a call is about to be made. `false` when the provider's news came first.
///
/// # Errors
/// When the database fails.
pub async fn claim(on: &impl ConnectionTrait, id: Uuid, doubtful: bool, now: i64) -> Result<bool> {
    let sql = "UPDATE outbox SET state = 'sending', attempts = attempts + 1, doubtful = $2, updated_at = $3 \
               WHERE id = $1 AND state IN ('queued', 'unsure')";
    Ok(run(on, sql, [id.into(), doubtful.into(), now.into()]).await? == 1)
}

/// The provider of `channel` took it. News that came before this answer stay as they are; `false` when they sent the
/// reply another way, or back to wait.
///
/// # Errors
/// When the database fails.
pub async fn accepted(
    on: &impl ConnectionTrait,
    id: Uuid,
    channel: Channel,
    provider_id: &str,
    now: i64,
) -> Result<bool> {
    let sql = "UPDATE outbox SET provider_id = $2, updated_at = $3, \
               state = CASE WHEN state IN ('sending', 'unsure') THEN 'accepted' ELSE state END \
               WHERE id = $1 AND channel = $4 AND state NOT IN ('queued', 'kept')";
    let values = [id.into(), provider_id.into(), now.into(), channel.as_str().into()];
    Ok(run(on, sql, values).await? == 1)
}

/// Takes back what a colleague wrote, as if it had never been written; `false` when it is on its way already.
///
/// # Errors
/// When the database fails.
pub async fn take_back(unit: &Unit, id: Uuid, person: Uuid, now: i64) -> Result<bool> {
    let sql = "DELETE FROM outbox WHERE id = $1 AND person_id = $2 AND author = 'agent' AND state = 'queued' \
               AND attempts = 0 AND next_at > $3";
    Ok(run(&**unit, sql, [id.into(), person.into(), now.into()]).await? == 1)
}

/// Forgets the secret of a reply that was said.
///
/// # Errors
/// When the database fails.
pub async fn mask(on: &impl ConnectionTrait, id: Uuid) -> Result<()> {
    let sql = "UPDATE outbox SET message_json = masked_json, masked_json = NULL \
               WHERE id = $1 AND masked_json IS NOT NULL";
    run(on, sql, [id.into()]).await?;
    Ok(())
}

/// Forgets the secrets of replies that nothing happened to since `before`: fetched by the page, or given up. What is
/// still to go, or kept until the person writes, must be whole.
///
/// # Errors
/// When the database fails.
pub async fn mask_old(unit: &Unit, before: i64) -> Result<u64> {
    let sql = "UPDATE outbox SET message_json = masked_json, masked_json = NULL \
               WHERE masked_json IS NOT NULL AND updated_at < $1 \
               AND state NOT IN ('queued', 'sending', 'unsure', 'kept')";
    run(&**unit, sql, [before.into()]).await
}

/// To be tried again at `next_at`: it was refused, at once or after it had been taken.
///
/// # Errors
/// When the database fails.
pub async fn retry(
    on: &impl ConnectionTrait,
    id: Uuid,
    error: &SendError,
    next_at: i64,
    now: i64,
) -> Result<()> {
    let sql = "UPDATE outbox SET state = 'queued', provider_id = NULL, error_json = $2, next_at = $3, \
               updated_at = $4 WHERE id = $1 AND state IN ('sending', 'failed')";
    run(on, sql, [id.into(), to_json(error).into(), next_at.into(), now.into()]).await?;
    Ok(())
}

/// To be looked at again at `next_at`: nothing was tried.
///
/// # Errors
/// When the database fails.
pub async fn postpone(on: &impl ConnectionTrait, id: Uuid, next_at: i64) -> Result<()> {
    run(on, "UPDATE outbox SET next_at = $2 WHERE id = $1 AND state = 'queued'", [id.into(), next_at.into()])
        .await?;
    Ok(())
}

/// Nobody knows whether it arrived: wait for the provider's status until `next_at`.
///
/// # Errors
/// When the database fails.
pub async fn unsure(on: &impl ConnectionTrait, id: Uuid, next_at: i64, now: i64) -> Result<()> {
    let sql = "UPDATE outbox SET state = 'unsure', next_at = $2, updated_at = $3 WHERE id = $1 AND state = 'sending'";
    run(on, sql, [id.into(), next_at.into(), now.into()]).await?;
    Ok(())
}

/// Given up, with the sentence that an agent sees.
///
/// # Errors
/// When the database fails.
pub async fn failed(on: &impl ConnectionTrait, id: Uuid, error: &SendError, now: i64) -> Result<()> {
    let sql = "UPDATE outbox SET state = 'failed', error_json = $2, updated_at = $3 \
               WHERE id = $1 AND state IN ('queued', 'sending', 'unsure', 'kept')";
    run(on, sql, [id.into(), to_json(error).into(), now.into()]).await?;
    Ok(())
}

/// At start: whatever the last process was sending when it ended is unsure. Gives how many.
///
/// # Errors
/// When the database fails.
pub async fn recover(unit: &Unit, next_at: i64, now: i64) -> Result<u64> {
    let sql = "UPDATE outbox SET state = 'unsure', next_at = $1, updated_at = $2 WHERE state = 'sending'";
    run(&**unit, sql, [next_at.into(), now.into()]).await
}

/// What a web-chat page fetches: the messages for one person after `after` (an outbox id), oldest first.
///
/// # Errors
/// When the database fails.
pub async fn mailbox(
    on: &impl ConnectionTrait,
    person: Uuid,
    after: Option<Uuid>,
) -> Result<Vec<(Uuid, Message)>> {
    let sql = "SELECT id, message_json FROM outbox WHERE person_id = $1 AND channel = 'webchat' \
               AND state NOT IN ('queued', 'failed') AND ($2 IS NULL OR id > $2) ORDER BY turn, idx LIMIT 100";
    let rows = all(on, sql, [person.into(), after.into()]).await?;
    rows.iter()
        .map(|row| {
            let id: Uuid = row.try_get("", "id")?;
            let text: String = row.try_get("", "message_json")?;
            Ok((id, json("outbox", id, &text)?))
        })
        .collect()
}

/// Replies that are neither taken nor given up, for `/metrics`.
///
/// # Errors
/// When the database fails.
pub async fn depth(on: &impl ConnectionTrait) -> Result<i64> {
    let sql = "SELECT COUNT(*) AS n FROM outbox WHERE state IN ('queued', 'sending', 'unsure') AND channel <> 'voice'";
    Ok(match one(on, sql, []).await? {
        Some(row) => row.try_get("", "n")?,
        None => 0,
    })
}
