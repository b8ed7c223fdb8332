//! Promises of answer times: what is due when, calls, ratings.

use uuid::Uuid;
use ventanilla::store::{
    self,
    desk::{Queue, Viewer},
    handovers::HandoverRow,
    ratings::Rating,
};
use ventanilla_adapters::Channel;

use super::shelf::{NOW, Shelf};

const ALL: Viewer<'_> = Viewer { staff: Uuid::from_u128(0x0a), departments: None, sensitive: true };

async fn change<T>(shelf: &Shelf, made: impl AsyncFnOnce(&store::Unit) -> T) -> T {
    let unit = shelf.unit().await;
    let made = made(&unit).await;
    unit.commit().await.unwrap();
    made
}

/// Somebody who waits for an answer that is due then.
async fn waits(shelf: &Shelf, n: i64, due: Option<i64>) -> HandoverRow {
    let person = shelf.person(&format!("+52000000000{n}")).await;
    let row = HandoverRow::new(shelf.ids.next(), person, (1, 0), "asked".to_owned(), NOW + n);
    change(shelf, async |unit| {
        store::handovers::open(unit, HandoverRow { due_at: due, ..row }).await.unwrap()
    })
    .await
}

async fn planned(shelf: &Shelf, row: HandoverRow, at: i64) -> HandoverRow {
    change(shelf, async |unit| {
        store::handovers::plan_call(unit, row, "+520000000009", at, NOW + 50).await.unwrap()
    })
    .await
}

async fn seen(shelf: &Shelf, queue: Queue) -> Vec<Uuid> {
    let page = store::desk::page(shelf.store.read(), &ALL, queue, 50, 0).await.unwrap();
    page.into_iter().map(|row| row.entry.id).collect()
}

pub async fn who_is_called_later_waits_until_then(shelf: Shelf) {
    let (late, soon) = (waits(&shelf, 1, Some(NOW + 900)).await, waits(&shelf, 2, Some(NOW + 300)).await);
    let old = waits(&shelf, 3, None).await;
    assert_eq!(
        seen(&shelf, Queue::Unanswered).await,
        [old.id, soon.id, late.id],
        "what is due first is first"
    );
    let called = planned(&shelf, soon.clone(), NOW + 5000).await;
    assert_eq!((called.call_at, called.due_at), (Some(NOW + 5000), Some(NOW + 5000)));
    assert_eq!((called.waiting_since, called.unread, called.version), (None, 0, soon.version + 1));
    assert_eq!(called.call_phone.as_deref(), Some("+520000000009"));
    let sooner = planned(&shelf, old.clone(), NOW + 4000).await;
    assert_eq!(seen(&shelf, Queue::Calls).await, [sooner.id, called.id], "by their time");
    assert_eq!(seen(&shelf, Queue::Unanswered).await, [late.id, sooner.id, called.id]);
    assert_eq!(store::desk::counts(shelf.store.read(), &ALL).await.unwrap().calls, 2);
    let answered =
        change(&shelf, async |unit| store::handovers::answered(unit, called, NOW + 60).await.unwrap()).await;
    assert_eq!(answered.due_at, Some(NOW + 5000), "the call is still due");
    let back = change(&shelf, async |unit| {
        store::handovers::put_back(unit, answered, None, Some(NOW + 5000), false).await.unwrap()
    })
    .await;
    assert_eq!(back.waiting_since, None, "they wait for the call, and for nothing else");
}

pub async fn a_call_that_is_over_is_due_no_more(shelf: Shelf) {
    let row = waits(&shelf, 1, Some(NOW + 300)).await;
    let called = planned(&shelf, row, NOW + 5000).await;
    let over =
        change(&shelf, async |unit| store::handovers::end_call(unit, called, None).await.unwrap()).await;
    assert_eq!((over.call_at, over.due_at), (None, None));
    assert!(seen(&shelf, Queue::Calls).await.is_empty());
    let again = planned(&shelf, over, NOW + 6000).await;
    let closed =
        change(&shelf, async |unit| store::handovers::close(unit, again, "nothing", NOW + 9).await.unwrap())
            .await;
    assert_eq!((closed.call_at, closed.due_at), (None, None), "nor when the chat is closed");
}

pub async fn who_gave_a_number_is_called_there(shelf: Shelf) {
    let row = waits(&shelf, 1, None).await;
    let phone =
        async |row: &HandoverRow| store::handovers::phone_to_call(shelf.store.read(), row).await.unwrap();
    assert_eq!(phone(&row).await.as_deref(), Some("+520000000001"), "their own");
    let row = planned(&shelf, row, NOW + 5000).await;
    assert_eq!(phone(&row).await.as_deref(), Some("+520000000009"));
}

/// A chat that was answered at a moment and closed.
async fn attended(shelf: &Shelf, n: i64, due: Option<i64>, answered: i64) -> HandoverRow {
    let row = waits(shelf, n, due).await;
    change(shelf, async |unit| {
        let row = store::handovers::answered(unit, row, answered).await.unwrap();
        store::handovers::close(unit, row, "nothing", answered + 1).await.unwrap()
    })
    .await
}

async fn figures(shelf: &Shelf) -> Vec<store::desk::Attended> {
    store::desk::since(shelf.store.read(), NOW).await.unwrap()
}

pub async fn nobody_is_asked_twice_about_a_chat(shelf: Shelf) {
    let row = attended(&shelf, 1, Some(NOW + 300), NOW + 300).await;
    attended(&shelf, 2, Some(NOW + 300), NOW + 301).await;
    attended(&shelf, 3, None, NOW + 301).await;
    let ask =
        async || change(&shelf, async |unit| store::ratings::ask(unit, row.id, NOW + 9).await.unwrap()).await;
    assert!(ask().await);
    assert!(!ask().await, "once");
    let told: Vec<_> = figures(&shelf).await.iter().map(|chat| (chat.asked, chat.in_time)).collect();
    assert_eq!(told, [(true, Some(true)), (false, Some(false)), (false, None)]);
}

pub async fn a_rating_belongs_to_the_chat_that_was_asked_about(shelf: Shelf) {
    let row = attended(&shelf, 1, None, NOW + 3).await;
    let stranger = shelf.person("+520000000009").await;
    let rate = async |person, score, comment: Option<&str>, since| {
        let rating = Rating { score, comment: comment.map(str::to_owned) };
        change(&shelf, async |unit| {
            store::ratings::rate(unit, person, &rating, since, NOW + 20).await.unwrap()
        })
        .await
    };
    assert!(!rate(row.person_id, 5, None, NOW).await, "nobody asked");
    change(&shelf, async |unit| store::ratings::ask(unit, row.id, NOW + 9).await.unwrap()).await;
    assert!(!rate(stranger, 5, None, NOW).await, "somebody else");
    assert!(!rate(row.person_id, 5, None, NOW + 10).await, "too long ago");
    assert!(rate(row.person_id, 2, Some("tardaron"), NOW).await);
    assert!(rate(row.person_id, 4, None, NOW).await, "the later answer counts");
    assert_eq!(figures(&shelf).await[0].rating, Some(4));
    let found = store::handovers::phone_of(shelf.store.read(), row.person_id, Channel::Voice).await;
    let again = HandoverRow::new(shelf.ids.next(), row.person_id, (2, 0), found.unwrap().unwrap(), NOW + 30);
    change(&shelf, async |unit| store::handovers::open(unit, again).await.unwrap()).await;
    assert_eq!(figures(&shelf).await[0].came_back_at, Some(NOW + 30), "who came back is known");
}

async fn closed_by(shelf: &Shelf, n: i64, staff: Uuid, at: i64) -> HandoverRow {
    let row = waits(shelf, n, None).await;
    change(shelf, async |unit| {
        let row = store::handovers::claim(unit, row, Some(staff), "Rosa").await.unwrap();
        let row = store::handovers::answered(unit, row, at - 1).await.unwrap();
        store::handovers::close(unit, row, "nothing", at).await.unwrap()
    })
    .await
}

pub async fn who_attended_somebody_last_is_known(shelf: Shelf) {
    let rosa = Uuid::from_u128(0x0a);
    let first = closed_by(&shelf, 1, rosa, NOW + 10).await;
    let again = HandoverRow::new(shelf.ids.next(), first.person_id, (2, 0), "asked".to_owned(), NOW + 20);
    let again = change(&shelf, async |unit| store::handovers::open(unit, again).await.unwrap()).await;
    let last = async |since| {
        store::handovers::last_attended(shelf.store.read(), first.person_id, since).await.unwrap()
    };
    assert_eq!(last(NOW).await.map(|row| row.id), Some(first.id));
    assert_eq!(last(NOW + 11).await, None, "too long ago");
    change(&shelf, async |unit| {
        store::handovers::close(unit, again, "left", NOW + 30).await.unwrap();
    })
    .await;
    assert_eq!(last(NOW + 11).await, None, "nobody attended the later one");
}

pub async fn whom_a_colleague_attended_is_known_for_a_while(shelf: Shelf) {
    let (rosa, ana) = (Uuid::from_u128(0x0a), Uuid::from_u128(0x0b));
    let one = closed_by(&shelf, 1, ana, NOW + 30).await;
    let other = closed_by(&shelf, 2, rosa, NOW + 20).await;
    closed_by(&shelf, 3, rosa, NOW + 5).await;
    let known = store::desk::attended_since(shelf.store.read(), NOW + 10).await.unwrap();
    assert_eq!(known, [(other.person_id, rosa), (one.person_id, ana)], "the newest last");
}
