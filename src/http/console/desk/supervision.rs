//! What supervisors do for colleagues: a word at their ear, and reading their answers first.

use std::sync::Arc;

use axum::{Json, extract::State, http::StatusCode};
use serde::Deserialize;
use utoipa::ToSchema;

use super::seen_by;
use crate::{
    agents::{self, By, Line},
    app::App,
    http::{
        ApiError,
        input::{Body, Id},
        permit::{Permit, may::SuperviseChats},
        problem::Problem,
    },
    staff::accounts::{self, Change},
};

#[derive(Deserialize, ToSchema)]
pub struct NewWhisper {
    text: String,
}

/// Say something to who attends a chat. They are told at once; the citizen never is.
#[utoipa::path(
    post, path = "/api/v1/desk/chats/{id}/whispers", tag = "desk", operation_id = "whisper",
    security(("session" = ["chats.supervise"])),
    params(("id" = Uuid, Path)),
    request_body = NewWhisper,
    responses(
        (status = 200, body = Line),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "nobody attends it but you; nothing, or too much"),
    )
)]
pub async fn whisper(
    State(app): State<Arc<App>>,
    by: Permit<SuperviseChats>,
    Id(id): Id,
    Body(body): Body<NewWhisper>,
) -> Result<Json<Line>, ApiError> {
    let entry = seen_by(&app, &by.member, id).await?.entry;
    Ok(Json(agents::whisper(&app, &entry, &By::from(&by.member), &body.text).await?))
}

#[derive(Deserialize, ToSchema)]
pub struct Supervised {
    supervised: bool,
}

/// Say whether what a colleague writes awaits approval. It holds for their next answer.
#[utoipa::path(
    put, path = "/api/v1/desk/colleagues/{id}/supervised", tag = "desk", operation_id = "supervise",
    security(("session" = ["chats.supervise"])),
    params(("id" = Uuid, Path)),
    request_body = Supervised,
    responses((status = 204))
)]
pub async fn supervise(
    State(app): State<Arc<App>>,
    by: Permit<SuperviseChats>,
    Id(id): Id,
    Body(body): Body<Supervised>,
) -> Result<StatusCode, ApiError> {
    let change = Change { supervised: Some(body.supervised), ..Change::default() };
    accounts::change(&app, &by.actor(), id, change).await?;
    Ok(StatusCode::NO_CONTENT)
}
