//! Reading at the console what people tell of their own accord.

use serde_json::{Value, json};
use ventanilla::staff::Role;

use crate::{
    privacy::{number, number_of, wants_erasure},
    support::{TestApp, citizen::Citizen},
};

const IDEA: &str = "tengo una propuesta, pongan más bancas en el malecón para los abuelitos";
const COMPLAINT: &str = "quiero quejarme, nadie me contesta nunca y ya fui tres veces";

async fn has_an_idea(citizen: &mut Citizen<'_>) {
    for words in [IDEA, "sí"] {
        citizen.asks(words).await;
    }
}

async fn complains(citizen: &mut Citizen<'_>) {
    for words in [COMPLAINT, "no"] {
        citizen.asks(words).await;
    }
}

async fn rates(citizen: &mut Citizen<'_>) {
    for words in ["quiero calificar el malecón", "el malecón", "2", "faltan botes"] {
        citizen.asks(words).await;
    }
}

/// What stands in an answer, newest first.
fn said(page: &Value) -> Vec<&str> {
    page["feedback"].as_array().unwrap().iter().map(|row| row["said"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn what_people_told_is_read_by_kind_and_without_saying_who_it_was() {
    let app = TestApp::new().await;
    let (mut lupe, mut beto) = (app.citizen("Lupe"), app.citizen("Beto"));
    has_an_idea(&mut lupe).await;
    complains(&mut beto).await;
    rates(&mut lupe).await;
    let boss = app.member(&[Role::Supervisor]).await;
    let (status, page) = boss.get("/feedback").await;
    assert_eq!(status, 200, "{page}");
    assert_eq!(said(&page), ["faltan botes", COMPLAINT, IDEA]);
    let review = &page["feedback"][0];
    assert_eq!((&review["place"], &review["score"]), (&json!("Malecón"), &json!(2)));
    for personal in ["Lupe", "Beto", &number_of(&lupe), &number_of(&beto)] {
        assert!(!page.to_string().contains(personal), "{personal} is in {page}");
    }
    assert_eq!(said(&boss.get("/feedback?kind=complaint").await.1), [COMPLAINT]);
    assert_eq!(boss.get("/feedback?state=read").await.1["feedback"], json!([]));
    let first = &page["feedback"][0]["at"];
    let looked = "SELECT actor AS t FROM audit WHERE action = 'feedback.view'";
    assert_eq!(app.texts(looked).await, vec![format!("staff:{}", boss.id); 3]);
    assert_eq!(boss.get(&format!("/feedback?cursor={first}")).await.0, 400);
    app.settle().await;
}

#[tokio::test]
async fn who_read_it_is_kept_and_a_note_is_for_colleagues() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    has_an_idea(&mut lupe).await;
    let (boss, other) = (app.member(&[Role::Supervisor]).await, app.member(&[Role::Admin]).await);
    let idea = boss.get("/feedback").await.1["feedback"][0].clone();
    let path = format!("/feedback/{}", idea["reference"].as_str().unwrap());
    let change = json!({ "read": true, "note": "  Se pasó a Parques.  " });
    let (status, read) = boss.patch(&path, change).await;
    assert_eq!(status, 200, "{read}");
    assert_eq!((&read["read_by"], &read["note"]), (&json!("Persona 1"), &json!("Se pasó a Parques.")));
    let again = other.patch(&path, json!({ "read": true })).await.1;
    assert_eq!(again["read_by"], json!("Persona 1"), "who read it first");
    assert_eq!(boss.get("/feedback").await.1["feedback"], json!([]));
    assert_eq!(boss.get("/feedback?state=read").await.1["feedback"], json!([read]));
    let (status, long) = boss.patch(&path, json!({ "note": "ñ".repeat(501) })).await;
    assert_eq!((status, long["code"].as_str()), (422, Some("note_long")));
    let back = other.patch(&path, json!({ "read": false, "note": "" })).await.1;
    assert_eq!(
        (&back["read_at"], &back["read_by"], &back["note"]),
        (&json!(null), &json!(null), &json!(null))
    );
    assert_eq!(boss.patch("/feedback/I-99999", json!({ "read": true })).await.0, 404);
    let done = "SELECT action AS t FROM audit WHERE subject LIKE 'feedback:%' ORDER BY seq";
    assert_eq!(app.texts(done).await, ["feedback.read", "feedback.note", "feedback.unread", "feedback.note"]);
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM audit WHERE detail_json LIKE '%Parques%'", []).await, 0);
    app.settle().await;
}

#[tokio::test]
async fn what_was_noted_goes_with_the_words_of_an_erased_person() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    has_an_idea(&mut lupe).await;
    let boss = app.member(&[Role::Supervisor, Role::Privacy]).await;
    let idea = boss.get("/feedback").await.1["feedback"][0]["reference"].clone();
    let path = format!("/feedback/{}", idea.as_str().unwrap());
    boss.patch(&path, json!({ "note": "Es doña Lupe, del malecón." })).await;
    let reference = number(&wants_erasure(&mut lupe).await);
    let (status, erased) = boss.post(&format!("/privacy/{reference}/erase"), json!({})).await;
    assert_eq!(status, 200, "{erased}");
    let left = boss.get("/feedback").await.1["feedback"][0].clone();
    assert_eq!((&left["reference"], &left["said"], &left["note"]), (&idea, &json!(null), &json!(null)));
    app.settle().await;
}
