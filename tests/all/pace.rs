//! Who writes too much: floods, and machines that answer each other.

use std::time::Duration;

use ventanilla::config::Config;

use crate::support::{Builder, TestApp, citizen::Citizen, wire};

const NOTICE: &str = "Voy leyendo tus mensajes; dame un momentito.";
const LAST_WORDS: &str = "Parece que me contesta una máquina";

fn app(set: impl FnOnce(&mut Config) + Send + 'static) -> Builder {
    TestApp::builder().configure(set)
}

/// What is kept for a moment is not settled before the clock is turned.
async fn later(app: &TestApp, seconds: u64) {
    app.clock.advance(Duration::from_secs(seconds));
    app.settle().await;
}

/// Everything that is said, one after the other.
async fn says_all(citizen: &mut Citizen<'_>, said: &[&str]) -> Vec<String> {
    let mut answers = Vec::new();
    for words in said {
        answers.push(citizen.asks(words).await);
    }
    answers
}

async fn waiting(app: &TestApp) -> i64 {
    app.count("SELECT COUNT(*) AS n FROM inbox WHERE state = 'new'", []).await
}

/// Says what is kept for a moment: nothing settles while it waits.
async fn says_more(app: &TestApp, citizen: &mut Citizen<'_>, words: &str) {
    let before = app.inbox_len().await;
    citizen.says(words).await;
    app.until("it is in the inbox", async || app.inbox_len().await == before + 1).await;
}

async fn told(app: &TestApp) {
    let notices = "SELECT COUNT(*) AS n FROM outbox WHERE message_json LIKE '%momentito%'";
    app.until("they are told", async || app.count(notices, []).await == 1).await;
}

#[tokio::test]
async fn a_flood_is_told_once_kept_and_read_together_when_it_is_over() {
    let app = app(|config| config.conversation.flood = 3).start().await;
    let mut lupe = app.citizen("Lupe");
    says_all(&mut lupe, &["hola", "gracias", "hola"]).await;
    for words in ["oye", "hay un bache", "en la calle 20", "por favor"] {
        says_more(&app, &mut lupe, words).await;
    }
    told(&app).await;
    assert_eq!(waiting(&app).await, 4, "nothing is lost, and nothing is read yet");
    later(&app, 5).await;
    let heard = lupe.hears().await;
    assert!(heard[0].starts_with(NOTICE) && heard[0].contains("911"), "{heard:?}");
    assert!(heard[1].contains("*Bache*"), "{heard:?}");
    assert_eq!(heard.len(), 2, "one notice, one answer: {heard:?}");
    let turns = "SELECT COUNT(DISTINCT turn) AS n FROM inbox WHERE id IN (SELECT id FROM inbox ORDER BY id DESC LIMIT 4)";
    assert_eq!((waiting(&app).await, app.count(turns, []).await), (0, 1), "read as one");
}

#[tokio::test]
async fn who_never_slows_down_is_read_after_a_minute() {
    let app = app(|config| config.conversation.flood = 3).start().await;
    let mut lupe = app.citizen("Lupe");
    says_all(&mut lupe, &["hola", "gracias", "hola"]).await;
    says_more(&app, &mut lupe, "una pregunta").await;
    told(&app).await;
    for _ in 0..20 {
        says_more(&app, &mut lupe, "una pregunta").await;
        app.clock.advance(Duration::from_secs(3));
    }
    later(&app, 5).await;
    assert_eq!(waiting(&app).await, 0);
    let notices = lupe.hears().await.iter().filter(|one| one.starts_with(NOTICE)).count();
    assert_eq!(notices, 1);
}

#[tokio::test]
async fn in_a_flood_dangers_buttons_and_keywords_are_answered_at_once() {
    let app = app(|config| config.conversation.flood = 3).start().await;
    let mut lupe = app.citizen("Lupe");
    says_all(&mut lupe, &["hola", "gracias", "hay un bache"]).await;
    lupe.presses("No").await;
    assert!(lupe.hears().await.join("").contains("¿De qué tamaño es?"), "a button");
    assert!(lupe.asks("BAJA").await.contains("Ya no te mandamos"), "a keyword");
    says_more(&app, &mut lupe, "una pregunta").await;
    says_more(&app, &mut lupe, "mi esposo me pega y me quiere matar").await;
    app.until("the danger is answered", async || {
        app.count("SELECT COUNT(*) AS n FROM outbox WHERE message_json LIKE '%No es tu culpa%'", []).await
            == 1
    })
    .await;
    later(&app, 5).await;
    assert_eq!(waiting(&app).await, 0);
}

#[tokio::test]
async fn who_attends_sees_every_message_of_a_flood_at_once() {
    let app = app(|config| config.conversation.flood = 3).start().await;
    let mut lupe = app.citizen("Lupe");
    lupe.asks("quiero hablar con una persona").await;
    let entry = ventanilla::store::handovers::list_open(app.app().store.read()).await.unwrap().remove(0);
    app.agent_says(entry, "Ana", "Hola, te atiendo yo.").await.unwrap();
    for _ in 0..8 {
        lupe.says("oiga").await;
    }
    app.settle().await;
    assert_eq!(waiting(&app).await, 0);
    later(&app, 6).await;
    assert!(!lupe.hears().await.join("").contains(NOTICE));
}

#[tokio::test]
async fn a_flood_by_text_message_survives_the_server() {
    let app = app(|config| config.conversation.flood = 3).start().await;
    let mut lupe = app.texter("Lupe");
    says_all(&mut lupe, &["hola", "gracias", "hola"]).await;
    says_more(&app, &mut lupe, "hay un bache").await;
    app.stop().await;
    app.clock.advance(Duration::from_secs(10));
    app.start_again().await;
    let heard = lupe.hears().await.join("\n");
    assert!(heard.contains("Bache"), "{heard}");
}

#[tokio::test]
async fn two_machines_that_repeat_themselves_stop() {
    let app = TestApp::new().await;
    let mut other = app.texter("Lupe");
    let automatic = "Gracias por su mensaje. En breve le atenderemos.";
    let answers = says_all(&mut other, &[automatic; 4]).await;
    assert!(answers.iter().all(|answer| !answer.is_empty() && !answer.contains(LAST_WORDS)), "{answers:?}");
    let last = other.asks(automatic).await;
    assert!(last.contains(LAST_WORDS), "{last}");
    for punctuation in ["", "!", "..."] {
        let again = format!("{automatic}{punctuation}");
        assert_eq!(other.asks(&again).await, "", "the same words");
    }
    assert_eq!(other.asks("hay un bache").await, "", "no pause");
    later(&app, 11).await;
    assert!(other.asks("hay un bache").await.contains("Bache"), "a person");
    assert_eq!(waiting(&app).await, 0);
}

#[tokio::test]
async fn a_machine_is_answered_again_after_an_hour() {
    let app = TestApp::new().await;
    let mut other = app.citizen("Lupe");
    let last = says_all(&mut other, &["muchas gracias"; 5]).await.pop().unwrap();
    assert!(last.starts_with(LAST_WORDS), "{last}");
    later(&app, 59 * 60).await;
    assert_eq!(other.asks("muchas gracias").await, "");
    later(&app, 60).await;
    assert!(!other.asks("muchas gracias").await.is_empty());
}

#[tokio::test]
async fn who_answers_as_fast_as_a_machine_is_one() {
    let app = app(|config| config.conversation.quick_turns = 4).start().await;
    let mut other = app.citizen("Lupe");
    let answers = says_all(&mut other, &["hola", "gracias", "hay un bache", "no", "mediano"]).await;
    let stopped: Vec<bool> = answers.iter().map(|answer| answer.starts_with(LAST_WORDS)).collect();
    assert_eq!(stopped, [false, false, false, true, false], "{answers:?}");
    // A person reads before they answer.
    let mut human = app.texter("Beto");
    for words in ["hola", "gracias", "hay un bache", "no", "mediano"] {
        let answer = human.asks(words).await;
        assert!(!answer.is_empty() && !answer.contains(LAST_WORDS), "{answer}");
        later(&app, 2).await;
    }
}

#[tokio::test]
async fn a_danger_is_answered_whatever_was_said_before_and_however_often() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    let last = says_all(&mut lupe, &["muchas gracias"; 6]).await.pop().unwrap();
    assert_eq!(last, "", "not answered");
    let told = lupe.asks("mi esposo me pega y me quiere matar").await;
    assert!(told.contains("911"), "{told}");
    for answer in says_all(&mut lupe, &["tengo miedo"; 8]).await {
        assert!(!answer.is_empty() && !answer.contains(LAST_WORDS), "{answer}");
    }
}

#[tokio::test]
async fn who_was_taken_for_a_machine_can_stop_messages_all_the_same() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    let last = says_all(&mut lupe, &["muchas gracias"; 6]).await.pop().unwrap();
    assert_eq!(last, "", "not answered");
    let said = lupe.asks("BAJA").await;
    assert!(said.contains("Ya no te mandamos"), "{said}");
}

/// Six people, each in their own flood, on one server: nobody waits for another's, and nothing is lost.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn floods_of_many_people_do_not_mix() {
    let app = app(|config| config.conversation.flood = 3).start().await;
    let phone = |person: usize| format!("52198144{person:05}");
    for round in 0..6 {
        let all: Vec<serde_json::Value> = (0..6)
            .map(|person| wire::text(&format!("wamid.{person}.{round}"), &phone(person), "muchas gracias"))
            .collect();
        assert_eq!(app.post_signed(wire::messages(&all).to_string().as_bytes()).await, 200);
    }
    app.until("all are stored", async || app.inbox_len().await == 36).await;
    app.clock.advance(Duration::from_secs(61));
    app.settle().await;
    assert_eq!(waiting(&app).await, 0);
}
