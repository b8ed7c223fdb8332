//! One turn: from the waiting messages of a person to a committed transaction.

use std::sync::Arc;

use chrono::DateTime;
use minijinja::context;
use tracing::{error, info, instrument, warn};
use uuid::Uuid;
use ventanilla_adapters::{Address, Message, capabilities};
use ventanilla_flows::{Command, Event, Library, Session, World};
use ventanilla_intents::{Understanding, is_safety};
use ventanilla_values::Lang;

use super::{
    burst::Burst,
    policy::{self, Situation},
};
use crate::{
    actions::{self, Asker},
    app::App,
    clock::millis,
    media,
    outbox::render,
    store::{
        self, StoreError, Unit,
        conversations::{Conversation, Owner},
        inbox::Waiting,
        media::MediaFile,
        outbox::{Author, NewReply},
    },
};

#[derive(Debug, thiserror::Error)]
pub enum TurnError {
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// `do` steps that one turn may carry out: the engine's own limits end a loop long before.
const ACTIONS: usize = 50;

/// Does the turns of a person until nothing waits.
///
/// # Errors
/// When the database fails; the messages still wait and the safety net comes again.
#[instrument(name = "conversation", skip_all, fields(person.id = %person))]
pub async fn attend(app: &Arc<App>, person: Uuid) -> Result<(), TurnError> {
    loop {
        let waiting = store::inbox::waiting(app.store.read(), person).await?;
        let Some(first) = waiting.first() else { return Ok(()) };
        if first.attempts >= app.config.conversation.attempts {
            set_aside(app, person, first).await?;
            continue;
        }
        let conversation = store::conversations::load(app.store.read(), person).await?;
        match turn(app, conversation, &waiting).await {
            Ok(Taken::Done) => {}
            Ok(Taken::MoreMayCome { until }) => {
                wait(app, person, until);
                return Ok(());
            }
            Err(err) => {
                count_attempt(app, first).await;
                return Err(err);
            }
        }
    }
}

enum Taken {
    Done,
    MoreMayCome { until: i64 },
}

/// Everything that a turn's steps look at.
struct Context<'a> {
    app: &'a Arc<App>,
    conversation: &'a Conversation,
    session: Session,
    /// The release that the session's flows began with.
    release: String,
    library: Arc<Library>,
    address: Address,
    trace: &'a str,
    now: i64,
}

async fn turn(app: &Arc<App>, conversation: Conversation, waiting: &[Waiting]) -> Result<Taken, TurnError> {
    let Some(first) = waiting.first() else { return Ok(Taken::Done) };
    let context = context(app, &conversation, first).await?;
    let local = local_time(app, context.now);
    let content = content(app, &context.address, context.now);
    let world = World { now: &local, content: &content, gazetteer: &app.contents.active.catalogue };
    let (burst, more) = Burst::gather(waiting, |burst| {
        let understood = understand(app, burst);
        policy::says_enough(burst, &situation(&context, &world, understood.as_ref(), None))
    });
    let until = burst.last_at() + millis(app.config.conversation.burst());
    if more && context.now < until {
        return Ok(Taken::MoreMayCome { until });
    }
    let photo = take_in_photo(app, conversation.person, &burst).await;
    let understood = understand(app, &burst);
    let context = greet_in_their_language(context, understood.as_ref());
    let photo_id = photo.as_ref().map(|file| file.id.to_string());
    let commands = if bot_is_silent(&context, understood.as_ref()) {
        Vec::new()
    } else {
        policy::commands(&burst, &situation(&context, &world, understood.as_ref(), photo_id.as_deref()))
    };
    let unit = app.store.unit().await?;
    if let Some(file) = &photo {
        store::media::insert(&unit, file, context.now).await?;
    }
    for message in &burst.messages {
        store::inbox::done(&unit, message.id, conversation.turn + 1).await?;
    }
    dialogue(&context, unit, &commands, &world, None).await?;
    Ok(Taken::Done)
}

fn understand(app: &App, burst: &Burst<'_>) -> Option<Understanding> {
    (!burst.text.is_empty()).then(|| app.model.understand(&burst.text))
}

fn situation<'a>(
    context: &'a Context<'_>,
    world: &'a World<'a>,
    understood: Option<&'a Understanding>,
    photo: Option<&'a str>,
) -> Situation<'a> {
    Situation {
        session: &context.session,
        library: &context.library,
        phrases: &context.app.contents.active.phrases,
        world,
        understood,
        photo,
    }
}

async fn context<'a>(
    app: &'a Arc<App>,
    conversation: &'a Conversation,
    first: &'a Waiting,
) -> Result<Context<'a>, TurnError> {
    let default = app.contents.active.catalogue.town().languages.first().copied().unwrap_or(Lang::ES);
    let session = conversation.session.clone().unwrap_or_else(|| Session::new(default));
    // A talk that is over begins the next with what is active now.
    let pinned = conversation.release.as_deref().filter(|_| !session.stack.is_empty());
    let library = app.contents.library(pinned, &app.store).await?;
    Ok(Context {
        app,
        conversation,
        session,
        release: pinned.unwrap_or(&app.contents.active.hash).to_owned(),
        library,
        address: first.inbound.from.address.clone(),
        trace: &first.trace,
        now: app.clock.now(),
    })
}

/// The first words decide the language; later it changes only when asked to.
fn greet_in_their_language<'a>(mut context: Context<'a>, understood: Option<&Understanding>) -> Context<'a> {
    let spoken = &context.app.contents.active.catalogue.town().languages;
    if context.conversation.session.is_none()
        && let Some(lang) = understood.and_then(|understood| understood.language)
        && spoken.contains(&lang)
    {
        context.session.lang = lang;
    }
    context
}

/// While a person of the town attends, the bot holds its tongue: from the moment somebody took the chat, and while
/// it waits in the queue in office hours. Safety is answered always.
fn bot_is_silent(context: &Context<'_>, understood: Option<&Understanding>) -> bool {
    let crisis = understood.and_then(|understood| understood.ranked.first()).is_some_and(|top| is_safety(&top.intent));
    let now = DateTime::from_timestamp_millis(context.now).unwrap_or_default();
    match context.conversation.owner {
        Owner::Bot => false,
        _ if crisis => false,
        Owner::Agent => true,
        Owner::Queue => context.app.contents.active.catalogue.office_status(now).open,
    }
}

/// Runs the commands and everything they ask for, and commits state, effects and replies together.
async fn dialogue(
    context: &Context<'_>,
    unit: Unit,
    commands: &[Command],
    world: &World<'_>,
    owner: Option<Owner>,
) -> Result<(), TurnError> {
    let app = context.app;
    let mut owner = owner.unwrap_or(context.conversation.owner);
    let mut turn = if commands.is_empty() {
        ventanilla_flows::Turn { session: context.session.clone(), events: Vec::new(), suspended: None }
    } else {
        context.library.turn(context.session.clone(), commands, world)
    };
    let mut events = std::mem::take(&mut turn.events);
    for idx in 0..ACTIONS {
        let Some(suspended) = turn.suspended.take() else { break };
        let asker = asker(context, turn.session.lang, idx);
        let done = actions::run(app, &unit, &asker, &suspended).await?;
        owner = done.owner.unwrap_or(owner);
        let result = done.into_result();
        if let Err(why) = &result {
            error!(trace = context.trace, action = suspended.action, "action {} failed: {why}", suspended.action);
        }
        turn = context.library.resume(turn.session, result, world);
        events.append(&mut turn.events);
    }
    note(&events, context.trace);
    let replies = store_replies(context, &unit, &events, turn.session.lang).await?;
    let next = Conversation {
        person: context.conversation.person,
        session: None,
        release: Some(context.release.clone()),
        owner,
        turn: context.conversation.turn + 1,
    };
    store::conversations::save(&unit, &next, &turn.session, context.now).await?;
    unit.commit().await?;
    if replies > 0 {
        app.bus.outbox.wake(next.person);
    }
    info!(trace = context.trace, turn = next.turn, replies, "turn {} is done with {replies} replies", next.turn);
    Ok(())
}

fn asker<'a>(context: &Context<'a>, lang: Lang, idx: usize) -> Asker<'a> {
    Asker {
        person: context.conversation.person,
        channel: context.address.channel,
        turn: context.conversation.turn + 1,
        idx: i64::try_from(idx).unwrap_or(i64::MAX),
        lang,
        now: context.now,
        catalogue: &context.app.contents.active.catalogue,
    }
}

async fn store_replies(
    context: &Context<'_>,
    unit: &Unit,
    events: &[Event],
    lang: Lang,
) -> Result<usize, TurnError> {
    let bubbles = render::render(&render::outbounds(events), capabilities(context.address.channel), lang);
    for (idx, message) in bubbles.iter().enumerate() {
        let idx = i64::try_from(idx).unwrap_or(i64::MAX);
        store_reply(context, unit, idx, Author::Bot, message).await?;
    }
    Ok(bubbles.len())
}

async fn store_reply(
    context: &Context<'_>,
    unit: &Unit,
    idx: i64,
    author: Author,
    message: &Message,
) -> Result<(), TurnError> {
    let reply = NewReply {
        id: context.app.ids.next(),
        person: context.conversation.person,
        turn: context.conversation.turn + 1,
        idx,
        author,
        address: &context.address,
        message,
        trace: context.trace,
    };
    Ok(store::outbox::insert(unit, &reply, context.now).await?)
}

/// What the log and the metrics should know of a turn.
fn note(events: &[Event], trace: &str) {
    for event in events {
        match event {
            Event::Cut { flow, step, reason } => {
                metrics::counter!("ventanilla_cut_total", "flow" => flow.clone()).increment(1);
                error!(trace, flow, step, alert = true, "flow {flow} was cut at {step}: {reason}");
            }
            Event::FlowStarted { flow, .. } => {
                metrics::counter!("ventanilla_flows_started_total", "flow" => flow.clone()).increment(1);
            }
            Event::FlowEnded { flow, .. } => {
                metrics::counter!("ventanilla_flows_ended_total", "flow" => flow.clone()).increment(1);
            }
            Event::NoMatch { flow, step, .. } => {
                let labels = [("flow", flow.clone()), ("step", step.clone())];
                metrics::counter!("ventanilla_no_match_total", &labels).increment(1);
            }
            _ => {}
        }
    }
}

async fn take_in_photo(app: &App, person: Uuid, burst: &Burst<'_>) -> Option<MediaFile> {
    let media = burst.photo?;
    let channel = burst.messages.first()?.inbound.channel;
    media::take_in(app, person, app.channels.get(channel)?, media).await
}

/// The town's time, RFC 3339.
fn local_time(app: &App, now: i64) -> String {
    let now = DateTime::from_timestamp_millis(now).unwrap_or_default();
    now.with_timezone(&app.contents.active.catalogue.town().timezone).to_rfc3339()
}

/// What templates see: the town's facts, and what the person's channel can do.
fn content(app: &App, address: &Address, now: i64) -> minijinja::Value {
    let now = DateTime::from_timestamp_millis(now).unwrap_or_default();
    let location = capabilities(address.channel).location_request;
    context! {
        channel => context! { name => address.channel.as_str(), location => location },
        person => context! {},
        ..app.contents.active.catalogue.content(now)
    }
}

/// Wakes the lane when the burst is over; the next message wakes it before.
fn wait(app: &Arc<App>, person: Uuid, until: i64) {
    let sleeper = Arc::clone(app);
    app.tasks.spawn(async move {
        tokio::select! {
            () = sleeper.clock.sleep_until(until) => sleeper.bus.conversations.wake(person),
            () = sleeper.stop.cancelled() => {}
        }
    });
}

async fn count_attempt(app: &App, message: &Waiting) {
    let counted = async {
        let unit = app.store.unit().await?;
        store::inbox::count_attempt(&unit, message.id).await?;
        unit.commit().await
    };
    if let Err(err) = counted.await {
        warn!(trace = message.trace, inbox.id = %message.id, "a failed turn could not be counted: {err}");
    }
}

/// Counts a turn that broke off, against the first message that waits.
pub async fn count_broken(app: &App, person: Uuid) {
    if let Ok(waiting) = store::inbox::waiting(app.store.read(), person).await
        && let Some(first) = waiting.first()
    {
        count_attempt(app, first).await;
    }
}

/// A message whose turn fails again and again must not block the person for ever: somebody of the town gets it.
async fn set_aside(app: &Arc<App>, person: Uuid, message: &Waiting) -> Result<(), TurnError> {
    error!(
        trace = message.trace, inbox.id = %message.id, alert = true,
        "message {} failed {} times: a person of the town must look at it", message.id, message.attempts
    );
    let conversation = store::conversations::load(app.store.read(), person).await?;
    let context = context(app, &conversation, message).await?;
    let local = local_time(app, context.now);
    let content = content(app, &context.address, context.now);
    let world = World { now: &local, content: &content, gazetteer: &app.contents.active.catalogue };
    let context = Context { session: Session::new(context.session.lang), ..context };
    let rescue = Command::Start { flow: "agent".to_owned(), intent: None, slots: Vec::new() };
    let unit = app.store.unit().await?;
    store::inbox::done(&unit, message.id, conversation.turn + 1).await?;
    dialogue(&context, unit, &[rescue], &world, None).await
}

/// Gives a conversation back to the bot: it asks its open question again, at the exact step where it was.
///
/// # Errors
/// When the database fails, or a turn of the person came between.
pub async fn resume_bot(app: &Arc<App>, person: Uuid, unit: Unit, trace: &str) -> Result<(), TurnError> {
    let conversation = store::conversations::load(&*unit, person).await?;
    let Some(address) = store::people::last_address(&*unit, person).await? else { return Ok(()) };
    let default = app.contents.active.catalogue.town().languages.first().copied().unwrap_or(Lang::ES);
    let session = conversation.session.clone().unwrap_or_else(|| Session::new(default));
    let pinned = conversation.release.as_deref().filter(|_| !session.stack.is_empty());
    let context = Context {
        app,
        conversation: &conversation,
        release: pinned.unwrap_or(&app.contents.active.hash).to_owned(),
        library: app.contents.library(pinned, &app.store).await?,
        session,
        address,
        trace,
        now: app.clock.now(),
    };
    let local = local_time(app, context.now);
    let content = content(app, &context.address, context.now);
    let world = World { now: &local, content: &content, gazetteer: &app.contents.active.catalogue };
    let commands = if context.session.is_waiting() { vec![Command::Repeat] } else { Vec::new() };
    dialogue(&context, unit, &commands, &world, Some(Owner::Bot)).await
}
