//! Looking: the queues, one chat, its files, and what an answer will become.

use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use serde::Deserialize;
use serde_json::json;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use ventanilla_values::Lang;

use super::seen_by;
use crate::{
    agents::{self, By, Chat, Listing, Preview},
    app::App,
    http::{
        ApiError,
        input::{Body, Id, Params},
        permit::{Permit, may::AttendChats},
        problem::Problem,
    },
    staff::{self, Member, Permission},
    store::{
        self,
        desk::{Queue, QueueRow},
    },
};

pub(super) const PAGE: i64 = 50;
pub(super) const LARGEST_PAGE: i64 = 200;

/// A tab of the desk.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Tab {
    #[default]
    Unanswered,
    Mine,
    Team,
    Waiting,
    Calls,
    /// Where an answer awaits approval; for who may supervise.
    Approval,
    History,
}

impl From<Tab> for Queue {
    fn from(tab: Tab) -> Self {
        match tab {
            Tab::Unanswered => Self::Unanswered,
            Tab::Mine => Self::Mine,
            Tab::Team => Self::Team,
            Tab::Waiting => Self::Waiting,
            Tab::Calls => Self::Calls,
            Tab::Approval => Self::Approval,
            Tab::History => Self::History,
        }
    }
}

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Page {
    #[serde(default)]
    #[param(inline)]
    queue: Tab,
    /// `next` of the page before.
    cursor: Option<String>,
    /// At most 200.
    limit: Option<i64>,
}

/// A queue, in the order in which its chats should be attended.
#[utoipa::path(
    get, path = "/api/v1/desk/chats", tag = "desk", operation_id = "chats",
    security(("session" = ["chats.attend"])),
    params(Page),
    responses((status = 200, body = Listing))
)]
pub async fn list(
    State(app): State<Arc<App>>,
    by: Permit<AttendChats>,
    Params(page): Params<Page>,
) -> Result<Json<Listing>, ApiError> {
    let offset = page.cursor.and_then(|cursor| cursor.parse().ok()).unwrap_or(0).max(0);
    let limit = page.limit.unwrap_or(PAGE).clamp(1, LARGEST_PAGE);
    let viewer = agents::viewer(&by.member);
    let supervises = by.member.may(Permission::SuperviseChats);
    if page.queue == Tab::Approval && !supervises {
        return Err(ApiError::Forbidden("who supervises the desk approves answers"));
    }
    let mut listing = agents::listing(&app, &viewer, page.queue.into(), (limit, offset)).await?;
    if supervises {
        listing.counts.approval = store::proposals::chats_waiting(app.store.read()).await?;
        listing.counts.bot = agents::count_talks(&app).await?;
    }
    Ok(Json(listing))
}

/// A chat, with everything that spares the citizen to say it again. Who did not look at it a moment ago is written into
/// the audit log.
#[utoipa::path(
    get, path = "/api/v1/desk/chats/{id}", tag = "desk", operation_id = "chat",
    security(("session" = ["chats.attend"])),
    params(("id" = Uuid, Path)),
    responses((status = 200, body = Chat))
)]
pub async fn show(
    State(app): State<Arc<App>>,
    by: Permit<AttendChats>,
    Id(id): Id,
) -> Result<Json<Chat>, ApiError> {
    let found = seen_by(&app, &by.member, id).await?;
    if !app.desk.lookers(id, app.clock.now()).iter().any(|one| one.id == by.member.id) {
        note_view(&app, &by.actor(), "chat.view", &format!("chat:{id}")).await?;
    }
    Ok(Json(whole(&app, found, &by.member).await?))
}

pub(super) async fn whole(app: &App, found: QueueRow, member: &Member) -> Result<Chat, ApiError> {
    Ok(agents::chat(app, found, &By::from(member)).await?)
}

pub(super) async fn note_view(app: &App, actor: &str, action: &str, subject: &str) -> Result<(), ApiError> {
    let unit = app.store.unit().await?;
    staff::note(app, &unit, actor, action, subject, &json!({})).await?;
    Ok(unit.commit().await?)
}

/// A file that a citizen sent.
#[utoipa::path(
    get, path = "/api/v1/desk/media/{id}", tag = "desk", operation_id = "chat_file",
    security(("session" = ["chats.attend"])),
    params(("id" = Uuid, Path)),
    responses((status = 200, description = "the bytes", content_type = "application/octet-stream", body = Vec<u8>))
)]
pub async fn media(
    State(app): State<Arc<App>>,
    by: Permit<AttendChats>,
    Id(id): Id,
) -> Result<Response, ApiError> {
    const NONE: ApiError = ApiError::NotFound("there is no such file");
    let file = store::media::by_id(app.store.read(), id).await?.ok_or(NONE)?;
    let viewer = agents::viewer(&by.member);
    if !store::desk::ever_saw(app.store.read(), &viewer, file.person).await? {
        return Err(NONE);
    }
    let bytes = app.media.get(id).await.map_err(|_| NONE)?;
    note_view(&app, &by.actor(), "media.view", &format!("media:{id}")).await?;
    let shown = shown_in_place(&file.mime);
    let headers = [
        (header::CONTENT_TYPE, if shown { file.mime } else { "application/octet-stream".to_owned() }),
        (header::CONTENT_DISPOSITION, if shown { "inline" } else { "attachment" }.to_owned()),
        (header::CACHE_CONTROL, "private, max-age=3600".to_owned()),
    ];
    Ok((headers, bytes).into_response())
}

/// What a browser may show as what it says it is. Everything else is only kept: it could be a page with a script.
fn shown_in_place(mime: &str) -> bool {
    let kind = mime.split(';').next().unwrap_or_default().trim();
    matches!(kind, "image/jpeg" | "image/png" | "image/webp" | "image/gif") || kind.starts_with("audio/")
}

#[derive(Deserialize, ToSchema)]
pub struct Draft {
    chat: Uuid,
    text: String,
}

/// What an answer becomes on the chat's channel.
#[utoipa::path(
    post, path = "/api/v1/desk/preview", tag = "desk", operation_id = "preview",
    security(("session" = ["chats.attend"])),
    request_body = Draft,
    responses(
        (status = 200, body = Preview),
        (status = 404, body = Problem, content_type = "application/problem+json", description = "there is no such chat"),
    )
)]
pub async fn preview(
    State(app): State<Arc<App>>,
    by: Permit<AttendChats>,
    Body(draft): Body<Draft>,
) -> Result<Json<Preview>, ApiError> {
    let found = seen_by(&app, &by.member, draft.chat).await?;
    let preview = agents::preview(found.channel, &draft.text, found.lang.unwrap_or(Lang::ES));
    Ok(Json(agents::priced(&app, preview)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pictures_and_sound_are_shown_in_place() {
        for (mime, shown) in [
            ("image/jpeg", true),
            ("audio/ogg; codecs=opus", true),
            ("image/svg+xml", false),
            ("text/html", false),
            ("application/pdf", false),
        ] {
            assert_eq!(shown_in_place(mime), shown, "{mime}");
        }
    }
}
