//! One turn: from the waiting messages of a person to a committed transaction.

use std::sync::Arc;

use tracing::{error, info};
use ventanilla_adapters::capabilities;
use ventanilla_flows::{Command, Event, Turn};
use ventanilla_intents::Understanding;
use ventanilla_values::Lang;

use super::{attend::TurnError, burst::Burst, context::Context, policy};
use crate::{
    actions::{self, Asker},
    app::App,
    clock::millis,
    media,
    outbox::render,
    store::{
        self, Unit,
        conversations::{Conversation, Owner},
        inbox::Waiting,
        media::MediaFile,
        outbox::{Author, NewReply},
    },
};

/// `do` steps that one turn may carry out: the engine's own limits end a loop long before.
const ACTIONS: usize = 50;

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
    let photo = take_in_photo(app, conversation, &burst).await;
    let understood = understand(app, &burst);
    context.greet_in_their_language(understood.as_ref());
    let commands = commands(&context, &burst, understood.as_ref(), photo.as_ref());
    context.renew_if_reset(&commands);
    let begun = begin(&context, &commands);
    let unit = app.store.unit().await?;
    if let Some(file) = &photo {
        store::media::insert(&unit, file, context.now).await?;
    }
    for message in &burst.messages {
        store::inbox::done(&unit, message.id, conversation.turn + 1).await?;
    }
    finish(&context, unit, begun, None).await?;
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

fn commands(
    context: &Context<'_>,
    burst: &Burst<'_>,
    understood: Option<&Understanding>,
    photo: Option<&MediaFile>,
) -> Vec<Command> {
    if context.bot_is_silent(understood) {
        return Vec::new();
    }
    let photo = photo.map(|file| file.id.to_string());
    policy::commands(burst, &context.situation(&context.world(), understood, photo.as_deref()))
}

/// The engine's part before the transaction: pure.
pub(super) fn begin(context: &Context<'_>, commands: &[Command]) -> Turn {
    if commands.is_empty() {
        return Turn { session: context.session.clone(), events: Vec::new(), suspended: None };
    }
    context.library.turn(context.session.clone(), commands, &context.world())
}

/// Carries out what a turn asks for, resumes it until it waits for the person, and commits state, effects and replies
/// together.
pub(super) async fn finish(
    context: &Context<'_>,
    unit: Unit,
    mut turn: Turn,
    owner: Option<Owner>,
) -> Result<(), TurnError> {
    let app = context.app;
    let mut owner = owner.unwrap_or(context.conversation.owner);
    let mut events = std::mem::take(&mut turn.events);
    let mut secrets = Vec::new();
    for idx in 0..ACTIONS {
        let Some(suspended) = turn.suspended.take() else { break };
        let asker = asker(context, turn.session.lang, idx);
        let done = actions::run(app, &unit, &asker, &suspended).await?;
        owner = done.owner.unwrap_or(owner);
        secrets.extend(done.secret.clone());
        let result = done.into_result();
        if let Err(why) = &result {
            error!(
                trace = context.trace,
                action = suspended.action,
                "action {} failed: {why}",
                suspended.action
            );
        }
        turn = context.library.resume(turn.session, result, &context.world());
        events.append(&mut turn.events);
    }
    note(&events, context.trace);
    let replies = store_replies(context, &unit, &events, &secrets, turn.session.lang).await?;
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
    info!(
        trace = context.trace,
        turn = next.turn,
        replies,
        "turn {} is done with {replies} replies",
        next.turn
    );
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
    secrets: &[String],
    lang: Lang,
) -> Result<usize, TurnError> {
    let bubbles = render::render(&render::outbounds(events), capabilities(context.address.channel), lang);
    for (idx, message) in (0..).zip(&bubbles) {
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
            trace: context.trace,
        };
        store::outbox::insert(unit, &reply, context.now).await?;
    }
    Ok(bubbles.len())
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
