//! Contact cards -> [`Body::Contact`]. Called by `message`; it must be sure before it says that a number is the
//! sender's own, since that joins two records into one person.

use serde_json::Value;
use ventanilla_values::Phone;

use crate::{
    AddressKey, Body, Sender,
    lenient::{kind, phrase, word},
    text::cut,
    whatsapp::person::bsuid,
};

/// Meta: up to 257 cards in a message. Nobody reads on after these.
const MOST_CARDS: usize = 20;
const MOST_PHONES: usize = 20;
const LONGEST_NAME: usize = 200;

/// What is read of one card.
struct Card {
    name: Option<String>,
    lines: Vec<Line>,
    /// Meta's `origin`: they pressed the button with which we asked for their number.
    asked_for: bool,
}

struct Line {
    /// E.164.
    phone: String,
    /// WhatsApp knows it.
    certain: bool,
    user_id: Option<String>,
}

/// `None` for cards without a name and without a number.
pub(super) fn body(cards: &Value, from: Option<&Sender>) -> Option<Body> {
    let cards: Vec<Card> = cards.as_array()?.iter().take(MOST_CARDS).map(Card::read).collect();
    let own = match cards.as_slice() {
        [card] => from.and_then(|from| card.own_phone(from)),
        _ => None,
    };
    let name = cards.iter().find_map(|card| card.name.clone());
    let phones = match &own {
        Some(phone) => vec![phone.clone()],
        None => distinct(cards.iter().flat_map(|card| &card.lines)),
    };
    (name.is_some() || !phones.is_empty()).then_some(Body::Contact { own: own.is_some(), name, phones })
}

impl Card {
    fn read(card: &Value) -> Self {
        let phones = card.get("phones").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        Self {
            name: card.get("name").and_then(name),
            lines: phones.iter().take(MOST_PHONES).filter_map(line).collect(),
            asked_for: kind(card.get("origin")).as_deref() == Some("contact_request"),
        }
    }

    /// The sender's own number: the only one of a card that we asked for, and nothing about it says that it is
    /// another person's.
    fn own_phone(&self, from: &Sender) -> Option<String> {
        let certain = self.lines.iter().any(|line| line.certain);
        let lines: Vec<&Line> = self.lines.iter().filter(|line| line.certain || !certain).collect();
        let phones = distinct(lines.iter().copied());
        let [phone] = phones.as_slice() else { return None };
        let keys = || std::iter::once(&from.address.key).chain(&from.also);
        let fits = |key: &AddressKey| match key {
            AddressKey::Phone(known) => known == phone,
            AddressKey::User(known) => {
                lines.iter().all(|it| it.user_id.as_ref().is_none_or(|id| id == known))
            }
            AddressKey::Token(_) | AddressKey::Call(_) => false,
        };
        (self.asked_for && keys().all(fits)).then(|| phone.clone())
    }
}

fn name(name: &Value) -> Option<String> {
    let whole = phrase(name.get("formatted_name")).filter(|whole| !whole.trim().is_empty());
    let parts = || {
        let parts: Vec<String> =
            ["first_name", "last_name"].into_iter().filter_map(|key| word(name.get(key))).collect();
        parts.join(" ")
    };
    let name = whole.unwrap_or_else(parts);
    (!name.trim().is_empty()).then(|| cut(name.trim(), LONGEST_NAME))
}

/// `wa_id` is exact. What is typed into an address book is read as well as it can be.
fn line(entry: &Value) -> Option<Line> {
    let known = word(entry.get("wa_id")).and_then(|id| Phone::from_wa_id(&id).ok());
    let certain = known.is_some();
    let phone = known.or_else(|| typed(&word(entry.get("phone"))?))?;
    let user_id = word(entry.get("user_id")).and_then(|id| bsuid(&id));
    Some(Line { phone: phone.to_string(), certain, user_id })
}

/// `+52 1 55 0000 0333`; ten digits without a country are Mexican.
fn typed(text: &str) -> Option<Phone> {
    match text.strip_prefix('+') {
        Some(rest) => {
            let digits: String = rest.chars().filter(char::is_ascii_digit).collect();
            Phone::from_wa_id(&digits).ok()
        }
        None => Phone::parse(text, true).ok(),
    }
}

fn distinct<'l>(lines: impl Iterator<Item = &'l Line>) -> Vec<String> {
    let mut phones: Vec<String> = Vec::new();
    for line in lines {
        if phones.len() < MOST_PHONES && !phones.contains(&line.phone) {
            phones.push(line.phone.clone());
        }
    }
    phones
}
