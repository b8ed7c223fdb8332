//! Who calls whom. A caller's number is shown by the network and easily spoofed: it names an address, and proves
//! nothing.

use ventanilla_values::{Phone, canonical};

use super::VoiceConfig;
use crate::{Address, AddressKey, Body, Channel, Inbound, Sender, twilio::Form};

/// What networks send for a number that is withheld, spelled on a dial pad: ANONYMOUS, RESTRICTED, BLOCKED, UNKNOWN,
/// UNAVAILABLE. The words themselves, `sip:` and `client:` are no numbers anyway.
pub(crate) const SPELLED: [&str; 5] = ["+266696687", "+7378742833", "+2562533", "+8656696", "+86282452253"];

/// A call to one of our numbers.
pub(super) struct Call {
    sid: String,
    account: String,
    from: String,
}

impl Call {
    /// # Errors
    /// Why this is no call of ours, in words that hold nothing of it.
    pub(super) fn of(config: &VoiceConfig, form: &Form) -> Result<Self, &'static str> {
        if form.word("AccountSid").is_some_and(|sid| sid != config.twilio.account_sid) {
            return Err("the call belongs to another Twilio account");
        }
        let sid = form.word("CallSid").filter(|sid| is_sid(sid)).ok_or("the call has no usable CallSid")?;
        let account = called(config, form).ok_or("the number that was called is not one of ours")?;
        let from = form.word("From").or_else(|| form.word("Caller")).unwrap_or_default();
        Ok(Self { sid, account, from })
    }

    pub(super) fn sid(&self) -> &str {
        &self.sid
    }

    pub(super) fn account(&self) -> &str {
        &self.account
    }

    /// Twilio tells no time in these requests.
    pub(super) fn inbound(&self, id: String, body: Body) -> Inbound {
        Inbound {
            id,
            channel: Channel::Voice,
            account: self.account.clone(),
            from: self.sender(),
            sent_at: None,
            body,
            reply_to: None,
            referral: None,
            forwarded: false,
        }
    }

    fn sender(&self) -> Sender {
        let address = Address {
            channel: Channel::Voice,
            account: self.account.clone(),
            key: self.key(),
            route: self.from.clone(),
        };
        // `CallerName` is what a directory says of the line, not what anybody chose for themselves.
        Sender { address, also: Vec::new(), name: None }
    }

    /// Without a plus sign a number is somebody's own dialling plan: it would be taken for one of another country.
    fn key(&self) -> AddressKey {
        let shown = self.from.starts_with('+') && !SPELLED.contains(&self.from.as_str());
        match Phone::from_wa_id(&self.from) {
            Ok(phone) if shown => AddressKey::Phone(phone.to_string()),
            _ => AddressKey::Call(self.sid.clone()),
        }
    }
}

/// Our number, as configured.
pub(super) fn called(config: &VoiceConfig, form: &Form) -> Option<String> {
    let to = form.word("To").or_else(|| form.word("Called"))?;
    let ours = |number: &&String| canonical(number) == canonical(&to);
    config.numbers.iter().find(ours).cloned()
}

/// `CA` and 32 hexadecimal digits; only what would spoil a key or a log is refused.
fn is_sid(sid: &str) -> bool {
    (1..=64).contains(&sid.len()) && sid.bytes().all(|b| b.is_ascii_alphanumeric())
}
