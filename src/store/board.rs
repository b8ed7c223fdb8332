//! The board of reports: which of them somebody sees, in the order in which they are to be done, and how many there are.

mod query;

use sea_orm::{ConnectionTrait, EntityTrait, Statement};
use uuid::Uuid;

use query::{DUE, Query, RISK, TO_MODERATE};

use super::{
    Result, TOWN,
    reports::{Entity, ReportRow},
};

/// What is never due comes last.
const NEVER: i64 = i64::MAX;

/// What somebody may see.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    pub staff: Uuid,
    /// Only reports of these departments; `None`: all.
    pub departments: Option<Vec<String>>,
    /// Private ones of these departments too.
    pub private_departments: Vec<String>,
    /// Private ones of these categories too.
    pub private_categories: Vec<String>,
}

/// A tab of the board.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Queue {
    /// Everything that is still to be done.
    #[default]
    Open,
    /// Nobody knows whose they are.
    Triage,
    /// Attended by who looks.
    Mine,
    /// Of the departments of who looks.
    Department,
    /// At risk, or too late.
    Due,
    /// Said to be done: the citizen is to say so.
    Confirming,
    /// Opened again.
    Reopened,
    /// Opened again twice: a supervisor's business.
    Escalated,
    /// The citizen was asked something.
    Waiting,
    /// Words or photos that nobody looked at yet.
    Moderation,
    Closed,
    All,
}

/// How urgent it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pressing {
    AtRisk,
    Late,
}

/// In which order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// What is due soonest.
    #[default]
    Due,
    /// What came last.
    Newest,
}

/// South, west, north and east, in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    pub south: f64,
    pub west: f64,
    pub north: f64,
    pub east: f64,
}

/// Which reports. What is empty asks for nothing.
#[derive(Clone, Default, PartialEq)]
pub struct Filter {
    pub queue: Queue,
    /// The departments of who looks, for [`Queue::Department`].
    pub own_departments: Vec<String>,
    pub states: Vec<String>,
    pub departments: Vec<String>,
    pub categories: Vec<String>,
    pub colonias: Vec<String>,
    pub assignee: Option<Uuid>,
    pub pressing: Option<Pressing>,
    /// A part of the folio, the description or the place.
    pub text: String,
    pub within: Option<Bounds>,
    pub ids: Vec<Uuid>,
    /// Unix milliseconds.
    pub filed_after: Option<i64>,
    pub sort: Sort,
}

/// What people type is theirs.
impl std::fmt::Debug for Filter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Filter").field("queue", &self.queue).field("sort", &self.sort).finish_non_exhaustive()
    }
}

/// How many there are in each tab.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub open: i64,
    pub triage: i64,
    pub mine: i64,
    pub department: i64,
    pub due: i64,
    pub confirming: i64,
    pub reopened: i64,
    pub escalated: i64,
    pub waiting: i64,
    pub moderation: i64,
}

/// The place of a report in its order: what comes next is behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Behind {
    pub key: i64,
    pub id: Uuid,
}

impl Behind {
    /// The place of this report.
    pub fn of(row: &ReportRow, sort: Sort) -> Self {
        let key = match sort {
            Sort::Due => due_of(row).unwrap_or(NEVER),
            Sort::Newest => -row.filed_at,
        };
        Self { key, id: row.id }
    }
}

/// When the next thing is due in a report, Unix ms.
pub fn due_of(row: &ReportRow) -> Option<i64> {
    if row.closed_at.is_some() || row.paused_at.is_some() || row.state == "resolved_claimed" {
        return None;
    }
    match (row.respond_due, row.resolve_due) {
        (Some(respond), resolve)
            if row.responded_at.is_none() && resolve.is_none_or(|resolve| respond < resolve) =>
        {
            Some(respond)
        }
        (_, resolve) => resolve,
    }
}

/// Reports in their order, at most `limit`, those behind one of them.
///
/// # Errors
/// When the database fails.
pub async fn page(
    on: &impl ConnectionTrait,
    scope: &Scope,
    filter: &Filter,
    (behind, limit): (Option<Behind>, i64),
    now: i64,
) -> Result<Vec<ReportRow>> {
    let mut query = Query::of(scope);
    query.queue(filter.queue, scope, &filter.own_departments, now);
    query.filter(filter, now);
    let key = match filter.sort {
        Sort::Due => format!("COALESCE({DUE}, {NEVER})"),
        Sort::Newest => "-filed_at".to_owned(),
    };
    if let Some(Behind { key: last, id }) = behind {
        let (last, id) = (query.value(last), query.value(id));
        query.and(&format!("({key} > {last} OR ({key} = {last} AND id > {id}))"));
    }
    let limit = query.value(limit);
    let sql = format!("SELECT * FROM reports WHERE {} ORDER BY {key}, id LIMIT {limit}", query.sql);
    let statement = Statement::from_sql_and_values(on.get_database_backend(), sql, query.values);
    Ok(Entity::find().from_raw_sql(statement).all(on).await?)
}

/// A report, if it may be seen.
///
/// # Errors
/// When the database fails.
pub async fn seen(on: &impl ConnectionTrait, scope: &Scope, id: Uuid) -> Result<Option<ReportRow>> {
    let filter = Filter { queue: Queue::All, ids: vec![id], ..Filter::default() };
    Ok(page(on, scope, &filter, (None, 1), 0).await?.pop())
}

/// How many there are in each tab, of what is still to be done. `own`: the departments of who looks.
///
/// # Errors
/// When the database fails.
pub async fn counts(on: &impl ConnectionTrait, scope: &Scope, own: &[String], now: i64) -> Result<Counts> {
    let mut query = Query::of(scope);
    query.and("closed_at IS NULL");
    let (staff, now) = (query.value(scope.staff), query.value(now));
    let own = if own.is_empty() { "FALSE".to_owned() } else { query.one_of("department", own) };
    let sum = |condition: &str, name: &str| {
        format!("COALESCE(SUM(CASE WHEN {condition} THEN 1 ELSE 0 END), 0) AS {name}")
    };
    let sums = [
        sum("TRUE", "open"),
        sum("state = 'triage'", "triage"),
        sum(&format!("assignee = {staff}"), "mine"),
        sum(&own, "department"),
        sum(&format!("{RISK} <= {now}"), "due"),
        sum("state = 'resolved_claimed'", "confirming"),
        sum("state = 'reopened'", "reopened"),
        sum("reopened >= 2", "escalated"),
        sum("state = 'waiting_citizen'", "waiting"),
        sum(TO_MODERATE, "moderation"),
    ];
    let sql = format!("SELECT {} FROM reports WHERE {}", sums.join(", "), query.sql);
    let statement = Statement::from_sql_and_values(on.get_database_backend(), sql, query.values);
    let Some(row) = on.query_one_raw(statement).await? else { return Ok(Counts::default()) };
    let count = |name: &str| row.try_get::<i64>("", name);
    Ok(Counts {
        open: count("open")?,
        triage: count("triage")?,
        mine: count("mine")?,
        department: count("department")?,
        due: count("due")?,
        confirming: count("confirming")?,
        reopened: count("reopened")?,
        escalated: count("escalated")?,
        waiting: count("waiting")?,
        moderation: count("moderation")?,
    })
}
