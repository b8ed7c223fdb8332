//! What a simulated person does on the phone, and the WhatsApp message Meta makes of it. Called by the page's API and
//! by load runs.

use std::{fmt, sync::Arc};

use bytes::Bytes;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{
    Inner,
    bubble::{Chosen, Kind, Location, Side, View},
    envelope::Inbound,
    graph::HIDDEN,
    ids::Written,
    media,
    phones::Contact,
};

/// One thing a person sends.
#[derive(Clone, PartialEq, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Said {
    Text {
        text: String,
    },
    Button {
        id: String,
        title: String,
        message_id: String,
    },
    Row {
        id: String,
        title: String,
        #[serde(default)]
        description: Option<String>,
        message_id: String,
    },
    Location(Location),
    /// A kind of message that Meta does not pass on, such as `poll_creation`.
    Unsupported {
        kind: String,
    },
    /// A whole message object; id, sender and time are filled in where missing.
    Raw {
        message: Map<String, Value>,
    },
}

impl fmt::Debug for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text { .. } => "Text(…)",
            Self::Button { .. } => "Button(…)",
            Self::Row { .. } => "Row(…)",
            Self::Location(_) => "Location(…)",
            Self::Unsupported { .. } => "Unsupported(…)",
            Self::Raw { .. } => "Raw(…)",
        })
    }
}

impl Inner {
    /// The person writes; returns the wamid. `wa_id` has been checked.
    pub(super) fn say(&self, wa_id: &str, said: Said) -> Arc<str> {
        let (mut message, view) = match said {
            Said::Text { text } => (typed("text", json!({"body": text})), View::text(text)),
            Said::Button { id, title, message_id } => {
                let reply = json!({"type": "button_reply", "button_reply": {"id": id, "title": title}});
                self.chose(reply, Chosen { id, title, description: None, message_id })
            }
            Said::Row { id, title, description, message_id } => {
                let mut row = json!({"id": id, "title": title});
                if let Some(description) = &description {
                    row["description"] = description.as_str().into();
                }
                let reply = json!({"type": "list_reply", "list_reply": row});
                self.chose(reply, Chosen { id, title, description, message_id })
            }
            Said::Location(location) => {
                let view = View { kind: Kind::Location, location: Some(location.clone()), ..View::default() };
                (typed("location", json!(location)), view)
            }
            Said::Unsupported { kind } => unsupported(kind),
            Said::Raw { message } => {
                let view = raw_view(&message);
                (message, view)
            }
        };
        self.post_in(wa_id, &mut message, view)
    }

    /// The person sends a picture.
    pub(super) fn say_photo(
        &self,
        wa_id: &str,
        mime: &str,
        bytes: Bytes,
        caption: Option<String>,
    ) -> Arc<str> {
        let item = self.shelve(mime, bytes, media::INBOUND_LIFE_MS);
        let mut message = typed("image", self.inbound_media(&item, caption.as_deref()));
        let media_url = Some(format!("/simulator/media/{}", item.id));
        self.post_in(wa_id, &mut message, View { media_url, ..View::of(Kind::Image, caption) })
    }

    fn chose(&self, reply: Value, chosen: Chosen) -> (Map<String, Value>, View) {
        let mut message = typed("interactive", reply);
        message
            .insert("context".into(), json!({"from": self.account.display_phone, "id": chosen.message_id}));
        let view = View { chosen: Some(chosen.clone()), ..View::text(chosen.title) };
        (message, view)
    }

    /// Fills in who, when and which, shows the bubble, opens the window, tells the town.
    fn post_in(&self, wa_id: &str, message: &mut Map<String, Value>, view: View) -> Arc<str> {
        let (contact, now) = (self.phones.contact(wa_id), (self.clock)());
        let message = self.addressed(&contact, now, std::mem::take(message));
        let id: Arc<str> = message["id"].as_str().unwrap_or_default().into();
        // Meta tells of a changed number by a "system" message, which is not the person writing.
        if message["type"] != "system" {
            let at = seconds(&message["timestamp"]).map_or(now, |seconds| seconds.saturating_mul(1000));
            self.phones.with(wa_id, |phone| phone.heard(at));
        }
        self.phones.add(&contact.wa_id, Side::Citizen, &id, now, view);
        self.tell_message(Inbound { id: Arc::clone(&id), contact, message });
        id
    }

    fn addressed(&self, contact: &Contact, now: i64, given: Map<String, Value>) -> Value {
        let phone = contact.shown_phone();
        let mut message = Map::new();
        if let Some(phone) = phone {
            message.insert("from".into(), phone.into());
        }
        if let Some(user_id) = &contact.user_id {
            message.insert("from_user_id".into(), json!(user_id));
        }
        if !given.get("id").is_some_and(Value::is_string) {
            message.insert("id".into(), self.ids.wamid(phone.unwrap_or(HIDDEN), Written::ByCitizen).into());
        }
        message.insert("timestamp".into(), (now / 1000).to_string().into());
        // What was given wins.
        message.extend(given);
        Value::Object(message)
    }
}

/// Meta writes times as strings of seconds; raw messages may hold numbers.
fn seconds(timestamp: &Value) -> Option<i64> {
    timestamp.as_i64().or_else(|| timestamp.as_str()?.parse().ok())
}

/// `{"type": kind, kind: body}`
fn typed(kind: &str, body: Value) -> Map<String, Value> {
    Map::from_iter([("type".to_owned(), kind.into()), (kind.to_owned(), body)])
}

fn unsupported(kind: String) -> (Map<String, Value>, View) {
    let mut message = typed("unsupported", json!({"type": kind}));
    let error = json!({
        "code": 131_051,
        "title": "Message type unknown",
        "message": "Message type unknown",
        "error_data": {"details": "Message type is currently not supported."},
    });
    message.insert("errors".into(), json!([error]));
    (message, View::of(Kind::Unsupported, Some(kind)))
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
