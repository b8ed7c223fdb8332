//! Citizen reports.

use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};
use uuid::Uuid;

pub use super::entities::report::{Column, Entity, Model as ReportRow};
use super::{Result, TOWN, Unit};

/// Files a report. When the effect with the same key filed one already, that one is given back.
///
/// # Errors
/// A duplicate (`StoreError::is_duplicate`) when the folio is taken: choose another.
pub async fn file(unit: &Unit, row: ReportRow) -> Result<ReportRow> {
    let key = (row.person_id, row.turn, row.idx);
    if let Some(filed) = by_key(&**unit, key).await? {
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

/// The newest reports of a person, at most `limit`.
///
/// # Errors
/// When the database fails.
pub async fn of_person(on: &impl ConnectionTrait, person: Uuid, limit: u64) -> Result<Vec<ReportRow>> {
    let own = Entity::find().filter(Column::PersonId.eq(person));
    Ok(own.order_by_desc(Column::FiledAt).limit(limit).all(on).await?)
}

/// Whether a folio is free.
///
/// # Errors
/// When the database fails.
pub async fn is_free(on: &impl ConnectionTrait, folio: &str) -> Result<bool> {
    Ok(by_folio(on, folio).await?.is_none())
}
