//! Canned replies.

use std::sync::Arc;

use axum::{Json, extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use ventanilla_values::matching;

use crate::{
    app::App,
    http::{
        ApiError,
        input::{Body, Id, Params},
        permit::{
            Permit,
            may::{EditReplies, ReadReplies},
        },
        problem::Problem,
    },
    staff,
    store::{self, StoreError, canned::CannedReply},
};

const LONGEST_SHORTCUT: usize = 40;
const LONGEST_TITLE: usize = 80;
const LONGEST_TEXT: usize = 4096;

/// What colleagues answer again and again.
#[derive(Serialize, ToSchema)]
pub struct Canned {
    id: Uuid,
    /// What is typed behind the slash.
    shortcut: String,
    /// `es` or `en`.
    language: String,
    title: String,
    /// With `{{nombre}}`, `{{agente}}` and `{{folio}}` where they stand: the page fills them in.
    text: String,
}

impl From<CannedReply> for Canned {
    fn from(reply: CannedReply) -> Self {
        let CannedReply { id, shortcut, language, title, text } = reply;
        Self { id, shortcut, language, title, text }
    }
}

#[derive(Serialize, ToSchema)]
pub struct CannedList {
    replies: Vec<Canned>,
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Search {
    /// Part of the shortcut, title or text; accents and capitals do not matter.
    q: Option<String>,
}

/// Canned replies, by shortcut.
#[utoipa::path(
    get, path = "/api/v1/desk/replies", tag = "desk", operation_id = "replies",
    security(("session" = ["replies.read"])),
    params(Search),
    responses((status = 200, body = CannedList))
)]
pub async fn list(
    State(app): State<Arc<App>>,
    _: Permit<ReadReplies>,
    Params(search): Params<Search>,
) -> Result<Json<CannedList>, ApiError> {
    let wanted = matching(&search.q.unwrap_or_default());
    let all = store::canned::list(app.store.read()).await?;
    let fitting = all.into_iter().filter(|one| {
        [&one.shortcut, &one.title, &one.text].into_iter().any(|text| matching(text).contains(&wanted))
    });
    Ok(Json(CannedList { replies: fitting.map(Into::into).collect() }))
}

#[derive(Deserialize, ToSchema)]
pub struct NewCanned {
    shortcut: String,
    title: String,
    text: String,
    /// `es` or `en`.
    language: String,
}

/// Write a canned reply.
#[utoipa::path(
    post, path = "/api/v1/desk/replies", tag = "desk", operation_id = "make_reply",
    security(("session" = ["replies.edit"])),
    request_body = NewCanned,
    responses(
        (status = 200, body = Canned),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "the shortcut is taken"),
    )
)]
pub async fn make(
    State(app): State<Arc<App>>,
    by: Permit<EditReplies>,
    Body(body): Body<NewCanned>,
) -> Result<Json<Canned>, ApiError> {
    put(&app, &by.actor(), app.ids.next(), body).await
}

/// Change a canned reply.
#[utoipa::path(
    put, path = "/api/v1/desk/replies/{id}", tag = "desk", operation_id = "change_reply",
    security(("session" = ["replies.edit"])),
    params(("id" = Uuid, Path)),
    request_body = NewCanned,
    responses(
        (status = 200, body = Canned),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "the shortcut is taken"),
    )
)]
pub async fn change(
    State(app): State<Arc<App>>,
    by: Permit<EditReplies>,
    Id(id): Id,
    Body(body): Body<NewCanned>,
) -> Result<Json<Canned>, ApiError> {
    store::canned::by_id(app.store.read(), id).await?.ok_or(NO_SUCH)?;
    put(&app, &by.actor(), id, body).await
}

/// Take a canned reply away.
#[utoipa::path(
    delete, path = "/api/v1/desk/replies/{id}", tag = "desk", operation_id = "remove_reply",
    security(("session" = ["replies.edit"])),
    params(("id" = Uuid, Path)),
    responses((status = 204))
)]
pub async fn remove(
    State(app): State<Arc<App>>,
    by: Permit<EditReplies>,
    Id(id): Id,
) -> Result<StatusCode, ApiError> {
    let unit = app.store.unit().await?;
    if !store::canned::remove(&unit, id).await? {
        return Err(NO_SUCH);
    }
    staff::note(&app, &unit, &by.actor(), "reply.remove", &format!("reply:{id}"), &json!({})).await?;
    unit.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}

const NO_SUCH: ApiError = ApiError::NotFound("there is no such canned reply");

async fn put(app: &App, actor: &str, id: Uuid, body: NewCanned) -> Result<Json<Canned>, ApiError> {
    let reply = checked(id, body)?;
    let unit = app.store.unit().await?;
    store::canned::put(&unit, &reply, app.clock.now()).await.map_err(taken)?;
    let (subject, detail) = (format!("reply:{id}"), json!({ "shortcut": reply.shortcut }));
    staff::note(app, &unit, actor, "reply.put", &subject, &detail).await?;
    unit.commit().await?;
    Ok(Json(reply.into()))
}

fn taken(err: StoreError) -> ApiError {
    if err.is_duplicate() {
        let why = "another canned reply has this shortcut in this language".to_owned();
        return ApiError::Refused { status: StatusCode::CONFLICT, code: "shortcut_taken", why };
    }
    err.into()
}

fn checked(id: Uuid, body: NewCanned) -> Result<CannedReply, ApiError> {
    let shortcut = body.shortcut.trim().trim_start_matches('/').to_lowercase();
    let fits = |text: &str, most: usize| !text.trim().is_empty() && text.chars().count() <= most;
    if !fits(&shortcut, LONGEST_SHORTCUT) || shortcut.contains(char::is_whitespace) {
        return Err(ApiError::invalid("reply_shortcut", "a shortcut is one word of at most 40 letters"));
    }
    if !fits(&body.title, LONGEST_TITLE) {
        return Err(ApiError::invalid("reply_title", "a title has 1 to 80 letters"));
    }
    if !fits(&body.text, LONGEST_TEXT) {
        return Err(ApiError::invalid("reply_text", "a text has 1 to 4,096 letters"));
    }
    if !["es", "en"].contains(&body.language.as_str()) {
        return Err(ApiError::invalid("no_language", "the language is es or en"));
    }
    let (title, text) = (body.title.trim().to_owned(), body.text.trim().to_owned());
    Ok(CannedReply { id, shortcut, language: body.language, title, text })
}
