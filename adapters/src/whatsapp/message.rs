//! One WhatsApp message -> [`Body`]. Called by `payload`; it must find something to say about every message,
//! however odd: what it cannot read is [`Body::Unsupported`] with Meta's name for it.

use serde_json::Value;

use super::UNAVAILABLE_KIND;
use crate::{
    Body, Media, MediaKind,
    lenient::{coordinates, kind, phrase, word},
};

/// Meta's code for a message that it could not decrypt.
const UNAVAILABLE: i64 = 131_060;

pub(super) fn body(message: &Value) -> Body {
    let Some(name) = kind(message.get("type")) else {
        return Body::Unsupported { kind: "unknown".to_owned() };
    };
    if word(message.get("group_id")).is_some() {
        // A town hall's number does not answer into groups.
        return Body::Unsupported { kind: "group".to_owned() };
    }
    let content = message.get(&name);
    let read = match name.as_str() {
        "text" => content.and_then(text),
        "image" => content.and_then(|it| media(it, MediaKind::Image)),
        "audio" | "voice" => content.and_then(|it| media(it, MediaKind::Audio)),
        "video" => content.and_then(|it| media(it, MediaKind::Video)),
        "document" => content.and_then(|it| media(it, MediaKind::Document)),
        "sticker" => content.and_then(|it| media(it, MediaKind::Sticker)),
        "location" => content.and_then(location),
        "button" => content.and_then(template_button),
        "reaction" => content.and_then(reaction),
        "interactive" => content.map(interactive),
        "unsupported" => Some(unsupported(message)),
        _ => None,
    };
    read.unwrap_or(Body::Unsupported { kind: name })
}

fn text(content: &Value) -> Option<Body> {
    Some(Body::Text { text: phrase(content.get("body"))? })
}

/// The id lives seven days; the ready address some payloads carry, five minutes: it is only the second choice.
fn media(content: &Value, kind: MediaKind) -> Option<Body> {
    let source = word(content.get("id")).or_else(|| word(content.get("url")))?;
    let mime =
        word(content.get("mime_type")).map_or_else(|| "application/octet-stream".to_owned(), bare_mime);
    let caption = phrase(content.get("caption")).filter(|caption| !caption.trim().is_empty());
    Some(Body::Media(Media { kind, source, mime, caption }))
}

/// `audio/ogg; codecs=opus` -> `audio/ogg`.
pub(super) fn bare_mime(mime: String) -> String {
    mime.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

fn location(content: &Value) -> Option<Body> {
    let (lat, lon) = coordinates(content.get("latitude"), content.get("longitude"))?;
    let (name, address) = (word(content.get("name")), word(content.get("address")));
    Some(Body::Location { lat, lon, name, address })
}

/// The quick-reply button of a template: `payload` is what the template was sent with. Without one, the person has
/// still said what the button reads.
fn template_button(content: &Value) -> Option<Body> {
    let title = phrase(content.get("text"));
    match word(content.get("payload")) {
        Some(payload) => Some(Body::Choice { payload, title: title.unwrap_or_default() }),
        None => Some(Body::Text { text: title? }),
    }
}

/// No emoji, or an empty one: the reaction was taken back.
fn reaction(content: &Value) -> Option<Body> {
    Some(Body::Reaction { target: word(content.get("message_id"))?, emoji: word(content.get("emoji")) })
}

fn interactive(content: &Value) -> Body {
    let name = kind(content.get("type")).unwrap_or_else(|| "interactive".to_owned());
    match name.as_str() {
        "button_reply" | "list_reply" => content.get(&name).and_then(reply),
        _ => None,
    }
    .unwrap_or(Body::Unsupported { kind: name })
}

fn reply(content: &Value) -> Option<Body> {
    let title = phrase(content.get("title")).unwrap_or_default();
    Some(Body::Choice { payload: word(content.get("id"))?, title })
}

/// Named after what Meta could not hand over (`poll_creation`), where it says so.
fn unsupported(message: &Value) -> Body {
    let lost = message.get("errors").and_then(Value::as_array).is_some_and(|errors| {
        errors.iter().any(|error| error.get("code").and_then(Value::as_i64) == Some(UNAVAILABLE))
    });
    let inner = message.get("unsupported").and_then(|it| kind(it.get("type")));
    let kind =
        if lost { UNAVAILABLE_KIND.to_owned() } else { inner.unwrap_or_else(|| "unsupported".to_owned()) };
    Body::Unsupported { kind }
}
