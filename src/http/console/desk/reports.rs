//! Reports from a chat.

use std::sync::Arc;

use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use ventanilla_values::Lang;

use super::{seen_by, to_act_on};
use crate::{
    agents::{self, Addition, By, Form, Prefilled, Where},
    app::App,
    http::{
        ApiError,
        input::{Body, Id, Params},
        permit::{Permit, may::AttendChats},
        problem::Problem,
        reports::Language,
    },
    staff,
};

/// What is known already for a report from this chat.
#[utoipa::path(
    get, path = "/api/v1/desk/chats/{id}/report", tag = "desk", operation_id = "report_form",
    security(("session" = ["chats.attend"])),
    params(("id" = Uuid, Path), Language),
    responses((status = 200, body = Prefilled))
)]
pub async fn form(
    State(app): State<Arc<App>>,
    by: Permit<AttendChats>,
    Id(id): Id,
    Params(language): Params<Language>,
) -> Result<Json<Prefilled>, ApiError> {
    let entry = seen_by(&app, &by.member, id).await?.entry;
    let form = agents::prefill(&app, &entry, language.lang.unwrap_or(Lang::ES)).await?;
    let unit = app.store.unit().await?;
    let subject = format!("chat:{id}");
    staff::note(&app, &unit, &by.actor(), "chat.report_form", &subject, &serde_json::json!({})).await?;
    unit.commit().await?;
    Ok(Json(form))
}

#[derive(Deserialize, ToSchema)]
pub struct FileReport {
    version: i64,
    /// Id of a category.
    category: String,
    /// The citizen's words.
    #[serde(default)]
    description: String,
    place: PlaceSaid,
    /// A photo that the citizen sent.
    #[serde(default)]
    photo: Option<Uuid>,
    /// Answers to the category's questions, by their ids.
    #[serde(default)]
    #[schema(value_type = std::collections::BTreeMap<String, String>)]
    details: serde_json::Map<String, serde_json::Value>,
}

/// Words, a pin, or both.
#[derive(Deserialize, ToSchema)]
pub struct PlaceSaid {
    #[serde(default)]
    text: String,
    /// Degrees.
    #[serde(default)]
    lat: Option<f64>,
    #[serde(default)]
    lon: Option<f64>,
}

#[derive(Serialize, ToSchema)]
pub struct FiledReport {
    folio: String,
    /// The chat's new version.
    version: i64,
}

/// File a report in the citizen's name. They are told its folio and PIN; nobody else learns the PIN.
#[utoipa::path(
    post, path = "/api/v1/desk/chats/{id}/report", tag = "desk", operation_id = "file_report",
    security(("session" = ["chats.attend"])),
    params(("id" = Uuid, Path)),
    request_body = FileReport,
    responses(
        (status = 200, body = FiledReport),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "`taken` or `stale`"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`no_category`, `no_place`, `place_outside`, `report_too_long`, `no_photo` or `no_detail`"),
    )
)]
pub async fn file(
    State(app): State<Arc<App>>,
    by: Permit<AttendChats>,
    Id(id): Id,
    Body(body): Body<FileReport>,
) -> Result<Json<FiledReport>, ApiError> {
    let entry = to_act_on(&app, &by.member, id, body.version).await?;
    let place = Where { text: body.place.text, pin: body.place.lat.zip(body.place.lon) };
    let FileReport { category, description, photo, details, .. } = body;
    let form = Form { category, description, place, photo, details };
    let (folio, entry) = agents::file_report(&app, entry, &By::from(&by.member), &form).await?;
    Ok(Json(FiledReport { folio, version: entry.version }))
}

#[derive(Deserialize, ToSchema)]
pub struct AppendReport {
    version: i64,
    /// One of the citizen's open reports.
    folio: String,
    /// The citizen's words; may be empty where there is a photo.
    #[serde(default)]
    words: String,
    /// A photo that the citizen sent.
    #[serde(default)]
    photo: Option<Uuid>,
}

/// Add what the citizen told to a report of theirs that is open. Where the town waits for it, the work goes on.
#[utoipa::path(
    post, path = "/api/v1/desk/chats/{id}/report/append", tag = "desk", operation_id = "append_report",
    security(("session" = ["chats.attend"])),
    params(("id" = Uuid, Path)),
    request_body = AppendReport,
    responses(
        (status = 200, body = FiledReport),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "`taken` or `stale`"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`no_report`, `report_too_long`, `no_photo` or `nothing_said`"),
    )
)]
pub async fn append(
    State(app): State<Arc<App>>,
    by: Permit<AttendChats>,
    Id(id): Id,
    Body(body): Body<AppendReport>,
) -> Result<Json<FiledReport>, ApiError> {
    let entry = to_act_on(&app, &by.member, id, body.version).await?;
    let addition = Addition { folio: body.folio, words: body.words, photo: body.photo };
    let entry = agents::append_report(&app, entry, &By::from(&by.member), &addition).await?;
    Ok(Json(FiledReport { folio: addition.folio, version: entry.version }))
}
