//! Promises about what is kept: files, raw webhooks, releases, reports, and the database itself.

use std::time::Duration;

use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;
use uuid::Uuid;
use ventanilla::{
    keyring::Keyring,
    store::{
        self, Store,
        conversations::{Conversation, Parked},
        lent::Lent,
        media::MediaFile,
    },
};
use ventanilla_adapters::Channel;
use ventanilla_flows::Session;
use ventanilla_values::Lang;

use super::shelf::{NOW, Shelf, inbound, sender};

// ---- media

fn file_of(person: Uuid, id: Uuid) -> MediaFile {
    MediaFile { id, person, mime: "image/png".to_owned(), bytes: 7, sha256: "abc".to_owned() }
}

pub async fn noting_a_file_twice_is_harmless(shelf: Shelf) {
    let file = file_of(shelf.person("+520000000001").await, shelf.ids.next());
    for _ in 0..2 {
        let unit = shelf.unit().await;
        store::media::insert(&unit, &file, NOW).await.unwrap();
        unit.commit().await.unwrap();
    }
    assert_eq!(store::media::by_id(shelf.store.read(), file.id).await.unwrap(), Some(file));
}

pub async fn a_file_is_found_by_its_id(shelf: Shelf) {
    assert_eq!(store::media::by_id(shelf.store.read(), shelf.ids.next()).await.unwrap(), None);
}

pub async fn a_file_is_given_by_the_message_that_brings_it(shelf: Shelf) {
    let (lupe, beto) = (shelf.person("+520000000001").await, shelf.person("+520000000002").await);
    let (brought, quoted) = (shelf.ids.next(), shelf.ids.next());
    let (first, second) =
        (shelf.reply(lupe, 1, Channel::Webchat).await, shelf.reply(lupe, 2, Channel::Webchat).await);
    let photo = json!({ "at": "file", "value": brought });
    bring(&shelf, first, &json!({ "type": "media", "text": "", "attachment": { "source": photo } })).await;
    bring(&shelf, second, &json!({ "type": "text", "text": format!("{{\"value\":\"{quoted}\"}}") })).await;
    let given = async |id, person| store::media::was_given(shelf.store.read(), id, person).await.unwrap();
    assert!(!given(brought, lupe).await, "it was not sent yet");
    for reply in [first, second] {
        let unit = shelf.unit().await;
        store::outbox::claim(&*unit, reply, false, NOW).await.unwrap();
        unit.commit().await.unwrap();
    }
    assert!(given(brought, lupe).await);
    assert!(!given(brought, beto).await, "it was given to somebody else");
    assert!(!given(quoted, lupe).await, "a text that names a file brings none");
}

/// Puts a message of a newer kind in the place of a reply.
async fn bring(shelf: &Shelf, reply: Uuid, message: &serde_json::Value) {
    let unit = shelf.unit().await;
    let sql = "UPDATE outbox SET message_json = $2 WHERE id = $1";
    let values = [reply.into(), message.to_string().into()];
    let statement = Statement::from_sql_and_values(unit.get_database_backend(), sql, values);
    unit.execute_raw(statement).await.unwrap();
    unit.commit().await.unwrap();
}

// ---- raw webhooks

pub async fn sealed_bytes_are_kept(shelf: Shelf) {
    let id = shelf.raw("no JSON", NOW).await;
    assert!(store::raws::by_id(shelf.store.read(), id).await.unwrap().is_some());
}

pub async fn the_bytes_that_brought_a_message_are_kept(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let with = shelf.message_with(person, "wamid.1", NOW, true).await;
    let without = shelf.message_with(person, "wamid.2", NOW, false).await;
    assert!(store::inbox::raw_of(shelf.store.read(), with).await.unwrap().is_some());
    assert!(store::inbox::raw_of(shelf.store.read(), without).await.unwrap().is_none());
}

pub async fn the_bytes_of_old_messages_are_forgotten(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let old = shelf.message_with(person, "wamid.1", NOW - 1, true).await;
    let new = shelf.message_with(person, "wamid.2", NOW, true).await;
    let unit = shelf.unit().await;
    assert_eq!(store::inbox::forget_raw(&unit, NOW).await.unwrap(), 1);
    unit.commit().await.unwrap();
    assert!(store::inbox::raw_of(shelf.store.read(), old).await.unwrap().is_none());
    assert!(store::inbox::raw_of(shelf.store.read(), new).await.unwrap().is_some());
    assert_eq!(
        store::inbox::waiting(shelf.store.read(), person).await.unwrap().len(),
        2,
        "the messages stay"
    );
}

pub async fn sealed_bytes_are_found_by_their_id(shelf: Shelf) {
    let (id, unit) = (shelf.ids.next(), shelf.unit().await);
    let keyring = Keyring::ephemeral(&shelf.ids);
    let sealed = keyring.seal("¿qué?".as_bytes(), &shelf.ids).unwrap();
    store::raws::insert(&unit, id, Channel::Webchat, "why", sealed, NOW).await.unwrap();
    unit.commit().await.unwrap();
    let found = store::raws::by_id(shelf.store.read(), id).await.unwrap().unwrap();
    assert_eq!(keyring.open(&found).unwrap(), "¿qué?".as_bytes());
    assert!(store::raws::by_id(shelf.store.read(), shelf.ids.next()).await.unwrap().is_none());
}

pub async fn only_quarantine_is_listed_newest_first(shelf: Shelf) {
    let first = shelf.raw("no JSON", NOW).await;
    let second = shelf.raw("no id", NOW).await;
    let listed = store::raws::quarantined(shelf.store.read()).await.unwrap();
    assert_eq!(listed, [(second, "no id".to_owned()), (first, "no JSON".to_owned())]);
}

pub async fn old_bytes_are_forgotten(shelf: Shelf) {
    let (old, new) = (shelf.raw("old", NOW - 1).await, shelf.raw("new", NOW).await);
    let unit = shelf.unit().await;
    assert_eq!(store::raws::forget(&unit, NOW).await.unwrap(), 1);
    unit.commit().await.unwrap();
    assert!(store::raws::by_id(shelf.store.read(), old).await.unwrap().is_none());
    assert!(store::raws::by_id(shelf.store.read(), new).await.unwrap().is_some());
}

// ---- releases

pub async fn the_last_activated_release_is_active(shelf: Shelf) {
    for hash in ["one", "two", "one"] {
        shelf.release(hash).await;
    }
    let active = store::releases::active(shelf.store.read()).await.unwrap().unwrap();
    assert_eq!(active[0].text, "one");
}

pub async fn a_release_keeps_its_files(shelf: Shelf) {
    shelf.release("one").await;
    shelf.release("two").await;
    let files = store::releases::files(shelf.store.read(), "one").await.unwrap().unwrap();
    assert_eq!((files[0].path.as_str(), files[0].text.as_str()), ("flows/x.yaml", "one"));
    assert!(store::releases::files(shelf.store.read(), "three").await.unwrap().is_none());
}

pub async fn without_a_release_none_is_active(shelf: Shelf) {
    assert!(store::releases::active(shelf.store.read()).await.unwrap().is_none());
}

pub async fn a_pinned_release_is_kept(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    for hash in ["unused", "pinned", "aside", "lent", "active"] {
        shelf.release(hash).await;
    }
    let handover = shelf.queue(person, 1, "normal", NOW).await.id;
    let unit = shelf.unit().await;
    let (session, named) = (Session::new(Lang::ES), |hash: &str| Some(hash.to_owned()));
    let parked = Parked { channel: Channel::Sms, session: session.clone(), release: named("aside"), at: NOW };
    let next =
        Conversation { release: named("pinned"), parked: Some(parked), turn: 1, ..Conversation::new(person) };
    store::conversations::save(&unit, &next, &session, NOW).await.unwrap();
    let lent = Lent { person, handover, flow: "menu".to_owned(), session, release: named("lent") };
    store::lent::lend(&unit, &lent, NOW).await.unwrap();
    assert_eq!(store::releases::forget_unused(&unit).await.unwrap(), 1);
    unit.commit().await.unwrap();
    for (hash, kept) in
        [("unused", false), ("pinned", true), ("aside", true), ("lent", true), ("active", true)]
    {
        assert_eq!(store::releases::files(shelf.store.read(), hash).await.unwrap().is_some(), kept, "{hash}");
    }
}

// ---- reports

pub async fn the_same_effect_files_once(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let first = shelf.report(person, 1, "PC-0000-0001").await.unwrap();
    let again = shelf.report(person, 1, "PC-0000-0002").await.unwrap();
    assert_eq!(again, first);
    let taken = shelf.report(person, 2, "PC-0000-0001").await.unwrap_err();
    assert!(taken.is_duplicate(), "{taken}");
}

pub async fn a_report_is_found_by_its_folio(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let filed = shelf.report(person, 1, "PC-0000-0001").await.unwrap();
    assert_eq!(store::reports::by_folio(shelf.store.read(), "PC-0000-0001").await.unwrap(), Some(filed));
    assert_eq!(store::reports::by_folio(shelf.store.read(), "PC-0000-0002").await.unwrap(), None);
}

pub async fn a_taken_folio_is_not_free(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    shelf.report(person, 1, "PC-0000-0001").await.unwrap();
    assert!(!store::reports::is_free(shelf.store.read(), "PC-0000-0001").await.unwrap());
    assert!(store::reports::is_free(shelf.store.read(), "PC-0000-0002").await.unwrap());
}

// ---- the store itself

pub async fn opening_again_keeps_what_is_there(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    shelf.store.close().await;
    let again = Store::open(&shelf.folder.path().join("test.sqlite"), Duration::ZERO).await.unwrap();
    let unit = again.unit().await.unwrap();
    let known =
        store::people::resolve(&unit, &sender(Channel::Whatsapp, "+520000000001"), &shelf.ids, NOW).await;
    assert_eq!(known.unwrap(), person);
}

pub async fn a_unit_that_is_dropped_leaves_nothing(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let unit = shelf.unit().await;
    let id = shelf.ids.next();
    store::inbox::insert(&*unit, id, person, &inbound("wamid.1"), None, "t", NOW).await.unwrap();
    drop(unit);
    shelf.message(person, "wamid.2", NOW).await;
    let waiting = store::inbox::waiting(shelf.store.read(), person).await.unwrap();
    assert_eq!(waiting.iter().map(|message| message.inbound.id.as_str()).collect::<Vec<_>>(), ["wamid.2"]);
}

pub async fn a_single_statement_is_there_once_it_is_committed(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let (single, id) = (shelf.store.single().await.unwrap(), shelf.ids.next());
    store::inbox::insert(&*single, id, person, &inbound("wamid.1"), None, "t", NOW).await.unwrap();
    assert!(store::inbox::waiting(shelf.store.read(), person).await.unwrap().is_empty());
    single.commit().await.unwrap();
    assert_eq!(store::inbox::waiting(shelf.store.read(), person).await.unwrap().len(), 1);
}

pub async fn a_sound_database_can_write(shelf: Shelf) {
    shelf.store.probe().await.unwrap();
}

pub async fn what_is_closed_can_be_opened_by_another(shelf: Shelf) {
    shelf.store.close().await;
    assert!(shelf.store.probe().await.is_err());
    let again = Store::open(&shelf.folder.path().join("test.sqlite"), Duration::ZERO).await.unwrap();
    again.probe().await.unwrap();
}

pub async fn another_keyring_is_refused(shelf: Shelf) {
    let ours = Keyring::ephemeral(&shelf.ids);
    store::check_keyring(&shelf.store, &ours).await.unwrap();
    store::check_keyring(&shelf.store, &ours).await.unwrap();
    let other = store::check_keyring(&shelf.store, &Keyring::ephemeral(&shelf.ids)).await;
    assert!(other.unwrap_err().to_string().contains("put the keyring"));
    store::check_keyring(&shelf.store, &ours).await.unwrap();
}

// ---- the unit of work

pub async fn units_at_once_are_all_durable(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let write = async |n: i64| {
        let unit = shelf.unit().await;
        let message = inbound(&format!("wamid.{n}"));
        store::inbox::insert(&*unit, shelf.ids.next(), person, &message, None, "t", NOW).await.unwrap();
        // Every third gives up: it must not take the others with it.
        if n % 3 == 0 { drop(unit) } else { unit.commit().await.unwrap() }
    };
    futures::future::join_all((0..30).map(write)).await;
    let waiting = store::inbox::waiting(shelf.store.read(), person).await.unwrap();
    assert_eq!(waiting.len(), 20);
    let (commits, units) = shelf.store.commits();
    assert!(units >= 20 && commits <= units, "{commits} commits for {units} units");
}
