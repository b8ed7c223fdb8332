//! A real Kannel between the server and a phone: `bearerbox` and `smsbox` with the settings that the adapter's manual
//! asks for, and `fakesmsc` as the network of a phone company. Adapters are tested against what Kannel was seen to do;
//! this is where it is seen.

mod gateway;
mod phone;
mod program;

use std::time::Duration;

use ventanilla::config::{Kannel, Secret, SmsNumber};
use ventanilla_adapters::sms::SmsProvider;

use self::{
    gateway::{Gateway, NUMBER, PASSWORD, SECRET, USER},
    phone::{Phone, Sms},
};
use crate::support::TestApp;

const LUPE: &str = "+525500000111";

/// A town whose only number for SMS is Kannel's; Kannel itself is not started yet.
async fn town(gateway: &Gateway) -> TestApp {
    let send_url = gateway.send_url();
    let number = SmsNumber {
        number: NUMBER.to_owned(),
        provider: SmsProvider::Kannel,
        messaging_service: String::new(),
    };
    let kannel = Kannel {
        send_url,
        username: USER.to_owned(),
        password: Secret::new(PASSWORD),
        password_file: None,
        secret: Secret::new(SECRET),
        secret_file: None,
        smsc: String::new(),
    };
    let builder = TestApp::builder().configure(move |config| {
        config.sms.numbers = vec![number];
        config.sms.kannel = Some(kannel);
    });
    builder.start().await
}

async fn town_with_kannel() -> (TestApp, Gateway) {
    let mut gateway = Gateway::new();
    let app = town(&gateway).await;
    gateway.start(&app).await;
    (app, gateway)
}

/// The next SMS that the phone gets, whole.
async fn next(app: &TestApp, phone: &Phone, known: usize) -> Sms {
    app.until("the phone gets an SMS", async || phone.heard().len() > known).await;
    phone.heard().swap_remove(known)
}

/// What the server decided to say, oldest first.
async fn said(app: &TestApp) -> Vec<String> {
    let messages = app.texts("SELECT message_json AS t FROM outbox ORDER BY id").await;
    let text = |json: &String| {
        let message: serde_json::Value = serde_json::from_str(json).unwrap();
        message["text"].as_str().unwrap().to_owned()
    };
    messages.iter().map(text).collect()
}

async fn all_are_delivered(app: &TestApp) {
    let all = async || {
        let states = app.outbox_states().await;
        !states.is_empty() && states.iter().all(|state| state == "delivered")
    };
    app.until("the network's receipts come back", all).await;
}

#[tokio::test]
async fn a_text_is_answered_with_its_accents_in_parts_and_known_to_have_arrived() {
    let (app, gateway) = town_with_kannel().await;
    let phone = Phone::that_writes(&gateway, LUPE, "¿Qué más? Hay un bache aquí €");
    let answer = next(&app, &phone, 0).await;
    let heard = app.texts("SELECT inbound_json AS t FROM inbox").await;
    assert!(heard[0].contains("¿Qué más? Hay un bache aquí €"), "{heard:?}");
    assert_eq!([answer.text.as_str()], said(&app).await.as_slice());
    assert!(
        answer.text.contains('í') || answer.text.contains('ó') || answer.text.contains('á'),
        "{answer:?}"
    );
    assert!(answer.unicode, "á, í and ó are not in GSM-7: {answer:?}");
    // 67 letters fit into a part in UCS-2.
    assert_eq!(answer.parts, answer.text.encode_utf16().count().div_ceil(67), "{answer:?}");
    assert!(answer.parts > 1, "{answer:?}");
    all_are_delivered(&app).await;
    app.settle().await;
}

#[tokio::test]
async fn while_kannel_is_away_the_reply_waits_and_goes_once_when_it_is_back() {
    let mut gateway = Gateway::new();
    let app = town(&gateway).await;
    // Kannel's last call before it died.
    let last = format!(
        "key={SECRET}&from=%2B525500000111&to={NUMBER}&text=hay+un+bache&charset=UTF-8&coding=0&id=1"
    );
    let answer = app.get(&format!("/webhooks/sms/kannel?{last}")).send().await.unwrap();
    assert_eq!((answer.status().as_u16(), answer.text().await.unwrap()), (200, String::new()));
    app.settle().await;
    assert_eq!(app.outbox_states().await, ["queued"]);
    gateway.start(&app).await;
    let phone = Phone::that_is_silent(&gateway);
    app.advance(Duration::from_secs(2)).await;
    let answer = next(&app, &phone, 0).await;
    assert_eq!([answer.text.as_str()], said(&app).await.as_slice());
    all_are_delivered(&app).await;
    // Long enough for every rung that was climbed meanwhile.
    app.advance(Duration::from_secs(120)).await;
    assert_eq!(phone.heard().len(), 1, "it was sent once");
}
