//! What everybody may read of reports: the columns that public pages, maps and open data are made of, and no other. Private
//! reports are in none of them.
//!
//! Every statement is led by one index (`migrations/m0014_public_reports.rs`). A condition that must not choose another
//! one is written as `COALESCE(column, '')`, which both databases read from the index and neither searches by.

use std::{fmt::Write as _, ops::RangeInclusive};

use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement, Value};

use super::{Result, TOWN, reports::ReportRow};
use crate::reports::State;

/// Of a report, what may become public. The point is exact: [`crate::reports::public`] makes it public.
#[derive(Clone, PartialEq)]
pub struct PublicRow {
    pub folio: String,
    pub category: String,
    pub state: State,
    /// Degrees, WGS84.
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    pub colonia: Option<String>,
    /// The description, where somebody of the town said that it may be shown, as they left it.
    pub text: Option<String>,
    pub department: Option<String>,
    /// How many reported it or joined.
    pub people: i64,
    /// Unix milliseconds, as all times.
    pub filed_at: i64,
    pub updated_at: i64,
    pub closed_at: Option<i64>,
    pub scheduled_for: Option<i64>,
    /// The folio of the report that it was added to.
    pub parent: Option<String>,
}

/// Where somebody was exactly is theirs.
impl std::fmt::Debug for PublicRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PublicRow").field("folio", &self.folio).finish_non_exhaustive()
    }
}

impl PublicRow {
    /// The same of a row that was read whole; `None` for a private one. `parent`: the folio of the report that it was added
    /// to, unless that one is private.
    pub fn of(row: &ReportRow, parent: Option<String>) -> Option<Self> {
        (!row.private).then(|| Self {
            folio: row.folio.clone(),
            category: row.category.clone(),
            state: row.stands(),
            lat: row.lat,
            lon: row.lon,
            colonia: row.colonia.clone(),
            text: row.public_text.clone().filter(|_| row.moderation == "shown"),
            department: row.department.clone(),
            people: row.people,
            filed_at: row.filed_at,
            updated_at: row.updated_at,
            closed_at: row.closed_at,
            scheduled_for: row.scheduled_for,
            parent,
        })
    }
}

/// Which reports. What is empty asks for nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PublicFilter {
    pub category: Option<String>,
    pub colonia: Option<String>,
    /// Any of these.
    pub states: Vec<State>,
    /// Filed at this moment or later.
    pub from: Option<i64>,
    /// Filed before this moment.
    pub until: Option<i64>,
}

/// A part of the map, in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    pub south: f64,
    pub west: f64,
    pub north: f64,
    pub east: f64,
}

const COLUMNS: &str = "SELECT r.folio, r.category, r.state, r.lat, r.lon, r.colonia, \
    CASE WHEN r.moderation = 'shown' THEN r.public_text END AS text, r.department, r.people, r.filed_at, r.updated_at, \
    r.closed_at, r.scheduled_for, p.folio AS parent \
    FROM reports r LEFT JOIN reports p ON p.id = r.parent_id AND p.private = FALSE \
    WHERE r.town_id = $1 AND r.private = FALSE";

/// A statement under way, with its values.
struct Asked {
    sql: String,
    values: Vec<Value>,
}

impl Asked {
    fn new(sql: &str) -> Self {
        Self { sql: sql.to_owned(), values: vec![TOWN.into()] }
    }

    /// ` AND <condition>`, where `?` is the value's place.
    fn and(&mut self, condition: &str, value: impl Into<Value>) {
        self.values.push(value.into());
        let place = format!("${}", self.values.len());
        write!(self.sql, " AND {}", condition.replace('?', &place)).ok();
    }

    /// Which of the indexes of lists leads: the one that leaves least. The rest is looked at on the way.
    fn filter(&mut self, filter: &PublicFilter) {
        let lead = match (&filter.category, &filter.colonia, filter.states.as_slice()) {
            (Some(_), ..) => "category",
            (None, Some(_), _) => "colonia",
            (None, None, [_]) => "state",
            _ => "",
        };
        self.filter_led_by(filter, lead);
        if let Some(from) = filter.from {
            self.and("r.filed_at >= ?", from);
        }
        if let Some(until) = filter.until {
            self.and("r.filed_at < ?", until);
        }
    }

    fn filter_led_by(&mut self, filter: &PublicFilter, lead: &str) {
        let named = |column: &str| {
            if column == lead { format!("r.{column}") } else { format!("COALESCE(r.{column}, '')") }
        };
        if let Some(category) = &filter.category {
            self.and(&format!("{} = ?", named("category")), category.as_str());
        }
        if let Some(colonia) = &filter.colonia {
            self.and(&format!("{} = ?", named("colonia")), colonia.as_str());
        }
        if let [state] = filter.states.as_slice() {
            self.and(&format!("{} = ?", named("state")), state.as_str());
        } else if !filter.states.is_empty() {
            let names: Vec<String> =
                filter.states.iter().map(|state| format!("'{}'", state.as_str())).collect();
            write!(self.sql, " AND {} IN ({})", named("state"), names.join(", ")).ok();
        }
    }

    fn within(&mut self, bounds: Bounds) {
        self.and("r.lat >= ?", bounds.south);
        self.and("r.lat <= ?", bounds.north);
        self.and("r.lon >= ?", bounds.west);
        self.and("r.lon <= ?", bounds.east);
    }

    fn newest(mut self, limit: u64, backend: DbBackend) -> Statement {
        write!(self.sql, " ORDER BY r.filed_at DESC, r.folio DESC LIMIT {limit}").ok();
        Statement::from_sql_and_values(backend, self.sql, self.values)
    }
}

/// What [`page`] asks the database.
pub fn page_statement(
    backend: DbBackend,
    filter: &PublicFilter,
    after: Option<(i64, &str)>,
    limit: u64,
) -> Statement {
    let mut asked = Asked::new(COLUMNS);
    asked.filter(filter);
    if let Some((filed_at, folio)) = after {
        asked.and("r.filed_at <= ?", filed_at);
        asked.and(&format!("(r.filed_at < ${} OR r.folio < ?)", asked.values.len()), folio);
    }
    asked.newest(limit, backend)
}

/// Public reports, the newest first; `after` is the last one of the page before.
///
/// # Errors
/// When the database fails.
pub async fn page(
    on: &impl ConnectionTrait,
    filter: &PublicFilter,
    after: Option<(i64, &str)>,
    limit: u64,
) -> Result<Vec<PublicRow>> {
    let statement = page_statement(on.get_database_backend(), filter, after, limit);
    rows(on, statement).await
}

/// What [`window`] asks the database where the window is small: each row of squares by itself.
pub fn squares_statement(
    backend: DbBackend,
    filter: &PublicFilter,
    squares: &[RangeInclusive<i64>],
    bounds: Bounds,
    limit: u64,
) -> Statement {
    let mut sql = String::new();
    let mut asked = Asked::new("");
    for range in squares {
        let union = if sql.is_empty() { "" } else { " UNION ALL " };
        asked.sql = format!("{sql}{union}{COLUMNS}");
        asked.values.extend([Value::from(*range.start()), Value::from(*range.end())]);
        let last = asked.values.len();
        write!(asked.sql, " AND r.cell BETWEEN ${} AND ${last}", last - 1).ok();
        asked.filter_led_by(filter, "");
        if let Some(from) = filter.from {
            asked.and("r.filed_at + 0 >= ?", from);
        }
        if let Some(until) = filter.until {
            asked.and("r.filed_at + 0 < ?", until);
        }
        asked.within(bounds);
        sql.clone_from(&asked.sql);
    }
    let sql = format!("SELECT * FROM ({sql}) r ORDER BY r.filed_at DESC, r.folio DESC LIMIT {limit}");
    Statement::from_sql_and_values(backend, sql, asked.values)
}

/// Public reports within a part of the map, the newest first. `squares`: those that cover it (see
/// [`crate::reports::cell`]) where it is small; empty where it is large, and then only the newest `deep` reports are looked
/// at.
///
/// # Errors
/// When the database fails.
pub async fn window(
    on: &impl ConnectionTrait,
    filter: &PublicFilter,
    bounds: Bounds,
    squares: &[RangeInclusive<i64>],
    deep: u64,
    limit: u64,
) -> Result<Vec<PublicRow>> {
    let backend = on.get_database_backend();
    if !squares.is_empty() {
        return rows(on, squares_statement(backend, filter, squares, bounds, limit)).await;
    }
    let filter = PublicFilter { from: since(on, filter, deep).await?.or(filter.from), ..filter.clone() };
    let mut asked = Asked::new(COLUMNS);
    asked.filter(&filter);
    asked.within(bounds);
    rows(on, asked.newest(limit, backend)).await
}

/// When the oldest of the newest `deep` reports was filed; `None` where there are fewer.
async fn since(on: &impl ConnectionTrait, filter: &PublicFilter, deep: u64) -> Result<Option<i64>> {
    let mut asked = Asked::new("SELECT r.filed_at FROM reports r WHERE r.town_id = $1 AND r.private = FALSE");
    asked.filter(filter);
    write!(asked.sql, " ORDER BY r.filed_at DESC, r.folio DESC LIMIT 1 OFFSET {deep}").ok();
    let statement = Statement::from_sql_and_values(on.get_database_backend(), asked.sql, asked.values);
    let row = on.query_one_raw(statement).await?;
    row.map(|row| Ok(row.try_get("", "filed_at")?)).transpose()
}

async fn rows(on: &impl ConnectionTrait, statement: Statement) -> Result<Vec<PublicRow>> {
    on.query_all_raw(statement).await?.iter().map(read).collect()
}

fn read(row: &QueryResult) -> Result<PublicRow> {
    let state: String = row.try_get("", "state")?;
    Ok(PublicRow {
        folio: row.try_get("", "folio")?,
        category: row.try_get("", "category")?,
        // A state of a newer version is in triage for this one.
        state: state.parse().unwrap_or(State::Triage),
        lat: row.try_get("", "lat")?,
        lon: row.try_get("", "lon")?,
        colonia: row.try_get("", "colonia")?,
        text: row.try_get("", "text")?,
        department: row.try_get("", "department")?,
        people: row.try_get("", "people")?,
        filed_at: row.try_get("", "filed_at")?,
        updated_at: row.try_get("", "updated_at")?,
        closed_at: row.try_get("", "closed_at")?,
        scheduled_for: row.try_get("", "scheduled_for")?,
        parent: row.try_get("", "parent")?,
    })
}
