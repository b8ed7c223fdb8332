//! Calls that are promised, by the bot at night and by an agent; and what is said on the phone.

use std::time::Duration;

use serde_json::{Value, json};
use ventanilla::{simulator::twilio::DialOutcome, staff::Role};

use super::town::{claim, close, first, now, path, say, stuck, waiting};
use crate::support::{TestApp, moment, staff::Desk};

const HOUR: i64 = 3_600_000;

async fn plan(desk: &Desk<'_>, chat: &Value, at: i64) -> (u16, Value) {
    let version = now(desk, chat).await["version"].clone();
    desk.post(&path(chat, "/callback"), json!({ "version": version, "at": at })).await
}

async fn made(desk: &Desk<'_>, chat: &Value, outcome: &str, again_at: Option<i64>) -> (u16, Value) {
    let version = now(desk, chat).await["version"].clone();
    let body = json!({ "version": version, "outcome": outcome, "again_at": again_at });
    desk.post(&path(chat, "/callback/made"), body).await
}

#[tokio::test]
async fn at_night_a_call_is_promised_for_when_the_calendar_says() {
    let app = TestApp::builder().at("2026-11-23T22:00:00-06:00").start().await;
    let mut lupe = app.citizen("Lupe");
    let said = lupe.asks("quiero hablar con una persona").await;
    assert!(said.contains("te llamamos mañana martes 24 a partir de las 8:00"), "{said}");
    assert!(said.contains("911") && said.contains("[Que me llamen]"), "{said}");
    lupe.presses("Que me llamen").await;
    let said = lupe.hears().await.join("\n");
    assert!(
        said.starts_with("Anotado. Te llama una persona mañana martes 24 a partir de las 8:00"),
        "{said}"
    );
    let rosa = app.member(&[Role::Agent]).await;
    let call = first(&rosa, "calls").await;
    assert_eq!(call["call_at"].as_i64(), Some(moment("2026-11-24T08:15:00-06:00")));
    assert_eq!(call["due_at"], call["call_at"]);
    assert!(call["call_phone"].as_str().unwrap().starts_with("+52981"));
    let (_, listing) = rosa.get("/desk/chats?queue=calls").await;
    assert_eq!(listing["counts"]["calls"], 1);
    close(&rosa, &call, "nothing").await;
    assert_eq!(waiting(&rosa, "calls").await, 0, "who is done has no call to make");
}

#[tokio::test]
async fn whoever_just_writes_has_left_it_in_writing_and_is_asked_nothing_again() {
    let app = TestApp::builder().at("2026-11-23T22:00:00-06:00").start().await;
    let mut lupe = app.citizen("Lupe");
    lupe.asks("quiero hablar con una persona").await;
    let said = lupe.asks("mi recibo del predial llegó mal y nadie me contesta").await;
    assert!(said.starts_with("Anotado") && !said.contains("prefieres"), "{said}");
    let said = lupe.asks("xq zzz").await;
    assert!(said.starts_with("Anotado"), "{said}");
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM handovers", []).await, 1);
}

#[tokio::test]
async fn on_the_towns_page_a_number_is_asked_for() {
    let app = TestApp::builder().at("2026-11-23T22:00:00-06:00").start().await;
    let mut visitor = app.visitor().await;
    visitor.asks("quiero hablar con una persona").await;
    visitor.presses("Que me llamen").await;
    let said = visitor.hears().await.join("\n");
    assert!(said.contains("¿A qué número"), "{said}");
    let said = visitor.asks("981 555 01 42").await;
    assert!(said.contains("termina en 0142"), "{said}");
    let rosa = app.member(&[Role::Agent]).await;
    assert_eq!(first(&rosa, "calls").await["call_phone"], "+529815550142");
}

#[tokio::test]
async fn an_agent_promises_a_call_and_the_chat_rests_until_then() {
    let app = TestApp::new().await;
    let mut lupe = stuck(&app, "Lupe").await;
    let rosa = app.member(&[Role::Agent]).await;
    let chat = claim(&rosa, &first(&rosa, "unanswered").await).await;
    assert_eq!(chat["can"]["call"], true);
    let known = chat["packet"]["phone"].as_str().unwrap().to_owned();
    let at = moment("2026-11-24T10:30:00-06:00");
    let (status, row) = plan(&rosa, &chat, at).await;
    assert_eq!((status, &row["due_at"], &row["waiting_since"]), (200, &json!(at), &json!(null)), "{row}");
    app.settle().await;
    let heard = lupe.hears().await;
    let ends: String = known.chars().skip(known.len() - 4).collect();
    assert_eq!(
        heard,
        [format!("Te llamamos mañana martes 24 a las 10:30, al número que termina en {ends}.")]
    );
    assert_eq!(waiting(&rosa, "waiting").await, 0, "it is not her turn");
    assert_eq!(first(&rosa, "calls").await["id"], chat["id"]);
    let line = now(&rosa, &chat).await["lines"]
        .as_array()
        .unwrap()
        .iter()
        .rev()
        .find(|line| line["kind"] == "call_planned")
        .cloned();
    assert_eq!(line.unwrap()["text"], at.to_string());
    plan(&rosa, &chat, at + HOUR).await;
    app.settle().await;
    assert!(
        lupe.hears()
            .await
            .join("")
            .starts_with("Cambiamos tu llamada: te llamamos mañana martes 24 a las 11:30")
    );
    lupe.says("mejor antes, por favor").await;
    app.settle().await;
    let wrote = now(&rosa, &chat).await;
    assert!(wrote["due_at"].as_i64().unwrap() < at, "who writes meanwhile is answered first: {wrote}");
    let version = wrote["version"].clone();
    let (status, row) = rosa.post(&path(&chat, "/callback/withdraw"), json!({ "version": version })).await;
    assert_eq!((status, &row["call_at"]), (200, &json!(null)), "{row}");
    app.settle().await;
    assert!(lupe.hears().await.join("").starts_with("Ya no te haremos la llamada"));
}

#[tokio::test]
async fn what_came_of_a_call_is_said_and_who_was_not_reached_is_called_again() {
    let app = TestApp::new().await;
    let mut lupe = stuck(&app, "Lupe").await;
    let rosa = app.member(&[Role::Agent]).await;
    let chat = claim(&rosa, &first(&rosa, "unanswered").await).await;
    let at = app.clock.now() + HOUR / 2;
    plan(&rosa, &chat, at).await;
    app.advance(Duration::from_secs(1900)).await;
    lupe.hears().await;
    let (status, refused) = made(&rosa, &chat, "no_answer", None).await;
    assert_eq!((status, &refused["code"]), (422, &json!("call_again")), "{refused}");
    let (status, row) = made(&rosa, &chat, "no_answer", Some(app.clock.now() + HOUR)).await;
    assert_eq!(status, 200, "{row}");
    app.settle().await;
    assert!(
        lupe.hears().await.join("").starts_with("Te llamamos y no contestaste. Te volvemos a llamar hoy")
    );
    let (status, row) = made(&rosa, &chat, "reached", None).await;
    assert_eq!((status, &row["call_at"], &row["due_at"]), (200, &json!(null), &json!(null)), "{row}");
    let (status, refused) = made(&rosa, &chat, "reached", None).await;
    assert_eq!((status, &refused["code"]), (409, &json!("no_call")), "{refused}");
    let kinds: Vec<_> = now(&rosa, &chat).await["lines"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|line| line["kind"] == "called")
        .map(|line| line["text"].clone())
        .collect();
    assert_eq!(kinds, ["no_answer", "reached"]);
}

#[tokio::test]
async fn a_call_that_cannot_be_is_refused_in_words_and_changes_nothing() {
    let app = TestApp::new().await;
    let mut visitor = app.visitor().await;
    visitor.asks("quiero hablar con una persona").await;
    let (rosa, ana) = (app.member(&[Role::Agent]).await, app.member(&[Role::Agent]).await);
    let chat = claim(&rosa, &first(&rosa, "unanswered").await).await;
    let soon = app.clock.now() + HOUR;
    let refused = async |desk: &Desk<'_>, body: Value| {
        let (status, refused) = desk.post(&path(&chat, "/callback"), body).await;
        (status, refused["code"].as_str().unwrap_or_default().to_owned())
    };
    let body = |at: i64, phone: &str| json!({ "version": chat["version"], "at": at, "phone": phone });
    for (wrong, code) in [
        (body(app.clock.now(), "981 555 0142"), "call_past"),
        (body(app.clock.now() + 31 * 24 * HOUR, "981 555 0142"), "call_far"),
        (body(soon, "pronto"), "call_number"),
        (body(soon, ""), "call_nowhere"),
    ] {
        assert_eq!(refused(&rosa, wrong).await, (422, code.to_owned()));
    }
    let long =
        json!({ "version": chat["version"], "at": soon, "phone": "981 555 0142", "note": "x".repeat(501) });
    assert_eq!(refused(&rosa, long).await, (422, "too_long".to_owned()));
    assert_eq!(refused(&ana, body(soon, "981 555 0142")).await, (409, "taken".to_owned()));
    let old = json!({ "version": 0, "at": soon, "phone": "981 555 0142" });
    assert_eq!(refused(&rosa, old).await, (409, "stale".to_owned()));
    let after = now(&rosa, &chat).await;
    assert_eq!((&after["version"], &after["call_at"]), (&chat["version"], &json!(null)));
    assert_eq!(refused(&rosa, body(soon, "981 555 0142")).await.0, 200);
    assert_eq!(now(&rosa, &chat).await["call_phone"], "+529815550142");
    app.settle().await;
    close(&rosa, &chat, "nothing").await;
    assert_eq!(refused(&rosa, body(soon, "981 555 0142")).await, (410, "closed".to_owned()));
}

#[tokio::test]
async fn what_is_said_on_the_phone_is_read_at_the_desk_meanwhile() {
    let app = TestApp::new().await;
    let mut calling = app.caller("Lupe");
    calling.hears().await;
    calling.call().press("0").unwrap();
    calling.hears().await;
    calling.call().dial_outcome(DialOutcome::NoAnswer).unwrap();
    calling.hears().await;
    let rosa = app.member(&[Role::Agent]).await;
    let chat = first(&rosa, "unanswered").await;
    assert_eq!(chat["channel"], "voice");
    let mut ear = super::news::Ear::open(&rosa).await;
    assert_eq!(rosa.post(&path(&chat, "/presence"), json!({ "typing": false })).await.0, 204);
    ear.hears("presence").await;
    calling.says("sí, por favor").await;
    assert_eq!(ear.hears("chat").await["id"], chat["id"], "as it is said");
    calling.hears().await;
    let lines = now(&rosa, &chat).await["lines"].as_array().unwrap().clone();
    let told: Vec<_> =
        lines.iter().map(|line| (line["who"].as_str().unwrap(), line["text"].as_str())).collect();
    let said =
        told.iter().position(|line| *line == ("citizen", Some("sí, por favor"))).expect("what she said");
    let (who, text) = told[said + 1];
    assert!(who == "bot" && text.unwrap().contains("Te llama una persona"), "{told:?}");
    assert_eq!(first(&rosa, "calls").await["id"], chat["id"]);
    let (status, refused) = say(&rosa, &chat, "Hola").await;
    assert_eq!((status, &refused["code"]), (422, &json!("call_them")), "{refused}");
    let (status, row) = plan(&rosa, &chat, app.clock.now() + HOUR).await;
    assert_eq!(
        (status, &row["state"]),
        (200, &json!("waiting")),
        "who can only be called is not told: {row}"
    );
    calling.hangs_up().await;
}

#[tokio::test]
async fn what_was_offered_at_night_is_over_when_a_person_answers_and_the_bot_goes_on_below_it() {
    let app = TestApp::builder().at("2026-11-23T22:00:00-06:00").start().await;
    let mut lupe = app.citizen("Lupe");
    lupe.asks("hay un bache enorme en mi calle").await;
    let question = lupe.asks("No").await;
    let offered = lupe.asks("quiero hablar con una persona").await;
    assert!(offered.contains("¿Qué prefieres?"), "{offered}");
    let rosa = app.member(&[Role::Agent]).await;
    let chat = claim(&rosa, &first(&rosa, "unanswered").await).await;
    assert_eq!(chat["packet"]["flow"]["name"], "Reportar un problema", "{}", chat["packet"]);
    say(&rosa, &chat, "Hola, soy Rosa.").await;
    app.advance(super::town::UNDO).await;
    lupe.hears().await;
    close(&rosa, &chat, "resume").await;
    app.settle().await;
    assert_eq!(lupe.hears().await, [question], "word for word, and the offer is not made again");
}
