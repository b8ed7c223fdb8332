//! The queue of conversations that wait for a person of the town.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, Order,
    PaginatorTrait, QueryFilter, QueryOrder,
};
use uuid::Uuid;
use ventanilla_adapters::Channel;

pub use super::entities::handover::{Column, Entity, Model as HandoverRow};
use super::{Result, TOWN, Unit, one, run};

/// Opens an entry, or gives the one that is open for this person: nobody stands in the queue twice. A crisis
/// raises an entry that was opened for less; a call to be made, and a skill that it asks for, are noted on it.
///
/// # Errors
/// When the database fails.
pub async fn open(unit: &Unit, row: HandoverRow) -> Result<HandoverRow> {
    let Some(standing) = open_of(&**unit, row.person_id).await? else {
        return Ok(Entity::insert(row.into_active_model()).exec_with_returning(&**unit).await?);
    };
    let raises = row.priority == "crisis" && standing.priority != "crisis";
    let calls = row.call_phone.is_some()
        && (&row.call_phone, row.call_at) != (&standing.call_phone, standing.call_at);
    let asks = row.skill.is_some() && standing.skill.is_none();
    if !raises && !calls && !asks {
        return Ok(standing);
    }
    let due = [row.due_at, standing.due_at].into_iter().flatten().min();
    let mut changed = standing.into_active_model();
    if raises {
        changed.priority = Set(row.priority);
        changed.reason = Set(row.reason);
    }
    if calls {
        changed.call_phone = Set(row.call_phone);
        changed.call_at = Set(row.call_at);
    }
    changed.due_at = Set(due);
    if asks {
        changed.skill = Set(row.skill);
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

/// Where a person is called, in E.164: at the number that they gave for it, else at their own.
///
/// # Errors
/// When the database fails.
pub async fn phone_to_call(on: &impl ConnectionTrait, row: &HandoverRow) -> Result<Option<String>> {
    match &row.call_phone {
        Some(phone) => Ok(Some(phone.clone())),
        None => phone_of(on, row.person_id, Channel::Voice).await,
    }
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

/// The newest chat of a person that a colleague answered and that was closed since a moment (Unix ms).
///
/// # Errors
/// When the database fails.
pub async fn last_attended(
    on: &impl ConnectionTrait,
    person: Uuid,
    since: i64,
) -> Result<Option<HandoverRow>> {
    let closed = Entity::find().filter(Column::PersonId.eq(person)).filter(Column::ClosedAt.gte(since));
    let attended = closed.filter(Column::Agent.is_not_null()).filter(Column::AnsweredAt.is_not_null());
    Ok(attended.order_by(Column::ClosedAt, Order::Desc).one(on).await?)
}

/// Notes who attends: by account, where they have one, and by name.
///
/// # Errors
/// When the database fails.
pub async fn claim(unit: &Unit, row: HandoverRow, staff: Option<Uuid>, agent: &str) -> Result<HandoverRow> {
    let version = row.version + 1;
    let mut claimed = row.into_active_model();
    claimed.agent = Set(Some(agent.to_owned()));
    claimed.staff_id = Set(staff);
    claimed.version = Set(version);
    Ok(claimed.update(&**unit).await?)
}

/// Nobody attends any more: it waits in the queue of a department, or in everybody's, and is due then.
///
/// # Errors
/// When the database fails.
pub async fn put_back(
    unit: &Unit,
    row: HandoverRow,
    department: Option<&str>,
    due: Option<i64>,
    sensitive: bool,
) -> Result<HandoverRow> {
    let version = row.version + 1;
    let waiting = row.waits_again_since();
    let mut back = row.into_active_model();
    back.agent = Set(None);
    back.staff_id = Set(None);
    back.department = Set(department.map(str::to_owned));
    back.waiting_since = Set(waiting);
    back.due_at = Set(due);
    back.sensitive = Set(sensitive);
    back.version = Set(version);
    Ok(back.update(&**unit).await?)
}

/// What somebody waits with is for the people of a department who may read such, and for nobody else. A chat that
/// somebody attends already stays as it is.
///
/// # Errors
/// When the database fails.
pub async fn keep_within(unit: &Unit, person: Uuid, department: &str) -> Result<bool> {
    let sql = "UPDATE handovers SET sensitive = TRUE, department = $2, version = version + 1 \
               WHERE person_id = $1 AND closed_at IS NULL AND agent IS NULL AND sensitive = FALSE";
    Ok(run(&**unit, sql, [person.into(), department.into()]).await? > 0)
}

/// A person of the town answered: it is the citizen's turn, unless they are to be called. Whether the first answer came
/// in time stays.
///
/// # Errors
/// When the database fails.
pub async fn answered(unit: &Unit, row: HandoverRow, now: i64) -> Result<HandoverRow> {
    let (first, version, call_at) = (row.answered_at.or(Some(now)), row.version + 1, row.call_at);
    let promised = row.due_at.filter(|_| row.answered_at.is_none());
    let mut answered = row.into_active_model();
    if let Some(due) = promised {
        answered.answered_in_time = Set(Some(now <= due));
    }
    answered.answered_at = Set(first);
    answered.waiting_since = Set(None);
    answered.due_at = Set(call_at);
    answered.unread = Set(0);
    answered.last_at = Set(now);
    answered.version = Set(version);
    Ok(answered.update(&**unit).await?)
}

/// Staff did something to the chat that changes nothing else of the entry: older screens are old.
///
/// # Errors
/// When the database fails.
pub async fn touch(unit: &Unit, row: HandoverRow) -> Result<HandoverRow> {
    let version = row.version + 1;
    let mut touched = row.into_active_model();
    touched.version = Set(version);
    Ok(touched.update(&**unit).await?)
}

/// The citizen wrote so many messages: they wait from now, if they did not before, and the answer is due then.
///
/// # Errors
/// When the database fails.
pub async fn heard(unit: &Unit, person: Uuid, messages: i64, now: i64, due: Option<i64>) -> Result<()> {
    let sql = "UPDATE handovers SET waiting_since = COALESCE(waiting_since, $3), unread = unread + $2, last_at = $3, due_at = $4 \
               WHERE person_id = $1 AND closed_at IS NULL";
    super::run(&**unit, sql, [person.into(), messages.into(), now.into(), due.into()]).await?;
    Ok(())
}

/// They are to be called at this number (E.164), until then (Unix ms): until then nothing else is due.
///
/// # Errors
/// When the database fails.
pub async fn plan_call(unit: &Unit, row: HandoverRow, phone: &str, at: i64, now: i64) -> Result<HandoverRow> {
    let version = row.version + 1;
    let mut planned = row.into_active_model();
    planned.call_phone = Set(Some(phone.to_owned()));
    planned.call_at = Set(Some(at));
    planned.waiting_since = Set(None);
    planned.unread = Set(0);
    planned.due_at = Set(Some(at));
    planned.last_at = Set(now);
    planned.version = Set(version);
    Ok(planned.update(&**unit).await?)
}

/// Nobody has to call any more; what else they wait for is due then.
///
/// # Errors
/// When the database fails.
pub async fn end_call(unit: &Unit, row: HandoverRow, due: Option<i64>) -> Result<HandoverRow> {
    let version = row.version + 1;
    let mut ended = row.into_active_model();
    ended.call_at = Set(None);
    ended.due_at = Set(due);
    ended.version = Set(version);
    Ok(ended.update(&**unit).await?)
}

/// The open entries that a colleague attends.
///
/// # Errors
/// When the database fails.
pub async fn held_by(on: &impl ConnectionTrait, staff: Uuid) -> Result<Vec<HandoverRow>> {
    let held = Entity::find().filter(Column::StaffId.eq(staff)).filter(Column::ClosedAt.is_null());
    Ok(held.order_by(Column::OpenedAt, Order::Asc).all(on).await?)
}

/// Ends an entry; `outcome` says how, see [`HandoverRow::outcome`].
///
/// # Errors
/// When the database fails.
pub async fn close(unit: &Unit, row: HandoverRow, outcome: &str, now: i64) -> Result<HandoverRow> {
    let version = row.version + 1;
    let mut closed = row.into_active_model();
    closed.closed_at = Set(Some(now));
    closed.outcome = Set(Some(outcome.to_owned()));
    closed.due_at = Set(None);
    closed.call_at = Set(None);
    closed.version = Set(version);
    Ok(closed.update(&**unit).await?)
}

/// One person was on record twice: who waits still waits, once.
///
/// # Errors
/// When the database fails.
pub async fn merge(unit: &Unit, from: Uuid, into: Uuid, now: i64) -> Result<()> {
    let Some(open) = open_of(&**unit, from).await? else { return Ok(()) };
    let (id, due, call) = (open.id, open.due_at, open.call_at);
    close(unit, open, "merged", now).await?;
    let sql = "UPDATE handovers SET person_id = $2, turn = turn - 1000000000, closed_at = NULL, outcome = NULL, due_at = $3, call_at = $4 \
               WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM handovers AS h WHERE h.person_id = $2 AND h.closed_at IS NULL)";
    super::run(&**unit, sql, [id.into(), into.into(), due.into(), call.into()]).await?;
    Ok(())
}
