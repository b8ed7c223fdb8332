//! The provider's news of what we sent. Merged by rank: a late `sent` never overwrites `read`.

use sea_orm::{ConnectionTrait, Statement, Value};
use uuid::Uuid;
use ventanilla_adapters::{DeliveryState, SendError, StatusUpdate};

use super::{Result, TOWN, Unit, all, json, one, run, to_json};

/// Ranks as in [`DeliveryState::after`], spelled for SQL.
const BELOW: &str = "(CASE outbox.state WHEN 'accepted' THEN 1 WHEN 'sent' THEN 2 WHEN 'failed' THEN 3 \
                     WHEN 'delivered' THEN 4 WHEN 'read' THEN 5 ELSE 0 END)";

/// News of an attempt that is over say nothing: of the channel before a reply went another way, of what is kept by now,
/// of what was not tried yet. A reply that waits for its next try cannot fail by them, yet it may have arrived.
const CURRENT: &str = "outbox.channel = news.channel AND outbox.state <> 'kept' \
                       AND (outbox.state <> 'queued' OR (outbox.attempts > 0 AND news.state <> 'failed')) \
                       AND (outbox.provider_id IS NULL OR news.nameless OR outbox.provider_id = news.provider_id)";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Applied {
    /// To a reply of this person.
    To(Uuid),
    /// It said nothing new.
    Stale,
    /// No such reply yet: kept, for the status may come before the answer to the send.
    Held,
}

/// Applies news of our own replies, known by reference, in one statement. Gives the people concerned; what is not
/// among them said nothing new, or is not known yet: ask [`apply`].
///
/// # Errors
/// When the database fails.
pub async fn apply_many(on: &impl ConnectionTrait, news: &[News<'_>], now: i64) -> Result<Vec<(Uuid, Uuid)>> {
    let mut values: Vec<Value> = vec![now.into()];
    let mut rows = Vec::new();
    for one in news {
        let n = values.len();
        rows.push(format!(
            "SELECT ${} AS id, ${} AS state, ${} AS provider_id, ${} AS rank, ${} AS error, ${} AS channel, \
             ${} AS nameless",
            n + 1,
            n + 2,
            n + 3,
            n + 4,
            n + 5,
            n + 6,
            n + 7
        ));
        values.extend(one.values());
    }
    let sql = format!(
        "UPDATE outbox SET state = news.state, provider_id = COALESCE(outbox.provider_id, news.provider_id), \
         updated_at = $1, error_json = COALESCE(news.error, error_json) FROM ({}) AS news \
         WHERE outbox.id = news.id AND {CURRENT} AND {BELOW} < news.rank RETURNING outbox.id AS id, outbox.person_id AS person_id",
        rows.join(" UNION ALL ")
    );
    let rows =
        on.query_all_raw(Statement::from_sql_and_values(on.get_database_backend(), sql, values)).await?;
    rows.iter().map(|row| Ok((row.try_get("", "id")?, row.try_get("", "person_id")?))).collect()
}

/// The best news of one reply.
#[derive(Debug)]
pub struct News<'a> {
    /// Our reference.
    pub id: Uuid,
    pub status: &'a StatusUpdate,
    /// What a failure means, for the agent.
    pub error: Option<SendError>,
}

impl News<'_> {
    fn values(&self) -> [Value; 7] {
        let status = self.status;
        // Some gateways tell no id of their own.
        let nameless = status.reference.as_deref() == Some(status.provider_id.as_str());
        [
            self.id.into(),
            status.state.as_str().into(),
            status.provider_id.clone().into(),
            rank(status.state).into(),
            self.error.as_ref().map(to_json).into(),
            status.channel.as_str().into(),
            nameless.into(),
        ]
    }
}

/// Applies one status. `error` is what a failure means, for the agent.
///
/// # Errors
/// When the database fails.
pub async fn apply(
    unit: &Unit,
    status: &StatusUpdate,
    error: Option<&SendError>,
    held_id: Uuid,
    now: i64,
) -> Result<Applied> {
    let ours = status.reference.as_deref().and_then(|text| Uuid::parse_str(text).ok());
    if let Some(id) = ours
        && let Some(person) = update(unit, id, status, error, now).await?
    {
        return Ok(Applied::To(person));
    }
    match find(unit, ours, &status.provider_id).await? {
        Some(id) => Ok(update(unit, id, status, error, now).await?.map_or(Applied::Stale, Applied::To)),
        None => {
            hold(unit, status, held_id, now).await?;
            Ok(Applied::Held)
        }
    }
}

async fn update(
    unit: &Unit,
    id: Uuid,
    status: &StatusUpdate,
    error: Option<&SendError>,
    now: i64,
) -> Result<Option<Uuid>> {
    let news = News { id, status, error: error.cloned() };
    Ok(apply_many(&**unit, &[news], now).await?.pop().map(|(_, person)| person))
}

fn rank(state: DeliveryState) -> i64 {
    match state {
        DeliveryState::Accepted => 1,
        DeliveryState::Sent => 2,
        DeliveryState::Failed => 3,
        DeliveryState::Delivered => 4,
        DeliveryState::Read => 5,
    }
}

async fn find(unit: &Unit, ours: Option<Uuid>, provider_id: &str) -> Result<Option<Uuid>> {
    let sql = "SELECT id FROM outbox WHERE id = $1 OR provider_id = $2 LIMIT 1";
    let row = one(&**unit, sql, [ours.into(), provider_id.into()]).await?;
    row.map(|row| Ok(row.try_get("", "id")?)).transpose()
}

async fn hold(unit: &Unit, status: &StatusUpdate, id: Uuid, now: i64) -> Result<()> {
    let sql = "INSERT INTO held_statuses (id, town_id, provider_id, status_json, received_at) \
               VALUES ($1, $2, $3, $4, $5)";
    let values =
        [id.into(), TOWN.into(), status.provider_id.clone().into(), to_json(status).into(), now.into()];
    run(&**unit, sql, values).await?;
    Ok(())
}

/// Takes out the statuses that came before the answer to their send.
///
/// # Errors
/// When the database fails.
pub async fn take_held(unit: &Unit, provider_id: &str) -> Result<Vec<StatusUpdate>> {
    let sql = "DELETE FROM held_statuses WHERE provider_id = $1 RETURNING id, status_json";
    let rows = all(&**unit, sql, [provider_id.into()]).await?;
    rows.iter()
        .map(|row| {
            let id: Uuid = row.try_get("", "id")?;
            let text: String = row.try_get("", "status_json")?;
            json("held_statuses", id, &text)
        })
        .collect()
}

/// Whether any status waits for the answer to its send.
///
/// # Errors
/// When the database fails.
pub async fn any_held(on: &impl ConnectionTrait) -> Result<bool> {
    Ok(one(on, "SELECT 1 AS here FROM held_statuses LIMIT 1", []).await?.is_some())
}

/// Forgets statuses that nobody came for.
///
/// # Errors
/// When the database fails.
pub async fn forget_held(unit: &Unit, before: i64) -> Result<u64> {
    run(&**unit, "DELETE FROM held_statuses WHERE received_at < $1", [before.into()]).await
}
