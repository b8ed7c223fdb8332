//! Two machines that answer each other would never stop. Who says the same again and again, or answers as fast as no human
//! reads, is told so once and not answered any more, until they say something else after a pause or some time has passed.
//! Dangers, BAJA and calls are always answered.

use tracing::info;
use ventanilla_adapters::Channel;
use ventanilla_flows::Turn;
use ventanilla_intents::Understanding;

use super::{
    burst::Burst,
    context::Context,
    keyword_rules::is_heard_always,
    pace::{STREAK, came_at_once, said},
    told::aside,
};
use crate::{
    config,
    store::{
        conversations::{Conversation, Owner},
        idle::{Pace, Stopped, Streak},
    },
};

/// The flow with the last words.
const MACHINE: &str = "machine";
/// A human who reads the last words and thinks of others takes so many milliseconds.
const PAUSE: i64 = 10_000;

/// What is to be done about who writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Human,
    /// They were taken for a machine, and are one no more.
    HumanAgain,
    /// From now on they are not answered.
    Machine {
        why: &'static str,
    },
    /// They are not answered, as before.
    StillMachine,
}

/// Whether what they say is answered; `next` knows from then on.
pub(super) fn is_answered(
    context: &Context<'_>,
    next: &mut Conversation,
    burst: &Burst<'_>,
    understood: Option<&Understanding>,
) -> bool {
    let attended = !matches!(next.owner, Owner::Bot | Owner::Queue);
    let spoken = burst.call.is_some() || context.address.channel == Channel::Voice;
    if attended || spoken || is_heard_always(burst) || context.is_danger(understood) {
        return true;
    }
    let Some(first) = burst.messages.first() else { return true };
    let turn = Said { words: said(burst), at: first.received_at };
    match verdict(&next.pace, turn, &context.app.config.conversation, context.now) {
        Verdict::Human => true,
        Verdict::HumanAgain => {
            let streaks = (Streak::default(), Streak::default());
            (next.pace.stopped, (next.pace.quick, next.pace.same)) = (None, streaks);
            true
        }
        Verdict::Machine { why } => {
            metrics::counter!("ventanilla_machines_total", "why" => why).increment(1);
            info!(trace = context.trace, why, "somebody writes like a machine ({why}): no answers for now");
            next.pace.stopped = Some(Stopped { at: context.now, heard_at: burst.last_at() });
            false
        }
        Verdict::StillMachine => false,
    }
}

/// What a turn says, as a fingerprint where it is words, and when it came (Unix ms).
#[derive(Debug, Clone, Copy)]
struct Said {
    words: Option<u64>,
    at: i64,
}

fn verdict(pace: &Pace, turn: Said, set: &config::Conversation, now: i64) -> Verdict {
    let the_same = turn.words.is_some() && turn.words == pace.said;
    if let Some(stopped) = pace.stopped {
        let paused = turn.at - stopped.heard_at >= PAUSE;
        let over = now - stopped.at >= set.machine() || !the_same && paused;
        return if over { Verdict::HumanAgain } else { Verdict::StillMachine };
    }
    // With this turn the streak would be as long as it may be.
    let full = |streak: Streak, most: u32| streak.turns + 1 >= most && now - streak.since <= STREAK;
    if the_same && full(pace.same, set.repeats) {
        return Verdict::Machine { why: "repeats" };
    }
    if came_at_once(pace, turn.at) && full(pace.quick, set.quick_turns) {
        return Verdict::Machine { why: "quick" };
    }
    Verdict::Human
}

/// What they are told once: the talk stays as it is.
pub(super) fn last_words(context: &Context<'_>, next: &Conversation, begun: Turn) -> Turn {
    let stopped_now = next.pace.stopped.is_some() && context.conversation.pace.stopped.is_none();
    if stopped_now { aside(context, MACHINE) } else { begun }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    const NOW: i64 = 1_000_000_000;

    fn of(pace: &Pace, words: Option<u64>, at: i64) -> Verdict {
        let config = Config::from_toml("[conversation]\nrepeats = 4\nquick_turns = 6").unwrap();
        verdict(pace, Said { words, at }, &config.conversation, at)
    }

    #[test]
    fn the_same_words_with_the_same_answer_are_a_machine_and_every_day_they_are_not() {
        let same = |turns| Streak { turns, since: NOW - 1_000 };
        let pace = |turns| Pace { said: Some(7), same: same(turns), ..Pace::default() };
        assert_eq!(of(&pace(2), Some(7), NOW), Verdict::Human);
        assert_eq!(of(&pace(3), Some(7), NOW), Verdict::Machine { why: "repeats" });
        assert_eq!(of(&pace(3), Some(8), NOW), Verdict::Human);
        assert_eq!(of(&pace(3), None, NOW), Verdict::Human, "no two photos are the same");
        assert_eq!(of(&pace(3), Some(7), NOW + STREAK), Verdict::Human, "that was long ago");
    }

    #[test]
    fn nobody_reads_and_answers_at_once_again_and_again() {
        let quick = Streak { turns: 5, since: NOW - 9_000 };
        let pace = Pace { answered_at: Some(NOW), quick, ..Pace::default() };
        assert_eq!(of(&pace, Some(1), NOW + 1_500), Verdict::Machine { why: "quick" });
        assert_eq!(of(&pace, Some(1), NOW + 1_501), Verdict::Human);
    }

    #[test]
    fn other_words_after_a_pause_are_a_human_and_so_is_anything_after_an_hour() {
        let stopped = Some(Stopped { at: NOW, heard_at: NOW });
        let pace = Pace { said: Some(7), stopped, ..Pace::default() };
        assert_eq!(of(&pace, Some(8), NOW + PAUSE - 1), Verdict::StillMachine);
        assert_eq!(of(&pace, Some(8), NOW + PAUSE), Verdict::HumanAgain);
        assert_eq!(of(&pace, Some(7), NOW + PAUSE), Verdict::StillMachine);
        assert_eq!(of(&pace, Some(7), NOW + 3_600_000), Verdict::HumanAgain);
    }
}
