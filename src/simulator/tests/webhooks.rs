use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::support::{Bench, MARIA, NOW_S, SECRET, hmac_sha256, soon, text_to};
use crate::simulator::{Fault, News, Said, StatusScript, Tick, Tuning, VerifyError, ids::Signer};

const TEXT: &[u8] = include_bytes!("../fixtures/in_text.json");
const BSUID_ONLY: &[u8] = include_bytes!("../fixtures/in_text_bsuid_only.json");
const BUTTON: &[u8] = include_bytes!("../fixtures/in_interactive_button_reply.json");
const ROW: &[u8] = include_bytes!("../fixtures/in_interactive_list_reply.json");
const PIN: &[u8] = include_bytes!("../fixtures/in_location_pin.json");
const UNSUPPORTED: &[u8] = include_bytes!("../fixtures/in_unsupported.json");
const STATUS_SENT: &[u8] = include_bytes!("../fixtures/status_sent_pricing.json");
const STATUS_FAILED: &[u8] = include_bytes!("../fixtures/status_failed_131026.json");
const SIGNATURES: &[u8] = include_bytes!("../fixtures/signatures.json");

fn json_of(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).unwrap()
}

#[test]
fn signatures_agree_with_the_vectors() {
    let compact = r#"{"object":"whatsapp_business_account","entry":[]}"#.as_bytes();
    let spaced = r#"{"object": "whatsapp_business_account", "entry": []}"#.as_bytes();
    let vectors = [
        (
            "test_app_secret",
            compact,
            "sha256=dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756".to_owned(),
        ),
        (
            "test_app_secret",
            spaced,
            "sha256=56cbbaf4961c6cfdae48b7f116c047e5eb513d2c931baae63a2bc1afd26f803a".to_owned(),
        ),
        (
            "otro_secreto",
            compact,
            "sha256=769b03d8c2ae6498f2d1e1f7299c0ba55448c69d741e7b0bb243d852d8a8d8c7".to_owned(),
        ),
    ];
    let listed = json_of(SIGNATURES);
    let of_file = |name: &str| listed["files"][name].as_str().unwrap().to_owned();
    let files = [
        (SECRET, TEXT, of_file("in_text.json")),
        (SECRET, ROW, of_file("in_interactive_list_reply.json")),
        (SECRET, STATUS_SENT, of_file("status_sent_pricing.json")),
    ];
    for (secret, body, signature) in vectors.into_iter().chain(files) {
        assert_eq!(Signer::new(secret).header(body), signature);
        assert_eq!(format!("sha256={}", hmac_sha256(secret.as_bytes(), body)), signature);
    }
}

#[tokio::test]
async fn the_handshake_wants_the_right_token() {
    let bench = Bench::new().await;
    bench.sim.verify().await.unwrap();
    let stranger = Bench::build(StatusScript::NONE, Tuning::default(), "otro").await;
    assert!(matches!(stranger.sim.verify().await, Err(VerifyError::Refused { status: 403, .. })));
}

/// What people do arrives as Meta's own samples show it, but for the ids.
#[tokio::test]
async fn messages_look_like_metas() {
    let bench = Bench::new().await;
    let jose = "525500000222";
    bench.profile(jose, json!({"name": "José Núñez 🏡", "user_id": "MX.90210036547788121004"})).await;
    let message = |fixture: &[u8]| json_of(fixture)["entry"][0]["changes"][0]["value"]["messages"][0].clone();
    let context = |fixture: &[u8]| message(fixture)["context"]["id"].as_str().unwrap().to_owned();
    let cases = [
        (MARIA, TEXT, json!({"type": "text", "text": message(TEXT)["text"]["body"]})),
        (
            MARIA,
            BUTTON,
            json!({"type": "button", "id": "confirmar:folio:2026-004512", "title": "Sí, confirmar", "message_id": context(BUTTON)}),
        ),
        (
            jose,
            ROW,
            json!({"type": "row", "id": "tramite:acta_nacimiento", "title": "Acta de nacimiento", "description": "Copia certificada", "message_id": context(ROW)}),
        ),
        (MARIA, PIN, json!({"type": "location", "latitude": 19.432608, "longitude": -99.133209})),
        (MARIA, UNSUPPORTED, json!({"type": "unsupported", "kind": "poll_creation"})),
        (MARIA, TEXT, json!({"type": "raw", "message": message(TEXT)})),
    ];
    for (phone, fixture, said) in cases {
        let id = bench.sim.say(phone, serde_json::from_value(said).unwrap()).unwrap();
        let hook = bench.hook().await;
        assert!(hook.is_signed());
        let mut wanted = json_of(fixture);
        wanted["entry"][0]["changes"][0]["value"]["messages"][0]["id"] = json!(id);
        assert_eq!(hook.json(), wanted);
    }
}

#[tokio::test]
async fn somebody_with_a_username_has_no_phone() {
    let bench = Bench::new().await;
    let hidden = "5215500000333";
    let profile = json!({"name": "Vecina Anónima", "username": "vecina.centro", "user_id": "MX.90210036547788121004", "hide_phone": true});
    bench.profile(hidden, profile).await;
    let text = "¿Cuánto debo de predial? Cuenta 04-118-022".to_owned();
    let id = bench.sim.say(hidden, Said::Text { text }).unwrap();
    let mut wanted = json_of(BSUID_ONLY);
    wanted["entry"][0]["changes"][0]["value"]["messages"][0]["id"] = json!(id);
    assert_eq!(bench.hook().await.json(), wanted);
}

#[tokio::test]
async fn somebody_without_a_phone_is_answered_by_user_id() {
    let bench = Bench::with(StatusScript { sent: Some(0), delivered: None, read: None }, |_| {}).await;
    bench.profile(MARIA, json!({"hide_phone": true})).await;
    bench.writes(MARIA, "hola").await;
    let user = "MX.13491208655302741918";
    bench
        .sends(json!({"messaging_product": "whatsapp", "recipient": user, "text": {"body": "Buenas"}}))
        .await;
    let value = bench.hook().await.value();
    assert_eq!(value["statuses"][0]["recipient_user_id"], user);
    assert_eq!(value["statuses"][0].get("recipient_id"), None);
    assert_eq!(value["contacts"], json!([{"profile": {"name": "María Hernández"}, "user_id": user}]));
}

#[tokio::test]
async fn bytes_are_escaped_as_meta_escapes_them() {
    let bench = Bench::new().await;
    bench.sim.say(MARIA, Said::Text { text: "baño 1/2 🏡".into() }).unwrap();
    let hook = bench.hook().await;
    let raw = std::str::from_utf8(&hook.raw).unwrap();
    assert!(raw.contains(r"ba\u00f1o 1\/2 \ud83c\udfe1"), "{raw}");
    assert!(raw.is_ascii() && hook.is_signed());
}

#[tokio::test]
async fn what_is_not_answered_with_200_comes_again() {
    let bench = Bench::new().await;
    bench.answer(&[503, 204, 200]);
    bench.sim.say(MARIA, Said::Text { text: "hola".into() }).unwrap();
    let (first, second, third) = (bench.hook().await, bench.hook().await, bench.hook().await);
    assert_eq!(first.raw, second.raw);
    assert_eq!(second.raw, third.raw);
    // The next one shows that the third try was the last.
    bench.writes(MARIA, "otra cosa").await;
    assert_eq!(bench.sim.stats().webhooks.retried, 2);
}

#[tokio::test]
async fn a_retry_does_not_hold_back_newer_messages() {
    let bench = Bench::with(StatusScript::NONE, |tuning| tuning.retry_scale = 1_000.0).await;
    bench.answer(&[500]);
    bench.sim.say(MARIA, Said::Text { text: "uno".into() }).unwrap();
    let first = bench.hook().await;
    bench.sim.say(MARIA, Said::Text { text: "dos".into() }).unwrap();
    assert_ne!(bench.hook().await.raw, first.raw);
}

#[tokio::test]
async fn a_bad_signature_is_put_right_on_the_next_try() {
    let bench = Bench::new().await;
    bench.sim.arm(Fault::WebhookBadSignature, 1);
    bench.answer(&[401]);
    bench.sim.say(MARIA, Said::Text { text: "hola".into() }).unwrap();
    let (bad, good) = (bench.hook().await, bench.hook().await);
    assert!(!bad.is_signed() && good.is_signed());
    assert_eq!(bad.raw, good.raw);
}

#[tokio::test]
async fn a_duplicate_comes_although_the_first_was_answered() {
    let bench = Bench::new().await;
    bench.sim.arm(Fault::DuplicateWebhook, 1);
    bench.sim.say(MARIA, Said::Text { text: "hola".into() }).unwrap();
    assert_eq!(bench.hook().await.raw, bench.hook().await.raw);
    assert_eq!(bench.sim.stats().webhooks.retried, 0);
}

#[tokio::test]
async fn statuses_come_in_order_and_raise_the_ticks() {
    let all_at_once = StatusScript { sent: Some(0), delivered: Some(0), read: Some(0) };
    let bench = Bench::with(all_at_once, |_| {}).await;
    bench.writes(MARIA, "hola").await;
    let mut tap = bench.sim.tap();
    let mut body = text_to("+5215500000111", "Buenas tardes");
    body["biz_opaque_callback_data"] = json!("folio=2026-004512;intento=1");
    bench.now.store((NOW_S + 2) * 1000, std::sync::atomic::Ordering::SeqCst);
    let (_, answer) = bench.sends(body).await;
    let mut wanted = json_of(STATUS_SENT);
    wanted["entry"][0]["changes"][0]["value"]["statuses"][0]["id"] = answer["messages"][0]["id"].clone();
    assert_eq!(bench.hook().await.json(), wanted);
    assert_eq!(bench.hook().await.statuses()[0].1, "delivered");
    assert_eq!(bench.hook().await.statuses()[0].1, "read");
    while !matches!(soon(tap.recv()).await.unwrap().news, News::Status { status: Tick::Read, .. }) {}
    assert_eq!(bench.sim.bubbles(MARIA, 1)[0].status, Tick::Read);
}

#[tokio::test]
async fn statuses_share_posts_when_told_to() {
    let all_at_once = StatusScript { sent: Some(0), delivered: Some(0), read: Some(0) };
    // A wait far longer than the test: only a full post leaves.
    let bench = Bench::with(all_at_once, |tuning| {
        tuning.limits.window = false;
        tuning.updates_per_post = 6;
        tuning.flush_after = std::time::Duration::from_secs(3600);
    })
    .await;
    bench.sends_text(MARIA, "uno").await;
    bench.sends_text("5215500000999", "dos").await;
    let value = bench.hook().await.value();
    assert_eq!(value["statuses"].as_array().unwrap().len(), 6);
    assert_eq!(value["contacts"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn shuffled_updates_all_arrive_messages_and_statuses_together() {
    let bench = Bench::with(StatusScript { sent: Some(0), delivered: None, read: None }, |tuning| {
        (tuning.limits.window, tuning.shuffle, tuning.updates_per_post) = (false, true, 7);
    })
    .await;
    let mut wanted = BTreeSet::new();
    for i in 0..20 {
        wanted.insert(bench.sim.say(MARIA, Said::Text { text: format!("{i}") }).unwrap().to_string());
    }
    wanted
        .insert(bench.sends_text(MARIA, "Buenas").await.1["messages"][0]["id"].as_str().unwrap().to_owned());
    let mut came = BTreeSet::new();
    while came.len() < wanted.len() {
        let hook = bench.hook().await;
        came.extend(hook.statuses().into_iter().map(|(id, _)| id));
        for change in hook.changes() {
            let messages = change["value"]["messages"].as_array().cloned().unwrap_or_default();
            came.extend(messages.iter().map(|message| message["id"].as_str().unwrap().to_owned()));
        }
    }
    assert_eq!(came, wanted);
}

#[tokio::test]
async fn a_status_may_come_before_the_answer_to_the_send() {
    let bench = Bench::with(StatusScript::SENT_AND_DELIVERED, |_| {}).await;
    bench.writes(MARIA, "hola").await;
    bench.sim.arm(Fault::StatusFirst, 1);
    bench.close_gate().await;
    let send = tokio::spawn(bench.graph(&text_to(MARIA, "Buenas")).send());
    let first = bench.hook().await;
    assert_eq!(first.statuses()[0].1, "sent");
    assert!(!send.is_finished());
    bench.open_gate();
    let answer: Value = soon(send).await.unwrap().unwrap().json().await.unwrap();
    assert_eq!(answer["messages"][0]["id"], first.statuses()[0].0);
    assert_eq!(bench.hook().await.statuses()[0].1, "delivered");
}

#[tokio::test]
async fn statuses_may_be_missing_or_fail() {
    let bench = Bench::with(StatusScript { sent: Some(0), delivered: None, read: None }, |_| {}).await;
    bench.writes(MARIA, "hola").await;
    bench.sim.arm(Fault::StatusMissing, 1);
    assert_eq!(bench.sends_text(MARIA, "uno").await.0, 200);
    bench.sim.arm(Fault::StatusFailed, 1);
    let (status, answer) = bench.sends_text(MARIA, "dos").await;
    assert_eq!(status, 200);
    let value = bench.hook().await.value();
    let mut wanted = json_of(STATUS_FAILED)["entry"][0]["changes"][0]["value"]["statuses"][0].clone();
    wanted["id"] = answer["messages"][0]["id"].clone();
    wanted["timestamp"] = json!(NOW_S.to_string());
    wanted["recipient_id"] = json!(MARIA);
    assert_eq!(value["statuses"], json!([wanted]));
    assert_eq!(value.get("contacts"), None);
    // The person saw the message without a status, and not the one that failed.
    assert_eq!(bench.sim.bubbles(MARIA, 1).len(), 1);
}

#[tokio::test]
async fn the_shutdown_ends_everything() {
    let bench = Bench::with(StatusScript::NONE, |tuning| tuning.retry_scale = 1_000.0).await;
    bench.close_gate().await;
    bench.sim.say(MARIA, Said::Text { text: "hola".into() }).unwrap();
    bench.hook().await;
    bench.shutdown.cancel();
    soon(bench.sim.stopped()).await;
    assert_eq!(bench.sim.stats().webhooks.waiting, 1);
}
