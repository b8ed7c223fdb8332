//! The simulated people: their profiles, what their phones show, when they last wrote. One lock, short sections, never
//! held across an await. The page reads it, the Graph side and the webhooks write it.

mod contact;
mod identity;

use std::{
    collections::{HashMap, VecDeque},
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::broadcast;

use super::{
    bubble::{Bubble, Side, Tick, View},
    ids,
    limits::Pace,
};

pub use contact::{Contact, Profile};

/// Events a slow listener may lag behind before it has to read the history again.
const TAP: usize = 4096;

/// Meta: the typing sign goes away after 25 s.
const TYPING_MS: i64 = 25_000;

/// Something new on a phone.
#[derive(Clone)]
pub struct PhoneEvent {
    pub wa_id: Arc<str>,
    pub news: News,
}

impl fmt::Debug for PhoneEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PhoneEvent").field("news", &self.news).finish_non_exhaustive()
    }
}

#[derive(Debug, Clone)]
pub enum News {
    Bubble(Bubble),
    Status {
        id: Arc<str>,
        status: Tick,
    },
    /// The town shows that it is writing: until its next message, and no longer than this (Unix milliseconds).
    Typing {
        until: i64,
    },
}

/// Whom a send names: `to` (digits) or `recipient`.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Destination {
    Phone(String),
    User(String),
}

pub(super) struct Phone {
    contact: Arc<Contact>,
    bubbles: VecDeque<Bubble>,
    seq: u64,
    pub(super) last_inbound: Option<i64>,
    pub(super) pace: Pace,
    /// The person moved to another number; nobody is reached here until somebody writes from it again.
    gone: bool,
}

#[derive(Default)]
struct Book {
    phones: HashMap<Arc<str>, Phone>,
    by_user_id: HashMap<Arc<str>, Arc<str>>,
    by_message: HashMap<Arc<str>, Arc<str>>,
}

pub(super) struct Phones {
    book: Mutex<Book>,
    tap: broadcast::Sender<PhoneEvent>,
    keep: usize,
    waba_id: String,
}

impl Phones {
    pub(super) fn new(waba_id: &str, keep: usize) -> Self {
        let book = Mutex::default();
        Self { book, tap: broadcast::Sender::new(TAP), keep: keep.max(1), waba_id: waba_id.into() }
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn tap(&self) -> broadcast::Receiver<PhoneEvent> {
        self.tap.subscribe()
    }

    /// Who has this phone; a phone nobody used before is switched on.
    pub(super) fn contact(&self, wa_id: &str) -> Arc<Contact> {
        let mut book = self.book();
        let phone = book.phone(wa_id, &self.waba_id);
        phone.gone = false;
        Arc::clone(&phone.contact)
    }

    pub(super) fn set_profile(&self, wa_id: &str, profile: Profile) -> Arc<Contact> {
        self.change(wa_id, |contact| {
            contact.name = profile.name.unwrap_or(std::mem::take(&mut contact.name));
            contact.username = profile.username.or(contact.username.take());
            contact.hide_phone = profile.hide_phone.unwrap_or(contact.hide_phone);
            contact.user_id = match profile.user_id.as_deref() {
                None => contact.user_id.take(),
                Some("") => None,
                Some(id) => Some(id.into()),
            };
        })
    }

    /// The person a send is for. `create` switches an unknown phone on (load runs).
    pub(super) fn find(&self, destination: &Destination, create: bool) -> Option<Arc<Contact>> {
        let mut book = self.book();
        let wa_id = match destination {
            Destination::User(id) => book.by_user_id.get(id.as_str()).cloned(),
            Destination::Phone(digits) => book.spelled(digits),
        };
        match (wa_id, destination) {
            (Some(wa_id), _) => {
                let phone = book.phone(&wa_id, &self.waba_id);
                (!phone.gone).then(|| Arc::clone(&phone.contact))
            }
            (None, Destination::Phone(digits)) if create => {
                Some(Arc::clone(&book.phone(digits, &self.waba_id).contact))
            }
            (None, _) => None,
        }
    }

    /// Looks at or changes one phone under the lock.
    pub(super) fn with<T>(&self, wa_id: &str, change: impl FnOnce(&mut Phone) -> T) -> T {
        change(self.book().phone(wa_id, &self.waba_id))
    }

    pub(super) fn add(&self, wa_id: &Arc<str>, from: Side, id: &Arc<str>, at: i64, view: View) {
        let mut book = self.book();
        let phone = book.phone(wa_id, &self.waba_id);
        phone.seq += 1;
        let (seq, id) = (phone.seq, Arc::clone(id));
        let bubble = Bubble { seq, from, id: Arc::clone(&id), at, view: Arc::new(view), status: Tick::Sent };
        phone.bubbles.push_back(bubble.clone());
        let gone = if phone.bubbles.len() > self.keep { phone.bubbles.pop_front() } else { None };
        book.by_message.insert(id, Arc::clone(wa_id));
        if let Some(gone) = gone {
            book.by_message.remove(&gone.id);
        }
        self.tell(wa_id, News::Bubble(bubble));
    }

    /// Told under the lock, so that listeners hear things in the order of `seq`.
    fn tell(&self, wa_id: &Arc<str>, news: News) {
        if self.tap.receiver_count() > 0 {
            // Nobody listening any more is fine.
            let _unheard = self.tap.send(PhoneEvent { wa_id: Arc::clone(wa_id), news });
        }
    }

    /// Raises the ticks of one message.
    pub(super) fn tick(&self, wa_id: &Arc<str>, id: &str, status: Tick) {
        let mut book = self.book();
        let phone = book.phone(wa_id, &self.waba_id);
        let Some(bubble) = phone.bubbles.iter_mut().rev().find(|bubble| *bubble.id == *id) else { return };
        if bubble.raise(status) {
            let id = Arc::clone(&bubble.id);
            self.tell(wa_id, News::Status { id, status });
        }
    }

    /// The town read this message and the person's earlier ones; returns whose it is. `None`: no phone shows such a
    /// message of a citizen from after `since`.
    pub(super) fn town_read(&self, id: &str, since: i64) -> Option<Arc<str>> {
        let mut book = self.book();
        let wa_id = book.by_message.get(id).cloned()?;
        let phone = book.phone(&wa_id, &self.waba_id);
        let of_citizen = |bubble: &Bubble| bubble.from == Side::Citizen;
        let named = |bubble: &Bubble| of_citizen(bubble) && *bubble.id == *id && bubble.at >= since;
        let last = phone.bubbles.iter().rposition(named)?;
        for bubble in phone.bubbles.iter_mut().take(last + 1).filter(|b| of_citizen(b)) {
            if bubble.raise(Tick::Read) {
                self.tell(&wa_id, News::Status { id: Arc::clone(&bubble.id), status: Tick::Read });
            }
        }
        Some(wa_id)
    }

    /// The town is writing to this person.
    pub(super) fn typing(&self, wa_id: &Arc<str>, now: i64) {
        self.tell(wa_id, News::Typing { until: now + TYPING_MS });
    }

    /// A message that this phone shows.
    pub(super) fn bubble(&self, wa_id: &str, id: &str) -> Option<Bubble> {
        let mut book = self.book();
        book.phone(wa_id, &self.waba_id).bubbles.iter().rev().find(|bubble| *bubble.id == *id).cloned()
    }

    /// The bubbles after `seq`, in order.
    pub(super) fn after(&self, wa_id: &str, seq: u64) -> Vec<Bubble> {
        let mut book = self.book();
        let phone = book.phone(wa_id, &self.waba_id);
        phone.bubbles.iter().filter(|bubble| bubble.seq > seq).cloned().collect()
    }
}

impl Bubble {
    /// Ticks never go back. True if this changed them.
    fn raise(&mut self, status: Tick) -> bool {
        let higher = status > self.status;
        self.status = self.status.max(status);
        higher
    }
}

impl Book {
    fn phone(&mut self, wa_id: &str, waba_id: &str) -> &mut Phone {
        if !self.phones.contains_key(wa_id) {
            let phone = Phone::new(wa_id, waba_id);
            let wa_id = Arc::clone(&phone.contact.wa_id);
            if let Some(user_id) = &phone.contact.user_id {
                self.by_user_id.insert(Arc::clone(user_id), Arc::clone(&wa_id));
            }
            self.phones.insert(wa_id, phone);
        }
        self.phones.get_mut(wa_id).expect("it was put there just above")
    }

    /// Meta reaches a Mexican mobile under both spellings, `52` and `521`, and answers with the one WhatsApp uses.
    fn spelled(&self, digits: &str) -> Option<Arc<str>> {
        let known = |spelling: &str| self.phones.get_key_value(spelling).map(|(wa_id, _)| Arc::clone(wa_id));
        known(digits).or_else(|| match (digits.strip_prefix("521"), digits.strip_prefix("52")) {
            (Some(national), _) if national.len() == 10 => known(&format!("52{national}")),
            (_, Some(national)) if national.len() == 10 => known(&format!("521{national}")),
            _ => None,
        })
    }
}

impl Phone {
    fn new(wa_id: &str, waba_id: &str) -> Self {
        let user_id = Some(ids::user_id(waba_id, wa_id).into());
        Self {
            contact: Arc::new(Contact { user_id, ..Contact::unknown(wa_id) }),
            bubbles: VecDeque::new(),
            seq: 0,
            last_inbound: None,
            pace: Pace::default(),
            gone: false,
        }
    }
}
