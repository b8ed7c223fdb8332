//! How fast a person writes, noted with each turn for `flood.rs` and `machine.rs`. Pure.

use sha2::{Digest, Sha256};
use ventanilla_flows::Event;
use ventanilla_values::words;

use super::burst::Burst;
use crate::store::idle::{Pace, Stopped, Streak};

/// Messages are counted so far back, in milliseconds.
pub(super) const MINUTE: i64 = 60_000;
/// No human reads and answers within so many milliseconds, turn after turn.
const AT_ONCE: i64 = 1_500;
/// A streak lasts no longer, in milliseconds: who says the same every day is no machine.
pub(super) const STREAK: i64 = 10 * MINUTE;

/// What is known of a person's pace after a turn; without messages of theirs, only when they were answered.
pub(super) fn after(known: &Pace, burst: &Burst<'_>, events: &[Event], now: i64) -> Pace {
    let known = known.clone();
    let answered = answer(events);
    let answered_at = answered.map_or(known.answered_at, |_| Some(now));
    let Some(first) = burst.messages.first().filter(|_| !burst.news) else {
        return Pace { answered_at, ..known };
    };
    let came = burst.messages.iter().map(|message| message.received_at);
    let lately = known.lately.iter().copied().chain(came).filter(|at| now - at < MINUTE).collect();
    if let Some(stopped) = known.stopped {
        // What they said when they were stopped is what they must not go on with.
        let stopped = Some(Stopped { heard_at: burst.last_at(), ..stopped });
        return Pace { lately, answered_at, stopped, ..known };
    }
    let said = said(burst);
    let the_same = said.is_some() && said == known.said && answered.is_some() && answered == known.answered;
    Pace {
        lately,
        answered_at,
        quick: longer(known.quick, came_at_once(&known, first.received_at), now),
        same: longer(known.same, the_same, now),
        said,
        answered,
        ..known
    }
}

/// Whether a message (received at, Unix ms) came as soon as we had answered.
pub(super) fn came_at_once(known: &Pace, received_at: i64) -> bool {
    known.answered_at.is_some_and(|at| received_at - at <= AT_ONCE)
}

/// A streak with one turn more, or one that begins with this turn.
fn longer(streak: Streak, goes_on: bool, now: i64) -> Streak {
    if goes_on && streak.turns > 0 && now - streak.since <= STREAK {
        Streak { turns: streak.turns.saturating_add(1), ..streak }
    } else {
        Streak { turns: 1, since: now }
    }
}

/// What a burst says, as a fingerprint; `None` where it is not words: no two photos are the same.
pub(super) fn said(burst: &Burst<'_>) -> Option<u64> {
    let text = match (burst.choice, burst.keys) {
        (Some((_, title)), _) => words(title).join(" "),
        (None, Some((keys, _))) => keys.to_owned(),
        (None, None) => words(&burst.text).join(" "),
    };
    let other = burst.photo.is_some() || burst.location.is_some() || burst.call.is_some() || burst.silence;
    (!text.is_empty() && !other).then(|| fingerprint(&text))
}

/// Our words, as a fingerprint; `None` where we said nothing.
fn answer(events: &[Event]) -> Option<u64> {
    let said = events.iter().filter_map(|event| match event {
        Event::Say { text, .. } => Some(text.as_str()),
        Event::Ask(ask) => Some(ask.text.as_str()),
        _ => None,
    });
    let said = said.collect::<Vec<_>>().join("\n");
    (!said.is_empty()).then(|| fingerprint(&said))
}

fn fingerprint(text: &str) -> u64 {
    let hash = Sha256::digest(text.as_bytes());
    hash.iter().take(8).fold(0, |sum, byte| sum << 8 | u64::from(*byte))
}
