//! One genuine request of each provider: the bytes of the adapters' fixtures, signed as the provider signs.

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use hmac::{Hmac, KeyInit, Mac};
use http::Request;
use serde_json::{Value, json};
use sha1::Sha1;
use sha2::Sha256;
use ventanilla_adapters::{
    Adapter,
    sms::{KannelConfig, Sms, SmsConfig, SmsNumber, SmsProvider},
    twilio::TwilioConfig,
    voice::{Voice, VoiceConfig},
    webchat::{Webchat, WebchatConfig},
    whatsapp::{Number, WhatsApp, WhatsAppConfig},
};

const PUBLIC: &str = "https://bot.municipio.example";
const SECRET: &str = "secreto_app_municipal_de_prueba";
const TOKEN: &str = "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff";
const FORM: &str = "application/x-www-form-urlencoded; charset=utf-8";

/// What is measured.
pub struct Case {
    pub name: &'static str,
    pub adapter: Box<dyn Adapter>,
    pub request: Request<Bytes>,
    /// What the adapter must understand of it: a refusal would be fast.
    pub events: usize,
}

pub fn all() -> Vec<Case> {
    let case = |name, adapter, request| Case { name, adapter, request, events: 1 };
    let webchat = webchat();
    let token = webchat.issue_token([7; 16]);
    vec![
        case("whatsapp-text", Box::new(whatsapp()), meta(fixture("whatsapp", "in_text.json"))),
        case("whatsapp-status", Box::new(whatsapp()), meta(fixture("whatsapp", "status_sent_pricing.json"))),
        Case {
            events: 1000,
            ..case("whatsapp-1000-updates", Box::new(whatsapp()), meta(thousand_updates()))
        },
        case(
            "sms-twilio",
            Box::new(sms()),
            twilio("/webhooks/sms/twilio", fixture("sms", "in_accented.form")),
        ),
        case(
            "voice-turn",
            Box::new(voice()),
            twilio("/webhooks/voice?paso=motivo&intento=1", fixture("voice", "gather_speech.form")),
        ),
        case("sms-kannel", Box::new(sms()), kannel()),
        case("sms-http", Box::new(sms()), http_provider()),
        case("webchat-text", Box::new(webchat), page(&token)),
    ]
}

fn fixture(channel: &str, name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/src/{channel}/fixtures/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// The largest that Meta posts: 1,000 messages, 3 MB.
fn thousand_updates() -> Vec<u8> {
    let mut envelope: Value = serde_json::from_slice(&fixture("whatsapp", "in_text.json")).unwrap();
    let value = &mut envelope["entry"][0]["changes"][0]["value"];
    let body = "Hay un bache en la esquina. ".repeat(98);
    let people = (0..1000).map(|n| format!("52198111{n:05}"));
    let message = |(n, from): (usize, String)| {
        json!({ "from": from, "id": format!("wamid.{n:060}"), "timestamp": "1795449600", "type": "text",
                "text": { "body": body } })
    };
    value["contacts"] =
        people.clone().map(|wa_id| json!({ "profile": { "name": "Lupe" }, "wa_id": wa_id })).collect();
    value["messages"] = people.enumerate().map(message).collect();
    let bytes = serde_json::to_vec(&envelope).unwrap();
    assert!((2_900_000..3_145_728).contains(&bytes.len()), "{} bytes are not 3 MB", bytes.len());
    bytes
}

fn whatsapp() -> WhatsApp {
    WhatsApp::new(WhatsAppConfig {
        app_secrets: vec![SECRET.to_owned()],
        verify_token: "token-verificacion-municipal".to_owned(),
        numbers: vec![Number {
            phone_number_id: "106540352242922".to_owned(),
            display_phone: "525500000100".to_owned(),
        }],
        access_token: "EAAG-token-de-prueba".to_owned(),
        base_url: "https://graph.facebook.com".to_owned(),
        version: "v26.0".to_owned(),
        media_hosts: Vec::new(),
    })
}

fn meta(body: Vec<u8>) -> Request<Bytes> {
    let mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap().chain_update(&body);
    Request::post("/webhooks/whatsapp")
        .header("Content-Type", "application/json")
        .header("X-Hub-Signature-256", format!("sha256={}", hex::encode(mac.finalize().into_bytes())))
        .body(Bytes::from(body))
        .unwrap()
}

fn twilio_account() -> TwilioConfig {
    TwilioConfig {
        account_sid: "AC00000000000000000000000000000001".to_owned(),
        auth_tokens: vec![TOKEN.to_owned()],
        api_key: None,
        base_url: "https://api.twilio.com".to_owned(),
        public_url: PUBLIC.to_owned(),
    }
}

fn voice() -> Voice {
    Voice::new(VoiceConfig {
        twilio: twilio_account(),
        numbers: vec!["+525500000300".to_owned()],
        emergency: "911".to_owned(),
    })
}

fn twilio(target: &str, body: Vec<u8>) -> Request<Bytes> {
    let mut pairs: Vec<_> = form_urlencoded::parse(&body).into_owned().collect();
    pairs.sort();
    let mac =
        Hmac::<Sha1>::new_from_slice(TOKEN.as_bytes()).unwrap().chain_update(format!("{PUBLIC}{target}"));
    let mac = pairs.iter().fold(mac, |mac, (name, value)| mac.chain_update(name).chain_update(value));
    Request::post(target)
        .header("Content-Type", FORM)
        .header("X-Twilio-Signature", STANDARD.encode(mac.finalize().into_bytes()))
        .body(Bytes::from(body))
        .unwrap()
}

fn sms() -> Sms {
    let number =
        |number: &str, provider| SmsNumber { number: number.to_owned(), provider, messaging_service: None };
    Sms::new(SmsConfig {
        numbers: vec![
            number("+525500000200", SmsProvider::Twilio),
            number("55500200", SmsProvider::Kannel),
            number("+525500000300", SmsProvider::Http),
        ],
        twilio: Some(twilio_account()),
        kannel: Some(KannelConfig {
            send_url: "http://127.0.0.1:13013/cgi-bin/sendsms".to_owned(),
            username: "ventanilla".to_owned(),
            password: "clave".to_owned(),
            secret: "SECRETO".to_owned(),
            smsc: String::new(),
        }),
        http: Some(serde_json::from_value(provider()).unwrap()),
        public_url: PUBLIC.to_owned(),
        save_accents: false,
    })
}

/// A provider as `[sms.http]` describes it.
fn provider() -> Value {
    json!({
        "name": "Mensajería del Sureste",
        "send": { "url": "https://api.sms.example/v1/messages", "format": "json", "id": "/id",
                  "fields": { "to": "{to}", "text": "{text}" } },
        "secret": { "query": "key", "value": "llave-de-entrada" },
        "receive": { "id": "messageId", "from": "from", "to": "to", "text": "/message/text" },
    })
}

fn kannel() -> Request<Bytes> {
    let text = "%00h%00a%00y%00+%00u%00n%00+%00b%00a%00c%00h%00e%00+%00a%00q%00u%00%ED";
    let query = format!(
        "key=SECRETO&from=%2B525500000111&to=55500200&text={text}&charset=UTF-16BE&coding=2&id=1&at=1795300324"
    );
    Request::get(format!("/webhooks/sms/kannel?{query}")).body(Bytes::new()).unwrap()
}

fn http_provider() -> Request<Bytes> {
    let body = json!({ "messageId": "m-1", "from": "525500000111", "to": "525500000300",
                       "message": { "text": "hay un bache aquí" } });
    Request::post("/webhooks/sms/http?key=llave-de-entrada")
        .header("Content-Type", "application/json")
        .body(Bytes::from(body.to_string()))
        .unwrap()
}

fn webchat() -> Webchat {
    Webchat::new(WebchatConfig { secret: b"secreto de prueba".to_vec(), account: "web".to_owned() })
}

fn page(token: &str) -> Request<Bytes> {
    Request::post("/webchat/messages")
        .header("Authorization", format!("Bearer {token}"))
        .body(Bytes::from(fixture("webchat", "in_text.json")))
        .unwrap()
}
