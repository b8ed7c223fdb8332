//! Who wrote: phone, business-scoped user id (BSUID), or both, and the name they chose. Called by `payload`; it
//! trusts no position where there are ids, since Meta's order of contacts is not that of messages.

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
    /// `from` may be absent since 2026, and some traffic carries a BSUID in it.
    pub(super) fn of_message(message: &Value) -> Option<Self> {
        let from = word(message.get("from"));
        let user = word(message.get("from_user_id"));
        let wa_id = from.as_deref().and_then(digits);
        let user_id = [user, from].iter().flatten().find_map(|id| bsuid(id));
        if wa_id.is_none() && user_id.is_none() {
            return Self::of_notice(message.get("system")?);
        }
        Some(Self { wa_id, user_id })
    }

    /// A changed user id comes without any sender but the ones in the notice itself; the old one is whom we know.
    fn of_notice(system: &Value) -> Option<Self> {
        let user_id = ["previous_user_id", "user_id"]
            .into_iter()
            .find_map(|key| word(system.get(key)).as_deref().and_then(bsuid))?;
        Some(Self { wa_id: None, user_id: Some(user_id) })
    }

    fn of_contact(contact: &Value) -> Self {
        Self {
            wa_id: word(contact.get("wa_id")).as_deref().and_then(digits),
            user_id: word(contact.get("user_id")).as_deref().and_then(bsuid),
        }
    }

    /// The contact of this person: by user id, else by phone.
    fn among<'c>(&self, contacts: &'c [Value]) -> Option<&'c Value> {
        let same_user = |who: &Self| self.user_id.is_some() && self.user_id == who.user_id;
        let same_phone = |who: &Self| self.phone().is_some() && self.phone() == who.phone();
        let first = |is: &dyn Fn(&Self) -> bool| contacts.iter().find(|one| is(&Self::of_contact(one)));
        first(&same_user).or_else(|| first(&same_phone))
    }

    fn phone(&self) -> Option<String> {
        self.wa_id.as_deref().map(canonical)
    }

    /// Whether the message comes from this number of ours.
    pub(super) fn dials(&self, display_phone: &str) -> bool {
        let ours: String = display_phone.chars().filter(char::is_ascii_digit).collect();
        !ours.is_empty() && self.phone() == Some(canonical(&ours))
    }

    /// The address to answer to, every other key the message showed, and the name.
    pub(super) fn sender(self, account: &str, contacts: &[Value], alone: bool) -> Option<Sender> {
        let found = self.among(contacts);
        // By position only where nobody can be mistaken, and then for the name alone: keys would join two people.
        let named = found.or(contacts.first().filter(|_| alone && contacts.len() == 1));
        let name = named.and_then(name);
        let known = found.map(Self::of_contact);
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
