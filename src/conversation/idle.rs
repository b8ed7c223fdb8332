//! What becomes of a talk in which nobody writes: when the person is reminded of the open question, and when what they left
//! unfinished is erased. Pure; `remind.rs` does it when the time has come.

use chrono::{DateTime, Days, NaiveTime, TimeZone as _};
use chrono_tz::Tz;
use ventanilla_adapters::Channel;
use ventanilla_flows::{Library, Session};

use super::{crossing::is_private_flow, policy::AT_WILL};
use crate::{
    config::{self, QuietHours},
    store::{
        conversations::{Conversation, Owner},
        idle::Idle,
    },
};

/// What is planned for a talk as it stands after a turn at `now` (Unix ms).
pub(super) fn after(
    before: &Conversation,
    next: &Conversation,
    session: &Session,
    library: &Library,
    set: &config::Conversation,
    now: i64,
) -> Idle {
    let parked = next.parked.as_ref().map(|parked| parked.at + set.draft(true));
    if !is_draft(session, library) {
        let erased_at = next.idle.erased_at.filter(|_| session.stack.is_empty());
        return Idle { erase_at: parked, erased_at, ..Idle::default() };
    }
    if next.idle.reminded && !before.idle.reminded {
        // The reminder itself keeps nothing longer.
        return Idle { reminded: true, erase_at: before.idle.erase_at, ..Idle::default() };
    }
    let reminded = next.idle.reminded && goes_on(before, session);
    let draft = now + set.draft(is_private(session, library));
    let remind_at =
        set.remind_after().filter(|_| !reminded && is_worth_a_reminder(next, session, library, set));
    Idle {
        remind_at: remind_at.map(|after| now + after),
        reminded,
        erase_at: Some(parked.map_or(draft, |parked| parked.min(draft))),
        erased_at: None,
    }
}

/// Whether anything would be lost: a menu that nobody chose from is no draft.
fn is_draft(session: &Session, library: &Library) -> bool {
    session
        .stack
        .iter()
        .any(|frame| !frame.slots.is_empty() || library.flow(&frame.flow).is_none_or(|flow| !flow.passing))
}

/// Whether it is the talk that stood open before.
fn goes_on(before: &Conversation, session: &Session) -> bool {
    let begun = |session: &Session| session.stack.first().map(|frame| frame.flow.clone());
    before.session.as_ref().and_then(begun) == begun(session)
}

pub(super) fn is_private(session: &Session, library: &Library) -> bool {
    session.stack.iter().any(|frame| is_private_flow(&frame.flow, library))
}

/// A question of a talk that has a matter, which the bot leads, on a channel where people are reminded.
pub(super) fn is_worth_a_reminder(
    talk: &Conversation,
    session: &Session,
    library: &Library,
    set: &config::Conversation,
) -> bool {
    talk.owner == Owner::Bot
        && !talk.kept
        && talk.pace.stopped.is_none()
        && talk.channel.is_some_and(|channel| channel != Channel::Voice && set.remind_on.contains(&channel))
        && is_worth_going_on(session, library)
}

/// Whether the open question belongs to a matter that may be named: nothing private, no menu, nothing that may be left
/// unanswered.
pub(super) fn is_worth_going_on(session: &Session, library: &Library) -> bool {
    let clarifies = session.asked.as_ref().is_none_or(|asked| !asked.clarify.is_empty());
    let Some(flow) = session.running().and_then(|frame| library.flow(&frame.flow)) else { return false };
    !clarifies && !flow.passing && !AT_WILL.contains(&flow.name.as_str()) && !is_private(session, library)
}

/// The first moment from `at` on (Unix ms) at which the town does not sleep.
pub(super) fn awake(at: i64, quiet: QuietHours, zone: Tz) -> i64 {
    let Some(local) = DateTime::from_timestamp_millis(at).map(|at| at.with_timezone(&zone)) else {
        return at;
    };
    let time = local.time();
    if !is_quiet(time, quiet) {
        return at;
    }
    let today = local.date_naive();
    let day = if time < quiet.to { Some(today) } else { today.checked_add_days(Days::new(1)) };
    // Where the clocks are put forward over this very moment, it is an hour later.
    let ends = day.and_then(|day| {
        let end = day.and_time(quiet.to);
        let later = end + chrono::Duration::hours(1);
        zone.from_local_datetime(&end).earliest().or_else(|| zone.from_local_datetime(&later).earliest())
    });
    ends.map_or(at, |ends| ends.timestamp_millis())
}

fn is_quiet(time: NaiveTime, quiet: QuietHours) -> bool {
    if quiet.from <= quiet.to {
        quiet.from <= time && time < quiet.to
    } else {
        quiet.from <= time || time < quiet.to
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> i64 {
        DateTime::parse_from_rfc3339(text).unwrap().timestamp_millis()
    }

    fn awake_at(text: &str, from: (u32, u32), to: (u32, u32)) -> String {
        let time = |(hour, minute)| NaiveTime::from_hms_opt(hour, minute, 0).unwrap();
        let quiet = QuietHours { from: time(from), to: time(to) };
        let awake = awake(at(text), quiet, chrono_tz::America::Merida);
        let local =
            DateTime::from_timestamp_millis(awake).unwrap().with_timezone(&chrono_tz::America::Merida);
        local.to_rfc3339()
    }

    #[test]
    fn nobody_is_written_to_at_night() {
        let night = |text: &str| awake_at(text, (21, 0), (8, 0));
        assert_eq!(night("2026-11-23T20:59:59-06:00"), "2026-11-23T20:59:59-06:00");
        assert_eq!(night("2026-11-23T21:00:00-06:00"), "2026-11-24T08:00:00-06:00");
        assert_eq!(night("2026-11-24T03:10:00-06:00"), "2026-11-24T08:00:00-06:00");
        assert_eq!(night("2026-11-24T08:00:00-06:00"), "2026-11-24T08:00:00-06:00");
        assert_eq!(night("2026-12-31T23:00:00-06:00"), "2027-01-01T08:00:00-06:00");
    }

    #[test]
    fn quiet_hours_may_lie_within_a_day_or_not_be() {
        assert_eq!(awake_at("2026-11-23T14:30:00-06:00", (14, 0), (16, 0)), "2026-11-23T16:00:00-06:00");
        assert_eq!(awake_at("2026-11-23T16:00:00-06:00", (14, 0), (16, 0)), "2026-11-23T16:00:00-06:00");
        assert_eq!(awake_at("2026-11-23T03:00:00-06:00", (0, 0), (0, 0)), "2026-11-23T03:00:00-06:00");
    }
}
