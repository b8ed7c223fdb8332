//! The agent's desk: queues, a chat, what is done with it, who is told of what. What an act means stands in `agents/`.

mod acts;
mod approvals;
mod calls;
mod chats;
mod colleagues;
mod crisis;
mod errands;
mod events;
mod figures;
mod files;
mod replies;
mod reports;
mod supervision;
mod talks;
mod teaching;
mod templates;

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use utoipa_axum::{
    router::{OpenApiRouter, UtoipaMethodRouterExt},
    routes,
};
use uuid::Uuid;

use crate::{
    agents::{self, AgentError},
    app::App,
    http::ApiError,
    staff::Member,
    store::{self, desk::QueueRow, handovers::HandoverRow},
};

pub(super) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(chats::list))
        .routes(routes!(chats::show))
        .routes(routes!(chats::media))
        .routes(routes!(chats::preview))
        .routes(routes!(acts::claim))
        .routes(routes!(acts::say))
        .routes(routes!(acts::take_back))
        .routes(routes!(acts::ask))
        .routes(routes!(files::bring).layer(DefaultBodyLimit::disable()))
        .routes(routes!(acts::note))
        .routes(routes!(acts::transfer))
        .routes(routes!(acts::close))
        .routes(routes!(acts::flows))
        .routes(routes!(crisis::show, crisis::answer))
        .routes(routes!(calls::plan))
        .routes(routes!(calls::withdraw))
        .routes(routes!(calls::made))
        .routes(routes!(colleagues::list))
        .routes(routes!(colleagues::status))
        .routes(routes!(colleagues::look, colleagues::leave))
        .routes(routes!(replies::list, replies::make))
        .routes(routes!(replies::change, replies::remove))
        .routes(routes!(approvals::approve))
        .routes(routes!(approvals::give_back))
        .routes(routes!(approvals::withdraw))
        .routes(routes!(supervision::whisper))
        .routes(routes!(supervision::supervise))
        .routes(routes!(talks::list))
        .routes(routes!(talks::show))
        .routes(routes!(talks::join))
        .routes(routes!(figures::show))
        .routes(routes!(templates::list, templates::send))
        .routes(routes!(reports::form, reports::file))
        .routes(routes!(reports::append))
        .routes(routes!(errands::lend))
        .routes(routes!(errands::block))
        .routes(routes!(errands::blocks))
        .routes(routes!(errands::unblock))
        .routes(routes!(teaching::intents))
        .routes(routes!(teaching::teach))
        .routes(routes!(events::stream))
}

pub(in crate::http) use teaching::IntentList;

const NO_SUCH: &str = "there is no such chat, or it is of another department";

/// The chat, if who asks may see it.
async fn seen_by(app: &App, member: &Member, id: Uuid) -> Result<QueueRow, ApiError> {
    let found = store::desk::chat(app.store.read(), &agents::viewer(member), id).await?;
    found.ok_or(ApiError::NotFound(NO_SUCH))
}

/// The same, to act on: as whoever acts saw it. Their version is compared again within the unit of work.
async fn to_act_on(app: &App, member: &Member, id: Uuid, version: i64) -> Result<HandoverRow, ApiError> {
    let entry = seen_by(app, member, id).await?.entry;
    if entry.closed_at.is_some() {
        return Err(AgentError::Closed.into());
    }
    Ok(HandoverRow { version, ..entry })
}
