//! The adapters for Twilio, asked by JSON: does this request come from Twilio, and what is it answered with?

use std::collections::BTreeMap;

use anyhow::Context as _;
use bytes::Bytes;
use http::Request;
use serde::Deserialize;
use serde_json::{Value, json};
use ventanilla_adapters::{
    Adapter, Answer, Message,
    sms::{Sms, SmsConfig, SmsNumber, SmsProvider},
    twilio::TwilioConfig,
    voice::{Voice, VoiceConfig},
};

/// The invented account of the adapters' fixtures.
pub const ACCOUNT: &str = "AC00000000000000000000000000000001";
pub const TOKEN: &str = "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff";
pub const SMS_NUMBER: &str = "+525500000200";
pub const VOICE_NUMBER: &str = "+525500000300";

/// One request of Twilio's.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    channel: Channel,
    /// The setting `server.public_url`.
    public_url: String,
    method: String,
    /// Path and query.
    target: String,
    headers: BTreeMap<String, String>,
    #[serde(default)]
    body: String,
    /// What the town says; missing where the adapter answers by itself.
    #[serde(default)]
    answer: Option<Reply>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Channel {
    Sms,
    Voice,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Reply {
    Said(Vec<Message>),
    NotYet,
    Over,
    Broken,
}

/// `{"status": 200, "events": 1, "quarantined": [], "document": "<?xml …"}`, or `{"status": 403, "reason": "…"}`.
pub fn answer(asked: Value) -> anyhow::Result<Value> {
    let asked: Asked = serde_json::from_value(asked).context("the line does not fit")?;
    let request = request(&asked)?;
    let adapter = adapter(&asked);
    let reception = match adapter.receive(&request) {
        Ok(reception) => reception,
        Err(refusal) => return Ok(json!({ "status": refusal.status.as_u16(), "reason": refusal.reason })),
    };
    let status = reception.response.status().as_u16();
    let document = match &asked.answer {
        Some(reply) => adapter.respond(&request, reply.as_answer()),
        None => reception.response,
    };
    Ok(json!({
        "status": status,
        "events": reception.events.len(),
        "quarantined": reception.quarantined.iter().map(|kept| &kept.reason).collect::<Vec<_>>(),
        "document": std::str::from_utf8(document.body()).context("TwiML is UTF-8")?,
    }))
}

fn request(asked: &Asked) -> anyhow::Result<Request<Bytes>> {
    let mut request = Request::builder().method(asked.method.as_str()).uri(&asked.target);
    for (name, value) in &asked.headers {
        request = request.header(name, value);
    }
    request.body(Bytes::from(asked.body.clone())).context("the line makes no request")
}

fn adapter(asked: &Asked) -> Box<dyn Adapter> {
    let twilio = TwilioConfig {
        account_sid: ACCOUNT.to_owned(),
        auth_tokens: vec![TOKEN.to_owned()],
        api_key: None,
        base_url: "https://api.twilio.com".to_owned(),
        public_url: asked.public_url.clone(),
    };
    match asked.channel {
        Channel::Sms => Box::new(Sms::new(sms(twilio))),
        Channel::Voice => Box::new(Voice::new(VoiceConfig {
            twilio,
            numbers: vec![VOICE_NUMBER.to_owned()],
            emergency: "911".to_owned(),
        })),
    }
}

fn sms(twilio: TwilioConfig) -> SmsConfig {
    let number =
        SmsNumber { number: SMS_NUMBER.to_owned(), provider: SmsProvider::Twilio, messaging_service: None };
    SmsConfig {
        numbers: vec![number],
        public_url: twilio.public_url.clone(),
        twilio: Some(twilio),
        kannel: None,
        http: None,
        save_accents: false,
    }
}

impl Reply {
    fn as_answer(&self) -> Answer<'_> {
        match self {
            Self::Said(messages) => Answer::Said(messages),
            Self::NotYet => Answer::NotYet,
            Self::Over => Answer::Over,
            Self::Broken => Answer::Broken,
        }
    }
}
