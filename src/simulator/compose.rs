//! Makes the WhatsApp message of what a person does, and the bubble their phone shows. Pure but for the files it puts
//! on the shelf; sender, id and time are for `people`.

mod choices;
mod files;
mod gestures;

use serde_json::{Map, Value, json};

use super::{
    Inner,
    bubble::{Kind, View},
    codes::{self, Code},
    phones::Contact,
    said::{OrderItem, Said},
};

/// A message without its sender, and what the phone shows of it.
pub(super) struct Composed {
    pub(super) message: Map<String, Value>,
    pub(super) view: View,
}

impl Composed {
    /// `{"type": kind, kind: body}`
    fn typed(kind: &str, body: Value, view: View) -> Self {
        let message = Map::from_iter([("type".to_owned(), kind.into()), (kind.to_owned(), body)]);
        Self { message, view }
    }

    /// One more key of the message.
    fn with(mut self, key: &str, value: Value) -> Self {
        self.message.insert(key.to_owned(), value);
        self
    }
}

impl Inner {
    /// `None`: this is no message. `Said::check` has been asked before.
    pub(super) fn compose(&self, contact: &Contact, said: Said) -> Option<Composed> {
        let composed = match said {
            Said::Text { text } => Composed::typed("text", json!({"body": text}), View::text(text)),
            Said::Button { .. }
            | Said::Row { .. }
            | Said::TemplateButton { .. }
            | Said::NfmReply { .. }
            | Said::BrokenInteractive => self.choice(contact, said)?,
            Said::Image(_)
            | Said::Video(_)
            | Said::Audio(_)
            | Said::Voice(_)
            | Said::Document(_)
            | Said::Sticker(_) => self.file(said)?,
            Said::Reply { message_id, said } => self.reply(contact, message_id, *said)?,
            Said::Forwarded { often, said } => self.forwarded(contact, often, *said)?,
            Said::Referred { referral, said } => {
                self.compose(contact, *said)?.with("referral", referral.into())
            }
            Said::AboutProduct { catalog_id, product_retailer_id, said } => {
                let product = json!({"catalog_id": catalog_id, "product_retailer_id": product_retailer_id});
                self.about_product(product, self.compose(contact, *said)?)
            }
            Said::Contacts { .. }
            | Said::OwnContact { .. }
            | Said::Reaction { .. }
            | Said::Edit { .. }
            | Said::Revoke { .. } => self.gesture(contact, said)?,
            Said::Location(location) => {
                let view = View { kind: Kind::Location, location: Some(location.clone()), ..View::default() };
                Composed::typed("location", json!(location), view)
            }
            Said::Order { catalog_id, text, items } => order(&catalog_id, text, &items),
            Said::Unsupported { kind } => unsupported(kind),
            Said::Unreadable { code } => unreadable(codes::find(code)?),
            Said::Unknown { kind, body } => {
                let view = View::of(Kind::Unsupported, Some(kind.clone()));
                Composed::typed(&kind, body, view)
            }
            Said::Raw { message } => Composed { view: raw_view(&message), message },
            Said::Echo { .. }
            | Said::Preferences { .. }
            | Said::ChangeNumber { .. }
            | Said::ChangeUserId { .. } => return None,
        };
        Some(composed)
    }

    /// What a message of the town's is referred to by.
    fn quote(&self, message_id: &str) -> Value {
        json!({"from": self.account.display_phone, "id": message_id})
    }
}

fn order(catalog_id: &str, text: Option<String>, items: &[OrderItem]) -> Composed {
    let mut order = json!({"catalog_id": catalog_id, "product_items": items});
    if let Some(text) = &text {
        order["text"] = text.as_str().into();
    }
    Composed::typed("order", order, View::of(Kind::Order, text))
}

fn unsupported(kind: String) -> Composed {
    let error = json!({
        "code": 131_051,
        "title": "Message type unknown",
        "message": "Message type unknown",
        "error_data": {"details": "Message type is currently not supported."},
    });
    let view = View::of(Kind::Unsupported, Some(kind.clone()));
    Composed::typed("unsupported", json!({"type": kind}), view).with("errors", json!([error]))
}

/// Without a body, as Meta's sample of 131060 is.
fn unreadable(code: &Code) -> Composed {
    let message = Map::from_iter([
        ("type".to_owned(), "unsupported".into()),
        ("errors".to_owned(), json!([code.told()])),
    ]);
    Composed { message, view: View::of(Kind::Unsupported, Some(code.title.to_owned())) }
}

/// As much of a raw message as a bubble can show.
fn raw_view(message: &Map<String, Value>) -> View {
    let kind = message.get("type").and_then(Value::as_str).unwrap_or("unknown");
    let body = message.get(kind).unwrap_or(&Value::Null);
    let text = |value: &Value| value.as_str().map(str::to_owned);
    match kind {
        "text" => View { text: text(&body["body"]), ..View::default() },
        "image" => View::of(Kind::Image, text(&body["caption"])),
        "button" => View { text: text(&body["text"]), ..View::default() },
        "location" => View {
            kind: Kind::Location,
            location: serde_json::from_value(body.clone()).ok(),
            ..View::default()
        },
        "interactive" => {
            let title = text(&body["button_reply"]["title"]).or_else(|| text(&body["list_reply"]["title"]));
            View { text: title, ..View::default() }
        }
        other => View::of(Kind::Unsupported, Some(other.to_owned())),
    }
}
