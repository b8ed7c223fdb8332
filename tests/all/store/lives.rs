//! Promises of the life of a report: its events, its photos, who follows it, who is to be told, and what is due.

use std::{collections::BTreeSet, ops::RangeInclusive};

use serde_json::json;
use uuid::Uuid;
use ventanilla::{
    reports::{
        State, TimerKind,
        cell::{around, cell},
    },
    store::{
        self,
        report_events::{ReportEvent, Words},
        report_followers::Follower,
        report_notices::Notice,
        report_photos::ReportPhoto,
        report_timers::Timer,
        reports::ReportRow,
    },
};
use ventanilla_adapters::Channel;

use super::{
    counters::change,
    shelf::{NOW, Shelf, blank_report},
};

async fn filed(shelf: &Shelf) -> ReportRow {
    let person = shelf.person("+520000000001").await;
    shelf.report(person, 1, "PC-0000-0001").await.unwrap()
}

pub async fn a_report_is_found_by_its_id(shelf: Shelf) {
    let row = filed(&shelf).await;
    assert_eq!(store::reports::by_id(shelf.store.read(), row.id).await.unwrap(), Some(row));
    assert_eq!(store::reports::by_id(shelf.store.read(), Uuid::nil()).await.unwrap(), None);
}

pub async fn every_field_of_a_report_is_written(shelf: Shelf) {
    let row = filed(&shelf).await;
    let moved = ReportRow {
        state: "resolved_claimed".to_owned(),
        version: 7,
        department: None,
        people: 12,
        claimed_at: Some(NOW + 5),
        ..row
    };
    let saved = change(&shelf, async |unit| store::reports::save(unit, moved.clone()).await.unwrap()).await;
    assert_eq!(saved, moved);
    assert_eq!(store::reports::by_id(shelf.store.read(), moved.id).await.unwrap(), Some(moved));
}

pub async fn only_what_is_near_and_alive_is_found(shelf: Shelf) {
    let here = cell(18.92, -91.11);
    let row = |folio: &str| ReportRow {
        id: shelf.ids.next(),
        folio: folio.to_owned(),
        cell: Some(here),
        ..blank_report()
    };
    let rows = [
        row("here"),
        ReportRow { closed_at: Some(NOW - 1), ..row("closed lately") },
        ReportRow { closed_at: Some(NOW - 100), ..row("closed long ago") },
        ReportRow { cell: Some(here + 9), ..row("far away") },
        ReportRow { cell: None, ..row("nobody knows where") },
        ReportRow { category_group: "water".to_owned(), ..row("something else") },
        ReportRow { private: true, ..row("private") },
    ];
    for row in rows {
        Box::pin(change(&shelf, async |unit| store::reports::file(unit, row).await.unwrap())).await;
    }
    let near = async |squares: &[RangeInclusive<i64>]| {
        let near = store::reports::near(shelf.store.read(), "streets", squares, NOW - 50).await.unwrap();
        near.into_iter().map(|row| row.folio).collect::<BTreeSet<_>>()
    };
    let found = BTreeSet::from(["here".to_owned(), "closed lately".to_owned()]);
    assert_eq!(near(&around(18.92, -91.11, 30.0)).await, found);
    assert_eq!(near(&[]).await, BTreeSet::new());
}

// ---- events

fn event(report: Uuid, seq: i64) -> ReportEvent {
    let words =
        Words { public: Some("Se tapó".to_owned()), private: None, citizen: Some("gracias".to_owned()) };
    ReportEvent {
        report,
        seq,
        at: NOW + seq,
        actor: "system".to_owned(),
        channel: Some("whatsapp".to_owned()),
        kind: "moved".to_owned(),
        from: Some(State::Received),
        to: State::Assigned,
        reason: None,
        detail: json!({ "department": "water" }),
        words: if seq == 2 { words } else { Words::default() },
    }
}

pub async fn an_event_is_written_once(shelf: Shelf) {
    let report = filed(&shelf).await.id;
    change(&shelf, async |unit| store::report_events::append(unit, &event(report, 1)).await.unwrap()).await;
    let unit = shelf.unit().await;
    let again = store::report_events::append(&unit, &event(report, 1)).await.unwrap_err();
    assert!(again.is_duplicate(), "{again}");
}

pub async fn events_are_told_in_order_with_what_was_said(shelf: Shelf) {
    let report = filed(&shelf).await.id;
    change(&shelf, async |unit| {
        for seq in [2, 1] {
            store::report_events::append(unit, &event(report, seq)).await.unwrap();
        }
    })
    .await;
    let told = store::report_events::of_report(shelf.store.read(), report).await.unwrap();
    assert_eq!(told, [event(report, 1), event(report, 2)]);
}

// ---- photos

pub async fn a_photo_is_there_once_and_waits(shelf: Shelf) {
    let report = filed(&shelf).await.id;
    let photo = |at| ReportPhoto {
        media: Uuid::from_u128(9),
        report,
        kind: "citizen".to_owned(),
        moderation: "waiting".to_owned(),
        added_at: at,
    };
    change(&shelf, async |unit| {
        store::report_photos::add(unit, &photo(1)).await.unwrap();
        store::report_photos::add(unit, &photo(2)).await.unwrap();
    })
    .await;
    assert_eq!(store::report_photos::of_report(shelf.store.read(), report).await.unwrap(), [photo(1)]);
}

// ---- followers

pub async fn somebody_follows_a_report_once(shelf: Shelf) {
    let report = filed(&shelf).await.id;
    let (rosa, ana) = (shelf.person("+520000000002").await, shelf.person("+520000000003").await);
    let follower = |person, since| Follower { report, person, channel: Channel::Sms, through: None, since };
    change(&shelf, async |unit| {
        assert!(store::report_followers::add(unit, &follower(rosa, 2)).await.unwrap());
        assert!(store::report_followers::add(unit, &follower(ana, 1)).await.unwrap());
        assert!(!store::report_followers::add(unit, &follower(rosa, 3)).await.unwrap());
    })
    .await;
    let all = store::report_followers::of_report(shelf.store.read(), report).await.unwrap();
    assert_eq!(all, [follower(ana, 1), follower(rosa, 2)]);
}

// ---- news

async fn to_tell(shelf: &Shelf, person: Uuid, since_seq: i64, due_at: i64) {
    let notice = Notice { report: Uuid::from_u128(1), person, since_seq, due_at };
    change(shelf, async |unit| store::report_notices::put(unit, &notice).await.unwrap()).await;
}

pub async fn several_news_are_one_message(shelf: Shelf) {
    let rosa = shelf.person("+520000000002").await;
    to_tell(&shelf, rosa, 2, NOW + 10).await;
    to_tell(&shelf, rosa, 3, NOW + 20).await;
    let due = store::report_notices::due(shelf.store.read(), NOW + 10, 9).await.unwrap();
    assert_eq!(due.iter().map(|one| (one.since_seq, one.due_at)).collect::<Vec<_>>(), [(2, NOW + 10)]);
}

pub async fn only_what_is_due_is_told_the_longest_due_first(shelf: Shelf) {
    let (rosa, ana) = (shelf.person("+520000000002").await, shelf.person("+520000000003").await);
    to_tell(&shelf, rosa, 2, NOW + 10).await;
    to_tell(&shelf, ana, 2, NOW + 5).await;
    let due = async |now, limit| {
        let due = store::report_notices::due(shelf.store.read(), now, limit).await.unwrap();
        due.into_iter().map(|one| one.person).collect::<Vec<_>>()
    };
    assert_eq!(due(NOW + 4, 9).await, Vec::<Uuid>::new());
    assert_eq!(due(NOW + 9, 9).await, [ana]);
    assert_eq!(due(NOW + 10, 9).await, [ana, rosa]);
    assert_eq!(due(NOW + 10, 1).await, [ana]);
}

pub async fn news_are_taken_once(shelf: Shelf) {
    let rosa = shelf.person("+520000000002").await;
    to_tell(&shelf, rosa, 2, NOW).await;
    let take = async || {
        let report = Uuid::from_u128(1);
        change(&shelf, async |unit| store::report_notices::take(unit, report, rosa).await.unwrap()).await
    };
    assert!(take().await);
    assert!(!take().await);
}

// ---- timers

fn timer(report: u128, kind: TimerKind, due_at: i64) -> Timer {
    Timer { report: Uuid::from_u128(report), kind, due_at }
}

async fn set(shelf: &Shelf, timers: &[Timer]) {
    change(shelf, async |unit| {
        for timer in timers {
            store::report_timers::set(unit, timer).await.unwrap();
        }
    })
    .await;
}

async fn all_due(shelf: &Shelf) -> Vec<Timer> {
    store::report_timers::due(shelf.store.read(), i64::MAX, 9).await.unwrap()
}

pub async fn a_timer_that_is_set_again_is_set_anew(shelf: Shelf) {
    set(&shelf, &[timer(1, TimerKind::Lapse, 5), timer(1, TimerKind::Lapse, 9)]).await;
    assert_eq!(all_due(&shelf).await, [timer(1, TimerKind::Lapse, 9)]);
}

pub async fn a_stopped_report_does_nothing_by_itself(shelf: Shelf) {
    set(
        &shelf,
        &[timer(1, TimerKind::Lapse, 5), timer(1, TimerKind::AskFixed, 1), timer(2, TimerKind::Lapse, 3)],
    )
    .await;
    change(&shelf, async |unit| store::report_timers::stop(unit, Uuid::from_u128(1)).await.unwrap()).await;
    assert_eq!(all_due(&shelf).await, [timer(2, TimerKind::Lapse, 3)]);
}

pub async fn a_timer_is_taken_once_and_not_when_it_was_set_anew(shelf: Shelf) {
    let old = timer(1, TimerKind::Lapse, 5);
    set(&shelf, &[old.clone(), timer(1, TimerKind::Lapse, 9)]).await;
    let take = async |timer: &Timer| {
        change(&shelf, async |unit| store::report_timers::take(unit, timer).await.unwrap()).await
    };
    assert!(!take(&old).await);
    assert!(take(&timer(1, TimerKind::Lapse, 9)).await);
    assert!(!take(&timer(1, TimerKind::Lapse, 9)).await);
}

pub async fn what_is_due_comes_in_order(shelf: Shelf) {
    set(
        &shelf,
        &[timer(1, TimerKind::Lapse, 5), timer(2, TimerKind::Remind, 3), timer(3, TimerKind::NoInfo, 9)],
    )
    .await;
    let due = store::report_timers::due(shelf.store.read(), 5, 9).await.unwrap();
    assert_eq!(due, [timer(2, TimerKind::Remind, 3), timer(1, TimerKind::Lapse, 5)]);
}
