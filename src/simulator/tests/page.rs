use futures::StreamExt;
use serde_json::{Value, json};

use super::support::{Bench, MARIA, NUMBER, answered, soon};
use crate::simulator::StatusScript;

/// The server-sent events of a phone, one `(event, data)` at a time.
struct Events {
    body: futures::stream::BoxStream<'static, reqwest::Result<bytes::Bytes>>,
    rest: String,
}

impl Events {
    async fn of(bench: &Bench, after: u64, last_seen: Option<&str>) -> Self {
        let mut request =
            bench.http.get(format!("{}/simulator/api/phones/{MARIA}/events?after={after}", bench.base));
        if let Some(seen) = last_seen {
            request = request.header("last-event-id", seen);
        }
        let answer = soon(request.send()).await.unwrap();
        assert_eq!(answer.headers()["content-type"], "text/event-stream");
        Self { body: answer.bytes_stream().boxed(), rest: String::new() }
    }

    async fn next(&mut self) -> Option<(String, Value)> {
        loop {
            if let Some((event, rest)) = self.rest.split_once("\n\n") {
                let field =
                    |name: &str| event.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
                let (kind, data) =
                    (field("event: ").to_owned(), serde_json::from_str(field("data: ")).unwrap());
                self.rest = rest.to_owned();
                return Some((kind, data));
            }
            let bytes = soon(self.body.next()).await?.unwrap();
            self.rest.push_str(std::str::from_utf8(&bytes).unwrap());
        }
    }
}

#[tokio::test]
async fn a_phone_shows_bubbles_and_ticks_as_they_come() {
    let read_late = StatusScript { sent: Some(0), delivered: Some(0), read: None };
    let bench = Bench::with(read_late, |_| {}).await;
    bench.writes(MARIA, "hola").await;
    let mut events = Events::of(&bench, 0, None).await;
    let (kind, bubble) = events.next().await.unwrap();
    assert_eq!(
        (kind.as_str(), &bubble["text"], &bubble["from"]),
        ("bubble", &json!("hola"), &json!("citizen"))
    );
    let (_, sent) = bench.sends_text(MARIA, "Buenas tardes").await;
    let id = &sent["messages"][0]["id"];
    let mut came = Vec::new();
    // The tick of "hola" comes too, before or among these.
    while came.len() < 2 {
        let (kind, data) = events.next().await.unwrap();
        if data["id"] == *id {
            came.push((kind, data["status"].clone(), data["text"].clone()));
        }
    }
    assert_eq!(came[0], ("bubble".into(), json!("sent"), json!("Buenas tardes")));
    assert_eq!(came[1], ("status".into(), json!("delivered"), Value::Null));
}

#[tokio::test]
async fn a_stream_goes_on_where_the_browser_left_and_ends_with_the_simulator() {
    let bench = Bench::new().await;
    bench.writes(MARIA, "uno").await;
    bench.writes(MARIA, "dos").await;
    let mut events = Events::of(&bench, 0, Some("1")).await;
    assert_eq!(events.next().await.unwrap().1["text"], "dos");
    bench.shutdown.cancel();
    while events.next().await.is_some() {}
}

#[tokio::test]
async fn a_person_taps_a_button_on_the_page() {
    let bench = Bench::new().await;
    let url = format!("{}/simulator/api/phones/{MARIA}/messages", bench.base);
    let tap = json!({"type": "button", "id": "confirmar", "title": "Sí", "message_id": "wamid.ours"});
    let (status, answer) = answered(bench.http.post(&url).json(&tap)).await;
    assert_eq!(status, 202);
    let shown = bench.page(&format!("phones/{MARIA}/messages?after=0")).await["messages"][0].clone();
    assert_eq!((&shown["id"], &shown["text"], &shown["seq"]), (&answer["id"], &json!("Sí"), &json!(1)));
    assert_eq!(shown["chosen"], json!({"id": "confirmar", "title": "Sí", "message_id": "wamid.ours"}));
    let (status, answer) = answered(bench.http.post(&url).json(&json!({"type": "telegram"}))).await;
    assert_eq!(status, 400);
    assert!(answer["error"].as_str().unwrap().contains("telegram"));
}

#[tokio::test]
async fn the_page_knows_the_town_and_sets_profiles() {
    let bench = Bench::new().await;
    let town = json!({"name": "Villa del Ejemplo", "account": NUMBER, "display_phone": "+52 55 0000 0100"});
    assert_eq!(bench.page("town").await, town);
    let put = |phone: &str, profile: Value| {
        answered(bench.http.put(format!("{}/simulator/api/phones/{phone}", bench.base)).json(&profile))
    };
    assert_eq!(put(MARIA, json!({"user_id": "maria"})).await.0, 400);
    assert_eq!(put("+52155", json!({"name": "María"})).await.0, 400);
    let (_, profile) = put(MARIA, json!({"user_id": ""})).await;
    assert_eq!((&profile["name"], &profile["user_id"]), (&json!("María Hernández"), &Value::Null));
}

#[tokio::test]
async fn the_oldest_bubbles_are_forgotten() {
    let bench = Bench::with(StatusScript::NONE, |tuning| tuning.history = 2).await;
    for text in ["uno", "dos", "tres"] {
        bench.writes(MARIA, text).await;
    }
    let seqs: Vec<u64> = bench.sim.bubbles(MARIA, 0).iter().map(|bubble| bubble.seq).collect();
    assert_eq!(seqs, [2, 3]);
}
