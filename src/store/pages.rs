//! Calls to people of the town because somebody is in danger.

use sea_orm::{ConnectionTrait, QueryResult};
use uuid::Uuid;

use super::{Result, TOWN, Unit, all, one, run};

/// Somebody is in danger, and people of the town are called until one answers. Times are Unix milliseconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    pub id: Uuid,
    /// The chat that it is about.
    pub handover: Uuid,
    /// `waiting`, `answered` or `given_up`.
    pub state: String,
    /// Of the rota, called last; from 0.
    pub level: i64,
    /// How often the rota was begun, from 1.
    pub round: i64,
    pub opened_at: i64,
    /// When the next are called.
    pub next_at: i64,
    /// When the citizen was told that nobody answers yet.
    pub told_at: Option<i64>,
    pub answered_at: Option<i64>,
    /// The name of who answered.
    pub answered_by: Option<String>,
}

/// One call to somebody, by one means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageCall {
    pub id: Uuid,
    pub page: Uuid,
    /// Id in the settings.
    pub who: String,
    /// `email`, `sms`, `whatsapp` or `webhook`.
    pub means: String,
    /// Of the keyring, for the link.
    pub key_id: String,
    /// `waiting`, `sent` or `failed`.
    pub state: String,
    pub attempts: i64,
    pub next_at: i64,
    /// Why it failed, without anything that was said.
    pub error: Option<String>,
}

/// Opens a page; `false` where there is one for this chat already.
///
/// # Errors
/// When the database fails.
pub async fn open(unit: &Unit, page: &Page) -> Result<bool> {
    let sql = "INSERT INTO pages (id, town_id, handover_id, state, level, round, opened_at, next_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (handover_id) DO NOTHING";
    let values = [
        page.id.into(),
        TOWN.into(),
        page.handover.into(),
        page.state.as_str().into(),
        page.level.into(),
        page.round.into(),
        page.opened_at.into(),
        page.next_at.into(),
    ];
    Ok(run(&**unit, sql, values).await? > 0)
}

/// The page of a chat.
///
/// # Errors
/// When the database fails.
pub async fn of_chat(on: &impl ConnectionTrait, handover: Uuid) -> Result<Option<Page>> {
    let row = one(on, "SELECT * FROM pages WHERE handover_id = $1", [handover.into()]).await?;
    row.as_ref().map(read).transpose()
}

/// A page by its id.
///
/// # Errors
/// When the database fails.
pub async fn by_id(on: &impl ConnectionTrait, id: Uuid) -> Result<Option<Page>> {
    let row = one(on, "SELECT * FROM pages WHERE id = $1", [id.into()]).await?;
    row.as_ref().map(read).transpose()
}

/// Pages that wait for an answer and whose next are to be called, at a moment (Unix ms).
///
/// # Errors
/// When the database fails.
pub async fn due(on: &impl ConnectionTrait, now: i64) -> Result<Vec<Page>> {
    let sql = "SELECT * FROM pages WHERE town_id = $1 AND state = 'waiting' AND next_at <= $2 ORDER BY next_at LIMIT 100";
    all(on, sql, [TOWN.into(), now.into()]).await?.iter().map(read).collect()
}

/// Writes how far a page came, if it still waits as it was read; `false` when somebody was faster.
///
/// # Errors
/// When the database fails.
pub async fn go_on(unit: &Unit, was: &Page, next: &Page) -> Result<bool> {
    let sql = "UPDATE pages SET state = $2, level = $3, round = $4, next_at = $5, told_at = $6 \
               WHERE id = $1 AND state = 'waiting' AND next_at = $7";
    let values = [
        was.id.into(),
        next.state.as_str().into(),
        next.level.into(),
        next.round.into(),
        next.next_at.into(),
        next.told_at.into(),
        was.next_at.into(),
    ];
    Ok(run(&**unit, sql, values).await? > 0)
}

/// Somebody answered: nobody is called any more. `false` when it did not wait. Also one that was given up can be
/// answered.
///
/// # Errors
/// When the database fails.
pub async fn answer(unit: &Unit, id: Uuid, by: &str, now: i64) -> Result<bool> {
    let sql = "UPDATE pages SET state = 'answered', answered_by = $2, answered_at = $3 WHERE id = $1 AND state <> 'answered'";
    let answered = run(&**unit, sql, [id.into(), by.into(), now.into()]).await? > 0;
    let stop =
        "UPDATE page_calls SET state = 'failed', error = 'answered' WHERE page_id = $1 AND state = 'waiting'";
    run(&**unit, stop, [id.into()]).await?;
    Ok(answered)
}

/// Pages that need no answer any more, because a person of the town answered the citizen or the chat is closed: (page,
/// who).
///
/// # Errors
/// When the database fails.
pub async fn attended(on: &impl ConnectionTrait) -> Result<Vec<(Uuid, String)>> {
    let sql = "SELECT p.id AS id, COALESCE(h.agent, '') AS agent FROM pages AS p JOIN handovers AS h ON h.id = p.handover_id \
               WHERE p.town_id = $1 AND p.state = 'waiting' AND (h.answered_at IS NOT NULL OR h.closed_at IS NOT NULL)";
    let rows = all(on, sql, [TOWN.into()]).await?;
    rows.iter().map(|row| Ok((row.try_get("", "id")?, row.try_get("", "agent")?))).collect()
}

/// Writes a call that is to be made.
///
/// # Errors
/// When the database fails.
pub async fn call(unit: &Unit, call: &PageCall) -> Result<()> {
    let sql = "INSERT INTO page_calls (id, town_id, page_id, who, means, key_id, state, attempts, next_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    let values = [
        call.id.into(),
        TOWN.into(),
        call.page.into(),
        call.who.as_str().into(),
        call.means.as_str().into(),
        call.key_id.as_str().into(),
        call.state.as_str().into(),
        call.attempts.into(),
        call.next_at.into(),
    ];
    run(&**unit, sql, values).await?;
    Ok(())
}

/// A call by its id.
///
/// # Errors
/// When the database fails.
pub async fn call_by_id(on: &impl ConnectionTrait, id: Uuid) -> Result<Option<PageCall>> {
    let row = one(on, "SELECT * FROM page_calls WHERE id = $1", [id.into()]).await?;
    row.as_ref().map(read_call).transpose()
}

/// The calls of a page, in their order.
///
/// # Errors
/// When the database fails.
pub async fn calls_of(on: &impl ConnectionTrait, page: Uuid) -> Result<Vec<PageCall>> {
    let rows = all(on, "SELECT * FROM page_calls WHERE page_id = $1 ORDER BY id", [page.into()]).await?;
    rows.iter().map(read_call).collect()
}

/// Calls that are to be made at a moment (Unix ms).
///
/// # Errors
/// When the database fails.
pub async fn calls_due(on: &impl ConnectionTrait, now: i64) -> Result<Vec<PageCall>> {
    let sql = "SELECT * FROM page_calls WHERE town_id = $1 AND state = 'waiting' AND next_at <= $2 ORDER BY next_at, id LIMIT 100";
    all(on, sql, [TOWN.into(), now.into()]).await?.iter().map(read_call).collect()
}

/// Writes what came of a call, unless it does not wait any more.
///
/// # Errors
/// When the database fails.
pub async fn called(unit: &Unit, call: &PageCall) -> Result<()> {
    let sql = "UPDATE page_calls SET state = $2, attempts = $3, next_at = $4, error = $5 WHERE id = $1 AND state = 'waiting'";
    let values = [
        call.id.into(),
        call.state.as_str().into(),
        call.attempts.into(),
        call.next_at.into(),
        call.error.clone().into(),
    ];
    run(&**unit, sql, values).await?;
    Ok(())
}

fn read(row: &QueryResult) -> Result<Page> {
    Ok(Page {
        id: row.try_get("", "id")?,
        handover: row.try_get("", "handover_id")?,
        state: row.try_get("", "state")?,
        level: row.try_get("", "level")?,
        round: row.try_get("", "round")?,
        opened_at: row.try_get("", "opened_at")?,
        next_at: row.try_get("", "next_at")?,
        told_at: row.try_get("", "told_at")?,
        answered_at: row.try_get("", "answered_at")?,
        answered_by: row.try_get("", "answered_by")?,
    })
}

fn read_call(row: &QueryResult) -> Result<PageCall> {
    Ok(PageCall {
        id: row.try_get("", "id")?,
        page: row.try_get("", "page_id")?,
        who: row.try_get("", "who")?,
        means: row.try_get("", "means")?,
        key_id: row.try_get("", "key_id")?,
        state: row.try_get("", "state")?,
        attempts: row.try_get("", "attempts")?,
        next_at: row.try_get("", "next_at")?,
        error: row.try_get("", "error")?,
    })
}
