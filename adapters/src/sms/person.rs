//! Whose number is whose. Called by every provider's reading; it must not take for a person who cannot be answered.

use ventanilla_values::{Phone, canonical};

use crate::{Address, AddressKey, Channel, Sender};

/// Who wrote, where they can be answered: not a name (`BANCO`), a short code, or an address of another channel.
///
/// Networks spell numbers with `+`, with `00` or bare; without a country code they cannot be told from others abroad,
/// so the gateway has to put it there (Kannel: `unified-prefix`).
pub(super) fn sender(from: &str, account: &str) -> Option<Sender> {
    let route = from.strip_prefix("00").map_or_else(|| from.to_owned(), |rest| format!("+{rest}"));
    let phone = Phone::from_wa_id(&route).ok()?;
    let key = AddressKey::Phone(phone.as_str().to_owned());
    let address = Address { channel: Channel::Sms, account: account.to_owned(), key, route };
    Some(Sender { address, also: Vec::new(), name: None })
}

/// Whether two spellings are the same number: plus sign, `00` and Mexico's old `1` make no difference.
pub(super) fn same(one: &str, other: &str) -> bool {
    fn plain(number: &str) -> String {
        let number = number.trim();
        canonical(number.strip_prefix("00").unwrap_or(number))
    }
    !other.trim().is_empty() && plain(one) == plain(other)
}

/// E.164 with its plus sign, from the spelling we keep; `None` where it is no number.
pub(super) fn dialled(route: &str) -> Option<String> {
    let digits = route.strip_prefix('+').unwrap_or(route);
    let fits = (8..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| format!("+{digits}"))
}
