//! What happens at the desk, as it happens: server-sent events that say what changed and never what was said.

use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::{
    extract::State,
    http::{HeaderName, header},
    response::{
        IntoResponse,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures::{Stream, stream};
use serde_json::json;
use tokio::time::{Instant, interval_at};

use crate::{
    agents::{Desk, live::DeskEvent, live::Listening},
    app::App,
    http::{
        ApiError,
        permit::{Permit, may::AttendChats},
    },
};

/// Proxies that know it (nginx) then pass each event on at once.
const UNBUFFERED: (HeaderName, &str) = (HeaderName::from_static("x-accel-buffering"), "no");
/// How often it is asked whether who listens may still do so.
const STILL_MAY: Duration = Duration::from_secs(10);

/// What happens at the desk. `chat` {id, version}: a chat that you attend or look at changed. `new` {id, priority}:
/// somebody joined the queue. `queue` {}: the queues are others, at most once a second. `presence` {chat, viewers}: who
/// looks at a chat that you look at. `talks` {people}: these talks of the bot changed, for who supervises them, at most
/// once a second. `whisper` {chat}: a supervisor says something to you there. `reports` {}: reports are others, at most every
/// two seconds. `bye` {}: you are signed out, or may not any more. After a pause fetch everything
/// that is shown.
#[utoipa::path(
    get, path = "/api/v1/desk/events", tag = "desk", operation_id = "events",
    security(("session" = ["chats.attend"])),
    responses((status = 200, content_type = "text/event-stream", body = String))
)]
pub async fn stream(
    State(app): State<Arc<App>>,
    by: Permit<AttendChats>,
) -> Result<impl IntoResponse, ApiError> {
    let listening = Desk::listen(&app, &by.member);
    let headers = [UNBUFFERED, (header::CACHE_CONTROL, "no-store")];
    Ok((headers, Sse::new(events(app, by, listening)).keep_alive(KeepAlive::default())))
}

struct Open {
    app: Arc<App>,
    by: Permit<AttendChats>,
    listening: Listening,
    asks: tokio::time::Interval,
    over: bool,
}

fn events(
    app: Arc<App>,
    by: Permit<AttendChats>,
    listening: Listening,
) -> impl Stream<Item = Result<Event, Infallible>> {
    let asks = interval_at(Instant::now() + STILL_MAY, STILL_MAY);
    stream::unfold(Open { app, by, listening, asks, over: false }, |mut open| async move {
        if open.over {
            return None;
        }
        loop {
            tokio::select! {
                event = open.listening.events.recv() => return Some((Ok(told(&event?)), open)),
                _ = open.asks.tick() => if !open.by.still_holds(&open.app).await {
                    open.over = true;
                    return Some((Ok(Event::default().event("bye").data("{}")), open));
                },
                () = open.app.stop.cancelled() => return None,
            }
        }
    })
}

fn told(event: &DeskEvent) -> Event {
    let (name, data) = match event {
        DeskEvent::Chat { id, version } => ("chat", json!({ "id": id, "version": version })),
        DeskEvent::New { id, crisis } => {
            ("new", json!({ "id": id, "priority": if *crisis { "crisis" } else { "normal" } }))
        }
        DeskEvent::Queue => ("queue", json!({})),
        DeskEvent::Talks { people } => ("talks", json!({ "people": people })),
        DeskEvent::Whisper { chat } => ("whisper", json!({ "chat": chat })),
        DeskEvent::Reports => ("reports", json!({})),
        DeskEvent::Presence { chat, viewers } => ("presence", json!({ "chat": chat, "viewers": viewers })),
    };
    Event::default().event(name).data(data.to_string())
}
