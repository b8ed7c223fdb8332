//! A configured provider's calls -> [`Event`]. Called by `mod.rs`; it must not read a call that does not know the
//! secret.

use bytes::Bytes;
use http::{HeaderValue, Method, Request, Response, StatusCode, header};
use serde_json::Value;
use subtle::ConstantTimeEq;

use super::{
    HttpAnswer, HttpConfig, HttpReceive, HttpStatus, SecretPlace,
    pattern::{Place, Said},
    send::prefix,
};
use crate::{
    Body, Channel, DeliveryState, Event, Inbound, ProviderError, Quarantined, Reception, Refusal,
    StatusUpdate,
    lenient::{self, moment},
    sms::{Sms, SmsNumber, SmsProvider, person},
    twilio::Form,
};

/// Characters of a reason that are kept.
const MAX_REASON: usize = 120;

/// Digits of a number that cannot be a phone.
const LONGEST_CODE: usize = 6;

impl Sms {
    fn provider(&self, request: &Request<Bytes>) -> Result<&HttpConfig, Refusal> {
        let provider = self.config.http.as_ref().filter(|provider| knows(provider, request));
        let reason = "the call does not know the SMS provider's secret";
        provider.ok_or(Refusal { status: StatusCode::FORBIDDEN, reason })
    }

    pub(in crate::sms) fn hear_http(&self, request: &Request<Bytes>) -> Result<Reception, Refusal> {
        let Some(places) = &self.provider(request)?.receive else { return Err(unwanted()) };
        let (mut events, mut quarantined) = (Vec::new(), Vec::new());
        each(request, places.list.as_deref(), |said| match self.http_event(places, said) {
            Ok(event) => events.extend(event),
            Err(reason) => quarantined.push(kept(reason, said)),
        })?;
        Ok(Reception { events, quarantined, response: response(&places.answer), awaits: None, ignored: 0 })
    }

    fn http_event(&self, places: &HttpReceive, said: &Said<'_>) -> Result<Option<Event>, &'static str> {
        let to = places.to.as_ref().map(|to| to.word(said).unwrap_or_default());
        let ours = match to {
            Some(to) => self.number(SmsProvider::Http, &to),
            None => self.only_number(),
        };
        let ours = ours.ok_or("a message for a number that is not ours")?;
        let id = places.id.word(said).ok_or("a message without an id")?;
        let text = places.text.phrase(said).ok_or("a message without a text")?;
        let from = places.from.word(said).ok_or("a message without a sender")?;
        // A bank's name or a short code: nobody there reads an answer.
        let Some(from) = person::sender(&from, &ours.number) else { return Ok(None) };
        Ok(Some(Event::Message(Inbound {
            id,
            channel: Channel::Sms,
            account: ours.number.clone(),
            from,
            sent_at: at(places.at.as_ref(), said),
            body: Body::Text { text },
            reply_to: None,
            referral: None,
            forwarded: false,
        })))
    }

    fn only_number(&self) -> Option<&SmsNumber> {
        let mut numbers = self.config.numbers.iter().filter(|number| number.provider == SmsProvider::Http);
        numbers.next().filter(|_| numbers.next().is_none())
    }

    pub(in crate::sms) fn hear_http_status(&self, request: &Request<Bytes>) -> Result<Reception, Refusal> {
        let provider = self.provider(request)?;
        let Some(places) = &provider.status else { return Err(unwanted()) };
        let query = Form::of_query(request)?;
        let mut events = Vec::new();
        each(request, places.list.as_deref(), |said| {
            events.extend(self.http_status(provider, places, &query, said).map(Event::Status));
        })?;
        let response = response(&places.answer);
        Ok(Reception { events, quarantined: Vec::new(), response, awaits: None, ignored: 0 })
    }

    fn http_status(
        &self,
        provider: &HttpConfig,
        places: &HttpStatus,
        query: &Form,
        said: &Said<'_>,
    ) -> Option<StatusUpdate> {
        let state = state(places, &places.state.word(said)?)?;
        let told = places.reference.as_ref().and_then(|place| place.word(said));
        let reference = told.or_else(|| query.word("ref"));
        let provider_id =
            places.id.as_ref().and_then(|place| place.word(said)).or_else(|| reference.clone())?;
        let number = query.word("number").unwrap_or_default();
        let ours = self.number(SmsProvider::Http, &number).or_else(|| self.only_number());
        let error = (state == DeliveryState::Failed).then(|| failure(provider, places, said));
        Some(StatusUpdate {
            channel: Channel::Sms,
            account: ours.map_or(number, |ours| ours.number.clone()),
            provider_id,
            reference,
            state,
            at: at(places.at.as_ref(), said),
            error,
        })
    }
}

fn unwanted() -> Refusal {
    Refusal { status: StatusCode::NOT_FOUND, reason: "the configuration does not say how to read this call" }
}

fn knows(provider: &HttpConfig, request: &Request<Bytes>) -> bool {
    let Some(secret) = &provider.secret else { return false };
    let query = Form::of_query(request).unwrap_or_default();
    let told = match &secret.at {
        SecretPlace::Query(name) => query.bytes(name),
        SecretPlace::Header(name) => request.headers().get(name).map(HeaderValue::as_bytes),
    };
    let same = told.is_some_and(|told| told.ct_eq(secret.value.0.as_bytes()).into());
    same && !secret.value.0.is_empty()
}

/// Calls `read` with each message of a request: a form with its query, or JSON of one or many.
fn each(
    request: &Request<Bytes>,
    list: Option<&str>,
    mut read: impl FnMut(&Said<'_>),
) -> Result<(), Refusal> {
    let query = Form::of_query(request)?;
    if *request.method() == Method::GET {
        read(&Said::Pairs(&[query]));
        return Ok(());
    }
    let kind = request.headers().get(header::CONTENT_TYPE).map_or(&b""[..], HeaderValue::as_bytes);
    let body = lenient::text(request.body());
    let is_json = kind.windows(4).any(|four| four.eq_ignore_ascii_case(b"json"));
    let json = if is_json || body.trim_start().starts_with(['{', '[']) { parse(&body) } else { None };
    match json {
        None => read(&Said::Pairs(&[Form::read(request.body())?, query])),
        Some(json) => match list.map(|list| json.pointer(list)) {
            None => read(&Said::Json(&json)),
            Some(Some(Value::Array(items))) => items.iter().for_each(|item| read(&Said::Json(item))),
            Some(other) => read(&Said::Json(other.unwrap_or(&json))),
        },
    }
    Ok(())
}

fn parse(body: &str) -> Option<Value> {
    serde_json::from_str(body).ok()
}

fn kept(reason: &str, said: &Said<'_>) -> Quarantined {
    let raw = match said {
        Said::Json(json) => Bytes::from(json.to_string()),
        // The names are what a person needs to correct the configuration, and the secret may be among the values.
        Said::Pairs(forms) => {
            let names: Vec<String> = forms.iter().flat_map(Form::names).collect();
            Bytes::from(names.join("&"))
        }
        Said::Text(text) => Bytes::copy_from_slice(text.as_bytes()),
    };
    Quarantined { reason: reason.to_owned(), raw }
}

fn at(place: Option<&Place>, said: &Said<'_>) -> Option<i64> {
    moment(place.and_then(|place| place.word(said)).map(Value::String).as_ref())
}

fn state(places: &HttpStatus, told: &str) -> Option<DeliveryState> {
    let lists = [
        (&places.accepted, DeliveryState::Accepted),
        (&places.sent, DeliveryState::Sent),
        (&places.delivered, DeliveryState::Delivered),
        (&places.read, DeliveryState::Read),
        (&places.failed, DeliveryState::Failed),
    ];
    let among = |words: &[String]| words.iter().any(|word| word.eq_ignore_ascii_case(told));
    lists.into_iter().find(|(words, _)| among(words)).map(|(_, state)| state)
}

fn failure(provider: &HttpConfig, places: &HttpStatus, said: &Said<'_>) -> ProviderError {
    let place = places.error.as_ref().unwrap_or(&places.state);
    let reason = place.word(said).unwrap_or_default();
    let title = format!("{}{}", prefix(provider), without_numbers(&reason));
    ProviderError { code: reason.parse().unwrap_or(0), title }
}

/// A reason may name the phone (`5255… is not reachable`): only short numbers, which are codes, are kept.
fn without_numbers(reason: &str) -> String {
    let mut out = String::new();
    let mut digits = String::new();
    for letter in reason.chars().take(MAX_REASON).chain(['\0']) {
        if letter.is_numeric() {
            digits.push(letter);
            continue;
        }
        out.push_str(if digits.chars().count() > LONGEST_CODE { "…" } else { &digits });
        digits.clear();
        out.push(letter);
    }
    out.trim_end_matches('\0').to_owned()
}

fn response(answer: &HttpAnswer) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(answer.body.clone()));
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    if let Ok(kind) = HeaderValue::from_str(&answer.content_type) {
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
    }
    response
}
