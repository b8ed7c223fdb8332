//! Until when somebody is to be answered or called. Pure: the catalogue's promise, and the chat.

use chrono::DateTime;

use crate::{
    catalogue::{Catalogue, Waiting},
    store::handovers::HandoverRow,
};

/// So long before a call (milliseconds) whoever makes it should get ready.
const CALL_NOTICE: i64 = 10 * 60_000;

/// Unix milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Times {
    /// From then on somebody should hurry.
    pub at_risk: i64,
    pub due: i64,
}

/// What is due in a chat next: an answer or a call. `None` while nothing is.
pub fn times(catalogue: &Catalogue, entry: &HandoverRow) -> Option<Times> {
    if entry.closed_at.is_some() {
        return None;
    }
    let call = entry.call_at.map(|due| Times { at_risk: due - CALL_NOTICE, due });
    let answer = entry.waiting_since.and_then(|since| answer(catalogue, entry, since));
    [call, answer].into_iter().flatten().min_by_key(|times| times.due)
}

/// When the next thing is due (Unix ms).
pub fn due(catalogue: &Catalogue, entry: &HandoverRow) -> Option<i64> {
    times(catalogue, entry).map(|times| times.due)
}

fn answer(catalogue: &Catalogue, entry: &HandoverRow, since: i64) -> Option<Times> {
    let waiting = Waiting {
        department: entry.department.as_deref(),
        crisis: entry.priority == "crisis",
        first: entry.answered_at.is_none(),
    };
    let due = catalogue.answer_due(DateTime::from_timestamp_millis(since)?, waiting)?;
    Some(Times { at_risk: due.at_risk.timestamp_millis(), due: due.due.timestamp_millis() })
}
