//! The REST side: send, fetch, list, redact and delete messages, and the account itself.

use std::sync::{Arc, atomic::Ordering};

use axum::{
    Json,
    extract::{Path, Query, State},
    response::{IntoResponse, Response},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};
use serde::Deserialize;
use serde_json::json;

use super::{
    gsm::{Encoding, Segments},
    message::{Message, TextStatus},
    phones::{Reach, Text},
    refusal::Refusal,
    request::{self, Account, Send},
    statuses::Sent,
};
use crate::simulator::twilio::{Inner, faults::Fault, form::decode, plan::Mishap};

/// How a message came to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Rest,
    /// In the TwiML that answers a text.
    Reply,
    /// Twilio's own answer to an opt-out word; goes to people who stopped, too.
    OptOut,
}

impl Inner {
    /// Basic authentication: the account's sid and its token.
    pub(super) fn bears_password(&self, headers: &HeaderMap) -> bool {
        let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let given = given.and_then(|value| value.strip_prefix("Basic "));
        let given = given.and_then(|value| BASE64_STANDARD.decode(value).ok());
        given.is_some_and(|given| given == format!("{}:{}", self.account_sid, self.auth_token).as_bytes())
    }

    pub(super) fn entered(&self, account: &str, headers: &HeaderMap) -> Result<(), Refusal> {
        if !self.bears_password(headers) {
            return Err(Refusal::of(20_003));
        }
        if account != self.account_sid {
            return Err(Refusal::not_found(&format!("/2010-04-01/Accounts/{account}")));
        }
        if self.too_many() { Err(Refusal::of(20_429)) } else { Ok(()) }
    }

    /// More requests this second than the account may make?
    fn too_many(&self) -> bool {
        let Some(most) = self.tuning.requests_per_second else { return false };
        let second = (self.clock)() / 1000;
        let mut pace = self.pace.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if pace.0 != second {
            *pace = (second, 0);
        }
        pace.1 += 1;
        pace.1 > most
    }

    pub(super) fn answer(&self, answer: Result<Response, Refusal>) -> Response {
        answer.unwrap_or_else(|refusal| {
            self.counts.refused(refusal.code);
            refusal.into_response()
        })
    }

    fn read_send(&self, body: &[u8]) -> Result<Send, Refusal> {
        let account = Account { number: &self.sms_number, service: self.service.as_deref() };
        let send = request::read(body, &account)?;
        self.reachable(&send)?;
        Ok(send)
    }

    fn reachable(&self, send: &Send) -> Result<(), Refusal> {
        let to = &send.to;
        if to == &self.sms_number {
            let sentence = "'To' and 'From' number cannot be the same";
            return Err(Refusal::new(21_266, sentence));
        }
        if self.phones.stopped(&send.phone) {
            return Err(Refusal::of(21_610));
        }
        if self.phones.reach(&send.phone) == Reach::Landline {
            return Err(Refusal::new(21_614, format!("'To' number {to} is not a valid mobile number")));
        }
        Ok(())
    }

    /// Takes a message: it has a sid, and shows on the phone.
    pub(super) fn take(&self, send: Send, way: Way) -> (Message, Sent) {
        let at = (self.clock)();
        let by_service = send.from.is_none() && self.service.is_some();
        let status = if by_service { TextStatus::Accepted } else { TextStatus::Queued };
        let cut = Segments::of(&send.body);
        let sid = self.sids.make(if send.media > 0 { "MM" } else { "SM" });
        let message = Message {
            sid: Arc::clone(&sid),
            to: send.to.clone(),
            from: send.from,
            service: if by_service { self.service.clone() } else { None },
            body: send.body.clone(),
            media: send.media,
            segments: cut.parts.len(),
            reply: way != Way::Rest,
            created: at,
            sent: None,
            updated: at,
            status,
            error: None,
        };
        self.phones.add(&send.phone, shown(&sid, at, send.body, &cut, status));
        self.messages.keep(message.clone(), self.tuning.messages_kept);
        self.counts.with(|stats| stats.accepted += 1);
        let nth = self.sends.fetch_add(1, Ordering::Relaxed);
        let sent = Sent { sid, phone: send.phone, to: send.to, callback: send.callback, by_service, nth };
        (message, sent)
    }

    fn created(&self, message: &Message) -> Response {
        (StatusCode::CREATED, Json(message.json(&self.account_sid))).into_response()
    }

    /// A send that nothing stands in the way of but an armed fault.
    async fn send(self: &Arc<Self>, body: &[u8], fault: Option<Fault>) -> Result<Response, Refusal> {
        match fault {
            Some(Fault::Refuse { code }) => return Err(Refusal::of(code)),
            Some(Fault::Hang) => {
                self.shutdown.cancelled().await;
                return Err(Refusal::of(20_503));
            }
            _ => {}
        }
        let (message, sent) = self.take(self.read_send(body)?, Way::Rest);
        let mut steps = self.steps(&sent.phone, fault);
        if fault == Some(Fault::StatusFirst) && !steps.is_empty() {
            let first = steps.remove(0);
            self.step(&sent, first, sent.nth * 8).await;
        }
        self.follow(sent, steps);
        if fault == Some(Fault::AcceptThen500) {
            let page = "<html><body><h1>500 Internal Server Error</h1></body></html>";
            return Ok((StatusCode::INTERNAL_SERVER_ERROR, axum::response::Html(page)).into_response());
        }
        Ok(self.created(&message))
    }
}

/// As a phone shows it.
pub(super) fn shown(sid: &Arc<str>, at: i64, text: String, cut: &Segments, status: TextStatus) -> Text {
    let (segments, encoding): (usize, Encoding) = (cut.parts.len(), cut.encoding);
    let from_town = !matches!(status, TextStatus::Receiving | TextStatus::Received);
    Text { seq: 0, from_town, sid: Arc::clone(sid), at, text, segments, encoding, status }
}

/// `POST …/Messages.json`
pub(super) async fn create(
    State(inner): State<Arc<Inner>>,
    Path(account): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if let Err(refusal) = inner.entered(&account, &headers) {
        return inner.answer(Err(refusal));
    }
    let nth = inner.requests.fetch_add(1, Ordering::Relaxed);
    if inner.plan.strikes(Mishap::Refused, nth) {
        return inner.answer(Err(Refusal::of(20_429)));
    }
    let fault = inner.faults.next_of_sends();
    let answer = inner.send(&body, fault).await;
    inner.answer(answer)
}

#[derive(Debug, Deserialize)]
pub(super) struct Wanted {
    #[serde(rename = "To")]
    to: Option<String>,
    #[serde(rename = "From")]
    from: Option<String>,
    #[serde(rename = "DateSent")]
    date_sent: Option<String>,
}

/// `GET …/Messages.json`: one page, the newest first.
pub(super) async fn list(
    State(inner): State<Arc<Inner>>,
    Path(account): Path<String>,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
) -> Response {
    let answer = inner.entered(&account, &headers).map(|()| {
        let messages = inner.messages.list(|message| {
            wanted.to.as_ref().is_none_or(|to| *to == message.to)
                && wanted.from.as_ref().is_none_or(|from| Some(from) == message.from.as_ref())
                && wanted.date_sent.as_ref().is_none_or(|day| message.sent_on(day))
        });
        let uri = format!("/2010-04-01/Accounts/{account}/Messages.json?PageSize=50&Page=0");
        let messages: Vec<_> = messages.iter().map(|message| message.json(&account)).collect();
        Json(json!({
            "end": messages.len().saturating_sub(1),
            "first_page_uri": uri,
            "messages": messages,
            "next_page_uri": null,
            "page": 0,
            "page_size": 50,
            "previous_page_uri": null,
            "start": 0,
            "uri": uri,
        }))
        .into_response()
    });
    inner.answer(answer)
}

impl Inner {
    fn named(&self, account: &str, file: &str, headers: &HeaderMap) -> Result<Message, Refusal> {
        self.entered(account, headers)?;
        let found = file.strip_suffix(".json").and_then(|sid| self.messages.find(sid));
        found.ok_or_else(|| Refusal::not_found(&format!("/2010-04-01/Accounts/{account}/Messages/{file}")))
    }
}

/// `GET …/Messages/{sid}.json`
pub(super) async fn fetch(
    State(inner): State<Arc<Inner>>,
    Path((account, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let found = inner.named(&account, &file, &headers);
    inner.answer(found.map(|message| Json(message.json(&account)).into_response()))
}

/// `POST …/Messages/{sid}.json` with an empty `Body`: the text is forgotten.
pub(super) async fn redact(
    State(inner): State<Arc<Inner>>,
    Path((account, file)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let answer = inner.named(&account, &file, &headers).and_then(|message| {
        let fields = decode(&body);
        if fields != [("Body".to_owned(), String::new())] {
            return Err(Refusal::new(20_001, "Only an empty Body can be set"));
        }
        let changed = inner.messages.change(&message.sid, |message| message.body.clear());
        Ok(Json(changed.unwrap_or(message).json(&account)).into_response())
    });
    inner.answer(answer)
}

/// `DELETE …/Messages/{sid}.json`
pub(super) async fn delete(
    State(inner): State<Arc<Inner>>,
    Path((account, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let answer = inner.named(&account, &file, &headers).map(|message| {
        inner.messages.forget(&message.sid);
        StatusCode::NO_CONTENT.into_response()
    });
    inner.answer(answer)
}

/// `GET …/Accounts/{sid}.json`, which health checks ask for.
pub(super) async fn account(
    State(inner): State<Arc<Inner>>,
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Response {
    let account = file.strip_suffix(".json").unwrap_or(&file);
    let answer = inner.entered(account, &headers).map(|()| {
        Json(json!({
            "friendly_name": "Ventanilla",
            "sid": account,
            "status": "active",
            "type": "Full",
            "uri": format!("/2010-04-01/Accounts/{account}.json"),
        }))
        .into_response()
    });
    inner.answer(answer)
}
