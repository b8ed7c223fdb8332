//! Words without a move: among colleagues, or to everybody who follows the report.

use serde_json::json;

use super::{Refusal, WorkError, actor, audit, current, sayings};
use crate::{
    app::App,
    reports::{Happened, change::tell_followers, happen},
    staff::Member,
    store::{report_events::Words, reports::ReportRow},
};

/// What is said.
#[derive(Clone, PartialEq, Eq)]
pub struct Note {
    pub text: String,
    /// Everybody reads it and who follows the report is told; else it stays among colleagues.
    pub public: bool,
}

/// What people write is theirs.
impl std::fmt::Debug for Note {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Note").field("public", &self.public).finish_non_exhaustive()
    }
}

/// Writes a note.
///
/// # Errors
/// When it says nothing or too much, the report changed meanwhile, or the database fails.
pub async fn note(app: &App, member: &Member, seen: &ReportRow, note: Note) -> Result<ReportRow, WorkError> {
    let text = sayings::said(Some(note.text))?.ok_or(Refusal::NothingSaid)?;
    let unit = app.store.unit().await?;
    let (row, now) = (current(&unit, seen).await?, app.clock.now());
    let words = match note.public {
        true => Words { public: Some(text), ..Words::default() },
        false => Words { private: Some(text), ..Words::default() },
    };
    // Who says something to the citizen has responded.
    let responded_at = row.responded_at.or(note.public.then_some(now));
    let row = ReportRow { responded_at, ..row };
    let row = happen(app, &unit, row, Happened { words, ..Happened::new("noted", &actor(member)) }).await?;
    if note.public {
        tell_followers(&unit, &row, now + app.config.reports.batch()).await?;
    }
    audit(app, &unit, member, "report.note", row.id, &json!({ "public": note.public })).await?;
    unit.commit().await?;
    Ok(row)
}
