//! The turns of one person, one after the other, until nothing waits.

use std::sync::Arc;

use tracing::{error, instrument, warn};
use uuid::Uuid;
use ventanilla_adapters::{Body, Channel};
use ventanilla_flows::{Command, Session};

use super::{
    burst::Burst,
    context::Context,
    finish::finish,
    flood::{self, Reading},
    idle, notes, policy,
    turn::{Taken, begin, turn},
};
use crate::{
    app::App,
    store::{
        self, StoreError, Unit,
        conversations::{Conversation, Owner},
        idle::Idle,
        inbox::Waiting,
    },
};

#[derive(Debug, thiserror::Error)]
pub enum TurnError {
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Does the turns of a person until nothing waits.
///
/// # Errors
/// When the database fails; the messages still wait and the safety net comes again.
#[instrument(name = "conversation", skip_all, fields(person.id = %person))]
pub async fn attend(app: &Arc<App>, person: Uuid) -> Result<(), TurnError> {
    loop {
        let mut waiting = store::inbox::waiting(app.store.read(), person).await?;
        apply_edits(&mut waiting);
        let waiting = notes::readable(app, person, waiting).await?;
        let Some(first) = waiting.first().cloned() else { return Ok(()) };
        if first.attempts >= app.config.conversation.attempts {
            set_aside(app, person, &first).await?;
            continue;
        }
        let conversation = store::conversations::load(app.store.read(), person).await?;
        let all = waiting.len();
        match slowed_turn(app, &conversation, waiting).await {
            // Whoever stores another message wakes this lane again.
            Ok(Taken::Done { messages }) if messages == all && messages < store::inbox::BATCH => {
                return Ok(());
            }
            Ok(Taken::Done { .. }) => {}
            Ok(Taken::MoreMayCome { until }) => {
                wait(app, person, until);
                return Ok(());
            }
            // Somebody else wrote between reading and writing: once more, on what they wrote.
            Err(TurnError::Store(StoreError::Conflict(_))) => {}
            Err(err) => {
                // A database that fails is not the message's fault.
                if matches!(err, TurnError::Store(StoreError::Unreadable { .. })) {
                    count_attempt(app, &first).await;
                }
                return Err(err);
            }
        }
    }
}

/// A turn over what may be read now.
async fn slowed_turn(
    app: &Arc<App>,
    conversation: &Conversation,
    waiting: Vec<Waiting>,
) -> Result<Taken, TurnError> {
    match flood::slowed(app, conversation, waiting).await? {
        Reading::Now { messages, together } => turn(app, conversation, &messages, together).await,
        Reading::Later { until } => Ok(Taken::MoreMayCome { until }),
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
pub async fn count_broken(app: &Arc<App>, person: Uuid) {
    if let Ok(waiting) = store::inbox::waiting(app.store.read(), person).await
        && let Ok(waiting) = notes::readable(app, person, waiting).await
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
    let address = message.inbound.from.address.clone();
    let mut context = Context::new(app, &conversation, address, &message.trace).await?;
    context.session = Session::new(context.session.lang);
    let rescue = Command::start("agent", None, Vec::new());
    let unit = app.store.unit().await?;
    store::inbox::done(&unit, message.id, conversation.turn + 1).await?;
    let begun = begin(&context, &[rescue]);
    finish(&context, unit, begun, Conversation { session: None, ..conversation.clone() }, &Burst::default())
        .await
}

/// Gives a conversation back to the bot, which goes on with these commands; [`Command::Repeat`] asks its open question
/// again, at the exact step where it was.
///
/// # Errors
/// When the database fails, or a turn of the person came between.
pub async fn resume_bot(
    app: &Arc<App>,
    person: Uuid,
    unit: Unit,
    mut commands: Vec<Command>,
    trace: &str,
) -> Result<(), TurnError> {
    let conversation = store::conversations::load(&*unit, person).await?;
    let Some(address) = store::people::last_address(&*unit, person).await? else {
        return Ok(unit.commit().await?);
    };
    if address.channel == Channel::Voice {
        // A call that is over cannot be gone on with: the bot asks when the person comes again.
        let session = conversation.session.clone().filter(|_| commands == [Command::Repeat]);
        return leave(app, unit, conversation, session).await;
    }
    let mut context = Context::new(app, &conversation, address, trace).await?;
    context.renew_if_reset(&commands);
    commands.retain(|command| *command != Command::Repeat || context.session.is_waiting());
    if commands == [Command::Repeat] && is_at_will(&context.session) {
        // What was offered while nobody was there is over: the question below it is the open one.
        commands = vec![Command::LeavePassing];
    }
    let begun = begin(&context, &commands);
    let next = Conversation { session: None, owner: Owner::Bot, ..conversation.clone() };
    finish(&context, unit, begun, next, &Burst::default()).await
}

/// Whether the open question is one that nobody has to answer.
fn is_at_will(session: &Session) -> bool {
    session.running().is_some_and(|frame| policy::AT_WILL.contains(&frame.flow.as_str()))
}

/// Gives a conversation back to the bot, which says nothing and begins anew when the person writes.
///
/// # Errors
/// As [`resume_bot`].
pub async fn leave_to_bot(app: &App, person: Uuid, unit: Unit) -> Result<(), TurnError> {
    let conversation = store::conversations::load(&*unit, person).await?;
    leave(app, unit, conversation, None).await
}

async fn leave(
    app: &App,
    unit: Unit,
    conversation: Conversation,
    session: Option<Session>,
) -> Result<(), TurnError> {
    let now = app.clock.now();
    let lang = conversation.session.as_ref().map_or(ventanilla_values::Lang::ES, |session| session.lang);
    let session = session.unwrap_or_else(|| Session::new(lang));
    let library = app.contents.library(conversation.release.as_deref(), &app.store).await?;
    let turn = conversation.turn + 1;
    let next = Conversation { session: None, owner: Owner::Bot, turn, ..conversation.clone() };
    let idle = idle::after(&conversation, &next, &session, &library, &app.config.conversation, now);
    // Nobody asked anything just now.
    let idle = Idle { remind_at: None, ..idle };
    store::conversations::save(&unit, &Conversation { idle, ..next }, &session, now).await?;
    Ok(unit.commit().await?)
}

/// What the person corrected or took back before anybody read it is read as they want it.
fn apply_edits(waiting: &mut [Waiting]) {
    let changes: Vec<(String, Body)> = waiting.iter().filter_map(|one| change(&one.inbound.body)).collect();
    for (target, body) in changes {
        if let Some(message) = waiting.iter_mut().find(|one| one.inbound.id == target) {
            message.inbound.body = body;
        }
    }
}

fn change(body: &Body) -> Option<(String, Body)> {
    match body {
        Body::Edited { target, text: Some(text) } => {
            Some((target.clone(), Body::Text { text: text.clone() }))
        }
        Body::Revoked { target } => Some((target.clone(), Body::Unsupported { kind: "revoke".to_owned() })),
        _ => None,
    }
}
