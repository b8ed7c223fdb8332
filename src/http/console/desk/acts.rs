//! Doing: taking a chat, answering, noting, passing it on, giving it back. Whoever acts says which version of the chat
//! they saw; who saw an older one is told to look again.

use std::sync::Arc;

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use ventanilla_adapters::Outbound;
use ventanilla_values::Lang;

use super::{chats::whole, seen_by, to_act_on};
use crate::{
    agents::{self, AgentError, Ask, By, Chat, ChatRow, FlowName, Line, Replied, Sent, Then, To, Words},
    app::App,
    http::{
        ApiError,
        input::{Body, Id, Params},
        permit::{Permit, may::AttendChats},
        problem::Problem,
        reports::Language,
    },
    notify,
    staff::{Member, Permission},
    store::{self, desk::Viewer, handovers::HandoverRow},
};

#[derive(Deserialize, ToSchema)]
pub struct Claim {
    version: i64,
    /// Take it from who attends it now.
    #[serde(default)]
    take_over: bool,
    /// Why; they read it.
    #[serde(default)]
    reason: String,
}

/// Take a chat, or take it over.
#[utoipa::path(
    post, path = "/api/v1/desk/chats/{id}/claim", tag = "desk", operation_id = "claim",
    security(("session" = ["chats.attend"])),
    params(("id" = Uuid, Path)),
    request_body = Claim,
    responses(
        (status = 200, body = Chat),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "`taken` or `stale`"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "no reason was given"),
    )
)]
pub async fn claim(
    State(app): State<Arc<App>>,
    by: Permit<AttendChats>,
    Id(id): Id,
    Body(body): Body<Claim>,
) -> Result<Json<Chat>, ApiError> {
    let entry = to_act_on(&app, &by.member, id, body.version).await?;
    let over = body.take_over.then_some(body.reason.as_str());
    agents::claim(&app, entry, &By::from(&by.member), over).await?;
    notify::answer_chat(&app, id, &by.member.name, &by.actor()).await?;
    Ok(Json(whole(&app, seen_by(&app, &by.member, id).await?, &by.member).await?))
}

#[derive(Deserialize, ToSchema)]
pub struct Say {
    version: i64,
    /// May be empty where a file goes with it.
    text: String,
    /// A file that was brought for this chat.
    #[serde(default)]
    attachment: Option<Uuid>,
    /// What the file shows, for people who do not see it.
    #[serde(default)]
    described: String,
}

/// What was said, until when it can be taken back, and the chat's new version. Where a supervisor reads it first, the line
/// is a `proposal`, and nothing was sent.
#[derive(Serialize, ToSchema)]
pub struct SaidLine {
    message: Line,
    /// Unix milliseconds.
    undo_until: i64,
    version: i64,
}

/// Answer. Who answers a chat that nobody attends takes it.
#[utoipa::path(
    post, path = "/api/v1/desk/chats/{id}/messages", tag = "desk", operation_id = "say",
    security(("session" = ["chats.attend"])),
    params(("id" = Uuid, Path)),
    request_body = Say,
    responses(
        (status = 200, body = SaidLine),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "`taken` or `stale`"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "nothing, or too much"),
    )
)]
pub async fn say(
    State(app): State<Arc<App>>,
    by: Permit<AttendChats>,
    Id(id): Id,
    Body(body): Body<Say>,
) -> Result<Json<SaidLine>, ApiError> {
    let entry = to_act_on(&app, &by.member, id, body.version).await?;
    let by = By::from(&by.member);
    let attachment = match body.attachment {
        Some(file) => Some(agents::attachment(&app, &entry, &by, file, &body.described).await?),
        None => None,
    };
    let outbound = Outbound { text: body.text, attachment, ..Outbound::default() };
    let words = Words { outbound, undo: app.config.desk.undo() };
    said(&app, agents::send(&app, entry, &by, &words).await?).await
}

pub(super) async fn said(app: &App, sent: Sent) -> Result<Json<SaidLine>, ApiError> {
    let Replied { bubbles, entry, undo_until } = match sent {
        Sent::Said(replied) => replied,
        Sent::Proposed { line, entry } => {
            let (undo_until, version) = (app.clock.now(), entry.version);
            return Ok(Json(SaidLine { message: *line, undo_until, version }));
        }
    };
    let lines = agents::last_lines(app, entry.person_id).await?;
    let line = lines.into_iter().rev().find(|line| bubbles.contains(&line.id));
    let message = line.ok_or(ApiError::Unavailable)?;
    Ok(Json(SaidLine { message, undo_until, version: entry.version }))
}

/// Take back what was said a moment ago: it was never sent.
#[utoipa::path(
    delete, path = "/api/v1/desk/chats/{id}/messages/{line}", tag = "desk", operation_id = "take_back",
    security(("session" = ["chats.attend"])),
    params(("id" = Uuid, Path), ("line" = Uuid, Path)),
    responses(
        (status = 204),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "`taken`"),
        (status = 410, body = Problem, content_type = "application/problem+json", description = "it is on its way"),
    )
)]
pub async fn take_back(
    State(app): State<Arc<App>>,
    by: Permit<AttendChats>,
    Path((id, line)): Path<(String, String)>,
) -> Result<StatusCode, ApiError> {
    let ids = id.parse().ok().zip(line.parse().ok());
    let (id, line): (Uuid, Uuid) = ids.ok_or(ApiError::NotFound(super::NO_SUCH))?;
    let entry = seen_by(&app, &by.member, id).await?.entry;
    agents::take_back(&app, &entry, &By::from(&by.member), line).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize, ToSchema)]
pub struct Asked {
    version: i64,
    what: Ask,
}

/// Ask for a place or a photo, in the citizen's language and with what their channel has for it.
#[utoipa::path(
    post, path = "/api/v1/desk/chats/{id}/ask", tag = "desk", operation_id = "ask",
    security(("session" = ["chats.attend"])),
    params(("id" = Uuid, Path)),
    request_body = Asked,
    responses(
        (status = 200, body = SaidLine),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "`taken` or `stale`"),
    )
)]
pub async fn ask(
    State(app): State<Arc<App>>,
    by: Permit<AttendChats>,
    Id(id): Id,
    Body(body): Body<Asked>,
) -> Result<Json<SaidLine>, ApiError> {
    let entry = to_act_on(&app, &by.member, id, body.version).await?;
    let (by, undo) = (By::from(&by.member), app.config.desk.undo());
    said(&app, Sent::Said(agents::ask(&app, entry, &by, body.what, undo).await?)).await
}

#[derive(Deserialize, ToSchema)]
pub struct NewNote {
    text: String,
}

/// Write a note that only colleagues see.
#[utoipa::path(
    post, path = "/api/v1/desk/chats/{id}/notes", tag = "desk", operation_id = "note",
    security(("session" = ["chats.attend"])),
    params(("id" = Uuid, Path)),
    request_body = NewNote,
    responses(
        (status = 200, body = Line),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "nothing, or too much"),
    )
)]
pub async fn note(
    State(app): State<Arc<App>>,
    by: Permit<AttendChats>,
    Id(id): Id,
    Body(body): Body<NewNote>,
) -> Result<Json<Line>, ApiError> {
    let entry = seen_by(&app, &by.member, id).await?.entry;
    Ok(Json(agents::note(&app, &entry, &By::from(&by.member), &body.text).await?))
}

#[derive(Deserialize, ToSchema)]
pub struct Transfer {
    version: i64,
    to: Whom,
    /// For who gets it.
    #[serde(default)]
    note: String,
}

/// One of the three.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Whom {
    /// A colleague's id.
    Staff(Uuid),
    /// A department's id.
    Department(String),
    /// `true`: everybody's queue.
    Queue(bool),
}

/// Pass a chat on to a colleague, a department or the queue.
#[utoipa::path(
    post, path = "/api/v1/desk/chats/{id}/transfer", tag = "desk", operation_id = "transfer",
    security(("session" = ["chats.attend"])),
    params(("id" = Uuid, Path)),
    request_body = Transfer,
    responses(
        (status = 200, body = ChatRow),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "`taken` or `stale`"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "there is nobody"),
    )
)]
pub async fn transfer(
    State(app): State<Arc<App>>,
    by: Permit<AttendChats>,
    Id(id): Id,
    Body(body): Body<Transfer>,
) -> Result<Json<ChatRow>, ApiError> {
    let entry = to_act_on(&app, &by.member, id, body.version).await?;
    let to = whom(&app, body.to).await?;
    let entry = agents::transfer(&app, entry, &By::from(&by.member), &to, &body.note).await?;
    row(&app, entry).await
}

async fn whom(app: &App, whom: Whom) -> Result<To, ApiError> {
    match whom {
        Whom::Queue(true) => Ok(To::Queue),
        Whom::Queue(false) => Err(AgentError::Nobody("queue").into()),
        Whom::Department(id) => {
            let mut departments = app.contents.active.catalogue.departments().iter();
            let found = departments.find(|department| department.id == id);
            let found = found.ok_or(AgentError::Nobody("department"))?;
            Ok(To::Department(id, found.name.get(Lang::ES).to_owned()))
        }
        Whom::Staff(id) => {
            let found = store::staff::by_id(app.store.read(), id).await?.filter(|row| row.active);
            let colleague = found.as_ref().map(Member::of).filter(|one| one.may(Permission::AttendChats));
            let colleague = colleague.ok_or(AgentError::Nobody("colleague"))?;
            Ok(To::Colleague(By::from(&colleague)))
        }
    }
}

/// A chat as it is after an act; who passed it on may not see it any more, and is shown it once.
pub(super) async fn row(app: &App, entry: HandoverRow) -> Result<Json<ChatRow>, ApiError> {
    let found = store::desk::chat(app.store.read(), &Viewer::SERVER, entry.id).await?;
    Ok(Json(agents::row(app, found.ok_or(ApiError::Unavailable)?).await?))
}

/// Where the bot goes on.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum GoOn {
    /// Where it stopped.
    Resume,
    Menu,
    /// With `flow`.
    Flow,
    /// It says nothing.
    Nothing,
}

#[derive(Deserialize, ToSchema)]
pub struct Close {
    version: i64,
    then: GoOn,
    /// The flow, with `then: flow`.
    #[serde(default)]
    flow: String,
    /// With `then: menu` or `nothing`: ask first how they were attended, where `can.ask_rating` says so.
    #[serde(default)]
    ask_rating: bool,
}

/// Give a chat back to the bot.
#[utoipa::path(
    post, path = "/api/v1/desk/chats/{id}/close", tag = "desk", operation_id = "close",
    security(("session" = ["chats.attend"])),
    params(("id" = Uuid, Path)),
    request_body = Close,
    responses(
        (status = 200, body = ChatRow),
        (status = 409, body = Problem, content_type = "application/problem+json", description = "`taken` or `stale`"),
        (status = 422, body = Problem, content_type = "application/problem+json", description = "`no_flow` or `not_asked`"),
    )
)]
pub async fn close(
    State(app): State<Arc<App>>,
    by: Permit<AttendChats>,
    Id(id): Id,
    Body(body): Body<Close>,
) -> Result<Json<ChatRow>, ApiError> {
    let entry = to_act_on(&app, &by.member, id, body.version).await?;
    let then = match body.then {
        GoOn::Resume => Then::Resume,
        GoOn::Menu => Then::Menu,
        GoOn::Flow => Then::Flow(body.flow),
        GoOn::Nothing => Then::Nothing,
    };
    let by = By::from(&by.member);
    let entry = if body.ask_rating {
        agents::close_and_ask(&app, entry, &by, &then).await?
    } else {
        agents::close(&app, entry, &by, &then).await?
    };
    row(&app, entry).await
}

#[derive(Serialize, ToSchema)]
pub struct FlowList {
    flows: Vec<FlowName>,
}

/// The flows that a chat may be given back with.
#[utoipa::path(
    get, path = "/api/v1/desk/flows", tag = "desk", operation_id = "desk_flows",
    security(("session" = ["chats.attend"])),
    params(Language),
    responses((status = 200, body = FlowList))
)]
pub async fn flows(
    State(app): State<Arc<App>>,
    _: Permit<AttendChats>,
    Params(language): Params<Language>,
) -> Json<FlowList> {
    Json(FlowList { flows: agents::flows(&app, language.lang.unwrap_or(Lang::ES)) })
}
