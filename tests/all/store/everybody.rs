//! Promises of what everybody may read: public rows, photos that may be shown, and sums.

use std::{collections::BTreeSet, ops::RangeInclusive};

use uuid::Uuid;
use ventanilla::{
    reports::{State, cell::around},
    store::{
        self,
        photo_copies::ShownPhoto,
        public_reports::{Bounds, PublicFilter, PublicRow},
        report_figures::{Age, Count, Evidence, Work},
        report_photos::ReportPhoto,
        reports::ReportRow,
    },
};

use super::{
    counters::change,
    shelf::{NOW, Shelf, blank_report},
};

const HOUR: i64 = 3_600_000;

fn row(shelf: &Shelf, folio: &str, filed_at: i64) -> ReportRow {
    ReportRow { id: shelf.ids.next(), folio: folio.to_owned(), filed_at, ..blank_report() }
}

async fn file(shelf: &Shelf, rows: &[ReportRow]) {
    change(shelf, async |unit| {
        for row in rows {
            store::reports::file(unit, row.clone()).await.unwrap();
        }
    })
    .await;
}

async fn folios(shelf: &Shelf, filter: &PublicFilter, after: Option<(i64, &str)>, limit: u64) -> Vec<String> {
    let page = store::public_reports::page(shelf.store.read(), filter, after, limit).await.unwrap();
    page.into_iter().map(|row| row.folio).collect()
}

pub async fn public_reports_come_newest_first_as_they_are_filtered(shelf: Shelf) {
    let rows = [
        row(&shelf, "a", NOW),
        ReportRow {
            category: "noise".to_owned(),
            colonia: Some("centro".to_owned()),
            ..row(&shelf, "b", NOW)
        },
        ReportRow { state: "triage".to_owned(), ..row(&shelf, "c", NOW - 5) },
        ReportRow { private: true, ..row(&shelf, "private", NOW) },
    ];
    file(&shelf, &rows).await;
    let all = PublicFilter::default;
    assert_eq!(folios(&shelf, &all(), None, 9).await, ["b", "a", "c"]);
    assert_eq!(folios(&shelf, &all(), Some((NOW, "b")), 1).await, ["a"]);
    assert_eq!(folios(&shelf, &all(), Some((NOW, "a")), 9).await, ["c"]);
    let noise = PublicFilter { category: Some("noise".to_owned()), ..all() };
    assert_eq!(folios(&shelf, &noise, None, 9).await, ["b"]);
    let centro = PublicFilter { colonia: Some("centro".to_owned()), ..all() };
    assert_eq!(folios(&shelf, &centro, None, 9).await, ["b"]);
    let triage = PublicFilter { states: vec![State::Triage], ..all() };
    assert_eq!(folios(&shelf, &triage, None, 9).await, ["c"]);
    let several =
        PublicFilter { states: vec![State::Triage, State::Received], category: noise.category, ..all() };
    assert_eq!(folios(&shelf, &several, None, 9).await, ["b"]);
    let days = PublicFilter { from: Some(NOW - 5), until: Some(NOW), ..all() };
    assert_eq!(folios(&shelf, &days, None, 9).await, ["c"]);
    let read = store::public_reports::page(shelf.store.read(), &all(), None, 9).await.unwrap();
    assert_eq!(read[1], PublicRow::of(&rows[0], None).unwrap());
    assert_eq!(PublicRow::of(&rows[3], None), None);
}

pub async fn a_window_holds_what_lies_in_it(shelf: Shelf) {
    let at = |folio: &str, lat: f64, lon: f64| ReportRow {
        lat: Some(lat),
        lon: Some(lon),
        cell: Some(ventanilla::reports::cell::cell(lat, lon)),
        ..row(&shelf, folio, NOW)
    };
    let rows = [
        at("in", 18.925, -91.115),
        at("out", 18.935, -91.115),
        ReportRow { private: true, ..at("private", 18.925, -91.115) },
        row(&shelf, "nowhere", NOW),
    ];
    file(&shelf, &rows).await;
    let bounds = Bounds { south: 18.92, west: -91.12, north: 18.93, east: -91.11 };
    let window = async |filter: PublicFilter, squares: &[RangeInclusive<i64>]| {
        let on = shelf.store.read();
        let found = store::public_reports::window(on, &filter, bounds, squares, 50, 9).await.unwrap();
        found.into_iter().map(|row| row.folio).collect::<Vec<_>>()
    };
    let squares = around(18.925, -91.115, 900.0);
    for squares in [squares.as_slice(), &[]] {
        assert_eq!(window(PublicFilter::default(), squares).await, ["in"]);
        let past = PublicFilter { until: Some(NOW), ..PublicFilter::default() };
        assert_eq!(window(past, squares).await, Vec::<String>::new());
        let other = PublicFilter { category: Some("noise".to_owned()), ..PublicFilter::default() };
        assert_eq!(window(other, squares).await, Vec::<String>::new());
    }
}

// ---- photos

async fn photo(shelf: &Shelf, report: Uuid, media: u128, moderation: &str) {
    let photo = ReportPhoto {
        media: Uuid::from_u128(media),
        report,
        kind: "evidence".to_owned(),
        moderation: moderation.to_owned(),
        added_at: NOW + i64::try_from(media).unwrap(),
    };
    change(shelf, async |unit| store::report_photos::add(unit, &photo).await.unwrap()).await;
}

pub async fn copies_are_drawn_once_of_each_photo(shelf: Shelf) {
    let report = row(&shelf, "a", NOW);
    file(&shelf, std::slice::from_ref(&report)).await;
    photo(&shelf, report.id, 2, "waiting").await;
    photo(&shelf, report.id, 1, "waiting").await;
    let waiting = async |limit| store::photo_copies::waiting(shelf.store.read(), limit).await.unwrap();
    let [one, two] = [1, 2].map(Uuid::from_u128);
    assert_eq!(waiting(9).await, [one, two]);
    assert_eq!(waiting(1).await, [one]);
    change(&shelf, async |unit| {
        store::photo_copies::tried(unit, one, true).await.unwrap();
        store::photo_copies::tried(unit, two, false).await.unwrap();
    })
    .await;
    assert_eq!(waiting(9).await, Vec::<Uuid>::new());
}

pub async fn a_photo_is_shown_when_it_was_looked_at_and_drawn(shelf: Shelf) {
    let open = row(&shelf, "a", NOW);
    let private = ReportRow { private: true, ..row(&shelf, "b", NOW) };
    file(&shelf, &[open.clone(), private.clone()]).await;
    for (media, report, moderation) in [
        (1, &open, "shown"),
        (2, &open, "waiting"),
        (3, &open, "hidden"),
        (4, &private, "shown"),
        (5, &open, "shown"),
    ] {
        photo(&shelf, report.id, media, moderation).await;
    }
    change(&shelf, async |unit| {
        for media in 1..5 {
            store::photo_copies::tried(unit, Uuid::from_u128(media), true).await.unwrap();
        }
    })
    .await;
    let on = shelf.store.read();
    let mut seen = BTreeSet::new();
    for media in 1..=6 {
        if store::photo_copies::is_shown(on, Uuid::from_u128(media)).await.unwrap() {
            seen.insert(media);
        }
    }
    assert_eq!(seen, BTreeSet::from([1]));
    let photo = ShownPhoto { media: Uuid::from_u128(1), evidence: true, added_at: NOW + 1 };
    assert_eq!(store::photo_copies::shown(on, open.id).await.unwrap(), [photo]);
    assert_eq!(store::photo_copies::shown(on, private.id).await.unwrap(), []);
}

// ---- sums

pub async fn reports_are_counted_by_what_they_are_and_where(shelf: Shelf) {
    let centro = |folio| ReportRow { colonia: Some("centro".to_owned()), ..row(&shelf, folio, NOW) };
    let private = ReportRow { private: true, ..row(&shelf, "d", NOW) };
    file(&shelf, &[row(&shelf, "a", NOW), centro("b"), centro("c"), private]).await;
    let count = |colonia: Option<&str>, reports| Count {
        category: "pothole".to_owned(),
        state: State::Received,
        colonia: colonia.map(str::to_owned),
        reports,
    };
    let counts = store::report_figures::counts(shelf.store.read()).await.unwrap();
    assert_eq!(counts, [count(None, 1), count(Some("centro"), 2)]);
}

pub async fn ages_end_when_a_report_is_closed(shelf: Shelf) {
    let closed = |folio, filed_at| ReportRow {
        state: "cancelled".to_owned(),
        closed_at: Some(filed_at + 2 * HOUR),
        ..row(&shelf, folio, filed_at)
    };
    let rows = [
        row(&shelf, "a", NOW - HOUR * 3 - 1),
        row(&shelf, "old and open", NOW - 90 * HOUR),
        closed("b", NOW - 30 * HOUR),
        closed("old and closed", NOW - 90 * HOUR),
        ReportRow { private: true, ..row(&shelf, "c", NOW) },
    ];
    file(&shelf, &rows).await;
    let ages = store::report_figures::ages(shelf.store.read(), NOW - 50 * HOUR, NOW).await.unwrap();
    let age = |state, hours| Age { state, hours, reports: 1 };
    assert_eq!(ages, [age(State::Cancelled, 2), age(State::Received, 3), age(State::Received, 90)]);
}

pub async fn what_became_of_reports_is_summed(shelf: Shelf) {
    let rows = [
        ReportRow {
            people: 3,
            reopened: 2,
            claimed_at: Some(NOW),
            responded_at: Some(NOW),
            ..row(&shelf, "a", NOW)
        },
        ReportRow {
            state: "duplicate".to_owned(),
            outcome: Some("joined".to_owned()),
            closed_at: Some(NOW),
            people: 2,
            ..row(&shelf, "b", NOW)
        },
        row(&shelf, "too old", NOW - 9),
        ReportRow { private: true, ..row(&shelf, "private", NOW) },
    ];
    file(&shelf, &rows).await;
    let work = store::report_figures::work(shelf.store.read(), NOW).await.unwrap();
    let sums = Work {
        category: "pothole".to_owned(),
        department: Some("public_works".to_owned()),
        channel: "whatsapp".to_owned(),
        reports: 2,
        open: 1,
        responded: 1,
        claimed: 1,
        reopened: 1,
        joined: 1,
        more_people: 2,
        ..Work::default()
    };
    assert_eq!(work, [sums]);
}

pub async fn evidence_is_counted_once_a_report(shelf: Shelf) {
    let claimed = ReportRow { claimed_at: Some(NOW), ..row(&shelf, "a", NOW) };
    let rows = [claimed.clone(), row(&shelf, "not claimed", NOW)];
    file(&shelf, &rows).await;
    photo(&shelf, claimed.id, 1, "waiting").await;
    photo(&shelf, claimed.id, 2, "shown").await;
    photo(&shelf, rows[1].id, 3, "shown").await;
    let evidence = store::report_figures::evidence(shelf.store.read(), NOW).await.unwrap();
    let one =
        Evidence { category: "pothole".to_owned(), department: Some("public_works".to_owned()), reports: 1 };
    assert_eq!(evidence, [one]);
    assert_eq!(store::report_figures::evidence(shelf.store.read(), NOW + 1).await.unwrap(), []);
}
