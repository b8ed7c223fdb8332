//! Opening a page, and answering it.

use tracing::warn;
use uuid::Uuid;

use super::{Link, rota::levels};
use crate::{
    app::App,
    bus::DeskNews,
    catalogue::Catalogue,
    config::OnCall,
    staff,
    store::{
        self, StoreError, Unit,
        handovers::HandoverRow,
        pages::{Page, PageCall},
    },
};

/// Calls the first level of the rota, in the unit that opens the chat. Where nobody can be called that is said in the log.
///
/// # Errors
/// When the database fails.
pub async fn open(
    app: &App,
    unit: &Unit,
    catalogue: &Catalogue,
    entry: &HandoverRow,
) -> Result<(), StoreError> {
    let now = app.clock.now();
    let Some(level) = on_call(app, catalogue, now).into_iter().next() else {
        warn!(handover.id = %entry.id, alert = true, "a crisis, and nobody can be called: set notify.people");
        return Ok(());
    };
    let page = Page {
        id: app.ids.next(),
        handover: entry.id,
        state: "waiting".to_owned(),
        level: 0,
        round: 1,
        opened_at: now,
        next_at: now + app.config.notify.escalate(),
        told_at: None,
        answered_at: None,
        answered_by: None,
    };
    if store::pages::open(unit, &page).await? {
        call_level(app, unit, page.id, &level, now).await?;
    }
    Ok(())
}

pub(super) fn on_call<'a>(app: &'a App, catalogue: &Catalogue, now: i64) -> Vec<Vec<&'a OnCall>> {
    let now = chrono::DateTime::from_timestamp_millis(now).unwrap_or_default();
    levels(&app.config.notify, &now.with_timezone(&catalogue.town().timezone))
}

/// Notes the calls to everybody of a level, by every means that they have.
pub(super) async fn call_level(
    app: &App,
    unit: &Unit,
    page: Uuid,
    level: &[&OnCall],
    now: i64,
) -> Result<(), StoreError> {
    for one in level {
        let means = [
            ("sms", !one.sms.is_empty()),
            ("whatsapp", !one.whatsapp.is_empty()),
            ("email", !one.email.is_empty()),
            ("webhook", !one.webhook.is_empty()),
        ];
        for (means, _) in means.into_iter().filter(|(_, given)| *given) {
            let call = PageCall {
                id: app.ids.next(),
                page,
                who: one.id.clone(),
                means: means.to_owned(),
                key_id: app.keyring.current_id().to_owned(),
                state: "waiting".to_owned(),
                attempts: 0,
                next_at: now,
                error: None,
            };
            store::pages::call(unit, &call).await?;
        }
    }
    Ok(())
}

/// What an answer found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answered {
    /// They are the first: nobody is called any more.
    Now { chat: Uuid },
    /// Somebody else was, by this name.
    Before { by: String, chat: Uuid },
}

/// Somebody who was called answers by their link. `None`: it is none of ours.
///
/// # Errors
/// When the database fails.
pub async fn answer(app: &App, link: &Link) -> Result<Option<Answered>, StoreError> {
    let read = app.store.read();
    let Some(call) = store::pages::call_by_id(read, link.call).await? else { return Ok(None) };
    if !link.is_of(app, &call) {
        return Ok(None);
    }
    let who = app.config.notify.people.iter().find(|one| one.id == call.who);
    let name = who.map_or(call.who.as_str(), |one| one.name.as_str()).to_owned();
    let Some(page) = store::pages::by_id(read, call.page).await? else { return Ok(None) };
    let chat = page.handover;
    let first = answered(app, &page, &name, &format!("call:{}", call.who)).await?;
    if first {
        return Ok(Some(Answered::Now { chat }));
    }
    let by = store::pages::by_id(app.store.read(), page.id).await?.and_then(|page| page.answered_by);
    Ok(Some(Answered::Before { by: by.unwrap_or_default(), chat }))
}

/// Somebody at the desk answers for a chat; `false` where nothing waits for an answer.
///
/// # Errors
/// When the database fails.
pub async fn answer_chat(app: &App, chat: Uuid, name: &str, actor: &str) -> Result<bool, StoreError> {
    match store::pages::of_chat(app.store.read(), chat).await? {
        Some(page) if page.state != "answered" => answered(app, &page, name, actor).await,
        _ => Ok(false),
    }
}

async fn answered(app: &App, page: &Page, name: &str, actor: &str) -> Result<bool, StoreError> {
    let unit = app.store.unit().await?;
    let first = store::pages::answer(&unit, page.id, name, app.clock.now()).await?;
    if first {
        let subject = format!("chat:{}", page.handover);
        staff::note(app, &unit, actor, "page.answer", &subject, &serde_json::json!({})).await?;
    }
    unit.commit().await?;
    if first && let Some(entry) = store::handovers::by_id(app.store.read(), page.handover).await? {
        app.bus.announce_desk(DeskNews::Person(entry.person_id));
    }
    Ok(first)
}
