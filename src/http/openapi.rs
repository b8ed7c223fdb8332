//! The API's routes and its description, from one list. Served at `/api/v1/openapi.json`, committed as
//! `web/openapi.json`.

use std::sync::Arc;

use axum::{Json, Router, routing::get};
use utoipa::OpenApi;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{ApiError, reports};
use crate::app::App;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Ventanilla",
        description = "The town's window: reports by folio. Errors are RFC 9457 problems.",
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
    ),
    tags((name = "reports", description = "Citizen reports, by the folio that was said when they were filed"))
)]
struct Api;

fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::with_openapi(Api::openapi())
        .routes(routes!(reports::public))
        .routes(routes!(reports::unlock))
}

/// The description alone.
pub fn document() -> utoipa::openapi::OpenApi {
    routes().split_for_parts().1
}

pub(super) fn router() -> Router<Arc<App>> {
    let (router, document) = routes().split_for_parts();
    router.route("/api/v1/openapi.json", get(move || std::future::ready(Json(document.clone())))).route(
        "/api/{*rest}",
        axum::routing::any(|| async { ApiError::NotFound("the API has no such path") }),
    )
}
