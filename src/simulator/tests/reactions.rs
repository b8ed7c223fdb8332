use std::sync::atomic::Ordering;

use serde_json::{Value, json};

use super::support::{Bench, MARIA, message, soon};
use crate::simulator::{News, StatusScript};

const DAY_MS: i64 = 86_400_000;

fn reaction(target: &str, emoji: &str) -> Value {
    message("reaction", json!({"message_id": target, "emoji": emoji}))
}

#[tokio::test]
async fn the_town_reacts_and_takes_it_back() {
    let all_at_once = StatusScript { sent: Some(0), delivered: Some(0), read: Some(0) };
    let bench = Bench::with(all_at_once, |_| {}).await;
    let hello = bench.writes(MARIA, "hola").await;
    let shown = bench.shows(reaction(&hello, "👍🏽")).await;
    assert_eq!(
        (&shown["type"], &shown["emoji"], &shown["target"]),
        (&json!("reaction"), &json!("👍🏽"), &json!(hello))
    );
    assert_eq!(bench.shows(reaction(&hello, "")).await.get("emoji"), None);
    // Reactions only ever get `sent`.
    assert_eq!(bench.hook().await.statuses()[0].1, "sent");
    assert_eq!(bench.hook().await.statuses()[0].1, "sent");
    bench.writes(MARIA, "gracias").await;
}

#[tokio::test]
async fn only_messages_of_this_conversation_from_the_last_30_days_are_reacted_to() {
    let bench = Bench::new().await;
    let other = bench.writes("5215500000999", "hola").await;
    let old = bench.writes(MARIA, "hola").await;
    let (liked, _) = bench.does(MARIA, json!({"type": "reaction", "message_id": old, "emoji": "❤️"})).await;
    bench.refuses(reaction("wamid.nadie", "👍"), 131_009, "no message of this conversation").await;
    bench.refuses(reaction(&other, "👍"), 131_009, "no message of this conversation").await;
    bench.refuses(reaction(&liked, "👍"), 131_009, "a reaction cannot").await;
    bench.refuses(reaction(&old, "bien"), 131_009, "must be an emoji").await;
    bench.now.fetch_add(30 * DAY_MS, Ordering::SeqCst);
    bench.writes(MARIA, "sigo aquí").await;
    bench.shows(reaction(&old, "👍")).await;
    bench.now.fetch_add(1, Ordering::SeqCst);
    bench.refuses(reaction(&old, "👍"), 131_009, "older than 30 days").await;
}

#[tokio::test]
async fn the_typing_sign_shows_for_25_seconds() {
    let bench = Bench::new().await;
    let hello = bench.writes(MARIA, "hola").await;
    let mut tap = bench.sim.tap();
    let read = |typing: Value| json!({"messaging_product": "whatsapp", "status": "read", "message_id": hello, "typing_indicator": typing});
    bench.refuses(read(json!({"type": "audio"})), 131_009, "typing_indicator.type").await;
    bench.refuses(read(json!({"type": "text", "for": 9})), 100, "typing_indicator.for").await;
    assert_eq!(bench.sends(read(json!({"type": "text"}))).await, (200, json!({"success": true})));
    let until = loop {
        if let News::Typing { until } = soon(tap.recv()).await.unwrap().news {
            break until;
        }
    };
    assert_eq!(until, bench.now.load(Ordering::SeqCst) + 25_000);
    bench.now.fetch_add(31 * DAY_MS, Ordering::SeqCst);
    bench.refuses(read(json!({"type": "text"})), 131_009, "last 30 days").await;
}

#[tokio::test]
async fn a_quote_shows_on_the_phone() {
    let bench = Bench::new().await;
    let hello = bench.writes(MARIA, "hola").await;
    let mut body = super::support::text_to(MARIA, "Buenas");
    body["context"] = json!({"message_id": hello});
    assert_eq!(bench.shows(body).await["reply_to"], json!(hello));
}
