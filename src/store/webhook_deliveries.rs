//! Webhooks on their way to other systems. What is in them names nobody.

use std::str::FromStr;

use sea_orm::{ConnectionTrait, QueryResult};
use uuid::Uuid;

use super::{Result, TOWN, Unit, all, one, run};

/// How far a delivery is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryState {
    Waiting,
    Delivered,
    /// Given up.
    Failed,
}

impl DeliveryState {
    /// The name that is stored and shown.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
        }
    }
}

impl FromStr for DeliveryState {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let known = [Self::Waiting, Self::Delivered, Self::Failed];
        let known = known.into_iter().find(|state| state.as_str() == name);
        known.ok_or_else(|| format!("'{name}' is no state of a delivery: waiting, delivered or failed"))
    }
}

/// A webhook for one endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    pub id: Uuid,
    /// Its name in the settings.
    pub endpoint: String,
    /// `None` for a trial.
    pub report: Option<Uuid>,
    /// What happened: `filed`, `moved` …
    pub kind: String,
    /// A CloudEvent as JSON, the same at every try.
    pub body: String,
    pub state: DeliveryState,
    pub tries: i64,
    /// Unix milliseconds.
    pub next_at: i64,
    /// When it was queued, last.
    pub created_at: i64,
    pub done_at: Option<i64>,
    /// What went wrong last.
    pub problem: Option<String>,
}

/// Writes how far it is, anew or again.
///
/// # Errors
/// When the database fails.
pub async fn put(unit: &Unit, row: &Delivery) -> Result<()> {
    let sql = "INSERT INTO webhook_deliveries (id, town_id, endpoint, report_id, kind, body, state, tries, next_at, \
               created_at, done_at, problem) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) \
               ON CONFLICT (id) DO UPDATE SET state = $7, tries = $8, next_at = $9, created_at = $10, \
               done_at = $11, problem = $12";
    let values = [
        row.id.into(),
        TOWN.into(),
        row.endpoint.as_str().into(),
        row.report.into(),
        row.kind.as_str().into(),
        row.body.as_str().into(),
        row.state.as_str().into(),
        row.tries.into(),
        row.next_at.into(),
        row.created_at.into(),
        row.done_at.into(),
        row.problem.clone().into(),
    ];
    run(&**unit, sql, values).await?;
    Ok(())
}

/// What is due at a moment (Unix ms), the longest due first.
///
/// # Errors
/// When the database fails.
pub async fn due(on: &impl ConnectionTrait, now: i64, limit: i64) -> Result<Vec<Delivery>> {
    let sql = "SELECT * FROM webhook_deliveries WHERE town_id = $1 AND state = 'waiting' AND next_at <= $2 \
               ORDER BY next_at, id LIMIT $3";
    all(on, sql, [TOWN.into(), now.into(), limit.into()]).await?.iter().map(read).collect()
}

/// A delivery by its id.
///
/// # Errors
/// When the database fails.
pub async fn by_id(on: &impl ConnectionTrait, id: Uuid) -> Result<Option<Delivery>> {
    let row = one(on, "SELECT * FROM webhook_deliveries WHERE id = $1", [id.into()]).await?;
    row.as_ref().map(read).transpose()
}

/// The newest deliveries of a state, or of all.
///
/// # Errors
/// When the database fails.
pub async fn list(
    on: &impl ConnectionTrait,
    state: Option<DeliveryState>,
    limit: i64,
) -> Result<Vec<Delivery>> {
    let sql = "SELECT * FROM webhook_deliveries WHERE town_id = $1 AND ($2 = '' OR state = $2) \
               ORDER BY created_at DESC, id DESC LIMIT $3";
    let state = state.map_or("", DeliveryState::as_str);
    all(on, sql, [TOWN.into(), state.into(), limit.into()]).await?.iter().map(read).collect()
}

/// Forgets what was delivered before a moment (Unix ms), and what was given up before it.
///
/// # Errors
/// When the database fails.
pub async fn forget(unit: &Unit, before: i64) -> Result<u64> {
    let sql = "DELETE FROM webhook_deliveries WHERE town_id = $1 AND state <> 'waiting' AND done_at < $2";
    run(&**unit, sql, [TOWN.into(), before.into()]).await
}

fn read(row: &QueryResult) -> Result<Delivery> {
    let state: String = row.try_get("", "state")?;
    Ok(Delivery {
        id: row.try_get("", "id")?,
        endpoint: row.try_get("", "endpoint")?,
        report: row.try_get("", "report_id")?,
        kind: row.try_get("", "kind")?,
        body: row.try_get("", "body")?,
        state: state.parse().unwrap_or(DeliveryState::Failed),
        tries: row.try_get("", "tries")?,
        next_at: row.try_get("", "next_at")?,
        created_at: row.try_get("", "created_at")?,
        done_at: row.try_get("", "done_at")?,
        problem: row.try_get("", "problem")?,
    })
}
