//! The store's contract: what each of its functions promises, whatever the database. One test a function; a public
//! function without a test fails the suite.

use std::{collections::BTreeSet, fs, path::Path, time::Duration};

use serde_json::json;
use uuid::Uuid;
use ventanilla::{
    clock::Clock,
    ids::Ids,
    keyring::Keyring,
    store::{
        self, Store, StoreError, TOWN, Unit,
        conversations::{Conversation, Owner},
        handovers::HandoverRow,
        media::MediaFile,
        outbox::{Author, NewReply, PendingState},
        reports::ReportRow,
        statuses::Applied,
        transcript::Said,
    },
};
use ventanilla_adapters::{
    Address, AddressKey, Body, Channel, DeliveryState, Fault, Inbound, Message, ProviderError, Retry, SendError,
    Sender, StatusUpdate,
};
use ventanilla_flows::Session;
use ventanilla_values::{Lang, SourceFile};

use crate::support::folder::Folder;

/// A test for each function: `aggregate { function: test, … }`.
macro_rules! contract {
    ($($aggregate:ident { $($function:ident: $promise:ident),* $(,)? })*) => {
        $(mod $aggregate {
            $(#[tokio::test]
            async fn $function() {
                super::$promise(super::Shelf::open().await).await;
            })*
        })*

        const TESTED: &[&str] = &[$($(concat!(stringify!($aggregate), "::", stringify!($function))),*),*];
    };
}

contract! {
    conversations {
        load: somebody_who_never_wrote_has_an_empty_conversation,
        save: a_turn_that_somebody_else_did_meanwhile_is_a_conflict,
    }
    handovers {
        open: nobody_stands_in_the_queue_twice_and_a_crisis_raises,
        open_of: the_open_entry_of_a_person_is_found,
        list_open: crises_come_first_then_the_oldest,
        count_before: those_who_came_before_are_counted,
        by_id: an_entry_is_found_by_its_id,
        claim: who_attends_is_noted,
        close: what_is_closed_is_open_no_more,
    }
    inbox {
        insert: a_message_is_stored_once,
        exists: a_message_is_known_by_channel_account_and_id,
        waiting: messages_wait_oldest_first,
        people_waiting: people_with_waiting_messages_are_named_once,
        done: what_is_done_waits_no_more,
        count_attempt: failed_turns_are_counted,
    }
    media {
        insert: noting_a_file_twice_is_harmless,
        by_id: a_file_is_found_by_its_id,
    }
    mod_ {
        open: opening_again_keeps_what_is_there,
        unit: a_unit_that_is_dropped_leaves_nothing,
        probe: a_sound_database_can_write,
        close: what_is_closed_can_be_opened_by_another,
        check_keyring: another_keyring_is_refused,
    }
    outbox {
        insert: a_reply_is_stored_once_by_its_key,
        next: the_first_reply_of_a_person_goes_first,
        people_waiting: people_with_due_replies_are_named,
        claim: only_one_claims_a_reply,
        accepted: an_accepted_reply_is_not_pending,
        retry: a_reply_to_retry_is_queued_for_later,
        unsure: an_unsure_reply_waits_for_news,
        failed: a_failed_reply_makes_room_for_the_next,
        recover: what_was_being_sent_is_unsure_after_a_crash,
        mailbox: a_page_fetches_what_came_after,
        depth: replies_under_way_are_counted,
    }
    people {
        resolve: the_same_phone_is_the_same_person_on_every_channel,
        last_address: a_person_is_answered_where_they_last_wrote,
    }
    raws {
        insert: sealed_bytes_are_kept,
        by_id: sealed_bytes_are_found_by_their_id,
        quarantined: only_quarantine_is_listed_newest_first,
        forget: old_bytes_are_forgotten,
    }
    releases {
        activate: the_last_activated_release_is_active,
        files: a_release_keeps_its_files,
        active: without_a_release_none_is_active,
        forget_unused: a_pinned_release_is_kept,
    }
    reports {
        file: the_same_effect_files_once,
        by_folio: a_report_is_found_by_its_folio,
        is_free: a_taken_folio_is_not_free,
    }
    statuses {
        apply: statuses_never_go_back_and_strangers_are_held,
        take_held: held_statuses_are_taken_once,
        forget_held: old_held_statuses_are_forgotten,
    }
    transcript {
        last: what_was_said_is_told_in_order,
    }
    unit {
        commit: units_at_once_are_all_durable,
    }
}

#[test]
fn every_public_function_of_the_store_is_in_the_contract() {
    let tested: BTreeSet<String> = TESTED.iter().map(|name| name.replace("mod_::", "mod::")).collect();
    assert_eq!(tested, public_functions());
}

fn public_functions() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store");
    let mut functions = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_file()) {
        let aggregate = entry.path().file_stem().unwrap().to_string_lossy().into_owned();
        let code = fs::read_to_string(entry.path()).unwrap();
        let names = code.lines().filter_map(|line| line.trim_start().strip_prefix("pub async fn "));
        let names = names.filter_map(|rest| rest.split(['(', '<']).next());
        functions.extend(names.map(|name| format!("{aggregate}::{name}")));
    }
    functions
}

// ---- what the tests stand on

/// An empty database, and what is needed to fill it.
struct Shelf {
    store: Store,
    ids: Ids,
    folder: Folder,
}

const NOW: i64 = 1_795_449_600_000;

impl Shelf {
    async fn open() -> Self {
        let folder = Folder::new();
        let store = Store::open(&folder.path().join("test.sqlite"), Duration::ZERO).await.unwrap();
        Self { store, ids: Ids::seeded(Clock::manual(NOW), 3), folder }
    }

    async fn unit(&self) -> Unit {
        self.store.unit().await.unwrap()
    }

    async fn person(&self, phone: &str) -> Uuid {
        let unit = self.unit().await;
        let person = store::people::resolve(&unit, &sender(Channel::Whatsapp, phone), &self.ids, NOW).await;
        unit.commit().await.unwrap();
        person.unwrap()
    }

    /// Puts a message into the inbox; gives its row's id.
    async fn message(&self, person: Uuid, id: &str, now: i64) -> Uuid {
        let (row, unit) = (self.ids.next(), self.unit().await);
        assert!(store::inbox::insert(&unit, row, person, &inbound(id), None, "trace", now).await.unwrap());
        unit.commit().await.unwrap();
        row
    }

    /// Puts a reply into the outbox; gives its id.
    async fn reply(&self, person: Uuid, turn: i64, channel: Channel) -> Uuid {
        let (id, unit) = (self.ids.next(), self.unit().await);
        let (address, message) = (sender(channel, "+520000000001").address, words(&format!("respuesta {turn}")));
        let (idx, author, trace) = (0, Author::Bot, "trace");
        let reply = NewReply { id, person, turn, idx, author, address: &address, message: &message, trace };
        store::outbox::insert(&unit, &reply, NOW).await.unwrap();
        unit.commit().await.unwrap();
        id
    }

    /// Sends a reply as far as the provider's acceptance.
    async fn accepted(&self, person: Uuid, provider_id: &str) -> Uuid {
        let id = self.reply(person, 1, Channel::Whatsapp).await;
        let unit = self.unit().await;
        assert!(store::outbox::claim(&unit, id, false, NOW).await.unwrap());
        store::outbox::accepted(&unit, id, provider_id, NOW).await.unwrap();
        unit.commit().await.unwrap();
        id
    }

    async fn next(&self, person: Uuid) -> Option<store::outbox::Pending> {
        store::outbox::next(self.store.read(), person).await.unwrap()
    }

    async fn depth(&self) -> i64 {
        store::outbox::depth(self.store.read()).await.unwrap()
    }

    async fn queue(&self, person: Uuid, turn: i64, priority: &str, opened_at: i64) -> HandoverRow {
        let row = HandoverRow {
            id: self.ids.next(),
            town_id: TOWN,
            person_id: person,
            turn,
            idx: 0,
            reason: "asked".to_owned(),
            priority: priority.to_owned(),
            opened_at,
            agent: None,
            closed_at: None,
        };
        let unit = self.unit().await;
        let row = store::handovers::open(&unit, row).await.unwrap();
        unit.commit().await.unwrap();
        row
    }

    async fn report(&self, person: Uuid, turn: i64, folio: &str) -> Result<ReportRow, StoreError> {
        let row = ReportRow {
            id: self.ids.next(),
            town_id: TOWN,
            folio: folio.to_owned(),
            person_id: person,
            turn,
            idx: 0,
            channel: "whatsapp".to_owned(),
            category: "pothole".to_owned(),
            private: false,
            place_json: "{}".to_owned(),
            description: None,
            details_json: "{}".to_owned(),
            photo_id: None,
            state: "received".to_owned(),
            pin_key_id: "k".to_owned(),
            pin_hash: vec![1, 2, 3],
            filed_at: NOW,
            updated_at: NOW,
        };
        let unit = self.unit().await;
        let filed = store::reports::file(&unit, row).await?;
        unit.commit().await?;
        Ok(filed)
    }

    async fn release(&self, hash: &str) {
        let unit = self.unit().await;
        let files = [SourceFile { path: "flows/x.yaml".to_owned(), text: hash.to_owned() }];
        store::releases::activate(&unit, hash, &files, NOW).await.unwrap();
        unit.commit().await.unwrap();
    }

    async fn raw(&self, quarantine: Option<&str>, now: i64) -> Uuid {
        let (id, unit) = (self.ids.next(), self.unit().await);
        let sealed = Keyring::ephemeral(&self.ids).seal(b"bytes", &self.ids).unwrap();
        store::raws::insert(&unit, id, Channel::Whatsapp, quarantine, sealed, now).await.unwrap();
        unit.commit().await.unwrap();
        id
    }

    async fn apply(&self, status: &StatusUpdate) -> Applied {
        let unit = self.unit().await;
        let applied = store::statuses::apply(&unit, status, self.ids.next(), NOW).await.unwrap();
        unit.commit().await.unwrap();
        applied
    }
}

fn sender(channel: Channel, phone: &str) -> Sender {
    let (key, route) = (AddressKey::Phone(phone.to_owned()), phone.trim_start_matches('+').to_owned());
    let address = Address { channel, account: "1".to_owned(), key, route };
    Sender { address, also: Vec::new(), name: Some("Lupe".to_owned()) }
}

fn inbound(id: &str) -> Inbound {
    Inbound {
        id: id.to_owned(),
        channel: Channel::Whatsapp,
        account: "1".to_owned(),
        from: sender(Channel::Whatsapp, "+520000000001"),
        sent_at: None,
        body: Body::Text { text: id.to_owned() },
        reply_to: None,
    }
}

fn words(text: &str) -> Message {
    Message::Text { text: text.to_owned() }
}

fn busy() -> SendError {
    SendError { retry: Retry::Backoff, fault: Fault::Provider, code: Some(1), sentence: "Ocupado.".to_owned() }
}

fn news(provider_id: &str, state: DeliveryState) -> StatusUpdate {
    StatusUpdate {
        channel: Channel::Whatsapp,
        account: "1".to_owned(),
        provider_id: provider_id.to_owned(),
        reference: None,
        state,
        at: None,
        error: None,
    }
}

// ---- conversations

async fn somebody_who_never_wrote_has_an_empty_conversation(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let conversation = store::conversations::load(shelf.store.read(), person).await.unwrap();
    let empty = Conversation { person, session: None, release: None, owner: Owner::Bot, turn: 0 };
    assert_eq!(conversation, empty);
}

async fn a_turn_that_somebody_else_did_meanwhile_is_a_conflict(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let next = |turn| Conversation { person, session: None, release: Some("r".to_owned()), owner: Owner::Agent, turn };
    let session = Session::new(Lang::EN);
    for turn in [1, 2] {
        let unit = shelf.unit().await;
        store::conversations::save(&unit, &next(turn), &session, NOW).await.unwrap();
        unit.commit().await.unwrap();
    }
    let unit = shelf.unit().await;
    let again = store::conversations::save(&unit, &next(2), &session, NOW).await;
    assert!(matches!(again, Err(StoreError::Conflict(whose)) if whose == person));
    drop(unit);
    let loaded = store::conversations::load(shelf.store.read(), person).await.unwrap();
    assert_eq!(loaded, Conversation { session: Some(session), ..next(2) });
}

// ---- handovers

async fn nobody_stands_in_the_queue_twice_and_a_crisis_raises(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let first = shelf.queue(person, 1, "normal", NOW).await;
    let again = shelf.queue(person, 2, "normal", NOW + 1).await;
    assert_eq!((again.id, again.opened_at), (first.id, NOW));
    let raised = shelf.queue(person, 3, "crisis", NOW + 2).await;
    assert_eq!((raised.id, raised.priority.as_str()), (first.id, "crisis"));
    let lowered = shelf.queue(person, 4, "normal", NOW + 3).await;
    assert_eq!(lowered.priority, "crisis");
}

async fn the_open_entry_of_a_person_is_found(shelf: Shelf) {
    let (lupe, beto) = (shelf.person("+520000000001").await, shelf.person("+520000000002").await);
    let entry = shelf.queue(lupe, 1, "normal", NOW).await;
    assert_eq!(store::handovers::open_of(shelf.store.read(), lupe).await.unwrap(), Some(entry));
    assert_eq!(store::handovers::open_of(shelf.store.read(), beto).await.unwrap(), None);
}

async fn crises_come_first_then_the_oldest(shelf: Shelf) {
    for (n, priority, at) in [(1, "normal", 3), (2, "normal", 1), (3, "crisis", 2)] {
        let person = shelf.person(&format!("+52000000000{n}")).await;
        shelf.queue(person, 1, priority, NOW + at).await;
    }
    let open = store::handovers::list_open(shelf.store.read()).await.unwrap();
    assert_eq!(open.iter().map(|row| row.opened_at - NOW).collect::<Vec<_>>(), [2, 1, 3]);
}

async fn those_who_came_before_are_counted(shelf: Shelf) {
    for n in 1..=3 {
        let person = shelf.person(&format!("+52000000000{n}")).await;
        shelf.queue(person, 1, "normal", NOW + n).await;
    }
    assert_eq!(store::handovers::count_before(shelf.store.read(), NOW + 3).await.unwrap(), 2);
}

async fn an_entry_is_found_by_its_id(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let entry = shelf.queue(person, 1, "normal", NOW).await;
    let found = store::handovers::by_id(shelf.store.read(), entry.id).await.unwrap();
    assert_eq!(found, Some(entry));
    assert_eq!(store::handovers::by_id(shelf.store.read(), person).await.unwrap(), None);
}

async fn who_attends_is_noted(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let entry = shelf.queue(person, 1, "normal", NOW).await;
    let unit = shelf.unit().await;
    store::handovers::claim(&unit, entry, "Rosa").await.unwrap();
    unit.commit().await.unwrap();
    let found = store::handovers::open_of(shelf.store.read(), person).await.unwrap().unwrap();
    assert_eq!(found.agent.as_deref(), Some("Rosa"));
}

async fn what_is_closed_is_open_no_more(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let entry = shelf.queue(person, 1, "normal", NOW).await;
    let unit = shelf.unit().await;
    store::handovers::close(&unit, entry.clone(), NOW + 5).await.unwrap();
    unit.commit().await.unwrap();
    assert_eq!(store::handovers::open_of(shelf.store.read(), person).await.unwrap(), None);
    let closed = store::handovers::by_id(shelf.store.read(), entry.id).await.unwrap().unwrap();
    assert_eq!(closed.closed_at, Some(NOW + 5));
}

// ---- inbox

async fn a_message_is_stored_once(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    shelf.message(person, "wamid.1", NOW).await;
    let unit = shelf.unit().await;
    let again = store::inbox::insert(&unit, shelf.ids.next(), person, &inbound("wamid.1"), None, "t", NOW).await;
    assert!(!again.unwrap());
    unit.commit().await.unwrap();
    assert_eq!(store::inbox::waiting(shelf.store.read(), person).await.unwrap().len(), 1);
}

async fn a_message_is_known_by_channel_account_and_id(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    shelf.message(person, "wamid.1", NOW).await;
    let elsewhere = Inbound { account: "2".to_owned(), ..inbound("wamid.1") };
    let at_the_page = Inbound { channel: Channel::Webchat, ..inbound("wamid.1") };
    for (message, known) in [(inbound("wamid.1"), true), (elsewhere, false), (at_the_page, false)] {
        assert_eq!(store::inbox::exists(shelf.store.read(), &message).await.unwrap(), known);
    }
}

async fn messages_wait_oldest_first(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    for n in 0..60 {
        shelf.message(person, &format!("wamid.{n}"), NOW + n).await;
    }
    let waiting = store::inbox::waiting(shelf.store.read(), person).await.unwrap();
    let names: Vec<&str> = waiting.iter().map(|message| message.inbound.id.as_str()).collect();
    let expected: Vec<String> = (0..50).map(|n| format!("wamid.{n}")).collect();
    assert_eq!(names, expected);
    assert_eq!((waiting[0].trace.as_str(), waiting[0].attempts, waiting[7].received_at), ("trace", 0, NOW + 7));
}

async fn people_with_waiting_messages_are_named_once(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    shelf.message(person, "wamid.1", NOW).await;
    shelf.message(person, "wamid.2", NOW).await;
    let people = async |before| store::inbox::people_waiting(shelf.store.read(), before).await.unwrap();
    assert_eq!(people(NOW).await, []);
    assert_eq!(people(NOW + 1).await, [person]);
}

async fn what_is_done_waits_no_more(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let id = shelf.message(person, "wamid.1", NOW).await;
    let unit = shelf.unit().await;
    store::inbox::done(&unit, id, 1).await.unwrap();
    unit.commit().await.unwrap();
    assert!(store::inbox::waiting(shelf.store.read(), person).await.unwrap().is_empty());
    assert!(store::inbox::exists(shelf.store.read(), &inbound("wamid.1")).await.unwrap(), "yet it is known");
}

async fn failed_turns_are_counted(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let id = shelf.message(person, "wamid.1", NOW).await;
    for _ in 0..2 {
        let unit = shelf.unit().await;
        store::inbox::count_attempt(&unit, id).await.unwrap();
        unit.commit().await.unwrap();
    }
    assert_eq!(store::inbox::waiting(shelf.store.read(), person).await.unwrap()[0].attempts, 2);
}

// ---- media

fn file_of(person: Uuid, id: Uuid) -> MediaFile {
    MediaFile { id, person, mime: "image/png".to_owned(), bytes: 7, sha256: "abc".to_owned() }
}

async fn noting_a_file_twice_is_harmless(shelf: Shelf) {
    let file = file_of(shelf.person("+520000000001").await, shelf.ids.next());
    for _ in 0..2 {
        let unit = shelf.unit().await;
        store::media::insert(&unit, &file, NOW).await.unwrap();
        unit.commit().await.unwrap();
    }
    assert_eq!(store::media::by_id(shelf.store.read(), file.id).await.unwrap(), Some(file));
}

async fn a_file_is_found_by_its_id(shelf: Shelf) {
    assert_eq!(store::media::by_id(shelf.store.read(), shelf.ids.next()).await.unwrap(), None);
}

// ---- the store itself

async fn opening_again_keeps_what_is_there(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    shelf.store.close().await;
    let again = Store::open(&shelf.folder.path().join("test.sqlite"), Duration::ZERO).await.unwrap();
    let unit = again.unit().await.unwrap();
    let known = store::people::resolve(&unit, &sender(Channel::Whatsapp, "+520000000001"), &shelf.ids, NOW).await;
    assert_eq!(known.unwrap(), person);
}

async fn a_unit_that_is_dropped_leaves_nothing(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let unit = shelf.unit().await;
    let id = shelf.ids.next();
    store::inbox::insert(&unit, id, person, &inbound("wamid.1"), None, "t", NOW).await.unwrap();
    drop(unit);
    shelf.message(person, "wamid.2", NOW).await;
    let waiting = store::inbox::waiting(shelf.store.read(), person).await.unwrap();
    assert_eq!(waiting.iter().map(|message| message.inbound.id.as_str()).collect::<Vec<_>>(), ["wamid.2"]);
}

async fn a_sound_database_can_write(shelf: Shelf) {
    shelf.store.probe().await.unwrap();
}

async fn what_is_closed_can_be_opened_by_another(shelf: Shelf) {
    shelf.store.close().await;
    assert!(shelf.store.probe().await.is_err());
    let again = Store::open(&shelf.folder.path().join("test.sqlite"), Duration::ZERO).await.unwrap();
    again.probe().await.unwrap();
}

async fn another_keyring_is_refused(shelf: Shelf) {
    let ours = Keyring::ephemeral(&shelf.ids);
    store::check_keyring(&shelf.store, &ours).await.unwrap();
    store::check_keyring(&shelf.store, &ours).await.unwrap();
    let other = store::check_keyring(&shelf.store, &Keyring::ephemeral(&shelf.ids)).await;
    assert!(other.unwrap_err().to_string().contains("put the keyring"));
    store::check_keyring(&shelf.store, &ours).await.unwrap();
}

// ---- outbox

async fn a_reply_is_stored_once_by_its_key(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let first = shelf.reply(person, 1, Channel::Whatsapp).await;
    shelf.reply(person, 1, Channel::Whatsapp).await;
    assert_eq!(shelf.depth().await, 1);
    assert_eq!(shelf.next(person).await.unwrap().id, first);
}

async fn the_first_reply_of_a_person_goes_first(shelf: Shelf) {
    let (lupe, beto) = (shelf.person("+520000000001").await, shelf.person("+520000000002").await);
    for turn in [2, 1, 3] {
        shelf.reply(lupe, turn, Channel::Whatsapp).await;
    }
    let next = shelf.next(lupe).await.unwrap();
    assert_eq!((next.message.text(), next.state, next.attempts), ("respuesta 1", PendingState::Queued, 0));
    assert!(shelf.next(beto).await.is_none());
}

async fn people_with_due_replies_are_named(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    shelf.reply(person, 1, Channel::Whatsapp).await;
    shelf.reply(person, 2, Channel::Whatsapp).await;
    let people = async |due| store::outbox::people_waiting(shelf.store.read(), due).await.unwrap();
    assert_eq!((people(NOW - 1).await, people(NOW).await), (vec![], vec![person]));
}

async fn only_one_claims_a_reply(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let id = shelf.reply(person, 1, Channel::Whatsapp).await;
    let unit = shelf.unit().await;
    assert!(store::outbox::claim(&unit, id, false, NOW).await.unwrap());
    assert!(!store::outbox::claim(&unit, id, false, NOW).await.unwrap());
    unit.commit().await.unwrap();
    let next = shelf.next(person).await.unwrap();
    assert_eq!((next.state, next.attempts, next.doubtful), (PendingState::Sending, 1, false));
}

async fn an_accepted_reply_is_not_pending(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    shelf.accepted(person, "wamid.9").await;
    assert!(shelf.next(person).await.is_none());
    assert_eq!(shelf.apply(&news("wamid.9", DeliveryState::Sent)).await, Applied::To(person));
}

async fn a_reply_to_retry_is_queued_for_later(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let id = shelf.reply(person, 1, Channel::Whatsapp).await;
    let unit = shelf.unit().await;
    store::outbox::claim(&unit, id, false, NOW).await.unwrap();
    store::outbox::retry(&unit, id, &busy(), NOW + 1000, NOW).await.unwrap();
    unit.commit().await.unwrap();
    let next = shelf.next(person).await.unwrap();
    assert_eq!((next.state, next.next_at, next.attempts), (PendingState::Queued, NOW + 1000, 1));
}

async fn an_unsure_reply_waits_for_news(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let id = shelf.reply(person, 1, Channel::Whatsapp).await;
    let unit = shelf.unit().await;
    store::outbox::claim(&unit, id, false, NOW).await.unwrap();
    store::outbox::unsure(&unit, id, NOW + 10_000, NOW).await.unwrap();
    unit.commit().await.unwrap();
    let next = shelf.next(person).await.unwrap();
    assert_eq!((next.state, next.next_at), (PendingState::Unsure, NOW + 10_000));
    let status = StatusUpdate { reference: Some(id.to_string()), ..news("wamid.9", DeliveryState::Delivered) };
    assert_eq!(shelf.apply(&status).await, Applied::To(person));
    assert!(shelf.next(person).await.is_none(), "the status names our reply: it arrived");
}

async fn a_failed_reply_makes_room_for_the_next(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let first = shelf.reply(person, 1, Channel::Whatsapp).await;
    let second = shelf.reply(person, 2, Channel::Whatsapp).await;
    let unit = shelf.unit().await;
    store::outbox::failed(&unit, first, &busy(), NOW).await.unwrap();
    unit.commit().await.unwrap();
    assert_eq!(shelf.next(person).await.unwrap().id, second);
}

async fn what_was_being_sent_is_unsure_after_a_crash(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let id = shelf.reply(person, 1, Channel::Whatsapp).await;
    shelf.reply(person, 2, Channel::Whatsapp).await;
    let unit = shelf.unit().await;
    store::outbox::claim(&unit, id, false, NOW).await.unwrap();
    assert_eq!(store::outbox::recover(&unit, NOW + 10, NOW).await.unwrap(), 1);
    unit.commit().await.unwrap();
    assert_eq!(shelf.next(person).await.unwrap().state, PendingState::Unsure);
}

async fn a_page_fetches_what_came_after(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let mut sent = Vec::new();
    for turn in 1..=3 {
        let id = shelf.reply(person, turn, Channel::Webchat).await;
        let unit = shelf.unit().await;
        store::outbox::claim(&unit, id, false, NOW).await.unwrap();
        store::outbox::accepted(&unit, id, &id.to_string(), NOW).await.unwrap();
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

async fn replies_under_way_are_counted(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    shelf.accepted(person, "wamid.9").await;
    shelf.reply(person, 2, Channel::Whatsapp).await;
    assert_eq!(shelf.depth().await, 1);
}

// ---- people

async fn the_same_phone_is_the_same_person_on_every_channel(shelf: Shelf) {
    let lupe = shelf.person("+520000000001").await;
    let unit = shelf.unit().await;
    let resolve = async |sender: &Sender| store::people::resolve(&unit, sender, &shelf.ids, NOW).await.unwrap();
    assert_eq!(resolve(&sender(Channel::Webchat, "+520000000001")).await, lupe);
    let mut with_user = sender(Channel::Whatsapp, "+520000000001");
    with_user.also.push(AddressKey::User("MX.1".to_owned()));
    assert_eq!(resolve(&with_user).await, lupe);
    let mut without_phone = sender(Channel::Whatsapp, "");
    without_phone.address.key = AddressKey::User("MX.1".to_owned());
    assert_eq!(resolve(&without_phone).await, lupe, "the user id was shown beside her phone");
    assert_ne!(resolve(&sender(Channel::Whatsapp, "+520000000002")).await, lupe);
}

async fn a_person_is_answered_where_they_last_wrote(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    assert_eq!(store::people::last_address(shelf.store.read(), person).await.unwrap(), None);
    shelf.message(person, "wamid.1", NOW).await;
    let unit = shelf.unit().await;
    let mut later = inbound("page.1");
    later.channel = Channel::Webchat;
    later.from = sender(Channel::Webchat, "+520000000001");
    store::inbox::insert(&unit, shelf.ids.next(), person, &later, None, "t", NOW + 1).await.unwrap();
    unit.commit().await.unwrap();
    let address = store::people::last_address(shelf.store.read(), person).await.unwrap();
    assert_eq!(address.unwrap().channel, Channel::Webchat);
}

// ---- raw webhooks

async fn sealed_bytes_are_kept(shelf: Shelf) {
    let id = shelf.raw(None, NOW).await;
    assert!(store::raws::by_id(shelf.store.read(), id).await.unwrap().is_some());
}

async fn sealed_bytes_are_found_by_their_id(shelf: Shelf) {
    let (id, unit) = (shelf.ids.next(), shelf.unit().await);
    let keyring = Keyring::ephemeral(&shelf.ids);
    let sealed = keyring.seal("¿qué?".as_bytes(), &shelf.ids).unwrap();
    store::raws::insert(&unit, id, Channel::Webchat, Some("why"), sealed, NOW).await.unwrap();
    unit.commit().await.unwrap();
    let found = store::raws::by_id(shelf.store.read(), id).await.unwrap().unwrap();
    assert_eq!(keyring.open(&found).unwrap(), "¿qué?".as_bytes());
    assert!(store::raws::by_id(shelf.store.read(), shelf.ids.next()).await.unwrap().is_none());
}

async fn only_quarantine_is_listed_newest_first(shelf: Shelf) {
    shelf.raw(None, NOW).await;
    let first = shelf.raw(Some("no JSON"), NOW).await;
    let second = shelf.raw(Some("no id"), NOW).await;
    let listed = store::raws::quarantined(shelf.store.read()).await.unwrap();
    assert_eq!(listed, [(second, "no id".to_owned()), (first, "no JSON".to_owned())]);
}

async fn old_bytes_are_forgotten(shelf: Shelf) {
    let (old, new) = (shelf.raw(None, NOW - 1).await, shelf.raw(None, NOW).await);
    let unit = shelf.unit().await;
    assert_eq!(store::raws::forget(&unit, NOW).await.unwrap(), 1);
    unit.commit().await.unwrap();
    assert!(store::raws::by_id(shelf.store.read(), old).await.unwrap().is_none());
    assert!(store::raws::by_id(shelf.store.read(), new).await.unwrap().is_some());
}

// ---- releases

async fn the_last_activated_release_is_active(shelf: Shelf) {
    for hash in ["one", "two", "one"] {
        shelf.release(hash).await;
    }
    let active = store::releases::active(shelf.store.read()).await.unwrap().unwrap();
    assert_eq!(active[0].text, "one");
}

async fn a_release_keeps_its_files(shelf: Shelf) {
    shelf.release("one").await;
    shelf.release("two").await;
    let files = store::releases::files(shelf.store.read(), "one").await.unwrap().unwrap();
    assert_eq!((files[0].path.as_str(), files[0].text.as_str()), ("flows/x.yaml", "one"));
    assert!(store::releases::files(shelf.store.read(), "three").await.unwrap().is_none());
}

async fn without_a_release_none_is_active(shelf: Shelf) {
    assert!(store::releases::active(shelf.store.read()).await.unwrap().is_none());
}

async fn a_pinned_release_is_kept(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    for hash in ["unused", "pinned", "active"] {
        shelf.release(hash).await;
    }
    let unit = shelf.unit().await;
    let release = Some("pinned".to_owned());
    let next = Conversation { person, session: None, release, owner: Owner::Bot, turn: 1 };
    store::conversations::save(&unit, &next, &Session::new(Lang::ES), NOW).await.unwrap();
    assert_eq!(store::releases::forget_unused(&unit).await.unwrap(), 1);
    unit.commit().await.unwrap();
    for (hash, kept) in [("unused", false), ("pinned", true), ("active", true)] {
        assert_eq!(store::releases::files(shelf.store.read(), hash).await.unwrap().is_some(), kept, "{hash}");
    }
}

// ---- reports

async fn the_same_effect_files_once(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let first = shelf.report(person, 1, "PC-0000-0001").await.unwrap();
    let again = shelf.report(person, 1, "PC-0000-0002").await.unwrap();
    assert_eq!(again, first);
    let taken = shelf.report(person, 2, "PC-0000-0001").await.unwrap_err();
    assert!(taken.is_duplicate(), "{taken}");
}

async fn a_report_is_found_by_its_folio(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let filed = shelf.report(person, 1, "PC-0000-0001").await.unwrap();
    assert_eq!(store::reports::by_folio(shelf.store.read(), "PC-0000-0001").await.unwrap(), Some(filed));
    assert_eq!(store::reports::by_folio(shelf.store.read(), "PC-0000-0002").await.unwrap(), None);
}

async fn a_taken_folio_is_not_free(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    shelf.report(person, 1, "PC-0000-0001").await.unwrap();
    assert!(!store::reports::is_free(shelf.store.read(), "PC-0000-0001").await.unwrap());
    assert!(store::reports::is_free(shelf.store.read(), "PC-0000-0002").await.unwrap());
}

// ---- statuses

async fn statuses_never_go_back_and_strangers_are_held(shelf: Shelf) {
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

async fn held_statuses_are_taken_once(shelf: Shelf) {
    shelf.apply(&news("wamid.9", DeliveryState::Sent)).await;
    shelf.apply(&news("wamid.8", DeliveryState::Sent)).await;
    for expected in [vec![news("wamid.9", DeliveryState::Sent)], vec![]] {
        let unit = shelf.unit().await;
        assert_eq!(store::statuses::take_held(&unit, "wamid.9").await.unwrap(), expected);
        unit.commit().await.unwrap();
    }
}

async fn old_held_statuses_are_forgotten(shelf: Shelf) {
    shelf.apply(&news("wamid.9", DeliveryState::Sent)).await;
    let unit = shelf.unit().await;
    assert_eq!(store::statuses::forget_held(&unit, NOW).await.unwrap(), 0);
    assert_eq!(store::statuses::forget_held(&unit, NOW + 1).await.unwrap(), 1);
    unit.commit().await.unwrap();
}

// ---- transcript

async fn what_was_said_is_told_in_order(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    for turn in 1..=2 {
        let id = shelf.message(person, &format!("wamid.{turn}"), NOW + turn).await;
        let unit = shelf.unit().await;
        store::inbox::done(&unit, id, turn).await.unwrap();
        unit.commit().await.unwrap();
        shelf.reply(person, turn, Channel::Whatsapp).await;
    }
    shelf.message(person, "wamid.3", NOW + 3).await;
    let lines = store::transcript::last(shelf.store.read(), person, 4).await.unwrap();
    let told: Vec<String> = lines
        .iter()
        .map(|line| match &line.said {
            Said::Citizen(Body::Text { text }) => text.clone(),
            Said::Town { message, state, .. } => format!("{} ({state})", message.text()),
            Said::Citizen(other) => format!("{other:?}"),
        })
        .collect();
    let expected = json!(["respuesta 1 (queued)", "wamid.2", "respuesta 2 (queued)", "wamid.3"]);
    assert_eq!(json!(told), expected);
}

// ---- the unit of work

async fn units_at_once_are_all_durable(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let write = async |n: i64| {
        let unit = shelf.unit().await;
        let message = inbound(&format!("wamid.{n}"));
        store::inbox::insert(&unit, shelf.ids.next(), person, &message, None, "t", NOW).await.unwrap();
        // Every third gives up: it must not take the others with it.
        if n % 3 == 0 { drop(unit) } else { unit.commit().await.unwrap() }
    };
    futures::future::join_all((0..30).map(write)).await;
    let waiting = store::inbox::waiting(shelf.store.read(), person).await.unwrap();
    assert_eq!(waiting.len(), 20);
    let (commits, units) = shelf.store.commits();
    assert!(units >= 20 && commits <= units, "{commits} commits for {units} units");
}
