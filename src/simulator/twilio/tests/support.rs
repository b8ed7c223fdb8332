//! The town, the simulator, and a clock to turn, over real loopback connections.

use std::{
    collections::{HashMap, VecDeque},
    future::Future,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use axum::{
    Router,
    extract::{OriginalUri, State},
    response::{IntoResponse, Response},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use bytes::Bytes;
use http::{HeaderMap, StatusCode, header};
use serde_json::Value;
use sha1::{Digest, Sha1};
use tokio::{net::TcpListener, sync::Notify};
use tokio_util::sync::CancellationToken;

use crate::simulator::twilio::{Call, OptOut, Plan, SmsStatuses, Twilio, TwilioConfig, TwilioTuning};

pub const ACCOUNT: &str = "AC00000000000000000000000000000001";
pub const TOKEN: &str = "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff";
pub const SERVICE: &str = "MG00000000000000000000000000000001";
pub const SMS: &str = "+525500000200";
pub const VOICE: &str = "+525500000300";
pub const MARIA: &str = "525500000111";
/// The second at which the fixtures happen.
pub const NOW_S: i64 = 1_795_200_000;
pub const XML: &str = "text/xml; charset=utf-8";

/// HMAC-SHA1 written out, so that the simulator's is not checked with itself.
fn hmac_sha1(key: &[u8], message: &[u8]) -> Vec<u8> {
    let mut block = [0_u8; 64];
    block[..key.len()].copy_from_slice(key);
    let padded = |pad: u8| block.map(|byte| byte ^ pad);
    let inner = Sha1::digest([&padded(0x36)[..], message].concat());
    Sha1::digest([&padded(0x5c)[..], &inner[..]].concat()).to_vec()
}

/// One webhook as it arrived.
#[derive(Debug, Clone)]
pub struct Hook {
    pub path: String,
    pub raw: Bytes,
    pub form: Vec<(String, String)>,
    pub token: String,
    pub signed: bool,
}

impl Hook {
    /// The value of a parameter; `-` where it is absent.
    pub fn get(&self, name: &str) -> &str {
        self.form.iter().find(|(own, _)| own == name).map_or("-", |(_, value)| value)
    }
}

#[derive(Debug, Clone)]
pub struct Answered(pub u16, pub &'static str, pub String, pub Duration);

#[derive(Default)]
pub struct Town {
    base: Mutex<String>,
    hooks: Mutex<VecDeque<Hook>>,
    arrived: Notify,
    once: Mutex<HashMap<String, VecDeque<Answered>>>,
    always: Mutex<HashMap<String, String>>,
}

fn checked(base: &str, path: &str, headers: &HeaderMap, form: &[(String, String)]) -> bool {
    let mut pairs: Vec<_> = form.to_vec();
    pairs.sort();
    let joined: String = pairs.iter().map(|(name, value)| format!("{name}{value}")).collect();
    let mac = hmac_sha1(TOKEN.as_bytes(), format!("{base}{path}{joined}").as_bytes());
    headers["x-twilio-signature"] == BASE64_STANDARD.encode(mac)
}

async fn take(State(town): State<Arc<Town>>, uri: OriginalUri, headers: HeaderMap, raw: Bytes) -> Response {
    let path = uri.path_and_query().unwrap().to_string();
    let form: Vec<(String, String)> = form_urlencoded::parse(&raw).into_owned().collect();
    let base = town.base.lock().unwrap().clone();
    let signed = checked(&base, &path, &headers, &form);
    let token = headers["i-twilio-idempotency-token"].to_str().unwrap().to_owned();
    town.hooks.lock().unwrap().push_back(Hook { path: path.clone(), raw, form, token, signed });
    town.arrived.notify_one();
    let once = town.once.lock().unwrap().get_mut(&path).and_then(VecDeque::pop_front);
    let always = town.always.lock().unwrap().get(&path).cloned();
    match (once, always) {
        (Some(Answered(status, kind, body, delay)), _) => {
            tokio::time::sleep(delay).await;
            (StatusCode::from_u16(status).unwrap(), [(header::CONTENT_TYPE, kind)], body).into_response()
        }
        (None, Some(body)) => ([(header::CONTENT_TYPE, XML)], body).into_response(),
        (None, None) => StatusCode::NO_CONTENT.into_response(),
    }
}

pub struct Bench {
    pub twilio: Twilio,
    pub http: reqwest::Client,
    /// Where the simulator is.
    pub base: String,
    pub now: Arc<AtomicI64>,
    pub shutdown: CancellationToken,
    pub town: Arc<Town>,
}

impl Drop for Bench {
    fn drop(&mut self) {
        self.shutdown.cancel();
    }
}

/// A stuck test fails instead of hanging for ever.
pub async fn soon<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(20), future).await.expect("nothing came for 20 seconds")
}

async fn serve(router: impl FnOnce(&str) -> Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let router = router(&base);
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    base
}

/// An account that sends with its own number, and of which no statuses come.
pub fn config(town: &str, base: &str, now: &Arc<AtomicI64>) -> TwilioConfig {
    rustls::crypto::ring::default_provider().install_default().ok();
    let clock = Arc::clone(now);
    TwilioConfig {
        account_sid: ACCOUNT.into(),
        auth_token: TOKEN.into(),
        sms_number: SMS.into(),
        voice_number: VOICE.into(),
        messaging_service_sid: Some(SERVICE.into()),
        sms_url: format!("{town}/sms").parse().unwrap(),
        voice_url: format!("{town}/voz").parse().unwrap(),
        voice_status_url: format!("{town}/estado").parse().unwrap(),
        public_url: base.to_owned(),
        statuses: SmsStatuses::NONE,
        opt_out: OptOut::Default,
        plan: Plan::QUIET,
        tuning: TwilioTuning { retry_gap: Duration::from_millis(1), ..TwilioTuning::default() },
        clock: Arc::new(move || clock.load(Ordering::SeqCst)),
        http: reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap(),
        shutdown: CancellationToken::new(),
    }
}

impl Bench {
    pub async fn new() -> Self {
        Self::with(|_| {}).await
    }

    pub async fn with(tune: impl FnOnce(&mut TwilioConfig)) -> Self {
        let town = Arc::new(Town::default());
        let router = Router::new().fallback(take).with_state(Arc::clone(&town));
        let town_base = serve(|_| router).await;
        town.base.lock().unwrap().clone_from(&town_base);
        let now = Arc::new(AtomicI64::new(NOW_S * 1000));
        let mut built = None;
        let base = serve(|base| {
            let mut config = config(&town_base, base, &now);
            tune(&mut config);
            let (http, shutdown) = (config.http.clone(), config.shutdown.clone());
            let twilio = Twilio::new(config);
            let router = twilio.router();
            built = Some((twilio, http, shutdown));
            router
        })
        .await;
        let (twilio, http, shutdown) = built.unwrap();
        Self { twilio, http, base, now, shutdown, town }
    }

    /// What the town answers at this path, for ever.
    pub fn script(&self, path: &str, verbs: &str) {
        let body = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response>{verbs}</Response>");
        self.town.always.lock().unwrap().insert(path.to_owned(), body);
    }

    /// What the town answers at this path once, before the script.
    pub fn once(&self, path: &str, status: u16, kind: &'static str, body: &str) {
        self.later(path, Answered(status, kind, body.to_owned(), Duration::ZERO));
    }

    pub fn later(&self, path: &str, answered: Answered) {
        self.town.once.lock().unwrap().entry(path.to_owned()).or_default().push_back(answered);
    }

    /// The next webhook at this path.
    pub async fn hook(&self, path: &str) -> Hook {
        soon(async {
            loop {
                let arrived = self.town.arrived.notified();
                {
                    let mut hooks = self.town.hooks.lock().unwrap();
                    if let Some(place) = hooks.iter().position(|hook| hook.path == path) {
                        return hooks.remove(place).unwrap();
                    }
                }
                tokio::select! {
                    () = arrived => {}
                    () = tokio::time::sleep(Duration::from_millis(20)) => {}
                }
            }
        })
        .await
    }

    /// Webhooks nobody looked at yet, at this path.
    pub fn unseen(&self, path: &str) -> usize {
        self.town.hooks.lock().unwrap().iter().filter(|hook| hook.path == path).count()
    }

    pub fn town_url(&self, path: &str) -> String {
        format!("{}{path}", self.town.base.lock().unwrap())
    }

    pub fn rest(&self, method: http::Method, path: &str) -> reqwest::RequestBuilder {
        let url = format!("{}/simulator/twilio/2010-04-01/Accounts/{ACCOUNT}{path}", self.base);
        self.http.request(method, url).basic_auth(ACCOUNT, Some(TOKEN))
    }

    pub async fn sends(&self, pairs: &[(&str, &str)]) -> (u16, Value) {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        answered(self.rest(http::Method::POST, "/Messages.json").body(body)).await
    }

    /// The town writes to Maria; statuses go to `/estado-sms?m=98fe12`.
    pub async fn writes(&self, text: &str) -> (u16, Value) {
        let callback = self.town_url("/estado-sms?m=98fe12");
        self.sends(&[
            ("To", &format!("+{MARIA}")),
            ("From", SMS),
            ("Body", text),
            ("StatusCallback", &callback),
        ])
        .await
    }

    pub async fn page(&self, method: http::Method, path: &str, body: Option<Value>) -> (u16, Value) {
        let request = self.http.request(method, format!("{}/simulator/api/{path}", self.base));
        answered(match body {
            Some(body) => request.json(&body),
            None => request,
        })
        .await
    }
}

pub async fn answered(request: reqwest::RequestBuilder) -> (u16, Value) {
    let answer = soon(request.send()).await.unwrap();
    let status = answer.status().as_u16();
    let bytes = soon(answer.bytes()).await.unwrap();
    (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
}

/// Somebody calls, and the town was asked.
pub async fn calling(bench: &Bench) -> Call {
    let call = bench.twilio.call("5215500000111").unwrap();
    assert!(bench.hook("/voz").await.signed);
    call
}

/// What the town says until it listens, dials or ends.
pub async fn heard(call: &Call) -> Vec<String> {
    soon(call.heard()).await.into_iter().map(|said| said.text).collect()
}
