use std::{net::SocketAddr, sync::atomic::Ordering, time::Duration};

use serde_json::{Value, json};

use super::support::{Bench, MARIA, NOW_S, NUMBER, TOKEN, answered, soon, text_to};
use crate::simulator::{Fault, Limits, Side, StatusScript, Tick, loopback_only};

#[tokio::test]
async fn a_wrong_bearer_number_or_body_is_refused() {
    let bench = Bench::new().await;
    let url = |number: &str| format!("{}/simulator/graph/v26.0/{number}/messages", bench.base);
    let body = text_to(MARIA, "hola");
    let calls = [
        (bench.http.post(url(NUMBER)).bearer_auth("otro").json(&body), 401, 190, Value::from(463)),
        (bench.http.post(url(NUMBER)).json(&body), 401, 190, Value::from(463)),
        (bench.http.post(url("999")).bearer_auth(TOKEN).json(&body), 400, 100, Value::from(33)),
        (bench.http.post(url(NUMBER)).bearer_auth(TOKEN).body("hola"), 400, 100, Value::Null),
        (
            bench.http.post(url(NUMBER).replace("v26.0", "graph")).bearer_auth(TOKEN).json(&body),
            400,
            2500,
            Value::Null,
        ),
    ];
    for (call, status, code, subcode) in calls {
        let (answered_with, answer) = answered(call).await;
        assert_eq!((answered_with, &answer["error"]["code"]), (status, &json!(code)));
        assert_eq!(answer["error"]["error_subcode"], subcode);
    }
    assert_eq!(bench.page("stats").await["refused"], json!({"100": 2, "190": 2, "2500": 1}));
}

#[tokio::test]
async fn people_are_found_under_either_mexican_spelling() {
    let bench = Bench::new().await;
    bench.writes(MARIA, "hola").await;
    for to in ["+5215500000111", "5215500000111", "+525500000111"] {
        let (_, answer) = bench.sends_text(to, "Buenas").await;
        assert_eq!(answer["contacts"], json!([{"input": to, "wa_id": MARIA}]));
    }
    let user = "MX.13491208655302741918";
    let (_, answer) = bench
        .sends(json!({"messaging_product": "whatsapp", "recipient": user, "text": {"body": "Buenas"}}))
        .await;
    assert_eq!(answer["contacts"], json!([{"input": user, "user_id": user}]));
    assert_eq!(bench.sim.bubbles(MARIA, 1).len(), 4);
}

#[tokio::test]
async fn the_window_closes_a_day_after_the_last_message() {
    let bench = Bench::new().await;
    assert_eq!(bench.sends_text(MARIA, "Buenas").await.1["error"]["code"], 131_047);
    bench.writes(MARIA, "hola").await;
    bench.now.store((NOW_S + 86_399) * 1000, Ordering::SeqCst);
    assert_eq!(bench.sends_text(MARIA, "Buenas").await.0, 200);
    bench.now.store((NOW_S + 86_400) * 1000, Ordering::SeqCst);
    let (status, answer) = bench.sends_text(MARIA, "Buenas").await;
    assert_eq!((status, &answer["error"]["code"]), (400, &json!(131_047)));
}

#[tokio::test]
async fn one_person_gets_45_at_once_and_then_one_every_6_seconds() {
    let bench = Bench::new().await;
    bench.writes(MARIA, "hola").await;
    for _ in 0..45 {
        assert_eq!(bench.sends_text(MARIA, "Buenas").await.0, 200);
    }
    assert_eq!(bench.sends_text(MARIA, "Buenas").await.1["error"]["code"], 131_056);
    bench.now.fetch_add(6_000, Ordering::SeqCst);
    assert_eq!(bench.sends_text(MARIA, "Buenas").await.0, 200);
    assert_eq!(bench.sends_text(MARIA, "Buenas").await.1["error"]["code"], 131_056);
}

#[tokio::test]
async fn the_number_has_a_throughput_unless_switched_off() {
    let slow = Limits { window: false, pair_rate: false, throughput: Some(2) };
    let bench = Bench::with(StatusScript::NONE, |tuning| tuning.limits = slow).await;
    assert_eq!(bench.sends_text(MARIA, "1").await.0, 200);
    assert_eq!(bench.sends_text(MARIA, "2").await.0, 200);
    assert_eq!(bench.sends_text(MARIA, "3").await.1["error"]["code"], 130_429);
    bench.now.fetch_add(500, Ordering::SeqCst);
    assert_eq!(bench.sends_text(MARIA, "4").await.0, 200);
    let free = Bench::with(StatusScript::NONE, |tuning| tuning.limits = Limits::OFF).await;
    for _ in 0..100 {
        assert_eq!(free.sends_text("5215512345678", "a").await.0, 200);
    }
}

#[tokio::test]
async fn marking_as_read_turns_the_ticks_blue() {
    let bench = Bench::new().await;
    let (first, second) = (bench.writes(MARIA, "uno").await, bench.writes(MARIA, "dos").await);
    let read = |id: &str| json!({"messaging_product": "whatsapp", "status": "read", "message_id": id, "typing_indicator": {"type": "text"}});
    assert_eq!(bench.sends(read(&second)).await, (200, json!({"success": true})));
    let bubbles = bench.sim.bubbles(MARIA, 0);
    assert_eq!(&*bubbles[0].id, first);
    assert!(bubbles.iter().all(|bubble| bubble.status == Tick::Read && bubble.from == Side::Citizen));
    assert_eq!(bench.sends(read("wamid.unknown")).await.1["error"]["code"], 131_009);
}

#[tokio::test]
async fn armed_faults_meet_the_next_sends() {
    let bench = Bench::new().await;
    bench.writes(MARIA, "hola").await;
    let cases = [
        ("http_500", 500, json!(131_000)),
        ("rate_130429", 400, json!(130_429)),
        ("pair_131056", 400, json!(131_056)),
        ("window_131047", 400, json!(131_047)),
        ("token_190", 401, json!(190)),
    ];
    for (fault, status, code) in cases {
        let arm = bench.http.post(format!("{}/simulator/api/faults", bench.base));
        assert_eq!(answered(arm.json(&json!({"fail": fault, "times": 2}))).await.0, 200);
        for _ in 0..2 {
            let (answered_with, answer) = bench.sends_text(MARIA, "Buenas").await;
            assert_eq!((answered_with, &answer["error"]["code"]), (status, &code), "{fault}");
        }
        assert_eq!(bench.sends_text(MARIA, "Buenas").await.0, 200, "{fault} is used up");
    }
}

#[tokio::test]
async fn a_500_may_hide_that_the_message_was_taken() {
    let bench = Bench::new().await;
    bench.writes(MARIA, "hola").await;
    bench.sim.arm(Fault::AfterAccept500, 1);
    assert_eq!(bench.sends_text(MARIA, "Buenas").await, (500, Value::Null));
    assert_eq!(bench.sim.bubbles(MARIA, 1).len(), 1);
}

#[tokio::test]
async fn a_hanging_send_is_not_taken() {
    let bench = Bench::new().await;
    bench.writes(MARIA, "hola").await;
    bench.sim.arm(Fault::Hang, 1);
    let impatient = bench.graph(&text_to(MARIA, "Buenas")).timeout(Duration::from_millis(200));
    assert!(soon(impatient.send()).await.unwrap_err().is_timeout());
    assert_eq!(bench.sim.stats().accepted, 0);
    bench.sim.arm(Fault::Http500, 9);
    bench.sim.disarm();
    assert_eq!(bench.sends_text(MARIA, "Buenas").await.0, 200);
}

#[test]
fn only_loopback_addresses_are_listened_on() {
    let address = |text: &str| text.parse::<SocketAddr>().unwrap();
    for ours in ["127.0.0.1:8080", "[::1]:80", "[::ffff:127.0.0.1]:80"] {
        loopback_only(address(ours)).unwrap();
    }
    for open in ["0.0.0.0:8080", "[::]:80", "192.168.1.7:80"] {
        let refusal = loopback_only(address(open)).unwrap_err().to_string();
        assert!(refusal.contains(open) && refusal.contains("127.0.0.1"), "{refusal}");
    }
}
