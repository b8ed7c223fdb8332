//! Reports in lists: which, in which order, and what they can be asked for.

use std::sync::Arc;

use axum::{Json, extract::State as Of};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use ventanilla_values::Lang;

use crate::{
    app::App,
    catalogue::Catalogue,
    http::{
        ApiError,
        input::Params,
        permit::{Permit, may::WorkReports},
        reports::Language,
    },
    reports::{State, board, board::BoardRow, work},
    staff::{Member, Permission},
    store::{
        self,
        board::{Behind, Bounds, Filter, Pressing, Queue, Sort},
    },
};

const PAGE: i64 = 50;
const LARGEST_PAGE: i64 = 200;
/// Degrees of a metre from south to north.
const DEGREE_M: f64 = 111_195.0;

#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BoardTab {
    #[default]
    Open,
    Triage,
    Mine,
    Department,
    Due,
    Confirming,
    Reopened,
    Escalated,
    Waiting,
    Moderation,
    Closed,
    All,
}

impl From<BoardTab> for Queue {
    fn from(tab: BoardTab) -> Self {
        match tab {
            BoardTab::Open => Self::Open,
            BoardTab::Triage => Self::Triage,
            BoardTab::Mine => Self::Mine,
            BoardTab::Department => Self::Department,
            BoardTab::Due => Self::Due,
            BoardTab::Confirming => Self::Confirming,
            BoardTab::Reopened => Self::Reopened,
            BoardTab::Escalated => Self::Escalated,
            BoardTab::Waiting => Self::Waiting,
            BoardTab::Moderation => Self::Moderation,
            BoardTab::Closed => Self::Closed,
            BoardTab::All => Self::All,
        }
    }
}

#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    AtRisk,
    Late,
}

#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BoardOrder {
    #[default]
    Due,
    Newest,
}

/// Which reports. Lists are separated by commas.
#[derive(Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Which {
    #[serde(default)]
    #[param(inline)]
    queue: BoardTab,
    /// States.
    state: Option<String>,
    /// Ids of departments.
    department: Option<String>,
    /// Ids of categories.
    category: Option<String>,
    /// Ids of colonias.
    colonia: Option<String>,
    assignee: Option<Uuid>,
    #[param(inline)]
    urgency: Option<Urgency>,
    /// A part of the folio, of what was said or of the place.
    q: Option<String>,
    /// With `lon` and `metres`: near a point. Degrees.
    lat: Option<f64>,
    lon: Option<f64>,
    metres: Option<f64>,
    #[serde(default)]
    #[param(inline)]
    order: BoardOrder,
    /// `es` or `en`
    #[param(value_type = Option<String>)]
    lang: Option<Lang>,
}

/// What people type is theirs.
impl std::fmt::Debug for Which {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Which").field("queue", &self.queue).finish_non_exhaustive()
    }
}

impl Which {
    pub(super) fn lang(&self) -> Lang {
        self.lang.unwrap_or(Lang::ES)
    }

    /// # Errors
    /// When a state is none, or the point is not on the globe.
    pub(super) fn filter(self, member: &Member) -> Result<Filter, ApiError> {
        let states = listed(self.state.as_deref());
        if states.iter().any(|state| state.parse::<State>().is_err()) {
            return Err(ApiError::BadRequest("there is no such state: see /api/v1/openapi.json"));
        }
        let within = match (self.lat, self.lon) {
            (Some(lat), Some(lon)) => Some(around(lat, lon, self.metres.unwrap_or(1000.0))?),
            _ => None,
        };
        Ok(Filter {
            queue: self.queue.into(),
            own_departments: member.departments.clone(),
            states,
            departments: listed(self.department.as_deref()),
            categories: listed(self.category.as_deref()),
            colonias: listed(self.colonia.as_deref()),
            assignee: self.assignee,
            pressing: self.urgency.map(|urgency| match urgency {
                Urgency::AtRisk => Pressing::AtRisk,
                Urgency::Late => Pressing::Late,
            }),
            text: self.q.unwrap_or_default().chars().take(100).collect(),
            within,
            sort: match self.order {
                BoardOrder::Due => Sort::Due,
                BoardOrder::Newest => Sort::Newest,
            },
            ..Filter::default()
        })
    }
}

fn listed(text: Option<&str>) -> Vec<String> {
    let parts = text.unwrap_or_default().split(',').map(str::trim);
    parts.filter(|part| !part.is_empty()).take(50).map(str::to_owned).collect()
}

fn around(lat: f64, lon: f64, metres: f64) -> Result<Bounds, ApiError> {
    let sane = lat.abs() <= 85.0 && lon.abs() <= 180.0 && (1.0..=50_000.0).contains(&metres);
    if !sane {
        return Err(ApiError::BadRequest("lat and lon are degrees (WGS84), metres 1 to 50,000"));
    }
    let high = metres / DEGREE_M;
    let wide = high / lat.to_radians().cos();
    Ok(Bounds { south: lat - high, north: lat + high, west: lon - wide, east: lon + wide })
}

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
