//! One chat, as the desk shows it: what was said, and the packet that spares the citizen to say it again.

use serde::Serialize;
use utoipa::ToSchema;
use ventanilla_adapters::{Channel, capabilities};

use super::{
    By,
    approval::is_needed,
    ask::{Ask, askable},
    files::{Attachable, attachable},
    find,
    lend::ASKABLE,
    lines::{Line, everything},
    live::Looker,
    packet::{Packet, packet},
    rating::may_ask,
    view::{ChatRow, row},
};
use crate::{
    app::App,
    staff::{Member, Permission},
    store::{
        self, StoreError,
        consents::Purpose,
        conversations::{Conversation, Owner},
        desk::QueueRow,
        handovers::HandoverRow,
    },
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
    /// A call can be promised.
    pub call: bool,
    /// They may be asked how they were attended, when the chat is closed with the menu or in silence.
    pub ask_rating: bool,
    /// What is written here is read by a supervisor first.
    pub proposes: bool,
    /// Approve what colleagues propose here.
    pub approve: bool,
    /// Say something to who attends it.
    pub whisper: bool,
    /// What can be asked for with one click.
    pub ask: Vec<Ask>,
    /// What files can be sent; empty where none can.
    pub attach: Vec<Attachable>,
    /// A report can be filed from it.
    pub report: bool,
    /// The bot can do something with the citizen and bring the chat back.
    pub lend: bool,
    /// What the citizen can be asked to allow.
    #[schema(value_type = Vec<String>)]
    pub consents: Vec<Purpose>,
    /// Approved templates can be sent.
    pub templates: bool,
    pub block: bool,
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
        can: can(app, &entry, &conversation, by).await?,
        row: row(app, found).await?,
    })
}

async fn can(
    app: &App,
    entry: &HandoverRow,
    conversation: &Conversation,
    by: &By,
) -> Result<Can, StoreError> {
    let open = entry.closed_at.is_none();
    let free = open && find::free_for(entry, by).is_ok();
    // A call has ears and no screen: what the bot writes there reaches nobody.
    let written = free && conversation.channel.is_some_and(|channel| channel != Channel::Voice);
    let window = conversation.channel.is_some_and(|channel| capabilities(channel).window.is_some());
    let in_danger = entry.priority == "crisis" || conversation.owner == Owner::Danger;
    let rating = free && may_ask(app, entry, conversation).await?;
    let supervises = open && supervises(app, by).await?;
    Ok(Can {
        write: free,
        take_over: open && !free,
        close: free,
        transfer: free,
        call: free,
        ask_rating: rating,
        proposes: free && is_needed(app, app.store.read(), entry, by).await?,
        approve: supervises,
        whisper: supervises && entry.staff_id.is_some() && entry.staff_id != by.staff,
        ask: if free { askable(conversation.channel) } else { Vec::new() },
        attach: if free { attachable(app, conversation.channel) } else { Vec::new() },
        report: written,
        lend: written,
        consents: if written { ASKABLE.to_vec() } else { Vec::new() },
        templates: written && window && !app.config.whatsapp.agent_templates().is_empty(),
        block: free && !in_danger,
    })
}

async fn supervises(app: &App, by: &By) -> Result<bool, StoreError> {
    let Some(id) = by.staff else { return Ok(false) };
    let staff = store::staff::by_id(app.store.read(), id).await?;
    Ok(staff.is_some_and(|row| Member::of(&row).may(Permission::SuperviseChats)))
}
