//! One turn: from the waiting messages of a person to a committed transaction.

use std::sync::Arc;

use ventanilla_adapters::{Address, Body, CallEvent, Channel, capabilities};
use ventanilla_flows::{Command, Session, Turn};
use ventanilla_intents::Understanding;

use super::{
    attend::TurnError,
    burst::Burst,
    context::Context,
    crossing::{Crossing, Patience, crossing},
    finish::finish,
    policy,
};
use crate::{
    app::App,
    clock::millis,
    media,
    store::{
        self, Unit,
        conversations::{Conversation, Owner, Window},
        handovers::HandoverRow,
        inbox::Waiting,
        media::MediaFile,
    },
};

/// Offers to go on here with what was begun on another channel.
const CONTINUE: &str = "continue_talk";
/// The first words by SMS after a call broke off.
const DROPPED: &str = "call_dropped";
/// Who answers from the phone's own app, as the queue shows it.
const PHONE_APP: &str = "teléfono";
const HOUR: i64 = 3600 * 1000;

pub(super) enum Taken {
    /// With so many messages.
    Done {
        messages: usize,
    },
    MoreMayCome {
        until: i64,
    },
}

pub(super) async fn turn(
    app: &Arc<App>,
    conversation: &Conversation,
    waiting: &[Waiting],
) -> Result<Taken, TurnError> {
    let Some(first) = waiting.first() else { return Ok(Taken::Done { messages: 0 }) };
    let address = first.inbound.from.address.clone();
    let mut context = Context::new(app, conversation, address, &first.trace).await?;
    let (burst, more) = Burst::gather(waiting, |burst| {
        let understood = understand(app, burst);
        policy::says_enough(burst, &context.situation(&context.world(), understood.as_ref(), None))
    });
    let until = burst.last_at() + millis(app.config.conversation.burst());
    if more && context.now < until {
        return Ok(Taken::MoreMayCome { until });
    }
    context.window = opened(&burst, conversation);
    seen(app, &burst, conversation.owner);
    let photo = take_in_photo(app, conversation, &burst).await;
    let understood = understand(app, &burst);
    context.greet_in_their_language(understood.as_ref());
    let (mut next, commands) = decide(&mut context, &burst, understood.as_ref(), photo.as_ref()).await?;
    next.heard_at = Some(context.now);
    next.window.clone_from(&context.window);
    context.renew_if_reset(&commands);
    let begun = begin(&context, &commands);
    let unit = app.store.unit().await?;
    store_messages(&unit, &burst, photo.as_ref(), conversation, context.now).await?;
    if burst.echo {
        attended_elsewhere(&context, &unit).await?;
    }
    // Only a message on a channel with a window opens it again.
    let opens = capabilities(context.address.channel).window.is_some() && !burst.echo;
    let kept = next.kept && opens;
    next.kept &= !opens;
    if kept {
        release(&unit, &context).await?;
    }
    finish(&context, unit, begun, next, &burst).await?;
    if kept {
        app.bus.outbox.wake(conversation.person);
    }
    Ok(Taken::Done { messages: burst.messages.len() })
}

fn understand(app: &App, burst: &Burst<'_>) -> Option<Understanding> {
    (!burst.text.is_empty()).then(|| app.model.understand(&burst.text))
}

async fn take_in_photo(app: &App, conversation: &Conversation, burst: &Burst<'_>) -> Option<MediaFile> {
    let media = burst.photo?;
    let channel = burst.messages.first()?.inbound.channel;
    media::take_in(app, conversation.person, app.channels.get(channel)?, media).await
}

/// What the messages mean for the dialogue, and who the conversation belongs to.
async fn decide(
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
        return Ok((next, policy::commands(burst, &situation)));
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
    let slots = vec![("about".to_owned(), ventanilla_values::Value::Text(about))];
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
    let ventanilla_adapters::AddressKey::Phone(phone) = &context.address.key else { return Ok(None) };
    let (app, person) = (context.app, context.conversation.person);
    let agreed =
        store::consents::state(app.store.read(), person, Purpose::ContinueBySms, Channel::Sms).await?;
    Ok((agreed == Some(ConsentState::Granted)).then(|| app.channels.sms_address(phone)).flatten())
}

/// The engine's part before the transaction: pure.
pub(super) fn begin(context: &Context<'_>, commands: &[Command]) -> Turn {
    if commands.is_empty() {
        return Turn { session: context.session.clone(), events: Vec::new(), suspended: None };
    }
    context.library.turn(context.session.clone(), commands, &context.world())
}

/// Meta: the window opens with each message of the person, from when they sent it. A message that came late does not
/// open it again, and no message is from the future.
fn opened(burst: &Burst<'_>, conversation: &Conversation) -> Option<Window> {
    let first = burst.messages.first()?;
    if capabilities(first.inbound.channel).window.is_none() || burst.echo {
        return conversation.window.clone();
    }
    let sent =
        burst.messages.iter().map(|one| one.inbound.sent_at.unwrap_or(one.received_at).min(one.received_at));
    let account = first.inbound.account.clone();
    let before = conversation.window.as_ref().filter(|window| window.account == account);
    let opened_at = sent.max().unwrap_or(0).max(before.map_or(0, |window| window.opened_at));
    Some(Window { account, opened_at })
}

/// Two blue ticks and "writing…", beside the turn: whatever becomes of them, the answer does not wait.
fn seen(app: &Arc<App>, burst: &Burst<'_>, owner: Owner) {
    if !app.config.whatsapp.mark_read || owner == Owner::Agent || burst.is_silent() {
        return;
    }
    let Some(last) = burst.messages.last() else { return };
    let inbound = &last.inbound;
    let Some(adapter) = app.channels.get(inbound.channel) else { return };
    if let Some(request) = adapter.seen(&inbound.from.address, &inbound.id) {
        let app = Arc::clone(app);
        tokio::spawn(async move { crate::outbox::call(&app.http, request).await.ok() });
    }
}

async fn store_messages(
    unit: &Unit,
    burst: &Burst<'_>,
    photo: Option<&MediaFile>,
    conversation: &Conversation,
    now: i64,
) -> Result<(), TurnError> {
    if let Some(file) = photo {
        store::media::insert(unit, file, now).await?;
    }
    for message in &burst.messages {
        store::inbox::done(unit, message.id, conversation.turn + 1).await?;
        match &message.inbound.body {
            Body::Edited { target, text } => {
                store::inbox::edit(unit, &message.inbound, target, text.as_deref()).await?;
            }
            Body::Revoked { target } => store::inbox::redact(unit, &message.inbound, target).await?,
            _ => {}
        }
    }
    Ok(())
}

/// A colleague answers from the phone's own app: the queue shows who has the chat, and how to give it back.
async fn attended_elsewhere(context: &Context<'_>, unit: &Unit) -> Result<(), TurnError> {
    let row = HandoverRow {
        id: context.app.ids.next(),
        town_id: store::TOWN,
        person_id: context.conversation.person,
        turn: context.conversation.turn + 1,
        idx: 0,
        reason: "answered from the phone".to_owned(),
        priority: "normal".to_owned(),
        opened_at: context.now,
        agent: None,
        closed_at: None,
        call_phone: None,
    };
    let open = store::handovers::open(unit, row).await?;
    if open.agent.is_none() {
        store::handovers::claim(unit, open, PHONE_APP).await?;
    }
    Ok(())
}

/// The person is back: what was kept for them may go, before the answer to what they say now.
async fn release(unit: &Unit, context: &Context<'_>) -> Result<(), TurnError> {
    let channel = context.address.channel;
    let person = context.conversation.person;
    let released =
        store::kept::release(unit, person, channel.as_str(), context.window_until(), context.now).await?;
    if released > 0 {
        tracing::info!(trace = context.trace, released, "{released} kept replies may go");
    }
    Ok(())
}
