//! What other systems call reports of ours, and how far the sending and following of each has come.

use std::str::FromStr;

use sea_orm::{ConnectionTrait, QueryResult};
use uuid::Uuid;

use super::{Result, TOWN, Unit, all, one, run};

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExternalState {
    /// To be sent.
    Queued,
    /// Sent; they gave a token and no id yet.
    Token,
    /// Sent, and asked about.
    Followed,
    /// Sent or taken over, and never asked about.
    Sent,
    /// Both sides are through with it.
    Done,
    /// It could not be sent.
    Failed,
}

impl ExternalState {
    const ALL: [Self; 6] = [Self::Queued, Self::Token, Self::Followed, Self::Sent, Self::Done, Self::Failed];

    /// The name that is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Token => "token",
            Self::Followed => "followed",
            Self::Sent => "sent",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }
}

impl FromStr for ExternalState {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let known = Self::ALL.into_iter().find(|state| state.as_str() == name);
        known.ok_or_else(|| format!("'{name}' is no state of something sent to another system"))
    }
}

/// A report at another system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct External {
    pub report: Uuid,
    /// The name of the endpoint in the settings, or `import`.
    pub source: String,
    pub id: Option<String>,
    pub token: Option<String>,
    pub state: ExternalState,
    /// What they last called it: `open` or `closed`.
    pub status: Option<String>,
    pub tries: i64,
    /// When to do the next step, Unix ms.
    pub next_at: i64,
    /// What went wrong last, without anything of the report.
    pub problem: Option<String>,
    pub created_at: i64,
}

impl External {
    /// One that is to be sent.
    pub fn queued(report: Uuid, source: &str, now: i64) -> Self {
        Self {
            report,
            source: source.to_owned(),
            id: None,
            token: None,
            state: ExternalState::Queued,
            status: None,
            tries: 0,
            next_at: now,
            problem: None,
            created_at: now,
        }
    }
}

/// Writes how far it is, anew or again.
///
/// # Errors
/// A duplicate where another report has this id there.
pub async fn put(unit: &Unit, row: &External) -> Result<()> {
    let sql = "INSERT INTO report_externals (report_id, source, town_id, external_id, token, state, status, tries, \
               next_at, problem, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
               ON CONFLICT (report_id, source) DO UPDATE SET external_id = $4, token = $5, state = $6, status = $7, \
               tries = $8, next_at = $9, problem = $10";
    let values = [
        row.report.into(),
        row.source.as_str().into(),
        TOWN.into(),
        row.id.clone().into(),
        row.token.clone().into(),
        row.state.as_str().into(),
        row.status.clone().into(),
        row.tries.into(),
        row.next_at.into(),
        row.problem.clone().into(),
        row.created_at.into(),
    ];
    run(&**unit, sql, values).await?;
    Ok(())
}

/// What stands in a state and is due at a moment (Unix ms), the longest due first.
///
/// # Errors
/// When the database fails.
pub async fn due(
    on: &impl ConnectionTrait,
    source: &str,
    state: ExternalState,
    now: i64,
    limit: i64,
) -> Result<Vec<External>> {
    let sql = "SELECT * FROM report_externals WHERE town_id = $1 AND state = $2 AND next_at <= $3 AND source = $4 \
               ORDER BY next_at, report_id LIMIT $5";
    let values = [TOWN.into(), state.as_str().into(), now.into(), source.into(), limit.into()];
    all(on, sql, values).await?.iter().map(read).collect()
}

/// The report that another system calls so.
///
/// # Errors
/// When the database fails.
pub async fn by_id(on: &impl ConnectionTrait, source: &str, id: &str) -> Result<Option<External>> {
    let sql = "SELECT * FROM report_externals WHERE town_id = $1 AND source = $2 AND external_id = $3";
    one(on, sql, [TOWN.into(), source.into(), id.into()]).await?.as_ref().map(read).transpose()
}

/// Where a report is known beside here.
///
/// # Errors
/// When the database fails.
pub async fn of_report(on: &impl ConnectionTrait, report: Uuid) -> Result<Vec<External>> {
    let sql = "SELECT * FROM report_externals WHERE report_id = $1 ORDER BY source";
    all(on, sql, [report.into()]).await?.iter().map(read).collect()
}

fn read(row: &QueryResult) -> Result<External> {
    let state: String = row.try_get("", "state")?;
    Ok(External {
        report: row.try_get("", "report_id")?,
        source: row.try_get("", "source")?,
        id: row.try_get("", "external_id")?,
        token: row.try_get("", "token")?,
        // A state of a newer version is left alone by this one.
        state: state.parse().unwrap_or(ExternalState::Failed),
        status: row.try_get("", "status")?,
        tries: row.try_get("", "tries")?,
        next_at: row.try_get("", "next_at")?,
        problem: row.try_get("", "problem")?,
        created_at: row.try_get("", "created_at")?,
    })
}
