//! Teaching the bot from a chat.

use std::sync::Arc;

use axum::{Json, extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use ventanilla_values::Lang;

use super::seen_by;
use crate::{
    agents::{self, By, IntentName, Lesson},
    app::App,
    http::{
        ApiError,
        input::{Body, Id, Params},
        permit::{Permit, may::AttendChats},
        problem::Problem,
        reports::Language,
    },
};

#[derive(Serialize, ToSchema)]
pub struct IntentList {
    pub(in crate::http) intents: Vec<IntentName>,
}

/// What a message may mean, by title.
#[utoipa::path(
    get, path = "/api/v1/desk/intents", tag = "desk", operation_id = "desk_intents",
    security(("session" = ["chats.attend"])),
    params(Language),
    responses((status = 200, body = IntentList))
)]
pub async fn intents(
    State(app): State<Arc<App>>,
    _: Permit<AttendChats>,
    Params(language): Params<Language>,
) -> Json<IntentList> {
    Json(IntentList { intents: agents::intents(&app, language.lang.unwrap_or(Lang::ES)) })
}

#[derive(Deserialize, ToSchema)]
pub struct Teach {
    /// Of the message.
    line: Uuid,
    what: Taught,
}

/// One of the two.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Taught {
    /// A citizen's message means this intent.
    Means(String),
    /// An answer of the bot was wrong, for this reason.
    Wrong(String),
}

/// Put a message into the training inbox.
#[utoipa::path(
    post, path = "/api/v1/desk/chats/{id}/teach", tag = "desk", operation_id = "teach",
    security(("session" = ["chats.attend"])),
    params(("id" = Uuid, Path)),
    request_body = Teach,
    responses(
        (status = 204),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`no_line`, `no_intent` or `teach_note`"),
    )
)]
pub async fn teach(
    State(app): State<Arc<App>>,
    by: Permit<AttendChats>,
    Id(id): Id,
    Body(body): Body<Teach>,
) -> Result<StatusCode, ApiError> {
    let entry = seen_by(&app, &by.member, id).await?.entry;
    let lesson = match body.what {
        Taught::Means(intent) => Lesson::Means(intent),
        Taught::Wrong(note) => Lesson::Wrong(note),
    };
    agents::teach(&app, &entry, &By::from(&by.member), body.line, &lesson).await?;
    Ok(StatusCode::NO_CONTENT)
}
