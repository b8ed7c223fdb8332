//! Promises about what people tell of their own accord.

use uuid::Uuid;
use ventanilla::store::{
    self,
    feedback::{Filter, Kind, NewFeedback, PlaceMonth},
};
use ventanilla_adapters::Channel;

use super::shelf::{NOW, Shelf};

struct Told<'a> {
    kind: Kind,
    reference: &'a str,
    turn: i64,
    place: Option<&'a str>,
    score: Option<i64>,
    month: &'a str,
    /// Milliseconds after [`NOW`].
    at: i64,
}

const IDEA: Told<'static> = Told {
    kind: Kind::Idea,
    reference: "I-00001",
    turn: 1,
    place: None,
    score: None,
    month: "2026-11",
    at: 0,
};

async fn tell(shelf: &Shelf, person: Uuid, told: Told<'_>) -> Option<String> {
    let unit = shelf.unit().await;
    let new = NewFeedback {
        id: shelf.ids.next(),
        kind: told.kind,
        reference: told.reference,
        person,
        key: (told.turn, 0),
        place: told.place,
        score: told.score,
        said: Some("más árboles"),
        channel: Channel::Whatsapp,
        month: told.month,
        at: NOW + told.at,
    };
    let kept = store::feedback::insert(&unit, &new).await.unwrap();
    unit.commit().await.unwrap();
    kept
}

pub async fn what_is_told_is_kept_once(shelf: Shelf) {
    let (lupe, beto) = (shelf.person("+520000000001").await, shelf.person("+520000000002").await);
    assert_eq!(tell(&shelf, lupe, IDEA).await.as_deref(), Some("I-00001"));
    let again = Told { reference: "I-00002", ..IDEA };
    assert_eq!(tell(&shelf, lupe, again).await.as_deref(), Some("I-00001"), "the same turn, done again");
    assert_eq!(tell(&shelf, beto, IDEA).await, None, "the reference is taken");
    assert_eq!(store::feedback::list(shelf.store.read(), &Filter::default(), 10).await.unwrap().len(), 1);
}

pub async fn what_is_told_is_listed_by_kind_and_time(shelf: Shelf) {
    let lupe = shelf.person("+520000000001").await;
    tell(&shelf, lupe, IDEA).await;
    tell(&shelf, lupe, Told { kind: Kind::Complaint, reference: "Q-1", turn: 2, at: 5, ..IDEA }).await;
    tell(&shelf, lupe, Told { reference: "I-2", turn: 3, at: 9, ..IDEA }).await;
    let listed = async |kind, since, limit| {
        let filter = Filter { kind, since: NOW + since, ..Filter::default() };
        let rows = store::feedback::list(shelf.store.read(), &filter, limit).await.unwrap();
        rows.into_iter().map(|row| row.reference).collect::<Vec<_>>()
    };
    assert_eq!(listed(None, 0, 10).await, ["I-2", "Q-1", "I-00001"]);
    assert_eq!(listed(Some(Kind::Idea), 0, 10).await, ["I-2", "I-00001"]);
    assert_eq!(listed(None, 5, 10).await, ["I-2", "Q-1"]);
    assert_eq!(listed(None, 0, 1).await, ["I-2"]);
    let row = store::feedback::by_reference(shelf.store.read(), "Q-1").await.unwrap().unwrap();
    assert_eq!(store::feedback::by_reference(shelf.store.read(), "Q-2").await.unwrap(), None);
    let behind = Filter { behind: Some((row.at, row.id)), ..Filter::default() };
    let older = store::feedback::list(shelf.store.read(), &behind, 10).await.unwrap();
    assert_eq!(older.len(), 1, "the page behind it");
    assert_eq!(older[0].reference, "I-00001");
    assert_eq!((row.person, row.said.as_deref(), row.at), (lupe, Some("más árboles"), NOW + 5));
    assert!(!format!("{row:?}").contains("árboles"), "their words are theirs");
}

pub async fn what_was_read_is_marked_and_noted(shelf: Shelf) {
    let lupe = shelf.person("+520000000001").await;
    tell(&shelf, lupe, IDEA).await;
    tell(&shelf, lupe, Told { reference: "I-2", turn: 2, ..IDEA }).await;
    let kept = async || store::feedback::by_reference(shelf.store.read(), "I-2").await.unwrap().unwrap();
    let listed = async |read| {
        let filter = Filter { read: Some(read), ..Filter::default() };
        let rows = store::feedback::list(shelf.store.read(), &filter, 10).await.unwrap();
        rows.into_iter().map(|row| row.reference).collect::<Vec<_>>()
    };
    let id = kept().await.id;
    let unit = shelf.unit().await;
    store::feedback::mark_read(&unit, id, Some(("cli:ana", NOW))).await.unwrap();
    store::feedback::annotate(&unit, id, Some("a parques")).await.unwrap();
    unit.commit().await.unwrap();
    let row = kept().await;
    assert_eq!((row.read_at, row.read_by.as_deref()), (Some(NOW), Some("cli:ana")));
    assert_eq!(row.note.as_deref(), Some("a parques"));
    assert_eq!((listed(true).await, listed(false).await), (vec!["I-2".into()], vec!["I-00001".to_owned()]));
    let unit = shelf.unit().await;
    store::feedback::mark_read(&unit, id, None).await.unwrap();
    store::feedback::annotate(&unit, id, None).await.unwrap();
    unit.commit().await.unwrap();
    let row = kept().await;
    assert_eq!((row.read_at, row.read_by, row.note), (None, None, None));
    assert_eq!(listed(false).await.len(), 2);
}

pub async fn places_are_counted_month_by_month(shelf: Shelf) {
    let lupe = shelf.person("+520000000001").await;
    let rate = async |turn: i64, place, score, month| {
        let reference = format!("E-{turn}");
        let (place, score) = (Some(place), Some(score));
        let told = Told { kind: Kind::Review, reference: &reference, turn, place, score, month, at: 0 };
        tell(&shelf, lupe, told).await.unwrap();
    };
    rate(1, "malecon", 5, "2026-11").await;
    rate(2, "malecon", 5, "2026-11").await;
    rate(3, "malecon", 1, "2026-11").await;
    rate(4, "malecon", 3, "2026-12").await;
    rate(5, "mercado", 2, "2026-11").await;
    tell(&shelf, lupe, Told { turn: 6, ..IDEA }).await;
    let month = |place: &str, month: &str, scores| PlaceMonth {
        place: place.to_owned(),
        month: month.to_owned(),
        scores,
    };
    assert_eq!(
        store::feedback::by_place(shelf.store.read()).await.unwrap(),
        [
            month("malecon", "2026-11", [1, 0, 0, 0, 2]),
            month("malecon", "2026-12", [0, 0, 1, 0, 0]),
            month("mercado", "2026-11", [0, 1, 0, 0, 0]),
        ]
    );
}
