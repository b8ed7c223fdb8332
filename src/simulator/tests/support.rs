//! A town that collects webhooks, and a simulator that talks to it over real loopback connections.

mod bodies;
mod hook;

use std::{
    collections::VecDeque,
    future::Future,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use axum::{
    Router,
    extract::{RawQuery, State},
    routing::get,
};
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use reqwest::{
    RequestBuilder,
    multipart::{Form, Part},
};
use serde_json::{Value, json};
use tokio::{
    net::TcpListener,
    sync::{Mutex as AsyncMutex, Semaphore, mpsc},
};
use tokio_util::sync::CancellationToken;

pub use bodies::{but, buttons_to, interactive, message, template_to, text_to};
pub use hook::{Hook, hmac_sha256};

use crate::simulator::{Said, Simulator, SimulatorConfig, StatusScript, Tuning};

pub const SECRET: &str = "secreto_app_municipal_de_prueba";
pub const TOKEN: &str = "token-de-acceso";
pub const VERIFY: &str = "token-verificacion-municipal";
pub const NUMBER: &str = "106540352242922";
pub const MARIA: &str = "5215500000111";
/// The second at which the fixtures happen.
pub const NOW_S: i64 = 1_795_200_000;

#[derive(Debug)]
struct Desk {
    hooks: mpsc::UnboundedSender<Hook>,
    /// What to answer next; 200 when empty.
    answers: Mutex<VecDeque<u16>>,
    /// One permit for each webhook that may be answered.
    gate: Semaphore,
    verify_token: String,
}

async fn take(State(desk): State<Arc<Desk>>, headers: HeaderMap, raw: Bytes) -> StatusCode {
    let signature = headers.get("x-hub-signature-256").map(|value| value.to_str().unwrap());
    let signature = signature.unwrap_or_default().to_owned();
    assert_eq!(headers["content-type"], "application/json");
    desk.hooks.send(Hook { raw, signature }).ok();
    desk.gate.acquire().await.unwrap().forget();
    let answer = desk.answers.lock().unwrap().pop_front().unwrap_or(200);
    StatusCode::from_u16(answer).unwrap()
}

async fn handshake(State(desk): State<Arc<Desk>>, RawQuery(query): RawQuery) -> (StatusCode, String) {
    let query = query.unwrap_or_default();
    let field = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name)).map(str::to_owned);
    if field("hub.mode=").as_deref() == Some("subscribe")
        && field("hub.verify_token=") == Some(desk.verify_token.clone())
    {
        (StatusCode::OK, field("hub.challenge=").unwrap_or_default())
    } else {
        (StatusCode::FORBIDDEN, String::new())
    }
}

/// The simulator, the town, and a clock to turn.
pub struct Bench {
    pub sim: Simulator,
    pub http: reqwest::Client,
    pub base: String,
    pub now: Arc<AtomicI64>,
    pub shutdown: CancellationToken,
    desk: Arc<Desk>,
    hooks: AsyncMutex<mpsc::UnboundedReceiver<Hook>>,
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

impl Bench {
    /// No statuses, quick retries, one webhook at a time; Maria has her name and her user id.
    pub async fn new() -> Self {
        Self::with(StatusScript::NONE, |_| {}).await
    }

    pub async fn with(statuses: StatusScript, tune: impl FnOnce(&mut Tuning)) -> Self {
        let mut tuning = Tuning { retry_scale: 0.0, parallel_posts: 1, ..Tuning::default() };
        tune(&mut tuning);
        Self::build(statuses, tuning, VERIFY).await
    }

    pub async fn build(statuses: StatusScript, tuning: Tuning, town_token: &str) -> Self {
        rustls::crypto::ring::default_provider().install_default().ok();
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        let (hooks_in, hooks) = mpsc::unbounded_channel();
        let desk = Arc::new(Desk {
            hooks: hooks_in,
            answers: Mutex::default(),
            gate: Semaphore::new(10_000),
            verify_token: town_token.to_owned(),
        });
        let town = Router::new()
            .route("/webhooks/whatsapp", get(handshake).post(take))
            .with_state(Arc::clone(&desk));
        let town = serve(|_| town).await;
        let (now, shutdown) = (Arc::new(AtomicI64::new(NOW_S * 1000)), CancellationToken::new());
        let clock = Arc::clone(&now);
        let mut built = None;
        let base = serve(|base| {
            let sim = Simulator::new(SimulatorConfig {
                webhook_url: format!("{town}/webhooks/whatsapp").parse().unwrap(),
                app_secret: SECRET.into(),
                verify_token: VERIFY.into(),
                access_token: TOKEN.into(),
                phone_number_id: NUMBER.into(),
                waba_id: "109876543210987".into(),
                display_phone: "+52 55 0000 0100".into(),
                town_name: "Villa del Ejemplo".into(),
                public_url: base.to_owned(),
                statuses,
                tuning,
                clock: Arc::new(move || clock.load(Ordering::SeqCst)),
                http: http.clone(),
                shutdown: shutdown.clone(),
            });
            let router = sim.router();
            built = Some(sim);
            router
        })
        .await;
        let bench =
            Self { sim: built.unwrap(), http, base, now, shutdown, desk, hooks: AsyncMutex::new(hooks) };
        bench.profile(MARIA, json!({"name": "María Hernández", "user_id": "MX.13491208655302741918"})).await;
        bench
    }

    pub fn answer(&self, statuses: &[u16]) {
        self.desk.answers.lock().unwrap().extend(statuses);
    }

    /// Webhooks arrive but are not answered until [`Self::open_gate`].
    pub async fn close_gate(&self) {
        self.desk.gate.forget_permits(usize::MAX >> 4);
    }

    pub fn open_gate(&self) {
        self.desk.gate.add_permits(10_000);
    }

    pub async fn hook(&self) -> Hook {
        soon(async { self.hooks.lock().await.recv().await.unwrap() }).await
    }

    /// A text arrives and the town heard of it.
    pub async fn writes(&self, phone: &str, text: &str) -> String {
        let id = self.sim.say(phone, Said::Text { text: text.into() }).unwrap();
        self.hook().await;
        id.to_string()
    }

    /// Turns the clock to this Unix second.
    pub fn at(&self, seconds: i64) {
        self.now.store(seconds * 1000, Ordering::SeqCst);
    }

    /// A person does something on the page, and the town hears of it: the wamid, and the webhook.
    pub async fn does(&self, phone: &str, said: Value) -> (String, Hook) {
        let (status, answer) = self.posts(&format!("phones/{phone}/messages"), &said).await;
        assert_eq!(status, 202, "{answer} for {said}");
        (answer["id"].as_str().unwrap().to_owned(), self.hook().await)
    }

    /// The page posts something; status and body of the answer.
    pub async fn posts(&self, path: &str, body: &Value) -> (u16, Value) {
        answered(self.http.post(format!("{}/simulator/api/{path}", self.base)).json(body)).await
    }

    /// A person wrote, so that the window is open; the message sent then is taken, and shown as this bubble.
    pub async fn shows(&self, body: Value) -> Value {
        let (status, answer) = self.sends(body.clone()).await;
        assert_eq!(status, 200, "{answer} for {body}");
        let shown = self.page(&format!("phones/{MARIA}/messages")).await["messages"].clone();
        let id = &answer["messages"][0]["id"];
        shown.as_array().unwrap().iter().find(|bubble| bubble["id"] == *id).unwrap().clone()
    }

    /// The send is refused with this code, in words that hold `details`.
    pub async fn refuses(&self, body: Value, code: i32, details: &str) {
        let (status, answer) = self.sends(body.clone()).await;
        assert!(status >= 400, "{answer} for {body}");
        assert_eq!(answer["error"]["code"], code, "{answer} for {body}");
        let told = answer["error"]["error_data"]["details"].as_str().unwrap_or_default();
        assert!(told.contains(details), "{told} should say {details}");
    }

    /// A file of the town's, uploaded; its id.
    pub async fn uploads(&self, mime: &str, bytes: Vec<u8>) -> String {
        let file = Part::bytes(bytes).file_name("archivo").mime_str(mime).unwrap();
        let form = Form::new()
            .text("messaging_product", "whatsapp")
            .text("type", mime.to_owned())
            .part("file", file);
        let url = format!("{}/simulator/graph/v26.0/{NUMBER}/media", self.base);
        let (status, answer) = answered(self.http.post(url).bearer_auth(TOKEN).multipart(form)).await;
        assert_eq!(status, 200, "{answer}");
        answer["id"].as_str().unwrap().to_owned()
    }

    pub async fn profile(&self, phone: &str, profile: Value) {
        let put = self.http.put(format!("{}/simulator/api/phones/{phone}", self.base)).json(&profile);
        assert_eq!(soon(put.send()).await.unwrap().status(), 200);
    }

    pub fn graph(&self, body: &Value) -> RequestBuilder {
        let url = format!("{}/simulator/graph/v26.0/{NUMBER}/messages", self.base);
        self.http.post(url).bearer_auth(TOKEN).json(body)
    }

    /// The town sends; status and body of the answer.
    pub async fn sends(&self, body: Value) -> (u16, Value) {
        answered(self.graph(&body)).await
    }

    pub async fn sends_text(&self, to: &str, text: &str) -> (u16, Value) {
        self.sends(text_to(to, text)).await
    }

    pub async fn page(&self, path: &str) -> Value {
        let (status, body) = answered(self.http.get(format!("{}/simulator/api/{path}", self.base))).await;
        assert_eq!(status, 200);
        body
    }
}

pub async fn answered(request: RequestBuilder) -> (u16, Value) {
    let answer = soon(request.send()).await.unwrap();
    let status = answer.status().as_u16();
    let bytes = soon(answer.bytes()).await.unwrap();
    (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
}

async fn serve(router: impl FnOnce(&str) -> Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let router = router(&base);
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    base
}
