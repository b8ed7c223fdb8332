//! Talks that the bot leads, for who supervises them: looking, and coming in.

use std::sync::Arc;

use axum::{Json, extract::State};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::{
    chats::{LARGEST_PAGE, PAGE, note_view, whole},
    seen_by,
};
use crate::{
    agents::{self, By, Chat, Talk, TalkListing, live},
    app::App,
    http::{
        ApiError,
        input::{Body, Id, Params},
        permit::{Permit, may::SuperviseChats},
        problem::Problem,
    },
    store,
};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TalkPage {
    /// `next` of the page before.
    cursor: Option<String>,
    /// At most 200.
    limit: Option<i64>,
}

/// Talks that the bot leads now: where a danger was asked about first, then where it did not understand, then the newest.
#[utoipa::path(
    get, path = "/api/v1/desk/talks", tag = "desk", operation_id = "talks",
    security(("session" = ["chats.supervise"])),
    params(TalkPage),
    responses((status = 200, body = TalkListing))
)]
pub async fn list(
    State(app): State<Arc<App>>,
    _: Permit<SuperviseChats>,
    Params(page): Params<TalkPage>,
) -> Result<Json<TalkListing>, ApiError> {
    let offset = page.cursor.and_then(|cursor| cursor.parse().ok()).unwrap_or(0).max(0);
    let limit = page.limit.unwrap_or(PAGE).clamp(1, LARGEST_PAGE);
    Ok(Json(agents::talks(&app, limit, offset).await?))
}

/// A talk, by its person: what was said, what the bot understood and learnt. Who did not look at it a moment ago is
/// written into the audit log. Who looks is shown to other supervisors for the next 45 seconds.
#[utoipa::path(
    get, path = "/api/v1/desk/talks/{person}", tag = "desk", operation_id = "talk",
    security(("session" = ["chats.supervise"])),
    params(("person" = Uuid, Path)),
    responses((status = 200, body = Talk))
)]
pub async fn show(
    State(app): State<Arc<App>>,
    by: Permit<SuperviseChats>,
    Id(person): Id,
) -> Result<Json<Talk>, ApiError> {
    let found = store::bot_talks::of(app.store.read(), person).await?;
    let found = found.ok_or(ApiError::NotFound("there is no such talk"))?;
    if !app.desk.lookers(person, app.clock.now()).iter().any(|one| one.id == by.member.id) {
        note_view(&app, &by.actor(), "talk.view", &format!("person:{person}")).await?;
    }
    live::look(&app, person, &by.member, false, false);
    Ok(Json(agents::talk(&app, &found, &By::from(&by.member)).await?))
}

#[derive(Deserialize, ToSchema)]
pub struct Join {
    /// Why: it stays beside the talk.
    #[serde(default)]
    reason: String,
}

/// Come into a talk of the bot. It is yours from now on, the bot is silent, and the citizen is told that a person is there.
#[utoipa::path(
    post, path = "/api/v1/desk/talks/{person}/join", tag = "desk", operation_id = "join",
    security(("session" = ["chats.supervise"])),
    params(("person" = Uuid, Path)),
    request_body = Join,
    responses(
        (status = 200, body = Chat),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "`at_desk`: somebody of the town has them"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "no reason, or a call"),
    )
)]
pub async fn join(
    State(app): State<Arc<App>>,
    by: Permit<SuperviseChats>,
    Id(person): Id,
    Body(body): Body<Join>,
) -> Result<Json<Chat>, ApiError> {
    let entry = agents::join(&app, person, &By::from(&by.member), &body.reason).await?;
    Ok(Json(whole(&app, seen_by(&app, &by.member, entry.id).await?, &by.member).await?))
}
