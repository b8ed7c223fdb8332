//! What everybody may see of a report.

use std::sync::Arc;

use axum::{Json, extract::State};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{acts::Done, photos::Shown, to_act_on};
use crate::{
    app::App,
    http::{
        ApiError,
        input::{Body, Id},
        permit::{Permit, may::ModerateReports},
        problem::Problem,
    },
    reports::work,
};

#[derive(Deserialize, ToSchema)]
pub struct PublicText {
    version: i64,
    /// The description as everybody reads it: without names, phones and house numbers.
    text: String,
    shown: bool,
}

/// Say whether the description is shown, and in which words.
#[utoipa::path(
    put, path = "/api/v1/board/reports/{id}/text", tag = "board", operation_id = "moderate_text",
    security(("session" = ["reports.moderate"])),
    params(("id" = Uuid, Path)),
    request_body = PublicText,
    responses(
        (status = 200, body = Done),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "`stale`"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`nothing_said` or `private_apart`"),
    )
)]
pub async fn text(
    State(app): State<Arc<App>>,
    by: Permit<ModerateReports>,
    Id(id): Id,
    Body(body): Body<PublicText>,
) -> Result<Json<Done>, ApiError> {
    let seen = to_act_on(&app, &by.member, id, body.version).await?;
    Ok(Json(work::moderate_text(&app, &by.member, &seen, body.text, body.shown).await?.into()))
}

#[derive(Deserialize, ToSchema)]
pub struct PhotoShown {
    version: i64,
    shown: bool,
}

/// Say whether everybody may see a photo.
#[utoipa::path(
    patch, path = "/api/v1/board/reports/{id}/photos/{photo}", tag = "board", operation_id = "moderate_photo",
    security(("session" = ["reports.moderate"])),
    params(("id" = Uuid, Path), ("photo" = Uuid, Path)),
    request_body = PhotoShown,
    responses(
        (status = 200, body = Done),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "`stale`"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`no_photo` or `private_apart`"),
    )
)]
pub async fn photo(
    State(app): State<Arc<App>>,
    by: Permit<ModerateReports>,
    Shown { id, photo }: Shown,
    Body(body): Body<PhotoShown>,
) -> Result<Json<Done>, ApiError> {
    let seen = to_act_on(&app, &by.member, id, body.version).await?;
    Ok(Json(work::moderate_photo(&app, &by.member, &seen, photo, body.shown).await?.into()))
}
