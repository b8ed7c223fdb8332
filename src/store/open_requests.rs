//! What Open311 asks of reports: lists of public ones, and what was told of them. Private reports are nobody's to find.

use std::ops::RangeInclusive;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QueryResult, QuerySelect};
use uuid::Uuid;

use super::{
    Result, TOWN, all,
    entities::report::{Column, Entity, Model as ReportRow},
};
use crate::reports::State;

/// Which reports; what is empty or `None` is no filter. Times are Unix ms.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub filed: Option<RangeInclusive<i64>>,
    pub updated: Option<RangeInclusive<i64>>,
    pub categories: Vec<String>,
    pub states: Vec<State>,
    pub offset: u64,
    pub limit: u64,
}

/// Public reports, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn find(on: &impl ConnectionTrait, filter: &Filter) -> Result<Vec<ReportRow>> {
    let mut found = Entity::find().filter(Column::TownId.eq(TOWN)).filter(Column::Private.eq(false));
    if let Some(filed) = &filter.filed {
        found = found.filter(Column::FiledAt.between(*filed.start(), *filed.end()));
    }
    if let Some(updated) = &filter.updated {
        found = found.filter(Column::UpdatedAt.between(*updated.start(), *updated.end()));
    }
    if !filter.categories.is_empty() {
        found = found.filter(Column::Category.is_in(filter.categories.iter().map(String::as_str)));
    }
    if !filter.states.is_empty() {
        found = found.filter(Column::State.is_in(filter.states.iter().map(|state| state.as_str())));
    }
    let newest = found.order_by_desc(Column::FiledAt).order_by_desc(Column::Id);
    Ok(newest.offset(filter.offset).limit(filter.limit).all(on).await?)
}

/// Public reports with these folios, in their canonical spelling, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn by_folios(on: &impl ConnectionTrait, folios: &[String]) -> Result<Vec<ReportRow>> {
    let found = Entity::find()
        .filter(Column::TownId.eq(TOWN))
        .filter(Column::Private.eq(false))
        .filter(Column::Folio.is_in(folios.iter().map(String::as_str)));
    Ok(found.order_by_desc(Column::FiledAt).order_by_desc(Column::Id).all(on).await?)
}

/// Something that was told of a public report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub folio: String,
    pub seq: i64,
    /// Unix milliseconds.
    pub at: i64,
    pub kind: String,
    /// Where it stood afterwards.
    pub to: State,
    /// The town's words, to everybody.
    pub public: Option<String>,
}

const TOLD: &str = "SELECT r.folio, e.seq, e.at, e.kind, e.to_state, w.text AS public FROM report_events e \
                    JOIN reports r ON r.id = e.report_id LEFT JOIN report_words w ON w.report_id = e.report_id \
                    AND w.seq = e.seq AND w.kind = 'public'";

/// Moves of public reports, and whatever else the town said of them to everybody, between two moments (Unix ms) and the
/// oldest first.
///
/// # Errors
/// When the database fails.
pub async fn told_between(on: &impl ConnectionTrait, from: i64, until: i64, limit: i64) -> Result<Vec<Told>> {
    let sql = format!(
        "{TOLD} WHERE e.town_id = $1 AND e.at BETWEEN $2 AND $3 AND r.private = FALSE \
         AND (e.kind = 'moved' OR w.text IS NOT NULL) ORDER BY e.at, r.folio, e.seq LIMIT $4"
    );
    let values = [TOWN.into(), from.into(), until.into(), limit.into()];
    rows(on, sql, values).await?.iter().map(read).collect()
}

/// The same of one report, and its filing.
///
/// # Errors
/// When the database fails.
pub async fn told_of(on: &impl ConnectionTrait, report: Uuid) -> Result<Vec<Told>> {
    let sql = format!(
        "{TOLD} WHERE e.report_id = $1 AND r.private = FALSE \
         AND (e.kind IN ('filed', 'moved') OR w.text IS NOT NULL) ORDER BY e.seq"
    );
    rows(on, sql, [report.into()]).await?.iter().map(read).collect()
}

/// The town's last words to everybody about each of some reports.
///
/// # Errors
/// When the database fails.
pub async fn last_words(on: &impl ConnectionTrait, reports: &[Uuid]) -> Result<Vec<(Uuid, String)>> {
    let mut words = Vec::new();
    let sql =
        "SELECT text FROM report_words WHERE report_id = $1 AND kind = 'public' ORDER BY seq DESC LIMIT 1";
    for report in reports {
        if let Some(row) = all(on, sql, [(*report).into()]).await?.first() {
            words.push((*report, row.try_get("", "text")?));
        }
    }
    Ok(words)
}

async fn rows<const N: usize>(
    on: &impl ConnectionTrait,
    sql: String,
    values: [sea_orm::Value; N],
) -> Result<Vec<QueryResult>> {
    let statement = sea_orm::Statement::from_sql_and_values(on.get_database_backend(), sql, values);
    Ok(on.query_all_raw(statement).await?)
}

fn read(row: &QueryResult) -> Result<Told> {
    let to: String = row.try_get("", "to_state")?;
    Ok(Told {
        folio: row.try_get("", "folio")?,
        seq: row.try_get("", "seq")?,
        at: row.try_get("", "at")?,
        kind: row.try_get("", "kind")?,
        to: to.parse().unwrap_or(State::Triage),
        public: row.try_get("", "public")?,
    })
}
