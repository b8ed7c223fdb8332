//! Promises about voice notes.

use uuid::Uuid;
use ventanilla::store::{
    self,
    transcripts::{NoteState, Outcome, Transcript},
};
use ventanilla_adapters::Body;

use super::shelf::{NOW, Shelf, inbound};

fn heard(text: &str) -> Outcome {
    Outcome {
        state: NoteState::Heard,
        text: text.to_owned(),
        raw: "hay un baño".to_owned(),
        confidence: 0.5,
        sure: false,
        seconds: 2.5,
        reason: None,
    }
}

async fn lupes_note(shelf: &Shelf) -> Uuid {
    let lupe = shelf.person("+520000000001").await;
    shelf.message(lupe, "wamid.1", NOW).await
}

async fn take_up(shelf: &Shelf, note: Uuid) -> Option<i64> {
    let unit = shelf.unit().await;
    let attempts = store::transcripts::take_up(&unit, note, NOW).await.unwrap();
    unit.commit().await.unwrap();
    attempts
}

async fn settle(shelf: &Shelf, note: Uuid, outcome: &Outcome) -> bool {
    let unit = shelf.unit().await;
    let first = store::transcripts::settle(&unit, note, outcome, NOW).await.unwrap();
    unit.commit().await.unwrap();
    first
}

async fn known(shelf: &Shelf, note: Uuid) -> Option<Transcript> {
    store::transcripts::by_message(shelf.store.read(), note).await.unwrap()
}

pub async fn a_note_is_taken_up_until_it_is_settled(shelf: Shelf) {
    let note = lupes_note(&shelf).await;
    assert_eq!(take_up(&shelf, note).await, Some(1));
    assert_eq!(take_up(&shelf, note).await, Some(2), "a crash came between");
    settle(&shelf, note, &heard("hay un bache")).await;
    assert_eq!(take_up(&shelf, note).await, None);
}

pub async fn where_the_recording_is_kept_is_noted(shelf: Shelf) {
    let (note, file) = (lupes_note(&shelf).await, shelf.ids.next());
    take_up(&shelf, note).await;
    let unit = shelf.unit().await;
    store::transcripts::keep_file(&unit, note, file, NOW).await.unwrap();
    unit.commit().await.unwrap();
    assert_eq!(known(&shelf, note).await.unwrap().file, Some(file));
}

pub async fn the_first_outcome_of_a_note_stays(shelf: Shelf) {
    let note = lupes_note(&shelf).await;
    assert!(!settle(&shelf, note, &heard("nobody took it up")).await);
    take_up(&shelf, note).await;
    let first = heard("hay un bache");
    assert!(settle(&shelf, note, &first).await);
    assert!(!settle(&shelf, note, &Outcome::without_text(NoteState::Lost, "too late")).await);
    assert_eq!(known(&shelf, note).await.unwrap().outcome, first);
}

pub async fn a_person_is_told_once_that_a_note_is_heard(shelf: Shelf) {
    let note = lupes_note(&shelf).await;
    take_up(&shelf, note).await;
    for first in [true, false] {
        let unit = shelf.unit().await;
        assert_eq!(store::transcripts::tell(&unit, note, NOW).await.unwrap(), first);
        unit.commit().await.unwrap();
    }
}

pub async fn a_note_that_was_taken_back_says_nothing_any_more(shelf: Shelf) {
    let note = lupes_note(&shelf).await;
    take_up(&shelf, note).await;
    settle(&shelf, note, &heard("hay un bache")).await;
    let mut by = inbound("wamid.2");
    by.body = Body::Revoked { target: "wamid.1".to_owned() };
    let unit = shelf.unit().await;
    store::inbox::redact(&unit, &by, "wamid.1").await.unwrap();
    unit.commit().await.unwrap();
    let left = known(&shelf, note).await.unwrap().outcome;
    assert_eq!((left.text.as_str(), left.raw.as_str()), ("", ""));
    assert!(!settle(&shelf, note, &heard("it was still being heard")).await);
    // By itself too, whatever the message says by now.
    let unit = shelf.unit().await;
    store::transcripts::redact(&unit, note).await.unwrap();
    unit.commit().await.unwrap();
    assert_eq!(known(&shelf, note).await.unwrap().outcome.state, NoteState::Refused);
}

pub async fn a_message_that_is_no_note_has_no_transcript(shelf: Shelf) {
    let message = lupes_note(&shelf).await;
    assert_eq!(known(&shelf, message).await, None);
}

pub async fn the_notes_of_a_persons_waiting_messages_are_found(shelf: Shelf) {
    let (lupe, beto) = (shelf.person("+520000000001").await, shelf.person("+520000000002").await);
    let (done, waits, betos) = (
        shelf.message(lupe, "wamid.1", NOW).await,
        shelf.message(lupe, "wamid.2", NOW).await,
        shelf.message(beto, "wamid.3", NOW).await,
    );
    for note in [done, waits, betos] {
        take_up(&shelf, note).await;
    }
    let unit = shelf.unit().await;
    store::inbox::done(&unit, done, 1).await.unwrap();
    unit.commit().await.unwrap();
    let found = store::transcripts::of_waiting(shelf.store.read(), lupe).await.unwrap();
    assert_eq!(found.into_keys().collect::<Vec<_>>(), [waits]);
}
