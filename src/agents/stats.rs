//! The figures of the desk, by team: how many came, how long they waited, how many nobody answered.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::quality::Quality;
use crate::{
    app::App,
    store::{self, StoreError, desk::Attended},
};

const DAY: i64 = 24 * 3600 * 1000;

/// Figures without their n say nothing, so every figure stands beside it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct TeamStats {
    /// `null`: everybody's queue.
    pub department: Option<String>,
    pub opened: usize,
    pub answered: usize,
    /// Closed, and nobody had answered.
    pub abandoned: usize,
    pub closed: usize,
    /// Half of those who were answered waited so many seconds or less; `null` where nobody was.
    pub wait_p50_s: Option<i64>,
    /// Nine in ten.
    pub wait_p90_s: Option<i64>,
    pub quality: Quality,
}

/// The chats that were opened in the last `days`, by team.
///
/// # Errors
/// When the database fails.
pub async fn stats(app: &App, days: i64) -> Result<Vec<TeamStats>, StoreError> {
    let now = app.clock.now();
    let since = now - days.clamp(1, 366) * DAY;
    Ok(by_team(store::desk::since(app.store.read(), since).await?, now))
}

fn by_team(chats: Vec<Attended>, now: i64) -> Vec<TeamStats> {
    let mut teams: BTreeMap<Option<String>, Vec<Attended>> = BTreeMap::new();
    for chat in chats {
        teams.entry(chat.department.clone()).or_default().push(chat);
    }
    teams.into_iter().map(|(department, chats)| of_team(department, &chats, now)).collect()
}

fn of_team(department: Option<String>, chats: &[Attended], now: i64) -> TeamStats {
    let mut waits: Vec<i64> =
        chats.iter().filter_map(|chat| Some((chat.answered_at? - chat.opened_at) / 1000)).collect();
    waits.sort_unstable();
    TeamStats {
        department,
        opened: chats.len(),
        answered: waits.len(),
        abandoned: chats.iter().filter(|chat| chat.closed_at.is_some() && chat.answered_at.is_none()).count(),
        closed: chats.iter().filter(|chat| chat.closed_at.is_some()).count(),
        wait_p50_s: percentile(&waits, 50),
        wait_p90_s: percentile(&waits, 90),
        quality: Quality::of(chats, now),
    }
}

/// The smallest value that `p` in a hundred do not exceed (nearest rank).
fn percentile(sorted: &[i64], p: usize) -> Option<i64> {
    let rank = (sorted.len() * p).div_ceil(100).max(1);
    sorted.get(rank - 1).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chat(department: Option<&str>, wait: Option<i64>, closed: bool) -> Attended {
        Attended {
            department: department.map(str::to_owned),
            opened_at: 1_000,
            answered_at: wait.map(|seconds| 1_000 + seconds * 1000),
            closed_at: closed.then_some(900_000),
            ..Attended::default()
        }
    }

    #[test]
    fn who_was_never_answered_is_not_counted_as_a_short_wait() {
        let water = Some("water");
        let mut chats: Vec<_> = (1..=9).map(|n| chat(water, Some(n * 10), true)).collect();
        chats.extend([chat(water, Some(600), false), chat(water, None, true), chat(None, None, false)]);
        let teams = by_team(chats, 1_000_000);
        let everybody = &teams[0];
        assert_eq!((everybody.department.as_deref(), everybody.opened, everybody.answered), (None, 1, 0));
        assert_eq!((everybody.abandoned, everybody.wait_p50_s), (0, None), "they still wait");
        let water = &teams[1];
        assert_eq!((water.opened, water.answered, water.abandoned, water.closed), (11, 10, 1, 10));
        assert_eq!((water.wait_p50_s, water.wait_p90_s), (Some(50), Some(90)));
    }
}
