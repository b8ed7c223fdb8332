//! What is done about a report.

use std::sync::Arc;

use axum::{Json, extract::State};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::to_act_on;
use crate::{
    app::App,
    http::{
        ApiError,
        input::{Body, Id},
        permit::{Permit, may::WorkReports},
        problem::Problem,
    },
    reports::{
        Authority, State as Stands,
        work::{self, Assignment, Move, Note, Refusal},
    },
    store::{self, reports::ReportRow},
};

/// Where a report is after something was done about it.
#[derive(Serialize, ToSchema)]
pub struct Done {
    id: Uuid,
    version: i64,
    state: Stands,
}

impl From<ReportRow> for Done {
    fn from(row: ReportRow) -> Self {
        Self { id: row.id, version: row.version, state: row.stands() }
    }
}

/// A move, and what it brings along.
#[derive(Deserialize, ToSchema)]
pub struct NewMove {
    version: i64,
    to: Stands,
    /// To everybody.
    public_text: Option<String>,
    /// Among colleagues.
    private_note: Option<String>,
    /// To `closed_rejected`: a code of the form.
    reason: Option<String>,
    /// Photos that were brought for this report.
    #[serde(default)]
    evidence: Vec<Uuid>,
    /// Everybody may see them: no faces, no plates, no house numbers.
    #[serde(default)]
    show_evidence: bool,
    /// To `scheduled`: the day of the work.
    #[schema(value_type = Option<String>, format = Date)]
    day: Option<NaiveDate>,
    /// To `referred`.
    authority: Option<NewAuthority>,
    /// To `assigned`: id of the catalogue.
    department: Option<String>,
    /// To `duplicate`: the report that it is added to.
    parent: Option<Uuid>,
}

/// Who else is responsible.
#[derive(Deserialize, ToSchema)]
pub struct NewAuthority {
    name: String,
    phone: String,
    /// Theirs, where they gave one.
    folio: Option<String>,
}

/// Move a report. What a move needs stands in the report's `next`.
#[utoipa::path(
    post, path = "/api/v1/board/reports/{id}/move", tag = "board", operation_id = "move_report",
    security(("session" = ["reports.work"])),
    params(("id" = Uuid, Path)),
    request_body = NewMove,
    responses(
        (status = 200, body = Done),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "`stale` or `not_allowed`"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`needs_public_text`, `needs_evidence`, `needs_date`, `needs_authority`, `needs_department`, `needs_reason`, `needs_parent`, `empty_words`, `no_evidence` …"),
    )
)]
pub async fn move_it(
    State(app): State<Arc<App>>,
    by: Permit<WorkReports>,
    Id(id): Id,
    Body(body): Body<NewMove>,
) -> Result<Json<Done>, ApiError> {
    let seen = to_act_on(&app, &by.member, id, body.version).await?;
    if let Some(parent) = body.parent {
        super::seen_by(&app, &by.member, parent).await.map_err(|_| Refusal::NoParent)?;
    }
    let authority = body.authority;
    let wanted = Move {
        to: body.to,
        public_text: body.public_text,
        private_note: body.private_note,
        reason: body.reason,
        evidence: body.evidence,
        show_evidence: body.show_evidence,
        day: body.day,
        authority: authority.map(|one| Authority { name: one.name, phone: one.phone, folio: one.folio }),
        department: body.department,
        parent: body.parent,
    };
    Ok(Json(work::move_report(&app, &by.member, &seen, wanted).await?.into()))
}

#[derive(Deserialize, ToSchema)]
pub struct NewAssignment {
    version: i64,
    /// Id of the catalogue; absent: it stays where it is.
    department: Option<String>,
    /// Who attends it; absent: nobody in particular.
    assignee: Option<Uuid>,
}

/// Give a report to a department and to a person.
#[utoipa::path(
    post, path = "/api/v1/board/reports/{id}/assign", tag = "board", operation_id = "assign_report",
    security(("session" = ["reports.work"])),
    params(("id" = Uuid, Path)),
    request_body = NewAssignment,
    responses(
        (status = 200, body = Done),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "`stale`"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`no_department`, `not_theirs` or `report_closed`"),
    )
)]
pub async fn assign(
    State(app): State<Arc<App>>,
    by: Permit<WorkReports>,
    Id(id): Id,
    Body(body): Body<NewAssignment>,
) -> Result<Json<Done>, ApiError> {
    let seen = to_act_on(&app, &by.member, id, body.version).await?;
    let to = Assignment { department: body.department, assignee: body.assignee };
    Ok(Json(work::assign(&app, &by.member, &seen, to).await?.into()))
}

#[derive(Deserialize, ToSchema)]
pub struct NewReportNote {
    version: i64,
    text: String,
    /// Everybody reads it, and who follows the report is told.
    #[serde(default)]
    public: bool,
}

/// Write a note: among colleagues, or to everybody.
#[utoipa::path(
    post, path = "/api/v1/board/reports/{id}/notes", tag = "board", operation_id = "note_report",
    security(("session" = ["reports.work"])),
    params(("id" = Uuid, Path)),
    request_body = NewReportNote,
    responses(
        (status = 200, body = Done),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "`stale`"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`nothing_said` or `report_words_long`"),
    )
)]
pub async fn note(
    State(app): State<Arc<App>>,
    by: Permit<WorkReports>,
    Id(id): Id,
    Body(body): Body<NewReportNote>,
) -> Result<Json<Done>, ApiError> {
    let seen = to_act_on(&app, &by.member, id, body.version).await?;
    let note = Note { text: body.text, public: body.public };
    Ok(Json(work::note(&app, &by.member, &seen, note).await?.into()))
}

#[derive(Deserialize, ToSchema)]
pub struct NewMerge {
    version: i64,
    /// The other report: its id.
    into: Option<Uuid>,
    /// Or its folio, as people say it.
    folio: Option<String>,
    /// Among colleagues.
    note: Option<String>,
}

/// Add a report to another that is about the same thing. Who follows it hears of the other from then on; taking them apart
/// gives everything back.
#[utoipa::path(
    post, path = "/api/v1/board/reports/{id}/merge", tag = "board", operation_id = "merge_report",
    security(("session" = ["reports.work"])),
    params(("id" = Uuid, Path)),
    request_body = NewMerge,
    responses(
        (status = 200, body = Done),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "`stale` or `not_allowed`"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`no_parent`, `parent_added`, `parent_closed`, `has_added`, `private_apart` or `needs_parent`"),
    )
)]
pub async fn merge(
    State(app): State<Arc<App>>,
    by: Permit<WorkReports>,
    Id(id): Id,
    Body(body): Body<NewMerge>,
) -> Result<Json<Done>, ApiError> {
    let seen = to_act_on(&app, &by.member, id, body.version).await?;
    let into = match (body.into, body.folio) {
        (Some(into), _) => into,
        (None, Some(folio)) => with_folio(&app, &folio).await?,
        (None, None) => return Err(Refusal::NoParent.into()),
    };
    super::seen_by(&app, &by.member, into).await.map_err(|_| Refusal::NoParent)?;
    let wanted = Move {
        to: Stands::Duplicate,
        public_text: None,
        private_note: body.note,
        reason: None,
        evidence: Vec::new(),
        show_evidence: false,
        day: None,
        authority: None,
        department: None,
        parent: Some(into),
    };
    Ok(Json(work::move_report(&app, &by.member, &seen, wanted).await?.into()))
}

async fn with_folio(app: &App, folio: &str) -> Result<Uuid, ApiError> {
    let prefix = &app.contents.active.catalogue.town().folio_prefix;
    let folio = ventanilla_values::Folio::parse(folio, prefix).map_err(|_| Refusal::NoParent)?;
    let row = store::reports::by_folio(app.store.read(), &folio.to_string()).await?;
    Ok(row.ok_or(Refusal::NoParent)?.id)
}

#[derive(Deserialize, ToSchema)]
pub struct SeenVersion {
    version: i64,
}

/// Take a report out of the one that it was added to: it is what it was before.
#[utoipa::path(
    post, path = "/api/v1/board/reports/{id}/apart", tag = "board", operation_id = "take_apart",
    security(("session" = ["reports.work"])),
    params(("id" = Uuid, Path)),
    request_body = SeenVersion,
    responses(
        (status = 200, body = Done),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "`stale`"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`not_added`"),
    )
)]
pub async fn take_apart(
    State(app): State<Arc<App>>,
    by: Permit<WorkReports>,
    Id(id): Id,
    Body(body): Body<SeenVersion>,
) -> Result<Json<Done>, ApiError> {
    let seen = to_act_on(&app, &by.member, id, body.version).await?;
    Ok(Json(work::take_apart(&app, &by.member, &seen).await?.into()))
}
