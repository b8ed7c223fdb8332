//! Promises about talks: conversations, the queue for people of the town, the inbox, who somebody is, and the transcript.

use ventanilla::store::{
    self, StoreError,
    conversations::{Conversation, Owner, Parked, Trouble, Window},
    handovers::HandoverRow,
    idle::{Idle, Pace},
    transcript::Said,
};
use ventanilla_adapters::{AddressKey, Body, Channel, Inbound, Sender};
use ventanilla_flows::Session;
use ventanilla_values::Lang;

use super::shelf::{NOW, Shelf, inbound, sender};

// ---- conversations

pub async fn somebody_who_never_wrote_has_an_empty_conversation(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let conversation = store::conversations::load(shelf.store.read(), person).await.unwrap();
    assert_eq!(conversation, Conversation::new(person));
}

pub async fn a_turn_that_somebody_else_did_meanwhile_is_a_conflict(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let session = Session::new(Lang::EN);
    let parked = Parked { channel: Channel::Sms, session: session.clone(), release: None, at: NOW };
    let next = |turn| Conversation {
        release: Some("r".to_owned()),
        owner: Owner::Agent,
        turn,
        channel: Some(Channel::Whatsapp),
        heard_at: Some(NOW),
        window: Some(Window { account: "1".to_owned(), opened_at: NOW }),
        parked: Some(parked.clone()),
        excused_at: Some(NOW),
        danger_channel: Some(Channel::Sms),
        begun_elsewhere: true,
        trouble: Trouble { missed: 2, danger: true },
        idle: Idle {
            remind_at: Some(NOW),
            reminded: true,
            erase_at: Some(NOW + 1),
            erased_at: Some(NOW + 2),
        },
        pace: Pace { lately: vec![NOW], said: Some(u64::MAX), ..Pace::default() },
        ..Conversation::new(person)
    };
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

pub async fn that_something_is_kept_is_noted_until_the_next_turn(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let (session, first) = (Session::new(Lang::ES), Conversation { turn: 1, ..Conversation::new(person) });
    let unit = shelf.unit().await;
    store::conversations::save(&unit, &first, &session, NOW).await.unwrap();
    store::conversations::keep(&unit, person).await.unwrap();
    unit.commit().await.unwrap();
    let kept = store::conversations::load(shelf.store.read(), person).await.unwrap();
    assert!(kept.kept);
    let unit = shelf.unit().await;
    let next = Conversation { turn: 2, ..kept.clone() };
    store::conversations::save(&unit, &next, &session, NOW).await.unwrap();
    unit.commit().await.unwrap();
    assert!(store::conversations::load(shelf.store.read(), person).await.unwrap().kept, "it still waits");
    let unit = shelf.unit().await;
    let next = Conversation { turn: 3, released: true, ..kept };
    store::conversations::save(&unit, &next, &session, NOW).await.unwrap();
    unit.commit().await.unwrap();
    assert!(!store::conversations::load(shelf.store.read(), person).await.unwrap().kept);
}

async fn talk(shelf: &Shelf, person: uuid::Uuid, lang: Lang, heard_at: i64, owner: Owner) {
    let next = Conversation { turn: 1, heard_at: Some(heard_at), owner, ..Conversation::new(person) };
    let unit = shelf.unit().await;
    store::conversations::save(&unit, &next, &Session::new(lang), NOW).await.unwrap();
    unit.commit().await.unwrap();
}

pub async fn the_talk_that_was_heard_last_goes_on(shelf: Shelf) {
    let (old, young) = (shelf.person("+520000000001").await, shelf.person("+520000000002").await);
    talk(&shelf, old, Lang::ES, NOW, Owner::Bot).await;
    talk(&shelf, young, Lang::EN, NOW + 1, Owner::Danger).await;
    let unit = shelf.unit().await;
    store::conversations::merge(&unit, young, old, NOW).await.unwrap();
    unit.commit().await.unwrap();
    let one = store::conversations::load(shelf.store.read(), old).await.unwrap();
    assert_eq!((one.session.unwrap().lang, one.owner, one.turn), (Lang::EN, Owner::Danger, 2));
}

pub async fn under_a_new_number_nothing_is_open(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    talk(&shelf, person, Lang::ES, NOW, Owner::Bot).await;
    shelf.reply(person, 1, Channel::Whatsapp).await;
    let unit = shelf.unit().await;
    store::conversations::forget(&unit, person).await.unwrap();
    unit.commit().await.unwrap();
    let conversation = store::conversations::load(shelf.store.read(), person).await.unwrap();
    assert_eq!((conversation.heard_at, conversation.kept), (Some(0), true));
    assert!(shelf.next(person).await.is_none(), "nothing goes to the old number");
}

pub async fn where_the_last_words_went_is_known(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let told = async || store::conversations::last_told_on(shelf.store.read(), person).await.unwrap();
    assert_eq!(told().await, None);
    shelf.reply(person, 1, Channel::Whatsapp).await;
    shelf.reply(person, 2, Channel::Sms).await;
    assert_eq!(told().await, Some(Channel::Sms));
}

// ---- handovers

pub async fn who_waits_twice_waits_once(shelf: Shelf) {
    let (lupe, beto) = (shelf.person("+520000000001").await, shelf.person("+520000000002").await);
    let first = shelf.queue(beto, 1, "normal", NOW).await;
    let unit = shelf.unit().await;
    store::handovers::merge(&unit, beto, lupe, NOW).await.unwrap();
    unit.commit().await.unwrap();
    let open = store::handovers::open_of(shelf.store.read(), lupe).await.unwrap().unwrap();
    assert_eq!(open.id, first.id);
    shelf.queue(beto, 2, "normal", NOW).await;
    let unit = shelf.unit().await;
    store::handovers::merge(&unit, beto, lupe, NOW).await.unwrap();
    unit.commit().await.unwrap();
    assert_eq!(store::handovers::list_open(shelf.store.read()).await.unwrap().len(), 1);
}

pub async fn nobody_stands_in_the_queue_twice_and_a_crisis_raises(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let first = shelf.queue(person, 1, "normal", NOW).await;
    let again = shelf.queue(person, 2, "normal", NOW + 1).await;
    assert_eq!((again.id, again.opened_at), (first.id, NOW));
    let raised = shelf.queue(person, 3, "crisis", NOW + 2).await;
    assert_eq!((raised.id, raised.priority.as_str()), (first.id, "crisis"));
    let lowered = shelf.queue(person, 4, "normal", NOW + 3).await;
    assert_eq!(lowered.priority, "crisis");
    let unit = shelf.unit().await;
    let call = HandoverRow { call_phone: Some("+520000000009".to_owned()), ..first.clone() };
    let called = store::handovers::open(&unit, call).await.unwrap();
    unit.commit().await.unwrap();
    assert_eq!(
        (called.id, called.priority.as_str()),
        (first.id, "crisis"),
        "the same entry, and still a crisis"
    );
    let found = store::handovers::by_id(shelf.store.read(), first.id).await.unwrap().unwrap();
    assert_eq!(found.call_phone.as_deref(), Some("+520000000009"));
    let again = shelf.queue(person, 5, "normal", NOW + 4).await;
    assert_eq!(again.call_phone, found.call_phone, "who is to be called is not forgotten");
}

pub async fn the_phone_of_the_channel_comes_first(shelf: Shelf) {
    let unit = shelf.unit().await;
    let mut writes = sender(Channel::Whatsapp, "+520000000001");
    let mut calls = sender(Channel::Webchat, "+520000000002");
    for sender in [&mut writes, &mut calls] {
        sender.also.push(AddressKey::User("MX.1".to_owned()));
    }
    let person = store::people::resolve(&unit, &writes, &shelf.ids, NOW).await.unwrap();
    assert_eq!(store::people::resolve(&unit, &calls, &shelf.ids, NOW).await.unwrap(), person);
    let mut hidden = sender(Channel::Webchat, "");
    hidden.address.key = AddressKey::Token("t".to_owned());
    let hidden = store::people::resolve(&unit, &hidden, &shelf.ids, NOW).await.unwrap();
    unit.commit().await.unwrap();
    let phone = async |person, channel| {
        store::handovers::phone_of(shelf.store.read(), person, channel).await.unwrap()
    };
    assert_eq!(phone(person, Channel::Whatsapp).await.as_deref(), Some("+520000000001"));
    assert_eq!(phone(person, Channel::Webchat).await.as_deref(), Some("+520000000002"));
    assert_eq!(phone(hidden, Channel::Webchat).await, None);
}

pub async fn the_open_entry_of_a_person_is_found(shelf: Shelf) {
    let (lupe, beto) = (shelf.person("+520000000001").await, shelf.person("+520000000002").await);
    let entry = shelf.queue(lupe, 1, "normal", NOW).await;
    assert_eq!(store::handovers::open_of(shelf.store.read(), lupe).await.unwrap(), Some(entry));
    assert_eq!(store::handovers::open_of(shelf.store.read(), beto).await.unwrap(), None);
}

pub async fn crises_come_first_then_the_oldest(shelf: Shelf) {
    for (n, priority, at) in [(1, "normal", 3), (2, "normal", 1), (3, "crisis", 2)] {
        let person = shelf.person(&format!("+52000000000{n}")).await;
        shelf.queue(person, 1, priority, NOW + at).await;
    }
    let open = store::handovers::list_open(shelf.store.read()).await.unwrap();
    assert_eq!(open.iter().map(|row| row.opened_at - NOW).collect::<Vec<_>>(), [2, 1, 3]);
}

pub async fn those_who_came_before_are_counted(shelf: Shelf) {
    for n in 1..=3 {
        let person = shelf.person(&format!("+52000000000{n}")).await;
        shelf.queue(person, 1, "normal", NOW + n).await;
    }
    assert_eq!(store::handovers::count_before(shelf.store.read(), NOW + 3).await.unwrap(), 2);
}

pub async fn an_entry_is_found_by_its_id(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let entry = shelf.queue(person, 1, "normal", NOW).await;
    let found = store::handovers::by_id(shelf.store.read(), entry.id).await.unwrap();
    assert_eq!(found, Some(entry));
    assert_eq!(store::handovers::by_id(shelf.store.read(), person).await.unwrap(), None);
}

pub async fn who_attends_is_noted(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let entry = shelf.queue(person, 1, "normal", NOW).await;
    let unit = shelf.unit().await;
    store::handovers::claim(&unit, entry, None, "Rosa").await.unwrap();
    unit.commit().await.unwrap();
    let found = store::handovers::open_of(shelf.store.read(), person).await.unwrap().unwrap();
    assert_eq!((found.agent.as_deref(), found.staff_id, found.version), (Some("Rosa"), None, 1));
}

pub async fn what_is_closed_is_open_no_more(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let entry = shelf.queue(person, 1, "normal", NOW).await;
    let unit = shelf.unit().await;
    store::handovers::close(&unit, entry.clone(), "resume", NOW + 5).await.unwrap();
    unit.commit().await.unwrap();
    assert_eq!(store::handovers::open_of(shelf.store.read(), person).await.unwrap(), None);
    let closed = store::handovers::by_id(shelf.store.read(), entry.id).await.unwrap().unwrap();
    assert_eq!((closed.closed_at, closed.outcome.as_deref()), (Some(NOW + 5), Some("resume")));
}

// ---- inbox

pub async fn a_message_is_stored_once(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    shelf.message(person, "wamid.1", NOW).await;
    let unit = shelf.unit().await;
    let again =
        store::inbox::insert(&*unit, shelf.ids.next(), person, &inbound("wamid.1"), None, "t", NOW).await;
    assert!(!again.unwrap());
    unit.commit().await.unwrap();
    assert_eq!(store::inbox::waiting(shelf.store.read(), person).await.unwrap().len(), 1);
}

pub async fn a_message_is_known_by_channel_account_and_id(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    shelf.message(person, "wamid.1", NOW).await;
    let elsewhere = Inbound { account: "2".to_owned(), ..inbound("wamid.1") };
    let at_the_page = Inbound { channel: Channel::Webchat, ..inbound("wamid.1") };
    for (message, known) in [(inbound("wamid.1"), true), (elsewhere, false), (at_the_page, false)] {
        assert_eq!(store::inbox::exists(shelf.store.read(), &message).await.unwrap(), known);
    }
}

pub async fn messages_wait_oldest_first(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    for n in 0..60 {
        shelf.message(person, &format!("wamid.{n}"), NOW + n).await;
    }
    let waiting = store::inbox::waiting(shelf.store.read(), person).await.unwrap();
    let names: Vec<&str> = waiting.iter().map(|message| message.inbound.id.as_str()).collect();
    let expected: Vec<String> = (0..50).map(|n| format!("wamid.{n}")).collect();
    assert_eq!(names, expected);
    assert_eq!(
        (waiting[0].trace.as_str(), waiting[0].attempts, waiting[7].received_at),
        ("trace", 0, NOW + 7)
    );
}

pub async fn people_with_waiting_messages_are_named_once(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    shelf.message(person, "wamid.1", NOW).await;
    shelf.message(person, "wamid.2", NOW).await;
    let people = async |before| store::inbox::people_waiting(shelf.store.read(), before).await.unwrap();
    assert!(people(NOW).await.is_empty());
    assert_eq!(people(NOW + 1).await, [person]);
}

pub async fn what_is_done_waits_no_more(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let id = shelf.message(person, "wamid.1", NOW).await;
    let unit = shelf.unit().await;
    store::inbox::done(&unit, id, 1).await.unwrap();
    unit.commit().await.unwrap();
    assert!(store::inbox::waiting(shelf.store.read(), person).await.unwrap().is_empty());
    assert!(store::inbox::exists(shelf.store.read(), &inbound("wamid.1")).await.unwrap(), "yet it is known");
}

pub async fn failed_turns_are_counted(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let id = shelf.message(person, "wamid.1", NOW).await;
    for _ in 0..2 {
        let unit = shelf.unit().await;
        store::inbox::count_attempt(&unit, id).await.unwrap();
        unit.commit().await.unwrap();
    }
    assert_eq!(store::inbox::waiting(shelf.store.read(), person).await.unwrap()[0].attempts, 2);
}

// ---- people

pub async fn the_same_phone_is_the_same_person_on_every_channel(shelf: Shelf) {
    let lupe = shelf.person("+520000000001").await;
    let unit = shelf.unit().await;
    let resolve =
        async |sender: &Sender| store::people::resolve(&unit, sender, &shelf.ids, NOW).await.unwrap();
    assert_eq!(resolve(&sender(Channel::Webchat, "+520000000001")).await, lupe);
    let mut with_user = sender(Channel::Whatsapp, "+520000000001");
    with_user.also.push(AddressKey::User("MX.1".to_owned()));
    assert_eq!(resolve(&with_user).await, lupe);
    let mut without_phone = sender(Channel::Whatsapp, "");
    without_phone.address.key = AddressKey::User("MX.1".to_owned());
    assert_eq!(resolve(&without_phone).await, lupe, "the user id was shown beside her phone");
    assert_ne!(resolve(&sender(Channel::Whatsapp, "+520000000002")).await, lupe);
}

pub async fn a_person_is_answered_where_they_last_wrote(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    assert_eq!(store::people::last_address(shelf.store.read(), person).await.unwrap(), None);
    shelf.message(person, "wamid.1", NOW).await;
    let unit = shelf.unit().await;
    let mut later = inbound("page.1");
    later.channel = Channel::Webchat;
    later.from = sender(Channel::Webchat, "+520000000001");
    store::inbox::insert(&*unit, shelf.ids.next(), person, &later, None, "t", NOW + 1).await.unwrap();
    unit.commit().await.unwrap();
    let address = store::people::last_address(shelf.store.read(), person).await.unwrap();
    assert_eq!(address.unwrap().channel, Channel::Webchat);
}

// ---- transcript

pub async fn what_was_said_is_told_in_order(shelf: Shelf) {
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
    assert_eq!(told, ["respuesta 1 (queued)", "wamid.2", "respuesta 2 (queued)", "wamid.3"]);
}
