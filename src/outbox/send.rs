//! Sending the replies of one person: on each channel the first first.

use std::{collections::HashMap, sync::Arc, time::Duration};

use bytes::Bytes;
use http::{Request, Response};
use tracing::{info, instrument, warn};
use uuid::Uuid;
use ventanilla_adapters::{
    Adapter, CallFailure, Channel, Delivery, Fault, Outcome, Outgoing, Retry, SendError,
};

use super::{
    Step,
    accepted::accept,
    call,
    failed::{fail, give_up},
    fallback::fall_back,
    gate::{Gate, gate},
    keep::keep,
    upload::uploaded,
};
use crate::{
    app::App,
    clock::millis,
    store::{
        self, StoreError,
        outbox::{Pending, PendingState},
    },
};

/// Replies of each channel read at a time.
const BATCH: i64 = 8;
const BATCH_LEN: usize = 8;

/// Sends what can be sent now to one person. The next reply goes only when the one before it on its channel was taken
/// or given up: a channel that stands still holds up no other.
///
/// # Errors
/// When the database fails; the safety net comes again.
#[instrument(name = "outbox", skip_all, fields(person.id = %person))]
pub async fn deliver(app: &Arc<App>, person: Uuid) -> Result<(), StoreError> {
    loop {
        let replies = store::outbox::pending(app.store.read(), person, BATCH).await?;
        let all_there = replies.len() < BATCH_LEN;
        match deliver_in_order(app, person, &replies).await? {
            Delivered::All if all_there => {
                app.waiting_replies.remove(person);
                return Ok(());
            }
            Delivered::WaitsUntil(at) => {
                wait(app, person, at);
                return Ok(());
            }
            // More were stored than were read, or one stays the first: look again.
            Delivered::All | Delivered::Held => {}
        }
    }
}

/// What became of some replies.
enum Delivered {
    /// Whoever stores another wakes this lane again.
    All,
    /// What is left has its time.
    WaitsUntil(i64),
    Held,
}

async fn deliver_in_order(
    app: &Arc<App>,
    person: Uuid,
    replies: &[Pending],
) -> Result<Delivered, StoreError> {
    let mut blocked: HashMap<(Channel, &str), i64> = HashMap::new();
    let mut went = 0;
    for reply in replies {
        let lane = (reply.address.channel, reply.address.account.as_str());
        if blocked.contains_key(&lane) {
            continue;
        }
        match one(app, person, reply).await? {
            Step::Next => went += 1,
            Step::LookAgain => return Ok(Delivered::Held),
            Step::Until(at) => drop(blocked.insert(lane, at)),
        }
    }
    // Behind what went there may be more of its channel.
    let more = went > 0 && replies.len() >= BATCH_LEN;
    let earliest = blocked.into_values().min().filter(|_| !more);
    Ok(earliest.map_or(Delivered::All, Delivered::WaitsUntil))
}

async fn one(app: &Arc<App>, person: Uuid, reply: &Pending) -> Result<Step, StoreError> {
    let now = app.clock.now();
    if reply.next_at > now {
        return Ok(Step::Until(reply.next_at));
    }
    let step = attempt(app, person, reply, now).await?;
    app.bus.announce_mailbox(person);
    Ok(step)
}

/// At start: what the last process was sending when it ended is unsure.
///
/// # Errors
/// When the database fails.
pub async fn recover(app: &App) -> Result<(), StoreError> {
    let now = app.clock.now();
    let unit = app.store.unit().await?;
    let unsure = store::outbox::recover(&unit, now + unsure_wait(app), now).await?;
    unit.commit().await?;
    if unsure > 0 {
        warn!(
            unsure,
            "{unsure} replies were on their way when the server ended: waiting for the providers' word"
        );
        metrics::counter!("ventanilla_unsure_total").increment(unsure);
    }
    Ok(())
}

async fn attempt(app: &Arc<App>, person: Uuid, reply: &Pending, now: i64) -> Result<Step, StoreError> {
    let doubtful = match reply.state {
        // Nobody else holds this lane: the attempt before broke off, before or after the call.
        PendingState::Sending => return doubt(app, reply, now).await,
        PendingState::Unsure if reply.doubtful => return give_up(app, reply, &unknown_fate(), now).await,
        PendingState::Unsure => true,
        PendingState::Queued => reply.doubtful,
    };
    if now - reply.created_at > age_limit(app, reply) {
        return give_up(app, reply, &too_old(), now).await;
    }
    let Some(adapter) = app.channels.get(reply.address.channel) else {
        return give_up(app, reply, &channel_is_off(), now).await;
    };
    match gate(app, person, reply, now).await? {
        Gate::Open => {}
        Gate::Early(wait) => return Ok(Step::Until(now + wait)),
        Gate::Stopped(until) => {
            let step = fall_back(app, person, reply, now).await?;
            return if let Some(step) = step { Ok(step) } else { postpone(app, reply, until).await };
        }
        Gate::WindowClosed => return keep(app, person, reply, None, now).await,
    }
    let unit = app.store.single().await?;
    let ours = store::outbox::claim(&*unit, reply.id, doubtful, now).await?;
    unit.commit().await?;
    if !ours {
        return Ok(Step::Next);
    }
    let outcome = perform(app, adapter, reply).await;
    settle(app, person, adapter, reply, outcome).await
}

/// What was kept for the person may be older: it goes when they come.
fn age_limit(app: &App, reply: &Pending) -> i64 {
    let kept = hours(24 * app.config.outbox.kept_days);
    let fresh = hours(app.config.outbox.give_up_hours);
    if reply.window_until.is_some_and(|until| until > reply.created_at + fresh) {
        kept.max(fresh)
    } else {
        fresh
    }
}

async fn postpone(app: &App, reply: &Pending, until: i64) -> Result<Step, StoreError> {
    let unit = app.store.single().await?;
    store::outbox::postpone(&*unit, reply.id, until).await?;
    unit.commit().await?;
    Ok(Step::Until(until))
}

/// The call itself, between two commits.
async fn perform(app: &Arc<App>, adapter: &dyn Adapter, reply: &Pending) -> Outcome {
    let outgoing = Outgoing {
        reference: reply.id.to_string(),
        to: reply.address.clone(),
        message: reply.message.clone(),
    };
    let outgoing = match uploaded(app, adapter, outgoing).await {
        Ok(outgoing) => outgoing,
        Err(error) => return Outcome::Failed(error),
    };
    match adapter.send(&outgoing) {
        Delivery::Call(request) => {
            let answer = traced_call(app, request, reply).await;
            adapter.outcome(answer.as_ref().map_err(|failure| *failure))
        }
        Delivery::Pull(_) => Outcome::Accepted { provider_id: reply.id.to_string() },
        Delivery::Impossible(error) => Outcome::Failed(error),
    }
}

async fn traced_call(
    app: &App,
    mut request: Request<Bytes>,
    reply: &Pending,
) -> Result<Response<Bytes>, CallFailure> {
    if let Ok(trace) = reply.trace.parse() {
        request.headers_mut().insert("x-request-id", trace);
    }
    call(&app.http, request).await
}

async fn settle(
    app: &Arc<App>,
    person: Uuid,
    adapter: &dyn Adapter,
    reply: &Pending,
    outcome: Outcome,
) -> Result<Step, StoreError> {
    let now = app.clock.now();
    let channel = reply.address.channel;
    match outcome {
        Outcome::Accepted { provider_id } => {
            accept(app, reply, &provider_id, now).await?;
            if app.stops.clear(channel, &reply.address.account) {
                info!("the {channel} account sends again");
            }
            metrics::counter!("ventanilla_sent_total", "channel" => channel.as_str()).increment(1);
            metrics::histogram!("ventanilla_reply_seconds").record(seconds(now - reply.created_at));
            Ok(Step::Next)
        }
        Outcome::Unsure => doubt(app, reply, now).await,
        Outcome::Failed(error) => fail(app, person, reply, adapter, &error, now).await,
    }
}

/// Nobody knows whether it was taken: the provider's status will say, or nothing will.
async fn doubt(app: &App, reply: &Pending, now: i64) -> Result<Step, StoreError> {
    warn!(outbox.id = %reply.id, trace = reply.trace, "nobody knows whether reply {} was taken", reply.id);
    metrics::counter!("ventanilla_unsure_total").increment(1);
    let unit = app.store.single().await?;
    store::outbox::unsure(&*unit, reply.id, now + unsure_wait(app), now).await?;
    unit.commit().await?;
    Ok(Step::LookAgain)
}

/// Wakes the lane when the time has come; a status may wake it before.
fn wait(app: &Arc<App>, person: Uuid, until: i64) {
    if !app.waiting_replies.add(person, until) {
        return;
    }
    let sleeper = Arc::clone(app);
    app.tasks.spawn(async move {
        tokio::select! {
            () = sleeper.clock.sleep_until(until) => {
                if sleeper.waiting_replies.awake(person, until) {
                    sleeper.bus.outbox.wake(person);
                }
            }
            () = sleeper.stop.cancelled() => {}
        }
    });
}

/// 1 s, 4 s, 15 s … each varied by up to a fifth, so that many do not come back together.
pub(super) fn backoff(app: &App, attempts: i64) -> i64 {
    let ladder = &app.config.outbox.retry_seconds;
    let rung = usize::try_from(attempts).unwrap_or(0).min(ladder.len().saturating_sub(1));
    let base = millis(Duration::from_secs(ladder.get(rung).copied().unwrap_or(60)));
    let fifth = u32::try_from(base / 5).unwrap_or(u32::MAX).max(1);
    base + i64::from(app.ids.number(2 * fifth)) - i64::from(fifth)
}

fn unsure_wait(app: &App) -> i64 {
    millis(Duration::from_secs(app.config.outbox.unsure_seconds))
}

fn hours(hours: u64) -> i64 {
    millis(Duration::from_secs(hours * 3600))
}

#[expect(clippy::cast_precision_loss, reason = "a metric")]
fn seconds(millis: i64) -> f64 {
    millis as f64 / 1000.0
}

fn unknown_fate() -> SendError {
    failure(
        Fault::Provider,
        "El proveedor no confirmó si este mensaje llegó. No se manda otra vez para no repetirlo.",
    )
}

fn too_old() -> SendError {
    failure(Fault::Provider, "Este mensaje esperó demasiado y ya no tenía sentido mandarlo.")
}

fn channel_is_off() -> SendError {
    failure(Fault::Account, "Este canal está apagado en la configuración del servidor.")
}

fn failure(fault: Fault, sentence: &str) -> SendError {
    SendError { retry: Retry::Never, fault, code: None, sentence: sentence.to_owned() }
}
