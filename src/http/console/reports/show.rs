//! One report.

use std::sync::Arc;

use axum::{Json, extract::State};

use super::{note_look, seen_by};
use crate::{
    app::App,
    http::{
        ApiError,
        input::{Id, Params},
        permit::{Permit, may::WorkReports},
        reports::Language,
    },
    reports::{board, board::BoardReport},
    staff::Member,
    store::reports::ReportRow,
};

/// A report with everything that happened to it. Every look at a private one is written into the audit log.
#[utoipa::path(
    get, path = "/api/v1/board/reports/{id}", tag = "board", operation_id = "board_report",
    security(("session" = ["reports.work"])),
    params(("id" = Uuid, Path), Language),
    responses((status = 200, body = BoardReport))
)]
pub async fn show(
    State(app): State<Arc<App>>,
    by: Permit<WorkReports>,
    Id(id): Id,
    Params(language): Params<Language>,
) -> Result<Json<BoardReport>, ApiError> {
    let row = seen_by(&app, &by.member, id).await?;
    if row.private {
        note_look(&app, &by.actor(), "report.view", id).await?;
    }
    whole(&app, &by.member, row, &language).await
}

/// The report as it is now, for who did something to it.
pub(super) async fn whole(
    app: &App,
    member: &Member,
    row: ReportRow,
    language: &Language,
) -> Result<Json<BoardReport>, ApiError> {
    let scope = board::scope(&app.contents.active.catalogue, member);
    let lang = language.lang.unwrap_or(ventanilla_values::Lang::ES);
    Ok(Json(board::view(app, member, &scope, row, lang).await?))
}
