//! Promises about what goes out: replies and the news of them.

use ventanilla::store::{
    self,
    outbox::PendingState,
    statuses::{Applied, News},
};
use ventanilla_adapters::{Channel, DeliveryState, ProviderError, StatusUpdate};

use super::shelf::{NOW, Shelf, busy, news};

// ---- outbox

pub async fn a_reply_is_stored_once_by_its_key(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let first = shelf.reply(person, 1, Channel::Whatsapp).await;
    shelf.reply(person, 1, Channel::Whatsapp).await;
    assert_eq!(shelf.depth().await, 1);
    assert_eq!(shelf.next(person).await.unwrap().id, first);
}

pub async fn the_first_reply_of_a_person_goes_first(shelf: Shelf) {
    let (lupe, beto) = (shelf.person("+520000000001").await, shelf.person("+520000000002").await);
    for turn in [2, 1, 3] {
        shelf.reply(lupe, turn, Channel::Whatsapp).await;
    }
    let next = shelf.next(lupe).await.unwrap();
    assert_eq!((next.message.text(), next.state, next.attempts), ("respuesta 1", PendingState::Queued, 0));
    shelf.reply(lupe, 4, Channel::Sms).await;
    let first = store::outbox::pending(shelf.store.read(), lupe, 1).await.unwrap();
    assert_eq!(first.iter().map(|reply| reply.turn).collect::<Vec<_>>(), [1, 4], "of each channel");
    assert!(shelf.next(beto).await.is_none());
}

pub async fn people_with_due_replies_are_named(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    shelf.reply(person, 1, Channel::Whatsapp).await;
    shelf.reply(person, 2, Channel::Whatsapp).await;
    let people = async |due| store::outbox::people_waiting(shelf.store.read(), due).await.unwrap();
    assert_eq!((people(NOW - 1).await, people(NOW).await), (vec![], vec![person]));
    let first = shelf.next(person).await.unwrap().id;
    let unit = shelf.unit().await;
    store::outbox::postpone(&*unit, first, NOW + 60_000).await.unwrap();
    unit.commit().await.unwrap();
    assert!(people(NOW).await.is_empty(), "the second stands behind the first");
    shelf.reply(person, 3, Channel::Sms).await;
    assert_eq!(people(NOW).await, vec![person], "another channel does not");
}

pub async fn only_one_claims_a_reply(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let id = shelf.reply(person, 1, Channel::Whatsapp).await;
    let unit = shelf.unit().await;
    assert!(store::outbox::claim(&*unit, id, false, NOW).await.unwrap());
    assert!(!store::outbox::claim(&*unit, id, false, NOW).await.unwrap());
    unit.commit().await.unwrap();
    let next = shelf.next(person).await.unwrap();
    assert_eq!((next.state, next.attempts, next.doubtful), (PendingState::Sending, 1, false));
}

pub async fn an_accepted_reply_is_not_pending(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    shelf.accepted(person, "wamid.9").await;
    assert!(shelf.next(person).await.is_none());
    assert_eq!(shelf.apply(&news("wamid.9", DeliveryState::Sent)).await, Applied::To(person));
}

pub async fn a_secret_is_forgotten_once_it_was_said(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let id = shelf.reply_with(person, 1, Channel::Whatsapp, Some("tu PIN es ••••••")).await;
    assert_eq!(shelf.next(person).await.unwrap().masked.unwrap().text(), "tu PIN es ••••••");
    let unit = shelf.unit().await;
    store::outbox::mask(&*unit, id).await.unwrap();
    store::outbox::mask(&*unit, id).await.unwrap();
    unit.commit().await.unwrap();
    let next = shelf.next(person).await.unwrap();
    assert_eq!((next.message.text(), next.masked.is_none()), ("tu PIN es ••••••", true));
}

pub async fn secrets_that_a_page_fetched_are_forgotten_later(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let said = shelf.reply_with(person, 1, Channel::Webchat, Some("dicho")).await;
    let unit = shelf.unit().await;
    store::outbox::claim(&*unit, said, false, NOW).await.unwrap();
    store::outbox::accepted(&*unit, said, Channel::Webchat, "1", NOW).await.unwrap();
    unit.commit().await.unwrap();
    shelf.reply_with(person, 2, Channel::Webchat, Some("por decir")).await;
    let unit = shelf.unit().await;
    assert_eq!(store::outbox::mask_old(&unit, NOW).await.unwrap(), 0, "the page may still come");
    assert_eq!(store::outbox::mask_old(&unit, NOW + 1).await.unwrap(), 1, "what is still to go is kept");
    unit.commit().await.unwrap();
    let kept = store::outbox::mailbox(shelf.store.read(), person, None).await.unwrap();
    assert_eq!(kept[0].1.text(), "dicho");
    let waits = shelf.reply_with(person, 3, Channel::Whatsapp, Some("tu PIN es ••••••")).await;
    let unit = shelf.unit().await;
    store::kept::keep(&unit, waits, None, NOW).await.unwrap();
    assert_eq!(store::outbox::mask_old(&unit, NOW + 1).await.unwrap(), 0, "what is kept must be whole");
}

pub async fn a_reply_to_retry_is_queued_for_later(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let id = shelf.reply(person, 1, Channel::Whatsapp).await;
    let unit = shelf.unit().await;
    store::outbox::claim(&*unit, id, false, NOW).await.unwrap();
    store::outbox::retry(&*unit, id, &busy(), NOW + 1000, NOW).await.unwrap();
    unit.commit().await.unwrap();
    let next = shelf.next(person).await.unwrap();
    assert_eq!((next.state, next.next_at, next.attempts), (PendingState::Queued, NOW + 1000, 1));
}

pub async fn an_unsure_reply_waits_for_news(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let id = shelf.reply(person, 1, Channel::Whatsapp).await;
    let unit = shelf.unit().await;
    store::outbox::claim(&*unit, id, false, NOW).await.unwrap();
    store::outbox::unsure(&*unit, id, NOW + 10_000, NOW).await.unwrap();
    unit.commit().await.unwrap();
    let next = shelf.next(person).await.unwrap();
    assert_eq!((next.state, next.next_at), (PendingState::Unsure, NOW + 10_000));
    let status =
        StatusUpdate { reference: Some(id.to_string()), ..news("wamid.9", DeliveryState::Delivered) };
    assert_eq!(shelf.apply(&status).await, Applied::To(person));
    assert!(shelf.next(person).await.is_none(), "the status names our reply: it arrived");
}

pub async fn a_failed_reply_makes_room_for_the_next(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let first = shelf.reply(person, 1, Channel::Whatsapp).await;
    let second = shelf.reply(person, 2, Channel::Whatsapp).await;
    let unit = shelf.unit().await;
    store::outbox::failed(&*unit, first, &busy(), NOW).await.unwrap();
    unit.commit().await.unwrap();
    assert_eq!(shelf.next(person).await.unwrap().id, second);
}

pub async fn what_was_being_sent_is_unsure_after_a_crash(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let id = shelf.reply(person, 1, Channel::Whatsapp).await;
    shelf.reply(person, 2, Channel::Whatsapp).await;
    let unit = shelf.unit().await;
    store::outbox::claim(&*unit, id, false, NOW).await.unwrap();
    assert_eq!(store::outbox::recover(&unit, NOW + 10, NOW).await.unwrap(), 1);
    unit.commit().await.unwrap();
    assert_eq!(shelf.next(person).await.unwrap().state, PendingState::Unsure);
}

pub async fn a_page_fetches_what_came_after(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let mut sent = Vec::new();
    for turn in 1..=3 {
        let id = shelf.reply(person, turn, Channel::Webchat).await;
        let unit = shelf.unit().await;
        store::outbox::claim(&*unit, id, false, NOW).await.unwrap();
        store::outbox::accepted(&*unit, id, Channel::Webchat, &id.to_string(), NOW).await.unwrap();
        unit.commit().await.unwrap();
        sent.push(id);
    }
    shelf.reply(person, 4, Channel::Webchat).await;
    let fetch = async |after| {
        let mailbox = store::outbox::mailbox(shelf.store.read(), person, after).await.unwrap();
        mailbox.into_iter().map(|(id, _)| id).collect::<Vec<_>>()
    };
    assert_eq!(fetch(None).await, sent);
    assert_eq!(fetch(Some(sent[0])).await, sent[1..]);
}

pub async fn replies_under_way_are_counted(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    shelf.accepted(person, "wamid.9").await;
    shelf.reply(person, 2, Channel::Whatsapp).await;
    assert_eq!(shelf.depth().await, 1);
}

// ---- statuses

pub async fn statuses_never_go_back_and_strangers_are_held(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    shelf.accepted(person, "wamid.9").await;
    assert_eq!(shelf.apply(&news("wamid.9", DeliveryState::Delivered)).await, Applied::To(person));
    assert_eq!(shelf.apply(&news("wamid.9", DeliveryState::Sent)).await, Applied::Stale);
    let error = Some(ProviderError { code: 131_026, title: "undeliverable".to_owned() });
    let failed = StatusUpdate { error, ..news("wamid.9", DeliveryState::Failed) };
    assert_eq!(shelf.apply(&failed).await, Applied::Stale, "it was delivered");
    assert_eq!(shelf.apply(&news("wamid.9", DeliveryState::Read)).await, Applied::To(person));
    assert_eq!(shelf.apply(&news("wamid.stranger", DeliveryState::Read)).await, Applied::Held);
}

pub async fn news_of_many_replies_is_one_statement(shelf: Shelf) {
    let (lupe, beto) = (shelf.person("+520000000001").await, shelf.person("+520000000002").await);
    let (first, second) = (shelf.accepted(lupe, "wamid.1").await, shelf.accepted(beto, "wamid.2").await);
    let apply = async |states: [(uuid::Uuid, DeliveryState); 2]| {
        let told =
            states.map(|(id, state)| (id, news(if id == first { "wamid.1" } else { "wamid.2" }, state)));
        let all = told.each_ref().map(|(id, status)| News { id: *id, status, error: Some(busy()) });
        let single = shelf.store.single().await.unwrap();
        let applied = store::statuses::apply_many(&*single, &all, NOW).await.unwrap();
        single.commit().await.unwrap();
        applied
    };
    let mut both = apply([(first, DeliveryState::Read), (second, DeliveryState::Sent)]).await;
    both.sort_unstable();
    let mut expected = vec![(first, lupe), (second, beto)];
    expected.sort_unstable();
    assert_eq!(both, expected);
    let news = apply([(first, DeliveryState::Delivered), (second, DeliveryState::Failed)]).await;
    assert_eq!(news, [(second, beto)], "the first was read already");
    assert_eq!(apply([(shelf.ids.next(), DeliveryState::Read), (second, DeliveryState::Sent)]).await, []);
}

pub async fn one_held_status_is_enough_to_look(shelf: Shelf) {
    assert!(!store::statuses::any_held(shelf.store.read()).await.unwrap());
    shelf.apply(&news("wamid.9", DeliveryState::Sent)).await;
    assert!(store::statuses::any_held(shelf.store.read()).await.unwrap());
}

pub async fn held_statuses_are_taken_once(shelf: Shelf) {
    shelf.apply(&news("wamid.9", DeliveryState::Sent)).await;
    shelf.apply(&news("wamid.8", DeliveryState::Sent)).await;
    for expected in [vec![news("wamid.9", DeliveryState::Sent)], vec![]] {
        let unit = shelf.unit().await;
        assert_eq!(store::statuses::take_held(&unit, "wamid.9").await.unwrap(), expected);
        unit.commit().await.unwrap();
    }
}

pub async fn old_held_statuses_are_forgotten(shelf: Shelf) {
    shelf.apply(&news("wamid.9", DeliveryState::Sent)).await;
    let unit = shelf.unit().await;
    assert_eq!(store::statuses::forget_held(&unit, NOW).await.unwrap(), 0);
    assert_eq!(store::statuses::forget_held(&unit, NOW + 1).await.unwrap(), 1);
    unit.commit().await.unwrap();
}
