//! What the desk shows beside somebody in danger: the help lines, who was called, and who answered.

use std::sync::Arc;

use axum::{Json, extract::State};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use ventanilla_values::Lang;

use super::seen_by;
use crate::{
    app::App,
    http::{
        ApiError,
        input::{Id, Params},
        permit::{Permit, may::AttendChats},
        reports::Language,
    },
    notify,
    store::{self, pages::PageCall},
};

/// A help line of the town.
#[derive(Debug, Serialize, ToSchema)]
pub struct HelpLine {
    name: String,
    phone: String,
    /// What to do after dialling.
    note: Option<String>,
    what: String,
    /// The day somebody last checked it, year-month-day.
    verified: String,
}

/// Who was called. Times are Unix milliseconds.
#[derive(Debug, Serialize, ToSchema)]
pub struct Called {
    name: String,
    /// `email`, `sms`, `whatsapp` or `webhook`.
    means: String,
    /// `waiting`, `sent` or `failed`.
    state: String,
    /// Why it is not sent.
    error: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct CrisisPage {
    /// `waiting` for an answer, `answered` or `given_up`.
    state: String,
    opened_at: i64,
    /// When the next are called, while it waits.
    next_at: Option<i64>,
    answered_at: Option<i64>,
    answered_by: Option<String>,
    /// When the citizen was told that nobody answers yet.
    told_at: Option<i64>,
    calls: Vec<Called>,
}

/// What whoever attends somebody in danger needs.
#[derive(Debug, Serialize, ToSchema)]
pub struct Crisis {
    lines: Vec<HelpLine>,
    /// `null` where nobody was called.
    page: Option<CrisisPage>,
}

/// The help lines, and who was called.
#[utoipa::path(
    get, path = "/api/v1/desk/chats/{id}/crisis", tag = "desk", operation_id = "crisis",
    security(("session" = ["chats.attend"])),
    params(("id" = Uuid, Path), Language),
    responses((status = 200, body = Crisis))
)]
pub async fn show(
    State(app): State<Arc<App>>,
    by: Permit<AttendChats>,
    Id(id): Id,
    Params(language): Params<Language>,
) -> Result<Json<Crisis>, ApiError> {
    let entry = seen_by(&app, &by.member, id).await?.entry;
    let lang = language.lang.unwrap_or(Lang::ES);
    let lines = app.contents.active.catalogue.town().lines.iter();
    let lines = lines.map(|line| HelpLine {
        name: line.name.get(lang).to_owned(),
        phone: line.phone.clone(),
        note: line.note.as_ref().map(|note| note.get(lang).to_owned()),
        what: line.what.get(lang).to_owned(),
        verified: line.verified.to_string(),
    });
    Ok(Json(Crisis { lines: lines.collect(), page: page(&app, entry.id).await? }))
}

async fn page(app: &App, chat: Uuid) -> Result<Option<CrisisPage>, ApiError> {
    let read = app.store.read();
    let Some(page) = store::pages::of_chat(read, chat).await? else { return Ok(None) };
    let calls = store::pages::calls_of(read, page.id).await?;
    Ok(Some(CrisisPage {
        next_at: (page.state == "waiting").then_some(page.next_at),
        state: page.state,
        opened_at: page.opened_at,
        answered_at: page.answered_at,
        answered_by: page.answered_by,
        told_at: page.told_at,
        calls: calls.into_iter().map(|call| called(app, call)).collect(),
    }))
}

fn called(app: &App, call: PageCall) -> Called {
    let who = app.config.notify.people.iter().find(|one| one.id == call.who);
    Called {
        name: who.map_or(call.who, |one| one.name.clone()),
        means: call.means,
        state: call.state,
        error: call.error,
    }
}

/// Answer for it: nobody else is called any more.
#[utoipa::path(
    post, path = "/api/v1/desk/chats/{id}/crisis", tag = "desk", operation_id = "answer_crisis",
    security(("session" = ["chats.attend"])),
    params(("id" = Uuid, Path), Language),
    responses((status = 200, body = Crisis))
)]
pub async fn answer(
    State(app): State<Arc<App>>,
    by: Permit<AttendChats>,
    Id(id): Id,
    language: Params<Language>,
) -> Result<Json<Crisis>, ApiError> {
    seen_by(&app, &by.member, id).await?;
    notify::answer_chat(&app, id, &by.member.name, &by.actor()).await?;
    show(State(app), by, Id(id), language).await
}
