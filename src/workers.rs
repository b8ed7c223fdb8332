//! The workers that walk the path: woken by the bus, with a safety net for what nobody was woken for.

use std::{
    sync::{Arc, atomic::Ordering},
    time::Duration,
};

use tracing::{error, warn};
use ventanilla_adapters::{Fault, Retry, SendError};

use crate::{agents, app::App, conversation, notify, outbox, outgoing, pipeline, privacy, reports, store};

/// How often the safety net looks.
const NET: Duration = Duration::from_secs(1);
/// How often what is due of reports and talks is looked for, in milliseconds.
const DUE: i64 = 1000;
/// Milliseconds that a message may wait before the net takes it for forgotten.
const FORGOTTEN: i64 = 2_000;
/// How often old things are forgotten.
const HOUSEKEEPING: Duration = Duration::from_secs(3600);
/// Secrets that a web page may still fetch, in milliseconds.
const SECRETS: i64 = 3600 * 1000;
/// What no call fetched after so many milliseconds is not fetched any more.
const UNHEARD: i64 = 3600 * 1000;
/// Statuses that nobody came for, in milliseconds.
const HELD_STATUSES: i64 = 8 * 24 * 3600 * 1000;
/// Files that colleagues chose and never sent, in milliseconds.
const UNSENT_FILES: i64 = 24 * 3600 * 1000;
/// Photos of the work that no move shows wait so long, in milliseconds.
const UNUSED_PHOTOS: i64 = 7 * 24 * 3600 * 1000;

/// Takes up what the last process left, and starts everything.
///
/// # Errors
/// When the database fails.
pub async fn start(app: &Arc<App>) -> Result<(), store::StoreError> {
    outbox::recover(app).await?;
    app.held_statuses.store(store::statuses::any_held(app.store.read()).await?, Ordering::Relaxed);
    wake_all(app).await?;
    for _ in 0..app.config.conversation.workers {
        app.tasks.spawn(converse(Arc::clone(app)));
    }
    for _ in 0..app.config.outbox.workers {
        app.tasks.spawn(send(Arc::clone(app)));
    }
    app.tasks.spawn(agents::live::distribute(Arc::clone(app)));
    app.tasks.spawn(notify::watch(Arc::clone(app)));
    app.tasks.spawn(reports_go_on(Arc::clone(app)));
    app.tasks.spawn(talks_go_on(Arc::clone(app)));
    app.tasks.spawn(reports::copies::watch(Arc::clone(app)));
    outgoing::start(app);
    app.tasks.spawn(safety_net(Arc::clone(app)));
    app.tasks.spawn(housekeeping(Arc::clone(app)));
    Ok(())
}

async fn converse(app: Arc<App>) {
    while let Some(lane) = app.bus.conversations.next().await {
        let person = lane.person;
        // A task of its own, so that a panic ends one turn and not the worker.
        let turn = tokio::spawn({
            let app = Arc::clone(&app);
            async move { pipeline::converse(&app, person).await }
        });
        match turn.await {
            Ok(Ok(())) => {}
            Ok(Err(err)) => error!(person.id = %person, "a turn failed and will be done again: {err}"),
            Err(err) => {
                error!(person.id = %person, alert = true, "a turn broke off: {err}");
                conversation::count_broken(&app, person).await;
            }
        }
    }
}

async fn send(app: Arc<App>) {
    while let Some(lane) = app.bus.outbox.next().await {
        let person = lane.person;
        let sent = tokio::spawn({
            let app = Arc::clone(&app);
            async move { pipeline::send(&app, person).await }
        });
        match sent.await {
            Ok(Ok(())) => {}
            Ok(Err(err)) => {
                error!(person.id = %person, "a reply could not be sent and will be tried again: {err}")
            }
            Err(err) => error!(person.id = %person, alert = true, "sending broke off: {err}"),
        }
    }
}

/// What reports do by themselves, telling of what happened to them, and what follows an erasure.
async fn reports_go_on(app: Arc<App>) {
    loop {
        let done = async {
            reports::do_due(&app).await?;
            reports::tell_due(&app).await?;
            privacy::go_on(&app).await
        };
        if let Err(err) = done.await {
            warn!("what is due of reports and erasures could not be done: {err}");
        }
        if !a_moment_later(&app).await {
            return;
        }
    }
}

/// What talks do by themselves while nobody writes.
async fn talks_go_on(app: Arc<App>) {
    loop {
        let done = async {
            conversation::remind_due(&app).await?;
            conversation::erase_due(&app).await
        };
        if let Err(err) = done.await {
            warn!("what is due of talks could not be read: {err}");
        }
        if !a_moment_later(&app).await {
            return;
        }
    }
}

/// Waits until what is due is looked for again; `false` when the server stops.
async fn a_moment_later(app: &App) -> bool {
    // The clock may be turned, and it may stand still.
    let next = app.clock.now() + DUE;
    tokio::select! {
        () = app.clock.sleep_until(next) => true,
        () = tokio::time::sleep(NET) => true,
        () = app.stop.cancelled() => false,
    }
}

async fn safety_net(app: Arc<App>) {
    loop {
        tokio::select! {
            () = tokio::time::sleep(NET) => {}
            () = app.stop.cancelled() => return app.bus.close(),
        }
        if let Err(err) = wake_waiting(&app).await {
            warn!("the safety net could not look: {err}");
        }
    }
}

/// At start: also those whose time has not come, so that they wait for it exactly.
async fn wake_all(app: &App) -> Result<(), store::StoreError> {
    wake(app, i64::MAX).await
}

async fn wake_waiting(app: &App) -> Result<(), store::StoreError> {
    wake(app, app.clock.now() - FORGOTTEN).await
}

async fn wake(app: &App, before: i64) -> Result<(), store::StoreError> {
    for person in store::inbox::people_waiting(app.store.read(), before).await? {
        app.bus.conversations.wake(person);
    }
    for person in store::outbox::people_waiting(app.store.read(), before).await? {
        app.bus.outbox.wake(person);
    }
    Ok(())
}

async fn housekeeping(app: Arc<App>) {
    loop {
        if let Err(err) = forget(&app).await {
            warn!("old things could not be forgotten: {err}");
        }
        tokio::select! {
            () = tokio::time::sleep(HOUSEKEEPING) => {}
            () = app.stop.cancelled() => return,
        }
    }
}

async fn forget(app: &App) -> Result<(), store::StoreError> {
    let now = app.clock.now();
    let raw_kept = i64::from(app.config.data.raw_days) * 24 * 3600 * 1000;
    let unit = app.store.unit().await?;
    store::raws::forget(&unit, now - raw_kept).await?;
    store::inbox::forget_raw(&unit, now - raw_kept).await?;
    store::statuses::forget_held(&unit, now - HELD_STATUSES).await?;
    store::outbox::mask_old(&unit, now - SECRETS).await?;
    let kept =
        i64::try_from(app.config.outbox.kept_days).unwrap_or(i64::MAX).saturating_mul(24 * 3600 * 1000);
    store::kept::give_up(&unit, &nobody_came(), now - kept, now).await?;
    store::spoken::unheard(&unit, &broke_off(), now - UNHEARD, now).await?;
    outgoing::forget(app, &unit, now).await?;
    unit.commit().await?;
    agents::forget_unsent(app, now - UNSENT_FILES).await?;
    reports::work::forget_unused(app, now - UNUSED_PHOTOS).await?;
    app.paces.tidy();
    app.open311.tidy();
    Ok(())
}

fn nobody_came() -> SendError {
    let sentence =
        "La persona no volvió a escribir, así que este mensaje ya no se le pudo entregar.".to_owned();
    SendError { retry: Retry::Never, fault: Fault::Window, code: None, sentence }
}

fn broke_off() -> SendError {
    let sentence = "La llamada se cortó antes de que se pudiera decir esto.".to_owned();
    SendError { retry: Retry::Never, fault: Fault::Recipient, code: None, sentence }
}
