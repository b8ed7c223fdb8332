//! Answers to buttons, lists and forms.

use serde_json::{Map, Value, json};

use super::Composed;
use crate::simulator::{
    Inner,
    bubble::{Chosen, Kind, View},
    codes,
    phones::Contact,
    said::Said,
};

impl Inner {
    pub(super) fn choice(&self, contact: &Contact, said: Said) -> Option<Composed> {
        match said {
            Said::Button { id, title, message_id } if self.is_template(contact, &message_id) => {
                Some(self.template_button(title, id, Some(message_id)))
            }
            Said::Button { id, title, message_id } => {
                let reply = json!({"type": "button_reply", "button_reply": {"id": id, "title": title}});
                Some(self.chose(reply, Chosen { id, title, description: None, message_id }))
            }
            Said::Row { id, title, description, message_id } => {
                let mut row = json!({"id": id, "title": title});
                if let Some(description) = &description {
                    row["description"] = description.as_str().into();
                }
                let reply = json!({"type": "list_reply", "list_reply": row});
                Some(self.chose(reply, Chosen { id, title, description, message_id }))
            }
            Said::TemplateButton { text, payload, message_id } => {
                Some(self.template_button(text, payload, message_id))
            }
            Said::NfmReply { response_json, name, message_id } => {
                Some(self.form(&response_json, &name, message_id))
            }
            Said::BrokenInteractive => Some(broken()),
            _ => None,
        }
    }

    fn is_template(&self, contact: &Contact, message_id: &str) -> bool {
        self.phones
            .bubble(&contact.wa_id, message_id)
            .is_some_and(|bubble| bubble.view.kind == Kind::Template)
    }

    fn chose(&self, reply: Value, chosen: Chosen) -> Composed {
        let context = self.quote(&chosen.message_id);
        let view = View { chosen: Some(chosen.clone()), ..View::text(chosen.title) };
        Composed::typed("interactive", reply, view).with("context", context)
    }

    /// Quick replies of templates come as another type than buttons, with a payload for an id.
    fn template_button(&self, text: String, payload: String, message_id: Option<String>) -> Composed {
        let body = json!({"payload": payload, "text": text});
        let chosen = message_id.clone().map(|message_id| Chosen {
            id: payload,
            title: text.clone(),
            description: None,
            message_id,
        });
        let composed = Composed::typed("button", body, View { chosen, ..View::text(text) });
        match message_id {
            Some(id) => composed.with("context", self.quote(&id)),
            None => composed,
        }
    }

    fn form(&self, response_json: &str, name: &str, message_id: Option<String>) -> Composed {
        let reply = json!({"name": name, "body": "Sent", "response_json": response_json});
        let view = View { reply_to: message_id.clone(), ..View::of(Kind::Form, None) };
        let composed = Composed::typed("interactive", json!({"type": "nfm_reply", "nfm_reply": reply}), view);
        match message_id {
            Some(id) => composed.with("context", self.quote(&id)),
            None => composed,
        }
    }
}

/// Seen from Meta: an interactive message without its object, but with errors.
fn broken() -> Composed {
    let error = codes::find(131_000).unwrap_or(&codes::UNKNOWN).told();
    let message =
        Map::from_iter([("type".to_owned(), "interactive".into()), ("errors".to_owned(), json!([error]))]);
    Composed { message, view: View::of(Kind::Unsupported, Some("interactive".to_owned())) }
}
