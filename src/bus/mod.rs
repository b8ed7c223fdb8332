//! Wake-ups: who has work, and who wants to hear of it. In memory; the database stays the truth, so losing a
//! wake-up only costs the time until the safety net looks (see `workers.rs`).

mod lanes;

use tokio::sync::broadcast;
use uuid::Uuid;

pub use lanes::{Lane, Lanes};

/// Shared by every stage of one process.
#[derive(Debug)]
pub struct Bus {
    /// People with unread messages.
    pub conversations: Lanes,
    /// People with replies to go.
    pub outbox: Lanes,
    mailboxes: broadcast::Sender<Uuid>,
    turns: broadcast::Sender<Uuid>,
}

impl Default for Bus {
    fn default() -> Self {
        Self {
            conversations: Lanes::default(),
            outbox: Lanes::default(),
            mailboxes: broadcast::Sender::new(1024),
            turns: broadcast::Sender::new(1024),
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

    /// Lets waiting workers go home.
    pub fn close(&self) {
        self.conversations.close();
        self.outbox.close();
    }
}
