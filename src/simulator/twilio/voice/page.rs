//! The page's side of a call: place it, see and hear it, speak, press keys, keep silent, hang up.

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
use tokio::sync::watch;

use super::{Call, CallState, DialOutcome, NotNow, gather::Listens, live::Live};
use crate::simulator::twilio::{
    Inner,
    page::{After, Answer, PageError, parsed, seen},
};

impl From<NotNow> for PageError {
    fn from(not_now: NotNow) -> Self {
        Self(StatusCode::CONFLICT, not_now.0.to_owned())
    }
}

#[derive(Deserialize)]
struct Caller {
    from: String,
}

/// `POST /simulator/api/calls`
pub(super) async fn dial(State(inner): State<Arc<Inner>>, body: Bytes) -> Answer {
    let Caller { from } = parsed(&body)?;
    let call = inner.call(&from).map_err(|_| PageError::phone())?;
    Ok((StatusCode::CREATED, Json(json!({"call": call.sid()}))).into_response())
}

fn found(inner: &Inner, sid: &str) -> Result<Call, PageError> {
    inner.find_call(sid).ok_or_else(|| PageError(StatusCode::NOT_FOUND, "Esa llamada no existe.".into()))
}

/// `GET /simulator/api/calls/{sid}`
pub(super) async fn show(State(inner): State<Arc<Inner>>, Path(sid): Path<String>) -> Answer {
    found(&inner, &sid).map(|call| Json(call.live().shown(0)).into_response())
}

fn done(outcome: Result<(), NotNow>) -> Answer {
    outcome?;
    Ok(StatusCode::ACCEPTED.into_response())
}

#[derive(Deserialize)]
struct Speech {
    text: String,
    confidence: Option<f32>,
}

pub(super) async fn speech(State(inner): State<Arc<Inner>>, Path(sid): Path<String>, body: Bytes) -> Answer {
    let call = found(&inner, &sid)?;
    let Speech { text, confidence } = parsed(&body)?;
    done(call.say(&text, confidence))
}

#[derive(Deserialize)]
struct Digits {
    digits: String,
}

pub(super) async fn digits(State(inner): State<Arc<Inner>>, Path(sid): Path<String>, body: Bytes) -> Answer {
    let call = found(&inner, &sid)?;
    let Digits { digits } = parsed(&body)?;
    done(call.press(&digits))
}

pub(super) async fn silence(State(inner): State<Arc<Inner>>, Path(sid): Path<String>) -> Answer {
    done(found(&inner, &sid)?.silence())
}

pub(super) async fn hang_up(State(inner): State<Arc<Inner>>, Path(sid): Path<String>) -> Answer {
    done(found(&inner, &sid)?.hang_up())
}

#[derive(Deserialize)]
struct Dialed {
    outcome: DialOutcome,
}

pub(super) async fn dial_outcome(
    State(inner): State<Arc<Inner>>,
    Path(sid): Path<String>,
    body: Bytes,
) -> Answer {
    let call = found(&inner, &sid)?;
    let Dialed { outcome } = parsed(&body)?;
    done(call.dial_outcome(outcome))
}

/// `GET /simulator/api/calls/{sid}/events`: lines and states as they come. A browser that reconnects says the last
/// line it saw.
pub(super) async fn events(
    State(inner): State<Arc<Inner>>,
    Path(sid): Path<String>,
    Query(query): Query<After>,
    headers: HeaderMap,
) -> Answer {
    let live = Arc::clone(found(&inner, &sid)?.live());
    let changes = live.changes();
    let watch = Watch { live, changes, seen: seen(&headers, query), told: None };
    let events = stream::unfold(watch, async |mut watch| Some((watch.next().await?, watch)))
        .flat_map(|batch| stream::iter(batch.into_iter().map(Ok)))
        .take_until(inner.shutdown.clone().cancelled_owned());
    Ok(sse(events))
}

fn sse(events: impl Stream<Item = Result<Event, Infallible>> + Send + 'static) -> Response {
    Sse::new(events).keep_alive(KeepAlive::default()).into_response()
}

/// Where one event stream stands.
struct Watch {
    live: Arc<Live>,
    changes: watch::Receiver<u64>,
    seen: u64,
    /// What was told last; `None` before the first.
    told: Option<(CallState, Option<Listens>)>,
}

impl Watch {
    /// The next events; none after the end of the call.
    async fn next(&mut self) -> Option<Vec<Event>> {
        match &self.told {
            Some((CallState::Ended, _)) => return None,
            Some(_) => self.changes.changed().await.ok()?,
            None => {}
        }
        let shown = self.live.shown(self.seen);
        let mut events = Vec::new();
        for line in &shown.heard {
            self.seen = line.seq;
            events.extend(Event::default().event("heard").id(line.seq.to_string()).json_data(line).ok());
        }
        let now = Some((shown.state, shown.listening));
        if self.told != now {
            let state =
                now.as_ref().map(|(state, listening)| json!({"state": state, "listening": listening}));
            events.extend(Event::default().event("state").json_data(&state).ok());
            self.told = now;
        }
        Some(events)
    }
}
