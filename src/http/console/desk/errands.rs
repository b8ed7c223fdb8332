//! What the bot does for a colleague, and ending a talk that cannot go on.

use std::sync::Arc;

use axum::{Json, extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{acts::row, to_act_on};
use crate::{
    agents::{self, Blocked, By, ChatRow, Errand},
    app::App,
    http::{
        ApiError,
        input::{Body, Id},
        permit::{
            Permit,
            may::{AttendChats, SuperviseChats},
        },
        problem::Problem,
    },
    store::consents::Purpose,
};

#[derive(Deserialize, ToSchema)]
pub struct Lend {
    version: i64,
    what: Task,
}

/// One of the two.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Task {
    /// A flow's id.
    Flow(String),
    /// `case_updates`, `suggestions`, `surveys` or `news`: ask whether they allow it.
    #[schema(value_type = String)]
    Consent(Purpose),
}

/// Let the bot do one thing with the citizen; then the chat is yours again.
#[utoipa::path(
    post, path = "/api/v1/desk/chats/{id}/lend", tag = "desk", operation_id = "lend",
    security(("session" = ["chats.attend"])),
    params(("id" = Uuid, Path)),
    request_body = Lend,
    responses(
        (status = 200, body = ChatRow),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "`taken` or `stale`"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`no_flow` or `not_askable`"),
    )
)]
pub async fn lend(
    State(app): State<Arc<App>>,
    by: Permit<AttendChats>,
    Id(id): Id,
    Body(body): Body<Lend>,
) -> Result<Json<ChatRow>, ApiError> {
    let entry = to_act_on(&app, &by.member, id, body.version).await?;
    let errand = match body.what {
        Task::Flow(flow) => Errand::Flow(flow),
        Task::Consent(purpose) => Errand::Consent(purpose),
    };
    row(&app, agents::lend(&app, entry, &By::from(&by.member), &errand).await?).await
}

#[derive(Deserialize, ToSchema)]
pub struct NewBlock {
    version: i64,
    /// Why; colleagues read it.
    reason: String,
    /// 1 to 366; `null`: for good.
    #[serde(default)]
    days: Option<i64>,
}

/// End a talk that cannot go on: the citizen is told once, and neither answered nor queued until it is over. Who is in
/// danger is never blocked, and heard even then.
#[utoipa::path(
    post, path = "/api/v1/desk/chats/{id}/block", tag = "desk", operation_id = "block",
    security(("session" = ["chats.attend"])),
    params(("id" = Uuid, Path)),
    request_body = NewBlock,
    responses(
        (status = 200, body = ChatRow),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "`taken` or `stale`"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`block_reason`, `block_days` or `in_danger`"),
    )
)]
pub async fn block(
    State(app): State<Arc<App>>,
    by: Permit<AttendChats>,
    Id(id): Id,
    Body(body): Body<NewBlock>,
) -> Result<Json<ChatRow>, ApiError> {
    let entry = to_act_on(&app, &by.member, id, body.version).await?;
    row(&app, agents::block(&app, entry, &By::from(&by.member), &body.reason, body.days).await?).await
}

#[derive(Serialize, ToSchema)]
pub struct BlockList {
    blocks: Vec<Blocked>,
}

/// Who is not answered now, the newest first.
#[utoipa::path(
    get, path = "/api/v1/desk/blocks", tag = "desk", operation_id = "blocks",
    security(("session" = ["chats.supervise"])),
    responses((status = 200, body = BlockList))
)]
pub async fn blocks(
    State(app): State<Arc<App>>,
    _: Permit<SuperviseChats>,
) -> Result<Json<BlockList>, ApiError> {
    Ok(Json(BlockList { blocks: agents::blocked(&app).await? }))
}

/// Answer somebody again.
#[utoipa::path(
    delete, path = "/api/v1/desk/blocks/{id}", tag = "desk", operation_id = "unblock",
    security(("session" = ["chats.supervise"])),
    params(("id" = Uuid, Path)),
    responses((status = 204))
)]
pub async fn unblock(
    State(app): State<Arc<App>>,
    by: Permit<SuperviseChats>,
    Id(id): Id,
) -> Result<StatusCode, ApiError> {
    if agents::unblock(&app, id, &By::from(&by.member)).await? {
        return Ok(StatusCode::NO_CONTENT);
    }
    Err(ApiError::NotFound("nobody is kept out by it any more"))
}
