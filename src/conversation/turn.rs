//! One turn: from the waiting messages of a person to a committed transaction.

use std::sync::Arc;

use ventanilla_adapters::{Body, CallEvent, capabilities};
use ventanilla_flows::{Command, Event, Turn};
use ventanilla_intents::Understanding;
use ventanilla_values::Lang;

use super::{
    attend::TurnError, back, blocked, burst::Burst, context::Context, decide::decide, echoed, finish::finish,
    machine, policy,
};
use crate::{
    agents::times,
    app::App,
    clock::millis,
    likeness::likeness,
    media,
    store::{
        self, Unit,
        conversations::{Conversation, Owner, Window},
        handovers::HandoverRow,
        inbox::Waiting,
        media::MediaFile,
    },
};

/// Who answers from the phone's own app, as the queue shows it.
const PHONE_APP: &str = "teléfono";
/// From this age on (milliseconds) a message is not answered as if it had just been written.
const LATE: i64 = 3600 * 1000;

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
    together: bool,
) -> Result<Taken, TurnError> {
    let Some(first) = waiting.first() else { return Ok(Taken::Done { messages: 0 }) };
    let address = first.inbound.from.address.clone();
    let mut context = Context::new(app, conversation, address, &first.trace).await?;
    app.understanding.read(texts(waiting, together)).await;
    let (mut burst, more) = Burst::gather(waiting, |burst| {
        if together {
            return false;
        }
        let understood = understand(app, burst);
        policy::says_enough(burst, &context.situation(&context.world(), understood.as_deref(), None))
    });
    let until = burst.last_at() + millis(app.config.conversation.burst());
    // Whoever attends reads each message as it comes.
    if more && !together && context.now < until && conversation.owner != Owner::Agent {
        return Ok(Taken::MoreMayCome { until });
    }
    context.window = opened(&burst, conversation);
    seen(app, &burst, conversation.owner);
    let photo = take_in_photo(app, conversation, &burst).await;
    let looks = looks(app, photo.as_ref()).await;
    echoed::settle(&mut context, &mut burst);
    app.understanding.read(burst.texts()).await;
    let understood = understand(app, &burst);
    context.greet_in_their_language(understood.as_deref());
    let (mut next, commands) = decide(&mut context, &burst, understood.as_deref(), photo.as_ref()).await?;
    if !burst.echo {
        next.heard_at = Some(context.now);
    }
    next.window.clone_from(&context.window);
    context.renew_if_reset(&commands);
    let begun = begin(&context, &commands);
    let begun = back::begin_again(&mut context, begun);
    let mut begun = machine::last_words(&context, &next, begun);
    if is_late(&burst, context.now) && !begun.events.is_empty() {
        begun.events.insert(0, Event::say(late(context.session.lang)));
    }
    let unit = app.store.unit().await?;
    store_messages(&unit, &burst, photo.as_ref(), conversation, context.now).await?;
    if let (Some(file), Some(likeness)) = (&photo, looks) {
        store::likenesses::put(&unit, file.id, likeness).await?;
    }
    if let Some(block) = &context.unblock {
        blocked::lift(&context, &unit, block).await?;
    }
    if conversation.owner != Owner::Bot && !burst.echo {
        let messages = i64::try_from(burst.messages.len()).unwrap_or(i64::MAX);
        wait_for_an_answer(&context, &unit, messages).await?;
    }
    if burst.echo {
        attended_elsewhere(&context, &unit).await?;
    }
    if burst.call == Some(CallEvent::Attended) {
        attended_on_the_phone(&context, &unit).await?;
    }
    let released = release(&unit, &context, &burst, &mut next).await?;
    finish(&context, unit, begun, next, &burst).await?;
    if released {
        app.bus.outbox.wake(conversation.person);
    }
    Ok(Taken::Done { messages: burst.messages.len() })
}

/// The provider delivered it long after it was written (an outage of ours, say).
fn is_late(burst: &Burst<'_>, now: i64) -> bool {
    burst
        .messages
        .iter()
        .filter_map(|message| message.inbound.sent_at)
        .max()
        .is_some_and(|at| now - at > LATE)
}

fn late(lang: Lang) -> &'static str {
    if lang == Lang::EN {
        "Sorry for the delay: your message reached me only now."
    } else {
        "Perdona la demora: tu mensaje me llegó hasta ahora."
    }
}

/// What may be one burst: the first message, the first two … or all of them, where they are read together.
fn texts(waiting: &[Waiting], together: bool) -> Vec<String> {
    if together {
        return Burst::gather(waiting, |_| false).0.texts();
    }
    let mut texts: Vec<String> = Vec::new();
    Burst::gather(waiting, |burst| {
        texts.extend(burst.texts());
        false
    });
    texts.dedup();
    texts
}

/// A danger in what a recogniser wrote counts, whatever became of its words when they were put right.
fn understand(app: &App, burst: &Burst<'_>) -> Option<Arc<Understanding>> {
    let raw = burst.raw().map(|raw| app.understanding.understand(raw));
    let danger = raw.filter(|understood| understood.safety.is_some());
    danger.or_else(|| (!burst.text.is_empty()).then(|| app.understanding.understand(&burst.text)))
}

async fn take_in_photo(app: &App, conversation: &Conversation, burst: &Burst<'_>) -> Option<MediaFile> {
    let media = burst.photo?;
    let channel = burst.messages.first()?.inbound.channel;
    media::take_in(app, conversation.person, app.channels.get(channel)?, media).await
}

/// What the photo looks like, for finding the same thing twice; `None` for what is no picture.
async fn looks(app: &App, photo: Option<&MediaFile>) -> Option<u64> {
    let file = photo.filter(|file| file.mime.starts_with("image/"))?;
    let bytes = app.media.get(file.id).await.ok()?;
    tokio::task::spawn_blocking(move || likeness(&bytes).ok()).await.ok()?
}

/// The engine's part before the transaction: pure.
pub(super) fn begin(context: &Context<'_>, commands: &[Command]) -> Turn {
    if commands.is_empty() {
        return Turn { session: context.session.clone(), events: Vec::new(), suspended: None };
    }
    let turn = context.library.turn(context.session.clone(), commands, &context.world());
    context.app.tape.turn(commands, &turn, &context.world());
    turn
}

/// Meta: the window opens with each message of the person, from when they sent it. A message that came late does not
/// open it again, and no message is from the future.
pub(super) fn opened(burst: &Burst<'_>, conversation: &Conversation) -> Option<Window> {
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
    // Under load the answers come first: ticks that find no room are left out.
    let Ok(room) = Arc::clone(&app.seen_calls).try_acquire_owned() else { return };
    if let Some(request) = adapter.seen(&inbound.from.address, &inbound.id) {
        let app = Arc::clone(app);
        tokio::spawn(async move {
            crate::outbox::call(&app.http, request).await.ok();
            drop(room);
        });
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
        if let (Some(file), Body::Media(media)) = (photo, &message.inbound.body)
            && burst.photo == Some(media)
        {
            store::media::came_with(unit, file.id, message.id).await?;
        }
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
    let key = (context.conversation.turn + 1, 0);
    let reason = "answered from the phone".to_owned();
    let row = HandoverRow::new(context.app.ids.next(), context.conversation.person, key, reason, context.now);
    let open = store::handovers::open(unit, row).await?;
    let open = match open.agent {
        None => store::handovers::claim(unit, open, None, PHONE_APP).await?,
        Some(_) => open,
    };
    store::handovers::answered(unit, open, context.now).await?;
    Ok(())
}

/// Who is with a person of the town, or is to be, wrote so many messages: the answer is due in time.
pub(super) async fn wait_for_an_answer(
    context: &Context<'_>,
    unit: &Unit,
    messages: i64,
) -> Result<(), TurnError> {
    let (person, now) = (context.conversation.person, context.now);
    let Some(entry) = store::handovers::open_of(&**unit, person).await? else { return Ok(()) };
    let waiting = HandoverRow { waiting_since: entry.waiting_since.or(Some(now)), ..entry };
    let due = times::due(&context.app.contents.active.catalogue, &waiting);
    Ok(store::handovers::heard(unit, person, messages, now, due).await?)
}

/// They have talked with a person: nobody has to call or write any more.
async fn attended_on_the_phone(context: &Context<'_>, unit: &Unit) -> Result<(), TurnError> {
    let open = store::handovers::open_of(&**unit, context.conversation.person).await?;
    if let Some(entry) = open.filter(|entry| entry.agent.is_none()) {
        let entry = store::handovers::answered(unit, entry, context.now).await?;
        store::handovers::close(unit, entry, "attended", context.now).await?;
    }
    Ok(())
}

/// The person is back: what was kept for them may go, before the answer to what they say now. Only a message on a
/// channel with a window opens it again. Tells whether anything may go once the turn is committed.
async fn release(
    unit: &Unit,
    context: &Context<'_>,
    burst: &Burst<'_>,
    next: &mut Conversation,
) -> Result<bool, TurnError> {
    let channel = context.address.channel;
    if !next.kept || burst.echo || capabilities(channel).window.is_none() {
        return Ok(false);
    }
    next.released = true;
    let (person, until) = (context.conversation.person, context.window_until());
    let released = store::kept::release(unit, person, &context.address, until, context.now).await?;
    tracing::info!(trace = context.trace, released, "{released} kept replies may go");
    Ok(released > 0)
}
