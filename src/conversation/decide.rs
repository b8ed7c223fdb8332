//! What a turn's messages mean, and who the conversation belongs to: the policy, and what lies around it (another
//! channel, a colleague's answer, the end of a call).

use ventanilla_adapters::{Address, AddressKey, CallEvent, Channel};
use ventanilla_flows::{Command, Session};
use ventanilla_intents::Understanding;
use ventanilla_values::Value;

use super::{
    attend::TurnError,
    back::{after_erasure, comes_back},
    blocked::keeps_out,
    burst::Burst,
    context::Context,
    crossing::{Crossing, Here, Patience, crossing},
    keyword_rules::is_heard_always,
    machine, policy,
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
/// Where a call ends that does not get anywhere.
const AGENT: &str = "agent";
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
        let commands = hung_up(context, &mut next).await?;
        return Ok((next, commands));
    }
    if burst.is_silent() {
        return Ok((next, Vec::new()));
    }
    if keeps_out(context, burst, understood).await? {
        return Ok((next, Vec::new()));
    }
    if !machine::is_answered(context, &mut next, burst, understood) {
        return Ok((next, Vec::new()));
    }
    let crossed = cross(context, &mut next, burst).await?;
    next.channel = Some(context.address.channel);
    next.begun_elsewhere = crossed == Crossing::Offer || crossed == Crossing::Same && next.begun_elsewhere;
    if burst.call == Some(CallEvent::Attended) {
        next.owner = Owner::Bot;
    }
    if too_long(context, burst).await? && !context.is_danger(understood) {
        return Ok((next, vec![Command::Reset, policy::start(AGENT, None, Vec::new())]));
    }
    if context.bot_is_silent(understood) && !is_heard_always(burst) {
        return Ok((next, Vec::new()));
    }
    let photo = photo.map(|file| file.id.to_string());
    let world = context.world();
    let mut situation = context.situation(&world, understood, photo.as_deref());
    if crossed == Crossing::Same
        && let Some(commands) = comes_back(context, burst, &situation)
    {
        return Ok((next, commands));
    }
    if crossed != Crossing::Offer {
        let commands = after_erasure(context, burst, policy::commands(burst, &situation));
        let commands = said_lately(&mut next, commands, context.now);
        return Ok((next, commands));
    }
    // A photo or pin goes to the talk that waits for it, wherever it was begun; what was perhaps misheard is asked about.
    if burst.photo.is_some() || burst.location.is_some() || burst.unsure().is_some() {
        return Ok((next, policy::commands(burst, &situation)));
    }
    // What they say is read as if nothing were open: whoever wants something else gets it, and the rest waits below.
    let nothing_open = Session::new(context.session.lang);
    situation.session = &nothing_open;
    let commands = policy::commands(burst, &situation);
    if policy::wants_something(burst, &commands) {
        return Ok((next, commands));
    }
    // A caller hears first who speaks, and that it is a machine.
    let welcome = commands.into_iter().filter(|_| burst.call == Some(CallEvent::Started));
    Ok((next, welcome.chain([offer(context)]).collect()))
}

/// A call that goes round and round ends with a person, or with their number. Nobody in danger is cut off.
async fn too_long(context: &Context<'_>, burst: &Burst<'_>) -> Result<bool, TurnError> {
    let app = context.app;
    if context.address.channel != Channel::Voice || context.conversation.owner == Owner::Danger {
        return Ok(false);
    }
    let turns =
        store::spoken::turns_of_call(app.store.read(), &context.address.account, burst.call_id()).await?;
    Ok(turns == app.config.voice.most_turns)
}

/// The same person, another channel: see [`crossing`].
async fn cross(
    context: &mut Context<'_>,
    next: &mut Conversation,
    burst: &Burst<'_>,
) -> Result<Crossing, TurnError> {
    let set = &context.app.config.conversation;
    let patience = Patience {
        continue_for: i64::try_from(set.continue_hours).unwrap_or(i64::MAX).saturating_mul(HOUR),
        forget_after: i64::try_from(set.forget_days).unwrap_or(i64::MAX).saturating_mul(24 * HOUR),
    };
    let new_call = burst.call == Some(CallEvent::Started);
    let here = Here { channel: context.address.channel, new_call };
    let mut crossed = crossing(context.conversation, &context.library, here, patience, context.now);
    if crossed == Crossing::Offer && !new_call && asked_here(context).await? {
        crossed = Crossing::Same;
    }
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

/// The question came here by itself: a call broke off, or the other channel did not work.
async fn asked_here(context: &Context<'_>) -> Result<bool, TurnError> {
    let person = context.conversation.person;
    let told = store::conversations::last_told_on(context.app.store.read(), person).await?;
    Ok(told == Some(context.address.channel))
}

fn offer(context: &Context<'_>) -> Command {
    let about = context.subject().unwrap_or_default();
    let slots = vec![("about".to_owned(), Value::Text(about))];
    policy::start(CONTINUE, None, slots)
}

/// The line is dead. What was being talked about goes on by SMS, where the person agreed to that, and never a private
/// matter.
async fn hung_up(context: &mut Context<'_>, next: &mut Conversation) -> Result<Vec<Command>, TurnError> {
    if context.conversation.channel == Some(Channel::Voice) && context.is_private(Owner::Bot, &[]) {
        // Nobody who calls from this number next may be asked about it.
        context.begin_anew();
        return Ok(Vec::new());
    }
    let Some(address) = by_sms(context).await? else { return Ok(Vec::new()) };
    next.channel = Some(address.channel);
    context.move_to(address).await?;
    Ok(vec![policy::start(DROPPED, None, Vec::new())])
}

async fn by_sms(context: &Context<'_>) -> Result<Option<Address>, TurnError> {
    use store::consents::{ConsentState, Purpose};
    let here = context.conversation.channel == Some(Channel::Voice);
    if !here || !context.session.is_waiting() {
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
    // What got lost on its way is asked for again each time: else the person believes it arrived.
    if !policy::only_excuses(&commands) {
        return commands;
    }
    // A note for a person puts whoever does not wait for one into the queue, however lately they were excused.
    let first = policy::hands_over(&commands) && next.owner == Owner::Bot;
    if !first && next.excused_at.is_some_and(|at| now - at < HOUR) {
        return Vec::new();
    }
    next.excused_at = Some(now);
    commands
}
