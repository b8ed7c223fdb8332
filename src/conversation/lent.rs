//! The end of a flow that a colleague started: the chat is theirs again, and the talk stands where it stood.

use ventanilla_flows::Turn;

use super::{attend::TurnError, context::Context, turn::wait_for_an_answer};
use crate::store::{
    self, Unit,
    chat_log::{Kind, LogLine},
    conversations::{Conversation, Owner},
};

/// Gives the chat back once nothing is open any more.
pub(super) async fn come_back(
    context: &Context<'_>,
    unit: &Unit,
    turn: &mut Turn,
    next: &mut Conversation,
) -> Result<(), TurnError> {
    if next.owner != Owner::Bot || !turn.session.stack.is_empty() {
        return Ok(());
    }
    let Some(lent) = store::lent::of_person(&**unit, next.person).await? else { return Ok(()) };
    store::lent::end(unit, next.person).await?;
    let entry = store::handovers::by_id(&**unit, lent.handover).await?;
    // Whoever lent it may be gone, and the chat with them.
    let Some((entry, holder)) = entry.filter(|entry| entry.closed_at.is_none()).and_then(|entry| {
        let holder = entry.agent.clone()?;
        Some((entry, holder))
    }) else {
        return Ok(());
    };
    next.owner = Owner::Agent;
    next.release = lent.release;
    turn.session = ventanilla_flows::Session { lang: turn.session.lang, ..lent.session };
    wait_for_an_answer(context, unit, 1).await?;
    let line = LogLine {
        id: context.app.ids.next(),
        handover: entry.id,
        person: next.person,
        kind: Kind::CameBack,
        staff: entry.staff_id,
        said_by: holder,
        text: lent.flow,
        at: context.now,
    };
    Ok(store::chat_log::write(unit, &line).await?)
}
