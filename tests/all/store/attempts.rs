//! News of attempts that are over: of the channel before, of what is kept by now, of another message of the provider.

use uuid::Uuid;
use ventanilla::store::{self, kept::Way, outbox::PendingState, statuses::Applied};
use ventanilla_adapters::{Channel, DeliveryState, StatusUpdate};

use super::shelf::{NOW, Shelf, news, sender, words};

/// A status of the first attempt by WhatsApp.
fn of(id: Uuid, state: DeliveryState) -> StatusUpdate {
    StatusUpdate { reference: Some(id.to_string()), ..news("wamid.9", state) }
}

#[tokio::test]
async fn news_of_an_attempt_that_is_over_say_nothing() {
    let shelf = Shelf::open().await;
    let person = shelf.person("+520000000001").await;
    let id = shelf.accepted(person, "wamid.9").await;
    assert_eq!(shelf.apply(&of(id, DeliveryState::Failed)).await, Applied::To(person));
    let (to, message) = (sender(Channel::Sms, "+520000000001").address, words("corto"));
    let way = Way { address: &to, message: &message, masked: None, tried: "whatsapp", window_until: None };
    let unit = shelf.unit().await;
    assert!(store::kept::reroute(&unit, id, &way, NOW).await.unwrap());
    unit.commit().await.unwrap();
    for state in [DeliveryState::Failed, DeliveryState::Sent, DeliveryState::Delivered] {
        assert_eq!(shelf.apply(&of(id, state)).await, Applied::Stale);
    }
    assert_eq!(shelf.next(person).await.unwrap().state, PendingState::Queued);
}

#[tokio::test]
async fn late_news_do_not_take_away_what_is_kept() {
    let shelf = Shelf::open().await;
    let person = shelf.person("+520000000001").await;
    let id = shelf.accepted(person, "wamid.9").await;
    shelf.apply(&of(id, DeliveryState::Failed)).await;
    let unit = shelf.unit().await;
    assert!(store::kept::keep(&unit, id, None, NOW).await.unwrap());
    unit.commit().await.unwrap();
    assert_eq!(shelf.apply(&of(id, DeliveryState::Sent)).await, Applied::Stale);
    let unit = shelf.unit().await;
    let address = sender(Channel::Whatsapp, "+520000000001").address;
    assert_eq!(store::kept::release(&unit, person, &address, None, NOW).await.unwrap(), 1);
    unit.commit().await.unwrap();
    assert_eq!(
        shelf.apply(&of(id, DeliveryState::Failed)).await,
        Applied::Stale,
        "it was not tried again yet"
    );
    assert_eq!(shelf.next(person).await.unwrap().state, PendingState::Queued);
}

#[tokio::test]
async fn news_under_another_id_of_the_provider_are_of_another_attempt() {
    let shelf = Shelf::open().await;
    let person = shelf.person("+520000000001").await;
    let id = shelf.accepted(person, "wamid.10").await;
    assert_eq!(shelf.apply(&of(id, DeliveryState::Failed)).await, Applied::Stale);
    let nameless = StatusUpdate { provider_id: id.to_string(), ..of(id, DeliveryState::Delivered) };
    assert_eq!(shelf.apply(&nameless).await, Applied::To(person), "a gateway that knows our id alone");
}

#[tokio::test]
async fn what_was_taken_after_it_went_another_way_changes_nothing() {
    let shelf = Shelf::open().await;
    let person = shelf.person("+520000000001").await;
    let id = shelf.reply(person, 1, Channel::Whatsapp).await;
    let (to, message) = (sender(Channel::Sms, "+520000000001").address, words("corto"));
    let unit = shelf.unit().await;
    store::outbox::claim(&*unit, id, false, NOW).await.unwrap();
    let way = Way { address: &to, message: &message, masked: None, tried: "whatsapp", window_until: None };
    assert!(store::kept::reroute(&unit, id, &way, NOW).await.unwrap(), "its failure came before the answer");
    assert!(!store::outbox::accepted(&*unit, id, Channel::Whatsapp, "wamid.9", NOW).await.unwrap());
    unit.commit().await.unwrap();
    let next = shelf.next(person).await.unwrap();
    assert_eq!((next.state, next.address), (PendingState::Queued, to));
}
