//! The page's API: exactly the shapes the web page was promised.

use futures::StreamExt;
use http::Method;
use serde_json::{Value, json};

use super::support::{Bench, MARIA, soon};

async fn get(bench: &Bench, path: &str) -> Value {
    let (status, body) = bench.page(Method::GET, path, None).await;
    assert_eq!(status, 200, "{path}");
    body
}

async fn post(bench: &Bench, path: &str, body: Value) -> (u16, Value) {
    bench.page(Method::POST, path, Some(body)).await
}

/// From here on nothing is missed.
async fn open(bench: &Bench, path: &str) -> reqwest::Response {
    let answer = soon(bench.http.get(format!("{}/simulator/api/{path}", bench.base)).send()).await.unwrap();
    assert_eq!(answer.headers()["content-type"], "text/event-stream");
    answer
}

/// What an event stream tells until `enough`.
async fn told(stream: reqwest::Response, enough: impl Fn(&str) -> bool) -> String {
    let (mut stream, mut bytes) = (stream.bytes_stream(), Vec::new());
    soon(async {
        while !enough(&String::from_utf8_lossy(&bytes)) {
            bytes.extend_from_slice(&stream.next().await.unwrap().unwrap());
        }
    })
    .await;
    String::from_utf8(bytes).unwrap()
}

async fn events(bench: &Bench, path: &str, enough: impl Fn(&str) -> bool) -> String {
    told(open(bench, path).await, enough).await
}

#[tokio::test]
async fn the_page_learns_the_numbers() {
    let bench = Bench::new().await;
    assert_eq!(
        get(&bench, "twilio").await,
        json!({"sms": {"number": "+525500000200"}, "voice": {"number": "+525500000300"}})
    );
}

#[tokio::test]
async fn texts_are_written_and_read() {
    let bench = Bench::new().await;
    let path = "sms/5215500000111/messages";
    let (status, written) = post(&bench, path, json!({"text": "Hay un bache"})).await;
    assert_eq!(status, 202);
    bench.hook("/sms").await;
    bench.writes("¿Dónde está?").await;
    let messages = get(&bench, path).await["messages"].clone();
    assert_eq!(messages[0]["id"], written["id"]);
    assert_eq!(messages[0]["from"], "citizen");
    let town = get(&bench, &format!("{path}?after=1")).await["messages"][0].clone();
    let id = town["id"].clone();
    let at = super::support::NOW_S * 1000;
    assert_eq!(
        town,
        json!({"seq": 2, "from": "town", "id": id, "at": at, "text": "¿Dónde está?", "segments": 1, "encoding": "ucs2", "status": "queued"})
    );
}

#[tokio::test]
async fn wrong_requests_are_refused_in_words() {
    let bench = Bench::new().await;
    for (path, body) in [
        ("sms/911/messages", json!({"text": "x"})),
        ("sms/525500000111/messages", json!({"texto": "x"})),
        ("sms/525500000111/messages", json!({"text": " "})),
        ("sms/525500000111/messages", json!({"text": "a".repeat(1_601)})),
        ("calls", json!({"from": "911"})),
        ("calls", json!({})),
        ("twilio/faults", json!({"fail": "nada"})),
    ] {
        let (status, answer) = post(&bench, path, body).await;
        assert_eq!(status, 400, "{path}");
        assert!(answer["error"].as_str().unwrap().len() > 10);
    }
    let (status, answer) = post(&bench, "calls/CA0/silence", json!({})).await;
    assert_eq!((status, answer), (404, json!({"error": "Esa llamada no existe."})));
}

#[tokio::test]
async fn a_phone_is_watched_from_where_the_browser_left() {
    let bench =
        Bench::with(|config| config.statuses = crate::simulator::twilio::SmsStatuses::default()).await;
    bench.writes("uno").await;
    let (_, second) = bench.writes("dos").await;
    bench.hook("/estado-sms?m=98fe12").await;
    let missed = events(&bench, &format!("sms/{MARIA}/events?after=1"), |told| told.contains("\n\n")).await;
    assert!(missed.starts_with("event: text\nid: 2\ndata: {\"seq\":2,\"from\":\"town\""), "{missed}");
    assert!(missed.contains(second["sid"].as_str().unwrap()));
    let watching = open(&bench, &format!("sms/{MARIA}/events?after=2")).await;
    bench.writes("tres").await;
    let told = told(watching, |told| told.contains("delivered")).await;
    assert!(told.contains("event: status\ndata: {\"id\":\"SM"), "{told}");
}

#[tokio::test]
async fn a_call_is_made_from_the_page() {
    let bench = Bench::new().await;
    bench.script(
        "/voz",
        "<Gather input=\"dtmf speech\" language=\"es-MX\" numDigits=\"1\" hints=\"bache, fuga\" action=\"/a\"><Say language=\"es-MX\">Hola</Say></Gather>",
    );
    bench.script("/a", "<Dial>+525500000400</Dial>");
    let (status, call) = post(&bench, "calls", json!({"from": "5219811234567"})).await;
    assert_eq!(status, 201);
    let path = format!("calls/{}", call["call"].as_str().unwrap());
    let told = events(&bench, &format!("{path}/events"), |told| told.contains("listening\",")).await;
    assert!(told.contains("event: heard\nid: 1\ndata: {\"seq\":1,\"kind\":\"said\""), "{told}");
    let at = super::support::NOW_S * 1000;
    assert_eq!(
        get(&bench, &path).await,
        json!({
            "call": call["call"],
            "from": "5219811234567",
            "state": "listening",
            "listening": {"input": ["dtmf", "speech"], "num_digits": 1, "finish_on_key": "#", "hints": ["bache", "fuga"]},
            "heard": [{"seq": 1, "kind": "said", "text": "Hola", "lang": "es-MX", "at": at}],
        })
    );
    let (status, refused) = post(&bench, &format!("{path}/dial"), json!({"outcome": "busy"})).await;
    assert_eq!((status, refused), (409, json!({"error": "Ahora no se está marcando a nadie."})));
    assert_eq!(
        post(&bench, &format!("{path}/speech"), json!({"text": "agente", "confidence": 0.8})).await.0,
        202
    );
    let told =
        events(&bench, &format!("{path}/events?after=2"), |told| told.contains("\"dialing\",\"listening"))
            .await;
    assert!(told.contains("\"kind\":\"dialing\",\"text\":\"+525500000400\""), "{told}");
    assert_eq!(post(&bench, &format!("{path}/dial"), json!({"outcome": "no-answer"})).await.0, 202);
    let told =
        events(&bench, &format!("{path}/events?after=3"), |told| told.contains("\"ended\",\"listening"))
            .await;
    assert!(told.contains("\"kind\":\"ended\""), "{told}");
    assert_eq!(post(&bench, &format!("{path}/hangup"), json!({})).await.0, 409);
}

#[tokio::test]
async fn keys_silence_and_hanging_up_work_from_the_page() {
    let bench = Bench::new().await;
    bench.script("/voz", "<Gather numDigits=\"2\" action=\"/voz\"/><Gather action=\"/b\"/>");
    let (_, call) = post(&bench, "calls", json!({"from": "anonymous"})).await;
    let path = format!("calls/{}", call["call"].as_str().unwrap());
    let own = bench.twilio.find_call(call["call"].as_str().unwrap()).unwrap();
    soon(own.heard()).await;
    bench.hook("/voz").await;
    assert_eq!(post(&bench, &format!("{path}/digits"), json!({"digits": "1"})).await.0, 202);
    assert_eq!(post(&bench, &format!("{path}/digits"), json!({"digits": "2"})).await.0, 202);
    assert_eq!(bench.hook("/voz").await.get("Digits"), "12");
    soon(own.heard()).await;
    assert_eq!(post(&bench, &format!("{path}/silence"), json!({})).await.0, 202);
    soon(own.heard()).await;
    assert_eq!(post(&bench, &format!("{path}/hangup"), json!({})).await.0, 202);
    soon(own.ended()).await;
    assert_eq!(get(&bench, &path).await["state"], "ended");
}

#[tokio::test]
async fn faults_are_armed_and_counts_are_read_from_outside() {
    let bench = Bench::new().await;
    let armed = post(&bench, "twilio/faults", json!({"fail": {"refuse": {"code": 30001}}, "times": 3})).await;
    assert_eq!(armed, (200, json!({"fail": {"refuse": {"code": 30001}}, "times": 3})));
    assert_eq!(bench.writes("x").await.1["code"], 30_001);
    assert_eq!(bench.page(Method::DELETE, "twilio/faults", None).await.0, 204);
    assert_eq!(bench.writes("x").await.0, 201);
    assert_eq!(get(&bench, "twilio/stats").await["refused"], json!({"30001": 1}));
    assert_eq!(get(&bench, "twilio/alerts").await, json!({"alerts": []}));
}
