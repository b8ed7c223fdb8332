//! Promises of what comes from and goes to other systems.

use serde_json::json;
use uuid::Uuid;
use ventanilla::{
    reports::State,
    store::{
        self,
        open_requests::Filter,
        report_contacts::Contact,
        report_events::{ReportEvent, Words},
        report_externals::{External, ExternalState},
        report_fetches::Fetch,
        reports::ReportRow,
        webhook_deliveries::{Delivery, DeliveryState},
    },
};

use super::{
    counters::change,
    shelf::{NOW, Shelf, blank_report},
};

async fn filed(shelf: &Shelf, rows: impl IntoIterator<Item = ReportRow>) -> Vec<ReportRow> {
    let mut filed = Vec::new();
    for row in rows {
        let row = ReportRow { id: shelf.ids.next(), ..row };
        filed.push(change(shelf, async |unit| store::reports::file(unit, row).await.unwrap()).await);
    }
    filed
}

fn named(folio: &str) -> ReportRow {
    ReportRow { folio: folio.to_owned(), ..blank_report() }
}

pub async fn only_public_reports_are_listed(shelf: Shelf) {
    let rows = [
        ReportRow { filed_at: NOW, updated_at: NOW + 50, ..named("a") },
        ReportRow { filed_at: NOW + 1, updated_at: NOW + 1, category: "tree".to_owned(), ..named("b") },
        ReportRow { filed_at: NOW + 2, updated_at: NOW + 2, state: "cancelled".to_owned(), ..named("c") },
        ReportRow { filed_at: NOW + 3, updated_at: NOW + 3, private: true, ..named("d") },
    ];
    filed(&shelf, rows).await;
    let everything = Filter { limit: 9, ..Filter::default() };
    let find = async |filter: Filter| {
        let rows = store::open_requests::find(shelf.store.read(), &filter).await.unwrap();
        rows.into_iter().map(|row| row.folio).collect::<Vec<_>>()
    };
    assert_eq!(find(everything.clone()).await, ["c", "b", "a"]);
    assert_eq!(find(Filter { offset: 1, limit: 1, ..Filter::default() }).await, ["b"]);
    assert_eq!(find(Filter { filed: Some(NOW..=NOW + 1), ..everything.clone() }).await, ["b", "a"]);
    assert_eq!(find(Filter { updated: Some(NOW + 3..=NOW + 90), ..everything.clone() }).await, ["a"]);
    assert_eq!(find(Filter { categories: vec!["tree".to_owned()], ..everything.clone() }).await, ["b"]);
    assert_eq!(find(Filter { states: vec![State::Cancelled], ..everything }).await, ["c"]);
    let by_folios = ["d", "a", "c", "z"].map(str::to_owned);
    let found = store::open_requests::by_folios(shelf.store.read(), &by_folios).await.unwrap();
    assert_eq!(found.into_iter().map(|row| row.folio).collect::<Vec<_>>(), ["c", "a"]);
}

pub async fn what_was_told_of_public_reports_is_found(shelf: Shelf) {
    let rows = filed(&shelf, [named("a"), ReportRow { private: true, ..named("b") }]).await;
    for row in &rows {
        for (seq, kind, said) in
            [(1, "filed", None), (2, "moved", None), (3, "noted", None), (4, "noted", Some("Ya"))]
        {
            let event = ReportEvent {
                report: row.id,
                seq,
                at: NOW + seq,
                actor: "system".to_owned(),
                channel: None,
                kind: kind.to_owned(),
                from: None,
                to: State::InProgress,
                reason: None,
                detail: json!({}),
                words: Words {
                    public: said.map(str::to_owned),
                    private: Some("entre nosotros".to_owned()),
                    citizen: None,
                },
            };
            change(&shelf, async |unit| store::report_events::append(unit, &event).await.unwrap()).await;
        }
    }
    let on = shelf.store.read();
    let told = async |from, until, limit| {
        let told = store::open_requests::told_between(on, from, until, limit).await.unwrap();
        told.into_iter().map(|told| (told.folio, told.seq, told.public)).collect::<Vec<_>>()
    };
    let (second, fourth) = (("a".to_owned(), 2, None), ("a".to_owned(), 4, Some("Ya".to_owned())));
    assert_eq!(told(NOW, NOW + 9, 9).await, [second.clone(), fourth.clone()]);
    assert_eq!(told(NOW + 3, NOW + 9, 9).await, [fourth]);
    assert_eq!(told(NOW, NOW + 9, 1).await, [second]);
    let of = async |row: &ReportRow| store::open_requests::told_of(on, row.id).await.unwrap().len();
    assert_eq!((of(&rows[0]).await, of(&rows[1]).await), (3, 0));
    let words = store::open_requests::last_words(on, &[rows[0].id, Uuid::nil()]).await.unwrap();
    assert_eq!(words, [(rows[0].id, "Ya".to_owned())]);
}

pub async fn how_to_reach_somebody_can_be_erased(shelf: Shelf) {
    let report = Uuid::from_u128(7);
    let contact =
        Contact { name: Some("Rosa".to_owned()), phone: Some("1".to_owned()), ..Contact::default() };
    let other = Contact { email: Some("r@x.mx".to_owned()), ..Contact::default() };
    for contact in [&contact, &other] {
        change(&shelf, async |unit| store::report_contacts::put(unit, report, contact).await.unwrap()).await;
    }
    let of = async || store::report_contacts::of_report(shelf.store.read(), report).await.unwrap();
    assert_eq!(of().await, Some(other));
    let erase = async |unit: &store::Unit| store::report_contacts::erase(unit, report).await.unwrap();
    assert!(change(&shelf, erase).await);
    assert!(!change(&shelf, erase).await);
    assert_eq!(of().await, None);
}

pub async fn another_system_has_one_report_with_an_id(shelf: Shelf) {
    let (one, two) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let row = External { id: Some("77".to_owned()), ..External::queued(one, "norte", NOW) };
    change(&shelf, async |unit| store::report_externals::put(unit, &row).await.unwrap()).await;
    let on = shelf.store.read();
    assert_eq!(store::report_externals::by_id(on, "norte", "77").await.unwrap(), Some(row.clone()));
    assert_eq!(store::report_externals::by_id(on, "sur", "77").await.unwrap(), None);
    let stolen = External { id: Some("77".to_owned()), ..External::queued(two, "norte", NOW) };
    let unit = shelf.unit().await;
    assert!(store::report_externals::put(&unit, &stolen).await.unwrap_err().is_duplicate());
    drop(unit);
    let done = External {
        state: ExternalState::Done,
        status: Some("closed".to_owned()),
        tries: 3,
        problem: Some("x".to_owned()),
        ..row
    };
    change(&shelf, async |unit| store::report_externals::put(unit, &done).await.unwrap()).await;
    assert_eq!(store::report_externals::of_report(on, one).await.unwrap(), [done]);
}

pub async fn what_is_to_be_sent_comes_in_order(shelf: Shelf) {
    for (report, source, at) in
        [(1, "norte", NOW + 2), (2, "norte", NOW + 1), (3, "sur", NOW), (4, "norte", NOW + 9)]
    {
        let row = External::queued(Uuid::from_u128(report), source, at);
        change(&shelf, async |unit| store::report_externals::put(unit, &row).await.unwrap()).await;
    }
    let due = async |state, limit| {
        let due =
            store::report_externals::due(shelf.store.read(), "norte", state, NOW + 2, limit).await.unwrap();
        due.into_iter().map(|row| row.report.as_u128()).collect::<Vec<_>>()
    };
    assert_eq!(due(ExternalState::Queued, 9).await, [2, 1]);
    assert_eq!(due(ExternalState::Queued, 1).await, [2]);
    assert_eq!(due(ExternalState::Token, 9).await, Vec::<u128>::new());
}

pub async fn a_photo_is_fetched_until_it_is_taken_away(shelf: Shelf) {
    let fetch = Fetch {
        id: Uuid::from_u128(1),
        report: Uuid::from_u128(2),
        kind: "citizen".to_owned(),
        url: "https://example.org/a.jpg".to_owned(),
        tries: 0,
        next_at: NOW,
    };
    let again = Fetch { tries: 1, next_at: NOW + 5, ..fetch.clone() };
    for fetch in [&fetch, &again] {
        change(&shelf, async |unit| store::report_fetches::put(unit, fetch).await.unwrap()).await;
    }
    let due = async |now| store::report_fetches::due(shelf.store.read(), now, 9).await.unwrap();
    assert_eq!(due(NOW + 4).await, []);
    assert_eq!(due(NOW + 5).await, [again]);
    let take = async |unit: &store::Unit| store::report_fetches::take(unit, fetch.id).await.unwrap();
    assert!(change(&shelf, take).await);
    assert!(!change(&shelf, take).await);
    assert_eq!(due(NOW + 5).await, []);
}

pub async fn an_update_is_noted_once(shelf: Shelf) {
    let report = Uuid::from_u128(1);
    let note = async |source: &'static str, update: &'static str, at| {
        change(&shelf, async |unit| {
            store::report_updates::note(unit, source, update, report, at).await.unwrap()
        })
        .await
    };
    assert!(note("source:norte", "1", NOW).await);
    assert!(!note("source:norte", "1", NOW + 9).await);
    assert!(note("source:norte", "2", NOW - 5).await);
    assert!(note("source:sur", "1", NOW + 7).await);
    let last = async |source| store::report_updates::last(shelf.store.read(), source, report).await.unwrap();
    assert_eq!(last("source:norte").await, Some(NOW));
    assert_eq!(last("source:east").await, None);
}

fn delivery(id: u128, next_at: i64) -> Delivery {
    Delivery {
        id: Uuid::from_u128(id),
        endpoint: "tablero".to_owned(),
        report: None,
        kind: "moved".to_owned(),
        body: "{}".to_owned(),
        state: DeliveryState::Waiting,
        tries: 0,
        next_at,
        created_at: NOW + i64::try_from(id).unwrap(),
        done_at: None,
        problem: None,
    }
}

async fn put(shelf: &Shelf, delivery: &Delivery) {
    change(shelf, async |unit| store::webhook_deliveries::put(unit, delivery).await.unwrap()).await;
}

pub async fn a_delivery_waits_until_it_is_due(shelf: Shelf) {
    put(&shelf, &delivery(1, NOW + 2)).await;
    put(&shelf, &delivery(2, NOW + 1)).await;
    put(&shelf, &delivery(3, NOW + 3)).await;
    let on = shelf.store.read();
    let due = store::webhook_deliveries::due(on, NOW + 2, 9).await.unwrap();
    assert_eq!(due, [delivery(2, NOW + 1), delivery(1, NOW + 2)]);
    assert_eq!(store::webhook_deliveries::due(on, NOW + 2, 1).await.unwrap().len(), 1);
    let failed = Delivery {
        state: DeliveryState::Failed,
        tries: 4,
        problem: Some("x".to_owned()),
        done_at: Some(NOW),
        ..delivery(1, NOW + 2)
    };
    put(&shelf, &failed).await;
    assert_eq!(store::webhook_deliveries::by_id(on, failed.id).await.unwrap(), Some(failed));
    assert_eq!(store::webhook_deliveries::due(on, NOW + 2, 9).await.unwrap(), [delivery(2, NOW + 1)]);
    assert_eq!(store::webhook_deliveries::by_id(on, Uuid::nil()).await.unwrap(), None);
}

pub async fn deliveries_are_listed_newest_first_and_forgotten(shelf: Shelf) {
    let done = Delivery { state: DeliveryState::Delivered, done_at: Some(NOW), ..delivery(1, NOW) };
    put(&shelf, &done).await;
    put(&shelf, &delivery(2, NOW)).await;
    let list = async |state, limit| {
        let list = store::webhook_deliveries::list(shelf.store.read(), state, limit).await.unwrap();
        list.into_iter().map(|one| one.id.as_u128()).collect::<Vec<_>>()
    };
    assert_eq!(list(None, 9).await, [2, 1]);
    assert_eq!(list(None, 1).await, [2]);
    assert_eq!(list(Some(DeliveryState::Delivered), 9).await, [1]);
    let forget = async |before| {
        change(&shelf, async |unit| store::webhook_deliveries::forget(unit, before).await.unwrap()).await
    };
    assert_eq!(forget(NOW).await, 0);
    assert_eq!(forget(NOW + 1).await, 1);
    assert_eq!(list(None, 9).await, [2]);
}
