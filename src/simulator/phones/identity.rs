//! Who a phone belongs to, and how that changes: profile, number, user id, wishes.

use std::sync::Arc;

use super::{Contact, Phones, ids};

impl Phones {
    /// Changes what is known of a person, and finds them under their new user id from then on.
    pub(super) fn change(&self, wa_id: &str, change: impl FnOnce(&mut Contact)) -> Arc<Contact> {
        let mut book = self.book();
        let mut contact = Contact::clone(&book.phone(wa_id, &self.waba_id).contact);
        if let Some(old) = &contact.user_id {
            book.by_user_id.remove(old);
        }
        change(&mut contact);
        if let Some(new) = &contact.user_id {
            book.by_user_id.insert(Arc::clone(new), Arc::clone(&contact.wa_id));
        }
        let contact = Arc::new(contact);
        book.phone(wa_id, &self.waba_id).contact = Arc::clone(&contact);
        contact
    }

    pub(in crate::simulator) fn stop_marketing(&self, wa_id: &str, stopped: bool) -> Arc<Contact> {
        self.change(wa_id, |contact| contact.marketing_stopped = stopped)
    }

    /// A new user id, made up if none is given: the person before, and after.
    pub(in crate::simulator) fn change_user_id(
        &self,
        wa_id: &str,
        user_id: Option<&str>,
    ) -> (Arc<Contact>, Arc<Contact>) {
        let before = self.contact(wa_id);
        let old = before.user_id.as_deref().unwrap_or_default();
        let made_up = || ids::user_id(&self.waba_id, &format!("{wa_id} after {old}"));
        let new: Arc<str> = user_id.map_or_else(made_up, str::to_owned).into();
        (Arc::clone(&before), self.change(wa_id, |contact| contact.user_id = Some(new)))
    }

    /// The person moves to another number, where their user id is another one too (Meta makes it anew). Whoever writes
    /// from the old number later is somebody else. Returns the person at the old and at the new number.
    pub(in crate::simulator) fn change_number(
        &self,
        wa_id: &str,
        new_wa_id: &str,
    ) -> (Arc<Contact>, Arc<Contact>) {
        let old = self.contact(wa_id);
        let new = self.change(new_wa_id, |contact| {
            contact.name.clone_from(&old.name);
            contact.username.clone_from(&old.username);
            contact.hide_phone = old.hide_phone;
            contact.marketing_stopped = old.marketing_stopped;
        });
        let next_owner = ids::user_id(&self.waba_id, &format!("{wa_id} after {new_wa_id}"));
        self.change(wa_id, |contact| {
            *contact = Contact { user_id: Some(next_owner.into()), ..Contact::unknown(&contact.wa_id) };
        });
        self.with(new_wa_id, |phone| phone.gone = false);
        self.with(wa_id, |phone| (phone.gone, phone.last_inbound) = (true, None));
        (old, new)
    }
}
