//! What a turn's messages mean, and who the conversation belongs to: the policy, and what lies around it (another
//! channel, a colleague's answer, the end of a call).

use ventanilla_adapters::{Address, AddressKey, CallEvent, Channel};
use ventanilla_flows::{Command, Session};
use ventanilla_intents::Understanding;
use ventanilla_values::Value;

use super::{
    attend::TurnError,
    burst::Burst,
    context::Context,
    crossing::{Crossing, Patience, crossing},
    policy,
};
use crate::store::{
    self,
    conversations::{Conversation, Owner},
    media::MediaFile,
};

/// Offers to go on here with what was begun on another channel.
const CONTINUE: &str = "continue_talk";
/// The first words by SMS after a call broke off.
const DROPPED: &str = "call_dropped";
const HOUR: i64 = 3600 * 1000;

/// What the messages mean for the dialogue, and who the conversation belongs to.
pub(super) async fn decide(
    context: &mut Context<'_>,
    burst: &Burst<'_>,
    understood: Option<&Understanding>,
    photo: Option<&MediaFile>,
) -> Result<(Conversation, Vec<Command>), TurnError> {
    let mut next = Conversation { session: None, ..context.conversation.clone() };
    if burst.echo {
        next.owner = Owner::Agent;
        return Ok((next, Vec::new()));
    }
    if burst.call == Some(CallEvent::Ended) {
        return Ok((next, hung_up(context).await?));
    }
    if burst.is_silent() {
        return Ok((next, Vec::new()));
    }
    let crossed = cross(context, &mut next).await?;
    next.channel = Some(context.address.channel);
    if context.bot_is_silent(understood) && !policy::is_heard_always(burst) {
        return Ok((next, Vec::new()));
    }
    let photo = photo.map(|file| file.id.to_string());
    let world = context.world();
    let mut situation = context.situation(&world, understood, photo.as_deref());
    if crossed != Crossing::Offer {
        let commands = policy::commands(burst, &situation);
        let commands = said_lately(&mut next, commands, context.now);
        return Ok((next, commands));
    }
    // What they say is read as if nothing were open: whoever wants something else gets it, and the rest waits below.
    let nothing_open = Session::new(context.session.lang);
    situation.session = &nothing_open;
    let commands = policy::commands(burst, &situation);
    let commands = if policy::wants_something(burst, &commands) { commands } else { vec![offer(context)] };
    Ok((next, commands))
}

/// The same person, another channel: see [`crossing`].
async fn cross(context: &mut Context<'_>, next: &mut Conversation) -> Result<Crossing, TurnError> {
    let set = &context.app.config.conversation;
    let patience = Patience {
        continue_for: i64::try_from(set.continue_hours).unwrap_or(i64::MAX).saturating_mul(HOUR),
        forget_after: i64::try_from(set.forget_days).unwrap_or(i64::MAX).saturating_mul(24 * HOUR),
    };
    let here = context.address.channel;
    let crossed = crossing(context.conversation, &context.library, here, patience, context.now);
    match &crossed {
        Crossing::Same | Crossing::Offer => {}
        Crossing::Park(parked) => {
            next.parked = Some(parked.clone());
            context.begin_anew();
        }
        Crossing::TakeUp(parked) => {
            next.parked = None;
            context.take_up(parked).await?;
        }
        Crossing::Forget => context.begin_anew(),
    }
    Ok(crossed)
}

fn offer(context: &Context<'_>) -> Command {
    let about = context.subject().unwrap_or_default();
    let slots = vec![("about".to_owned(), Value::Text(about))];
    Command::Start { flow: CONTINUE.to_owned(), intent: None, slots }
}

/// The line is dead. What was being talked about goes on by SMS, where the person agreed to that, and never a private
/// matter.
async fn hung_up(context: &mut Context<'_>) -> Result<Vec<Command>, TurnError> {
    let Some(address) = by_sms(context).await? else { return Ok(Vec::new()) };
    context.move_to(address).await?;
    Ok(vec![Command::Start { flow: DROPPED.to_owned(), intent: None, slots: Vec::new() }])
}

async fn by_sms(context: &Context<'_>) -> Result<Option<Address>, TurnError> {
    use store::consents::{ConsentState, Purpose};
    let here = context.conversation.channel == Some(Channel::Voice);
    if !here || !context.session.is_waiting() || context.is_private(Owner::Bot, &[]) {
        return Ok(None);
    }
    let AddressKey::Phone(phone) = &context.address.key else { return Ok(None) };
    let (app, person) = (context.app, context.conversation.person);
    let agreed =
        store::consents::state(app.store.read(), person, Purpose::ContinueBySms, Channel::Sms).await?;
    Ok((agreed == Some(ConsentState::Granted)).then(|| app.channels.sms_address(phone)).flatten())
}

/// "I cannot read that" is said once an hour: somebody who sends ten stickers is not told ten times.
fn said_lately(next: &mut Conversation, commands: Vec<Command>, now: i64) -> Vec<Command> {
    if !policy::only_excuses(&commands) {
        return commands;
    }
    if next.excused_at.is_some_and(|at| now - at < HOUR) {
        return Vec::new();
    }
    next.excused_at = Some(now);
    commands
}
