//! Approved templates.

use std::sync::Arc;

use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    acts::{SaidLine, said},
    seen_by, to_act_on,
};
use crate::{
    agents::{self, By, Chosen, Sendable, Sent},
    app::App,
    http::{
        ApiError,
        input::{Body, Id},
        permit::{Permit, may::AttendChats},
        problem::Problem,
    },
};

#[derive(Serialize, ToSchema)]
pub struct TemplateList {
    templates: Vec<Sendable>,
}

/// The approved templates that may be sent in a chat; none where its channel needs none.
#[utoipa::path(
    get, path = "/api/v1/desk/chats/{id}/templates", tag = "desk", operation_id = "templates",
    security(("session" = ["chats.attend"])),
    params(("id" = Uuid, Path)),
    responses((status = 200, body = TemplateList))
)]
pub async fn list(
    State(app): State<Arc<App>>,
    by: Permit<AttendChats>,
    Id(id): Id,
) -> Result<Json<TemplateList>, ApiError> {
    let found = seen_by(&app, &by.member, id).await?;
    Ok(Json(TemplateList { templates: agents::templates(&app, found.channel).await? }))
}

#[derive(Deserialize, ToSchema)]
pub struct SendTemplate {
    version: i64,
    name: String,
    language: String,
    /// What stands in each place, in their order.
    values: Vec<String>,
}

/// Send an approved template: it goes also when the citizen wrote more than a day ago.
#[utoipa::path(
    post, path = "/api/v1/desk/chats/{id}/templates", tag = "desk", operation_id = "send_template",
    security(("session" = ["chats.attend"])),
    params(("id" = Uuid, Path)),
    request_body = SendTemplate,
    responses(
        (status = 200, body = SaidLine),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "`taken` or `stale`"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`no_template` or `template_values`"),
    )
)]
pub async fn send(
    State(app): State<Arc<App>>,
    by: Permit<AttendChats>,
    Id(id): Id,
    Body(body): Body<SendTemplate>,
) -> Result<Json<SaidLine>, ApiError> {
    let entry = to_act_on(&app, &by.member, id, body.version).await?;
    let SendTemplate { name, language, values, .. } = body;
    let chosen = Chosen { name, language, values };
    let undo = app.config.desk.undo();
    said(&app, Sent::Said(agents::send_template(&app, entry, &By::from(&by.member), &chosen, undo).await?))
        .await
}
