//! The page's API under `/simulator/api`: act as a person and see the phone; mishaps, templates and counts are in
//! `control`. No bearer: the simulator only listens on loopback.
//!
//! | route | does |
//! |---|---|
//! | `GET town` | name, number |
//! | `PUT phones/{wa_id}` | a [`Profile`] |
//! | `POST phones/{wa_id}/messages` | a [`Said`] |
//! | `POST phones/{wa_id}/photo?caption=`, `POST phones/{wa_id}/media?kind=&caption=&filename=` | a file's bytes |
//! | `GET phones/{wa_id}/messages?after=`, `GET phones/{wa_id}/events?after=` | bubbles; bubbles, ticks, typing |
//! | `POST`, `DELETE faults` | arm a fault or `error:<code>`; forget all |
//! | `GET`, `POST`, `DELETE plan` | mishaps by chance |
//! | `GET`, `PUT templates` | the approved templates |
//! | `POST notices` | a change of the account |
//! | `GET stats` | counts |

mod control;
mod stream;

use std::sync::Arc;

use axum::{
    Json,
    extract::{Path, Query, State},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::json;

use super::{
    Inner,
    phones::Profile,
    said::{Attached, BadSaid, Said, Wamid},
    validate,
};

pub(super) use control::{arm, disarm, notice, plan, set_plan, set_templates, stats, stop_plan, templates};
pub(super) use stream::events;

/// The largest body of [`say`]: a file in base64 is a third longer than its bytes.
pub(super) const MAX_SAID: usize = 24 << 20;

/// A refusal the page can show.
#[derive(Debug)]
pub(super) struct PageError(StatusCode, String);

impl PageError {
    fn bad(sentence: impl Into<String>) -> Self {
        Self(StatusCode::BAD_REQUEST, sentence.into())
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        (self.0, Json(json!({"error": self.1}))).into_response()
    }
}

type Answer = Result<Response, PageError>;

fn phone(wa_id: &str) -> Result<(), PageError> {
    if validate::is_phone(wa_id) {
        return Ok(());
    }
    Err(PageError::bad("A simulated phone is 8 to 15 digits without a plus, such as 5219811234567."))
}

fn parsed<T: DeserializeOwned>(body: &[u8]) -> Result<T, PageError> {
    serde_json::from_slice(body).map_err(|error| PageError::bad(format!("The body does not fit: {error}.")))
}

fn accepted(id: &Wamid) -> Response {
    (StatusCode::ACCEPTED, Json(json!({"id": id}))).into_response()
}

impl From<BadSaid> for PageError {
    fn from(error: BadSaid) -> Self {
        Self::bad(format!("{error}."))
    }
}

pub(super) async fn town(State(inner): State<Arc<Inner>>) -> Response {
    Json(json!({
        "name": inner.town_name,
        "account": inner.account.phone_number_id,
        "display_phone": inner.display_phone,
    }))
    .into_response()
}

pub(super) async fn profile(
    State(inner): State<Arc<Inner>>,
    Path(wa_id): Path<String>,
    body: Bytes,
) -> Answer {
    phone(&wa_id)?;
    let profile: Profile = parsed(&body)?;
    if profile.user_id.as_deref().is_some_and(|id| !id.is_empty() && !validate::is_user_id(id)) {
        return Err(PageError::bad(
            "user_id: write a country, a dot, then letters and digits, such as MX.1349.",
        ));
    }
    Ok(Json(&*inner.phones.set_profile(&wa_id, profile)).into_response())
}

pub(super) async fn say(State(inner): State<Arc<Inner>>, Path(wa_id): Path<String>, body: Bytes) -> Answer {
    phone(&wa_id)?;
    let said: Said = parsed(&body)?;
    Ok(accepted(&inner.say(&wa_id, said)?))
}

#[derive(Deserialize)]
pub(super) struct Caption {
    caption: Option<String>,
}

pub(super) async fn photo(
    State(inner): State<Arc<Inner>>,
    Path(wa_id): Path<String>,
    Query(query): Query<Caption>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Answer {
    phone(&wa_id)?;
    let mime = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !matches!(mime, "image/jpeg" | "image/png") {
        let sentence = "Photos are sent as image/jpeg or image/png; set the Content-Type so.";
        return Err(PageError(StatusCode::UNSUPPORTED_MEDIA_TYPE, sentence.into()));
    }
    if bytes.is_empty() {
        return Err(PageError::bad("The photo is empty: send its bytes as the body."));
    }
    let caption = query.caption.filter(|caption| !caption.is_empty());
    Ok(accepted(&inner.say_photo(&wa_id, mime, bytes, caption)?))
}

#[derive(Deserialize)]
pub(super) struct Sending {
    kind: String,
    caption: Option<String>,
    filename: Option<String>,
}

/// Any file, its bytes as the body and its type as the Content-Type.
pub(super) async fn media(
    State(inner): State<Arc<Inner>>,
    Path(wa_id): Path<String>,
    Query(Sending { kind, caption, filename }): Query<Sending>,
    headers: HeaderMap,
    data: Bytes,
) -> Answer {
    phone(&wa_id)?;
    let mime = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if mime.is_empty() || data.is_empty() {
        return Err(PageError::bad("Send the file's bytes as the body and its type as the Content-Type."));
    }
    let attached = Attached { mime_type: mime.to_owned(), data, caption, filename };
    let said = match kind.as_str() {
        "image" => Said::Image(attached),
        "video" => Said::Video(attached),
        "audio" => Said::Audio(attached),
        "voice" => Said::Voice(attached),
        "document" => Said::Document(attached),
        "sticker" => Said::Sticker(attached),
        _ => {
            let sentence = "kind: write image, video, audio, voice, document or sticker.";
            return Err(PageError::bad(sentence));
        }
    };
    Ok(accepted(&inner.say(&wa_id, said)?))
}

#[derive(Debug, Deserialize)]
pub(super) struct After {
    #[serde(default)]
    after: u64,
}

pub(super) async fn history(
    State(inner): State<Arc<Inner>>,
    Path(wa_id): Path<String>,
    Query(query): Query<After>,
) -> Answer {
    phone(&wa_id)?;
    Ok(Json(json!({"messages": inner.phones.after(&wa_id, query.after)})).into_response())
}
