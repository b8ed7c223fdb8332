//! Wake-ups: who has work, and who wants to hear of it. In memory; the database stays the truth, so losing a
//! wake-up only costs the time until the safety net looks (see `workers.rs`).

mod lanes;

use std::sync::Arc;

use tokio::sync::broadcast;
use uuid::Uuid;

pub use lanes::{Lane, Lanes};

/// News for the desk. Other nodes hear them too, so they hold ids and no chat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeskNews {
    /// The chat of this person changed, began or ended.
    Person(Uuid),
    /// A talk of the bot with this person changed, began or ended.
    Talk(Uuid),
    /// Somebody whispers to who attends a chat.
    Whisper { chat: Uuid, to: Uuid },
    /// A colleague looks at a chat, writes there, or went (`until` has passed).
    Looking(Looking),
    /// A colleague says whether they take chats.
    Status { staff: Uuid, available: bool },
    /// Something happened to a report. Said within the unit that writes it.
    Reports,
}

/// Who looks at a chat.
#[derive(Clone, PartialEq, Eq)]
pub struct Looking {
    pub chat: Uuid,
    pub staff: Uuid,
    pub name: Arc<str>,
    pub typing: bool,
    /// Unix milliseconds: what is not said again by then is over.
    pub until: i64,
}

/// Names stay out of logs.
impl std::fmt::Debug for Looking {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Looking")
            .field("chat", &self.chat)
            .field("staff", &self.staff)
            .finish_non_exhaustive()
    }
}

/// Shared by every stage of one process.
#[derive(Debug)]
pub struct Bus {
    /// People with unread messages.
    pub conversations: Lanes,
    /// People with replies to go.
    pub outbox: Lanes,
    mailboxes: broadcast::Sender<Uuid>,
    turns: broadcast::Sender<Uuid>,
    desk: broadcast::Sender<DeskNews>,
}

impl Default for Bus {
    fn default() -> Self {
        Self {
            conversations: Lanes::default(),
            outbox: Lanes::default(),
            mailboxes: broadcast::Sender::new(1024),
            turns: broadcast::Sender::new(1024),
            desk: broadcast::Sender::new(4096),
        }
    }
}

impl Bus {
    /// A person's page has something new to fetch.
    pub fn announce_mailbox(&self, person: Uuid) {
        self.mailboxes.send(person).ok();
    }

    /// Hears of every mailbox; a slow listener misses some and must fetch anyway.
    pub fn mailboxes(&self) -> broadcast::Receiver<Uuid> {
        self.mailboxes.subscribe()
    }

    /// A turn of this person is committed.
    pub fn announce_turn(&self, person: Uuid) {
        self.turns.send(person).ok();
    }

    /// Hears of every turn; a slow listener misses some and must look anyway.
    pub fn turns(&self) -> broadcast::Receiver<Uuid> {
        self.turns.subscribe()
    }

    /// Something that people at the desk may see.
    pub fn announce_desk(&self, news: DeskNews) {
        self.desk.send(news).ok();
    }

    /// Hears of everything at the desk; a slow listener misses some and must look anyway.
    pub fn desk(&self) -> broadcast::Receiver<DeskNews> {
        self.desk.subscribe()
    }

    /// Lets waiting workers go home.
    pub fn close(&self) {
        self.conversations.close();
        self.outbox.close();
    }
}
