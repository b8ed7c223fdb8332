//! Somebody was in danger, everybody on call was called, and nobody answered: the citizen is told, in the words of the
//! flow `nobody_came`.

use std::sync::Arc;

use ventanilla_values::{Lang, Value};

use super::{
    AgentError,
    reach::reachable,
    reply::{Said, Says, store_bubbles},
};
use crate::{
    app::App,
    bus::DeskNews,
    conversation::told,
    store::{
        self, StoreError,
        conversations::{Conversation, Owner},
        handovers::HandoverRow,
        outbox::Author,
    },
};

const FLOW: &str = "nobody_came";

/// Tells them, unless somebody answered meanwhile or they cannot be written to.
///
/// # Errors
/// When the database fails.
pub async fn nobody_came(app: &Arc<App>, entry: &HandoverRow) -> Result<(), StoreError> {
    match tell(app, entry).await {
        Ok(()) | Err(AgentError::Unreachable | AgentError::CallThem(_)) => Ok(()),
        Err(AgentError::Store(err)) => Err(err),
        Err(other) => {
            tracing::warn!(handover.id = %entry.id, "they cannot be told that nobody answers: {other}");
            Ok(())
        }
    }
}

async fn tell(app: &Arc<App>, entry: &HandoverRow) -> Result<(), AgentError> {
    let now = app.clock.now();
    let unit = app.store.unit().await?;
    let open = store::handovers::open_of(&*unit, entry.person_id).await?;
    if open.is_none_or(|open| open.id != entry.id || open.answered_at.is_some()) {
        return Ok(());
    }
    let conversation = store::conversations::load(&*unit, entry.person_id).await?;
    let Some(session) = conversation.session.clone() else { return Ok(()) };
    let address = reachable(app, &unit, &conversation, entry).await?;
    let slots = vec![("reason".to_owned(), Value::Text(entry.reason.clone()))];
    let words = told(app, &conversation, address.clone(), FLOW, slots).await?;
    let lang: Lang = session.lang;
    let said = Said {
        says: Says::Words(&words),
        secrets: &[],
        author: Author::Bot,
        said_by: None,
        address: &address,
        private: true,
        until: now,
    };
    store_bubbles(app, &unit, &conversation, lang, &said).await?;
    let owner = if conversation.owner == Owner::Agent { Owner::Agent } else { Owner::Danger };
    let next = Conversation { owner, turn: conversation.turn + 1, session: None, ..conversation };
    store::conversations::save(&unit, &next, &session, now).await?;
    unit.commit().await?;
    app.bus.outbox.wake(entry.person_id);
    app.bus.announce_desk(DeskNews::Person(entry.person_id));
    Ok(())
}
