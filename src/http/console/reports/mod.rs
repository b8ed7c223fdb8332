//! The board of reports: what departments see of them and do about them. What an act means stands in [`crate::reports::work`];
//! who sees what in [`crate::reports::board`].

mod acts;
mod errors;
mod incidents;
mod list;
mod map;
mod moderation;
mod photos;
mod show;
mod takeaway;
mod which;

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use serde_json::json;
use utoipa_axum::{
    router::{OpenApiRouter, UtoipaMethodRouterExt},
    routes,
};
use uuid::Uuid;

use crate::{
    app::App,
    http::ApiError,
    reports::board,
    staff::{self, Member},
    store::{self, reports::ReportRow},
};

pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(list::list))
        .routes(routes!(list::counts))
        .routes(routes!(list::form))
        .routes(routes!(list::colleagues))
        .routes(routes!(map::points))
        .routes(routes!(map::shapes))
        .routes(routes!(show::show))
        .routes(routes!(acts::move_it))
        .routes(routes!(acts::assign))
        .routes(routes!(acts::note))
        .routes(routes!(acts::merge))
        .routes(routes!(acts::take_apart))
        .routes(routes!(photos::bring).layer(DefaultBodyLimit::disable()))
        .routes(routes!(photos::photo, moderation::photo, photos::withdraw))
        .routes(routes!(moderation::text))
        .routes(routes!(incidents::list))
        .routes(routes!(incidents::accept))
        .routes(routes!(incidents::dismiss))
        .routes(routes!(takeaway::export))
        .routes(routes!(takeaway::route))
}

const NO_SUCH: ApiError = ApiError::NotFound("there is no such report, or it is of another department");

/// The report, if who asks may see it.
async fn seen_by(app: &App, member: &Member, id: Uuid) -> Result<ReportRow, ApiError> {
    let scope = board::scope(&app.contents.active.catalogue, member);
    store::board::seen(app.store.read(), &scope, id).await?.ok_or(NO_SUCH)
}

/// The same, to act on: as whoever acts saw it. Their version is compared again within the unit of work.
async fn to_act_on(app: &App, member: &Member, id: Uuid, version: i64) -> Result<ReportRow, ApiError> {
    Ok(ReportRow { version, ..seen_by(app, member, id).await? })
}

/// A look at something that not everybody of the town may see.
async fn note_look(app: &App, actor: &str, action: &str, id: Uuid) -> Result<(), ApiError> {
    let unit = app.store.unit().await?;
    staff::note(app, &unit, actor, action, &format!("report:{id}"), &json!({})).await?;
    Ok(unit.commit().await?)
}
