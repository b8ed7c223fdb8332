//! Citizen reports.

use std::{fmt::Write as _, ops::RangeInclusive};

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, Statement, Value,
};
use uuid::Uuid;

pub use super::entities::report::{Column, Entity, Model as ReportRow};
use super::{Result, TOWN, Unit};

/// Files a report. When the effect with the same key filed one already, that one is given back.
///
/// # Errors
/// A duplicate (`StoreError::is_duplicate`) when the folio is taken: choose another.
pub async fn file(unit: &Unit, row: ReportRow) -> Result<ReportRow> {
    if let (Some(person), Some(turn), Some(idx)) = (row.person_id, row.turn, row.idx)
        && let Some(filed) = by_key(&**unit, (person, turn, idx)).await?
    {
        return Ok(filed);
    }
    Ok(Entity::insert(row.into_active_model()).exec_with_returning(&**unit).await?)
}

async fn by_key(
    on: &impl ConnectionTrait,
    (person, turn, idx): (Uuid, i64, i64),
) -> Result<Option<ReportRow>> {
    let found = Entity::find()
        .filter(Column::PersonId.eq(person))
        .filter(Column::Turn.eq(turn))
        .filter(Column::Idx.eq(idx))
        .one(on)
        .await?;
    Ok(found)
}

/// The report with this folio, in its canonical spelling.
///
/// # Errors
/// When the database fails.
pub async fn by_folio(on: &impl ConnectionTrait, folio: &str) -> Result<Option<ReportRow>> {
    Ok(Entity::find().filter(Column::TownId.eq(TOWN)).filter(Column::Folio.eq(folio)).one(on).await?)
}

/// A report by its id.
///
/// # Errors
/// When the database fails.
pub async fn by_id(on: &impl ConnectionTrait, id: Uuid) -> Result<Option<ReportRow>> {
    Ok(Entity::find_by_id(id).one(on).await?)
}

/// Writes a report as it is now, every field of it. Who read it must have read it within this unit.
///
/// # Errors
/// When the database fails.
pub async fn save(unit: &Unit, row: ReportRow) -> Result<ReportRow> {
    Ok(row.into_active_model().reset_all().update(&**unit).await?)
}

/// The newest reports of a person, at most `limit`.
///
/// # Errors
/// When the database fails.
pub async fn of_person(on: &impl ConnectionTrait, person: Uuid, limit: u64) -> Result<Vec<ReportRow>> {
    let own = Entity::find().filter(Column::PersonId.eq(person));
    Ok(own.order_by_desc(Column::FiledAt).limit(limit).all(on).await?)
}

/// The reports that a person hears of, at most `limit`, what they followed last first.
///
/// # Errors
/// When the database fails.
pub async fn followed_by(on: &impl ConnectionTrait, person: Uuid, limit: i64) -> Result<Vec<ReportRow>> {
    let sql = "SELECT r.* FROM report_followers f JOIN reports r ON r.id = f.report_id WHERE f.person_id = $1 \
               ORDER BY f.since DESC, r.id DESC LIMIT $2";
    let values = [Value::from(person), limit.into()];
    let statement = Statement::from_sql_and_values(on.get_database_backend(), sql, values);
    Ok(Entity::find().from_raw_sql(statement).all(on).await?)
}

/// Whether a folio is free.
///
/// # Errors
/// When the database fails.
pub async fn is_free(on: &impl ConnectionTrait, folio: &str) -> Result<bool> {
    Ok(by_folio(on, folio).await?.is_none())
}

/// The reports of a category group in some squares that are open, or were closed after a moment (Unix ms). Private ones
/// are nobody's to find.
///
/// One look-up of the index `reports_near` for each range of squares (see [`crate::reports::cell::around`]).
///
/// # Errors
/// When the database fails.
pub async fn near(
    on: &impl ConnectionTrait,
    group: &str,
    squares: &[RangeInclusive<i64>],
    closed_after: i64,
) -> Result<Vec<ReportRow>> {
    let (sql, values) = near_statement(group, squares, closed_after);
    if sql.is_empty() {
        return Ok(Vec::new());
    }
    let statement = Statement::from_sql_and_values(on.get_database_backend(), sql, values);
    Ok(Entity::find().from_raw_sql(statement).all(on).await?)
}

/// The statement of [`near`] and its values; empty where there are no squares.
pub fn near_statement(
    group: &str,
    squares: &[RangeInclusive<i64>],
    closed_after: i64,
) -> (String, Vec<Value>) {
    let mut sql = String::new();
    let mut values: Vec<Value> = vec![TOWN.into(), group.into(), closed_after.into()];
    for range in squares {
        let (south_west, north_east) = (values.len() + 1, values.len() + 2);
        let union = if sql.is_empty() { "" } else { " UNION ALL " };
        write!(
            sql,
            "{union}SELECT * FROM reports WHERE town_id = $1 AND category_group = $2 \
             AND cell BETWEEN ${south_west} AND ${north_east} \
             AND (closed_at IS NULL OR closed_at > $3) AND private = FALSE"
        )
        .ok();
        values.extend([Value::from(*range.start()), Value::from(*range.end())]);
    }
    (sql, values)
}

/// The reports that were added to another, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn added_to(on: &impl ConnectionTrait, parent: Uuid) -> Result<Vec<ReportRow>> {
    let added = Entity::find().filter(Column::ParentId.eq(parent));
    Ok(added.order_by_asc(Column::FiledAt).order_by_asc(Column::Id).all(on).await?)
}
