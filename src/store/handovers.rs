//! The queue of conversations that wait for a person of the town.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, Order,
    PaginatorTrait, QueryFilter, QueryOrder,
};
use uuid::Uuid;

pub use super::entities::handover::{Column, Entity, Model as HandoverRow};
use super::{Result, TOWN, Unit};

/// Opens an entry, or gives the one that is open for this person: nobody stands in the queue twice. A crisis
/// raises an entry that was opened for less.
///
/// # Errors
/// When the database fails.
pub async fn open(unit: &Unit, row: HandoverRow) -> Result<HandoverRow> {
    let Some(standing) = open_of(&**unit, row.person_id).await? else {
        return Ok(Entity::insert(row.into_active_model()).exec_with_returning(&**unit).await?);
    };
    if row.priority != "crisis" || standing.priority == "crisis" {
        return Ok(standing);
    }
    let mut raised = standing.into_active_model();
    raised.priority = Set(row.priority);
    raised.reason = Set(row.reason);
    Ok(raised.update(&**unit).await?)
}

/// The open entry of a person.
///
/// # Errors
/// When the database fails.
pub async fn open_of(on: &impl ConnectionTrait, person: Uuid) -> Result<Option<HandoverRow>> {
    let open = Entity::find().filter(Column::PersonId.eq(person)).filter(Column::ClosedAt.is_null());
    Ok(open.one(on).await?)
}

/// The open entries: crises first, then by age.
///
/// # Errors
/// When the database fails.
pub async fn list_open(on: &impl ConnectionTrait) -> Result<Vec<HandoverRow>> {
    let open = Entity::find().filter(Column::TownId.eq(TOWN)).filter(Column::ClosedAt.is_null());
    // 'crisis' sorts before 'normal'
    Ok(open.order_by(Column::Priority, Order::Asc).order_by(Column::OpenedAt, Order::Asc).all(on).await?)
}

/// How many stand before an entry that was opened at `opened_at`.
///
/// # Errors
/// When the database fails.
pub async fn count_before(on: &impl ConnectionTrait, opened_at: i64) -> Result<u64> {
    let before = Entity::find()
        .filter(Column::TownId.eq(TOWN))
        .filter(Column::ClosedAt.is_null())
        .filter(Column::OpenedAt.lt(opened_at));
    Ok(before.count(on).await?)
}

/// An entry by its id.
///
/// # Errors
/// When the database fails.
pub async fn by_id(on: &impl ConnectionTrait, id: Uuid) -> Result<Option<HandoverRow>> {
    Ok(Entity::find_by_id(id).one(on).await?)
}

/// Notes who attends.
///
/// # Errors
/// When the database fails.
pub async fn claim(unit: &Unit, row: HandoverRow, agent: &str) -> Result<HandoverRow> {
    let mut claimed = row.into_active_model();
    claimed.agent = Set(Some(agent.to_owned()));
    Ok(claimed.update(&**unit).await?)
}

/// Ends an entry.
///
/// # Errors
/// When the database fails.
pub async fn close(unit: &Unit, row: HandoverRow, now: i64) -> Result<()> {
    let mut closed = row.into_active_model();
    closed.closed_at = Set(Some(now));
    closed.update(&**unit).await?;
    Ok(())
}
