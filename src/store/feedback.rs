//! What people tell the town of their own accord: ideas, complaints about how they were attended, and what they think of a
//! place. Nothing here is about a report.

use std::fmt;

use sea_orm::{ConnectionTrait, QueryResult};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use ventanilla_adapters::Channel;

use super::{Result, StoreError, TOWN, Unit, all, one, run};

/// What somebody told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema, clap::ValueEnum)]
#[serde(rename_all = "snake_case")]
#[schema(as = FeedbackKind)]
pub enum Kind {
    Idea,
    /// About the assistant, or how they were attended.
    Complaint,
    /// Of a place of the town: 1 to 5, and words.
    Review,
}

impl Kind {
    pub const ALL: [Self; 3] = [Self::Idea, Self::Complaint, Self::Review];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Idea => "idea",
            Self::Complaint => "complaint",
            Self::Review => "review",
        }
    }
}

/// A row to add.
pub struct NewFeedback<'a> {
    pub id: Uuid,
    pub kind: Kind,
    pub reference: &'a str,
    pub person: Uuid,
    /// Turn and index: what a repeated turn writes again is the same.
    pub key: (i64, i64),
    /// An id of the catalogue's places.
    pub place: Option<&'a str>,
    /// 1 to 5.
    pub score: Option<i64>,
    pub said: Option<&'a str>,
    pub channel: Channel,
    /// The town's month: `2026-11`.
    pub month: &'a str,
    /// Unix milliseconds.
    pub at: i64,
}

/// A row, for the town's people.
#[derive(Clone, PartialEq, Eq)]
pub struct FeedbackRow {
    pub id: Uuid,
    pub kind: Kind,
    pub reference: String,
    pub person: Uuid,
    pub place: Option<String>,
    pub score: Option<i64>,
    pub said: Option<String>,
    pub at: i64,
    /// Unix milliseconds; `None`: nobody read it.
    pub read_at: Option<i64>,
    /// As the audit log spells them.
    pub read_by: Option<String>,
    /// What a colleague noted.
    pub note: Option<String>,
}

/// Which rows a list has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Filter {
    pub kind: Option<Kind>,
    /// Whether somebody read it.
    pub read: Option<bool>,
    /// Unix milliseconds.
    pub since: i64,
    /// Moment (Unix ms) and id of the last row of the page before.
    pub behind: Option<(i64, Uuid)>,
}

/// What people thought of a place in a month. Public.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceMonth {
    pub place: String,
    pub month: String,
    /// How many gave 1, 2, 3, 4 and 5.
    pub scores: [i64; 5],
}

/// What people write is theirs.
impl fmt::Debug for NewFeedback<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NewFeedback({}, {})", self.kind.as_str(), self.id)
    }
}

impl fmt::Debug for FeedbackRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FeedbackRow({}, {})", self.kind.as_str(), self.id)
    }
}

/// Keeps what was told; gives the reference under which it is kept: the first one, where the same turn is done again.
/// `None`: the reference is taken by something else.
///
/// # Errors
/// When the database fails.
pub async fn insert(unit: &Unit, new: &NewFeedback<'_>) -> Result<Option<String>> {
    let sql = "INSERT INTO feedback \
                 (id, town_id, kind, reference, person_id, turn, idx, place, score, said, channel, month, at) \
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT DO NOTHING";
    let values = [
        new.id.into(),
        TOWN.into(),
        new.kind.as_str().into(),
        new.reference.into(),
        new.person.into(),
        new.key.0.into(),
        new.key.1.into(),
        new.place.into(),
        new.score.into(),
        new.said.into(),
        new.channel.as_str().into(),
        new.month.into(),
        new.at.into(),
    ];
    run(&**unit, sql, values).await?;
    let sql = "SELECT reference FROM feedback WHERE person_id = $1 AND turn = $2 AND idx = $3";
    let kept = one(&**unit, sql, [new.person.into(), new.key.0.into(), new.key.1.into()]).await?;
    kept.map(|row| row.try_get("", "reference").map_err(StoreError::from)).transpose()
}

/// What was told, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn list(on: &impl ConnectionTrait, filter: &Filter, limit: i64) -> Result<Vec<FeedbackRow>> {
    let sql = "SELECT * FROM feedback WHERE town_id = $1 AND ($2 = '' OR kind = $2) AND at >= $3 \
               AND (read_at IS NULL AND $4 OR read_at IS NOT NULL AND $5) \
               AND (at < $6 OR at = $6 AND id < $7) ORDER BY at DESC, id DESC LIMIT $8";
    let (at, id) = filter.behind.unwrap_or((i64::MAX, Uuid::max()));
    let values = [
        TOWN.into(),
        filter.kind.map_or("", Kind::as_str).into(),
        filter.since.into(),
        (filter.read != Some(true)).into(),
        (filter.read != Some(false)).into(),
        at.into(),
        id.into(),
        limit.into(),
    ];
    all(on, sql, values).await?.iter().map(read).collect()
}

/// What is kept under a reference.
///
/// # Errors
/// When the database fails.
pub async fn by_reference(on: &impl ConnectionTrait, reference: &str) -> Result<Option<FeedbackRow>> {
    let sql = "SELECT * FROM feedback WHERE town_id = $1 AND reference = $2";
    one(on, sql, [TOWN.into(), reference.into()]).await?.as_ref().map(read).transpose()
}

/// Says who read it, and when (Unix ms); `None`: it is to be read again.
///
/// # Errors
/// When the database fails.
pub async fn mark_read(unit: &Unit, id: Uuid, read: Option<(&str, i64)>) -> Result<()> {
    let sql = "UPDATE feedback SET read_by = $2, read_at = $3 WHERE id = $1";
    let (by, at) = read.unzip();
    run(&**unit, sql, [id.into(), by.into(), at.into()]).await?;
    Ok(())
}

/// Keeps what a colleague notes about it; `None` takes it away.
///
/// # Errors
/// When the database fails.
pub async fn annotate(unit: &Unit, id: Uuid, note: Option<&str>) -> Result<()> {
    run(&**unit, "UPDATE feedback SET note = $2 WHERE id = $1", [id.into(), note.into()]).await?;
    Ok(())
}

/// What people thought of each place, month by month. Nothing of anybody in particular.
///
/// # Errors
/// When the database fails.
pub async fn by_place(on: &impl ConnectionTrait) -> Result<Vec<PlaceMonth>> {
    let sql = "SELECT place, month, score, COUNT(*) AS people FROM feedback \
               WHERE town_id = $1 AND kind = 'review' AND place IS NOT NULL \
               GROUP BY place, month, score ORDER BY place, month, score";
    let mut months: Vec<PlaceMonth> = Vec::new();
    for row in all(on, sql, [TOWN.into()]).await? {
        let (place, month): (String, String) = (row.try_get("", "place")?, row.try_get("", "month")?);
        let (score, people): (i64, i64) = (row.try_get("", "score")?, row.try_get("", "people")?);
        if months.last().is_none_or(|last| last.place != place || last.month != month) {
            months.push(PlaceMonth { place, month, scores: [0; 5] });
        }
        let at = usize::try_from(score - 1).unwrap_or(usize::MAX);
        if let Some(count) = months.last_mut().and_then(|last| last.scores.get_mut(at)) {
            *count += people;
        }
    }
    Ok(months)
}

fn read(row: &QueryResult) -> Result<FeedbackRow> {
    let (id, kind): (Uuid, String) = (row.try_get("", "id")?, row.try_get("", "kind")?);
    let known = Kind::ALL.into_iter().find(|one| one.as_str() == kind);
    let kind = known.ok_or_else(|| StoreError::Unreadable {
        table: "feedback",
        id: id.to_string(),
        why: format!("there is no kind '{kind}'"),
    })?;
    Ok(FeedbackRow {
        id,
        kind,
        reference: row.try_get("", "reference")?,
        person: row.try_get("", "person_id")?,
        place: row.try_get("", "place")?,
        score: row.try_get("", "score")?,
        said: row.try_get("", "said")?,
        at: row.try_get("", "at")?,
        read_at: row.try_get("", "read_at")?,
        read_by: row.try_get("", "read_by")?,
        note: row.try_get("", "note")?,
    })
}
