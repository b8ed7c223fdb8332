//! People who write faster than anybody can be answered. They are told so once; what they write is kept in the inbox and read
//! together when they slow down, or after a minute. Nothing is lost, and buttons, keywords and dangers never wait.

use std::sync::Arc;

use tracing::info;
use ventanilla_adapters::Channel;

use super::{
    attend::TurnError, burst::Burst, context::Context, finish::finish, notes::never_waits, pace::MINUTE,
    told::aside, turn::opened,
};
use crate::{
    app::App,
    store::{
        self,
        conversations::{Conversation, Owner},
        idle::Pace,
        inbox::{BATCH, Waiting},
    },
};

/// The flow that asks for a moment.
const TOO_FAST: &str = "too_fast";
/// Who says nothing for so many milliseconds has slowed down.
const PAUSE: i64 = 5_000;
/// Nobody waits longer than so many milliseconds to be read.
const COOL_DOWN: i64 = MINUTE;
/// They are told again after so many milliseconds at the earliest.
const TOLD: i64 = 10 * MINUTE;

/// What is read of the waiting messages.
#[derive(Debug)]
pub(super) enum Reading {
    Now {
        messages: Vec<Waiting>,
        /// As one burst, whatever each of them says.
        together: bool,
    },
    /// Nothing before then, Unix ms.
    Later { until: i64 },
}

/// The messages that may be read now, as fast as the person writes.
///
/// # Errors
/// When the database fails, or a turn of the person came between.
pub(super) async fn slowed(
    app: &Arc<App>,
    talk: &Conversation,
    waiting: Vec<Waiting>,
) -> Result<Reading, TurnError> {
    let (now, most) = (app.clock.now(), app.config.conversation.flood);
    let came: Vec<i64> = waiting.iter().map(|message| message.received_at).collect();
    let calling = waiting.first().is_some_and(|first| first.inbound.channel == Channel::Voice);
    // Whoever attends reads each message as it comes.
    if talk.owner != Owner::Bot || calling || !is_flood(&talk.pace, &came, most, now) {
        return Ok(Reading::Now { messages: waiting, together: false });
    }
    let mut at_once = Vec::new();
    for message in &waiting {
        if never_waits(app, message).await {
            at_once.push(message.clone());
        }
    }
    if !at_once.is_empty() {
        return Ok(Reading::Now { messages: at_once, together: false });
    }
    match held_until(&came, now) {
        Some(until) => {
            tell(app, talk, &waiting).await?;
            Ok(Reading::Later { until })
        }
        None => Ok(Reading::Now { messages: waiting, together: true }),
    }
}

/// Whether more came within a minute than one can be answered. `came`: when what waits was received.
fn is_flood(pace: &Pace, came: &[i64], most: usize, now: i64) -> bool {
    pace.lately.iter().chain(came).filter(|at| now - **at < MINUTE).count() > most
}

/// Until when they are kept, Unix ms; `None` once they are to be read. A full batch is read at once: a danger may stand
/// behind it.
fn held_until(came: &[i64], now: i64) -> Option<i64> {
    let (first, last) = (came.first()?, came.last()?);
    let until = (last + PAUSE).min(first + COOL_DOWN);
    (now < until && came.len() < BATCH).then_some(until)
}

/// "Voy leyendo tus mensajes; dame un momentito": once for each flood.
async fn tell(app: &Arc<App>, talk: &Conversation, waiting: &[Waiting]) -> Result<(), TurnError> {
    let Some(first) = waiting.first() else { return Ok(()) };
    let now = app.clock.now();
    let told = talk.pace.told_at.is_some_and(|at| now - at < TOLD);
    let stopped = talk.pace.stopped.is_some();
    if told || stopped || store::blocks::standing(app.store.read(), talk.person, now).await?.is_some() {
        return Ok(());
    }
    let mut context = Context::new(app, talk, first.inbound.from.address.clone(), &first.trace).await?;
    context.window = opened(&Burst::gather(waiting, |_| false).0, talk);
    let pace = Pace { told_at: Some(now), ..talk.pace.clone() };
    let next = Conversation { session: None, window: context.window.clone(), pace, ..talk.clone() };
    let begun = aside(&context, TOO_FAST);
    let unit = app.store.unit().await?;
    finish(&context, unit, begun, next, &Burst::default()).await?;
    metrics::counter!("ventanilla_floods_total").increment(1);
    info!(trace = first.trace, "somebody writes too fast: their messages are kept for a moment");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_000_000_000;

    #[test]
    fn what_was_read_within_the_minute_counts_and_what_is_older_does_not() {
        let pace = Pace { lately: vec![NOW - MINUTE, NOW - 10, NOW - 5], ..Pace::default() };
        assert!(!is_flood(&pace, &[NOW], 3, NOW));
        assert!(is_flood(&pace, &[NOW], 2, NOW));
    }

    #[test]
    fn they_are_read_after_a_pause_or_a_minute_or_when_there_are_too_many() {
        let waiting = [NOW - 1_000, NOW];
        assert_eq!(held_until(&waiting, NOW), Some(NOW + PAUSE));
        assert_eq!(held_until(&waiting, NOW + PAUSE), None);
        let long = [NOW - COOL_DOWN + 1, NOW];
        assert_eq!(held_until(&long, NOW), Some(NOW + 1));
        assert_eq!(held_until(&long, NOW + 1), None);
        assert_eq!(held_until(&[NOW; BATCH], NOW), None);
    }
}
