//! Promises about the ways of several channels: what is kept, what goes another way, what a call hears, who somebody is,
//! and how our own accounts are doing.

use uuid::Uuid;
use ventanilla::store::{
    self, inbox,
    kept::Way,
    outbox::{Author, NewReply},
    spoken::TurnOf,
};
use ventanilla_adapters::{
    AccountKind, AccountNews, AddressKey, Body, CallEvent, Channel, DeliveryState, Inbound, Sender, Severity,
};

use super::shelf::{NOW, Shelf, busy, inbound, news, sender, words};

const LUPE: &str = "+520000000001";

// ---- inbox

async fn body(shelf: &Shelf, row: Uuid) -> Body {
    let waiting = inbox::waiting(shelf.store.read(), shelf.person(LUPE).await).await.unwrap();
    waiting.into_iter().find(|message| message.id == row).unwrap().inbound.body
}

pub async fn a_person_changes_their_own_message_only(shelf: Shelf) {
    let row = shelf.message(shelf.person(LUPE).await, "wamid.1", NOW).await;
    let stranger = Inbound { from: sender(Channel::Whatsapp, "+520000000002"), ..inbound("wamid.2") };
    let unit = shelf.unit().await;
    inbox::edit(&unit, &stranger, "wamid.1", Some("ajeno")).await.unwrap();
    inbox::edit(&unit, &inbound("wamid.3"), "wamid.none", Some("nada")).await.unwrap();
    inbox::edit(&unit, &inbound("wamid.3"), "wamid.1", None).await.unwrap();
    unit.commit().await.unwrap();
    assert_eq!(body(&shelf, row).await, Body::Text { text: "wamid.1".to_owned() });
    let unit = shelf.unit().await;
    inbox::edit(&unit, &inbound("wamid.3"), "wamid.1", Some("corregido")).await.unwrap();
    unit.commit().await.unwrap();
    assert_eq!(body(&shelf, row).await, Body::Text { text: "corregido".to_owned() });
}

pub async fn what_was_taken_back_is_gone_with_its_bytes(shelf: Shelf) {
    let row = shelf.message_with(shelf.person(LUPE).await, "wamid.1", NOW, true).await;
    let unit = shelf.unit().await;
    inbox::redact(&unit, &inbound("wamid.2"), "wamid.1").await.unwrap();
    unit.commit().await.unwrap();
    assert_eq!(body(&shelf, row).await, Body::Unsupported { kind: "revoke".to_owned() });
    assert!(inbox::raw_of(shelf.store.read(), row).await.unwrap().is_none());
}

// ---- kept

async fn keep(shelf: &Shelf, id: Uuid) {
    let unit = shelf.unit().await;
    assert!(store::kept::keep(&unit, id, Some(&busy()), NOW).await.unwrap());
    unit.commit().await.unwrap();
}

pub async fn a_kept_reply_is_not_pending(shelf: Shelf) {
    let lupe = shelf.person(LUPE).await;
    let id = shelf.reply(lupe, 1, Channel::Whatsapp).await;
    keep(&shelf, id).await;
    assert!(shelf.next(lupe).await.is_none());
    let unit = shelf.unit().await;
    assert!(!store::kept::keep(&unit, id, None, NOW).await.unwrap(), "it is kept already");
}

pub async fn what_was_kept_goes_when_the_person_writes_there(shelf: Shelf) {
    let lupe = shelf.person(LUPE).await;
    keep(&shelf, shelf.reply(lupe, 1, Channel::Whatsapp).await).await;
    let unit = shelf.unit().await;
    let (sms, moved) =
        (sender(Channel::Sms, LUPE).address, sender(Channel::Whatsapp, "+520000000009").address);
    assert_eq!(store::kept::release(&unit, lupe, &sms, None, NOW).await.unwrap(), 0);
    assert_eq!(store::kept::release(&unit, lupe, &moved, Some(NOW + 9), NOW).await.unwrap(), 1);
    unit.commit().await.unwrap();
    let next = shelf.next(lupe).await.unwrap();
    assert_eq!((next.window_until, next.attempts), (Some(NOW + 9), 0));
    assert_eq!(next.address, moved, "the old number may be somebody else's");
}

pub async fn what_nobody_came_for_is_given_up(shelf: Shelf) {
    let lupe = shelf.person(LUPE).await;
    keep(&shelf, shelf.reply(lupe, 1, Channel::Whatsapp).await).await;
    let unit = shelf.unit().await;
    assert_eq!(store::kept::give_up(&unit, &busy(), NOW, NOW).await.unwrap(), 0, "not yet");
    assert_eq!(store::kept::give_up(&unit, &busy(), NOW + 1, NOW).await.unwrap(), 1);
    unit.commit().await.unwrap();
    let address = sender(Channel::Whatsapp, LUPE).address;
    let unit = shelf.unit().await;
    assert_eq!(store::kept::release(&unit, lupe, &address, None, NOW).await.unwrap(), 0, "too late");
}

pub async fn one_reminder_is_enough(shelf: Shelf) {
    let lupe = shelf.person(LUPE).await;
    shelf.reply(lupe, 1, Channel::Whatsapp).await;
    let reminded = async |since| store::kept::reminded_since(shelf.store.read(), lupe, since).await.unwrap();
    assert!(!reminded(0).await, "an answer is no reminder");
    let (address, message) = (sender(Channel::Whatsapp, LUPE).address, words("Tenemos una respuesta."));
    let unit = shelf.unit().await;
    let reminder = NewReply {
        id: shelf.ids.next(),
        person: lupe,
        turn: 1,
        idx: 1_000_000,
        author: Author::Reminder,
        address: &address,
        message: &message,
        masked: None,
        private: false,
        window_until: None,
        said_by: None,
        not_before: None,
        trace: "t",
    };
    store::outbox::insert(&unit, &reminder, NOW).await.unwrap();
    unit.commit().await.unwrap();
    assert_eq!((reminded(NOW).await, reminded(NOW + 1).await), (true, false));
}

pub async fn a_reply_goes_by_another_channel(shelf: Shelf) {
    let lupe = shelf.person(LUPE).await;
    let id = shelf.reply(lupe, 1, Channel::Whatsapp).await;
    let to = sender(Channel::Sms, LUPE).address;
    let unit = shelf.unit().await;
    let (message, hidden) = (words("tu PIN es 123456"), words("tu PIN es ••••••"));
    let way =
        Way { address: &to, message: &message, masked: Some(&hidden), tried: "whatsapp", window_until: None };
    let gone = store::kept::reroute(&unit, id, &way, NOW).await.unwrap();
    unit.commit().await.unwrap();
    let next = shelf.next(lupe).await.unwrap();
    assert!(gone);
    assert_eq!((next.id, next.address, next.message), (id, to, message));
    assert_eq!(next.masked, Some(hidden), "its secret is still forgotten once it was said");
    assert_eq!(next.tried.as_deref(), Some("whatsapp"));
}

pub async fn an_address_is_tried_in_another_spelling(shelf: Shelf) {
    let lupe = shelf.person(LUPE).await;
    let id = shelf.reply(lupe, 1, Channel::Whatsapp).await;
    let other = sender(Channel::Whatsapp, "+5499").address;
    let unit = shelf.unit().await;
    store::outbox::claim(&*unit, id, false, NOW).await.unwrap();
    store::kept::respell(&unit, id, &other, NOW).await.unwrap();
    unit.commit().await.unwrap();
    assert_eq!(shelf.next(lupe).await.unwrap().address, other);
}

pub async fn the_failed_reply_of_a_status_is_found(shelf: Shelf) {
    let lupe = shelf.person(LUPE).await;
    let id = shelf.accepted(lupe, "wamid.9").await;
    let status = news("wamid.9", DeliveryState::Failed);
    let found = async || store::kept::failed(shelf.store.read(), &status).await.unwrap();
    assert!(found().await.is_none(), "it has not failed yet");
    shelf.apply(&status).await;
    let (person, reply) = found().await.unwrap();
    assert_eq!((person, reply.id), (lupe, id));
}

pub async fn a_postponed_reply_waits_without_an_attempt(shelf: Shelf) {
    let lupe = shelf.person(LUPE).await;
    let id = shelf.reply(lupe, 1, Channel::Whatsapp).await;
    let unit = shelf.unit().await;
    store::outbox::postpone(&*unit, id, NOW + 30_000).await.unwrap();
    unit.commit().await.unwrap();
    let next = shelf.next(lupe).await.unwrap();
    assert_eq!((next.next_at, next.attempts), (NOW + 30_000, 0));
}

// ---- notices and templates

fn paused(state: &str) -> AccountNews {
    AccountNews {
        account: "waba".to_owned(),
        kind: AccountKind::Template,
        severity: Severity::Warning,
        about: Some("aviso/es_MX".to_owned()),
        state: state.to_owned(),
        sentence: "Meta pausó la plantilla.".to_owned(),
    }
}

async fn note(shelf: &Shelf, state: &str, at: i64) -> bool {
    let unit = shelf.unit().await;
    let new =
        store::notices::note(&unit, shelf.ids.next(), Channel::Whatsapp, &paused(state), at).await.unwrap();
    unit.commit().await.unwrap();
    new
}

pub async fn the_same_news_is_counted_and_not_repeated(shelf: Shelf) {
    assert_eq!((note(&shelf, "PAUSED", NOW).await, note(&shelf, "PAUSED", NOW + 5).await), (true, false));
    let open = store::notices::open(shelf.store.read()).await.unwrap();
    assert_eq!((open.len(), open[0].times, open[0].first_at, open[0].last_at), (1, 2, NOW, NOW + 5));
    assert_eq!((open[0].severity.as_str(), open[0].about.as_deref()), ("warning", Some("aviso/es_MX")));
}

pub async fn open_notices_come_newest_first(shelf: Shelf) {
    note(&shelf, "PAUSED", NOW).await;
    note(&shelf, "DISABLED", NOW + 1).await;
    let open = store::notices::open(shelf.store.read()).await.unwrap();
    assert_eq!(open.iter().map(|notice| notice.state.as_str()).collect::<Vec<_>>(), ["DISABLED", "PAUSED"]);
}

pub async fn what_was_seen_to_is_open_no_more(shelf: Shelf) {
    note(&shelf, "PAUSED", NOW).await;
    let id = store::notices::open(shelf.store.read()).await.unwrap()[0].id;
    let unit = shelf.unit().await;
    assert!(store::notices::acknowledge(&unit, id, NOW).await.unwrap());
    assert!(!store::notices::acknowledge(&unit, id, NOW).await.unwrap());
    unit.commit().await.unwrap();
    assert!(store::notices::open(shelf.store.read()).await.unwrap().is_empty());
    assert!(note(&shelf, "PAUSED", NOW + 9).await, "again is news again");
}

async fn usable(shelf: &Shelf, name: &str) -> bool {
    store::templates::usable(shelf.store.read(), Channel::Whatsapp, name).await.unwrap()
}

pub async fn a_template_that_was_paused_is_not_usable(shelf: Shelf) {
    for (state, fit) in [("PAUSED", false), ("APPROVED", true), ("DISABLED", false)] {
        let unit = shelf.unit().await;
        store::templates::note(&unit, Channel::Whatsapp, "aviso/es_MX", state, NOW).await.unwrap();
        unit.commit().await.unwrap();
        assert_eq!(usable(&shelf, "aviso/es_MX").await, fit, "{state}");
    }
}

pub async fn a_template_nobody_complained_about_is_usable(shelf: Shelf) {
    assert!(usable(&shelf, "otra/es_MX").await);
}

// ---- people

pub async fn two_records_of_one_person_become_one(shelf: Shelf) {
    let by_phone = shelf.person(LUPE).await;
    let user = AddressKey::User("MX.1".to_owned());
    let mut hidden = sender(Channel::Whatsapp, LUPE);
    hidden.address.key = user.clone();
    let unit = shelf.unit().await;
    let (by_user, merged) = store::people::resolve_noting(&unit, &hidden, &shelf.ids, NOW).await.unwrap();
    assert!(by_user != by_phone && !merged);
    let both = Sender { also: vec![user], ..sender(Channel::Whatsapp, LUPE) };
    let (one, merged) = store::people::resolve_noting(&unit, &both, &shelf.ids, NOW).await.unwrap();
    assert_eq!((one, merged), (by_phone, true), "the older record stays");
    let again = store::people::resolve_noting(&unit, &hidden, &shelf.ids, NOW).await.unwrap();
    assert_eq!(again, (by_phone, false));
}

pub async fn an_old_number_leads_to_nobody(shelf: Shelf) {
    let lupe = shelf.person(LUPE).await;
    let (was, now) = (AddressKey::Phone(LUPE.to_owned()), sender(Channel::Whatsapp, "+520000000009"));
    let unit = shelf.unit().await;
    let moved = store::people::move_to(&unit, &was, &now, &shelf.ids, NOW).await.unwrap();
    assert_eq!(moved, Some(lupe));
    assert_eq!(store::people::resolve(&unit, &now, &shelf.ids, NOW).await.unwrap(), lupe);
    assert_eq!(store::people::move_to(&unit, &was, &now, &shelf.ids, NOW).await.unwrap(), None);
    unit.commit().await.unwrap();
    assert_ne!(shelf.person(LUPE).await, lupe, "somebody else has the number now");
}

pub async fn the_phones_of_a_person_are_told(shelf: Shelf) {
    let lupe = shelf.person(LUPE).await;
    assert_eq!(store::people::phones(shelf.store.read(), lupe).await.unwrap(), [LUPE]);
    assert!(store::people::phones(shelf.store.read(), Uuid::nil()).await.unwrap().is_empty());
}

pub async fn who_has_a_phone_is_found(shelf: Shelf) {
    let lupe = shelf.person(LUPE).await;
    assert_eq!(store::people::by_phone(shelf.store.read(), LUPE).await.unwrap(), Some(lupe));
    assert_eq!(store::people::by_phone(shelf.store.read(), "+520000000002").await.unwrap(), None);
}

pub async fn how_a_person_is_spelled_on_a_channel_is_told(shelf: Shelf) {
    let lupe = shelf.person(LUPE).await;
    let on = async |channel| store::people::route_on(shelf.store.read(), lupe, channel).await.unwrap();
    assert_eq!(on(Channel::Whatsapp).await, Some(("1".to_owned(), "520000000001".to_owned())));
    assert_eq!(on(Channel::Sms).await, None);
}

pub async fn nobody_prefers_a_channel_unasked(shelf: Shelf) {
    let lupe = shelf.person(LUPE).await;
    assert_eq!(store::people::preferred(shelf.store.read(), lupe).await.unwrap(), None);
}

pub async fn the_last_wish_for_a_channel_holds(shelf: Shelf) {
    let lupe = shelf.person(LUPE).await;
    for channel in [Channel::Sms, Channel::Whatsapp] {
        let unit = shelf.unit().await;
        store::people::prefer(&unit, lupe, channel).await.unwrap();
        unit.commit().await.unwrap();
        assert_eq!(store::people::preferred(shelf.store.read(), lupe).await.unwrap(), Some(channel));
    }
}

// ---- spoken

async fn call_says(shelf: &Shelf, id: &str, body: Body) -> (Uuid, Uuid) {
    let person = shelf.person(LUPE).await;
    let said = Inbound {
        id: id.to_owned(),
        channel: Channel::Voice,
        from: sender(Channel::Voice, LUPE),
        body,
        ..inbound(id)
    };
    let (row, unit) = (shelf.ids.next(), shelf.unit().await);
    inbox::insert(&*unit, row, person, &said, None, "t", NOW).await.unwrap();
    unit.commit().await.unwrap();
    (person, row)
}

async fn turn_of(shelf: &Shelf, id: &str) -> TurnOf {
    store::spoken::turn_of(shelf.store.read(), "1", id).await.unwrap()
}

pub async fn a_calls_message_waits_until_its_turn_is_done(shelf: Shelf) {
    assert_eq!(turn_of(&shelf, "CA1:start").await, TurnOf::Unknown);
    let (person, row) = call_says(&shelf, "CA1:start", Body::Call { event: CallEvent::Started }).await;
    assert_eq!(turn_of(&shelf, "CA1:start").await, TurnOf::Waiting { person });
    let unit = shelf.unit().await;
    inbox::done(&unit, row, 4).await.unwrap();
    unit.commit().await.unwrap();
    assert_eq!(turn_of(&shelf, "CA1:start").await, TurnOf::Done { person, turn: 4 });
}

async fn said(shelf: &Shelf, person: Uuid) -> Vec<String> {
    let messages = store::spoken::of_turn(shelf.store.read(), person, 1).await.unwrap();
    messages.iter().map(|message| message.text().to_owned()).collect()
}

pub async fn what_a_turn_said_is_the_same_however_often_it_is_asked(shelf: Shelf) {
    let person = shelf.person(LUPE).await;
    shelf.reply(person, 1, Channel::Voice).await;
    assert_eq!(said(&shelf, person).await, ["respuesta 1"]);
    let unit = shelf.unit().await;
    store::spoken::fetched(&unit, person, 1, "CA1", NOW).await.unwrap();
    unit.commit().await.unwrap();
    assert_eq!(said(&shelf, person).await, ["respuesta 1"]);
    assert!(shelf.next(person).await.is_none(), "nobody sends it");
}

pub async fn what_a_call_fetched_is_accepted_once(shelf: Shelf) {
    let person = shelf.person(LUPE).await;
    shelf.reply(person, 1, Channel::Voice).await;
    let unit = shelf.unit().await;
    assert_eq!(store::spoken::fetched(&unit, person, 1, "CA1", NOW).await.unwrap(), 1);
    assert_eq!(store::spoken::fetched(&unit, person, 1, "CA1", NOW).await.unwrap(), 0);
}

pub async fn what_no_call_came_for_has_failed(shelf: Shelf) {
    let person = shelf.person(LUPE).await;
    shelf.reply(person, 1, Channel::Voice).await;
    shelf.reply(person, 2, Channel::Whatsapp).await;
    let unit = shelf.unit().await;
    assert_eq!(store::spoken::unheard(&unit, &busy(), NOW, NOW).await.unwrap(), 0, "the call may still come");
    assert_eq!(store::spoken::unheard(&unit, &busy(), NOW + 1, NOW).await.unwrap(), 1);
}

pub async fn the_turns_of_one_call_are_counted(shelf: Shelf) {
    for id in ["CA1:start", "CA1:report.place.1:0", "CA12:start"] {
        call_says(&shelf, id, Body::Silence).await;
    }
    assert_eq!(store::spoken::turns_of_call(shelf.store.read(), "1", "CA1").await.unwrap(), 2);
}

pub async fn a_call_is_over_when_the_provider_says_so(shelf: Shelf) {
    let over = async || store::spoken::is_over(shelf.store.read(), "1", "CA1").await.unwrap();
    assert!(!over().await);
    call_says(&shelf, "CA1:ended", Body::Call { event: CallEvent::Ended }).await;
    assert!(over().await);
}
