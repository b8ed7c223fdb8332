//! Promises about talks in which nobody writes.

use uuid::Uuid;
use ventanilla::store::{self, conversations::Conversation, idle::Idle};
use ventanilla_flows::Session;
use ventanilla_values::Lang;

use super::shelf::{NOW, Shelf};

async fn planned(shelf: &Shelf, phone: &str, remind_at: Option<i64>, erase_at: Option<i64>) -> Uuid {
    let person = shelf.person(phone).await;
    let idle = Idle { remind_at, erase_at, ..Idle::default() };
    let unit = shelf.unit().await;
    let talk = Conversation { idle, turn: 1, ..Conversation::new(person) };
    store::conversations::save(&unit, &talk, &Session::new(Lang::ES), NOW).await.unwrap();
    unit.commit().await.unwrap();
    person
}

async fn idle(shelf: &Shelf, person: Uuid) -> Idle {
    store::conversations::load(shelf.store.read(), person).await.unwrap().idle
}

pub async fn who_is_to_be_reminded_is_found_when_it_is_time(shelf: Shelf) {
    let late = planned(&shelf, "+520000000001", Some(NOW), None).await;
    let later = planned(&shelf, "+520000000002", Some(NOW - 5), None).await;
    planned(&shelf, "+520000000003", Some(NOW + 1), None).await;
    planned(&shelf, "+520000000004", None, Some(NOW)).await;
    let on = shelf.store.read();
    assert_eq!(store::idle::to_remind(on, NOW, 10).await.unwrap(), [later, late], "who waits longest first");
    assert_eq!(store::idle::to_remind(on, NOW, 1).await.unwrap(), [later]);
}

pub async fn a_reminder_is_put_off_unless_another_was_planned(shelf: Shelf) {
    let person = planned(&shelf, "+520000000001", Some(NOW), Some(NOW + 9)).await;
    let unit = shelf.unit().await;
    store::idle::put_off(&unit, person, NOW - 1, None).await.unwrap();
    store::idle::put_off(&unit, person, NOW, Some(NOW + 5)).await.unwrap();
    unit.commit().await.unwrap();
    let now = idle(&shelf, person).await;
    assert_eq!((now.remind_at, now.erase_at), (Some(NOW + 5), Some(NOW + 9)));
    let unit = shelf.unit().await;
    store::idle::put_off(&unit, person, NOW + 5, None).await.unwrap();
    unit.commit().await.unwrap();
    assert_eq!(idle(&shelf, person).await.remind_at, None);
}

pub async fn what_is_to_be_erased_is_found_when_it_is_time(shelf: Shelf) {
    let over = planned(&shelf, "+520000000001", None, Some(NOW)).await;
    planned(&shelf, "+520000000002", Some(NOW), Some(NOW + 1)).await;
    assert_eq!(store::idle::to_erase(shelf.store.read(), NOW, 10).await.unwrap(), [over]);
}

pub async fn an_erasure_is_put_off_unless_another_was_planned(shelf: Shelf) {
    let person = planned(&shelf, "+520000000001", Some(NOW), Some(NOW + 9)).await;
    let unit = shelf.unit().await;
    store::idle::keep_longer(&unit, person, NOW, NOW + 1).await.unwrap();
    assert_eq!(store::conversations::load(&*unit, person).await.unwrap().idle.erase_at, Some(NOW + 9));
    store::idle::keep_longer(&unit, person, NOW + 9, NOW + 20).await.unwrap();
    unit.commit().await.unwrap();
    let now = idle(&shelf, person).await;
    assert_eq!((now.remind_at, now.erase_at), (Some(NOW), Some(NOW + 20)));
}
