//! Who wrote: phone, business-scoped user id (BSUID), or both, and the name they chose. Called by `payload`; it
//! trusts no position where there are ids, since Meta's order of contacts is not that of messages.

use std::collections::BTreeMap;

use serde_json::Value;
use ventanilla_values::{Phone, canonical};

use crate::{
    Address, AddressKey, Channel, Sender,
    lenient::{phrase, word},
};

/// The two ways WhatsApp names a person; at least one is there.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Identity {
    /// Digits as WhatsApp spells them (`5215500000111`): answers go to exactly these.
    wa_id: Option<String>,
    user_id: Option<String>,
}

impl Identity {
    /// `from` may be absent since 2026.
    pub(super) fn of_message(message: &Value) -> Option<Self> {
        Self::named(message.get("from"), message.get("from_user_id"))
    }

    /// Some traffic carries a BSUID where the number should be. `None` where neither is readable.
    pub(super) fn named(number: Option<&Value>, user: Option<&Value>) -> Option<Self> {
        let (number, user) = (word(number), word(user));
        let wa_id = number.as_deref().and_then(digits);
        let user_id = [user, number].iter().flatten().find_map(|id| bsuid(id));
        (wa_id.is_some() || user_id.is_some()).then_some(Self { wa_id, user_id })
    }

    fn phone(&self) -> Option<String> {
        self.wa_id.as_deref().map(canonical)
    }

    /// Whether the message comes from this number of ours.
    pub(super) fn dials(&self, display_phone: &str) -> bool {
        let ours: String = display_phone.chars().filter(char::is_ascii_digit).collect();
        !ours.is_empty() && self.phone() == Some(canonical(&ours))
    }

    /// The key that this person is known by: the phone where there is one.
    pub(super) fn key(self) -> Option<AddressKey> {
        self.phone().map(AddressKey::Phone).or(self.user_id.map(AddressKey::User))
    }

    /// The address to answer to, every other key the message showed, and the name.
    pub(super) fn sender(self, account: &str, contacts: &Contacts, alone: bool) -> Option<Sender> {
        let found = contacts.find(&self);
        // By position only where nobody can be mistaken, and then for the name alone: keys would join two people.
        let named = found.or_else(|| contacts.only().filter(|_| alone));
        let name = named.and_then(|contact| contact.name.clone());
        let known = found.and_then(|contact| contact.who.clone());
        let (known_phone, known_user) = known.map(|who| (who.wa_id, who.user_id)).unwrap_or_default();
        let wa_id = self.wa_id.or(known_phone);
        let user_id = self.user_id.or(known_user);
        let user = user_id.clone().map(AddressKey::User);
        let (key, route, also) = match wa_id {
            Some(wa_id) => (AddressKey::Phone(canonical(&wa_id)), wa_id, user.into_iter().collect()),
            None => (user?, user_id?, Vec::new()),
        };
        let address = Address { channel: Channel::Whatsapp, account: account.to_owned(), key, route };
        Some(Sender { address, also, name })
    }
}

/// The people that a change introduces: up to a thousand, beside as many messages.
#[derive(Default)]
pub(super) struct Contacts {
    all: Vec<Contact>,
    by_user: BTreeMap<String, usize>,
    by_phone: BTreeMap<String, usize>,
}

struct Contact {
    who: Option<Identity>,
    name: Option<String>,
}

impl Contacts {
    /// Of two contacts with one key the first counts.
    pub(super) fn read(list: &[Value]) -> Self {
        let mut contacts = Self::default();
        for (at, one) in list.iter().enumerate() {
            let who = Identity::named(one.get("wa_id"), one.get("user_id"));
            if let Some(user) = who.as_ref().and_then(|who| who.user_id.clone()) {
                contacts.by_user.entry(user).or_insert(at);
            }
            if let Some(phone) = who.as_ref().and_then(Identity::phone) {
                contacts.by_phone.entry(phone).or_insert(at);
            }
            contacts.all.push(Contact { who, name: name(one) });
        }
        contacts
    }

    /// By user id, else by phone.
    fn find(&self, who: &Identity) -> Option<&Contact> {
        let user = who.user_id.as_ref().and_then(|user| self.by_user.get(user));
        let at = user.or_else(|| self.by_phone.get(&who.phone()?))?;
        self.all.get(*at)
    }

    fn only(&self) -> Option<&Contact> {
        self.all.first().filter(|_| self.all.len() == 1)
    }
}

/// `profile.name` is typed by the person: it may be empty, and is never proof of who they are.
fn name(contact: &Value) -> Option<String> {
    let name = phrase(contact.get("profile")?.get("name"))?;
    Some(name.trim().to_owned()).filter(|name| !name.is_empty())
}

/// A WhatsApp number as it is spelled, without plus sign.
fn digits(id: &str) -> Option<String> {
    Phone::from_wa_id(id).ok()?;
    Some(id.strip_prefix('+').unwrap_or(id).to_owned())
}

/// `MX.1349…`, or `MX.ENT.1349…` for linked portfolios.
pub(super) fn bsuid(id: &str) -> Option<String> {
    let (country, rest) = id.split_once('.')?;
    let rest = rest.strip_prefix("ENT.").unwrap_or(rest);
    let fits = country.len() == 2
        && country.bytes().all(|b| b.is_ascii_uppercase())
        && (1..=128).contains(&rest.len())
        && rest.bytes().all(|b| b.is_ascii_alphanumeric());
    fits.then(|| id.to_owned())
}
