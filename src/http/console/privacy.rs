//! What people ask about their own data: until when the town has to answer, and deciding it. Of the person nothing is told
//! here but the folio by which they proved who they are.

use std::sync::Arc;

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::invitations::names;
use crate::{
    app::App,
    conversation::TurnError,
    http::{
        ApiError,
        input::{Body, Params},
        permit::{Permit, may::WorkPrivacy},
        problem::Problem,
    },
    privacy::{self, PrivacyError},
    store::{
        self, StoreError,
        privacy_requests::{self, Kind, RequestRow, Which},
    },
};

const PAGE: i64 = 50;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PrivacyQuery {
    /// Without it, what is open.
    #[serde(default)]
    #[param(inline)]
    which: Which,
    /// `next` of the page before.
    cursor: Option<String>,
}

/// A request in a list.
#[derive(Serialize, ToSchema)]
pub struct PrivacyRow {
    /// The number that the person was told: `D-04271`.
    reference: String,
    kind: Kind,
    state: privacy_requests::State,
    /// Unix milliseconds, as all times here.
    asked_at: i64,
    answer_by: i64,
    /// Days of the calendar until `answer_by`; below zero once it is over. `null`: it was decided.
    days_left: Option<i64>,
    overdue: bool,
    decided_at: Option<i64>,
}

#[derive(Serialize, ToSchema)]
pub struct PrivacyPage {
    requests: Vec<PrivacyRow>,
    /// For the next page; `null` on the last.
    next: Option<String>,
}

/// A request, with all that deciding it needs.
#[derive(Serialize, ToSchema)]
pub struct PrivacyRequest {
    #[serde(flatten)]
    row: PrivacyRow,
    /// Until when what was granted has to be carried out.
    carry_out_by: i64,
    /// The report by whose PIN they proved who they are; `null`: they filed none.
    folio: Option<String>,
    /// A name, or how the audit log spells who did it at the command line.
    decided_by: Option<String>,
    /// What the person was told.
    reason: Option<String>,
}

/// What people ask about their own data: what is due first comes first.
#[utoipa::path(
    get, path = "/api/v1/privacy", tag = "privacy", operation_id = "privacy_requests",
    security(("session" = ["privacy.work"])),
    params(PrivacyQuery),
    responses((status = 200, body = PrivacyPage))
)]
pub async fn list(
    State(app): State<Arc<App>>,
    _: Permit<WorkPrivacy>,
    Params(query): Params<PrivacyQuery>,
) -> Result<Json<PrivacyPage>, ApiError> {
    let offset = query.cursor.and_then(|cursor| cursor.parse().ok()).unwrap_or(0).max(0);
    let mut rows = privacy_requests::list(app.store.read(), query.which, (PAGE + 1, offset)).await?;
    let more = i64::try_from(rows.len()).is_ok_and(|found| found > PAGE);
    if more {
        rows.pop();
    }
    let requests = rows.iter().map(|request| row(&app, request)).collect();
    Ok(Json(PrivacyPage { requests, next: more.then(|| (offset + PAGE).to_string()) }))
}

/// A request by its number.
#[utoipa::path(
    get, path = "/api/v1/privacy/{reference}", tag = "privacy", operation_id = "privacy_request",
    security(("session" = ["privacy.work"])),
    params(("reference" = String, Path)),
    responses((status = 200, body = PrivacyRequest))
)]
pub async fn show(
    State(app): State<Arc<App>>,
    _: Permit<WorkPrivacy>,
    Path(reference): Path<String>,
) -> Result<Json<PrivacyRequest>, ApiError> {
    whole(&app, &reference).await
}

/// Erase what is kept of who asked for it, and tell them. It cannot be undone.
#[utoipa::path(
    post, path = "/api/v1/privacy/{reference}/erase", tag = "privacy", operation_id = "erase_person",
    security(("session" = ["privacy.work"])),
    params(("reference" = String, Path)),
    responses(
        (status = 200, body = PrivacyRequest),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "`request_decided`, `person_attended` or `not_an_erasure`"),
    )
)]
pub async fn erase(
    State(app): State<Arc<App>>,
    by: Permit<WorkPrivacy>,
    Path(reference): Path<String>,
) -> Result<Json<PrivacyRequest>, ApiError> {
    Box::pin(privacy::carry_out(&app, &reference, &by.actor())).await?;
    whole(&app, &reference).await
}

/// What the person is told, in the words of the town.
#[derive(Deserialize, ToSchema)]
pub struct PrivacyWords {
    /// At most 600 letters.
    words: String,
}

/// Tell who asked to see or correct their data how it is done.
#[utoipa::path(
    post, path = "/api/v1/privacy/{reference}/answer", tag = "privacy", operation_id = "answer_privacy",
    security(("session" = ["privacy.work"])),
    params(("reference" = String, Path)),
    request_body = PrivacyWords,
    responses(
        (status = 200, body = PrivacyRequest),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "`request_decided`, `person_attended` or `is_an_erasure`"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`no_words` or `words_long`"),
    )
)]
pub async fn answer(
    State(app): State<Arc<App>>,
    by: Permit<WorkPrivacy>,
    Path(reference): Path<String>,
    Body(body): Body<PrivacyWords>,
) -> Result<Json<PrivacyRequest>, ApiError> {
    Box::pin(privacy::answer(&app, &reference, &by.actor(), &body.words)).await?;
    whole(&app, &reference).await
}

/// Refuse a request, with the reason that the person is told.
#[utoipa::path(
    post, path = "/api/v1/privacy/{reference}/refuse", tag = "privacy", operation_id = "refuse_privacy",
    security(("session" = ["privacy.work"])),
    params(("reference" = String, Path)),
    request_body = PrivacyWords,
    responses(
        (status = 200, body = PrivacyRequest),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "`request_decided` or `person_attended`"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`no_words` or `words_long`"),
    )
)]
pub async fn refuse(
    State(app): State<Arc<App>>,
    by: Permit<WorkPrivacy>,
    Path(reference): Path<String>,
    Body(body): Body<PrivacyWords>,
) -> Result<Json<PrivacyRequest>, ApiError> {
    Box::pin(privacy::refuse(&app, &reference, &by.actor(), &body.words)).await?;
    whole(&app, &reference).await
}

async fn whole(app: &App, reference: &str) -> Result<Json<PrivacyRequest>, ApiError> {
    let reference = reference.trim().to_uppercase();
    let request = store::privacy_requests::by_reference(app.store.read(), &reference).await?;
    let request = request.ok_or(ApiError::NotFound("there is no request with this number"))?;
    let decided_by = match &request.decided_by {
        Some(actor) => Some(names(app).await?.remove(actor).unwrap_or_else(|| actor.clone())),
        None => None,
    };
    Ok(Json(PrivacyRequest {
        row: row(app, &request),
        carry_out_by: request.carry_out_by,
        folio: request.folio,
        decided_by,
        reason: request.reason,
    }))
}

fn row(app: &App, request: &RequestRow) -> PrivacyRow {
    let now = app.clock.now();
    let open = request.state == privacy_requests::State::Open;
    let left = privacy::days_left(&app.contents.active.catalogue, now, request.answer_by);
    PrivacyRow {
        reference: request.reference.clone(),
        kind: request.kind,
        state: request.state,
        asked_at: request.asked_at,
        answer_by: request.answer_by,
        days_left: open.then_some(left),
        overdue: open && now > request.answer_by,
        decided_at: request.decided_at,
    }
}

impl From<PrivacyError> for ApiError {
    fn from(err: PrivacyError) -> Self {
        use PrivacyError as E;
        use StatusCode as S;
        let (status, code) = match err {
            E::Unknown(_) => return Self::NotFound("there is no request with this number"),
            E::Store(StoreError::Conflict(_)) | E::Turn(TurnError::Store(StoreError::Conflict(_))) => {
                return Self::Stale;
            }
            E::Store(err) | E::Turn(TurnError::Store(err)) => return err.into(),
            E::Over(_) => (S::CONFLICT, "request_decided"),
            E::NoErasure(_) => (S::CONFLICT, "not_an_erasure"),
            E::Erasure(_) => (S::CONFLICT, "is_an_erasure"),
            E::Attended => (S::CONFLICT, "person_attended"),
            E::NoWords => (S::UNPROCESSABLE_ENTITY, "no_words"),
            E::TooLong(_) => (S::UNPROCESSABLE_ENTITY, "words_long"),
        };
        Self::Refused { status, code, why: err.to_string() }
    }
}
