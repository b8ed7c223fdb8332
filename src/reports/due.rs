//! What reports do by themselves: questions that are asked again, silence that ends them, and a word to who waits.
//!
//! A worker comes by (`src/workers.rs`). A move sets a report's timers anew, so a timer that is still there belongs to
//! the state in which it was set.

use tracing::warn;
use uuid::Uuid;

use super::{
    Actor, Change, ChangeError, Happened, State, TimerKind, change,
    change::{happen, tell_followers},
    news::{ASK_FIXED, ASK_LAPSED, REMIND, STILL_OPEN},
};
use crate::{
    app::App,
    store::{self, StoreError, Unit, report_timers::Timer, reports::ReportRow},
};

const DAY: i64 = 24 * 3600 * 1000;
/// Of those who never answered, one in so many is asked again.
const SAMPLE: u128 = 10;
/// Until then.
const LATER: i64 = 28 * DAY;
/// Between two words to who waits.
const SILENCE: i64 = 15 * DAY;
/// Between two looks after what others attend.
const LOOK_AGAIN: i64 = 10 * DAY;
/// Timers that are read at a time.
const BATCH: i64 = 200;

/// Does what is due.
///
/// # Errors
/// When what is due cannot be read; what cannot be done now is done when somebody comes again.
pub async fn do_due(app: &App) -> Result<(), StoreError> {
    for timer in store::report_timers::due(app.store.read(), app.clock.now(), BATCH).await? {
        if let Err(err) = act(app, &timer).await {
            warn!(report.id = %timer.report, "a report could not go on by itself: {err}");
        }
    }
    Ok(())
}

async fn act(app: &App, timer: &Timer) -> Result<(), ChangeError> {
    let unit = app.store.unit().await?;
    if !store::report_timers::take(&unit, timer).await? {
        return Ok(());
    }
    if let Some(row) = store::reports::by_id(&*unit, timer.report).await? {
        go_on(app, &unit, row, timer.kind).await?;
    }
    Ok(unit.commit().await?)
}

async fn go_on(app: &App, unit: &Unit, row: ReportRow, kind: TimerKind) -> Result<(), ChangeError> {
    let state = row.stands();
    match kind {
        // Who reported in private is not asked: others may read it.
        TimerKind::AskFixed if row.private => {}
        TimerKind::AskFixed => ask(app, unit, row, ASK_FIXED).await?,
        TimerKind::Lapse if state == State::ResolvedClaimed => lapse(app, unit, &row).await?,
        TimerKind::AskLapsed if row.outcome.as_deref() == Some("lapsed") => {
            ask(app, unit, row, ASK_LAPSED).await?;
        }
        TimerKind::Remind | TimerKind::RemindAgain => ask(app, unit, row, REMIND).await?,
        TimerKind::NoInfo if state == State::WaitingCitizen => {
            let end = Change {
                reason: Some("no_info".to_owned()),
                ..Change::new(State::ClosedRejected, Actor::System)
            };
            change(app, unit, &row, &end).await?;
        }
        TimerKind::LookAfter => {
            let by = Actor::System;
            let row = happen(app, unit, row, Happened::new("look_after", &by)).await?;
            again(app, unit, &row, kind, LOOK_AGAIN).await?;
        }
        TimerKind::StillOpen => {
            again(app, unit, &row, kind, SILENCE).await?;
            // What is private is not spoken of without need, and to nobody there is nothing to say.
            let followers = store::report_followers::of_report(&**unit, row.id).await?;
            if !row.private && !followers.is_empty() {
                ask(app, unit, row, STILL_OPEN).await?;
            }
        }
        TimerKind::Lapse | TimerKind::AskLapsed | TimerKind::NoInfo => {}
    }
    Ok(())
}

/// Something that its followers are told now, and that moves nothing.
async fn ask(app: &App, unit: &Unit, row: ReportRow, kind: &str) -> Result<(), StoreError> {
    let row = happen(app, unit, row, Happened::new(kind, &Actor::System)).await?;
    tell_followers(unit, &row, app.clock.now()).await
}

/// A week without a word. It counts apart from what was confirmed.
async fn lapse(app: &App, unit: &Unit, row: &ReportRow) -> Result<(), ChangeError> {
    let end =
        Change { reason: Some("lapsed".to_owned()), ..Change::new(State::ClosedConfirmed, Actor::System) };
    let row = change(app, unit, row, &end).await?;
    if is_asked_later(row.id) && !row.private {
        again(app, unit, &row, TimerKind::AskLapsed, LATER).await?;
    }
    Ok(())
}

/// One in [`SAMPLE`], always the same ones: by the digits of the id that chance wrote.
fn is_asked_later(id: Uuid) -> bool {
    id.as_u128().is_multiple_of(SAMPLE)
}

async fn again(
    app: &App,
    unit: &Unit,
    row: &ReportRow,
    kind: TimerKind,
    wait: i64,
) -> Result<(), StoreError> {
    let timer = Timer { report: row.id, kind, due_at: app.clock.now() + wait };
    store::report_timers::set(unit, &timer).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_in_ten_is_asked_later() {
        let asked = (0..1000_u128).filter(|id| is_asked_later(Uuid::from_u128(*id))).count();
        assert_eq!(asked, 100);
    }
}
