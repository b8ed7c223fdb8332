//! Reports in lists: which, in which order, and what they can be asked for.

use std::sync::Arc;

use axum::{Json, extract::State as Of};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use ventanilla_values::Lang;

use super::which::Which;
use crate::{
    app::App,
    catalogue::Catalogue,
    http::{
        ApiError,
        input::Params,
        permit::{Permit, may::WorkReports},
        reports::Language,
    },
    reports::{board, board::BoardRow, work},
    staff::{Member, Permission},
    store::{self, board::Behind},
};

const PAGE: i64 = 50;
const LARGEST_PAGE: i64 = 200;

#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageOf {
    /// `next` of the page before.
    cursor: Option<String>,
    /// At most 200.
    limit: Option<i64>,
}

#[derive(Serialize, ToSchema)]
pub struct BoardPage {
    reports: Vec<BoardRow>,
    /// For the next page; `null` on the last.
    next: Option<String>,
}

/// Reports, in the order in which they are due or came. Of private ones nothing that was said.
#[utoipa::path(
    get, path = "/api/v1/board/reports", tag = "board", operation_id = "board",
    security(("session" = ["reports.work"])),
    params(Which, PageOf),
    responses((status = 200, body = BoardPage))
)]
pub async fn list(
    Of(app): Of<Arc<App>>,
    by: Permit<WorkReports>,
    Params(which): Params<Which>,
    Params(page): Params<PageOf>,
) -> Result<Json<BoardPage>, ApiError> {
    let (on, now, lang) = (app.store.read(), app.clock.now(), which.lang());
    let catalogue = &app.contents.active.catalogue;
    let limit = page.limit.unwrap_or(PAGE).clamp(1, LARGEST_PAGE);
    let behind = page.cursor.as_deref().map(behind).transpose()?;
    let filter = which.filter(&by.member)?;
    let scope = board::scope(catalogue, &by.member);
    let mut rows = store::board::page(on, &scope, &filter, (behind, limit + 1), now).await?;
    let more = i64::try_from(rows.len()).is_ok_and(|found| found > limit);
    if more {
        rows.pop();
    }
    let next = rows.last().filter(|_| more).map(|row| {
        let Behind { key, id } = Behind::of(row, filter.sort);
        format!("{key}.{id}")
    });
    let names = board::names(on).await?;
    let reports = rows.iter().map(|row| board::row(catalogue, &names, row, lang, now)).collect();
    Ok(Json(BoardPage { reports, next }))
}

fn behind(cursor: &str) -> Result<Behind, ApiError> {
    let read = || {
        let (key, id) = cursor.split_once('.')?;
        Some(Behind { key: key.parse().ok()?, id: id.parse().ok()? })
    };
    read().ok_or(ApiError::BadRequest("the cursor is the next of a page before"))
}

/// How many reports each tab has, of what is still to be done.
#[derive(Serialize, ToSchema)]
pub struct BoardCounts {
    open: i64,
    triage: i64,
    mine: i64,
    department: i64,
    due: i64,
    confirming: i64,
    reopened: i64,
    /// Opened again twice.
    escalated: i64,
    waiting: i64,
    /// 0 for who may not moderate.
    moderation: i64,
}

/// How many there are.
#[utoipa::path(
    get, path = "/api/v1/board/counts", tag = "board", operation_id = "board_counts",
    security(("session" = ["reports.work"])),
    responses((status = 200, body = BoardCounts))
)]
pub async fn counts(Of(app): Of<Arc<App>>, by: Permit<WorkReports>) -> Result<Json<BoardCounts>, ApiError> {
    let scope = board::scope(&app.contents.active.catalogue, &by.member);
    let own = &by.member.departments;
    let counts = store::board::counts(app.store.read(), &scope, own, app.clock.now()).await?;
    let moderates = by.member.may(Permission::ModerateReports);
    Ok(Json(BoardCounts {
        open: counts.open,
        triage: counts.triage,
        mine: counts.mine,
        department: counts.department,
        due: counts.due,
        confirming: counts.confirming,
        reopened: counts.reopened,
        escalated: counts.escalated,
        waiting: counts.waiting,
        moderation: if moderates { counts.moderation } else { 0 },
    }))
}

#[derive(Serialize, ToSchema)]
pub struct Named {
    id: String,
    name: String,
}

/// What filters and forms choose from.
#[derive(Serialize, ToSchema)]
pub struct BoardForm {
    categories: Vec<Named>,
    colonias: Vec<Named>,
    /// Codes of why a report is not taken up.
    rejections: Vec<String>,
}

/// What filters and forms choose from.
#[utoipa::path(
    get, path = "/api/v1/board/form", tag = "board", operation_id = "board_form",
    security(("session" = ["reports.work"])),
    params(Language),
    responses((status = 200, body = BoardForm))
)]
pub async fn form(
    Of(app): Of<Arc<App>>,
    _: Permit<WorkReports>,
    Params(language): Params<Language>,
) -> Json<BoardForm> {
    let lang = language.lang.unwrap_or(Lang::ES);
    Json(chosen_from(&app.contents.active.catalogue, lang))
}

fn chosen_from(catalogue: &Catalogue, lang: Lang) -> BoardForm {
    let category =
        |one: &crate::catalogue::Category| Named { id: one.id.clone(), name: one.name.get(lang).to_owned() };
    let colonia = |one: &crate::catalogue::Colonia| Named { id: one.id.clone(), name: one.name.clone() };
    BoardForm {
        categories: catalogue.categories().iter().map(category).collect(),
        colonias: catalogue.places().colonias.iter().map(colonia).collect(),
        rejections: work::REJECTIONS.iter().map(|code| (*code).to_owned()).collect(),
    }
}

/// Somebody who works on reports.
#[derive(Serialize, ToSchema)]
pub struct BoardColleague {
    id: Uuid,
    name: String,
    /// Their departments; empty where `all`.
    departments: Vec<String>,
    /// Whether they attend reports of all departments.
    all: bool,
}

#[derive(Serialize, ToSchema)]
pub struct BoardColleagues {
    colleagues: Vec<BoardColleague>,
}

/// Who reports can be given to.
#[utoipa::path(
    get, path = "/api/v1/board/colleagues", tag = "board", operation_id = "board_colleagues",
    security(("session" = ["reports.work"])),
    responses((status = 200, body = BoardColleagues))
)]
pub async fn colleagues(
    Of(app): Of<Arc<App>>,
    _: Permit<WorkReports>,
) -> Result<Json<BoardColleagues>, ApiError> {
    let everybody = store::staff::list(app.store.read()).await?;
    let members = everybody.iter().filter(|row| row.active).map(Member::of);
    let colleagues = members.filter(|member| member.may(Permission::WorkReports)).map(|member| {
        let all = member.sees_all_teams();
        BoardColleague { id: member.id, name: member.name, departments: member.departments, all }
    });
    Ok(Json(BoardColleagues { colleagues: colleagues.collect() }))
}
