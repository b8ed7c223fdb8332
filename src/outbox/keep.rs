//! Replies that can only go once the person writes: kept, with one template that tells them so.

use uuid::Uuid;
use ventanilla_adapters::{Channel, Message, SendError, Template, TemplateText};

use super::Step;
use crate::{
    app::App,
    config::ReminderTemplate,
    store::{
        self, StoreError, Unit,
        consents::{self, ConsentState, Purpose},
        kept::Way,
        outbox::{Author, NewReply, Pending},
    },
};

/// One reminder in so many milliseconds.
const ONCE_IN: i64 = 24 * 3600 * 1000;
/// Reminders stand behind everything that their turn said.
const BEHIND: i64 = 1_000_000;

/// Keeps a reply until the person writes. A template goes instead, where the town has one. When they wrote this very
/// moment nobody would come for what is kept: then the reply goes on waiting for its turn.
pub(super) async fn keep(
    app: &App,
    person: Uuid,
    reply: &Pending,
    error: Option<&SendError>,
    now: i64,
) -> Result<Step, StoreError> {
    let unit = app.store.unit().await?;
    if let Some(until) = reopened(&unit, person, reply, now).await? {
        store::kept::reroute(&unit, reply.id, &again(reply, until), now).await?;
        unit.commit().await?;
        return Ok(Step::LookAgain);
    }
    store::kept::keep(&unit, reply.id, error, now).await?;
    store::conversations::keep(&unit, person).await?;
    let reminded = remind(app, &unit, person, reply, now).await?;
    unit.commit().await?;
    metrics::counter!("ventanilla_kept_total", "channel" => reply.address.channel.as_str()).increment(1);
    tracing::info!(outbox.id = %reply.id, reminded, "reply {} is kept until the person writes", reply.id);
    if reminded {
        app.bus.outbox.wake(person);
    }
    Ok(Step::LookAgain)
}

/// Until when the window is open that the person opened since the reply was stored.
async fn reopened(unit: &Unit, person: Uuid, reply: &Pending, now: i64) -> Result<Option<i64>, StoreError> {
    let conversation = store::conversations::load(&**unit, person).await?;
    let address = &reply.address;
    let until = super::gate::until(address.channel, &address.account, conversation.window.as_ref());
    Ok(until.filter(|until| now <= *until && reply.window_until.is_none_or(|before| *until > before)))
}

fn again(reply: &Pending, until: i64) -> Way<'_> {
    Way {
        address: &reply.address,
        message: &reply.message,
        masked: reply.masked.as_ref(),
        tried: reply.tried.as_deref().unwrap_or_default(),
        window_until: Some(until),
    }
}

/// Whether they may be told that something waits: of private matters the notice alone would say too much, and a stop
/// on this channel holds for it too.
async fn may_remind(unit: &Unit, person: Uuid, reply: &Pending) -> Result<bool, StoreError> {
    let channel = reply.address.channel;
    let state = consents::state(&**unit, person, Purpose::CaseUpdates, channel).await?;
    Ok(!reply.private && channel == Channel::Whatsapp && state != Some(ConsentState::Withdrawn))
}

async fn remind(app: &App, unit: &Unit, person: Uuid, reply: &Pending, now: i64) -> Result<bool, StoreError> {
    let Some(set) = app.config.whatsapp.reminder.as_ref() else { return Ok(false) };
    if !may_remind(unit, person, reply).await?
        || store::kept::reminded_since(&**unit, person, now - ONCE_IN).await?
        || !store::templates::usable(&**unit, Channel::Whatsapp, &format!("{}/{}", set.name, set.language))
            .await?
    {
        return Ok(false);
    }
    let message = template(set, &app.contents.active.catalogue.town().name);
    let row = NewReply {
        id: app.ids.next(),
        person,
        turn: reply.turn,
        idx: BEHIND + reply.idx,
        author: Author::Reminder,
        address: &reply.address,
        message: &message,
        masked: None,
        private: reply.private,
        window_until: None,
        said_by: None,
        not_before: None,
        trace: &reply.trace,
    };
    store::outbox::insert(unit, &row, now).await?;
    Ok(true)
}

fn template(set: &ReminderTemplate, town: &str) -> Message {
    let body = set.town.then(|| TemplateText { name: None, value: town.to_owned() });
    let template = Template {
        name: set.name.clone(),
        language: set.language.clone(),
        header: None,
        body: body.into_iter().collect(),
        buttons: Vec::new(),
    };
    Message::Template { text: set.text.clone(), template }
}
