//! The body of a message, kind by kind. Called by `message` with the object under the key that the type names; each
//! gives `None` for what it cannot read.

use serde_json::Value;

use crate::{
    Body, Media, MediaKind,
    lenient::{coordinates, kind, phrase, word},
    text::cut,
};

/// UTF-16 units kept of a form's answers: no form of a town hall is longer, and nobody fills the database with one.
const LONGEST_FORM: usize = 16_384;

pub(super) fn text(content: &Value) -> Option<Body> {
    Some(Body::Text { text: phrase(content.get("body"))? })
}

/// The id lives seven days; the ready address some payloads carry, five minutes: it is only the second choice. The
/// name of a document is a label that the person chose, and nothing here needs it.
pub(super) fn media(content: &Value, kind: MediaKind) -> Option<Body> {
    let source = word(content.get("id")).or_else(|| word(content.get("url")))?;
    let mime =
        word(content.get("mime_type")).map_or_else(|| "application/octet-stream".to_owned(), bare_mime);
    Some(Body::Media(Media { kind, source, mime, caption: caption(content), voice: false }))
}

fn caption(content: &Value) -> Option<String> {
    phrase(content.get("caption")).filter(|caption| !caption.trim().is_empty())
}

/// `note`: it can only be a voice note. Meta: a missing `voice` is false.
pub(super) fn audio(content: &Value, note: bool) -> Option<Body> {
    let said = content.get("voice").and_then(Value::as_bool) == Some(true);
    match media(content, MediaKind::Audio)? {
        Body::Media(sound) => Some(Body::Media(Media { voice: note || said, ..sound })),
        other => Some(other),
    }
}

/// `audio/ogg; codecs=opus` -> `audio/ogg`.
pub(in crate::whatsapp) fn bare_mime(mime: String) -> String {
    mime.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

pub(super) fn location(content: &Value) -> Option<Body> {
    let (lat, lon) = coordinates(content.get("latitude"), content.get("longitude"))?;
    let (name, address) = (word(content.get("name")), word(content.get("address")));
    Some(Body::Location { lat, lon, name, address })
}

/// The quick-reply button of a template: `payload` is what the template was sent with. Without one, the person has
/// still said what the button reads.
pub(super) fn template_button(content: &Value) -> Option<Body> {
    let title = phrase(content.get("text"));
    match word(content.get("payload")) {
        Some(payload) => Some(Body::Choice { payload, title: title.unwrap_or_default() }),
        None => Some(Body::Text { text: title? }),
    }
}

/// No emoji, or an empty one: the reaction was taken back.
pub(super) fn reaction(content: &Value) -> Option<Body> {
    Some(Body::Reaction { target: word(content.get("message_id"))?, emoji: word(content.get("emoji")) })
}

/// Goods and prices are left alone: a town hall has no catalogue.
pub(super) fn order(content: &Value) -> Option<Body> {
    let text = phrase(content.as_object()?.get("text"));
    Some(Body::Order { text: text.filter(|text| !text.trim().is_empty()) })
}

/// Meta: only from numbers that are used in the phone's app too, within 15 minutes.
pub(super) fn edit(content: &Value) -> Option<Body> {
    let target = word(content.get("original_message_id"))?;
    let text = content.get("message").and_then(new_words);
    Some(Body::Edited { target, text })
}

/// The text of the new message, or the words beside its picture.
fn new_words(message: &Value) -> Option<String> {
    let content = message.get(kind(message.get("type"))?)?;
    phrase(content.get("body")).or_else(|| caption(content))
}

pub(super) fn revoke(content: &Value) -> Option<Body> {
    Some(Body::Revoked { target: word(content.get("original_message_id"))? })
}

/// The answer to something of ours that could be pressed or filled in.
pub(super) fn interactive(content: &Value) -> Body {
    let name = kind(content.get("type")).unwrap_or_else(|| "interactive".to_owned());
    let answer = content.get(&name);
    match name.as_str() {
        "button_reply" | "list_reply" => answer.and_then(reply),
        "nfm_reply" => answer.and_then(form),
        _ => None,
    }
    .unwrap_or(Body::Unsupported { kind: name })
}

fn reply(content: &Value) -> Option<Body> {
    let title = phrase(content.get("title")).unwrap_or_default();
    Some(Body::Choice { payload: word(content.get("id"))?, title })
}

/// Meta: `response_json` is a document inside a string, and what is in it is whatever the form says: it may be no
/// JSON at all. So it stays a string.
fn form(content: &Value) -> Option<Body> {
    let answers = match content.get("response_json")? {
        Value::Null => return None,
        Value::String(_) => phrase(content.get("response_json"))?,
        other => crate::text::storable(&other.to_string()),
    };
    (!answers.trim().is_empty()).then(|| Body::Form { answers: cut(&answers, LONGEST_FORM) })
}
