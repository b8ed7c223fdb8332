//! Answering: what a person of the town writes, in the order in which they write it. For a few seconds they may take it
//! back.

use uuid::Uuid;
use ventanilla_adapters::{Address, Message, Outbound, capabilities};
use ventanilla_flows::Session;
use ventanilla_values::Lang;

use super::{
    AgentError, By,
    approval::{is_needed, taken_back},
    files::sent,
    find::{current, free_for, holds},
    hold::{audit, take_in},
    lend::call_back,
    reach::{is_private, reachable},
};
use crate::{
    app::App,
    bus::DeskNews,
    outbox::{
        render::{masked, render},
        window_until,
    },
    store::{
        self, Unit,
        conversations::{Conversation, Owner},
        handovers::HandoverRow,
        outbox::{Author, NewReply},
    },
};

/// WhatsApp's longest text; longer answers are nobody's answers.
const LONGEST: usize = 4096;

/// What an agent says, and how long they may take it back.
#[derive(Clone)]
pub struct Words {
    pub outbound: Outbound,
    /// Milliseconds.
    pub undo: i64,
}

impl Words {
    /// A text that goes at once.
    pub fn now(text: &str) -> Self {
        Self { outbound: Outbound { text: text.to_owned(), ..Outbound::default() }, undo: 0 }
    }

    /// The same, to be taken back for so many milliseconds.
    #[must_use]
    pub fn undoable(self, undo: i64) -> Self {
        Self { undo, ..self }
    }
}

/// What people say is theirs.
impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Words").field("undo", &self.undo).finish_non_exhaustive()
    }
}

/// What was stored: the ids of the bubbles, and the entry as it is now.
#[derive(Debug, Clone, PartialEq)]
pub struct Replied {
    pub bubbles: Vec<Uuid>,
    pub entry: HandoverRow,
    /// Unix milliseconds.
    pub undo_until: i64,
}

/// Sends an agent's words, and takes the chat: the bot is silent from now on. `entry` is the entry as they saw it.
///
/// # Errors
/// When somebody else attends it and `take` is not said, a supervisor must read it first, it changed meanwhile, or the
/// database fails.
pub async fn reply(
    app: &App,
    entry: HandoverRow,
    by: &By,
    words: &Words,
    take: bool,
) -> Result<Replied, AgentError> {
    fits(&words.outbound)?;
    if !take {
        free_for(&entry, by)?;
    }
    let unit = app.store.unit().await?;
    let entry = current(&unit, &entry).await?;
    if is_needed(app, &*unit, &entry, by).await? {
        return Err(AgentError::NeedsApproval);
    }
    let telling = Telling::words(std::slice::from_ref(&words.outbound), words.undo);
    let replied = tell(app, &unit, entry, by, &telling).await?;
    sent(&unit, &words.outbound, &replied.bubbles).await?;
    told(app, unit, replied).await
}

/// Whether something is said, and not too much.
pub(super) fn fits(outbound: &Outbound) -> Result<(), AgentError> {
    match outbound.text.trim().chars().count() {
        0 if outbound.attachment.is_none() => Err(AgentError::Nothing),
        0..=LONGEST => Ok(()),
        _ => Err(AgentError::TooLong(LONGEST)),
    }
}

/// What goes to the citizen with an act of a colleague.
pub(super) struct Telling<'a> {
    pub says: Says<'a>,
    /// Said once and not kept.
    pub secrets: &'a [String],
    /// Never told on another channel.
    pub private: bool,
    /// How long it can be taken back, in milliseconds.
    pub undo: i64,
    /// How the audit log calls it.
    pub act: &'a str,
}

#[derive(Clone, Copy)]
pub(super) enum Says<'a> {
    /// Put into bubbles as the channel wants them.
    Words(&'a [Outbound]),
    /// As it was approved: it goes at any time.
    Template(&'a Message),
}

impl<'a> Telling<'a> {
    /// Plain words, which can be taken back for `undo` milliseconds.
    pub fn words(outbounds: &'a [Outbound], undo: i64) -> Self {
        Self { says: Says::Words(outbounds), secrets: &[], private: false, undo, act: "reply" }
    }
}

/// Stores what a colleague says within a unit, and takes the chat. `entry` is the entry as it is now.
pub(super) async fn tell(
    app: &App,
    unit: &Unit,
    entry: HandoverRow,
    by: &By,
    telling: &Telling<'_>,
) -> Result<Replied, AgentError> {
    let entry = if holds(&entry, by) { entry } else { take_in(app, unit, entry, by).await? };
    let replied = say(app, unit, entry, by, telling).await?;
    audit(app, unit, &replied.entry, by, telling.act).await?;
    Ok(replied)
}

/// Stores the words of `by` as replies that go when they cannot be taken back any more, within the unit of who lets them
/// go. The chat is a person's from now on.
pub(super) async fn say(
    app: &App,
    unit: &Unit,
    entry: HandoverRow,
    by: &By,
    telling: &Telling<'_>,
) -> Result<Replied, AgentError> {
    let (person, now) = (entry.person_id, app.clock.now());
    call_back(unit, person, now).await?;
    let conversation = store::conversations::load(&**unit, person).await?;
    let address = reachable(app, unit, &conversation, &entry).await?;
    let session = conversation.session.clone().unwrap_or_else(|| Session::new(Lang::ES));
    let said = Said {
        says: telling.says,
        secrets: telling.secrets,
        author: Author::Agent,
        said_by: Some(&by.name),
        address: &address,
        private: telling.private || entry.priority == "crisis" || is_private(app, &conversation).await?,
        until: now + telling.undo,
    };
    let undo_until = said.until;
    let bubbles = store_bubbles(app, unit, &conversation, session.lang, &said).await?;
    let next =
        Conversation { owner: Owner::Agent, turn: conversation.turn + 1, session: None, ..conversation };
    store::conversations::save(unit, &next, &session, now).await?;
    let entry = store::handovers::answered(unit, entry, now).await?;
    Ok(Replied { bubbles, entry, undo_until })
}

/// Commits what was stored, and wakes who sends it and who shows it.
pub(super) async fn told(app: &App, unit: Unit, replied: Replied) -> Result<Replied, AgentError> {
    unit.commit().await?;
    app.bus.outbox.wake(replied.entry.person_id);
    app.bus.announce_desk(DeskNews::Person(replied.entry.person_id));
    Ok(replied)
}

/// Takes back what was written, or approved, a moment ago.
///
/// # Errors
/// When it is on its way already, or somebody else wrote it.
pub async fn take_back(app: &App, entry: &HandoverRow, by: &By, bubble: Uuid) -> Result<(), AgentError> {
    let now = app.clock.now();
    let unit = app.store.unit().await?;
    let proposal = store::proposals::of_reply(&*unit, bubble).await?;
    if !proposal.as_ref().is_some_and(|row| by.staff.is_some() && row.decided_by == by.staff) {
        free_for(entry, by)?;
    }
    if !store::outbox::take_back(&unit, bubble, entry.person_id, now).await? {
        return Err(AgentError::Gone);
    }
    store::uploads::give_back(&unit, bubble).await?;
    if let Some(row) = &proposal {
        taken_back(&unit, row, by, now).await?;
    }
    audit(app, &unit, entry, by, "take_back").await?;
    unit.commit().await?;
    app.bus.outbox.wake(entry.person_id);
    app.bus.announce_desk(DeskNews::Person(entry.person_id));
    Ok(())
}

/// What is said, by whom and to where.
pub(super) struct Said<'a> {
    pub says: Says<'a>,
    /// Said once and not kept.
    pub secrets: &'a [String],
    pub author: Author,
    /// The colleague who wrote it.
    pub said_by: Option<&'a str>,
    pub address: &'a Address,
    pub private: bool,
    /// Until when it may be taken back.
    pub until: i64,
}

pub(super) async fn store_bubbles(
    app: &App,
    unit: &Unit,
    conversation: &Conversation,
    lang: Lang,
    said: &Said<'_>,
) -> Result<Vec<Uuid>, AgentError> {
    let address = said.address;
    let bubbles = match said.says {
        Says::Words(outbounds) => render(outbounds, capabilities(address.channel), lang),
        Says::Template(message) => vec![message.clone()],
    };
    let mut ids = Vec::new();
    for (idx, message) in (0..).zip(&bubbles) {
        let masked = masked(message, said.secrets);
        let reply = NewReply {
            id: app.ids.next(),
            person: conversation.person,
            turn: conversation.turn + 1,
            idx,
            author: said.author,
            address,
            message,
            masked: masked.as_ref(),
            private: said.private,
            window_until: window_until(address.channel, &address.account, conversation.window.as_ref()),
            said_by: said.said_by,
            not_before: Some(said.until),
            trace: "agent",
        };
        store::outbox::insert(unit, &reply, app.clock.now()).await?;
        ids.push(reply.id);
    }
    Ok(ids)
}
