//! Photos that somebody named by an address, and that are still to be fetched.

use sea_orm::{ConnectionTrait, QueryResult};
use uuid::Uuid;

use super::{Result, TOWN, Unit, all, run};

/// A photo that is to be fetched.
#[derive(Clone, PartialEq, Eq)]
pub struct Fetch {
    pub id: Uuid,
    pub report: Uuid,
    /// `citizen` or `evidence`.
    pub kind: String,
    pub url: String,
    pub tries: i64,
    /// Unix milliseconds.
    pub next_at: i64,
}

/// An address may hold what nobody else should have.
impl std::fmt::Debug for Fetch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Fetch({})", self.id)
    }
}

/// Notes that a photo is to be fetched, or when next.
///
/// # Errors
/// When the database fails.
pub async fn put(unit: &Unit, fetch: &Fetch) -> Result<()> {
    let sql = "INSERT INTO report_fetches (id, town_id, report_id, kind, url, tries, next_at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO UPDATE SET tries = $6, next_at = $7";
    let values = [
        fetch.id.into(),
        TOWN.into(),
        fetch.report.into(),
        fetch.kind.as_str().into(),
        fetch.url.as_str().into(),
        fetch.tries.into(),
        fetch.next_at.into(),
    ];
    run(&**unit, sql, values).await?;
    Ok(())
}

/// What is due at a moment (Unix ms), the longest due first.
///
/// # Errors
/// When the database fails.
pub async fn due(on: &impl ConnectionTrait, now: i64, limit: i64) -> Result<Vec<Fetch>> {
    let sql =
        "SELECT * FROM report_fetches WHERE town_id = $1 AND next_at <= $2 ORDER BY next_at, id LIMIT $3";
    all(on, sql, [TOWN.into(), now.into(), limit.into()]).await?.iter().map(read).collect()
}

/// It was fetched, or never will be. `false` where somebody else took it away.
///
/// # Errors
/// When the database fails.
pub async fn take(unit: &Unit, id: Uuid) -> Result<bool> {
    Ok(run(&**unit, "DELETE FROM report_fetches WHERE id = $1", [id.into()]).await? > 0)
}

fn read(row: &QueryResult) -> Result<Fetch> {
    Ok(Fetch {
        id: row.try_get("", "id")?,
        report: row.try_get("", "report_id")?,
        kind: row.try_get("", "kind")?,
        url: row.try_get("", "url")?,
        tries: row.try_get("", "tries")?,
        next_at: row.try_get("", "next_at")?,
    })
}
