//! Takes the town's messages, or refuses them: recipient, brakes, mishaps, acceptance, statuses.

use std::sync::Arc;

use axum::{
    Json,
    body::Body,
    response::{Html, IntoResponse, Response},
};
use http::StatusCode;
use serde_json::json;

use super::{
    Inner,
    bubble::{Side, View},
    codes::Code,
    config::StatusScript,
    envelope::{Sent, Sort},
    error::GraphError,
    faults::{Fault, When},
    graph::HIDDEN,
    ids::Written,
    phones::{Contact, Destination},
    resolve::Ready,
    statuses::Step,
    validate::Send,
};

/// The page a gateway shows when what is behind it broke: not JSON.
const GATEWAY_PAGE: &str = "<html><body><h1>500 Internal Server Error</h1></body></html>";

/// What happens to a message once it was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    AsScripted,
    Silent,
    StatusFirst,
    Fails(Option<&'static Code>),
}

impl Inner {
    pub(super) async fn send(&self, send: Send) -> Result<Response, GraphError> {
        let fault = self.mishap();
        self.strike(fault).await?;
        let contact = self.recipient(&send.destination)?;
        let fate = self.fate(&contact, fault)?;
        let by_user_id = matches!(send.destination, Destination::User(_));
        let mut ready = self.resolve(&contact, send.content, by_user_id)?;
        ready.view.reply_to = send.reply_to;
        let (now, limits) = ((self.clock)(), self.tuning.limits);
        self.throughput.admit(now, limits.throughput)?;
        self.phones.with(&contact.wa_id, |phone| phone.admit(now, limits, ready.category.is_some()))?;
        let Ready { view, sort, category } = ready;
        let id: Arc<str> = self.ids.wamid(contact.shown_phone().unwrap_or(HIDDEN), Written::ByTown).into();
        let sent = Arc::new(Sent { id, contact, by_user_id, callback: send.callback, sort, category });
        // What cannot be delivered is taken all the same, and shown on no phone.
        self.accept(&sent, (!matches!(fate, Fate::Fails(_))).then_some(view), now);
        self.follow(&sent, fate).await;
        Ok(match fault {
            Some(Fault::AfterAccept500) => {
                (StatusCode::INTERNAL_SERVER_ERROR, Html(GATEWAY_PAGE)).into_response()
            }
            Some(Fault::AnswerLost) => cut(),
            _ => taken(&sent, &send.input),
        })
    }

    /// An armed fault, or else what the plan drew. The plan counts every send, so that arming does not move its luck.
    fn mishap(&self) -> Option<Fault> {
        let drawn = self.dice.send();
        let armed = self.faults.next_of_sends();
        if armed.is_none()
            && let Some((name, _)) = drawn
        {
            self.counts.mishap(name);
        }
        armed.or(drawn.map(|(_, fault)| fault))
    }

    /// The mishaps that keep a message from being taken.
    async fn strike(&self, fault: Option<Fault>) -> Result<(), GraphError> {
        match fault {
            Some(Fault::Http500) => Err(GraphError::usual(131_000)),
            Some(Fault::Rate) => Err(GraphError::usual(130_429)),
            Some(Fault::Pair) => Err(GraphError::usual(131_056)),
            Some(Fault::Window) => Err(GraphError::usual(131_047)),
            Some(Fault::Token) => Err(GraphError::token()),
            Some(Fault::Hang) => {
                self.shutdown.cancelled().await;
                Err(GraphError::usual(131_000))
            }
            _ => Ok(()),
        }
    }

    fn recipient(&self, destination: &Destination) -> Result<Arc<Contact>, GraphError> {
        if matches!(destination, Destination::Phone(digits) if *digits == self.account.display_phone) {
            return Err(GraphError::usual(131_021));
        }
        self.phones.find(destination, !self.tuning.limits.window).ok_or_else(GraphError::undeliverable)
    }

    /// An error on demand as the answer, or what becomes of the message.
    fn fate(&self, contact: &Contact, fault: Option<Fault>) -> Result<Fate, GraphError> {
        match (self.faults.error_for(&contact.wa_id), fault) {
            (Some((code, When::Answer)), _) => Err(GraphError::usual(code.code)),
            (Some((code, When::Status)), _) => Ok(Fate::Fails(Some(code))),
            (None, Some(Fault::StatusFailed)) => Ok(Fate::Fails(super::codes::find(131_026))),
            (None, Some(Fault::StatusMissing)) => Ok(Fate::Silent),
            (None, Some(Fault::StatusFirst)) => Ok(Fate::StatusFirst),
            (None, _) => Ok(Fate::AsScripted),
        }
    }

    fn accept(&self, sent: &Sent, view: Option<View>, now: i64) {
        if let Some(view) = view {
            self.phones.add(&sent.contact.wa_id, Side::Town, &sent.id, now, view);
        }
        self.counts.accepted();
    }

    /// The statuses that come after, by the script or by the mishap.
    async fn follow(&self, sent: &Arc<Sent>, fate: Fate) {
        let StatusScript { sent: sent_after, delivered, read } = self.statuses;
        let mut steps = vec![(Step::Sent, sent_after)];
        // Meta: reactions only ever get `sent`, voice notes are played after they were read.
        if sent.sort != Sort::Reaction {
            steps.extend([(Step::Delivered, delivered), (Step::Read, read)]);
        }
        if sent.sort == Sort::Voice {
            steps.push((Step::Played, read));
        }
        match fate {
            Fate::Silent => return,
            Fate::Fails(error) => return self.tell_failure(sent, error, sent_after.unwrap_or(0)),
            Fate::StatusFirst => {
                steps.remove(0);
                let tried = self.tell_status_first(sent, Step::Sent);
                // A town that does not answer its webhooks gets its own answer late, but gets it.
                let _late = tokio::time::timeout(self.tuning.post_timeout, tried).await;
            }
            Fate::AsScripted => {}
        }
        for (step, after) in steps {
            if let Some(after) = after {
                self.tell_status(sent, step, after);
            }
        }
    }
}

fn taken(sent: &Sent, input: &str) -> Response {
    let known_as = if sent.by_user_id { "user_id" } else { "wa_id" };
    let id = if sent.by_user_id { input } else { &*sent.contact.wa_id };
    let mut message = json!({"id": sent.id});
    // Meta: only templates tell how they stand.
    if sent.category.is_some() {
        message["message_status"] = "accepted".into();
    }
    Json(json!({
        "messaging_product": "whatsapp",
        "contacts": [{"input": input, known_as: id}],
        "messages": [message],
    }))
    .into_response()
}

/// An answer whose body breaks before its first byte: the server then closes the connection without having sent a word.
fn cut() -> Response {
    let broken = std::io::Error::new(std::io::ErrorKind::ConnectionReset, "the simulator cut the connection");
    let body = futures::stream::once(async { Err::<bytes::Bytes, _>(broken) });
    Response::new(Body::from_stream(body))
}
