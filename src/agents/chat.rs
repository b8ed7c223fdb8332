//! One chat, as the desk shows it: what was said, and the packet that spares the citizen to say it again.

use serde::Serialize;
use utoipa::ToSchema;
use ventanilla_adapters::capabilities;

use super::{
    By, find,
    lines::{Line, everything},
    live::Looker,
    packet::{Packet, packet},
    reply::Ask,
    view::{ChatRow, row},
};
use crate::{
    app::App,
    store::{self, StoreError, conversations::Conversation, desk::QueueRow, handovers::HandoverRow},
};

/// A chat, open or closed.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Chat {
    #[serde(flatten)]
    pub row: ChatRow,
    pub packet: Packet,
    /// What was said and noted, oldest first.
    pub lines: Vec<Line>,
    /// Who looks at it now.
    pub viewers: Vec<Looker>,
    pub can: Can,
}

/// What whoever looks may do with it now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Can {
    pub write: bool,
    /// Somebody else attends it: it can be taken over, with a reason.
    pub take_over: bool,
    pub close: bool,
    pub transfer: bool,
    /// What can be asked for with one click.
    pub ask: Vec<Ask>,
}

/// A chat, with everything that spares the citizen to say it again.
///
/// # Errors
/// When the database fails.
pub async fn chat(app: &App, found: QueueRow, by: &By) -> Result<Chat, StoreError> {
    let entry = found.entry.clone();
    let conversation = store::conversations::load(app.store.read(), entry.person_id).await?;
    Ok(Chat {
        packet: packet(app, &entry, &conversation).await?,
        lines: everything(app, entry.person_id, by).await?,
        viewers: app.desk.lookers(entry.id, app.clock.now()),
        can: can(&entry, &conversation, by),
        row: row(app, found).await?,
    })
}

fn can(entry: &HandoverRow, conversation: &Conversation, by: &By) -> Can {
    let open = entry.closed_at.is_none();
    let free = open && find::free_for(entry, by).is_ok();
    let abilities = conversation.channel.map(capabilities);
    let mut ask = Vec::new();
    if free && abilities.is_some_and(|can| !can.spoken) {
        ask.push(Ask::Location);
    }
    if free && abilities.is_some_and(|can| can.photos) {
        ask.push(Ask::Photo);
    }
    Can { write: free, take_over: open && !free, close: free, transfer: free, ask }
}
