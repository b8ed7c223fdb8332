//! The page's side of texts: write, read, and watch a phone.

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
use http::{HeaderMap, StatusCode};
use serde::Deserialize;
use serde_json::json;
use tokio::sync::broadcast::{Receiver, error::RecvError};

use super::phones::{Text, TextEvent, TextNews};
use crate::simulator::twilio::{
    CannotWrite, Inner,
    page::{After, Answer, PageError, parsed, seen},
    phone,
};

impl From<CannotWrite> for PageError {
    fn from(cannot: CannotWrite) -> Self {
        match cannot {
            CannotWrite::Phone(_) => Self::phone(),
            CannotWrite::Empty => Self::bad("Escribe un mensaje."),
            CannotWrite::TooLong => Self::bad("Un mensaje tiene como máximo 1600 caracteres."),
        }
    }
}

fn key(phone: &str) -> Result<String, PageError> {
    phone::key(phone).map_err(|_| PageError::phone())
}

#[derive(Deserialize)]
struct Written {
    text: String,
}

/// `POST /simulator/api/sms/{phone}/messages`
pub(super) async fn write(State(inner): State<Arc<Inner>>, Path(phone): Path<String>, body: Bytes) -> Answer {
    key(&phone)?;
    let Written { text } = parsed(&body)?;
    let id = inner.sms(&phone, &text)?;
    Ok((StatusCode::ACCEPTED, Json(json!({"id": id}))).into_response())
}

/// `GET /simulator/api/sms/{phone}/messages?after=N`
pub(super) async fn history(
    State(inner): State<Arc<Inner>>,
    Path(phone): Path<String>,
    Query(query): Query<After>,
) -> Answer {
    let texts = inner.phones.after(&key(&phone)?, query.after);
    Ok(Json(json!({"messages": texts})).into_response())
}

/// `GET /simulator/api/sms/{phone}/events`: texts and statuses as they come. A browser that reconnects says the last
/// `seq` it saw.
pub(super) async fn events(
    State(inner): State<Arc<Inner>>,
    Path(phone): Path<String>,
    Query(query): Query<After>,
    headers: HeaderMap,
) -> Answer {
    let after = seen(&headers, query);
    Ok(sse(watch(inner, key(&phone)?, after)))
}

fn sse(events: impl Stream<Item = Result<Event, Infallible>> + Send + 'static) -> Response {
    Sse::new(events).keep_alive(KeepAlive::default()).into_response()
}

/// Where one event stream stands.
struct Watch {
    inner: Arc<Inner>,
    phone: String,
    seen: u64,
    tap: Receiver<TextEvent>,
    /// The history has to be read: at the start, and after falling behind.
    behind: bool,
}

fn watch(inner: Arc<Inner>, phone: String, seen: u64) -> impl Stream<Item = Result<Event, Infallible>> {
    let shutdown = inner.shutdown.clone();
    // Tapped before the history is read, so that nothing falls between.
    let tap = inner.phones.tap();
    let watch = Watch { inner, phone, seen, tap, behind: true };
    let batches = stream::unfold(watch, async |mut watch| Some((watch.next().await?, watch)));
    batches.flat_map(|batch| stream::iter(batch.into_iter().map(Ok))).take_until(shutdown.cancelled_owned())
}

impl Watch {
    /// The next events; none at the end.
    async fn next(&mut self) -> Option<Vec<Event>> {
        if std::mem::take(&mut self.behind) {
            let missed = self.inner.phones.after(&self.phone, self.seen);
            return Some(missed.iter().filter_map(|text| self.text(text)).collect());
        }
        loop {
            match self.tap.recv().await {
                Ok(event) if *event.phone == *self.phone => {
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

    fn event(&mut self, news: &TextNews) -> Option<Event> {
        match news {
            TextNews::Text(text) => self.text(text),
            TextNews::Status { sid, status } => {
                Event::default().event("status").json_data(json!({"id": sid, "status": status})).ok()
            }
        }
    }

    fn text(&mut self, text: &Text) -> Option<Event> {
        if text.seq <= self.seen {
            return None;
        }
        self.seen = text.seq;
        Event::default().event("text").id(text.seq.to_string()).json_data(text).ok()
    }
}
