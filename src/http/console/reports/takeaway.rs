//! What leaves the console: a table, and a sheet for the road. Who took it along is written into the audit log.

use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use chrono::DateTime;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;
use ventanilla_values::Lang;

use super::which::Which;
use crate::{
    app::App,
    http::{
        ApiError,
        input::{Body, Params},
        permit::{Permit, may::WorkReports},
        problem::Problem,
    },
    reports::{
        board::{self, MOST_ROWS, MOST_STOPS, RouteStop},
        work::Refusal,
    },
    staff,
    store::{
        self,
        board::{Filter, Queue},
    },
};

/// Reports as comma separated values, with who took them along and when in the first line. Private ones stay here.
#[utoipa::path(
    get, path = "/api/v1/board/export", tag = "board", operation_id = "export_reports",
    security(("session" = ["reports.work"])),
    params(Which),
    responses(
        (status = 200, description = "CSV", content_type = "text/csv", body = String),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`too_many_rows`"),
    )
)]
pub async fn export(
    State(app): State<Arc<App>>,
    by: Permit<WorkReports>,
    Params(which): Params<Which>,
) -> Result<Response, ApiError> {
    let (on, now, lang) = (app.store.read(), app.clock.now(), which.lang());
    let catalogue = &app.contents.active.catalogue;
    let scope = board::scope(catalogue, &by.member);
    let filter = which.filter(&by.member)?;
    let rows = store::board::page(on, &scope, &filter, (None, MOST_ROWS + 1), now).await?;
    if i64::try_from(rows.len()).is_ok_and(|found| found > MOST_ROWS) {
        return Err(Refusal::TooManyRows.into());
    }
    let names = board::names(on).await?;
    let at =
        DateTime::from_timestamp_millis(now).unwrap_or_default().with_timezone(&catalogue.town().timezone);
    let taken = format!("{} · {} · uso interno, no publicar", by.member.name, at.format("%Y-%m-%d %H:%M"));
    let table = board::csv(catalogue, &names, &rows, &taken, (lang, now));
    let unit = app.store.unit().await?;
    let detail = json!({ "rows": rows.iter().filter(|row| !row.private).count() });
    staff::note(&app, &unit, &by.actor(), "report.export", "reports", &detail).await?;
    unit.commit().await?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"reportes-{}.csv\"", at.format("%Y%m%d-%H%M")),
        ),
    ];
    Ok((headers, table).into_response())
}

#[derive(Deserialize, ToSchema)]
pub struct NewRoute {
    /// At most 60.
    reports: Vec<Uuid>,
    /// Where the crew starts, in degrees; absent: at what is due first.
    lat: Option<f64>,
    lon: Option<f64>,
    /// `es` or `en`
    #[schema(value_type = Option<String>)]
    lang: Option<Lang>,
}

#[derive(Serialize, ToSchema)]
pub struct RouteSheet {
    /// Who asked for it.
    by: String,
    /// Unix milliseconds.
    at: i64,
    stops: Vec<RouteStop>,
}

/// A sheet for the road: the stops in an order that makes sense, each next one the nearest of those that are left.
#[utoipa::path(
    post, path = "/api/v1/board/route", tag = "board", operation_id = "route_sheet",
    security(("session" = ["reports.work"])),
    request_body = NewRoute,
    responses(
        (status = 200, body = RouteSheet),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`route_length`"),
    )
)]
pub async fn route(
    State(app): State<Arc<App>>,
    by: Permit<WorkReports>,
    Body(body): Body<NewRoute>,
) -> Result<Json<RouteSheet>, ApiError> {
    let ids = board::distinct(&body.reports);
    if ids.is_empty() || ids.len() > MOST_STOPS {
        return Err(Refusal::RouteLength.into());
    }
    let (on, now) = (app.store.read(), app.clock.now());
    let catalogue = &app.contents.active.catalogue;
    let scope = board::scope(catalogue, &by.member);
    let most = i64::try_from(ids.len()).unwrap_or(i64::MAX);
    let filter = Filter { queue: Queue::All, ids, ..Filter::default() };
    let rows = store::board::page(on, &scope, &filter, (None, most), now).await?;
    let names = board::names(on).await?;
    let unit = app.store.unit().await?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    staff::note(&app, &unit, &by.actor(), "report.route", "reports", &json!({ "reports": ids })).await?;
    unit.commit().await?;
    let lang = body.lang.unwrap_or(Lang::ES);
    let stops = board::route_sheet(catalogue, &names, rows, body.lat.zip(body.lon), (lang, now));
    Ok(Json(RouteSheet { by: by.member.name, at: now, stops }))
}
