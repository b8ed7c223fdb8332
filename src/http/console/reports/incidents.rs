//! Reports that may be about one thing: suggested by the machine, decided by people.

use std::sync::Arc;

use axum::{Json, extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use ventanilla_values::Lang;

use super::{acts::Done, seen_by, to_act_on};
use crate::{
    app::App,
    http::{
        ApiError,
        input::{Body, Params},
        permit::{Permit, may::WorkReports},
        problem::Problem,
        reports::Language,
    },
    reports::{board, board::BoardRow, incidents, work},
};

/// Reports of one group that came within a day and lie close together.
#[derive(Serialize, ToSchema)]
pub struct IncidentView {
    /// The first of them.
    lead: BoardRow,
    others: Vec<BoardRow>,
    /// Within so many metres of the first.
    radius_m: f64,
    /// How many people reported them.
    people: i64,
}

#[derive(Serialize, ToSchema)]
pub struct IncidentList {
    incidents: Vec<IncidentView>,
}

/// What may be one thing, the newest first.
#[utoipa::path(
    get, path = "/api/v1/board/incidents", tag = "board", operation_id = "incidents",
    security(("session" = ["reports.work"])),
    params(Language),
    responses((status = 200, body = IncidentList))
)]
pub async fn list(
    State(app): State<Arc<App>>,
    by: Permit<WorkReports>,
    Params(language): Params<Language>,
) -> Result<Json<IncidentList>, ApiError> {
    let (catalogue, now) = (&app.contents.active.catalogue, app.clock.now());
    let lang = language.lang.unwrap_or(Lang::ES);
    let suggested = incidents::suggested(&app, &board::scope(catalogue, &by.member)).await?;
    let names = board::names(app.store.read()).await?;
    let row = |one| board::row(catalogue, &names, one, lang, now);
    let incidents = suggested.iter().map(|incident| IncidentView {
        lead: row(&incident.lead),
        others: incident.others.iter().map(row).collect(),
        radius_m: incident.radius_m,
        people: incident.others.iter().chain([&incident.lead]).map(|one| one.people).sum(),
    });
    Ok(Json(IncidentList { incidents: incidents.collect() }))
}

/// A report, as it was seen.
#[derive(Deserialize, ToSchema)]
pub struct SeenReport {
    id: Uuid,
    version: i64,
}

#[derive(Deserialize, ToSchema)]
pub struct AcceptIncident {
    lead: Uuid,
    /// Those that are added to it.
    others: Vec<SeenReport>,
}

/// They are about one thing: all are added to the lead, in one act.
#[utoipa::path(
    post, path = "/api/v1/board/incidents/accept", tag = "board", operation_id = "accept_incident",
    security(("session" = ["reports.work"])),
    request_body = AcceptIncident,
    responses(
        (status = 200, body = Done),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "one of them is not there, or of another department"),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "`stale`"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`no_incident`, `parent_closed`, `has_added` …"),
    )
)]
pub async fn accept(
    State(app): State<Arc<App>>,
    by: Permit<WorkReports>,
    Body(body): Body<AcceptIncident>,
) -> Result<Json<Done>, ApiError> {
    let lead = seen_by(&app, &by.member, body.lead).await?;
    let mut others = Vec::new();
    for SeenReport { id, version } in body.others {
        others.push(to_act_on(&app, &by.member, id, version).await?);
    }
    Ok(Json(work::accept_incident(&app, &by.member, &lead, &others).await?.into()))
}

#[derive(Deserialize, ToSchema)]
pub struct DismissIncident {
    reports: Vec<Uuid>,
}

/// They are about several things: they are not suggested together again.
#[utoipa::path(
    post, path = "/api/v1/board/incidents/dismiss", tag = "board", operation_id = "dismiss_incident",
    security(("session" = ["reports.work"])),
    request_body = DismissIncident,
    responses(
        (status = 204),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "one of them is not there, or of another department"),
    )
)]
pub async fn dismiss(
    State(app): State<Arc<App>>,
    by: Permit<WorkReports>,
    Body(body): Body<DismissIncident>,
) -> Result<StatusCode, ApiError> {
    for id in &body.reports {
        seen_by(&app, &by.member, *id).await?;
    }
    work::dismiss_incident(&app, &by.member, &body.reports).await?;
    Ok(StatusCode::NO_CONTENT)
}
