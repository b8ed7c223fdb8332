use serde_json::{Value, json};

use super::support::{Bench, MARIA};
use crate::simulator::{BodyStyle, Fault, Said, SignatureStyle, StatusScript};

#[tokio::test]
async fn bodies_are_written_in_three_ways_and_signed_as_written() {
    for (style, holds) in [
        (BodyStyle::Escaped, r"ba\u00f1o 1\/2"),
        (BodyStyle::Plain, r#""body":"baño 1/2""#),
        (BodyStyle::Pretty, "\"body\": \"baño 1/2\"\n"),
    ] {
        let bench = Bench::with(StatusScript::NONE, |tuning| tuning.body = style).await;
        bench.sim.say(MARIA, Said::Text { text: "baño 1/2".into() }).unwrap();
        let hook = bench.hook().await;
        let raw = std::str::from_utf8(&hook.raw).unwrap();
        assert!(raw.contains(holds), "{raw}");
        assert!(hook.is_signed());
        assert_eq!(hook.value()["messages"][0]["text"]["body"], "baño 1/2");
    }
}

#[tokio::test]
async fn every_try_may_be_signed_wrongly_or_not_at_all() {
    for style in [SignatureStyle::Rewritten, SignatureStyle::WrongSecret, SignatureStyle::Missing] {
        let bench = Bench::with(StatusScript::NONE, |tuning| tuning.signature = style).await;
        bench.answer(&[401]);
        bench.sim.say(MARIA, Said::Text { text: "hola".into() }).unwrap();
        for _ in 0..2 {
            let hook = bench.hook().await;
            assert!(!hook.is_signed());
            assert_eq!(hook.signature.is_empty(), style == SignatureStyle::Missing);
        }
    }
}

#[tokio::test]
async fn a_missing_signature_is_put_right_on_the_next_try() {
    let bench = Bench::new().await;
    assert_eq!(bench.posts("faults", &json!({"fail": "webhook_no_signature"})).await.0, 200);
    bench.answer(&[401]);
    bench.sim.say(MARIA, Said::Text { text: "hola".into() }).unwrap();
    let (bad, good) = (bench.hook().await, bench.hook().await);
    assert!(bad.signature.is_empty() && good.is_signed());
    bench.sim.arm(Fault::WebhookNoSignature, 1);
    bench.sim.disarm();
    bench.sim.say(MARIA, Said::Text { text: "hola".into() }).unwrap();
    assert!(bench.hook().await.is_signed());
}

#[tokio::test]
async fn a_post_may_hold_messages_statuses_and_changes_of_the_account() {
    let bench = Bench::with(StatusScript::NONE, |tuning| {
        (tuning.updates_per_post, tuning.flush_after) = (3, std::time::Duration::from_secs(3600));
    })
    .await;
    bench.sim.say(MARIA, Said::Text { text: "hola".into() }).unwrap();
    bench.posts("notices", &json!({"type": "security", "event": "PIN_CHANGED"})).await;
    bench.posts("notices", &json!({"type": "errors", "code": 131_000})).await;
    let entries = bench.hook().await.json()["entry"].clone();
    let fields = |entry: &Value| -> Vec<String> {
        let changes = entry["changes"].as_array().unwrap().iter();
        changes.map(|change| change["field"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(
        (fields(&entries[0]), entries[0].get("time")),
        (vec!["messages".into(), "messages".into()], None)
    );
    assert_eq!(fields(&entries[1]), ["security"]);
}
