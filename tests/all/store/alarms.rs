//! Promises of calls to people of the town because somebody is in danger.

use uuid::Uuid;
use ventanilla::store::{
    self,
    pages::{Page, PageCall},
};

use super::{
    counters::change,
    shelf::{NOW, Shelf},
};

async fn opened(shelf: &Shelf, phone: &str, next_at: i64) -> Page {
    let person = shelf.person(phone).await;
    let entry = shelf.queue(person, 1, "crisis", NOW).await;
    let page = Page {
        id: shelf.ids.next(),
        handover: entry.id,
        state: "waiting".to_owned(),
        level: 0,
        round: 1,
        opened_at: NOW,
        next_at,
        told_at: None,
        answered_at: None,
        answered_by: None,
    };
    assert!(change(shelf, async |unit| store::pages::open(unit, &page).await.unwrap()).await);
    page
}

pub async fn a_chat_has_one_page(shelf: Shelf) {
    let page = opened(&shelf, "+520000000001", NOW).await;
    let again = Page { id: shelf.ids.next(), ..page.clone() };
    assert!(!change(&shelf, async |unit| store::pages::open(unit, &again).await.unwrap()).await);
    assert_eq!(store::pages::of_chat(shelf.store.read(), page.handover).await.unwrap(), Some(page.clone()));
    assert_eq!(store::pages::of_chat(shelf.store.read(), Uuid::nil()).await.unwrap(), None);
    assert_eq!(store::pages::by_id(shelf.store.read(), page.id).await.unwrap(), Some(page));
}

pub async fn pages_whose_next_are_to_be_called_are_found(shelf: Shelf) {
    let late = opened(&shelf, "+520000000001", NOW + 10).await;
    let soon = opened(&shelf, "+520000000002", NOW + 5).await;
    let due = async |now| store::pages::due(shelf.store.read(), now).await.unwrap();
    assert_eq!(due(NOW + 4).await, Vec::<Page>::new());
    assert_eq!(due(NOW + 10).await, [soon.clone(), late.clone()]);
    change(&shelf, async |unit| store::pages::answer(unit, soon.id, "Rosa", NOW).await.unwrap()).await;
    assert_eq!(due(NOW + 10).await, [late]);
}

pub async fn a_page_goes_on_once_and_not_when_it_was_answered(shelf: Shelf) {
    let page = opened(&shelf, "+520000000001", NOW).await;
    let next = Page { level: 1, next_at: NOW + 9, told_at: Some(NOW), ..page.clone() };
    let go_on =
        async || change(&shelf, async |unit| store::pages::go_on(unit, &page, &next).await.unwrap()).await;
    assert!(go_on().await);
    assert!(!go_on().await, "somebody was faster");
    assert_eq!(store::pages::by_id(shelf.store.read(), page.id).await.unwrap().as_ref(), Some(&next));
    change(&shelf, async |unit| store::pages::answer(unit, page.id, "Rosa", NOW).await.unwrap()).await;
    let later = Page { level: 2, ..next.clone() };
    assert!(!change(&shelf, async |unit| store::pages::go_on(unit, &next, &later).await.unwrap()).await);
}

pub async fn the_first_answer_counts_and_ends_the_calls(shelf: Shelf) {
    let page = opened(&shelf, "+520000000001", NOW).await;
    called(&shelf, &page, NOW).await;
    let answer = async |by: &str| {
        change(&shelf, async |unit| store::pages::answer(unit, page.id, by, NOW + 1).await.unwrap()).await
    };
    assert!(answer("Rosa").await);
    assert!(!answer("Ana").await);
    let found = store::pages::by_id(shelf.store.read(), page.id).await.unwrap().unwrap();
    assert_eq!((found.answered_by.as_deref(), found.answered_at), (Some("Rosa"), Some(NOW + 1)));
    assert_eq!(store::pages::calls_due(shelf.store.read(), i64::MAX).await.unwrap(), []);
}

pub async fn a_chat_that_a_person_answered_needs_no_page(shelf: Shelf) {
    let page = opened(&shelf, "+520000000001", NOW).await;
    let attended = async || store::pages::attended(shelf.store.read()).await.unwrap();
    assert_eq!(attended().await, []);
    let entry = store::handovers::by_id(shelf.store.read(), page.handover).await.unwrap().unwrap();
    change(&shelf, async |unit| {
        let entry = store::handovers::claim(unit, entry, None, "Rosa").await.unwrap();
        store::handovers::answered(unit, entry, NOW).await.unwrap();
    })
    .await;
    assert_eq!(attended().await, [(page.id, "Rosa".to_owned())]);
}

async fn called(shelf: &Shelf, page: &Page, next_at: i64) -> PageCall {
    let call = PageCall {
        id: shelf.ids.next(),
        page: page.id,
        who: "rosa".to_owned(),
        means: "sms".to_owned(),
        key_id: "k".to_owned(),
        state: "waiting".to_owned(),
        attempts: 0,
        next_at,
        error: None,
    };
    change(shelf, async |unit| store::pages::call(unit, &call).await.unwrap()).await;
    call
}

pub async fn calls_are_kept_in_their_order(shelf: Shelf) {
    let page = opened(&shelf, "+520000000001", NOW).await;
    let calls = [called(&shelf, &page, NOW + 9).await, called(&shelf, &page, NOW).await];
    assert_eq!(store::pages::calls_of(shelf.store.read(), page.id).await.unwrap(), calls);
    let found = store::pages::call_by_id(shelf.store.read(), calls[1].id).await.unwrap();
    assert_eq!(found.as_ref(), Some(&calls[1]));
}

pub async fn calls_that_are_due_are_found_until_they_are_made(shelf: Shelf) {
    let page = opened(&shelf, "+520000000001", NOW).await;
    let call = called(&shelf, &page, NOW + 5).await;
    let due = async |now| store::pages::calls_due(shelf.store.read(), now).await.unwrap();
    assert_eq!(due(NOW + 4).await, []);
    assert_eq!(due(NOW + 5).await, std::slice::from_ref(&call));
    let failed =
        PageCall { attempts: 1, next_at: NOW + 20, error: Some("nobody".to_owned()), ..call.clone() };
    change(&shelf, async |unit| store::pages::called(unit, &failed).await.unwrap()).await;
    assert_eq!((due(NOW + 5).await, due(NOW + 20).await), (vec![], vec![failed.clone()]));
    let sent = PageCall { state: "sent".to_owned(), ..failed };
    change(&shelf, async |unit| store::pages::called(unit, &sent).await.unwrap()).await;
    assert_eq!(due(i64::MAX).await, []);
}
