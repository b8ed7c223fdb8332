//! The page's JSON -> [`Inbound`]. Called by `mod.rs` once the token was verified; it must refuse in words that whoever
//! writes a page can act on, since here, unlike with Meta, somebody reads the answer.

use bytes::Bytes;
use http::{Response, StatusCode, header};
use serde_json::Value;

use crate::{
    Address, AddressKey, Body, Channel, Event, Inbound, Media, MediaKind, Reception, Refusal, Sender,
    lenient::{self, coordinates, kind, phrase, word},
};

const MAX_ID: usize = 64;
/// As for every choice of ours, see [`crate::Choice::payload`].
const MAX_PAYLOAD: usize = 200;

/// Reads one message: `{"id": "…", "type": "text", "text": "…"}`, `choice` with `payload` and `title`, `location`
/// with `lat` and `lon`, `photo` or `audio` with `media`. Any other `type` is kept as unsupported: an older server
/// must not lose what a newer page sends.
pub(super) fn read(raw: &Bytes, account: &str, visitor: &str) -> Result<Reception, Refusal> {
    let Ok(message) = serde_json::from_str::<Value>(&lenient::text(raw)) else {
        return Err(refused(StatusCode::BAD_REQUEST, "the body is not JSON"));
    };
    let id = id(&message)?;
    let inbound = Inbound {
        // Pages make their ids themselves: only together with the visitor they are unique.
        id: format!("{visitor}:{id}"),
        channel: Channel::Webchat,
        account: account.to_owned(),
        from: sender(account, visitor),
        sent_at: None,
        body: body(&message)?,
        reply_to: word(message.get("reply_to")),
        referral: None,
        forwarded: false,
    };
    let mut response = Response::new(Bytes::from(serde_json::json!({"id": id}).to_string()));
    *response.status_mut() = StatusCode::ACCEPTED;
    response.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static("application/json"));
    Ok(Reception {
        events: vec![Event::Message(inbound)],
        quarantined: Vec::new(),
        response,
        awaits: None,
        ignored: 0,
    })
}

fn refused(status: StatusCode, reason: &'static str) -> Refusal {
    Refusal { status, reason }
}

fn incomplete(reason: &'static str) -> Refusal {
    refused(StatusCode::UNPROCESSABLE_ENTITY, reason)
}

fn id(message: &Value) -> Result<String, Refusal> {
    word(message.get("id"))
        .filter(|id| id.len() <= MAX_ID && id.bytes().all(|byte| byte.is_ascii_graphic()))
        .ok_or(incomplete("`id` must be 1 to 64 visible ASCII characters that this page never used before"))
}

fn sender(account: &str, visitor: &str) -> Sender {
    let key = AddressKey::Token(visitor.to_owned());
    let route = visitor.to_owned();
    let address = Address { channel: Channel::Webchat, account: account.to_owned(), key, route };
    Sender { address, also: Vec::new(), name: None }
}

fn body(message: &Value) -> Result<Body, Refusal> {
    let kind = kind(message.get("type")).ok_or(incomplete("`type` is missing"))?;
    match kind.as_str() {
        "text" => text(message).ok_or(incomplete("a text needs `text`, a string")),
        "choice" => choice(message)
            .ok_or(incomplete("a choice needs `payload`, as it was given, and may have `title`")),
        "location" => location(message)
            .ok_or(incomplete("a location needs `lat` and `lon` in degrees, and may have `name`")),
        "photo" => media(message, MediaKind::Image, "image/jpeg")
            .ok_or(incomplete("a photo needs `media`, the id that /webchat/media gave")),
        "audio" => media(message, MediaKind::Audio, "audio/webm")
            .ok_or(incomplete("an audio needs `media`, the id that /webchat/media gave")),
        _ => Ok(Body::Unsupported { kind }),
    }
}

fn text(message: &Value) -> Option<Body> {
    Some(Body::Text { text: phrase(message.get("text"))? })
}

fn choice(message: &Value) -> Option<Body> {
    let payload = word(message.get("payload")).filter(|payload| payload.len() <= MAX_PAYLOAD)?;
    Some(Body::Choice { payload, title: phrase(message.get("title")).unwrap_or_default() })
}

fn location(message: &Value) -> Option<Body> {
    let (lat, lon) = coordinates(message.get("lat"), message.get("lon"))?;
    Some(Body::Location { lat, lon, name: word(message.get("name")), address: word(message.get("address")) })
}

/// The id is a key of our own store, never a path or an address.
fn media(message: &Value, kind: MediaKind, usual: &str) -> Option<Body> {
    let id = word(message.get("media"))?;
    let plain = id.len() <= MAX_ID && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b));
    let mime = word(message.get("mime")).unwrap_or_else(|| usual.to_owned());
    let caption = phrase(message.get("caption")).filter(|caption| !caption.trim().is_empty());
    plain.then(|| {
        Body::Media(Media {
            kind,
            source: format!("local:{id}"),
            mime,
            caption,
            voice: kind == MediaKind::Audio,
        })
    })
}
