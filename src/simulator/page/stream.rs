//! What happens on a phone, as server-sent events: `bubble`, `status`, `typing`.

use std::{convert::Infallible, sync::Arc};

use axum::{
    extract::{Path, Query, State},
    response::{
        IntoResponse, Sse,
        sse::{Event, KeepAlive},
    },
};
use futures::{Stream, StreamExt, stream};
use http::HeaderMap;
use serde_json::json;
use tokio::sync::broadcast::{Receiver, error::RecvError};

use super::{After, Answer, phone};
use crate::simulator::{
    Inner,
    bubble::Bubble,
    phones::{News, PhoneEvent},
};

/// Bubbles and ticks as they come. A browser that reconnects says the last `seq` it saw.
pub(in crate::simulator) async fn events(
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
            News::Typing { until } => {
                Event::default().event("typing").json_data(json!({"until": until})).ok()
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
