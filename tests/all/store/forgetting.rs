//! Promises about erasing what people said, and about who asked for it.

use uuid::Uuid;
use ventanilla::store::{
    self,
    erasure::Held,
    privacy_requests::{Kind, NewRequest, RequestRow, State, Which},
    reports::ReportRow,
    transcript::Said,
};
use ventanilla_adapters::{Body, Channel, Message};

use super::shelf::{NOW, Shelf, blank_report};

const DAY: i64 = 24 * 3600 * 1000;

/// A person whose one message was answered in turn 1; gives the person and the message.
async fn talker(shelf: &Shelf) -> (Uuid, Uuid) {
    let person = shelf.person("+520000000001").await;
    let message = shelf.message(person, "me duele", NOW).await;
    let unit = shelf.unit().await;
    store::inbox::done(&unit, message, 1).await.unwrap();
    unit.commit().await.unwrap();
    shelf.talked(person).await;
    (person, message)
}

/// What both sides said, in order.
async fn said(shelf: &Shelf, person: Uuid) -> Vec<String> {
    let lines = store::transcript::last(shelf.store.read(), person, 20).await.unwrap();
    let text = |said: Said| match said {
        Said::Citizen(Body::Text { text }) => text,
        Said::Citizen(Body::Unsupported { kind }) => kind,
        Said::Town { message, .. } => match *message {
            Message::Text { text } => text,
            other => format!("{other:?}"),
        },
        Said::Citizen(other) => format!("{other:?}"),
    };
    lines.into_iter().map(|line| text(line.said)).collect()
}

async fn ask(shelf: &Shelf, person: Uuid, kind: Kind, reference: &str, turn: i64) -> Option<RequestRow> {
    let unit = shelf.unit().await;
    let new = NewRequest {
        id: shelf.ids.next(),
        reference,
        kind,
        person,
        key: (turn, 0),
        channel: Channel::Whatsapp,
        folio: None,
        at: NOW,
        answer_by: NOW + DAY * turn,
        carry_out_by: NOW + 2 * DAY * turn,
    };
    let row = store::privacy_requests::insert(&unit, &new).await.unwrap();
    unit.commit().await.unwrap();
    row
}

async fn decide(shelf: &Shelf, id: Uuid, state: State) -> bool {
    decide_at(shelf, id, state, NOW).await
}

async fn decide_at(shelf: &Shelf, id: Uuid, state: State, at: i64) -> bool {
    let unit = shelf.unit().await;
    let decided = store::privacy_requests::decide(&unit, id, state, "cli:ana", Some("porque sí"), at).await;
    unit.commit().await.unwrap();
    decided.unwrap()
}

pub async fn what_is_kept_of_somebody_is_counted(shelf: Shelf) {
    let (person, _) = talker(&shelf).await;
    shelf.report(person, 1, "PC-0000-0001").await.unwrap();
    let held = store::erasure::held(shelf.store.read(), person).await.unwrap();
    assert_eq!(held, Held { messages: 1, reports: 1, ..Held::default() });
    let nobody = store::erasure::held(shelf.store.read(), shelf.ids.next()).await.unwrap();
    assert_eq!(nobody, Held::default());
}

pub async fn a_talk_is_erased_by_its_channel_and_the_unanswered_stays(shelf: Shelf) {
    let (person, _) = talker(&shelf).await;
    shelf.accepted(person, "wamid.1").await;
    shelf.message(person, "todavía no contestado", NOW + 1).await;
    let erase = async |channel| {
        let unit = shelf.unit().await;
        let erased = store::erasure::talk(&unit, person, channel).await.unwrap();
        unit.commit().await.unwrap();
        erased
    };
    assert_eq!(erase(Some(Channel::Sms)).await, 0);
    assert_eq!(said(&shelf, person).await, ["me duele", "respuesta 1", "todavía no contestado"]);
    assert_eq!(erase(Some(Channel::Whatsapp)).await, 1);
    assert_eq!(said(&shelf, person).await, ["revoke", "(borrado)", "todavía no contestado"]);
    assert_eq!(erase(None).await, 1, "doing it again is harmless");
}

pub async fn a_person_is_erased_but_for_the_address_and_what_the_law_keeps(shelf: Shelf) {
    let (person, _) = talker(&shelf).await;
    let other = shelf.person("+520000000009").await;
    let words = |folio: &str, private: bool, person: Uuid| ReportRow {
        id: shelf.ids.next(),
        folio: folio.to_owned(),
        person_id: Some(person),
        private,
        description: Some("mi casa es la azul".to_owned()),
        ..blank_report()
    };
    let (public, denuncia) = ("PC-0000-0001", "PC-0000-0002");
    let unit = shelf.unit().await;
    for row in
        [words(public, false, person), words(denuncia, true, person), words("PC-0000-0003", false, other)]
    {
        store::reports::file(&unit, row).await.unwrap();
    }
    store::erasure::person(&unit, person).await.unwrap();
    unit.commit().await.unwrap();
    assert_eq!(said(&shelf, person).await, ["revoke"]);
    let report =
        async |folio: &str| store::reports::by_folio(shelf.store.read(), folio).await.unwrap().unwrap();
    let kept = report(public).await;
    assert_eq!((kept.person_id, kept.description, kept.category), (None, None, "pothole".to_owned()));
    let kept = report(denuncia).await;
    assert_eq!((kept.person_id, kept.description.as_deref()), (None, Some("mi casa es la azul")));
    assert_eq!(report("PC-0000-0003").await.person_id, Some(other), "nobody else is touched");
    assert!(store::people::last_address(shelf.store.read(), person).await.unwrap().is_some());
}

pub async fn without_addresses_nobody_is_found_again(shelf: Shelf) {
    let (person, _) = talker(&shelf).await;
    shelf.accepted(person, "wamid.1").await;
    let unit = shelf.unit().await;
    store::erasure::addresses(&unit, person).await.unwrap();
    unit.commit().await.unwrap();
    assert_eq!(said(&shelf, person).await, Vec::<String>::new());
    assert_eq!(store::people::by_phone(shelf.store.read(), "+520000000001").await.unwrap(), None);
    assert_ne!(shelf.person("+520000000001").await, person, "who writes again is somebody new");
}

pub async fn files_of_an_erased_talk_wait_to_be_removed(shelf: Shelf) {
    let (person, message) = talker(&shelf).await;
    let file = store::media::MediaFile {
        id: shelf.ids.next(),
        person,
        mime: "image/jpeg".to_owned(),
        bytes: 3,
        sha256: "abc".to_owned(),
    };
    let unit = shelf.unit().await;
    store::media::insert(&unit, &file, NOW).await.unwrap();
    store::media::came_with(&unit, file.id, message).await.unwrap();
    assert_eq!(store::erasure::files(&*unit, 10).await.unwrap(), Vec::<Uuid>::new());
    store::erasure::talk(&unit, person, None).await.unwrap();
    assert_eq!(store::erasure::files(&*unit, 10).await.unwrap(), [file.id]);
    assert_eq!(store::media::by_id(&*unit, file.id).await.unwrap(), None);
    store::erasure::removed(&unit, file.id).await.unwrap();
    assert_eq!(store::erasure::files(&*unit, 10).await.unwrap(), Vec::<Uuid>::new());
    unit.commit().await.unwrap();
}

pub async fn the_same_is_asked_for_once(shelf: Shelf) {
    let (lupe, beto) = (shelf.person("+520000000001").await, shelf.person("+520000000002").await);
    let first = ask(&shelf, lupe, Kind::Erase, "D-00001", 1).await.unwrap();
    assert_eq!((first.kind, first.state), (Kind::Erase, State::Open));
    let again = ask(&shelf, lupe, Kind::Erase, "D-00002", 2).await;
    assert_eq!(again, Some(first.clone()), "the open one stands");
    assert_eq!(ask(&shelf, beto, Kind::Erase, "D-00001", 1).await, None, "the number is somebody else's");
    assert!(ask(&shelf, lupe, Kind::Access, "D-00003", 3).await.is_some());
    let found = store::privacy_requests::by_reference(shelf.store.read(), "D-00001").await.unwrap();
    assert_eq!(found, Some(first));
    assert_eq!(store::privacy_requests::by_reference(shelf.store.read(), "D-9").await.unwrap(), None);
}

pub async fn what_is_due_first_is_listed_first(shelf: Shelf) {
    let (lupe, beto) = (shelf.person("+520000000001").await, shelf.person("+520000000002").await);
    ask(&shelf, lupe, Kind::Erase, "D-00001", 3).await;
    ask(&shelf, beto, Kind::Access, "D-00002", 1).await;
    for (reference, turn, at) in [("D-00003", 2, NOW), ("D-00004", 1, NOW + DAY)] {
        let over = ask(&shelf, lupe, Kind::Access, reference, 10 + turn).await.unwrap();
        assert!(decide_at(&shelf, over.id, State::Refused, at).await);
    }
    let list = async |which, page| {
        let rows = store::privacy_requests::list(shelf.store.read(), which, page).await.unwrap();
        rows.into_iter().map(|row| row.reference).collect::<Vec<_>>()
    };
    assert_eq!(list(Which::Open, (10, 0)).await, ["D-00002", "D-00001"]);
    assert_eq!(list(Which::Over, (10, 0)).await, ["D-00004", "D-00003"], "what was decided last comes first");
    assert_eq!(list(Which::All, (10, 0)).await, ["D-00002", "D-00001", "D-00004", "D-00003"]);
    assert_eq!(list(Which::All, (2, 1)).await, ["D-00001", "D-00004"]);
}

pub async fn a_request_is_decided_once(shelf: Shelf) {
    let lupe = shelf.person("+520000000001").await;
    let asked = ask(&shelf, lupe, Kind::Erase, "D-00001", 1).await.unwrap();
    assert!(decide(&shelf, asked.id, State::Refused).await);
    assert!(!decide(&shelf, asked.id, State::Done).await);
    let row = store::privacy_requests::by_reference(shelf.store.read(), "D-00001").await.unwrap().unwrap();
    assert_eq!((row.state, row.reason.as_deref()), (State::Refused, Some("porque sí")));
    assert_eq!((row.decided_by.as_deref(), row.decided_at), (Some("cli:ana"), Some(NOW)));
}

pub async fn an_address_is_forgotten_once_the_last_word_went(shelf: Shelf) {
    let lupe = shelf.person("+520000000001").await;
    let asked = ask(&shelf, lupe, Kind::Erase, "D-00001", 1).await.unwrap();
    let due = async |before| {
        let rows = store::privacy_requests::to_forget(shelf.store.read(), before).await.unwrap();
        rows.into_iter().map(|row| row.id).collect::<Vec<_>>()
    };
    assert!(due(NOW).await.is_empty(), "nobody decided it");
    let word = shelf.reply(lupe, 1, Channel::Whatsapp).await;
    decide(&shelf, asked.id, State::Done).await;
    assert!(due(NOW).await.is_empty(), "they are not told yet");
    assert_eq!(due(NOW + 1).await, [asked.id], "who cannot be told holds nothing up");
    let unit = shelf.unit().await;
    assert!(store::outbox::claim(&*unit, word, false, NOW).await.unwrap());
    assert!(store::outbox::accepted(&*unit, word, Channel::Whatsapp, "wamid.1", NOW).await.unwrap());
    unit.commit().await.unwrap();
    assert_eq!(due(NOW).await, [asked.id]);
    let unit = shelf.unit().await;
    store::privacy_requests::forgotten(&unit, asked.id, NOW).await.unwrap();
    unit.commit().await.unwrap();
    assert!(due(NOW + DAY).await.is_empty());
}

pub async fn when_a_hard_thing_was_spoken_of_is_known(shelf: Shelf) {
    let (person, _) = talker(&shelf).await;
    assert_eq!(store::ratings::quiet_since(shelf.store.read(), person).await.unwrap(), None);
    let unit = shelf.unit().await;
    store::ratings::quiet(&unit, person, NOW).await.unwrap();
    unit.commit().await.unwrap();
    assert_eq!(store::ratings::quiet_since(shelf.store.read(), person).await.unwrap(), Some(NOW));
}
