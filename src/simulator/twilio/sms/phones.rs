//! The simulated people's phones: their texts, whether they sent STOP, whether they can be reached. One lock, short
//! sections, never held across an await.

use std::{
    collections::{HashMap, VecDeque},
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use serde::{Serialize, Serializer};
use tokio::sync::broadcast;

use super::{gsm::Encoding, message::TextStatus};

/// Events a slow listener may lag behind before it has to read the history again.
const TAP: usize = 4096;

/// One text on a phone.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Text {
    /// From 1, without gaps within a phone.
    pub seq: u64,
    #[serde(rename = "from", serialize_with = "side")]
    pub from_town: bool,
    #[serde(rename = "id")]
    pub sid: Arc<str>,
    /// Unix milliseconds.
    pub at: i64,
    pub text: String,
    pub segments: usize,
    pub encoding: Encoding,
    pub status: TextStatus,
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Text")
            .field("seq", &self.seq)
            .field("from_town", &self.from_town)
            .field("sid", &self.sid)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

fn side<S: Serializer>(from_town: &bool, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(if *from_town { "town" } else { "citizen" })
}

/// What becomes of texts to a phone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Reach {
    #[default]
    Mobile,
    /// Refused at once: 21614.
    Landline,
    /// Switched off: undelivered, 30003.
    Off,
    /// Given back to the operator: undelivered, 30005.
    Gone,
    /// The person or the operator blocks the town: undelivered, 30004.
    Blocks,
}

/// Something new on a phone.
#[derive(Clone)]
pub struct TextEvent {
    /// Digits without a plus.
    pub phone: Arc<str>,
    pub news: TextNews,
}

impl fmt::Debug for TextEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TextEvent").field("news", &self.news).finish_non_exhaustive()
    }
}

#[derive(Debug, Clone)]
pub enum TextNews {
    Text(Text),
    Status { sid: Arc<str>, status: TextStatus },
}

pub(in crate::simulator::twilio) struct Phones {
    book: Mutex<HashMap<String, Phone>>,
    tap: broadcast::Sender<TextEvent>,
    keep: usize,
}

#[derive(Default)]
struct Phone {
    texts: VecDeque<Text>,
    seq: u64,
    stopped: bool,
    reach: Reach,
}

impl Phones {
    pub(in crate::simulator::twilio) fn new(keep: usize) -> Self {
        Self { book: Mutex::default(), tap: broadcast::Sender::new(TAP), keep: keep.max(1) }
    }

    fn book(&self) -> MutexGuard<'_, HashMap<String, Phone>> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(in crate::simulator::twilio) fn tap(&self) -> broadcast::Receiver<TextEvent> {
        self.tap.subscribe()
    }

    /// Told under the lock, so that listeners hear things in the order of `seq`.
    fn tell(&self, phone: &str, news: TextNews) {
        if self.tap.receiver_count() > 0 {
            // Nobody listening any more is fine.
            let _unheard = self.tap.send(TextEvent { phone: phone.into(), news });
        }
    }

    /// Puts a text on a phone; its `seq` is given here.
    pub(super) fn add(&self, phone: &str, mut text: Text) {
        let mut book = self.book();
        let own = book.entry(phone.to_owned()).or_default();
        own.seq += 1;
        text.seq = own.seq;
        own.texts.push_back(text.clone());
        if own.texts.len() > self.keep {
            own.texts.pop_front();
        }
        self.tell(phone, TextNews::Text(text));
    }

    pub(super) fn raise(&self, phone: &str, sid: &str, status: TextStatus) {
        let mut book = self.book();
        let Some(own) = book.get_mut(phone) else { return };
        let Some(text) = own.texts.iter_mut().rev().find(|text| *text.sid == *sid) else { return };
        if status > text.status {
            text.status = status;
            let sid = Arc::clone(&text.sid);
            self.tell(phone, TextNews::Status { sid, status });
        }
    }

    pub(in crate::simulator::twilio) fn after(&self, phone: &str, seq: u64) -> Vec<Text> {
        let book = self.book();
        let texts = book.get(phone).map(|own| own.texts.iter().filter(|text| text.seq > seq).cloned());
        texts.map(Iterator::collect).unwrap_or_default()
    }

    pub(in crate::simulator::twilio) fn stopped(&self, phone: &str) -> bool {
        self.book().get(phone).is_some_and(|own| own.stopped)
    }

    pub(super) fn set_stopped(&self, phone: &str, stopped: bool) {
        self.book().entry(phone.to_owned()).or_default().stopped = stopped;
    }

    pub(super) fn reach(&self, phone: &str) -> Reach {
        self.book().get(phone).map_or(Reach::Mobile, |own| own.reach)
    }

    pub(in crate::simulator::twilio) fn set_reach(&self, phone: &str, reach: Reach) {
        self.book().entry(phone.to_owned()).or_default().reach = reach;
    }
}
