//! Talks in which nobody writes: one reminder, what is left unfinished, and when it is gone.

use std::time::Duration;

use ventanilla::{
    config::Config,
    conversation,
    store::{self, blocks::Block, handovers::HandoverRow},
};
use ventanilla_adapters::Channel;

use crate::support::{TestApp, citizen::Citizen};

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DRAFTS: &str = "SELECT COUNT(*) AS n FROM conversations WHERE session_json LIKE '%\"slots\":[[%'";

async fn later(app: &TestApp, seconds: u64) {
    app.advance(Duration::from_secs(seconds)).await;
}

/// Up to "¿De qué tamaño es?".
async fn begins(citizen: &mut Citizen<'_>) {
    for words in ["hay un bache", "no"] {
        citizen.asks(words).await;
    }
}

fn is_reminder(heard: &[String]) -> bool {
    let said = heard.join("\n").replace('*', "");
    said.contains("sigo para ayudarte con esto: bache.")
}

#[tokio::test]
async fn who_left_a_question_open_is_reminded_once_and_its_buttons_work() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    begins(&mut lupe).await;
    later(&app, 29 * MINUTE).await;
    assert!(lupe.hears().await.is_empty(), "too early");
    later(&app, MINUTE).await;
    let heard = lupe.hears().await;
    assert!(is_reminder(&heard), "{heard:?}");
    assert!(heard.len() == 1 && heard[0].contains("¿De qué tamaño es?\n[Chico"), "{heard:?}");
    later(&app, HOUR).await;
    assert!(lupe.hears().await.is_empty(), "once is enough");
    lupe.presses("Chico, como un plato").await;
    assert!(lupe.hears().await.join("").contains("¿Dónde está?"));
    later(&app, HOUR).await;
    assert!(lupe.hears().await.is_empty(), "once in a talk, whatever is asked next");
}

#[tokio::test]
async fn the_next_talk_has_a_reminder_of_its_own() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    begins(&mut lupe).await;
    later(&app, 31 * MINUTE).await;
    assert!(is_reminder(&lupe.hears().await));
    lupe.asks("cancelar").await;
    begins(&mut lupe).await;
    later(&app, 31 * MINUTE).await;
    assert!(is_reminder(&lupe.hears().await));
}

#[tokio::test]
async fn who_wrote_meanwhile_is_reminded_of_what_is_open_then() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    begins(&mut lupe).await;
    later(&app, 20 * MINUTE).await;
    lupe.asks("chico").await;
    later(&app, 20 * MINUTE).await;
    assert!(lupe.hears().await.is_empty());
    later(&app, 10 * MINUTE).await;
    let heard = lupe.hears().await;
    assert!(is_reminder(&heard) && heard.join("").contains("¿Dónde está?"), "{heard:?}");
}

#[tokio::test]
async fn at_night_the_reminder_waits_for_the_morning() {
    let app = TestApp::builder().at("2026-11-23T20:40:00-06:00").start().await;
    let mut lupe = app.citizen("Lupe");
    begins(&mut lupe).await;
    later(&app, HOUR).await;
    later(&app, 10 * HOUR).await;
    assert!(lupe.hears().await.is_empty(), "it is 7:40");
    later(&app, 20 * MINUTE).await;
    assert!(is_reminder(&lupe.hears().await), "it is 8:00");
}

#[tokio::test]
async fn nobody_is_reminded_of_what_is_private_or_of_what_nobody_has_to_answer() {
    let app = TestApp::new().await;
    let talks = [
        ("Lupe", "quiero denunciar a un policía que me pidió dinero"),
        ("Beto", "hola"),
        ("Ana", "mi esposo me pega"),
        ("Rosa", "quiero hablar con una persona"),
    ];
    let mut people: Vec<Citizen<'_>> = talks.iter().map(|(name, _)| app.citizen(name)).collect();
    for (citizen, (_, words)) in people.iter_mut().zip(talks) {
        assert!(!citizen.asks(words).await.is_empty());
    }
    later(&app, HOUR).await;
    for (citizen, (name, _)) in people.iter_mut().zip(talks) {
        assert!(citizen.hears().await.is_empty(), "{name}");
    }
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM conversations WHERE remind_at IS NOT NULL", []).await, 0);
}

#[tokio::test]
async fn who_said_baja_is_not_reminded() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    begins(&mut lupe).await;
    let goes_on = lupe.asks("BAJA").await;
    assert!(goes_on.contains("¿De qué tamaño es?"), "{goes_on}");
    later(&app, HOUR).await;
    assert!(lupe.hears().await.is_empty());
}

#[tokio::test]
async fn who_is_blocked_is_not_reminded() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    begins(&mut lupe).await;
    let (server, at) = (app.app(), app.clock.now());
    let person = store::idle::to_remind(server.store.read(), i64::MAX, 1).await.unwrap()[0];
    let unit = server.store.unit().await.unwrap();
    let entry = HandoverRow::new(server.ids.next(), person, (1, 9), "asked".to_owned(), at);
    let handover = store::handovers::open(&unit, entry).await.unwrap().id;
    let (said_by, reason) = ("Ana".to_owned(), "insultos".to_owned());
    let block =
        Block { id: server.ids.next(), person, handover, staff: None, said_by, reason, at, until: None };
    store::blocks::put(&unit, &block).await.unwrap();
    unit.commit().await.unwrap();
    later(&app, HOUR).await;
    assert!(lupe.hears().await.is_empty());
}

#[tokio::test]
async fn while_an_agent_has_the_chat_nobody_is_reminded() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    begins(&mut lupe).await;
    lupe.asks("quiero hablar con una persona").await;
    let waiting = store::handovers::list_open(app.app().store.read()).await.unwrap();
    app.agent_says(waiting[0].clone(), "Ana", "Hola, te atiendo yo.").await.unwrap();
    later(&app, MINUTE).await;
    lupe.hears().await;
    later(&app, HOUR).await;
    assert!(lupe.hears().await.is_empty());
}

#[tokio::test]
async fn a_text_message_costs_so_nobody_is_reminded_by_sms_unless_the_town_wants_it() {
    for (wanted, reminded) in [(Vec::new(), false), (vec![Channel::Sms], true)] {
        let set = move |config: &mut Config| config.conversation.remind_on.extend(wanted.clone());
        let app = TestApp::builder().configure(set).start().await;
        let mut lupe = app.texter("Lupe");
        begins(&mut lupe).await;
        later(&app, HOUR).await;
        assert_eq!(is_reminder(&lupe.hears().await), reminded);
    }
}

#[tokio::test]
async fn after_a_call_nobody_is_written_to_who_did_not_agree_to_it() {
    let app = TestApp::new().await;
    let mut calling = app.caller("Lupe");
    calling.hears().await;
    calling.asks("hay un bache").await;
    calling.hangs_up().await;
    later(&app, 3 * HOUR).await;
    assert!(app.texter("Lupe").hears().await.is_empty());
    assert!(app.citizen("Lupe").hears().await.is_empty());
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM conversations WHERE reminded", []).await, 0);
}

#[tokio::test]
async fn a_reminder_survives_the_server_and_is_said_once_by_two_who_come_by() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    begins(&mut lupe).await;
    app.stop().await;
    app.clock.advance(Duration::from_secs(HOUR));
    app.start_again().await;
    let server = app.app();
    let (one, two) = tokio::join!(conversation::remind_due(&server), conversation::remind_due(&server));
    one.and(two).unwrap();
    assert!(is_reminder(&lupe.hears().await));
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM outbox WHERE trace = 'reminder'", []).await, 1);
}

#[tokio::test]
async fn who_comes_back_with_a_greeting_is_asked_whether_to_go_on() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    begins(&mut lupe).await;
    later(&app, 3 * HOUR).await;
    lupe.hears().await;
    let offer = lupe.asks("hola").await;
    assert_eq!(
        offer,
        "Tenías a medias esto: *bache*. ¿Seguimos?\n[Sí, seguir]\n[Empezar de nuevo]\n[Borrarlo]"
    );
    lupe.presses("Sí, seguir").await;
    assert!(lupe.hears().await.join("").starts_with("¿De qué tamaño es?"));
}

#[tokio::test]
async fn by_text_message_the_ways_to_go_on_are_numbers() {
    let app = TestApp::new().await;
    let mut lupe = app.texter("Lupe");
    begins(&mut lupe).await;
    later(&app, 3 * HOUR).await;
    let offer = lupe.asks("hola").await;
    assert!(offer.contains("Tenías a medias esto: bache") && offer.contains("3"), "{offer}");
    assert!(lupe.asks("3").await.contains("lo borré"));
}

#[tokio::test]
async fn an_answer_is_simply_taken_however_late() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    begins(&mut lupe).await;
    later(&app, 5 * HOUR).await;
    lupe.hears().await;
    assert!(lupe.asks("chico").await.contains("¿Dónde está?"));
}

#[tokio::test]
async fn what_is_said_of_the_talk_itself_means_the_same_however_late() {
    let app = TestApp::new().await;
    let said =
        [("Lupe", "cancelar", "lo dejamos"), ("Beto", "no", "tamaño"), ("Ana", "repite por favor", "tamaño")];
    let mut people: Vec<Citizen<'_>> = said.iter().map(|(name, ..)| app.citizen(name)).collect();
    for citizen in &mut people {
        begins(citizen).await;
    }
    later(&app, 3 * HOUR).await;
    for (citizen, (_, words, meant)) in people.iter_mut().zip(said) {
        citizen.hears().await;
        let answer = citizen.asks(words).await;
        assert!(answer.contains(meant) && !answer.contains("Tenías a medias"), "{words}: {answer}");
    }
}

#[tokio::test]
async fn who_wants_something_else_gets_it_at_once() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    begins(&mut lupe).await;
    later(&app, 3 * HOUR).await;
    lupe.hears().await;
    let fresh = lupe.asks("hay una fuga de agua").await;
    assert!(fresh.contains("Fuga de agua") && !fresh.contains("¿Seguimos?"), "{fresh}");
}

#[tokio::test]
async fn who_begins_over_need_not_tell_again_what_they_just_told() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    begins(&mut lupe).await;
    later(&app, 3 * HOUR).await;
    lupe.hears().await;
    let offer = lupe.asks("hay un bache enorme junto a la entrada del mercado").await;
    assert!(offer.contains("Tenías a medias esto: *bache*."), "{offer}");
    lupe.presses("Empezar de nuevo").await;
    let begun = lupe.hears().await.join("\n");
    assert!(begun.contains("Va, desde el principio.") && begun.contains("¿Hay alguien herido"), "{begun}");
    let kept =
        "SELECT COUNT(*) AS n FROM conversations WHERE session_json LIKE '%junto a la entrada del mercado%'";
    assert_eq!(app.count(kept, []).await, 1);
}

#[tokio::test]
async fn what_is_deleted_is_gone() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    begins(&mut lupe).await;
    later(&app, 3 * HOUR).await;
    lupe.hears().await;
    lupe.asks("hola").await;
    lupe.presses("Borrarlo").await;
    assert!(lupe.hears().await.join("").contains("Listo, lo borré."));
    assert_eq!(app.count(DRAFTS, []).await, 0);
}

#[tokio::test]
async fn after_a_day_what_was_left_is_erased_and_its_buttons_say_so() {
    let app = TestApp::new().await;
    let (mut lupe, mut beto) = (app.citizen("Lupe"), app.citizen("Beto"));
    begins(&mut lupe).await;
    begins(&mut beto).await;
    assert_eq!(app.count(DRAFTS, []).await, 2);
    later(&app, 25 * HOUR).await;
    assert_eq!(app.count(DRAFTS, []).await, 0);
    lupe.hears().await;
    lupe.presses("Chico, como un plato").await;
    let told = lupe.hears().await.join("");
    assert!(told.starts_with("Lo que dejaste a medias ya se borró"), "{told}");
    assert!(lupe.asks("hay un bache").await.contains("*Bache*"), "and the next is begun as always");
    beto.hears().await;
    let greeted = beto.asks("hola").await;
    assert!(!greeted.contains("borró") && greeted.contains("¿Qué necesitas?"), "{greeted}");
}

#[tokio::test]
async fn what_is_private_is_dropped_sooner_and_without_a_word() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    lupe.asks("quiero denunciar a un policía que me pidió dinero").await;
    app.texter("Lupe").asks("hola").await;
    let left = "SELECT COUNT(*) AS n FROM conversations WHERE parked_json IS NOT NULL";
    assert_eq!(app.count(left, []).await, 1, "set aside, because they went to another channel");
    later(&app, 61 * MINUTE).await;
    assert_eq!(app.count(left, []).await, 0);
    let mut beto = app.citizen("Beto");
    beto.asks("quiero denunciar a un policía que me pidió dinero").await;
    later(&app, 61 * MINUTE).await;
    assert!(beto.hears().await.is_empty());
    let next = beto.asks("seguir").await.to_lowercase();
    assert!(!next.contains("borró") && !next.contains("denuncia"), "{next}");
}
