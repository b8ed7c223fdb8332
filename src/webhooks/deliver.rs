//! The way of a delivery: posted, and again later when it did not arrive, until it is too old.

use std::time::Duration;

use futures::future::join_all;
use reqwest::header::{CONTENT_TYPE, RETRY_AFTER};
use tracing::{error, info};

use super::{event, sign::signature, waiting};
use crate::{
    app::App,
    config::WebhookEndpoint,
    store::{
        self, StoreError,
        webhook_deliveries::{Delivery, DeliveryState},
    },
};

/// Seconds until the next try; the last is repeated. Each is varied by up to a fifth.
const WAITS: [i64; 8] = [5, 60, 300, 1_800, 7_200, 18_000, 36_000, 43_200];
/// Deliveries that are on their way at once.
const AT_ONCE: i64 = 16;
/// An endpoint may ask for a longer pause, up to a day.
const LONGEST_PAUSE: i64 = 24 * 3600;

/// What came of a try.
enum Outcome {
    Arrived,
    /// What went wrong, and the pause in seconds that was asked for.
    Again(String, Option<i64>),
    /// It will never arrive.
    Never(String),
}

/// Sends what is due. Gives how many there were.
///
/// # Errors
/// When the database fails.
pub async fn deliver_due(app: &App) -> Result<usize, StoreError> {
    let due = store::webhook_deliveries::due(app.store.read(), app.clock.now(), AT_ONCE).await?;
    let count = due.len();
    for done in join_all(due.into_iter().map(|delivery| deliver(app, delivery))).await {
        done?;
    }
    Ok(count)
}

async fn deliver(app: &App, delivery: Delivery) -> Result<(), StoreError> {
    let outcome = match app.config.webhooks.endpoint(&delivery.endpoint) {
        Some(endpoint) => post(app, endpoint, &delivery).await,
        None => Outcome::Never("the settings have no such endpoint any more".to_owned()),
    };
    let next = after(app, delivery, outcome);
    let unit = app.store.unit().await?;
    store::webhook_deliveries::put(&unit, &next).await?;
    unit.commit().await
}

/// The delivery as it is after a try.
fn after(app: &App, delivery: Delivery, outcome: Outcome) -> Delivery {
    let (now, tries) = (app.clock.now(), delivery.tries + 1);
    let give_up = i64::try_from(app.config.webhooks.give_up_hours).unwrap_or(i64::MAX);
    let last = delivery.created_at.saturating_add(give_up.saturating_mul(3_600_000));
    let delivery = Delivery { tries, ..delivery };
    let ended = |state, problem| Delivery { state, problem, done_at: Some(now), ..delivery.clone() };
    match outcome {
        Outcome::Arrived => ended(DeliveryState::Delivered, None),
        Outcome::Again(why, pause) if now < last => {
            let next_at =
                now + pause.map_or_else(|| wait(app, tries), |pause| pause.min(LONGEST_PAUSE) * 1000);
            info!(delivery.id = %delivery.id, tries, "a webhook did not arrive and is sent again: {why}");
            Delivery { problem: Some(why), next_at, ..delivery }
        }
        Outcome::Again(why, _) | Outcome::Never(why) => {
            let (id, endpoint) = (delivery.id, &delivery.endpoint);
            error!(delivery.id = %id, alert = true, "a webhook for {endpoint} was given up: {why}; see `ventanilla webhooks`");
            ended(DeliveryState::Failed, Some(why))
        }
    }
}

/// Milliseconds.
fn wait(app: &App, tries: i64) -> i64 {
    let nth = usize::try_from(tries - 1).unwrap_or(0).min(WAITS.len() - 1);
    let base = WAITS[nth] * 1000;
    base - base / 5 + i64::from(app.ids.number(u32::try_from(base * 2 / 5).unwrap_or(u32::MAX)))
}

async fn post(app: &App, endpoint: &WebhookEndpoint, delivery: &Delivery) -> Outcome {
    let Some(key) = endpoint.key() else { return Outcome::Never("the endpoint has no secret".to_owned()) };
    let (id, at) = (format!("msg_{}", delivery.id.simple()), app.clock.now() / 1000);
    let request = app
        .http
        .post(&endpoint.url)
        .timeout(Duration::from_secs(app.config.webhooks.timeout_seconds))
        .header(CONTENT_TYPE, "application/cloudevents+json; charset=utf-8")
        .header("webhook-id", &id)
        .header("webhook-timestamp", at.to_string())
        .header("webhook-signature", signature(&key, &id, at, &delivery.body))
        .body(delivery.body.clone());
    match request.send().await {
        Ok(answer) if answer.status().is_success() => Outcome::Arrived,
        Ok(answer) => {
            let status = answer.status().as_u16();
            let pause = answer.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()?.parse().ok());
            let why = format!("it answered {status}");
            // 410 Gone: Standard Webhooks' word for "never again".
            if status == 410 { Outcome::Never(why) } else { Outcome::Again(why, pause) }
        }
        Err(err) if err.is_timeout() => Outcome::Again("it did not answer in time".to_owned(), None),
        Err(_) => Outcome::Again("it cannot be reached".to_owned(), None),
    }
}

/// Sends again what was given up or waits, from the beginning. `false` where it arrived already.
///
/// # Errors
/// When the database fails.
pub async fn retry(app: &App, delivery: Delivery) -> Result<bool, StoreError> {
    if delivery.state == DeliveryState::Delivered {
        return Ok(false);
    }
    let now = app.clock.now();
    let again = Delivery {
        state: DeliveryState::Waiting,
        tries: 0,
        next_at: now,
        // It is given as long as a new one.
        created_at: now,
        done_at: None,
        ..delivery
    };
    let unit = app.store.unit().await?;
    store::webhook_deliveries::put(&unit, &again).await?;
    unit.commit().await?;
    Ok(true)
}

/// Sends a trial to an endpoint, at once and once.
///
/// # Errors
/// What went wrong, in words.
pub async fn try_now(app: &App, endpoint: &WebhookEndpoint) -> Result<(), String> {
    let delivery = waiting(app, &endpoint.name, None, "trial", event::trial(app).to_string());
    match post(app, endpoint, &delivery).await {
        Outcome::Arrived => Ok(()),
        Outcome::Again(why, _) | Outcome::Never(why) => Err(why),
    }
}
