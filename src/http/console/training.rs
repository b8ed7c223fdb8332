//! The training inbox: what colleagues saw the bot misunderstand, for who teaches it; and why it understands a text so.

use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use ventanilla_values::Lang;

use super::desk::IntentList;
use crate::{
    agents::{self, By, Example, ExampleState, Explained},
    app::App,
    http::{
        ApiError,
        input::{Body, Id, Params},
        permit::{Permit, may::ReviewTraining},
        problem::Problem,
        reports::Language,
    },
};

const PAGE: i64 = 50;
/// Characters of a text that is explained: what a message may have.
const LONGEST: usize = 4096;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Which {
    #[serde(default)]
    #[param(inline)]
    state: ExampleState,
    /// `next` of the page before.
    cursor: Option<String>,
    /// `es` or `en`: how intents are named.
    #[param(value_type = Option<String>)]
    lang: Option<Lang>,
}

#[derive(Serialize, ToSchema)]
pub struct ExamplePage {
    examples: Vec<Example>,
    /// For the next page; `null` on the last.
    next: Option<String>,
}

/// What the bot is to learn from, the newest first. Who looks is written into the audit log.
#[utoipa::path(
    get, path = "/api/v1/training", tag = "training", operation_id = "examples",
    security(("session" = ["training.review"])),
    params(Which),
    responses((status = 200, body = ExamplePage))
)]
pub async fn list(
    State(app): State<Arc<App>>,
    by: Permit<ReviewTraining>,
    Params(which): Params<Which>,
) -> Result<Json<ExamplePage>, ApiError> {
    let offset = which.cursor.and_then(|cursor| cursor.parse().ok()).unwrap_or(0).max(0);
    let (by, lang) = (By::from(&by.member), which.lang.unwrap_or(Lang::ES));
    let mut examples = agents::examples(&app, &by, which.state, lang, (PAGE + 1, offset)).await?;
    let more = i64::try_from(examples.len()).is_ok_and(|found| found > PAGE);
    if more {
        examples.pop();
    }
    Ok(Json(ExamplePage { examples, next: more.then(|| (offset + PAGE).to_string()) }))
}

#[derive(Deserialize, ToSchema)]
pub struct Review {
    state: ExampleState,
    /// What it means after all.
    #[serde(default)]
    intent: Option<String>,
}

/// Take an example, leave it, or say what it means after all.
#[utoipa::path(
    patch, path = "/api/v1/training/{id}", tag = "training", operation_id = "review_example",
    security(("session" = ["training.review"])),
    params(("id" = Uuid, Path)),
    request_body = Review,
    responses(
        (status = 200, body = Example),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`no_intent`"),
    )
)]
pub async fn review(
    State(app): State<Arc<App>>,
    by: Permit<ReviewTraining>,
    Id(id): Id,
    Body(body): Body<Review>,
) -> Result<Json<Example>, ApiError> {
    let by = By::from(&by.member);
    let reviewed = agents::review(&app, &by, id, body.state, body.intent.as_deref()).await?;
    Ok(Json(reviewed.ok_or(ApiError::NotFound("there is no such example"))?))
}

/// What was accepted, as lines for the files of `intents/`.
#[utoipa::path(
    get, path = "/api/v1/training/export", tag = "training", operation_id = "export_examples",
    security(("session" = ["training.review"])),
    responses((status = 200, description = "YAML", content_type = "application/yaml", body = serde_json::Value))
)]
pub async fn export(State(app): State<Arc<App>>, by: Permit<ReviewTraining>) -> Result<Response, ApiError> {
    let text = agents::export(&app, &By::from(&by.member)).await?;
    let headers = [
        (header::CONTENT_TYPE, "application/yaml; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"entrenamiento.yaml\""),
    ];
    Ok((headers, text).into_response())
}

/// What a message may mean, by title.
#[utoipa::path(
    get, path = "/api/v1/training/intents", tag = "training", operation_id = "training_intents",
    security(("session" = ["training.review"])),
    params(Language),
    responses((status = 200, body = IntentList))
)]
pub async fn intents(
    State(app): State<Arc<App>>,
    _: Permit<ReviewTraining>,
    Params(language): Params<Language>,
) -> Json<IntentList> {
    Json(IntentList { intents: agents::intents(&app, language.lang.unwrap_or(Lang::ES)) })
}

/// A text to explain. No `Debug`: it may be a citizen's.
#[derive(Deserialize, ToSchema)]
pub struct TextToExplain {
    /// At most 4,096 characters.
    text: String,
}

/// Why the bot takes a text for what it takes it for. Nothing of it is kept.
#[utoipa::path(
    post, path = "/api/v1/training/explain", tag = "training", operation_id = "explain",
    security(("session" = ["training.review"])),
    params(Language),
    request_body = TextToExplain,
    responses(
        (status = 200, body = Explained),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`nothing_said` or `too_long`"),
        (status = 503, body = Problem, content_type = "application/problem+json", description = "it broke off"),
    )
)]
pub async fn explain(
    State(app): State<Arc<App>>,
    _: Permit<ReviewTraining>,
    Params(language): Params<Language>,
    Body(TextToExplain { text }): Body<TextToExplain>,
) -> Result<Json<Explained>, ApiError> {
    if text.trim().is_empty() {
        return Err(ApiError::invalid("nothing_said", "write a message first"));
    }
    if text.chars().count() > LONGEST {
        return Err(ApiError::invalid("too_long", format!("that is too long: at most {LONGEST} characters")));
    }
    let why = app.understanding.explain(text.clone()).await.ok_or(ApiError::Unavailable)?;
    Ok(Json(agents::explained(&app, &text, why, language.lang.unwrap_or(Lang::ES))))
}
