//! Promises about the ledger of consents.

use uuid::Uuid;
use ventanilla::store::{
    self,
    consents::{ConsentSource, ConsentState, NewConsent, Purpose},
};
use ventanilla_adapters::Channel;

use super::shelf::{NOW, Shelf};

use ConsentState::{Granted, Withdrawn};

/// A row to add; `at` is milliseconds after [`NOW`].
struct Row {
    purpose: Purpose,
    channel: Option<Channel>,
    state: ConsentState,
    evidence: &'static str,
    at: i64,
}

const NEWS: Row = Row { purpose: Purpose::News, channel: None, state: Granted, evidence: "wamid.1", at: 0 };

async fn record(shelf: &Shelf, person: Uuid, row: Row) -> bool {
    let unit = shelf.unit().await;
    let new = NewConsent {
        id: shelf.ids.next(),
        person,
        purpose: row.purpose,
        channel: row.channel,
        state: row.state,
        text_shown: "¿Te mando noticias?",
        evidence: row.evidence,
        source: ConsentSource::Flow,
        at: NOW + row.at,
    };
    let recorded = store::consents::record(&unit, &new).await.unwrap();
    unit.commit().await.unwrap();
    recorded
}

pub async fn the_same_message_says_a_thing_once(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    assert!(record(&shelf, person, NEWS).await);
    assert!(!record(&shelf, person, Row { at: 5, ..NEWS }).await, "the same message again");
    for other in [
        Row { evidence: "wamid.2", ..NEWS },
        Row { purpose: Purpose::Surveys, ..NEWS },
        Row { channel: Some(Channel::Whatsapp), ..NEWS },
        Row { state: Withdrawn, ..NEWS },
    ] {
        assert!(record(&shelf, person, other).await);
    }
    assert_eq!(store::consents::history(shelf.store.read(), person).await.unwrap().len(), 5);
}

pub async fn the_newest_row_that_applies_holds(shelf: Shelf) {
    let (lupe, beto) = (shelf.person("+520000000001").await, shelf.person("+520000000002").await);
    let state = async |person, purpose, channel| {
        store::consents::state(shelf.store.read(), person, purpose, channel).await.unwrap()
    };
    let (news, whatsapp, page) = (Purpose::News, Channel::Whatsapp, Channel::Webchat);
    assert_eq!(state(lupe, news, whatsapp).await, None, "nobody asked her");
    record(&shelf, lupe, NEWS).await;
    assert_eq!(state(lupe, news, whatsapp).await, Some(Granted));
    record(
        &shelf,
        lupe,
        Row { channel: Some(whatsapp), state: Withdrawn, evidence: "wamid.2", at: 1, ..NEWS },
    )
    .await;
    assert_eq!(state(lupe, news, whatsapp).await, Some(Withdrawn));
    assert_eq!(state(lupe, news, page).await, Some(Granted), "only here");
    record(&shelf, lupe, Row { evidence: "wamid.3", at: 2, ..NEWS }).await;
    assert_eq!(state(lupe, news, whatsapp).await, Some(Granted), "everywhere, and later");
    record(&shelf, lupe, Row { state: Withdrawn, evidence: "wamid.0", at: -9, ..NEWS }).await;
    assert_eq!(state(lupe, news, whatsapp).await, Some(Granted), "an older one that arrives late");
    assert_eq!(state(lupe, Purpose::Surveys, whatsapp).await, None);
    assert_eq!(state(beto, news, whatsapp).await, None);
}

pub async fn the_ledger_is_told_in_order(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    let here = Some(Channel::Webchat);
    record(&shelf, person, Row { channel: here, state: Withdrawn, evidence: "wamid.2", at: 7, ..NEWS }).await;
    for purpose in [
        Purpose::CaseUpdates,
        Purpose::Suggestions,
        Purpose::Emergencies,
        Purpose::Surveys,
        Purpose::ContinueBySms,
    ] {
        record(&shelf, person, Row { purpose, ..NEWS }).await;
    }
    let rows = store::consents::history(shelf.store.read(), person).await.unwrap();
    let told: Vec<&str> = rows.iter().map(|row| row.purpose.as_str()).collect();
    assert_eq!(told, ["case_updates", "suggestions", "emergencies", "surveys", "continue_by_sms", "news"]);
    let last = rows.last().unwrap();
    assert_eq!((last.channel, last.state, last.at), (here, Withdrawn, NOW + 7));
    assert_eq!((last.text_shown.as_str(), last.evidence.as_str()), ("¿Te mando noticias?", "wamid.2"));
    assert_eq!((last.source, rows[0].channel), (ConsentSource::Flow, None));
}

pub async fn the_message_that_a_turn_answered_is_found(shelf: Shelf) {
    let person = shelf.person("+520000000001").await;
    for id in ["wamid.1", "wamid.2"] {
        let row = shelf.message(person, id, NOW).await;
        let unit = shelf.unit().await;
        store::inbox::done(&unit, row, 4).await.unwrap();
        unit.commit().await.unwrap();
    }
    let message = async |turn| store::consents::message_of(shelf.store.read(), person, turn).await.unwrap();
    assert_eq!(message(4).await.map(|inbound| inbound.id).as_deref(), Some("wamid.2"));
    assert!(message(5).await.is_none());
}
