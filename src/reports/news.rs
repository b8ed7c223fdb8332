//! What followers are told of what happened: which event, and which text of `flows/report_news.yaml`. Pure.

use super::{State, actor::who_of, lifecycle::rule};
use crate::store::report_events::ReportEvent;

/// "¿Quedó resuelto?", asked once more.
pub(super) const ASK_FIXED: &str = "ask_fixed";
/// The same, to some of those who never answered.
pub(super) const ASK_LAPSED: &str = "ask_lapsed";
/// What was asked of the citizen, once more.
pub(super) const REMIND: &str = "remind";
/// Nothing new, and it is not forgotten.
pub(super) const STILL_OPEN: &str = "still_open";
/// Words of the town to everybody, without a move.
const NOTED: &str = "noted";
/// Events that are no moves and are told all the same.
const TOLD: [&str; 4] = [ASK_FIXED, ASK_LAPSED, REMIND, STILL_OPEN];

/// What is to be told.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct News<'a> {
    /// The text.
    pub kind: &'static str,
    /// What it tells of.
    pub event: &'a ReportEvent,
    /// Where the report was meanwhile, the first first.
    pub before: Vec<State>,
}

/// Of everything since an event, what is worth a message: the last that is told, with what came before it. `None` where
/// there is nothing, or the citizen has answered it already.
pub(super) fn news(events: &[ReportEvent], since: i64) -> Option<News<'_>> {
    let new: Vec<&ReportEvent> = events.iter().filter(|event| event.seq >= since).collect();
    let at = new.iter().rposition(|event| tells(event).is_some())?;
    let (earlier, later) = new.split_at(at);
    let (event, later) = later.split_first()?;
    if later.iter().any(|event| event.kind == "moved") {
        return None;
    }
    let mut before: Vec<State> = Vec::new();
    for one in earlier.iter().filter(|one| one.kind == "moved" && tells(one).is_some()) {
        if one.to != event.to && before.last() != Some(&one.to) {
            before.push(one.to);
        }
    }
    Some(News { kind: tells(event)?, event, before })
}

/// Which text tells of an event.
fn tells(event: &ReportEvent) -> Option<&'static str> {
    if event.kind == "moved" {
        return rule(event.from?, event.to, who_of(&event.actor))?.tells;
    }
    if event.kind == NOTED {
        return event.words.public.as_ref().map(|_| NOTED);
    }
    TOLD.into_iter().find(|kind| *kind == event.kind)
}

/// The town's words that belong to an event: its own, else those of the move that brought the report where it stands.
pub(super) fn words<'a>(events: &'a [ReportEvent], event: &'a ReportEvent) -> Option<&'a str> {
    let move_to = events
        .iter()
        .rev()
        .filter(|one| one.seq <= event.seq && one.kind == "moved" && one.to == event.to)
        .find_map(|one| one.words.public.as_deref());
    event.words.public.as_deref().or(move_to).map(str::trim).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use uuid::Uuid;

    use super::*;
    use crate::store::report_events::Words;

    fn event(seq: i64, kind: &str, actor: &str, from: Option<State>, to: State) -> ReportEvent {
        ReportEvent {
            report: Uuid::nil(),
            seq,
            at: seq,
            actor: actor.to_owned(),
            channel: None,
            kind: kind.to_owned(),
            from,
            to,
            reason: None,
            detail: json!({}),
            words: Words::default(),
        }
    }

    fn moved(seq: i64, actor: &str, from: State, to: State) -> ReportEvent {
        event(seq, "moved", actor, Some(from), to)
    }

    const ANA: &str = "staff:00000000-0000-0000-0000-000000000000";

    #[test]
    fn several_moves_become_one_message_about_the_last() {
        let events = [
            event(1, "filed", "citizen", None, State::Received),
            moved(2, ANA, State::Received, State::Assigned),
            moved(3, ANA, State::Assigned, State::InProgress),
            event(4, "noted", ANA, None, State::InProgress),
        ];
        let told = news(&events, 2).unwrap();
        assert_eq!((told.kind, told.event.seq, told.before), ("in_progress", 3, vec![State::Assigned]));
        assert_eq!(news(&events, 3).unwrap().before, []);
        assert_eq!(news(&events, 4), None, "a note among colleagues is no news");
        let mut said = event(4, "noted", ANA, None, State::InProgress);
        said.words.public = Some("Mañana cerramos la calle".to_owned());
        let events = [moved(3, ANA, State::Assigned, State::InProgress), said];
        let told = news(&events, 3).unwrap();
        assert_eq!((told.kind, words(&events, told.event)), ("noted", Some("Mañana cerramos la calle")));
    }

    #[test]
    fn a_question_that_was_answered_is_not_asked() {
        let events = [
            moved(2, ANA, State::Assigned, State::WaitingCitizen),
            moved(3, "citizen", State::WaitingCitizen, State::Assigned),
        ];
        assert_eq!(news(&events, 2), None);
    }

    #[test]
    fn what_happens_by_itself_is_told_too() {
        let events = [moved(2, "system", State::ResolvedClaimed, State::ClosedConfirmed)];
        assert_eq!(news(&events, 2).unwrap().kind, "lapsed");
        let confirmed = [moved(2, "citizen", State::ResolvedClaimed, State::ClosedConfirmed)];
        assert_eq!(news(&confirmed, 2).unwrap().kind, "closed_confirmed");
        let events = [event(5, "still_open", "system", None, State::Assigned)];
        assert_eq!(news(&events, 5).unwrap().kind, "still_open");
    }

    #[test]
    fn a_reminder_repeats_the_question() {
        let mut asked = moved(2, ANA, State::Assigned, State::WaitingCitizen);
        asked.words.public = Some("¿De qué color es el portón? ".to_owned());
        let events = [asked, event(3, REMIND, "system", None, State::WaitingCitizen)];
        assert_eq!(words(&events, &events[1]), Some("¿De qué color es el portón?"));
        assert_eq!(words(&events[1..], &events[1]), None);
    }
}
