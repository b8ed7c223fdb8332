//! What a message says, in Meta's shapes: its `type` and the object under that name. Called by `send`; limits are
//! those of Meta's page "Messages".

use serde_json::{Value, json};

use super::{
    attachment, choices,
    limits::{filled, impossible, labelled, ours, web_address, within},
    template,
};
use crate::{Capabilities, Fault, Link, Message, SendError, whatsapp::markup};

/// An emoji of a family with skin tones has 25 UTF-16 units; more is no emoji.
const MAX_EMOJI: usize = 32;

pub(super) type Content = (&'static str, Value);

pub(super) fn write(message: &Message, can: &Capabilities) -> Result<Content, SendError> {
    match message {
        Message::Text { text: said } => text(said, can),
        Message::Buttons { text, buttons } => {
            interactive("button", text, choices::buttons(buttons, can)?, can)
        }
        Message::List { text, open, rows, .. } => {
            interactive("list", text, choices::list(open, rows, can)?, can)
        }
        Message::LocationRequest { text } => {
            interactive("location_request_message", text, json!({"name": "send_location"}), can)
        }
        Message::ContactRequest { text } => {
            interactive("request_contact_info", text, json!({"name": "request_contact_info"}), can)
        }
        Message::Link { text, link } => interactive("cta_url", text, page(link, can)?, can),
        Message::Media { text, attachment } => attachment::write(text, attachment, can),
        Message::Template { template, .. } => Ok(("template", template::write(template)?)),
        Message::Reaction { target, emoji } => reaction(target, emoji.as_deref().unwrap_or_default()),
        Message::Spoken(_) => {
            let sentence = "Esto se dice por teléfono y no se puede mandar por WhatsApp.";
            Err(impossible(Fault::Message, sentence.to_owned()))
        }
    }
}

/// Meta: 4,096 characters. The card of a link is asked for only where there is one: Meta fetches the page for it.
fn text(said: &str, can: &Capabilities) -> Result<Content, SendError> {
    let body = said_as(said, can.text)?;
    let preview =
        body.split_whitespace().any(|word| word.contains("https://") && !word.ends_with("https://"));
    Ok(("text", json!({"preview_url": preview, "body": body})))
}

/// Meta: the body of an interactive message has 1,024 characters.
fn interactive(kind: &str, said: &str, action: Value, can: &Capabilities) -> Result<Content, SendError> {
    let body = said_as(said, can.interactive_body)?;
    Ok(("interactive", json!({"type": kind, "body": {"text": body}, "action": action})))
}

fn said_as(said: &str, limit: usize) -> Result<String, SendError> {
    let body = markup::whatsapp(said);
    within("El texto", &body, limit)?;
    filled("El mensaje", &body)?;
    Ok(body)
}

/// Meta: one button, 20 characters.
fn page(link: &Link, can: &Capabilities) -> Result<Value, SendError> {
    labelled("El botón", &link.label, can.link_label)?;
    web_address(&link.url)?;
    Ok(json!({"name": "cta_url", "parameters": {"display_text": link.label, "url": link.url}}))
}

/// An empty emoji takes the reaction back.
fn reaction(target: &str, emoji: &str) -> Result<Content, SendError> {
    if target.trim().is_empty() {
        return Err(ours("La reacción no dice a qué mensaje va: no se envió.".to_owned()));
    }
    within("El emoji", emoji, MAX_EMOJI)?;
    Ok(("reaction", json!({"message_id": target, "emoji": emoji})))
}
