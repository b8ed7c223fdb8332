//! The queue of conversations that wait for a person of the town.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, Order,
    PaginatorTrait, QueryFilter, QueryOrder,
};
use uuid::Uuid;
use ventanilla_adapters::Channel;

pub use super::entities::handover::{Column, Entity, Model as HandoverRow};
use super::{Result, TOWN, Unit, one};

/// Opens an entry, or gives the one that is open for this person: nobody stands in the queue twice. A crisis
/// raises an entry that was opened for less, and a number to call is noted on it.
///
/// # Errors
/// When the database fails.
pub async fn open(unit: &Unit, row: HandoverRow) -> Result<HandoverRow> {
    let Some(standing) = open_of(&**unit, row.person_id).await? else {
        return Ok(Entity::insert(row.into_active_model()).exec_with_returning(&**unit).await?);
    };
    let raises = row.priority == "crisis" && standing.priority != "crisis";
    let calls = row.call_phone.is_some() && row.call_phone != standing.call_phone;
    if !raises && !calls {
        return Ok(standing);
    }
    let mut changed = standing.into_active_model();
    if raises {
        changed.priority = Set(row.priority);
        changed.reason = Set(row.reason);
    }
    if calls {
        changed.call_phone = Set(row.call_phone);
    }
    Ok(changed.update(&**unit).await?)
}

/// A person's own phone in E.164: the one of this channel first, else the newest.
///
/// # Errors
/// When the database fails.
pub async fn phone_of(on: &impl ConnectionTrait, person: Uuid, channel: Channel) -> Result<Option<String>> {
    let sql = "SELECT key FROM addresses WHERE person_id = $1 AND key LIKE 'phone:%' \
               ORDER BY CASE WHEN channel = $2 THEN 0 ELSE 1 END, id DESC LIMIT 1";
    let Some(row) = one(on, sql, [person.into(), channel.as_str().into()]).await? else { return Ok(None) };
    let key: String = row.try_get("", "key")?;
    Ok(key.strip_prefix("phone:").map(str::to_owned))
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

/// One person was on record twice: who waits still waits, once.
///
/// # Errors
/// When the database fails.
pub async fn merge(unit: &Unit, from: Uuid, into: Uuid, now: i64) -> Result<()> {
    let Some(open) = open_of(&**unit, from).await? else { return Ok(()) };
    let id = open.id;
    close(unit, open, now).await?;
    let sql = "UPDATE handovers SET person_id = $2, turn = turn - 1000000000, closed_at = NULL \
               WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM handovers AS h WHERE h.person_id = $2 AND h.closed_at IS NULL)";
    super::run(&**unit, sql, [id.into(), into.into()]).await?;
    Ok(())
}
