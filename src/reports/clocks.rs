//! Until when a report is seen to: what its clocks do when it is filed and when it moves, and how they stand.
//!
//! Two clocks, in working time of its department: until somebody of the town does something about it (where nobody knows
//! whose it is: until somebody says so), and until the town says that it is done. They stand still only while the town
//! waits for the citizen. What another authority does is not ours to time.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::State;
use crate::{
    catalogue::{Catalogue, Due, Span},
    store::reports::ReportRow,
};

/// How a clock stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClockState {
    /// There is time.
    Running,
    /// Three quarters of it are over.
    AtRisk,
    /// It is over, and still to be done.
    Late,
    /// It stands still: the citizen was asked something.
    Paused,
    /// Done in time.
    Met,
    /// Done too late.
    Missed,
    /// Nothing is to be done any more, and nothing was.
    Stopped,
}

impl ClockState {
    /// Whether somebody should hurry.
    pub fn is_pressing(self) -> bool {
        matches!(self, Self::AtRisk | Self::Late)
    }
}

/// A clock of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReportClock {
    /// Unix milliseconds.
    pub due_at: i64,
    pub state: ClockState,
}

/// Until somebody of the town does something about it; `None` where nothing was promised.
pub fn respond(row: &ReportRow, now: i64) -> Option<ReportClock> {
    let due_at = row.respond_due?;
    let state = stands(row, now, (due_at, row.respond_risk), row.responded_at);
    Some(ReportClock { due_at, state })
}

/// Until the town says that it is done; `None` where nothing was promised, or somebody else attends it.
pub fn resolve(row: &ReportRow, now: i64) -> Option<ReportClock> {
    let due_at = row.resolve_due?;
    let done = match row.stands() {
        State::ResolvedClaimed | State::ClosedConfirmed => row.claimed_at,
        State::ClosedRejected => row.closed_at,
        _ => None,
    };
    Some(ReportClock { due_at, state: stands(row, now, (due_at, row.resolve_risk), done) })
}

/// The clock that says what is due next: the first that still runs, else the one of the whole.
pub fn next(row: &ReportRow, now: i64) -> Option<ReportClock> {
    let runs = |clock: &ReportClock| {
        matches!(clock.state, ClockState::Running | ClockState::AtRisk | ClockState::Late)
    };
    let clocks = [respond(row, now), resolve(row, now)].into_iter().flatten();
    clocks.filter(runs).min_by_key(|clock| clock.due_at).or_else(|| resolve(row, now))
}

fn stands(row: &ReportRow, now: i64, (due, risk): (i64, Option<i64>), done: Option<i64>) -> ClockState {
    match done {
        Some(done) if done <= due => ClockState::Met,
        Some(_) => ClockState::Missed,
        None if !row.stands().is_open() => ClockState::Stopped,
        None if row.paused_at.is_some() => ClockState::Paused,
        None if now > due => ClockState::Late,
        None if risk.is_some_and(|risk| now >= risk) => ClockState::AtRisk,
        None => ClockState::Running,
    }
}

/// Of a report that is filed.
#[must_use]
pub fn start(catalogue: &Catalogue, row: ReportRow) -> ReportRow {
    let within = catalogue.within(&row.category);
    let first = if row.department.is_some() { within.respond } else { within.classify };
    let filed = row.filed_at;
    let row = responding(catalogue, row, (filed, first));
    resolving(catalogue, row, (filed, within.resolve))
}

/// Of a report that moved: `before` is what it was, `row` what it is now, `now` Unix milliseconds.
#[must_use]
pub fn follow(catalogue: &Catalogue, before: &ReportRow, row: ReportRow, now: i64) -> ReportRow {
    let within = catalogue.within(&row.category);
    let (from, to) = (before.stands(), row.stands());
    let row = go_on(catalogue, before, row, now);
    match to {
        State::WaitingCitizen => ReportRow { paused_at: Some(now), ..row },
        State::Referred => ReportRow { resolve_risk: None, resolve_due: None, ..row },
        // Taken apart: it is what it was.
        _ if from == State::Duplicate => row,
        State::Reopened => resolving(catalogue, row, (now, within.resolve.half())),
        // It came back from another authority: only now it is ours.
        to if from == State::Referred && to.is_open() => resolving(catalogue, row, (now, within.resolve)),
        // Now somebody knows whose it is, and nobody of the town has done anything.
        _ if before.department.is_none() && row.department.is_some() && row.responded_at.is_none() => {
            let filed = row.filed_at;
            responding(catalogue, row, (filed, within.respond))
        }
        _ => row,
    }
}

/// The clocks go on, later by the working time that they stood still.
fn go_on(catalogue: &Catalogue, before: &ReportRow, row: ReportRow, now: i64) -> ReportRow {
    let Some(paused) = before.paused_at else { return row };
    let pause = (moment(paused), moment(now));
    let department = before.department.as_deref();
    let later =
        |at: Option<i64>| at.map(|at| catalogue.shifted(department, moment(at), pause).timestamp_millis());
    let answered = row.responded_at.is_some_and(|at| at <= paused);
    let respond = |at: Option<i64>| if answered { at } else { later(at) };
    ReportRow {
        paused_at: None,
        respond_risk: respond(row.respond_risk),
        respond_due: respond(row.respond_due),
        resolve_risk: later(row.resolve_risk),
        resolve_due: later(row.resolve_due),
        ..row
    }
}

fn responding(catalogue: &Catalogue, row: ReportRow, promise: (i64, Span)) -> ReportRow {
    let due = promised(catalogue, &row, promise);
    ReportRow {
        respond_risk: due.map(|due| due.at_risk.timestamp_millis()),
        respond_due: due.map(|due| due.due.timestamp_millis()),
        ..row
    }
}

fn resolving(catalogue: &Catalogue, row: ReportRow, promise: (i64, Span)) -> ReportRow {
    let due = promised(catalogue, &row, promise);
    ReportRow {
        resolve_risk: due.map(|due| due.at_risk.timestamp_millis()),
        resolve_due: due.map(|due| due.due.timestamp_millis()),
        ..row
    }
}

fn promised(catalogue: &Catalogue, row: &ReportRow, (since, span): (i64, Span)) -> Option<Due> {
    catalogue.promise(row.department.as_deref(), moment(since), span)
}

fn moment(at: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(at).unwrap_or_default()
}
