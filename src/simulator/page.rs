//! The page's API under `/simulator/api`: act as a person, see the phone, arm faults, read the counts. No bearer: the
//! simulator only listens on loopback.

use std::{convert::Infallible, sync::Arc};

use axum::{
    Json,
    extract::{Path, Query, State},
    response::{
        IntoResponse, Response, Sse,
        sse::{Event, KeepAlive},
    },
};
use bytes::Bytes;
use futures::{Stream, StreamExt, stream};
use http::{HeaderMap, StatusCode, header};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::json;
use tokio::sync::broadcast::{Receiver, error::RecvError};

use super::{
    Inner,
    bubble::Bubble,
    faults::Fault,
    phones::{News, PhoneEvent, Profile},
    said::Said,
    validate,
};

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

fn accepted(id: &Arc<str>) -> Response {
    (StatusCode::ACCEPTED, Json(json!({"id": id}))).into_response()
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
    Ok(accepted(&inner.say(&wa_id, said)))
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
    Ok(accepted(&inner.say_photo(&wa_id, mime, bytes, caption)))
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

/// Bubbles and ticks as they come. A browser that reconnects says the last `seq` it saw.
pub(super) async fn events(
    State(inner): State<Arc<Inner>>,
    Path(wa_id): Path<String>,
    Query(query): Query<After>,
    headers: HeaderMap,
) -> Answer {
    phone(&wa_id)?;
    let seen = headers.get("last-event-id").and_then(|value| value.to_str().ok()?.parse().ok());
    let after = seen.unwrap_or(0).max(query.after);
    Ok(Sse::new(watch(inner, wa_id, after)).keep_alive(KeepAlive::default()).into_response())
}

/// Where one event stream stands.
struct Watch {
    inner: Arc<Inner>,
    wa_id: String,
    seen: u64,
    tap: Receiver<PhoneEvent>,
    /// The history has to be read: at the start, and after falling behind.
    behind: bool,
}

fn watch(inner: Arc<Inner>, wa_id: String, seen: u64) -> impl Stream<Item = Result<Event, Infallible>> {
    let shutdown = inner.shutdown.clone();
    // Tapped before the history is read, so that nothing falls between.
    let tap = inner.phones.tap();
    let watch = Watch { inner, wa_id, seen, tap, behind: true };
    let batches = stream::unfold(watch, async |mut watch| Some((watch.next().await?, watch)));
    batches.flat_map(|batch| stream::iter(batch.into_iter().map(Ok))).take_until(shutdown.cancelled_owned())
}

impl Watch {
    /// The next events; none at the end.
    async fn next(&mut self) -> Option<Vec<Event>> {
        if std::mem::take(&mut self.behind) {
            let missed = self.inner.phones.after(&self.wa_id, self.seen);
            return Some(missed.iter().filter_map(|bubble| self.bubble(bubble)).collect());
        }
        loop {
            match self.tap.recv().await {
                Ok(event) if *event.wa_id == *self.wa_id => {
                    return Some(self.event(&event.news).into_iter().collect());
                }
                Ok(_) => {}
                Err(RecvError::Lagged(_)) => {
                    self.behind = true;
                    return Some(Vec::new());
                }
                Err(RecvError::Closed) => return None,
            }
        }
    }

    fn event(&mut self, news: &News) -> Option<Event> {
        match news {
            News::Bubble(bubble) => self.bubble(bubble),
            News::Status { id, status } => {
                Event::default().event("status").json_data(json!({"id": id, "status": status})).ok()
            }
        }
    }

    fn bubble(&mut self, bubble: &Bubble) -> Option<Event> {
        if bubble.seq <= self.seen {
            return None;
        }
        self.seen = bubble.seq;
        Event::default().event("bubble").id(bubble.seq.to_string()).json_data(bubble).ok()
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Arm {
    fail: Fault,
    #[serde(default = "once")]
    times: u32,
}

fn once() -> u32 {
    1
}

pub(super) async fn arm(State(inner): State<Arc<Inner>>, body: Bytes) -> Answer {
    let Arm { fail, times } = parsed(&body)?;
    inner.faults.arm(fail, times);
    Ok(Json(json!({"fail": fail, "times": times})).into_response())
}

pub(super) async fn disarm(State(inner): State<Arc<Inner>>) -> StatusCode {
    inner.faults.clear();
    StatusCode::NO_CONTENT
}

pub(super) async fn stats(State(inner): State<Arc<Inner>>) -> Response {
    Json(inner.counts.snapshot()).into_response()
}
