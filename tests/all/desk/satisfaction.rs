//! How somebody was attended: asked once, never forced, never after a crisis.

use serde_json::{Value, json};
use ventanilla::staff::Role;

use super::town::{UNDO, claim, first, now, path, say, stuck};
use crate::support::{TestApp, citizen::Citizen, staff::Desk};

async fn close_and_ask(desk: &Desk<'_>, chat: &Value, then: &str) -> (u16, Value) {
    let body = json!({ "version": now(desk, chat).await["version"], "then": then, "ask_rating": true });
    desk.post(&path(chat, "/close"), body).await
}

/// A chat that Rosa answered and closed with the question; gives what the citizen heard.
async fn asked(app: &TestApp, rosa: &Desk<'_>, lupe: &mut Citizen<'_>, then: &str) -> String {
    let chat = first(rosa, "unanswered").await;
    say(rosa, &chat, "Hola, soy Rosa.").await;
    app.advance(UNDO).await;
    lupe.hears().await;
    assert_eq!(now(rosa, &chat).await["can"]["ask_rating"], true);
    let (status, closed) = close_and_ask(rosa, &chat, then).await;
    assert_eq!(status, 200, "{closed}");
    app.settle().await;
    lupe.hears().await.join("\n")
}

async fn quality(boss: &Desk<'_>) -> Value {
    boss.get("/desk/stats?days=7").await.1["teams"][0]["quality"].clone()
}

#[tokio::test]
async fn a_number_and_a_few_words_are_kept_and_counted_with_their_n() {
    let app = TestApp::new().await;
    let (rosa, boss) = (app.member(&[Role::Agent]).await, app.member(&[Role::Supervisor]).await);
    let mut lupe = stuck(&app, "Lupe").await;
    let question = asked(&app, &rosa, &mut lupe, "menu").await;
    assert!(
        question.starts_with("¿Cómo te atendimos?") && !question.contains("¿Qué necesitas?"),
        "{question}"
    );
    let thanks = lupe.asks("5").await;
    assert!(thanks.starts_with("Gracias. ¿Quieres contarnos por qué?"), "{thanks}");
    let last = lupe.asks("fueron muy amables conmigo").await;
    assert!(last.starts_with("Gracias, lo vamos a leer.") && last.contains("¿Qué necesitas?"), "{last}");
    assert_eq!(app.texts("SELECT rating_comment AS t FROM handovers").await, ["fueron muy amables conmigo"]);
    let mut beto = stuck(&app, "Beto").await;
    asked(&app, &rosa, &mut beto, "nothing").await;
    let figures = quality(&boss).await;
    assert_eq!(figures["rating"], 5.0);
    assert_eq!(figures["content"], json!({ "count": 1, "n": 1 }));
    assert_eq!(figures["responses"], json!({ "count": 1, "n": 2 }), "who says nothing is counted too");
}

#[tokio::test]
async fn who_says_something_else_is_served() {
    let app = TestApp::new().await;
    let rosa = app.member(&[Role::Agent]).await;
    let mut lupe = stuck(&app, "Lupe").await;
    asked(&app, &rosa, &mut lupe, "nothing").await;
    let said = lupe.asks("hay una fuga de agua").await;
    assert!(!said.contains("Cómo te atendimos"), "{said}");
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM handovers WHERE rating IS NOT NULL", []).await, 0);
    let mut beto = stuck(&app, "Beto").await;
    asked(&app, &rosa, &mut beto, "nothing").await;
    beto.asks("2").await;
    let said = beto.asks("hay una fuga de agua en mi calle").await;
    assert!(!said.contains("lo vamos a leer"), "a report is no comment: {said}");
    let mut itzel = stuck(&app, "Itzel").await;
    asked(&app, &rosa, &mut itzel, "nothing").await;
    for words in ["xq zzz", "qwe rty"] {
        itzel.asks(words).await;
    }
    let open = "SELECT COUNT(*) AS n FROM handovers WHERE closed_at IS NULL";
    assert_eq!(app.count(open, []).await, 0, "nobody is handed over because of a question that we asked");
}

#[tokio::test]
async fn nobody_is_asked_who_was_not_answered_or_was_in_danger_or_asked_before() {
    let app = TestApp::new().await;
    let rosa = app.member(&[Role::Agent]).await;
    let refused = async |chat: &Value| {
        assert_eq!(now(&rosa, chat).await["can"]["ask_rating"], false);
        let (status, refused) = close_and_ask(&rosa, chat, "nothing").await;
        (status, refused["code"].as_str().unwrap_or_default().to_owned())
    };
    let not_asked = (422, "not_asked".to_owned());
    stuck(&app, "Lupe").await;
    let unanswered = claim(&rosa, &first(&rosa, "unanswered").await).await;
    assert_eq!(refused(&unanswered).await, not_asked);
    assert_eq!(now(&rosa, &unanswered).await["state"], "attended", "nothing changed");
    let mut beto = app.citizen("Beto");
    beto.asks("me quiero morir").await;
    let crisis = first(&rosa, "unanswered").await;
    say(&rosa, &crisis, "Estoy contigo.").await;
    app.advance(UNDO).await;
    assert_eq!(refused(&crisis).await, not_asked);
    let resume = close_and_ask(&rosa, &unanswered, "resume").await;
    assert_eq!(resume.1["code"], "not_asked", "the open question is not disturbed");
}

#[tokio::test]
async fn a_town_that_does_not_ask_does_not() {
    let app = TestApp::builder().configure(|config| config.desk.ask_satisfaction = false).start().await;
    let rosa = app.member(&[Role::Agent]).await;
    stuck(&app, "Lupe").await;
    let chat = first(&rosa, "unanswered").await;
    say(&rosa, &chat, "Hola").await;
    app.advance(UNDO).await;
    assert_eq!(now(&rosa, &chat).await["can"]["ask_rating"], false);
}
