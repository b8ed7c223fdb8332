//! Web chat beside its webhook: a visitor's token, files, and the mailbox that the page fetches or listens to.
//! Messages themselves come in through the adapter's route, like those of every channel. Which pages may do all this
//! is the business of `cors.rs`.

use std::{convert::Infallible, sync::Arc};

use axum::{
    Json, Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Path, Query, State},
    http::{HeaderMap, HeaderName, header},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
    routing::{get, post},
};
use futures::{Stream, StreamExt};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio_stream::wrappers::BroadcastStream;
use tracing::warn;
use uuid::Uuid;
use ventanilla_adapters::{Address, AddressKey, Channel, Message, Sender};

use super::ApiError;
use crate::{
    app::App,
    media,
    store::{self, media::MediaFile},
};

/// A photo of a phone, with room.
const MAX_PHOTO: usize = 10 * 1024 * 1024;
/// Proxies that know it (nginx) then pass each event on at once.
const UNBUFFERED: (HeaderName, &str) = (HeaderName::from_static("x-accel-buffering"), "no");

pub(super) fn router(app: Arc<App>) -> Router {
    if app.channels.webchat.is_none() {
        return Router::new();
    }
    Router::new()
        .route("/webchat/session", post(open))
        .route("/webchat/messages", get(fetch))
        .route("/webchat/events", get(listen))
        .route("/webchat/media", post(upload).layer(DefaultBodyLimit::max(MAX_PHOTO)))
        .route("/webchat/media/{id}", get(file))
        .with_state(app)
}

/// A new visitor. The token is their key: it is kept by their page and never shown.
async fn open(State(app): State<Arc<App>>) -> Result<Json<Value>, ApiError> {
    let webchat = app.channels.webchat.as_ref().ok_or(ApiError::NotFound("web chat is off"))?;
    Ok(Json(json!({ "token": webchat.issue_token(app.ids.bytes()) })))
}

#[derive(Debug, Deserialize)]
struct After {
    /// Id of the last message the page has.
    after: Option<Uuid>,
}

/// Everything said to the visitor after a message.
async fn fetch(
    State(app): State<Arc<App>>,
    Query(After { after }): Query<After>,
    headers: HeaderMap,
) -> Result<Json<Value>, ApiError> {
    let person = visitor(&app, &headers).await?;
    let messages = store::outbox::mailbox(app.store.read(), person, after).await?;
    Ok(Json(json!({ "messages": messages.iter().map(message).collect::<Vec<_>>() })))
}

fn message((id, message): &(Uuid, Message)) -> Value {
    json!({ "id": id, "message": message })
}

/// The same, as it happens. An event says only that there is something: the page fetches it.
async fn listen(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<impl IntoResponse, ApiError> {
    let person = visitor(&app, &headers).await?;
    Ok(([UNBUFFERED], Sse::new(news_of(&app, person)).keep_alive(KeepAlive::default())))
}

fn news_of(app: &App, person: Uuid) -> impl Stream<Item = Result<Event, Infallible>> + use<> {
    let stop = app.stop.clone();
    BroadcastStream::new(app.bus.mailboxes())
        // A listener that was too slow missed some: it fetches, to be sure.
        .filter(move |heard| std::future::ready(heard.as_ref().map_or(true, |whose| *whose == person)))
        .map(|_| Ok(Event::default().event("mailbox").data("")))
        .take_until(async move { stop.cancelled().await })
}

/// What a page may send: photos, and what browsers record voices as.
const UPLOADS: [&str; 10] = [
    "image/jpeg",
    "image/png",
    "image/webp",
    "audio/ogg",
    "audio/mp4",
    "audio/mpeg",
    "audio/aac",
    "audio/wav",
    "audio/webm",
    "audio/amr",
];

/// Stores a photo or a voice note; the message that speaks of it names the id.
async fn upload(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, ApiError> {
    let person = visitor(&app, &headers).await?;
    let mime = headers.get(header::CONTENT_TYPE).and_then(|mime| mime.to_str().ok()).unwrap_or_default();
    // Browsers write "audio/ogg; codecs=opus".
    let mime = mime.split(';').next().unwrap_or_default().trim();
    if !UPLOADS.contains(&mime) {
        let hint = "send a photo as JPEG, PNG or WebP, or a voice note as Ogg, MP4, MP3, AAC, WAV, WebM or AMR, with its \
                    Content-Type";
        return Err(ApiError::BadRequest(hint));
    }
    let file = media::keep(&app, person, mime.to_owned(), &body).await.ok_or(ApiError::Unavailable)?;
    let unit = app.store.unit().await?;
    store::media::insert(&unit, &file, app.clock.now()).await?;
    unit.commit().await?;
    Ok(Json(json!({ "media": file.id })))
}

/// A file for the visitor: one they sent, or one that a message to them brings.
async fn file(
    State(app): State<Arc<App>>,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let person = visitor(&app, &headers).await?;
    // The same answer for a file of somebody else: nobody learns that it exists.
    let missing = || ApiError::NotFound("there is no such file for this visitor");
    let file = store::media::by_id(app.store.read(), id).await?.ok_or_else(missing)?;
    if file.person != person && !store::media::was_given(app.store.read(), id, person).await? {
        return Err(missing());
    }
    let bytes = app.media.get(id).await.map_err(|err| {
        warn!(media.id = %id, "file {id} could not be read: {err}");
        ApiError::Unavailable
    })?;
    Ok((file_headers(&file), bytes).into_response())
}

/// Kept by the visitor's browser alone, and inert: whatever its bytes are, it never runs as a page of ours.
fn file_headers(file: &MediaFile) -> [(HeaderName, String); 4] {
    let shown = ["image/jpeg", "image/png", "image/webp", "image/gif"].contains(&file.mime.as_str())
        || file.mime.starts_with("audio/")
        || file.mime.starts_with("video/");
    let disposition = if shown { "inline" } else { "attachment" };
    [
        (header::CONTENT_TYPE, file.mime.clone()),
        (header::CONTENT_DISPOSITION, disposition.to_owned()),
        (header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox".to_owned()),
        (header::CACHE_CONTROL, "private, max-age=86400, immutable".to_owned()),
    ]
}

/// The person behind the token; made when the token is used for the first time.
async fn visitor(app: &App, headers: &HeaderMap) -> Result<Uuid, ApiError> {
    let webchat = app.channels.webchat.as_ref().ok_or(ApiError::NotFound("web chat is off"))?;
    let token = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = token.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default();
    let key = webchat
        .verify_token(token)
        .ok_or(ApiError::Unauthorized("get a token from /webchat/session first"))?;
    let sender = Sender { address: address(webchat, key), also: Vec::new(), name: None };
    if let Some(person) = app.known_senders.find(&sender) {
        return Ok(person);
    }
    let unit = app.store.unit().await?;
    let person = store::people::resolve(&unit, &sender, &app.ids, app.clock.now()).await?;
    unit.commit().await?;
    app.known_senders.remember(&sender, person);
    Ok(person)
}

fn address(webchat: &ventanilla_adapters::webchat::Webchat, key: AddressKey) -> Address {
    use ventanilla_adapters::Adapter;
    let account = webchat.accounts().into_iter().next().unwrap_or_default();
    // A visitor is known by nothing but their token.
    let route = if let AddressKey::Token(token) = &key { token.clone() } else { String::new() };
    Address { channel: Channel::Webchat, account, key, route }
}
