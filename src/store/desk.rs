//! The queues of the desk: which chats somebody sees, in the order in which they should be attended.

use sea_orm::{ConnectionTrait, FromQueryResult, QueryResult, Statement, Value};
use uuid::Uuid;
use ventanilla_adapters::Channel;
use ventanilla_values::Lang;

use super::{Result, TOWN, all, handovers::HandoverRow};

/// A tab of the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Queue {
    /// Nobody attends them: crises first, then what is due soonest.
    Unanswered,
    /// Attended by who looks.
    Mine,
    /// Attended by colleagues.
    Team,
    /// Attended by who looks, and it is the citizen's turn.
    Waiting,
    /// A call is to be made, the soonest first.
    Calls,
    /// Where an answer of somebody awaits approval, the oldest first.
    Approval,
    /// Closed, the newest first.
    History,
}

/// Who looks.
#[derive(Debug, Clone, Copy)]
pub struct Viewer<'a> {
    pub staff: Uuid,
    /// Only chats of these departments; `None`: all.
    pub departments: Option<&'a [String]>,
    /// Also those about what is private.
    pub sensitive: bool,
}

impl Viewer<'_> {
    /// Sees every chat and attends none: the server itself.
    pub const SERVER: Self = Self { staff: Uuid::nil(), departments: None, sensitive: true };

    /// `,water,parks,`, for LIKE; `NULL` where all are seen.
    fn listed(&self) -> Option<String> {
        self.departments.map(|departments| format!(",{},", departments.join(",")))
    }

    /// What they see of `handovers AS h`, with $2 who they are and $3 [`Self::listed`].
    fn sees(&self) -> &'static str {
        if self.sensitive {
            "($3 IS NULL OR $3 LIKE '%,' || h.department || ',%' OR h.staff_id = $2)"
        } else {
            "((h.sensitive = FALSE AND ($3 IS NULL OR $3 LIKE '%,' || h.department || ',%')) OR h.staff_id = $2)"
        }
    }
}

/// A chat in a queue.
#[derive(Clone, PartialEq)]
pub struct QueueRow {
    pub entry: HandoverRow,
    pub name: Option<String>,
    pub channel: Option<Channel>,
    pub lang: Option<Lang>,
}

/// Names stay out of logs.
impl std::fmt::Debug for QueueRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("QueueRow").field("entry", &self.entry.id).finish_non_exhaustive()
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub unanswered: i64,
    pub mine: i64,
    pub team: i64,
    pub waiting: i64,
    pub calls: i64,
}

const SELECT: &str = "SELECT h.*, p.name AS person_name, c.channel AS channel, c.session_json AS session_json \
                      FROM handovers AS h JOIN persons AS p ON p.id = h.person_id \
                      LEFT JOIN conversations AS c ON c.person_id = h.person_id \
                      WHERE h.town_id = $1";
/// Crises first, then what is due soonest; who was answered comes last.
const URGENT: &str = "ORDER BY CASE WHEN h.priority = 'crisis' THEN 0 ELSE 1 END, COALESCE(h.due_at, h.waiting_since, 9223372036854775807), COALESCE(h.waiting_since, 9223372036854775807), h.last_at, h.id";

impl Queue {
    fn sql(self, viewer: &Viewer<'_>) -> String {
        let (which, order) = match self {
            Self::Unanswered => ("h.closed_at IS NULL AND h.agent IS NULL", URGENT),
            Self::Mine => ("h.closed_at IS NULL AND h.staff_id = $2", URGENT),
            Self::Team => (
                "h.closed_at IS NULL AND h.agent IS NOT NULL AND (h.staff_id IS NULL OR h.staff_id <> $2)",
                URGENT,
            ),
            Self::Waiting => (
                "h.closed_at IS NULL AND h.staff_id = $2 AND h.waiting_since IS NULL AND h.call_at IS NULL",
                URGENT,
            ),
            Self::Calls => ("h.closed_at IS NULL AND h.call_at IS NOT NULL", "ORDER BY h.call_at, h.id"),
            Self::Approval => (
                "h.closed_at IS NULL AND EXISTS (SELECT 1 FROM proposals AS w WHERE w.handover_id = h.id AND w.state = 'waiting')",
                "ORDER BY (SELECT MIN(w.created_at) FROM proposals AS w WHERE w.handover_id = h.id AND w.state = 'waiting'), h.id",
            ),
            Self::History => ("h.closed_at IS NOT NULL", "ORDER BY h.closed_at DESC, h.id"),
        };
        format!("{SELECT} AND {} AND {which} {order} LIMIT $4 OFFSET $5", viewer.sees())
    }
}

/// A page of a queue.
///
/// # Errors
/// When the database fails.
pub async fn page(
    on: &impl ConnectionTrait,
    viewer: &Viewer<'_>,
    queue: Queue,
    limit: i64,
    offset: i64,
) -> Result<Vec<QueueRow>> {
    let values = [TOWN.into(), viewer.staff.into(), viewer.listed().into(), limit.into(), offset.into()];
    let statement = Statement::from_sql_and_values(on.get_database_backend(), queue.sql(viewer), values);
    on.query_all_raw(statement).await?.iter().map(read).collect()
}

/// One chat, open or closed, if who looks may see it.
///
/// # Errors
/// When the database fails.
pub async fn chat(on: &impl ConnectionTrait, viewer: &Viewer<'_>, id: Uuid) -> Result<Option<QueueRow>> {
    let sql = format!("{SELECT} AND {} AND h.id = $4", viewer.sees());
    let values = [TOWN.into(), viewer.staff.into(), viewer.listed().into(), id.into()];
    first(on, sql, values.into()).await?.as_ref().map(read).transpose()
}

/// The first row of a statement that was put together.
async fn first(on: &impl ConnectionTrait, sql: String, values: Vec<Value>) -> Result<Option<QueryResult>> {
    let statement = Statement::from_sql_and_values(on.get_database_backend(), sql, values);
    Ok(on.query_one_raw(statement).await?)
}

/// Whether some chat of this person, open or closed, is one that who looks may see.
///
/// # Errors
/// When the database fails.
pub async fn ever_saw(on: &impl ConnectionTrait, viewer: &Viewer<'_>, person: Uuid) -> Result<bool> {
    let sql = format!(
        "SELECT 1 AS one FROM handovers AS h WHERE h.town_id = $1 AND h.person_id = $4 AND {} LIMIT 1",
        viewer.sees()
    );
    let values = [TOWN.into(), viewer.staff.into(), viewer.listed().into(), person.into()];
    Ok(first(on, sql, values.into()).await?.is_some())
}

/// How many stand in each queue.
///
/// # Errors
/// When the database fails.
pub async fn counts(on: &impl ConnectionTrait, viewer: &Viewer<'_>) -> Result<Counts> {
    let sql = format!(
        "SELECT COALESCE(SUM(CASE WHEN agent IS NULL THEN 1 ELSE 0 END), 0) AS unanswered, \
               COALESCE(SUM(CASE WHEN staff_id = $2 THEN 1 ELSE 0 END), 0) AS mine, \
               COALESCE(SUM(CASE WHEN agent IS NOT NULL AND (staff_id IS NULL OR staff_id <> $2) THEN 1 ELSE 0 END), 0) AS team, \
               COALESCE(SUM(CASE WHEN staff_id = $2 AND waiting_since IS NULL AND call_at IS NULL THEN 1 ELSE 0 END), 0) AS waiting, \
               COALESCE(SUM(CASE WHEN call_at IS NOT NULL THEN 1 ELSE 0 END), 0) AS calls \
               FROM handovers AS h WHERE town_id = $1 AND closed_at IS NULL AND {}",
        viewer.sees()
    );
    let values = vec![TOWN.into(), viewer.staff.into(), viewer.listed().into()];
    let row = first(on, sql, values).await?;
    let Some(row) = row else { return Ok(Counts::default()) };
    Ok(Counts {
        unanswered: row.try_get("", "unanswered")?,
        mine: row.try_get("", "mine")?,
        team: row.try_get("", "team")?,
        waiting: row.try_get("", "waiting")?,
        calls: row.try_get("", "calls")?,
    })
}

/// How many open chats each colleague attends: (staff, chats).
///
/// # Errors
/// When the database fails.
pub async fn loads(on: &impl ConnectionTrait) -> Result<Vec<(Uuid, i64)>> {
    let sql = "SELECT staff_id, COUNT(*) AS n FROM handovers \
               WHERE town_id = $1 AND closed_at IS NULL AND staff_id IS NOT NULL GROUP BY staff_id";
    let rows = all(on, sql, [TOWN.into()]).await?;
    rows.iter().map(|row| Ok((row.try_get("", "staff_id")?, row.try_get("", "n")?))).collect()
}

/// The same by the channel of the talk: (staff, channel, chats).
///
/// # Errors
/// When the database fails.
pub async fn loads_by_channel(on: &impl ConnectionTrait) -> Result<Vec<(Uuid, Channel, i64)>> {
    let sql = "SELECT h.staff_id, c.channel, COUNT(*) AS n FROM handovers AS h \
               JOIN conversations AS c ON c.person_id = h.person_id \
               WHERE h.town_id = $1 AND h.closed_at IS NULL AND h.staff_id IS NOT NULL AND c.channel IS NOT NULL \
               GROUP BY h.staff_id, c.channel ORDER BY h.staff_id, c.channel";
    let mut loads = Vec::new();
    for row in all(on, sql, [TOWN.into()]).await? {
        let channel: String = row.try_get("", "channel")?;
        if let Ok(channel) = channel.parse() {
            loads.push((row.try_get("", "staff_id")?, channel, row.try_get("", "n")?));
        }
    }
    Ok(loads)
}

/// Whom each colleague answered in chats that were closed since a moment (Unix ms), the newest last: (person, staff).
///
/// # Errors
/// When the database fails.
pub async fn attended_since(on: &impl ConnectionTrait, moment: i64) -> Result<Vec<(Uuid, Uuid)>> {
    let sql = "SELECT person_id, staff_id FROM handovers WHERE town_id = $1 AND closed_at >= $2 \
               AND staff_id IS NOT NULL AND answered_at IS NOT NULL ORDER BY closed_at";
    let rows = all(on, sql, [TOWN.into(), moment.into()]).await?;
    rows.iter().map(|row| Ok((row.try_get("", "person_id")?, row.try_get("", "staff_id")?))).collect()
}

/// What the figures of the desk are reckoned from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attended {
    pub department: Option<String>,
    pub opened_at: i64,
    pub answered_at: Option<i64>,
    pub closed_at: Option<i64>,
    /// Whether the first answer came in time; `None`: there was none, or nothing was promised.
    pub in_time: Option<bool>,
    /// When the same person stood in the queue again, after this chat was closed.
    pub came_back_at: Option<i64>,
    /// Whether they were asked how they were attended.
    pub asked: bool,
    /// 1 to 5.
    pub rating: Option<i64>,
}

/// The chats that were opened since a moment (Unix ms). One that turned out to be another's counts once.
///
/// # Errors
/// When the database fails.
pub async fn since(on: &impl ConnectionTrait, moment: i64) -> Result<Vec<Attended>> {
    let sql = "SELECT h.department, h.opened_at, h.answered_at, h.closed_at, h.answered_in_time, h.rating, h.rating_asked_at, \
               (SELECT MIN(n.opened_at) FROM handovers AS n WHERE n.person_id = h.person_id AND n.opened_at >= h.closed_at \
                AND n.id <> h.id AND COALESCE(n.outcome, '') <> 'merged') AS came_back_at \
               FROM handovers AS h WHERE h.town_id = $1 AND h.opened_at >= $2 AND COALESCE(h.outcome, '') <> 'merged' \
               ORDER BY h.opened_at, h.id";
    let rows = all(on, sql, [TOWN.into(), moment.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(Attended {
                department: row.try_get("", "department")?,
                opened_at: row.try_get("", "opened_at")?,
                answered_at: row.try_get("", "answered_at")?,
                closed_at: row.try_get("", "closed_at")?,
                in_time: row.try_get("", "answered_in_time")?,
                came_back_at: row.try_get("", "came_back_at")?,
                asked: row.try_get::<Option<i64>>("", "rating_asked_at")?.is_some(),
                rating: row.try_get("", "rating")?,
            })
        })
        .collect()
}

#[derive(serde::Deserialize)]
struct Spoken {
    lang: Lang,
}

fn read(row: &QueryResult) -> Result<QueueRow> {
    let channel: Option<String> = row.try_get("", "channel")?;
    let session: Option<String> = row.try_get("", "session_json")?;
    let spoken = session.and_then(|text| serde_json::from_str::<Spoken>(&text).ok());
    Ok(QueueRow {
        entry: HandoverRow::from_query_result(row, "")?,
        name: row.try_get("", "person_name")?,
        channel: channel.and_then(|name| name.parse().ok()),
        lang: spoken.map(|spoken| spoken.lang),
    })
}
