//! The second half of a turn: carries out what the dialogue wants done, and commits state, effects and replies
//! together.

use tracing::{error, info};
use ventanilla_adapters::{CallEvent, Channel, Message, capabilities};
use ventanilla_flows::{Event, Session, Turn};
use ventanilla_values::Lang;

use super::{attend::TurnError, burst::Burst, call, context::Context, idle, lent::come_back, pace, trouble};
use crate::{
    actions::{self, Asker, Done},
    agents,
    bus::DeskNews,
    outbox::render::{self, End},
    store::{
        self, Unit,
        conversations::{Conversation, Owner},
        outbox::{Author, NewReply},
    },
};

/// `do` steps that one turn may carry out: the engine's own limits end a loop long before.
const ACTIONS: usize = 50;
/// A call ends with these flows.
const LAST_WORDS: [&str; 3] = ["goodbye", "call_attended", "opt_out"];

/// Turns that a call has left after it was too long: to be passed on, or to leave a number.
const AFTERWORDS: i64 = 6;

/// What the actions of a turn left behind, besides the database.
#[derive(Debug, Default)]
struct Effects {
    secrets: Vec<String>,
    /// Pass the call to this number.
    dial: Option<String>,
    /// The queue of the desk changed.
    queue: bool,
}

/// Carries out what a turn asks for, resumes it until it waits for the person, and commits state, effects and replies
/// together. `next` is the conversation as it will be, but for session, release and turn.
pub(super) async fn finish(
    context: &Context<'_>,
    unit: Unit,
    mut turn: Turn,
    mut next: Conversation,
    burst: &Burst<'_>,
) -> Result<(), TurnError> {
    let app = context.app;
    let mut events = std::mem::take(&mut turn.events);
    let mut effects = Effects::default();
    for idx in 0..ACTIONS {
        let Some(suspended) = turn.suspended.take() else { break };
        let asker = asker(context, turn.session.lang, idx);
        // What reports do is large; the future of a turn is not.
        let done = Box::pin(actions::run(app, &unit, &asker, &suspended)).await?;
        let result = take(done, &mut next, &mut effects);
        if let Err(why) = &result {
            let action = suspended.action.as_str();
            error!(trace = context.trace, action, "action {action} failed: {why}");
        }
        turn = context.library.resume(turn.session, result.clone(), &context.world());
        app.tape.result(&result, &turn);
        events.append(&mut turn.events);
    }
    note(&events, context.trace);
    let bubbles = bubbles(context, &events, &turn.session, &effects, burst).await?;
    let private = context.is_private(next.owner, &begun(&events, &turn.session));
    store_replies(context, &unit, &bubbles, &effects.secrets, private).await?;
    if effects.queue && private && next.owner == Owner::Queue {
        let session = if turn.session.stack.is_empty() { &context.session } else { &turn.session };
        agents::sensitive::keep_within(&unit, &app.contents.active.catalogue, next.person, session).await?;
    }
    next.danger_channel = match next.owner {
        Owner::Danger => context.conversation.danger_channel.or(Some(context.address.channel)),
        Owner::Bot | Owner::Queue | Owner::Agent => None,
    };
    let patience = app.config.desk.talk();
    next.trouble = trouble::after(context.conversation, &events, &turn.session, patience, context.now);
    next.begun_elsewhere &= !turn.session.stack.is_empty();
    next.release = (!turn.session.stack.is_empty()).then(|| context.release.clone());
    let set = &app.config.conversation;
    next.idle = idle::after(context.conversation, &next, &turn.session, &context.library, set, context.now);
    next.pace = pace::after(&next.pace, burst, &events, context.now);
    come_back(context, &unit, &mut turn, &mut next).await?;
    next.turn = context.conversation.turn + 1;
    store::conversations::save(&unit, &next, &turn.session, context.now).await?;
    agents::note_hard(&unit, &context.library, next.person, &events, context.now).await?;
    unit.commit().await?;
    if !bubbles.is_empty() {
        app.bus.outbox.wake(next.person);
    }
    app.bus.announce_turn(next.person);
    if effects.queue || next.owner != Owner::Bot || context.conversation.owner != Owner::Bot {
        app.bus.announce_desk(DeskNews::Person(next.person));
    }
    if next.owner == Owner::Bot || context.conversation.owner == Owner::Bot {
        app.bus.announce_desk(DeskNews::Talk(next.person));
    }
    let replies = bubbles.len();
    info!(
        trace = context.trace,
        turn = next.turn,
        replies,
        "turn {} is done with {replies} replies",
        next.turn
    );
    Ok(())
}

fn take(done: Done, next: &mut Conversation, effects: &mut Effects) -> Result<serde_json::Value, String> {
    next.owner = done.owner.unwrap_or(next.owner);
    effects.secrets.extend(done.secret.clone());
    effects.queue |= done.queue;
    effects.dial = done.dial.clone().or(effects.dial.take());
    done.into_result()
}

fn asker<'a>(context: &Context<'a>, lang: Lang, idx: usize) -> Asker<'a> {
    Asker {
        person: context.conversation.person,
        address: context.address.clone(),
        turn: context.conversation.turn + 1,
        idx: i64::try_from(idx).unwrap_or(i64::MAX),
        lang,
        now: context.now,
        catalogue: &context.app.contents.active.catalogue,
    }
}

async fn bubbles(
    context: &Context<'_>,
    events: &[Event],
    session: &Session,
    effects: &Effects,
    burst: &Burst<'_>,
) -> Result<Vec<Message>, TurnError> {
    let outbounds = render::outbounds(events, session);
    let abilities = capabilities(context.address.channel);
    if burst.call == Some(CallEvent::Ended) && outbounds.is_empty() {
        return Ok(Vec::new());
    }
    if context.address.channel != Channel::Voice {
        return Ok(render::render(&outbounds, abilities, session.lang));
    }
    let end = end(context, events, effects, burst).await?;
    Ok(vec![render::speak(&outbounds, end, abilities, session.lang)])
}

/// How this turn of a call ends.
async fn end(
    context: &Context<'_>,
    events: &[Event],
    effects: &Effects,
    burst: &Burst<'_>,
) -> Result<End, TurnError> {
    let voice = &context.app.config.voice;
    if let Some(number) = &effects.dial {
        return Ok(End::Dial { number: number.clone(), seconds: voice.dial_seconds });
    }
    let ended = |flow: &str| {
        events.iter().any(|event| matches!(event, Event::FlowEnded { flow: one, .. } if one == flow))
    };
    let account = &context.address.account;
    let turns = store::spoken::turns_of_call(context.app.store.read(), account, burst.call_id()).await?;
    if LAST_WORDS.into_iter().any(ended) || turns >= voice.most_turns + AFTERWORDS {
        return Ok(End::HangUp);
    }
    let attempt = if burst.silence { call::attempt(burst).saturating_add(1) } else { 0 };
    Ok(End::Listen { menu: format!("menu.{}", context.conversation.turn + 1), attempt })
}

/// Flows that began in a turn or run after it.
fn begun<'a>(events: &'a [Event], session: &'a Session) -> Vec<&'a str> {
    let started = events.iter().filter_map(|event| match event {
        Event::FlowStarted { flow, .. } => Some(flow.as_str()),
        _ => None,
    });
    started.chain(session.stack.iter().map(|frame| frame.flow.as_str())).collect()
}

async fn store_replies(
    context: &Context<'_>,
    unit: &Unit,
    bubbles: &[Message],
    secrets: &[String],
    private: bool,
) -> Result<(), TurnError> {
    for (idx, message) in (0..).zip(bubbles) {
        let masked = render::masked(message, secrets);
        let reply = NewReply {
            id: context.app.ids.next(),
            person: context.conversation.person,
            turn: context.conversation.turn + 1,
            idx,
            author: Author::Bot,
            address: &context.address,
            message,
            masked: masked.as_ref(),
            private,
            window_until: context.window_until(),
            said_by: None,
            not_before: None,
            trace: context.trace,
        };
        store::outbox::insert(unit, &reply, context.now).await?;
    }
    Ok(())
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
