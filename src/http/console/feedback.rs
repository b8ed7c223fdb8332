//! Ideas, complaints about how people were attended, and what they think of places: to read, to mark, to note.

use std::{collections::HashMap, sync::Arc};

use axum::{
    Json,
    extract::{Path, State},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::invitations::names;
use crate::{
    app::App,
    feedback::{self, Change, FeedbackError},
    http::{
        ApiError,
        input::{Body, Params},
        permit::{Permit, may::WorkFeedback},
        problem::Problem,
    },
    store::feedback::{FeedbackRow, Filter, Kind},
};

const PAGE: i64 = 50;

/// Whether somebody read it.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = FeedbackState)]
pub enum Which {
    #[default]
    Unread,
    Read,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FeedbackQuery {
    /// Without it, of all kinds.
    #[param(inline)]
    kind: Option<Kind>,
    /// Without it, what nobody read.
    #[serde(default)]
    #[param(inline)]
    state: Which,
    /// `next` of the page before.
    cursor: Option<String>,
}

/// What somebody told. Who it was is not told here.
#[derive(Serialize, ToSchema)]
pub struct FeedbackEntry {
    /// The number that the person was told: `I-04271`.
    reference: String,
    kind: Kind,
    /// The name of the place that it is about.
    place: Option<String>,
    /// 1 to 5.
    score: Option<i64>,
    /// `null`: they said nothing, or it was erased.
    said: Option<String>,
    /// Unix milliseconds.
    at: i64,
    read_at: Option<i64>,
    read_by: Option<String>,
    /// What a colleague noted.
    note: Option<String>,
}

#[derive(Serialize, ToSchema)]
pub struct FeedbackPage {
    feedback: Vec<FeedbackEntry>,
    /// For the next page; `null` on the last.
    next: Option<String>,
}

/// What people told of their own accord, the newest first. Who looks is written into the audit log.
#[utoipa::path(
    get, path = "/api/v1/feedback", tag = "feedback", operation_id = "feedback",
    security(("session" = ["feedback.work"])),
    params(FeedbackQuery),
    responses((status = 200, body = FeedbackPage))
)]
pub async fn list(
    State(app): State<Arc<App>>,
    by: Permit<WorkFeedback>,
    Params(query): Params<FeedbackQuery>,
) -> Result<Json<FeedbackPage>, ApiError> {
    let filter = Filter {
        kind: query.kind,
        read: Some(matches!(query.state, Which::Read)),
        behind: query.cursor.as_deref().map(behind).transpose()?,
        ..Filter::default()
    };
    // One more tells whether there is a next page.
    let mut rows = feedback::page(&app, &by.actor(), &filter, PAGE + 1).await?;
    let more = i64::try_from(rows.len()).is_ok_and(|found| found > PAGE);
    if more {
        rows.pop();
    }
    let next = rows.last().filter(|_| more).map(|row| format!("{}.{}", row.at, row.id));
    let names = names(&app).await?;
    let feedback = rows.into_iter().map(|row| entry(&app, &names, row)).collect();
    Ok(Json(FeedbackPage { feedback, next }))
}

fn behind(cursor: &str) -> Result<(i64, Uuid), ApiError> {
    let read = || {
        let (at, id) = cursor.split_once('.')?;
        Some((at.parse().ok()?, id.parse().ok()?))
    };
    read().ok_or(ApiError::BadRequest("send `next` of the page before as the cursor"))
}

#[derive(Deserialize, ToSchema)]
pub struct FeedbackChange {
    /// Whether it was read.
    #[serde(default)]
    read: Option<bool>,
    /// At most 500 letters; empty takes it away. For colleagues only.
    #[serde(default)]
    note: Option<String>,
}

/// Mark something as read or unread, or note what becomes of it.
#[utoipa::path(
    patch, path = "/api/v1/feedback/{reference}", tag = "feedback", operation_id = "change_feedback",
    security(("session" = ["feedback.work"])),
    params(("reference" = String, Path)),
    request_body = FeedbackChange,
    responses(
        (status = 200, body = FeedbackEntry),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`note_long`"),
    )
)]
pub async fn change(
    State(app): State<Arc<App>>,
    by: Permit<WorkFeedback>,
    Path(reference): Path<String>,
    Body(body): Body<FeedbackChange>,
) -> Result<Json<FeedbackEntry>, ApiError> {
    let change = Change { read: body.read, note: body.note };
    let row = feedback::change(&app, &reference, &by.actor(), &change).await?;
    Ok(Json(entry(&app, &names(&app).await?, row)))
}

fn entry(app: &App, names: &HashMap<String, String>, row: FeedbackRow) -> FeedbackEntry {
    let landmarks = &app.contents.active.catalogue.places().landmarks;
    // A place that was taken out of the catalogue is still what they meant.
    let name = |id: String| landmarks.iter().find(|one| one.id == id).map_or(id, |one| one.name.clone());
    FeedbackEntry {
        reference: row.reference,
        kind: row.kind,
        place: row.place.map(name),
        score: row.score,
        said: row.said,
        at: row.at,
        read_at: row.read_at,
        read_by: row.read_by.map(|actor| names.get(&actor).cloned().unwrap_or(actor)),
        note: row.note,
    }
}

impl From<FeedbackError> for ApiError {
    fn from(err: FeedbackError) -> Self {
        match err {
            FeedbackError::Unknown(_) => Self::NotFound("nothing is kept under this number"),
            FeedbackError::TooLong(_) => Self::invalid("note_long", err.to_string()),
            FeedbackError::Store(err) => err.into(),
        }
    }
}
