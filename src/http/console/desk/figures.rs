//! The figures of the desk.

use std::sync::Arc;

use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::{
    agents::{self, TeamStats},
    app::App,
    http::{
        ApiError,
        input::Params,
        permit::{Permit, may::ReadStats},
    },
};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Since {
    /// 1 to 366; a week where nothing is said.
    days: Option<i64>,
}

#[derive(Serialize, ToSchema)]
pub struct Figures {
    teams: Vec<TeamStats>,
}

/// How many came, how long they waited, and how many nobody answered, by team.
#[utoipa::path(
    get, path = "/api/v1/desk/stats", tag = "desk", operation_id = "figures",
    security(("session" = ["stats.read"]), ("key" = ["stats.read"])),
    params(Since),
    responses((status = 200, body = Figures))
)]
pub async fn show(
    State(app): State<Arc<App>>,
    _: Permit<ReadStats>,
    Params(since): Params<Since>,
) -> Result<Json<Figures>, ApiError> {
    Ok(Json(Figures { teams: agents::stats(&app, since.days.unwrap_or(7)).await? }))
}
