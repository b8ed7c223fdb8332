//! One plain message to a citizen about who is there for them, said by the server in the name of the town.

use ventanilla_adapters::Outbound;
use ventanilla_flows::Session;
use ventanilla_values::Lang;

use super::{
    AgentError,
    reach::{is_private, reachable},
    reply::{Said, Says, store_bubbles},
};
use crate::{
    app::App,
    store::{
        self, Unit,
        conversations::{Conversation, Owner},
        handovers::HandoverRow,
        outbox::Author,
    },
};

/// Tells the citizen who is there from now on, as a turn of its own after which the talk is `owner`'s. A turn of the bot
/// that is under way is done again.
///
/// # Errors
/// When they cannot be written to, or the database fails.
pub(super) async fn tell(
    app: &App,
    unit: &Unit,
    entry: &HandoverRow,
    owner: Owner,
    text: impl FnOnce(Lang) -> String,
) -> Result<(), AgentError> {
    let now = app.clock.now();
    let conversation = store::conversations::load(&**unit, entry.person_id).await?;
    let address = reachable(app, unit, &conversation, entry).await?;
    let session = conversation.session.clone().unwrap_or_else(|| Session::new(Lang::ES));
    let words = [Outbound { text: text(session.lang), ..Outbound::default() }];
    let said = Said {
        says: Says::Words(&words),
        secrets: &[],
        author: Author::Bot,
        said_by: None,
        address: &address,
        private: entry.priority == "crisis" || is_private(app, &conversation).await?,
        until: now,
    };
    store_bubbles(app, unit, &conversation, session.lang, &said).await?;
    let next = Conversation { owner, turn: conversation.turn + 1, session: None, ..conversation };
    Ok(store::conversations::save(unit, &next, &session, now).await?)
}

/// The same where it is a courtesy: whom nobody can write to is not told.
pub(super) async fn tell_if_reachable(
    app: &App,
    unit: &Unit,
    entry: &HandoverRow,
    owner: Owner,
    text: impl FnOnce(Lang) -> String,
) -> Result<(), AgentError> {
    match tell(app, unit, entry, owner, text).await {
        Err(AgentError::Unreachable | AgentError::CallThem(_)) => Ok(()),
        told => told,
    }
}
