//! What one WhatsApp message says -> [`Body`]. Called by `payload`; it must find something to say about every
//! message, however odd: what it cannot read is [`Body::Unsupported`] with Meta's name for it.

mod card;
mod content;

use serde_json::Value;

pub(super) use self::content::bare_mime;
use super::UNAVAILABLE_KIND;
use crate::{
    Body, MediaKind, Sender,
    lenient::{kind, word},
};

/// Meta's code for a message that it could not decrypt.
const UNAVAILABLE: i64 = 131_060;

/// Key of a message that was said in a group.
pub(super) const GROUP: &str = "group_id";

/// `from` is who wrote it: a card may be their own. `None` for what we said ourselves.
pub(super) fn body(message: &Value, from: Option<&Sender>) -> Body {
    let name = kind(message.get("type")).unwrap_or_else(|| "unknown".to_owned());
    if word(message.get(GROUP)).is_some() {
        // A town hall's number does not answer into groups.
        return Body::Unsupported { kind: "group".to_owned() };
    }
    let content = message.get(&name);
    let read = match name.as_str() {
        "contacts" => content.and_then(|cards| card::body(cards, from)),
        "interactive" => content.map(content::interactive),
        _ => content.and_then(|it| plain(&name, it)),
    };
    read.unwrap_or_else(|| unsupported(message, name))
}

fn plain(name: &str, content: &Value) -> Option<Body> {
    match name {
        "text" => content::text(content),
        "image" => content::media(content, MediaKind::Image),
        "audio" => content::audio(content, false),
        // The name that voice notes had before the Cloud API.
        "voice" => content::audio(content, true),
        "video" => content::media(content, MediaKind::Video),
        "document" => content::media(content, MediaKind::Document),
        "sticker" => content::media(content, MediaKind::Sticker),
        "location" => content::location(content),
        "button" => content::template_button(content),
        "reaction" => content::reaction(content),
        "order" => content::order(content),
        "edit" => content::edit(content),
        "revoke" => content::revoke(content),
        _ => None,
    }
}

/// Named after what Meta could not hand over (`poll_creation`), where it says so, else after the message's type. An
/// `interactive` without its object comes with `errors` too.
fn unsupported(message: &Value, name: String) -> Body {
    let lost = message
        .get("errors")
        .and_then(Value::as_array)
        .is_some_and(|errors| errors.iter().any(|error| code(error) == Some(UNAVAILABLE)));
    let inner = message.get("unsupported").and_then(|it| kind(it.get("type")));
    let kind = if lost { UNAVAILABLE_KIND.to_owned() } else { inner.unwrap_or(name) };
    Body::Unsupported { kind }
}

fn code(error: &Value) -> Option<i64> {
    word(error.get("code"))?.parse().ok()
}
