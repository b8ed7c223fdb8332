//! Answers that a supervisor reads first: approved, given back, or taken back by who wrote them.

use std::sync::Arc;

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{chats::whole, seen_by, to_act_on};
use crate::{
    agents::{self, By, Chat},
    app::App,
    http::{
        ApiError,
        input::Body,
        permit::{
            Permit,
            may::{AttendChats, SuperviseChats},
        },
        problem::Problem,
    },
};

/// A chat and a proposal in it.
fn ids((chat, proposal): (String, String)) -> Result<(Uuid, Uuid), ApiError> {
    let ids = chat.parse().ok().zip(proposal.parse().ok());
    ids.ok_or(ApiError::NotFound(super::NO_SUCH))
}

#[derive(Deserialize, ToSchema)]
pub struct Approval {
    version: i64,
    /// What goes in place of what was proposed; both are kept.
    text: Option<String>,
}

/// Let a proposed answer go, as it is or changed. For a few seconds it can be taken back like any answer.
#[utoipa::path(
    post, path = "/api/v1/desk/chats/{id}/proposals/{proposal}/approve", tag = "desk", operation_id = "approve",
    security(("session" = ["chats.supervise"])),
    params(("id" = Uuid, Path), ("proposal" = Uuid, Path)),
    request_body = Approval,
    responses(
        (status = 200, body = Chat),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "`stale`"),
        (status = 410, body = Problem, content_type = "application/problem+json", description = "`decided`"),
    )
)]
pub async fn approve(
    State(app): State<Arc<App>>,
    by: Permit<SuperviseChats>,
    Path(path): Path<(String, String)>,
    Body(body): Body<Approval>,
) -> Result<Json<Chat>, ApiError> {
    let (id, proposal) = ids(path)?;
    let entry = to_act_on(&app, &by.member, id, body.version).await?;
    agents::approve(&app, entry, &By::from(&by.member), proposal, body.text.as_deref()).await?;
    Ok(Json(whole(&app, seen_by(&app, &by.member, id).await?, &by.member).await?))
}

#[derive(Deserialize, ToSchema)]
pub struct GiveBack {
    version: i64,
    /// Why: its author reads it.
    #[serde(default)]
    reason: String,
}

/// Give a proposed answer back to its author, with the reason. Nothing is sent.
#[utoipa::path(
    post, path = "/api/v1/desk/chats/{id}/proposals/{proposal}/return", tag = "desk", operation_id = "give_back",
    security(("session" = ["chats.supervise"])),
    params(("id" = Uuid, Path), ("proposal" = Uuid, Path)),
    request_body = GiveBack,
    responses(
        (status = 200, body = Chat),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "`stale`"),
        (status = 410, body = Problem, content_type = "application/problem+json", description = "`decided`"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "no reason was given"),
    )
)]
pub async fn give_back(
    State(app): State<Arc<App>>,
    by: Permit<SuperviseChats>,
    Path(path): Path<(String, String)>,
    Body(body): Body<GiveBack>,
) -> Result<Json<Chat>, ApiError> {
    let (id, proposal) = ids(path)?;
    let entry = to_act_on(&app, &by.member, id, body.version).await?;
    agents::give_it_back(&app, entry, &By::from(&by.member), proposal, &body.reason).await?;
    Ok(Json(whole(&app, seen_by(&app, &by.member, id).await?, &by.member).await?))
}

/// Take back an answer that you proposed and that nobody approved yet.
#[utoipa::path(
    delete, path = "/api/v1/desk/chats/{id}/proposals/{proposal}", tag = "desk", operation_id = "withdraw",
    security(("session" = ["chats.attend"])),
    params(("id" = Uuid, Path), ("proposal" = Uuid, Path)),
    responses(
        (status = 204),
        (status = 410, body = Problem, content_type = "application/problem+json", description = "`decided`"),
    )
)]
pub async fn withdraw(
    State(app): State<Arc<App>>,
    by: Permit<AttendChats>,
    Path(path): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    let (id, proposal) = ids(path)?;
    let entry = seen_by(&app, &by.member, id).await?.entry;
    agents::withdraw(&app, entry, &By::from(&by.member), proposal).await?;
    Ok(StatusCode::NO_CONTENT)
}
