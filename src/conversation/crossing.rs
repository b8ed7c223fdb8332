//! A talk that was begun on one channel and goes on at another: whether it may, and how. Pure.
//!
//! Phones are shared in families and caller ids are forged, so what is private is never spoken of on another channel:
//! it is set aside and waits where it was begun.

use ventanilla_adapters::Channel;
use ventanilla_flows::{Library, Session};
use ventanilla_intents::is_safety;

use crate::store::conversations::{Conversation, Owner, Parked};

/// What a message means for the talk that is open.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Crossing {
    /// The talk goes on as it is.
    Same,
    /// It is offered here: "veo que estabas con …, ¿seguimos?".
    Offer,
    /// It is not spoken of here, and kept where it was begun; the talk here begins anew.
    Park(Parked),
    /// The person is back where a talk was set aside: it goes on, and the one that is open now was over.
    TakeUp(Parked),
    /// Too long ago: the talk begins anew.
    Forget,
}

/// Hours and days in milliseconds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    pub continue_for: i64,
    pub forget_after: i64,
}

/// Where the person is now.
#[derive(Debug, Clone, Copy)]
pub(super) struct Here {
    pub channel: Channel,
    /// A call that has just come in: anybody may show this number.
    pub new_call: bool,
}

pub(super) fn crossing(
    conversation: &Conversation,
    library: &Library,
    here: Here,
    patience: Patience,
    now: i64,
) -> Crossing {
    let silent_for = conversation.heard_at.map_or(0, |at| now - at);
    let Some(session) = &conversation.session else { return Crossing::Same };
    if silent_for > patience.forget_after {
        return Crossing::Forget;
    }
    if !session.is_waiting() {
        return take_up(conversation, here.channel, patience, now);
    }
    match conversation.channel {
        None => Crossing::Same,
        Some(before) if before == here.channel && !here.new_call => Crossing::Same,
        // A call is over when it is over: its private matters are not taken up by whoever calls next.
        Some(Channel::Voice) if is_private(conversation, session, library) => Crossing::Forget,
        Some(before) if is_private(conversation, session, library) => Crossing::Park(Parked {
            channel: before,
            session: session.clone(),
            release: conversation.release.clone(),
            at: now,
        }),
        Some(_) if silent_for > patience.continue_for || !is_worth_going_on(session, library) => {
            Crossing::Forget
        }
        Some(_) => Crossing::Offer,
    }
}

fn take_up(conversation: &Conversation, here: Channel, patience: Patience, now: i64) -> Crossing {
    match &conversation.parked {
        Some(parked) if parked.channel == here && now - parked.at <= patience.continue_for => {
            Crossing::TakeUp(parked.clone())
        }
        _ => Crossing::Same,
    }
}

/// Whether there is anything to go on with: a greeting or a menu is none.
fn is_worth_going_on(session: &Session, library: &Library) -> bool {
    let matter = |intent: &String| !intent.starts_with("chat.");
    let flows = session.stack.iter().filter_map(|frame| library.flow(&frame.flow));
    flows.filter(|flow| !flow.passing).any(|flow| flow.intents.iter().any(matter))
}

/// Crises and private flows.
fn is_private(conversation: &Conversation, session: &Session, library: &Library) -> bool {
    conversation.owner == Owner::Danger
        || session.stack.iter().any(|frame| is_private_flow(&frame.flow, library))
}

/// A flow that is not known any more might have been private.
pub(super) fn is_private_flow(flow: &str, library: &Library) -> bool {
    library.flow(flow).is_none_or(|flow| flow.private || flow.intents.iter().any(|intent| is_safety(intent)))
}
