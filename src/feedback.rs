//! What the town's people do with what was told of people's own accord: read it, and note what becomes of it.
//!
//! Called by the console. Keeping what is told is `actions/feedback.rs`; answering somebody is the desk's.

use serde_json::json;

use crate::{
    app::App,
    staff,
    store::{
        StoreError,
        feedback::{self, FeedbackRow, Filter},
    },
};

const LONGEST_NOTE: usize = 500;

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum FeedbackError {
    #[error("nothing is kept under {0}")]
    Unknown(String),
    #[error("a note has at most {0} letters")]
    TooLong(usize),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What is to be otherwise; `None` stays as it is.
#[derive(Default)]
pub struct Change {
    pub read: Option<bool>,
    /// Empty takes it away.
    pub note: Option<String>,
}

/// Notes are about people.
impl std::fmt::Debug for Change {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Change").field("read", &self.read).finish_non_exhaustive()
    }
}

/// What was told, the newest first; who looks is written into the audit log.
///
/// # Errors
/// When the database fails.
pub async fn page(app: &App, by: &str, filter: &Filter, limit: i64) -> Result<Vec<FeedbackRow>, StoreError> {
    let rows = feedback::list(app.store.read(), filter, limit).await?;
    let unit = app.store.unit().await?;
    staff::note(app, &unit, by, "feedback.view", "feedback", &json!({ "rows": rows.len() })).await?;
    unit.commit().await?;
    Ok(rows)
}

/// Says that something was read, or is to be read again, and notes what becomes of it. Each is a row of the audit log,
/// without the note's words.
///
/// # Errors
/// See [`FeedbackError`].
pub async fn change(
    app: &App,
    reference: &str,
    by: &str,
    change: &Change,
) -> Result<FeedbackRow, FeedbackError> {
    let reference = reference.trim().to_uppercase();
    let note = change.note.as_deref().map(str::trim);
    if note.is_some_and(|note| note.chars().count() > LONGEST_NOTE) {
        return Err(FeedbackError::TooLong(LONGEST_NOTE));
    }
    let unit = app.store.unit().await?;
    let Some(row) = feedback::by_reference(&*unit, &reference).await? else {
        return Err(FeedbackError::Unknown(reference));
    };
    let (subject, detail) = (format!("feedback:{reference}"), json!({ "kind": row.kind.as_str() }));
    // Who read it first stays written.
    if let Some(read) = change.read.filter(|read| *read != row.read_at.is_some()) {
        feedback::mark_read(&unit, row.id, read.then_some((by, app.clock.now()))).await?;
        let action = if read { "feedback.read" } else { "feedback.unread" };
        staff::note(app, &unit, by, action, &subject, &detail).await?;
    }
    if let Some(note) = note {
        feedback::annotate(&unit, row.id, Some(note).filter(|note| !note.is_empty())).await?;
        staff::note(app, &unit, by, "feedback.note", &subject, &detail).await?;
    }
    let changed = feedback::by_reference(&*unit, &reference).await?;
    unit.commit().await?;
    changed.ok_or(FeedbackError::Unknown(reference))
}
