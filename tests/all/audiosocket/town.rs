//! A town with a telephone exchange of its own, and the dialplan's part of a call.

use std::{net::SocketAddr, sync::Arc};

use tokio::net::TcpListener;
use uuid::Uuid;
use ventanilla::{
    config::{Config, Secret},
    telephony::{self, Ears, Engines, Mouth},
};

use super::{
    asterisk::{Asterisk, Writes},
    voices::{TestEars, TestMouth},
};
use crate::support::{Builder, TestApp};

pub const NUMBER: &str = "+529810000555";
const SECRET: &str = "una-palabra-larga-y-propia";
const CALLS: &str = "/webhooks/voice/audiosocket/calls";

/// A server beside which calls are taken.
pub struct Town {
    pub app: TestApp,
    pub service: SocketAddr,
}

impl Town {
    pub async fn new() -> Self {
        Self::with(TestApp::builder(), TestEars::default(), TestMouth::default()).await
    }

    pub async fn with(builder: Builder, ears: impl Ears + 'static, mouth: impl Mouth + 'static) -> Self {
        Self::with_engines(builder, Engines::new(Arc::new(ears), Arc::new(mouth), 2)).await
    }

    pub async fn with_engines(builder: Builder, engines: Engines) -> Self {
        let app = builder.configure(exchange).start().await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let service = listener.local_addr().unwrap();
        let running = app.app();
        running.tasks.spawn(telephony::serve(Arc::clone(&running), listener, engines));
        Self { app, service }
    }

    /// `CURL(…/calls,from=…&to=…)`: the call's id, or whatever was answered.
    pub async fn announce(&self, form: &str) -> (u16, String) {
        self.post(CALLS, form).await
    }

    /// `CURL(…/calls/ID)`: what the dialplan is to do next.
    pub async fn next(&self, id: Uuid) -> String {
        let asked = self.app.get(&format!("{CALLS}/{id}")).bearer_auth(SECRET).send().await.unwrap();
        asked.text().await.unwrap()
    }

    /// `CURL(…/calls/ID,outcome=…)`
    pub async fn tell(&self, id: Uuid, outcome: &str) -> (u16, String) {
        self.post(&format!("{CALLS}/{id}"), &format!("outcome={outcome}")).await
    }

    async fn post(&self, path: &str, form: &str) -> (u16, String) {
        let request = self.app.post(path).bearer_auth(SECRET);
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let answer = request.body(form.to_owned()).send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    }

    /// Somebody calls from this number, and Asterisk connects.
    pub async fn call(&self, from: &str) -> (Uuid, Asterisk) {
        let (status, id) = self.announce(&format!("from={from}&to=0555")).await;
        assert_eq!(status, 200, "{id}");
        let id: Uuid = id.parse().unwrap();
        (id, self.connect(id).await)
    }

    pub async fn connect(&self, id: Uuid) -> Asterisk {
        Asterisk::connect(self.service, id, Writes::Whole).await
    }

    /// Waits until the end of a call is stored and what follows from it is done.
    pub async fn ended(&self, id: Uuid) {
        let ended = format!("{}:ended", id.simple());
        let known = "SELECT COUNT(*) AS n FROM inbox WHERE provider_id = $1 AND state = 'done'";
        self.app
            .until("the town hears that the call is over", async || {
                self.app.count(known, [ended.clone().into()]).await == 1
            })
            .await;
        self.app.settle().await;
    }

    /// Messages of a call, in order: what kind they are.
    pub async fn messages(&self, id: Uuid) -> Vec<String> {
        let call = id.simple();
        let sql = format!(
            "SELECT provider_id AS t FROM inbox WHERE provider_id LIKE '{call}:%' ORDER BY received_at, id"
        );
        let ids = self.app.texts(&sql).await;
        ids.iter().map(|one| one.strip_prefix(&format!("{call}:")).unwrap().to_owned()).collect()
    }
}

fn exchange(config: &mut Config) {
    let set = &mut config.audiosocket;
    set.numbers = vec![NUMBER.to_owned()];
    set.secret = Secret::new(SECRET);
    set.person = "agente".to_owned();
    set.pause_ms = 200;
    if set.silence_ms == 5_000 {
        set.silence_ms = 2_000;
    }
}
