//! How badly a talk goes for the bot, for who supervises it: what it did not understand, and dangers it had to ask about.
//! Pure.

use ventanilla_flows::{Event, Session};
use ventanilla_intents::is_safety;

use crate::store::conversations::{Conversation, Owner, Trouble};

/// The flow that says that nothing was understood.
const NOT_UNDERSTOOD: &str = "not_understood";
/// The slot that a flow asks whether somebody is in danger with.
const DANGER: &str = "danger";

/// The trouble of a talk after a turn. A talk that a person of the town attended, or in which nobody spoke for
/// `patience` (milliseconds), begins without any.
pub(super) fn after(
    before: &Conversation,
    events: &[Event],
    session: &Session,
    patience: i64,
    now: i64,
) -> Trouble {
    let goes_on = before.owner == Owner::Bot && before.heard_at.is_some_and(|at| now - at <= patience);
    let known = if goes_on { before.trouble } else { Trouble::default() };
    Trouble {
        missed: known.missed + i64::from(events.iter().any(was_missed)),
        danger: asks_about_danger(session) || (known.danger && !is_denied(session)),
    }
}

fn was_missed(event: &Event) -> bool {
    match event {
        Event::NoMatch { .. } | Event::Cut { .. } => true,
        Event::FlowStarted { flow, .. } => flow == NOT_UNDERSTOOD,
        _ => false,
    }
}

fn asks_about_danger(session: &Session) -> bool {
    let Some(asked) = &session.asked else { return false };
    let safety = |intent: &Option<String>| intent.as_deref().is_some_and(is_safety);
    asked.clarify.iter().any(|suggestion| safety(&suggestion.intent))
        || (asked.clarify.is_empty() && session.running().is_some_and(|frame| frame.step == DANGER))
}

fn is_denied(session: &Session) -> bool {
    let answers = session.stack.iter().filter_map(|frame| frame.get(DANGER));
    answers.into_iter().any(|answer| answer.to_json() == false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;
    use ventanilla_values::Lang;

    const NOW: i64 = 1_000_000;

    fn talk(trouble: Trouble) -> Conversation {
        Conversation { trouble, heard_at: Some(NOW - 10), ..Conversation::new(Uuid::nil()) }
    }

    fn missed() -> Event {
        Event::NoMatch { flow: "report".to_owned(), step: "place".to_owned(), misses: 1 }
    }

    #[test]
    fn what_is_not_understood_is_counted_while_the_talk_goes_on() {
        let (session, bad) = (Session::new(Lang::ES), Trouble { missed: 2, danger: true });
        let next = |before: &Conversation, events: &[Event]| after(before, events, &session, 60, NOW);
        assert_eq!(next(&talk(bad), &[missed(), missed()]), Trouble { missed: 3, danger: true });
        assert_eq!(next(&talk(bad), &[]), bad, "what went badly is not forgotten at once");
        let old = Conversation { heard_at: Some(NOW - 61), ..talk(bad) };
        assert_eq!(next(&old, &[]), Trouble::default(), "another talk");
        let attended = Conversation { owner: Owner::Agent, ..talk(bad) };
        assert_eq!(next(&attended, &[]), Trouble::default(), "somebody saw to it");
    }
}
