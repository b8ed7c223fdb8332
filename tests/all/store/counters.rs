//! Promises of the desk: queues, notes beside a talk, canned replies.

use uuid::Uuid;
use ventanilla::store::{
    self,
    canned::CannedReply,
    chat_log::{Kind, LogLine},
    conversations::{Conversation, Owner},
    desk::{Queue, Viewer},
    handovers::HandoverRow,
    media::MediaFile,
};
use ventanilla_adapters::Channel;
use ventanilla_flows::Session;
use ventanilla_values::Lang;

use super::shelf::{NOW, Shelf};

const ROSA: Uuid = Uuid::from_u128(0x0a);
const ANA: Uuid = Uuid::from_u128(0x0b);

pub(super) async fn change<T>(shelf: &Shelf, made: impl AsyncFnOnce(&store::Unit) -> T) -> T {
    let unit = shelf.unit().await;
    let made = made(&unit).await;
    unit.commit().await.unwrap();
    made
}

async fn claimed(shelf: &Shelf, entry: HandoverRow, staff: Uuid, name: &str) -> HandoverRow {
    change(shelf, async |unit| store::handovers::claim(unit, entry, Some(staff), name).await.unwrap()).await
}

/// Five chats: two that nobody attends (one in danger), one of Rosa's that waits for her, one that she answered, one of
/// Ana's.
async fn busy(shelf: &Shelf) -> Vec<HandoverRow> {
    let mut rows = Vec::new();
    for (n, priority) in (1..=5).zip(["normal", "crisis", "normal", "normal", "normal"]) {
        let person = shelf.person(&format!("+52000000000{n}")).await;
        rows.push(shelf.queue(person, 1, priority, NOW + n).await);
    }
    rows[2] = claimed(shelf, rows[2].clone(), ROSA, "Rosa").await;
    rows[3] = claimed(shelf, rows[3].clone(), ROSA, "Rosa").await;
    rows[4] = claimed(shelf, rows[4].clone(), ANA, "Ana").await;
    let answered = rows[3].clone();
    rows[3] =
        change(shelf, async |unit| store::handovers::answered(unit, answered, NOW + 9).await.unwrap()).await;
    rows
}

const ALL: Viewer<'_> = Viewer { staff: ROSA, departments: None, sensitive: true };

async fn seen(shelf: &Shelf, viewer: Viewer<'_>, queue: Queue) -> Vec<Uuid> {
    let page = store::desk::page(shelf.store.read(), &viewer, queue, 50, 0).await.unwrap();
    page.into_iter().map(|row| row.entry.id).collect()
}

pub async fn each_queue_has_its_chats_in_the_order_of_need(shelf: Shelf) {
    let rows = busy(&shelf).await;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    assert_eq!(seen(&shelf, ALL, Queue::Unanswered).await, [ids[1], ids[0]], "the crisis first");
    assert_eq!(seen(&shelf, ALL, Queue::Mine).await, [ids[2], ids[3]], "who was answered comes last");
    assert_eq!(seen(&shelf, ALL, Queue::Waiting).await, [ids[3]]);
    assert_eq!(seen(&shelf, ALL, Queue::Team).await, [ids[4]]);
    change(&shelf, async |unit| {
        store::handovers::close(unit, rows[0].clone(), "nothing", NOW + 20).await.unwrap();
    })
    .await;
    assert_eq!(seen(&shelf, ALL, Queue::History).await, [ids[0]]);
    let second = store::desk::page(shelf.store.read(), &ALL, Queue::Mine, 1, 1).await.unwrap();
    assert_eq!(second[0].entry.id, ids[3], "the second page");
}

pub async fn who_is_of_a_department_sees_its_chats_only(shelf: Shelf) {
    let rows = busy(&shelf).await;
    change(&shelf, async |unit| {
        store::handovers::put_back(unit, rows[0].clone(), Some("water"), None, false).await.unwrap();
    })
    .await;
    let (water, parks) = (["water".to_owned()], ["parks".to_owned(), "wat".to_owned()]);
    let own = Viewer { staff: ANA, departments: Some(&water), sensitive: true };
    let others = Viewer { staff: Uuid::from_u128(9), departments: Some(&parks), sensitive: true };
    let found = async |viewer: Viewer<'_>, n: usize| {
        store::desk::chat(shelf.store.read(), &viewer, rows[n].id).await.unwrap().is_some()
    };
    assert!(found(own, 0).await, "of her department");
    assert!(found(own, 4).await, "she attends it herself");
    assert!(!found(own, 1).await);
    assert!(!found(others, 0).await, "no part of a name counts");
    assert!(found(ALL, 1).await);
    let saw = async |viewer: Viewer<'_>, n: usize| {
        store::desk::ever_saw(shelf.store.read(), &viewer, rows[n].person_id).await.unwrap()
    };
    assert!(saw(own, 0).await && !saw(own, 1).await && !saw(others, 0).await && saw(ALL, 1).await);
    assert_eq!(seen(&shelf, own, Queue::Unanswered).await, [rows[0].id]);
}

pub async fn what_is_private_is_kept_from_who_may_not_read_it(shelf: Shelf) {
    let rows = busy(&shelf).await;
    let kept = async |n: usize| {
        let unit = shelf.store.unit().await.unwrap();
        let kept = store::handovers::keep_within(&unit, rows[n].person_id, "water").await.unwrap();
        unit.commit().await.unwrap();
        kept
    };
    assert!(kept(0).await && !kept(0).await, "once");
    assert!(!kept(4).await, "somebody attends it");
    let plain = Viewer { sensitive: false, ..ALL };
    assert_eq!(seen(&shelf, plain, Queue::Unanswered).await, [rows[1].id]);
    assert_eq!(seen(&shelf, ALL, Queue::Unanswered).await, [rows[1].id, rows[0].id]);
    let found = async |viewer: Viewer<'_>| {
        store::desk::chat(shelf.store.read(), &viewer, rows[0].id).await.unwrap().map(|row| row.entry)
    };
    assert_eq!(found(plain).await, None);
    let entry = found(ALL).await.unwrap();
    assert_eq!((entry.sensitive, entry.department.as_deref()), (true, Some("water")));
    let counts =
        async |viewer: Viewer<'_>| store::desk::counts(shelf.store.read(), &viewer).await.unwrap().unanswered;
    assert_eq!((counts(plain).await, counts(ALL).await), (1, 2));
    assert!(!store::desk::ever_saw(shelf.store.read(), &plain, rows[0].person_id).await.unwrap());
    change(&shelf, async |unit| {
        store::handovers::put_back(unit, entry, None, None, false).await.unwrap();
    })
    .await;
    assert!(found(plain).await.is_some(), "passed on to everybody it is everybody's");
}

pub async fn the_queues_are_counted(shelf: Shelf) {
    busy(&shelf).await;
    let counts = store::desk::counts(shelf.store.read(), &ALL).await.unwrap();
    assert_eq!((counts.unanswered, counts.mine, counts.team, counts.waiting), (2, 2, 1, 1));
}

pub async fn the_chats_of_each_colleague_are_counted(shelf: Shelf) {
    busy(&shelf).await;
    let mut loads = store::desk::loads(shelf.store.read()).await.unwrap();
    loads.sort_unstable();
    assert_eq!(loads, [(ROSA, 2), (ANA, 1)]);
}

pub async fn the_chats_of_each_colleague_are_counted_by_channel(shelf: Shelf) {
    let rows = busy(&shelf).await;
    for (row, channel) in rows.iter().zip([None, None, Some(Channel::Voice), Some(Channel::Sms), None]) {
        let next = Conversation { turn: 1, channel, ..Conversation::new(row.person_id) };
        let session = Session::new(Lang::ES);
        change(&shelf, async |unit| store::conversations::save(unit, &next, &session, NOW).await.unwrap())
            .await;
    }
    let mut loads = store::desk::loads_by_channel(shelf.store.read()).await.unwrap();
    loads.sort_unstable();
    assert_eq!(
        loads,
        [(ROSA, Channel::Sms, 1), (ROSA, Channel::Voice, 1)],
        "talks of nobody's channel are left out"
    );
}

pub async fn what_the_figures_need_is_read(shelf: Shelf) {
    busy(&shelf).await;
    let chats = store::desk::since(shelf.store.read(), NOW + 4).await.unwrap();
    let waits: Vec<_> = chats.iter().map(|chat| (chat.opened_at - NOW, chat.answered_at)).collect();
    assert_eq!(waits, [(4, Some(NOW + 9)), (5, None)]);
}

pub async fn a_chat_that_is_put_back_waits_again(shelf: Shelf) {
    let rows = busy(&shelf).await;
    let back = change(&shelf, async |unit| {
        store::handovers::put_back(unit, rows[3].clone(), None, Some(NOW + 99), false).await.unwrap()
    })
    .await;
    assert_eq!((back.agent.clone(), back.staff_id, back.waiting_since), (None, None, Some(NOW + 9)));
    assert_eq!((back.version, back.due_at), (rows[3].version + 1, Some(NOW + 99)));
}

pub async fn an_answer_ends_the_waiting(shelf: Shelf) {
    let rows = busy(&shelf).await;
    let row = &rows[3];
    assert_eq!((row.waiting_since, row.answered_at, row.unread), (None, Some(NOW + 9), 0));
    let again =
        change(&shelf, async |unit| store::handovers::answered(unit, row.clone(), NOW + 30).await.unwrap())
            .await;
    assert_eq!((again.answered_at, again.last_at), (Some(NOW + 9), NOW + 30), "the first answer counts");
}

pub async fn who_writes_again_waits_again(shelf: Shelf) {
    let rows = busy(&shelf).await;
    for (messages, at) in [(2, 40), (1, 50)] {
        change(&shelf, async |unit| {
            store::handovers::heard(unit, rows[3].person_id, messages, NOW + at, Some(NOW + 70))
                .await
                .unwrap();
        })
        .await;
    }
    let row = store::handovers::by_id(shelf.store.read(), rows[3].id).await.unwrap().unwrap();
    assert_eq!((row.waiting_since, row.unread, row.last_at), (Some(NOW + 40), 3, NOW + 50));
    assert_eq!(row.due_at, Some(NOW + 70));
    assert_eq!(row.version, rows[3].version, "a citizen who writes makes no agent's screen old");
}

pub async fn the_chats_of_a_colleague_are_found(shelf: Shelf) {
    let rows = busy(&shelf).await;
    let held = store::handovers::held_by(shelf.store.read(), ROSA).await.unwrap();
    assert_eq!(held.iter().map(|row| row.id).collect::<Vec<_>>(), [rows[2].id, rows[3].id]);
}

pub async fn a_conversation_given_away_makes_the_turn_under_way_old(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let before = shelf.talked(person).await;
    change(&shelf, async |unit| {
        store::conversations::give_to(unit, person, Owner::Agent).await.unwrap();
        store::conversations::give_to(unit, person, Owner::Agent).await.unwrap();
    })
    .await;
    let now = store::conversations::load(shelf.store.read(), person).await.unwrap();
    assert_eq!((now.owner, now.turn), (Owner::Agent, before + 1), "once");
}

pub async fn only_what_waits_is_taken_back(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let (first, second) =
        (shelf.undoable(person, 1, NOW + 5).await, shelf.undoable(person, 2, NOW + 5).await);
    let bot = shelf.reply(person, 3, Channel::Whatsapp).await;
    let take = async |id, person, now| {
        change(&shelf, async |unit| store::outbox::take_back(unit, id, person, now).await.unwrap()).await
    };
    let stranger = shelf.person("+520000000002").await;
    assert!(!take(first, stranger, NOW).await, "of somebody else");
    assert!(!take(first, person, NOW + 5).await, "its time has come");
    assert!(!take(bot, person, NOW - 9).await, "the bot's");
    assert!(take(first, person, NOW + 4).await);
    assert!(!take(first, person, NOW + 4).await, "once");
    assert_eq!(shelf.next(person).await.unwrap().id, second);
}

pub async fn what_colleagues_note_is_told_in_order(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let entry = shelf.queue(person, 1, "normal", NOW).await;
    for (n, kind) in [(1, Kind::Claimed), (2, Kind::Note), (3, Kind::Closed)] {
        let line = LogLine {
            id: shelf.ids.next(),
            handover: entry.id,
            person,
            kind,
            staff: Some(ROSA),
            said_by: "Rosa".to_owned(),
            text: format!("nota {n}"),
            at: NOW + n,
        };
        change(&shelf, async |unit| store::chat_log::write(unit, &line).await.unwrap()).await;
    }
    let told = store::chat_log::last(shelf.store.read(), person, 2).await.unwrap();
    let told: Vec<_> = told.iter().map(|line| (line.kind, line.text.as_str(), line.staff)).collect();
    assert_eq!(told, [(Kind::Note, "nota 2", Some(ROSA)), (Kind::Closed, "nota 3", Some(ROSA))]);
}

fn hours(id: Uuid, language: &str) -> CannedReply {
    CannedReply {
        id,
        shortcut: "horario".to_owned(),
        language: language.to_owned(),
        title: "Horario".to_owned(),
        text: "Abrimos de 8 a 15.".to_owned(),
    }
}

pub async fn a_canned_reply_has_its_shortcut_for_itself(shelf: Shelf) {
    let put = async |reply: &CannedReply| {
        let unit = shelf.unit().await;
        let put = store::canned::put(&unit, reply, NOW).await;
        if put.is_ok() {
            unit.commit().await.unwrap();
        }
        put
    };
    let (first, second) = (shelf.ids.next(), shelf.ids.next());
    put(&hours(first, "es")).await.unwrap();
    put(&hours(second, "en")).await.unwrap();
    assert!(put(&hours(shelf.ids.next(), "es")).await.unwrap_err().is_duplicate());
    put(&CannedReply { text: "Abrimos de 9 a 14.".to_owned(), ..hours(first, "es") }).await.unwrap();
    let found = store::canned::by_id(shelf.store.read(), first).await.unwrap().unwrap();
    assert_eq!(found.text, "Abrimos de 9 a 14.");
}

pub async fn canned_replies_are_listed_by_shortcut(shelf: Shelf) {
    for (shortcut, language) in [("saludo", "es"), ("horario", "es"), ("horario", "en")] {
        let reply = CannedReply { shortcut: shortcut.to_owned(), ..hours(shelf.ids.next(), language) };
        change(&shelf, async |unit| store::canned::put(unit, &reply, NOW).await.unwrap()).await;
    }
    let all = store::canned::list(shelf.store.read()).await.unwrap();
    let told: Vec<_> = all.iter().map(|one| (one.shortcut.as_str(), one.language.as_str())).collect();
    assert_eq!(told, [("horario", "en"), ("horario", "es"), ("saludo", "es")]);
}

pub async fn a_canned_reply_is_taken_away(shelf: Shelf) {
    let id = shelf.ids.next();
    change(&shelf, async |unit| store::canned::put(unit, &hours(id, "es"), NOW).await.unwrap()).await;
    assert!(change(&shelf, async |unit| store::canned::remove(unit, id).await.unwrap()).await);
    assert!(!change(&shelf, async |unit| store::canned::remove(unit, id).await.unwrap()).await);
}

pub async fn the_newest_reports_of_a_person_come_first(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let other = shelf.person("+520000000002").await;
    shelf.report(other, 1, "PC-0000-0009").await.unwrap();
    for (turn, folio) in [(1, "PC-0000-0001"), (2, "PC-0000-0002")] {
        shelf.report(person, turn, folio).await.unwrap();
    }
    let own = store::reports::of_person(shelf.store.read(), person, 5).await.unwrap();
    assert_eq!(own.len(), 2);
    assert!(own.iter().all(|report| report.person_id == Some(person)));
}

pub async fn the_message_that_brought_a_photo_is_noted(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let message = shelf.message(person, "wamid.1", NOW).await;
    let file = MediaFile {
        id: shelf.ids.next(),
        person,
        mime: "image/jpeg".to_owned(),
        bytes: 3,
        sha256: "00".to_owned(),
    };
    change(&shelf, async |unit| {
        store::media::insert(unit, &file, NOW).await.unwrap();
        store::media::came_with(unit, file.id, message).await.unwrap();
    })
    .await;
    let lines = store::transcript::last(shelf.store.read(), person, 5).await.unwrap();
    assert_eq!(lines[0].photo, Some(file.id));
    assert_eq!(lines[0].id, message);
}
