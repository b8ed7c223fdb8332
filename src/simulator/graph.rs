//! `POST /{phone_number_id}/messages`: what Meta does with a send. The only way the town's words reach a simulated
//! phone.

use std::sync::Arc;

use axum::{
    Json,
    extract::{Path, State},
    response::{Html, IntoResponse, Response},
};
use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};
use serde_json::{Map, Value, json};
use subtle::ConstantTimeEq;

use super::{
    Inner,
    bubble::{Side, View},
    config::StatusScript,
    envelope::{Sent, Step},
    error::GraphError,
    faults::Fault,
    ids::Written,
    part::Part,
    phones::{Contact, Destination},
    validate::{self, Content, Send},
};

/// The phone within the wamid of people who hide theirs.
pub(super) const HIDDEN: &str = "000000000000";

/// The page a gateway shows when what is behind it broke: not JSON.
const GATEWAY_PAGE: &str = "<html><body><h1>500 Internal Server Error</h1></body></html>";

pub(super) async fn messages(
    State(inner): State<Arc<Inner>>,
    Path((version, id)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let body = inner
        .entered(&version, &headers)
        .and_then(|()| inner.is_ours(&id))
        .and_then(|()| json_object(&headers, &body));
    let answer = match body {
        Ok(body) if body.contains_key("status") => inner.mark_read(&body),
        Ok(body) => match validate::send(&body) {
            Ok(send) => inner.send(send).await,
            Err(error) => Err(error),
        },
        Err(error) => Err(error),
    };
    inner.answer(answer)
}

fn json_object(headers: &HeaderMap, body: &[u8]) -> Result<Map<String, Value>, GraphError> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("application/json") {
        return Err(GraphError::invalid("Content-Type: must be application/json."));
    }
    serde_json::from_slice(body).map_err(|_| GraphError::invalid("The body must be a JSON object."))
}

impl Inner {
    /// Version and bearer, which every Graph call must get right.
    pub(super) fn entered(&self, version: &str, headers: &HeaderMap) -> Result<(), GraphError> {
        let numbers = version.strip_prefix('v').and_then(|numbers| numbers.split_once('.'));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !self.bears_token(headers) {
            Err(GraphError::token())
        } else if numbers.is_some_and(|(major, minor)| digits(major) && digits(minor)) {
            Ok(())
        } else {
            Err(GraphError::unknown_version(version))
        }
    }

    pub(super) fn bears_token(&self, headers: &HeaderMap) -> bool {
        let header = headers.get(header::AUTHORIZATION).map(http::HeaderValue::as_bytes);
        let token = header.and_then(|header| header.strip_prefix(b"Bearer "));
        token.is_some_and(|token| token.ct_eq(self.access_token.as_bytes()).into())
    }

    pub(super) fn is_ours(&self, phone_number_id: &str) -> Result<(), GraphError> {
        if phone_number_id == self.account.phone_number_id {
            return Ok(());
        }
        Err(GraphError::unknown_object(phone_number_id))
    }

    /// Counts a refusal and writes it as Meta does.
    pub(super) fn answer(&self, answer: Result<Response, GraphError>) -> Response {
        answer.unwrap_or_else(|error| {
            self.counts.refused(error.code);
            error.into_response(self.ids.trace())
        })
    }

    /// Blue ticks, and the typing sign, which the page does not show.
    fn mark_read(&self, body: &Map<String, Value>) -> Result<Response, GraphError> {
        let root = Part::root(body);
        root.only(&["messaging_product", "status", "message_id", "typing_indicator"])?;
        validate::product(&root)?;
        root.exactly("status", "read")?;
        if let Some(typing) = root.optional_object("typing_indicator")? {
            typing.exactly("type", "text")?;
        }
        if !self.phones.town_read(root.text("message_id", validate::LONG)?) {
            return Err(GraphError::value("message_id: no message of a person has this id."));
        }
        Ok(Json(json!({"success": true})).into_response())
    }

    async fn send(&self, send: Send) -> Result<Response, GraphError> {
        let fault = self.faults.next_of_sends();
        self.strike(fault).await?;
        let contact = self
            .phones
            .find(&send.destination, !self.tuning.limits.window)
            .ok_or_else(GraphError::undeliverable)?;
        // What cannot be delivered is taken all the same, and shown on no phone.
        let view = self.view(send.content)?.filter(|_| fault != Some(Fault::StatusFailed));
        let (now, limits) = ((self.clock)(), self.tuning.limits);
        self.throughput.admit(now, limits.throughput)?;
        self.phones.with(&contact.wa_id, |phone| phone.admit(now, limits))?;
        let by_user_id = matches!(send.destination, Destination::User(_));
        let sent = self.accept(&contact, view, now, by_user_id, send.callback);
        self.follow(&sent, fault).await;
        if fault == Some(Fault::AfterAccept500) {
            return Ok((StatusCode::INTERNAL_SERVER_ERROR, Html(GATEWAY_PAGE)).into_response());
        }
        let known_as = if by_user_id { "user_id" } else { "wa_id" };
        let id = if by_user_id { &send.input } else { &*contact.wa_id };
        Ok(Json(json!({
            "messaging_product": "whatsapp",
            "contacts": [{"input": send.input, known_as: id}],
            "messages": [{"id": sent.id}],
        }))
        .into_response())
    }

    /// The mishaps that keep a message from being taken.
    async fn strike(&self, fault: Option<Fault>) -> Result<(), GraphError> {
        match fault {
            Some(Fault::Http500) => Err(GraphError::went_wrong()),
            Some(Fault::Rate) => Err(GraphError::throughput()),
            Some(Fault::Pair) => Err(GraphError::pair_rate()),
            Some(Fault::Window) => Err(GraphError::window_closed()),
            Some(Fault::Token) => Err(GraphError::token()),
            Some(Fault::Hang) => {
                self.shutdown.cancelled().await;
                Err(GraphError::went_wrong())
            }
            _ => Ok(()),
        }
    }

    /// What the phone will show, once what it names was found to exist.
    fn view(&self, content: Content) -> Result<Option<View>, GraphError> {
        match content {
            Content::Shown(view) => Ok(Some(view)),
            Content::Media { id, view } if self.item(&id).is_some() => Ok(Some(view)),
            Content::Media { .. } => Err(GraphError::value("id: no media has this id, or it expired.")),
            // This number has no approved templates.
            Content::Template { name, language } => Err(GraphError::no_template(&name, &language)),
            Content::Reaction { message_id } if self.phones.knows(&message_id) => Ok(None),
            Content::Reaction { .. } => {
                Err(GraphError::value("reaction.message_id: no message has this id."))
            }
        }
    }

    fn accept(
        &self,
        contact: &Arc<Contact>,
        view: Option<View>,
        now: i64,
        by_user_id: bool,
        callback: Option<String>,
    ) -> Arc<Sent> {
        let id: Arc<str> = self.ids.wamid(contact.shown_phone().unwrap_or(HIDDEN), Written::ByTown).into();
        if let Some(view) = view {
            self.phones.add(&contact.wa_id, Side::Town, &id, now, view);
        }
        self.counts.accepted();
        Arc::new(Sent { id, contact: Arc::clone(contact), by_user_id, callback })
    }

    /// The statuses that come after, by the script or by the fault.
    async fn follow(&self, sent: &Arc<Sent>, fault: Option<Fault>) {
        let StatusScript { sent: sent_after, delivered, read } = self.statuses;
        let mut steps = [(Step::Sent, sent_after), (Step::Delivered, delivered), (Step::Read, read)];
        match fault {
            Some(Fault::StatusMissing) => return,
            Some(Fault::StatusFailed) => {
                return self.tell_status(sent, Step::Failed, sent_after.unwrap_or(0));
            }
            Some(Fault::StatusFirst) => {
                steps[0].1 = None;
                let tried = self.tell_status_first(sent, Step::Sent);
                // A town that does not answer its webhooks gets its own answer late, but gets it.
                let _late = tokio::time::timeout(self.tuning.post_timeout, tried).await;
            }
            _ => {}
        }
        for (step, after) in steps {
            if let Some(after) = after {
                self.tell_status(sent, step, after);
            }
        }
    }
}
