//! Webhooks that leave: signed, again and again until they arrive, and naming nobody.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use axum::{
    Router,
    extract::State as Shared,
    http::{HeaderMap, StatusCode},
    routing::post,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Map, Value, json};
use sha2::Sha256;
use tokio::sync::Mutex;
use ventanilla::{
    config::{Config, Secret, WebhookEndpoint},
    outgoing::{Work, pass},
    reports::{self, Actor, Change, Filer, NewReport, State},
    store::{
        self,
        report_events::Words,
        reports::ReportRow,
        webhook_deliveries::{Delivery, DeliveryState},
    },
    webhooks,
};
use ventanilla_flows::Gazetteer as _;

use crate::support::TestApp;

const KEY: &[u8] = b"a secret of thirty-two bytes....";

/// Who hears, and what it answers.
#[derive(Default)]
struct Receiver {
    heard: Mutex<Vec<(BTreeMap<String, String>, String)>>,
    answers: Mutex<Vec<(u16, Option<u32>)>>,
}

async fn hear(
    Shared(receiver): Shared<Arc<Receiver>>,
    headers: HeaderMap,
    body: String,
) -> (StatusCode, HeaderMap) {
    let named = headers.iter().map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()));
    receiver.heard.lock().await.push((named.collect(), body));
    let (status, pause) = receiver.answers.lock().await.pop().unwrap_or((204, None));
    let mut said = HeaderMap::new();
    if let Some(pause) = pause {
        said.insert("retry-after", pause.into());
    }
    (StatusCode::from_u16(status).unwrap(), said)
}

async fn receiver() -> (Arc<Receiver>, String) {
    let receiver = Arc::new(Receiver::default());
    let routes = Router::new().route("/hook", post(hear)).with_state(Arc::clone(&receiver));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, routes).await });
    (receiver, url)
}

fn endpoint(name: &str, url: &str) -> WebhookEndpoint {
    WebhookEndpoint {
        name: name.to_owned(),
        url: url.to_owned(),
        secret: Secret::new(format!("whsec_{}", STANDARD.encode(KEY))),
        secret_file: None,
        events: Vec::new(),
        categories: Vec::new(),
    }
}

async fn town(endpoints: Vec<WebhookEndpoint>) -> TestApp {
    let set = move |config: &mut Config| config.webhooks.endpoints = endpoints;
    TestApp::builder().configure(set).start().await
}

async fn filed(app: &TestApp, category: &str) -> ReportRow {
    let app = app.app();
    let catalogue = &app.contents.active.catalogue;
    let place = catalogue.locate(18.926_341, -91.113_119);
    let new = NewReport {
        category: catalogue.category(category).unwrap(),
        place: &place,
        description: Some("Soy Rosa y vivo enfrente".to_owned()),
        photos: Vec::new(),
        details: Map::new(),
        anonymous: false,
        said: None,
    };
    let (by, at) = (Actor::Citizen, app.clock.now());
    let filer = Filer { person: None, key: None, by, channel: "webchat".to_owned(), at };
    let unit = app.store.unit().await.unwrap();
    let filed = reports::file(&app, &unit, catalogue, &filer, new).await.unwrap();
    unit.commit().await.unwrap();
    filed.row
}

async fn moved(app: &TestApp, row: &ReportRow) {
    let app = app.app();
    let words = Words {
        public: Some("Ya vamos".to_owned()),
        private: Some("entre nosotros".to_owned()),
        citizen: None,
    };
    let change = Change { words, ..Change::new(State::InProgress, Actor::Cli("ana".to_owned())) };
    let unit = app.store.unit().await.unwrap();
    reports::change(&app, &unit, row, &change).await.unwrap();
    unit.commit().await.unwrap();
}

async fn deliver(app: &TestApp) {
    while pass(&app.app(), Work::Webhooks).await.unwrap() > 0 {}
}

async fn deliveries(app: &TestApp) -> Vec<Delivery> {
    store::webhook_deliveries::list(app.app().store.read(), None, 100).await.unwrap()
}

async fn events(receiver: &Receiver) -> Vec<Value> {
    let heard = receiver.heard.lock().await;
    let mut events: Vec<Value> = heard.iter().map(|(_, body)| serde_json::from_str(body).unwrap()).collect();
    events.sort_by_key(|event| event["id"].as_str().unwrap().to_owned());
    events
}

#[tokio::test]
async fn every_event_arrives_signed_and_names_nobody() {
    let (receiver, url) = receiver().await;
    let app = town(vec![endpoint("tablero", &url)]).await;
    let row = filed(&app, "pothole").await;
    moved(&app, &row).await;
    deliver(&app).await;
    let events = events(&receiver).await;
    let of = |field: &str| events.iter().map(|event| event[field].clone()).collect::<Vec<_>>();
    assert_eq!(of("type"), ["mx.ventanilla.report.filed.v1", "mx.ventanilla.report.moved.v1"]);
    assert_eq!(of("subject"), [row.folio.clone(), row.folio.clone()]);
    assert_eq!(of("id"), [format!("{}-1", row.folio), format!("{}-2", row.folio)]);
    assert_eq!(of("specversion"), ["1.0", "1.0"]);
    let data = &events[1]["data"];
    assert_eq!((&data["state"], &data["previous_state"]), (&json!("in_progress"), &json!("received")));
    assert_eq!((&data["lat"], &data["long"]), (&json!(18.9263), &json!(-91.1131)));
    assert_eq!((&data["category"], &data["public_text"]), (&json!("pothole"), &json!("Ya vamos")));
    let heard = receiver.heard.lock().await;
    for (headers, body) in heard.iter() {
        assert!(
            !body.contains("Rosa") && !body.contains("entre nosotros") && !body.contains("ana"),
            "{body}"
        );
        assert_eq!(headers["content-type"], "application/cloudevents+json; charset=utf-8");
        // As a receiver checks it, with nothing of ours.
        let signed = format!("{}.{}.{body}", headers["webhook-id"], headers["webhook-timestamp"]);
        let mut mac = Hmac::<Sha256>::new_from_slice(KEY).unwrap();
        mac.update(signed.as_bytes());
        assert_eq!(
            headers["webhook-signature"],
            format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
        );
        assert_eq!(headers["webhook-timestamp"], (app.clock.now() / 1000).to_string());
    }
}

#[tokio::test]
async fn of_a_private_report_only_that_it_is_there() {
    let (receiver, url) = receiver().await;
    let potholes = WebhookEndpoint { categories: vec!["pothole".to_owned()], ..endpoint("baches", &url) };
    let app = town(vec![endpoint("todo", &url), potholes]).await;
    let row = filed(&app, "corruption").await;
    moved(&app, &row).await;
    deliver(&app).await;
    let events = events(&receiver).await;
    assert_eq!(events.len(), 2, "who chose categories hears nothing of it");
    let folio = &row.folio;
    let expected =
        json!({ "private": true, "folio": folio, "state": "in_progress", "previous_state": "received" });
    assert_eq!(events[1]["data"], expected);
}

#[tokio::test]
async fn an_endpoint_hears_what_it_chose() {
    let (receiver, url) = receiver().await;
    let moves = WebhookEndpoint { events: vec!["moved".to_owned()], ..endpoint("avances", &url) };
    let app = town(vec![moves]).await;
    let row = filed(&app, "pothole").await;
    moved(&app, &row).await;
    deliver(&app).await;
    assert_eq!(events(&receiver).await.len(), 1);
}

#[tokio::test]
async fn what_does_not_arrive_is_sent_again_with_the_same_id() {
    let (receiver, url) = receiver().await;
    let app = town(vec![endpoint("tablero", &url)]).await;
    *receiver.answers.lock().await = vec![(503, Some(600)), (500, None)];
    filed(&app, "pothole").await;
    deliver(&app).await;
    assert_eq!(deliveries(&app).await[0].problem.as_deref(), Some("it answered 500"));
    app.clock.advance(Duration::from_millis(6_001));
    deliver(&app).await;
    assert_eq!(deliveries(&app).await[0].tries, 2);
    // It asked for ten minutes.
    app.clock.advance(Duration::from_secs(599));
    deliver(&app).await;
    assert_eq!(receiver.heard.lock().await.len(), 2);
    app.clock.advance(Duration::from_secs(1));
    deliver(&app).await;
    assert_eq!(deliveries(&app).await[0].state, DeliveryState::Delivered);
    let heard = receiver.heard.lock().await;
    let ids: Vec<&String> = heard.iter().map(|(headers, _)| &headers["webhook-id"]).collect();
    assert!(ids.iter().all(|id| *id == ids[0]) && ids.len() == 3, "{ids:?}");
}

#[tokio::test]
async fn what_never_arrives_is_given_up_after_days_and_can_be_sent_again() {
    let (receiver, url) = receiver().await;
    let app = town(vec![endpoint("tablero", &url)]).await;
    filed(&app, "pothole").await;
    *receiver.answers.lock().await = vec![(500, None); 200];
    for _ in 0..100 {
        deliver(&app).await;
        app.clock.advance(Duration::from_secs(3600));
    }
    let given_up = deliveries(&app).await.remove(0);
    assert_eq!(given_up.state, DeliveryState::Failed);
    assert!((10..25).contains(&given_up.tries), "{}", given_up.tries);
    receiver.answers.lock().await.clear();
    assert!(webhooks::retry(&app.app(), given_up).await.unwrap());
    deliver(&app).await;
    let arrived = deliveries(&app).await.remove(0);
    assert_eq!((arrived.state, arrived.tries), (DeliveryState::Delivered, 1));
    assert!(!webhooks::retry(&app.app(), arrived).await.unwrap());
}

#[tokio::test]
async fn gone_is_never_again() {
    let (receiver, url) = receiver().await;
    let app = town(vec![endpoint("tablero", &url)]).await;
    *receiver.answers.lock().await = vec![(410, None)];
    filed(&app, "pothole").await;
    deliver(&app).await;
    assert_eq!(deliveries(&app).await[0].state, DeliveryState::Failed);
}

#[tokio::test]
async fn what_was_not_committed_is_told_to_nobody() {
    let (receiver, url) = receiver().await;
    let app = town(vec![endpoint("tablero", &url)]).await;
    let row = filed(&app, "pothole").await;
    let inner = app.app();
    let unit = inner.store.unit().await.unwrap();
    let change = Change::new(State::InProgress, Actor::Cli("ana".to_owned()));
    reports::change(&inner, &unit, &row, &change).await.unwrap();
    drop(unit);
    deliver(&app).await;
    assert_eq!(events(&receiver).await.len(), 1);
}

#[tokio::test]
async fn a_trial_shows_whether_it_is_set_up() {
    let (receiver, url) = receiver().await;
    let app = town(vec![endpoint("tablero", &url)]).await;
    let inner = app.app();
    let endpoint = inner.config.webhooks.endpoint("tablero").unwrap();
    webhooks::try_now(&inner, endpoint).await.unwrap();
    assert_eq!(events(&receiver).await[0]["type"], "mx.ventanilla.report.trial.v1");
    *receiver.answers.lock().await = vec![(401, None)];
    assert_eq!(webhooks::try_now(&inner, endpoint).await, Err("it answered 401".to_owned()));
    assert!(deliveries(&app).await.is_empty());
}
