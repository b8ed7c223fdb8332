//! What a flow says, for a colleague who tells it: the same words as the bot's.

use std::sync::Arc;

use ventanilla_adapters::{Address, Outbound};
use ventanilla_flows::{Event, Session, Turn};
use ventanilla_values::Value;

use super::{context::Context, policy::start, turn::begin};
use crate::{
    app::App,
    outbox::render,
    store::{StoreError, conversations::Conversation},
};

/// What a flow says beside the talk, which stays as it is.
pub(super) fn aside(context: &Context<'_>, flow: &str) -> Turn {
    let alone = Session::new(context.session.lang);
    let library = &context.app.contents.active.library;
    let told = library.turn(alone, &[start(flow, None, Vec::new())], &context.world());
    let events = told.events.into_iter().filter(|event| matches!(event, Event::Say { .. })).collect();
    Turn { session: context.session.clone(), events, suspended: None }
}

/// What a flow that only tells has to say to this person. Nothing of it is done or kept.
///
/// # Errors
/// When the database fails.
pub async fn told(
    app: &Arc<App>,
    conversation: &Conversation,
    address: Address,
    flow: &str,
    slots: Vec<(String, Value)>,
) -> Result<Vec<Outbound>, StoreError> {
    let mut context = Context::new(app, conversation, address, "agent").await?;
    context.begin_anew();
    let turn = begin(&context, &[start(flow, None, slots)]);
    Ok(render::outbounds(&turn.events, &turn.session))
}
