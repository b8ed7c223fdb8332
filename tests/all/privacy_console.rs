//! Deciding at the console what people ask about their own data.

use std::time::Duration;

use serde_json::json;
use ventanilla::staff::Role;

use crate::{
    privacy::{number, number_of, wants_erasure},
    support::{TestApp, citizen::Citizen},
};

const DAY: Duration = Duration::from_secs(24 * 3600);

/// Asks for a copy; gives the number of the request.
async fn wants_a_copy(citizen: &mut Citizen<'_>) -> String {
    citizen.asks("qué datos tienen de mí").await;
    number(&citizen.asks("sí").await)
}

#[tokio::test]
async fn what_is_due_first_stands_above_and_says_how_many_days_are_left() {
    let app = TestApp::new().await;
    let (mut lupe, mut beto) = (app.citizen("Lupe"), app.citizen("Beto"));
    let first = wants_a_copy(&mut lupe).await;
    app.clock.advance(3 * DAY);
    let second = number(&wants_erasure(&mut beto).await);
    let officer = app.member(&[Role::Privacy]).await;
    let (status, page) = officer.get("/privacy").await;
    assert_eq!(status, 200, "{page}");
    let rows = page["requests"].as_array().unwrap();
    assert_eq!((&rows[0]["reference"], &rows[1]["reference"]), (&json!(first), &json!(second)));
    assert_eq!((&rows[0]["kind"], &rows[1]["kind"]), (&json!("access"), &json!("erase")));
    // From Thursday, 26 November 2026, to 7 January 2027.
    assert_eq!((&rows[0]["days_left"], &rows[0]["overdue"]), (&json!(42), &json!(false)));
    for personal in ["Lupe", "Beto", &number_of(&lupe), &number_of(&beto)] {
        assert!(!page.to_string().contains(personal), "{personal} is in {page}");
    }
    app.clock.advance(43 * DAY);
    let officer = app.member(&[Role::Admin]).await;
    let late = officer.get("/privacy").await.1["requests"][0].clone();
    assert_eq!((&late["days_left"], &late["overdue"]), (&json!(-1), &json!(true)));
    app.settle().await;
}

#[tokio::test]
async fn who_asked_for_a_copy_is_told_what_the_officer_wrote() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    let reference = wants_a_copy(&mut lupe).await;
    let officer = app.member(&[Role::Privacy]).await;
    let path = format!("/privacy/{reference}");
    for (act, words, status, code) in [
        ("answer", "  ".to_owned(), 422, "no_words"),
        ("answer", "ñ".repeat(601), 422, "words_long"),
        ("erase", "no".to_owned(), 409, "not_an_erasure"),
    ] {
        let (said, problem) = officer.post(&format!("{path}/{act}"), json!({ "words": words })).await;
        assert_eq!((said, problem["code"].as_str()), (status, Some(code)), "{problem}");
    }
    let words = json!({ "words": "Ven por tu copia con tu INE." });
    let (status, done) = officer.post(&format!("{path}/answer"), words.clone()).await;
    assert_eq!(status, 200, "{done}");
    assert_eq!((&done["state"], &done["days_left"]), (&json!("done"), &json!(null)));
    assert_eq!((&done["decided_by"], &done["reason"]), (&json!("Persona 1"), &words["words"]));
    let told = lupe.hears().await.join("\n");
    assert!(told.contains(&reference) && told.contains("Ven por tu copia"), "{told}");
    let (status, again) = officer.post(&format!("{path}/refuse"), words).await;
    assert_eq!((status, again["code"].as_str()), (409, Some("request_decided")));
    assert_eq!(officer.get("/privacy").await.1["requests"], json!([]));
    assert_eq!(officer.get("/privacy?which=over").await.1["requests"][0]["reference"], json!(reference));
    let wrote =
        "SELECT actor || ' ' || action || ' ' || subject AS t FROM audit WHERE action LIKE 'privacy.%'";
    assert_eq!(app.texts(wrote).await, [format!("staff:{} privacy.done privacy:{reference}", officer.id)]);
}

#[tokio::test]
async fn an_erasure_is_carried_out_or_refused_with_a_reason() {
    let app = TestApp::new().await;
    let (mut lupe, mut beto) = (app.citizen("Lupe"), app.citizen("Beto"));
    let (hers, his) = (number(&wants_erasure(&mut lupe).await), number(&wants_erasure(&mut beto).await));
    let officer = app.member(&[Role::Privacy]).await;
    let why = json!({ "words": "no pudimos confirmar que eres tú." });
    let (status, problem) = officer.post(&format!("/privacy/{hers}/answer"), why.clone()).await;
    assert_eq!((status, problem["code"].as_str()), (409, Some("is_an_erasure")));
    let (status, erased) = officer.post(&format!("/privacy/{}/erase", hers.to_lowercase()), json!({})).await;
    assert_eq!((status, &erased["state"]), (200, &json!("done")), "{erased}");
    assert!(lupe.hears().await.join("\n").contains("borramos tus datos"));
    assert_eq!(app.texts("SELECT COALESCE(name, '') AS t FROM persons ORDER BY id").await, ["", "Beto"]);
    let (status, refused) = officer.post(&format!("/privacy/{his}/refuse"), why).await;
    assert_eq!((status, &refused["state"]), (200, &json!("refused")), "{refused}");
    assert!(beto.hears().await.join("\n").contains("no pudimos confirmar"));
    app.settle().await;
}

#[tokio::test]
async fn nothing_is_decided_while_a_colleague_talks_with_the_person() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    let reference = number(&wants_erasure(&mut lupe).await);
    lupe.asks("quiero hablar con una persona").await;
    let officer = app.member(&[Role::Privacy]).await;
    let (status, problem) = officer.post(&format!("/privacy/{reference}/erase"), json!({})).await;
    assert_eq!((status, problem["code"].as_str()), (409, Some("person_attended")));
    assert_eq!(officer.get(&format!("/privacy/{reference}")).await.1["state"], json!("open"));
    assert_eq!(officer.get("/privacy/D-99999").await.0, 404);
}
