//! What the provider took: noted together with the news that overtook its answer.

use std::sync::atomic::Ordering;

use tracing::info;
use ventanilla_adapters::{DeliveryState, ReplyPath, SendError, StatusUpdate, capabilities};

use super::late::refused_later;
use crate::{
    app::App,
    inbox,
    store::{self, StoreError, Unit, outbox::Pending},
};

/// A status with what its failure means.
type Failure = (StatusUpdate, SendError);

pub(super) async fn accept(
    app: &App,
    reply: &Pending,
    provider_id: &str,
    now: i64,
) -> Result<(), StoreError> {
    let channel = reply.address.channel;
    // A page fetches it from us later: its secrets go with the housekeeping.
    let mask = reply.masked.is_some() && capabilities(channel).reply_path != ReplyPath::Pull;
    // A status may have overtaken the answer.
    if mask || app.held_statuses.load(Ordering::Relaxed) {
        let unit = app.store.unit().await?;
        let noted = store::outbox::accepted(&*unit, reply.id, channel, provider_id, now).await?;
        if mask && noted {
            store::outbox::mask(&*unit, reply.id).await?;
        }
        catch_up(app, unit, provider_id, now).await?;
    } else {
        let single = app.store.single().await?;
        store::outbox::accepted(&*single, reply.id, channel, provider_id, now).await?;
        single.commit().await?;
        if app.held_statuses.load(Ordering::Relaxed) {
            // It came between the look and the commit.
            catch_up(app, app.store.unit().await?, provider_id, now).await?;
        }
    }
    info!(outbox.id = %reply.id, trace = reply.trace, "reply {} was taken", reply.id);
    Ok(())
}

async fn catch_up(app: &App, unit: Unit, provider_id: &str, now: i64) -> Result<(), StoreError> {
    let failures = apply_held(app, &unit, provider_id, now).await?;
    unit.commit().await?;
    for (status, error) in failures {
        refused_later(app, &status, &error).await?;
    }
    Ok(())
}

/// Gives the failures among them.
async fn apply_held(app: &App, unit: &Unit, provider_id: &str, now: i64) -> Result<Vec<Failure>, StoreError> {
    let mut failures = Vec::new();
    for status in store::statuses::take_held(unit, provider_id).await? {
        let error = inbox::explained(app, &status);
        store::statuses::apply(unit, &status, error.as_ref(), app.ids.next(), now).await?;
        let failed = error.filter(|_| status.state == DeliveryState::Failed);
        failures.extend(failed.map(|error| (status, error)));
    }
    Ok(failures)
}
