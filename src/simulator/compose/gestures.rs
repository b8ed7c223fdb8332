//! What people do with messages: quote, forward, react, change, delete; and the cards they share.

use serde_json::{Value, json};

use super::Composed;
use crate::simulator::{
    Inner,
    bubble::{Card, Kind, Side, View},
    phones::Contact,
    said::Said,
};

impl Inner {
    pub(super) fn gesture(&self, contact: &Contact, said: Said) -> Option<Composed> {
        match said {
            Said::Contacts { contacts } => Some(shared(contacts)),
            Said::OwnContact { message_id } => Some(self.own_contact(contact, message_id)),
            Said::Reaction { message_id, emoji } => Some(reaction(&message_id, emoji)),
            Said::Edit { original_message_id, text } => Some(self.edit(contact, &original_message_id, text)),
            Said::Revoke { original_message_id } => Some(revoke(&original_message_id)),
            _ => None,
        }
    }

    pub(super) fn reply(&self, contact: &Contact, message_id: String, said: Said) -> Option<Composed> {
        let own = self
            .phones
            .bubble(&contact.wa_id, &message_id)
            .is_some_and(|bubble| bubble.from == Side::Citizen);
        let mut context = self.quote(&message_id);
        if own {
            // The person quotes their own words; a hidden number leaves the sender out.
            context = match contact.shown_phone() {
                Some(phone) => json!({"from": phone, "id": message_id}),
                None => json!({"id": message_id}),
            };
        }
        let mut composed = self.compose(contact, said)?.with("context", context);
        composed.view.reply_to = Some(message_id);
        Some(composed)
    }

    /// Meta: a forwarded message names no message it was forwarded from.
    pub(super) fn forwarded(&self, contact: &Contact, often: bool, said: Said) -> Option<Composed> {
        let how = if often { "frequently_forwarded" } else { "forwarded" };
        let mut composed = self.compose(contact, said)?.with("context", json!({how: true}));
        composed.view.forwarded = true;
        Some(composed)
    }

    /// The catalogue's message is not on the phone, so its id is made up.
    pub(super) fn about_product(&self, product: Value, composed: Composed) -> Composed {
        let id = self.ids.wamid(&self.account.display_phone, crate::simulator::ids::Written::ByTown);
        let mut context = self.quote(&id);
        context["referred_product"] = product;
        composed.with("context", context)
    }

    /// The answer to a request for the number: this shows it even of people who hide theirs.
    fn own_contact(&self, contact: &Contact, message_id: Option<String>) -> Composed {
        let phone = format!("+{}", contact.wa_id);
        let mut entry = json!({"phone": phone, "wa_id": contact.wa_id, "type": "CELL"});
        if let Some(user_id) = &contact.user_id {
            entry["user_id"] = json!(user_id);
        }
        let body = json!([{
            "name": {"formatted_name": contact.name, "first_name": contact.name},
            "phones": [entry],
            "origin": "contact_request",
        }]);
        let contacts = vec![Card { name: contact.name.clone(), phone: Some(phone) }];
        let view = View { contacts, reply_to: message_id.clone(), ..View::of(Kind::Contacts, None) };
        let composed = Composed::typed("contacts", body, view);
        match message_id {
            Some(id) => composed.with("context", self.quote(&id)),
            None => composed,
        }
    }

    /// Meta: the new words stand within `edit.message`, with the quote the first words had.
    fn edit(&self, contact: &Contact, original: &str, text: String) -> Composed {
        let mut message = json!({"type": "text", "text": {"body": text}});
        let quoted = self.phones.bubble(&contact.wa_id, original).and_then(|b| b.view.reply_to.clone());
        if let Some(quoted) = quoted {
            message["context"] = json!({"id": quoted});
        }
        let view = View { text: Some(text), ..View::about(Kind::Edit, original) };
        Composed::typed("edit", json!({"original_message_id": original, "message": message}), view)
    }
}

fn revoke(original: &str) -> Composed {
    Composed::typed("revoke", json!({"original_message_id": original}), View::about(Kind::Revoke, original))
}

/// Meta: a reaction without an emoji was taken away.
fn reaction(message_id: &str, emoji: Option<String>) -> Composed {
    let mut body = json!({"message_id": message_id});
    if let Some(emoji) = &emoji {
        body["emoji"] = emoji.as_str().into();
    }
    Composed::typed("reaction", body, View { emoji, ..View::about(Kind::Reaction, message_id) })
}

/// Cards of other people.
fn shared(contacts: Vec<Card>) -> Composed {
    let cards: Vec<Value> = contacts.iter().map(card).collect();
    Composed::typed("contacts", json!(cards), View { contacts, ..View::of(Kind::Contacts, None) })
}

fn card(card: &Card) -> Value {
    let mut body = json!({"name": {"formatted_name": card.name}, "origin": "other"});
    if let Some(phone) = &card.phone {
        let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
        body["phones"] = json!([{"phone": phone, "wa_id": digits, "type": "CELL"}]);
    }
    body
}
