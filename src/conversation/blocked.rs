//! People whom the town does not answer for now. Danger is heard all the same and ends the block; so are the words that
//! stop and start messages, and calls.

use ventanilla_adapters::Channel;
use ventanilla_intents::Understanding;

use super::{attend::TurnError, burst::Burst, context::Context, keyword_rules::is_heard_always};
use crate::{
    staff,
    store::{
        self, Unit,
        blocks::Block,
        chat_log::{Kind, LogLine},
    },
};

/// How the log names the server itself.
const SERVER: &str = "server";

/// Whether what they say is left unanswered. A danger is not, and the block is to be lifted with the turn: see [`lift`].
pub(super) async fn keeps_out(
    context: &mut Context<'_>,
    burst: &Burst<'_>,
    understood: Option<&Understanding>,
) -> Result<bool, TurnError> {
    if burst.call.is_some() || context.address.channel == Channel::Voice || is_heard_always(burst) {
        return Ok(false);
    }
    let (app, person) = (context.app, context.conversation.person);
    let Some(block) = store::blocks::standing(app.store.read(), person, context.now).await? else {
        return Ok(false);
    };
    if context.is_danger(understood) {
        context.unblock = Some(block);
        return Ok(false);
    }
    metrics::counter!("ventanilla_blocked_total").increment(1);
    Ok(true)
}

/// Somebody who was blocked is in danger: they are answered again.
pub(super) async fn lift(context: &Context<'_>, unit: &Unit, block: &Block) -> Result<(), TurnError> {
    let Some(block) = store::blocks::lift(unit, block.id, SERVER, context.now).await? else { return Ok(()) };
    let line = LogLine {
        id: context.app.ids.next(),
        handover: block.handover,
        person: block.person,
        kind: Kind::Unblocked,
        staff: None,
        said_by: String::new(),
        text: "danger".to_owned(),
        at: context.now,
    };
    store::chat_log::write(unit, &line).await?;
    let (subject, detail) = (format!("chat:{}", block.handover), serde_json::json!({ "why": "danger" }));
    Ok(staff::note(context.app, unit, SERVER, "chat.unblocked", &subject, &detail).await?)
}
