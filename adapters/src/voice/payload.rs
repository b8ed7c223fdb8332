//! What a webhook says: a call began, somebody spoke or pressed keys, it was passed on, it is over. Called by
//! `mod.rs` behind the signature; after that nothing is an error, since Twilio would read one aloud.

use bytes::Bytes;
use http::{Request, Response, StatusCode};

use super::{
    VoiceConfig,
    caller::Call,
    place::{At, Place},
    send,
};
use crate::{
    Body, CallEvent, Event, Quarantined, Reception,
    twilio::{self, Form},
};

/// `CallStatus` of a call in which nothing can be said any more.
const OVER: [&str; 5] = ["completed", "busy", "failed", "no-answer", "canceled"];

pub(super) fn read(config: &VoiceConfig, request: &Request<Bytes>, form: &Form) -> Reception {
    let place = Place::of(request).of_leg(form);
    let over = form.word("CallStatus").is_some_and(|status| OVER.contains(&status.as_str()));
    match place.at {
        At::Whisper => only(send::whisper(config, request, form)),
        // A console may name one address for both; a call that begins is never over.
        At::Turn if over && place.step.is_none() => ended(config, request, form),
        At::Status if over => ended(config, request, form),
        // Late or out of order: a call that is over does not go on (`SequenceNumber`), and one that goes on tells so.
        At::Status => only(received()),
        At::Turn if is_partial(form) => only(received()),
        At::Turn | At::Dial => match Call::of(config, form) {
            Ok(call) => turn(&call, &place, form),
            Err(reason) => quarantined(reason, request, send::wrong_number(config)),
        },
    }
}

/// A turn of the call: the answer travels in the response.
fn turn(call: &Call, place: &Place, form: &Form) -> Reception {
    let id = place.message(call.sid());
    // Back from a filler: the message was stored when it came, and what it said is not sent again.
    let events = match place.waited {
        0 => vec![Event::Message(call.inbound(id.clone(), body(place, form)))],
        _ => Vec::new(),
    };
    let awaits = Some((call.account().to_owned(), id));
    Reception { events, quarantined: Vec::new(), response: twilio::silence(), awaits, ignored: 0 }
}

fn body(place: &Place, form: &Form) -> Body {
    match (place.at, &place.step) {
        (At::Dial, _) if was_attended(form) => Body::Call { event: CallEvent::Attended },
        (At::Dial, _) => Body::Call { event: CallEvent::Unattended },
        (_, None) => Body::Call { event: CallEvent::Started },
        (_, Some(_)) if place.empty => Body::Silence,
        (_, Some(_)) => heard(place, form),
    }
}

fn heard(place: &Place, form: &Form) -> Body {
    if let Some(digits) = form.word("Digits").and_then(|digits| keys(&digits)) {
        return Body::Digits { digits, from: place.from };
    }
    match form.word("SpeechResult") {
        Some(text) => Body::Speech { text, confidence: confidence(form), raw: None, unsure: false },
        None => Body::Silence,
    }
}

/// Keys of a phone; `#` only ends a row of them.
fn keys(digits: &str) -> Option<String> {
    let pressed: String = digits.chars().filter(|c| c.is_ascii_digit() || matches!(c, '*' | '#')).collect();
    let row = pressed.trim_end_matches('#');
    let meant = if row.is_empty() { pressed.as_str() } else { row };
    Some(meant.to_owned()).filter(|keys| !keys.is_empty())
}

/// Twilio promises none. Zero is the recogniser's word for "not set" (Google Speech, `confidence`), and is not low.
fn confidence(form: &Form) -> Option<f32> {
    let told: f32 = form.word("Confidence")?.parse().ok()?;
    (told > 0.0 && told <= 1.0).then_some(told)
}

/// Speech while it is still being said (`partialResultCallback`): the whole follows.
fn is_partial(form: &Form) -> bool {
    let has = |name| form.bytes(name).is_some();
    let partial = has("UnstableSpeechResult") || has("StableSpeechResult");
    partial && !has("SpeechResult") && !has("Digits")
}

/// A voicemail that picks up counts as completed; it does not press 1, and then the two calls were never joined.
fn was_attended(form: &Form) -> bool {
    let joined = form.word("DialBridged").is_none_or(|bridged| bridged != "false");
    let status = form.word("DialCallStatus");
    matches!(status.as_deref(), Some("completed" | "answered")) && joined
}

/// The call is over; what was begun in it may be closed.
fn ended(config: &VoiceConfig, request: &Request<Bytes>, form: &Form) -> Reception {
    // The call to a person of the town, not the citizen's.
    if form.word("ParentCallSid").is_some() {
        return only(received());
    }
    match Call::of(config, form) {
        Ok(call) => {
            let id = format!("{}:ended", call.sid());
            let message = call.inbound(id, Body::Call { event: CallEvent::Ended });
            Reception { events: vec![Event::Message(message)], ..only(received()) }
        }
        Err(reason) => quarantined(reason, request, received()),
    }
}

/// A GET keeps everything in its address.
fn quarantined(reason: &str, request: &Request<Bytes>, response: Response<Bytes>) -> Reception {
    let query = || Bytes::from(request.uri().query().unwrap_or_default().to_owned());
    let raw = if request.body().is_empty() { query() } else { request.body().clone() };
    Reception { quarantined: vec![Quarantined { reason: reason.to_owned(), raw }], ..only(response) }
}

fn only(response: Response<Bytes>) -> Reception {
    Reception { events: Vec::new(), quarantined: Vec::new(), response, awaits: None, ignored: 0 }
}

/// What Twilio wants of a callback that asks nothing.
fn received() -> Response<Bytes> {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = StatusCode::NO_CONTENT;
    response
}
