use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use proptest::prelude::*;

use super::{super::Waiting, at, demo, with, with_change};
use crate::catalogue::AnswerWithin;

const ASKED: Waiting<'_> = Waiting { department: None, crisis: false, first: true };

fn town(date: &str, hour: u32, minute: u32) -> DateTime<Utc> {
    demo().town().timezone.from_local_datetime(&at(date, hour, minute)).unwrap().with_timezone(&Utc)
}

fn due(since: DateTime<Utc>, waiting: Waiting<'_>) -> DateTime<Utc> {
    demo().answer_due(since, waiting).unwrap().due
}

#[test]
fn only_open_minutes_count() {
    // An ordinary Tuesday.
    assert_eq!(due(town("2026-11-24", 10, 0), ASKED), town("2026-11-24", 10, 15));
    assert_eq!(
        due(town("2026-11-24", 14, 50), ASKED),
        town("2026-11-25", 8, 5),
        "ten minutes today, five tomorrow"
    );
    assert_eq!(due(town("2026-11-24", 22, 0), ASKED), town("2026-11-25", 8, 15), "at night");
    assert_eq!(due(town("2026-11-20", 15, 0), ASKED), town("2026-11-23", 8, 15), "over a weekend");
    assert_eq!(due(town("2026-11-13", 16, 0), ASKED), town("2026-11-17", 8, 15), "and a holiday");
    assert_eq!(due(town("2026-12-20", 12, 0), ASKED), town("2027-01-07", 8, 15), "and a closed spell");
    assert_eq!(due(town("2026-11-24", 14, 45), ASKED), town("2026-11-24", 15, 0), "on the minute of closing");
    let again = Waiting { first: false, ..ASKED };
    assert_eq!(due(town("2026-11-24", 10, 0), again), town("2026-11-24", 10, 30));
}

#[test]
fn a_department_has_hours_and_promises_of_its_own() {
    let water = Waiting { department: Some("water"), ..ASKED };
    assert_eq!(due(town("2026-11-24", 13, 50), water), town("2026-11-24", 16, 5), "over the midday break");
    let slow = "  - id: water\n    answer_within: {first: 90}\n";
    let (catalogue, problems) = with_change("departments.yaml", "  - id: water\n", slow);
    assert!(problems.is_empty(), "{problems:?}");
    let catalogue = catalogue.unwrap();
    let within = catalogue.answer_within(Some("water"));
    assert_eq!(within, AnswerWithin { first: 90, next: 30, crisis: 5 }, "the rest is the town hall's");
    assert_eq!(
        catalogue.answer_due(town("2026-11-24", 13, 0), water).unwrap().due,
        town("2026-11-24", 16, 30)
    );
    assert_eq!(catalogue.answer_within(Some("parks")), AnswerWithin::default(), "unknown: as the town hall");
}

#[test]
fn danger_has_no_office_hours() {
    let crisis = Waiting { crisis: true, ..ASKED };
    let night = town("2026-12-25", 3, 0);
    let due = demo().answer_due(night, crisis).unwrap();
    assert_eq!(due.due - night, TimeDelta::minutes(5));
    assert_eq!(due.at_risk - night, TimeDelta::seconds(225), "three quarters of it");
}

#[test]
fn an_office_that_never_opens_promises_nothing() {
    let (catalogue, _) = with("calendar.yaml", "hours: {}\n");
    let catalogue = catalogue.unwrap();
    assert_eq!(catalogue.answer_due(town("2026-11-24", 10, 0), ASKED), None);
    let crisis = Waiting { crisis: true, ..ASKED };
    assert!(catalogue.answer_due(town("2026-11-24", 10, 0), crisis).is_some());
}

#[test]
fn a_promise_that_is_none_is_named_and_the_rest_stands() {
    let wrong = "answer_within: {first: soon, next: 0, crisis: 2.5, last: 3}";
    let (catalogue, problems) =
        with_change("calendar.yaml", "answer_within: {first: 15, next: 30, crisis: 5}", wrong);
    let told: Vec<_> = problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(
        told,
        [
            "answer_within has no field 'last'",
            "first is no number of minutes",
            "next is no number of minutes",
            "crisis is no number of minutes",
        ]
    );
    assert!(problems.iter().all(|problem| problem.line == problems[0].line && !problem.hint.is_empty()));
    assert_eq!(catalogue.unwrap().answer_within(None), AnswerWithin::default());
    let (catalogue, _) = with_change("calendar.yaml", "answer_within: {first: 15, next: 30, crisis: 5}", "");
    assert_eq!(catalogue.unwrap().answer_within(None), AnswerWithin::default(), "where nothing is said");
}

#[test]
fn a_change_of_clocks_takes_nothing_from_anybody() {
    // In New York the clocks go forward at 2:00 of 14 March 2027: that night has one hour less.
    let zone = chrono_tz::America::New_York;
    let (catalogue, _) = with("calendar.yaml", "hours:\n  monday-sunday: [\"00:00-24:00\"]\n");
    let office = catalogue.unwrap().office().clone();
    let midnight = zone.from_local_datetime(&at("2027-03-14", 0, 0)).unwrap().with_timezone(&Utc);
    let after = office.after(midnight, TimeDelta::minutes(180), zone).unwrap();
    assert_eq!(after - midnight, TimeDelta::minutes(180));
}

/// Open minutes from one moment to another, counted one by one.
fn open_minutes(from: DateTime<Utc>, to: DateTime<Utc>, zone: Tz) -> i64 {
    let office = demo().office();
    let minutes = (0..).map(|n| from + TimeDelta::minutes(n)).take_while(|at| *at < to);
    let open = minutes.filter(|at| office.status(at.with_timezone(&zone).naive_local()).open);
    i64::try_from(open.count()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn exactly_the_promised_minutes_are_open(start in 0_i64..30 * 24 * 60, minutes in 1_i64..900) {
        let zone = demo().town().timezone;
        let since = town("2026-11-01", 0, 0) + TimeDelta::minutes(start);
        let after = demo().office().after(since, TimeDelta::minutes(minutes), zone).unwrap();
        prop_assert_eq!(open_minutes(since, after, zone), minutes);
        let last = (after - TimeDelta::seconds(1)).with_timezone(&zone).naive_local();
        prop_assert!(demo().office().status(last).open, "it is due while somebody is there");
    }

    #[test]
    fn one_promise_after_another_is_one_long_promise(
        start in 0_i64..365 * 24 * 60, one in 1_i64..600, other in 1_i64..600,
    ) {
        let (office, zone) = (demo().office(), demo().town().timezone);
        let since = town("2026-01-08", 0, 0) + TimeDelta::minutes(start);
        let after = |since, minutes| office.after(since, TimeDelta::minutes(minutes), zone).unwrap();
        prop_assert_eq!(after(after(since, one), other), after(since, one + other));
        prop_assert!(after(since, one) <= after(since + TimeDelta::minutes(other), one), "who waits longer is due sooner");
    }
}
