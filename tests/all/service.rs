//! The server as its keeper sees it: health, request ids, keys, content releases, stopping.

use std::{collections::HashSet, fs};

use ventanilla::{app::App, ids::Ids};

use crate::support::{TestApp, wire};

#[tokio::test]
async fn health_and_readiness_are_told_and_metrics_need_a_recorder() {
    let app = TestApp::new().await;
    let health = app.get("/healthz").send().await.unwrap();
    assert_eq!((health.status().as_u16(), health.text().await.unwrap().as_str()), (200, "ok"));
    assert_eq!(app.get("/readyz").send().await.unwrap().text().await.unwrap(), r#"{"ready":true}"#);
    assert_eq!(app.get("/metrics").send().await.unwrap().status(), 404);
}

#[tokio::test]
async fn api_webhooks_and_chat_never_fall_through_to_a_page() {
    let app = TestApp::new().await;
    for path in ["/api/v1/nothing", "/webhooks/nothing", "/webchat/nothing", "/open311/v2/nothing.json"] {
        let answer = app.get(path).send().await.unwrap();
        assert_eq!(answer.status(), 404, "{path}");
        assert!(!answer.text().await.unwrap().contains("<html"), "{path}");
    }
    assert_eq!(app.get("/").send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn every_request_gets_an_id_of_its_own() {
    let app = TestApp::new().await;
    let mut ids = HashSet::new();
    for _ in 0..3 {
        let answer = app.get("/healthz").send().await.unwrap();
        ids.insert(answer.headers()["x-request-id"].to_str().unwrap().to_owned());
    }
    assert_eq!(ids.len(), 3);
}

#[tokio::test]
async fn an_id_that_a_stranger_chose_is_not_taken_into_our_logs() {
    let app = TestApp::new().await;
    let answer = app.get("/healthz").header("x-request-id", "chosen-by-a-stranger").send().await.unwrap();
    assert_ne!(answer.headers()["x-request-id"], "chosen-by-a-stranger");
}

#[tokio::test]
async fn the_id_of_the_webhook_goes_with_the_message_and_its_reply() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    lupe.asks("hay un bache").await;
    let body = wire::messages(&[wire::text("wamid.1", lupe.wa_id(), "no")]).to_string();
    let request =
        app.post("/webhooks/whatsapp").header("x-hub-signature-256", wire::signature(body.as_bytes()));
    let answer = request.body(body).send().await.unwrap();
    let id = answer.headers()["x-request-id"].to_str().unwrap().to_owned();
    app.settle().await;
    let inbox = app.texts("SELECT trace AS t FROM inbox WHERE provider_id = 'wamid.1'").await;
    let outbox = app.texts("SELECT trace AS t FROM outbox ORDER BY id DESC LIMIT 1").await;
    assert_eq!((inbox, outbox), (vec![id.clone()], vec![id]));
}

#[tokio::test]
async fn data_is_refused_without_the_keyring_that_sealed_it() {
    let app = TestApp::new().await;
    app.stop().await;
    let mut config = app.config();
    config.data.keyring = app.folder().join("another.keys");
    let built = App::build(config, app.clock.clone(), Ids::seeded(app.clock.clone(), 99)).await;
    let said = format!("{:#}", built.unwrap_err());
    assert!(said.contains("put the keyring that belongs to this data in its place"), "{said}");
    assert!(said.contains("another.keys"), "{said}");
}

#[tokio::test]
async fn a_keyring_that_is_rubbish_is_refused_by_its_name() {
    let app = TestApp::new().await;
    app.stop().await;
    fs::write(app.folder().join("rubbish.keys"), "no keys here").unwrap();
    let mut config = app.config();
    config.data.keyring = app.folder().join("rubbish.keys");
    let built = App::build(config, app.clock.clone(), Ids::seeded(app.clock.clone(), 99)).await;
    assert!(format!("{:#}", built.unwrap_err()).contains("rubbish.keys is not one"));
}

#[tokio::test]
async fn what_was_accepted_just_before_the_server_stops_is_answered_once() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    lupe.says("hay un bache").await;
    app.until("the message is in the inbox", async || app.inbox_len().await == 1).await;
    app.restart().await;
    assert_eq!(lupe.hears().await.len(), 1);
    assert!(lupe.asks("no").await.contains("¿De qué tamaño es?"));
}

#[tokio::test]
async fn messages_sent_while_the_server_is_down_are_answered_when_it_is_back() {
    let app = TestApp::new().await;
    let mut lupe = app.citizen("Lupe");
    lupe.asks("hay un bache").await;
    app.stop().await;
    lupe.says("no").await;
    app.until("Meta tried in vain", async || app.simulator.stats().webhooks.retried > 0).await;
    app.start_again().await;
    assert!(lupe.hears().await.join("").contains("¿De qué tamaño es?"));
}

const OLD: &str = "¿Qué más debe saber quien lo va a atender?";
const NEW: &str = "¿Algo más para la cuadrilla?";

#[tokio::test]
async fn a_talk_keeps_the_flows_it_began_with_and_the_next_takes_the_new_ones() {
    let files = crate::support::folder::Folder::new();
    let changed = files.copy_of_the_demo("changed");
    let flow = changed.join("flows/report.yaml");
    fs::write(&flow, fs::read_to_string(&flow).unwrap().replace(OLD, NEW)).unwrap();
    let app = TestApp::new().await;
    let (mut lupe, mut beto) = (app.citizen("Lupe"), app.citizen("Beto"));
    for words in ["hay un bache", "no", "chico"] {
        lupe.asks(words).await;
    }
    app.restart_with_content(changed).await;
    assert!(lupe.asks("calle 20 por 15").await.contains(OLD), "begun before the change");
    for words in ["hay un bache", "no", "chico"] {
        beto.asks(words).await;
    }
    assert!(beto.asks("calle 20 por 15").await.contains(NEW), "begun after the change");
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM releases", []).await, 2);
}

#[tokio::test]
async fn a_release_that_nobody_uses_is_forgotten_at_the_next_change() {
    let files = crate::support::folder::Folder::new();
    let changed = files.copy_of_the_demo("changed");
    files.write("changed/flows/report.test.yaml", "[]");
    let app = TestApp::builder().content(changed).start().await;
    app.restart_with_content(std::path::PathBuf::new()).await;
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM releases", []).await, 1);
}

#[tokio::test]
async fn two_servers_live_in_one_process_and_do_not_mix() {
    let (one, two) = (TestApp::new().await, TestApp::new().await);
    one.citizen("Lupe").asks("hay un bache").await;
    assert_eq!((one.inbox_len().await, two.inbox_len().await), (1, 0));
}

#[tokio::test]
async fn a_web_page_without_a_good_token_is_sent_away() {
    let app = TestApp::new().await;
    for token in ["", "made-up"] {
        assert_eq!(app.get("/webchat/messages").bearer_auth(token).send().await.unwrap().status(), 401);
        let post =
            app.post("/webchat/messages").bearer_auth(token).body(r#"{"id":"1","type":"text","text":"x"}"#);
        assert_eq!(post.send().await.unwrap().status(), 401);
    }
    assert_eq!(app.inbox_len().await, 0);
}

#[tokio::test]
async fn two_visitors_read_only_their_own_answers() {
    let app = TestApp::new().await;
    let (mut lupe, mut beto) = (app.visitor().await, app.visitor().await);
    assert!(lupe.asks("hay un bache").await.contains("Bache"));
    assert!(beto.hears().await.is_empty());
}
