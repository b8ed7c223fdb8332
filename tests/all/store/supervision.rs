//! Promises about supervision: answers that await approval, and talks that the bot leads.

use uuid::Uuid;
use ventanilla::{
    staff::{Abilities, Role},
    store::{
        self,
        conversations::{Conversation, Owner, Trouble},
        desk::{Queue, Viewer},
        handovers::HandoverRow,
        proposals::{Decision, ProposalRow, ProposalState},
        staff::StaffRow,
    },
};
use ventanilla_adapters::{Channel, Outbound};
use ventanilla_flows::Session;
use ventanilla_values::Lang;

use super::shelf::{NOW, Shelf};

/// Somebody who learns.
async fn trainee(shelf: &Shelf) -> StaffRow {
    let row = StaffRow {
        id: shelf.ids.next(),
        email: format!("{}@example.mx", shelf.ids.next()),
        name: "Luis".to_owned(),
        language: "es".to_owned(),
        password_hash: None,
        totp: None,
        totp_since: None,
        totp_step: 0,
        roles: vec![Role::Agent],
        departments: Vec::new(),
        abilities: Abilities { supervised: true, ..Abilities::default() },
        active: true,
        created_at: NOW,
        last_seen_at: None,
    };
    let unit = shelf.unit().await;
    store::staff::insert(&unit, &row).await.unwrap();
    unit.commit().await.unwrap();
    row
}

/// A chat in which something was proposed at these moments (after `NOW`).
async fn proposed(shelf: &Shelf, phone: &str, moments: &[i64]) -> (HandoverRow, Vec<ProposalRow>) {
    let person = shelf.person(phone).await;
    let entry = shelf.queue(person, 1, "normal", NOW).await;
    let staff = trainee(shelf).await;
    let mut rows = Vec::new();
    for moment in moments {
        let row = ProposalRow {
            id: shelf.ids.next(),
            handover: entry.id,
            staff: staff.id,
            said_by: staff.name.clone(),
            outbound: Outbound { text: format!("respuesta {moment}"), ..Outbound::default() },
            state: ProposalState::Waiting,
            created_at: NOW + moment,
            decided_by: None,
            decided_name: None,
            sent_text: None,
            sent_id: None,
            reason: None,
            news: false,
        };
        let unit = shelf.unit().await;
        store::proposals::insert(&unit, &row).await.unwrap();
        unit.commit().await.unwrap();
        rows.push(row);
    }
    (entry, rows)
}

const BOSS: Uuid = Uuid::from_u128(0xb0);

fn approved(sent: Uuid) -> Decision<'static> {
    Decision {
        state: ProposalState::Approved,
        by: BOSS,
        name: "Marta",
        sent_text: Some("mejor así"),
        sent_id: Some(sent),
        reason: None,
    }
}

async fn decide(shelf: &Shelf, id: Uuid, decision: &Decision<'_>) -> bool {
    let unit = shelf.unit().await;
    let decided = store::proposals::decide(&unit, id, decision, NOW + 50).await.unwrap();
    unit.commit().await.unwrap();
    decided
}

async fn now(shelf: &Shelf, row: &ProposalRow) -> ProposalRow {
    store::proposals::of_chat(shelf.store.read(), row.handover, row.id).await.unwrap().unwrap()
}

pub async fn a_proposal_waits_apart_from_the_outbox(shelf: Shelf) {
    let (entry, rows) = proposed(&shelf, "+520000000001", &[1]).await;
    assert_eq!(now(&shelf, &rows[0]).await, rows[0]);
    assert_eq!((shelf.depth().await, shelf.next(entry.person_id).await.is_none()), (0, true));
    shelf.message(entry.person_id, "uno", NOW + 1).await;
    assert!(!now(&shelf, &rows[0]).await.news, "it came before");
    shelf.message(entry.person_id, "dos", NOW + 2).await;
    assert!(now(&shelf, &rows[0]).await.news);
}

pub async fn a_proposal_is_found_in_its_chat_only(shelf: Shelf) {
    let (_, rows) = proposed(&shelf, "+520000000001", &[1]).await;
    let (other, _) = proposed(&shelf, "+520000000002", &[]).await;
    let found = store::proposals::of_chat(shelf.store.read(), other.id, rows[0].id).await.unwrap();
    assert_eq!(found, None);
}

pub async fn a_proposal_is_found_by_the_reply_it_became(shelf: Shelf) {
    let (entry, rows) = proposed(&shelf, "+520000000001", &[1, 2]).await;
    let sent = shelf.reply(entry.person_id, 2, Channel::Whatsapp).await;
    decide(&shelf, rows[1].id, &approved(sent)).await;
    let found = store::proposals::of_reply(shelf.store.read(), sent).await.unwrap().unwrap();
    assert_eq!(found.id, rows[1].id);
    assert_eq!(store::proposals::of_reply(shelf.store.read(), shelf.ids.next()).await.unwrap(), None);
}

pub async fn the_proposals_of_a_person_are_told_in_order(shelf: Shelf) {
    let (entry, rows) = proposed(&shelf, "+520000000001", &[3, 1, 2]).await;
    proposed(&shelf, "+520000000002", &[9]).await;
    let told = store::proposals::last(shelf.store.read(), entry.person_id, 2).await.unwrap();
    assert_eq!(told.iter().map(|row| row.id).collect::<Vec<_>>(), [rows[2].id, rows[0].id]);
}

pub async fn the_oldest_proposal_waits_first(shelf: Shelf) {
    let (entry, rows) = proposed(&shelf, "+520000000001", &[2, 1]).await;
    let waiting = async || store::proposals::waiting(shelf.store.read(), entry.id).await.unwrap();
    assert_eq!(waiting().await.unwrap().id, rows[1].id);
    decide(&shelf, rows[1].id, &approved(shelf.ids.next())).await;
    assert_eq!(waiting().await.unwrap().id, rows[0].id);
    decide(&shelf, rows[0].id, &approved(shelf.ids.next())).await;
    assert_eq!(waiting().await, None);
}

pub async fn chats_with_a_waiting_proposal_are_counted_once(shelf: Shelf) {
    let (first, _) = proposed(&shelf, "+520000000001", &[5, 6]).await;
    let (second, rows) = proposed(&shelf, "+520000000002", &[1]).await;
    let (closed, _) = proposed(&shelf, "+520000000003", &[1]).await;
    let unit = shelf.unit().await;
    store::handovers::close(&unit, closed, "nothing", NOW).await.unwrap();
    unit.commit().await.unwrap();
    assert_eq!(store::proposals::chats_waiting(shelf.store.read()).await.unwrap(), 2);
    let page = store::desk::page(shelf.store.read(), &Viewer::SERVER, Queue::Approval, 9, 0).await.unwrap();
    let ids: Vec<Uuid> = page.into_iter().map(|row| row.entry.id).collect();
    assert_eq!(ids, [second.id, first.id], "who waits longest comes first");
    decide(&shelf, rows[0].id, &approved(shelf.ids.next())).await;
    assert_eq!(store::proposals::chats_waiting(shelf.store.read()).await.unwrap(), 1);
}

pub async fn a_proposal_is_decided_once(shelf: Shelf) {
    let (_, rows) = proposed(&shelf, "+520000000001", &[1]).await;
    let returned = Decision {
        state: ProposalState::Returned,
        sent_text: None,
        sent_id: None,
        reason: Some("falta el saludo"),
        ..approved(Uuid::nil())
    };
    assert!(decide(&shelf, rows[0].id, &returned).await);
    assert!(!decide(&shelf, rows[0].id, &approved(shelf.ids.next())).await);
    let row = now(&shelf, &rows[0]).await;
    assert_eq!((row.state, row.reason.as_deref()), (ProposalState::Returned, Some("falta el saludo")));
    assert_eq!((row.decided_by, row.decided_name.as_deref()), (Some(BOSS), Some("Marta")));
}

pub async fn an_approval_that_was_taken_back_waits_again(shelf: Shelf) {
    let (_, rows) = proposed(&shelf, "+520000000001", &[1]).await;
    decide(&shelf, rows[0].id, &approved(shelf.ids.next())).await;
    assert_eq!(now(&shelf, &rows[0]).await.sent_text.as_deref(), Some("mejor así"));
    let unit = shelf.unit().await;
    store::proposals::reopen(&unit, rows[0].id).await.unwrap();
    unit.commit().await.unwrap();
    assert_eq!(now(&shelf, &rows[0]).await, rows[0]);
}

pub async fn a_chat_that_staff_touched_is_another(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let entry = shelf.queue(person, 1, "normal", NOW).await;
    let unit = shelf.unit().await;
    let touched = store::handovers::touch(&unit, entry.clone()).await.unwrap();
    unit.commit().await.unwrap();
    assert_eq!(touched, HandoverRow { version: entry.version + 1, ..entry });
}

async fn talk(shelf: &Shelf, phone: &str, heard_at: i64, owner: Owner, trouble: Trouble) -> Uuid {
    let person = shelf.person(phone).await;
    let talk = Conversation {
        turn: 1,
        heard_at: Some(NOW + heard_at),
        owner,
        trouble,
        channel: Some(Channel::Whatsapp),
        ..Conversation::new(person)
    };
    let unit = shelf.unit().await;
    store::conversations::save(&unit, &talk, &Session::new(Lang::ES), NOW).await.unwrap();
    unit.commit().await.unwrap();
    person
}

/// Two that go well, one that does not, one about a danger; one that is over, and one that the queue has.
async fn talks(shelf: &Shelf) -> Vec<Uuid> {
    let (well, missed) = (Trouble::default(), Trouble { missed: 1, danger: false });
    let danger = Trouble { missed: 0, danger: true };
    vec![
        talk(shelf, "+520000000001", 5, Owner::Bot, well).await,
        talk(shelf, "+520000000002", 9, Owner::Bot, well).await,
        talk(shelf, "+520000000003", 3, Owner::Bot, missed).await,
        talk(shelf, "+520000000004", 1, Owner::Bot, danger).await,
        talk(shelf, "+520000000005", -1, Owner::Bot, danger).await,
        talk(shelf, "+520000000006", 9, Owner::Queue, missed).await,
    ]
}

pub async fn talks_in_trouble_come_first(shelf: Shelf) {
    let people = talks(&shelf).await;
    let page = async |limit, offset| {
        let page = store::bot_talks::page(shelf.store.read(), NOW, limit, offset).await.unwrap();
        page.into_iter().map(|row| row.conversation.person).collect::<Vec<_>>()
    };
    assert_eq!(page(9, 0).await, [people[3], people[2], people[1], people[0]]);
    assert_eq!(page(2, 1).await, [people[2], people[1]]);
}

pub async fn only_talks_of_the_bot_are_counted(shelf: Shelf) {
    talks(&shelf).await;
    assert_eq!(store::bot_talks::count(shelf.store.read(), NOW).await.unwrap(), 4);
    assert_eq!(store::bot_talks::count(shelf.store.read(), NOW + 4).await.unwrap(), 2);
}

pub async fn the_talk_of_a_person_is_found(shelf: Shelf) {
    let people = talks(&shelf).await;
    let found = store::bot_talks::of(shelf.store.read(), people[2]).await.unwrap().unwrap();
    assert_eq!((found.name.as_deref(), found.conversation.trouble.missed), (Some("Lupe"), 1));
    assert_eq!(store::bot_talks::of(shelf.store.read(), shelf.ids.next()).await.unwrap(), None);
}
