//! Who is signed in, on which device. Of the cookie's token only the hash is here.

use std::fmt;

use sea_orm::{ConnectionTrait, QueryResult};
use uuid::Uuid;

use super::{Result, StoreError, Unit, all, one, run};

/// Half: the password was right, and the second factor is awaited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionState {
    Half,
    Open,
}

/// A device that somebody is signed in on.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionRow {
    pub id: Uuid,
    pub staff: Uuid,
    /// What a request must bring in `x-csrf-token` when it changes something.
    pub csrf: String,
    /// As its owner recognises it: `Firefox, Linux`.
    pub device: String,
    /// IP address of the last log-in.
    pub address: String,
    pub state: SessionState,
    /// A provider of identities answers for the second factor.
    pub vouched: bool,
    /// Unix milliseconds.
    pub created_at: i64,
    /// Unix milliseconds; written once a minute at most.
    pub last_seen_at: i64,
    /// Unix milliseconds: it ends then, however busy.
    pub expires_at: i64,
}

impl SessionState {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Half => "half",
            Self::Open => "open",
        }
    }
}

/// Adds a session, under the hash of its token.
///
/// # Errors
/// When the database fails.
pub async fn insert(unit: &Unit, row: &SessionRow, token_hash: &str) -> Result<()> {
    let sql = "INSERT INTO staff_sessions (id, staff_id, token_hash, csrf, device, address, state, vouched, \
               created_at, last_seen_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    let values = [
        row.id.into(),
        row.staff.into(),
        token_hash.into(),
        row.csrf.as_str().into(),
        row.device.as_str().into(),
        row.address.as_str().into(),
        row.state.as_str().into(),
        row.vouched.into(),
        row.created_at.into(),
        row.last_seen_at.into(),
        row.expires_at.into(),
    ];
    run(&**unit, sql, values).await?;
    Ok(())
}

/// The session of a token.
///
/// # Errors
/// When the database fails.
pub async fn by_token(on: &impl ConnectionTrait, token_hash: &str) -> Result<Option<SessionRow>> {
    let sql = "SELECT * FROM staff_sessions WHERE token_hash = $1";
    one(on, sql, [token_hash.into()]).await?.as_ref().map(read).transpose()
}

/// A session by its id.
///
/// # Errors
/// When the database fails.
pub async fn by_id(on: &impl ConnectionTrait, id: Uuid) -> Result<Option<SessionRow>> {
    one(on, "SELECT * FROM staff_sessions WHERE id = $1", [id.into()]).await?.as_ref().map(read).transpose()
}

/// The open sessions of somebody that were used since `seen_since` and do not expire before `now`, the last used first.
///
/// # Errors
/// When the database fails.
pub async fn of_staff(
    on: &impl ConnectionTrait,
    staff: Uuid,
    seen_since: i64,
    now: i64,
) -> Result<Vec<SessionRow>> {
    let sql = "SELECT * FROM staff_sessions WHERE staff_id = $1 AND state = 'open' AND last_seen_at >= $2 \
               AND expires_at > $3 ORDER BY last_seen_at DESC, id DESC";
    all(on, sql, [staff.into(), seen_since.into(), now.into()]).await?.iter().map(read).collect()
}

/// Notes that it was used.
///
/// # Errors
/// When the database fails.
pub async fn seen(unit: &Unit, id: Uuid, now: i64) -> Result<()> {
    let sql = "UPDATE staff_sessions SET last_seen_at = $2 WHERE id = $1";
    run(&**unit, sql, [id.into(), now.into()]).await?;
    Ok(())
}

/// Ends a session of somebody; `false` when they have no such session.
///
/// # Errors
/// When the database fails.
pub async fn end(unit: &Unit, staff: Uuid, id: Uuid) -> Result<bool> {
    let sql = "DELETE FROM staff_sessions WHERE id = $1 AND staff_id = $2";
    Ok(run(&**unit, sql, [id.into(), staff.into()]).await? > 0)
}

/// Ends all sessions of somebody, except one where it is named; gives how many.
///
/// # Errors
/// When the database fails.
pub async fn end_all(unit: &Unit, staff: Uuid, except: Option<Uuid>) -> Result<u64> {
    let sql = "DELETE FROM staff_sessions WHERE staff_id = $1 AND id <> $2";
    run(&**unit, sql, [staff.into(), except.unwrap_or_default().into()]).await
}

/// Forgets the sessions that have expired.
///
/// # Errors
/// When the database fails.
pub async fn forget(unit: &Unit, now: i64) -> Result<()> {
    run(&**unit, "DELETE FROM staff_sessions WHERE expires_at <= $1", [now.into()]).await?;
    Ok(())
}

fn read(row: &QueryResult) -> Result<SessionRow> {
    let id: Uuid = row.try_get("", "id")?;
    let state: String = row.try_get("", "state")?;
    Ok(SessionRow {
        id,
        staff: row.try_get("", "staff_id")?,
        csrf: row.try_get("", "csrf")?,
        device: row.try_get("", "device")?,
        address: row.try_get("", "address")?,
        state: state_named(id, &state)?,
        vouched: row.try_get("", "vouched")?,
        created_at: row.try_get("", "created_at")?,
        last_seen_at: row.try_get("", "last_seen_at")?,
        expires_at: row.try_get("", "expires_at")?,
    })
}

fn state_named(id: Uuid, name: &str) -> Result<SessionState> {
    let state = [SessionState::Half, SessionState::Open].into_iter().find(|state| state.as_str() == name);
    state.ok_or_else(|| StoreError::Unreadable {
        table: "staff_sessions",
        id: id.to_string(),
        why: format!("'{name}' is no state"),
    })
}

/// Neither tokens nor addresses are shown.
impl fmt::Debug for SessionRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SessionRow({}, {:?})", self.id, self.state)
    }
}
