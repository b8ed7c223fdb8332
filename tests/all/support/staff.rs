//! Somebody of the town at the console: keeps its cookie and shows its token, as a browser with our page does.

use std::sync::Mutex;

use reqwest::{Method, RequestBuilder, Response};
use serde_json::{Value, json};
use tokio::sync::OnceCell;
use uuid::Uuid;
use ventanilla::{
    app::App,
    staff::{Abilities, Role},
    store::{self, staff::StaffRow},
};

use super::TestApp;

/// Of every member of a test.
pub const PASSWORD: &str = "tres ceibas azules";

/// A browser with the console.
pub struct Desk<'a> {
    app: &'a TestApp,
    /// Of the account; nil where it was not made by [`TestApp::member`].
    pub id: Uuid,
    pub email: String,
    cookie: Mutex<Option<String>>,
    csrf: Mutex<String>,
}

impl TestApp {
    /// Somebody with these roles, signed in.
    pub async fn member(&self, roles: &[Role]) -> Desk<'_> {
        self.member_of(roles, &[]).await
    }

    /// Somebody with these roles in these departments, signed in.
    pub async fn member_of(&self, roles: &[Role], departments: &[&str]) -> Desk<'_> {
        let row = hire(&self.app(), roles, departments).await;
        let desk = Desk { id: row.id, ..self.desk(&row.email) };
        let (status, said) = desk.sign_in(PASSWORD).await;
        assert_eq!(status, 200, "{said}");
        desk
    }

    /// A browser in which nobody is signed in yet.
    pub fn desk(&self, email: &str) -> Desk<'_> {
        let (cookie, csrf) = (Mutex::default(), Mutex::default());
        Desk { app: self, id: Uuid::nil(), email: email.to_owned(), cookie, csrf }
    }
}

async fn hire(app: &App, roles: &[Role], departments: &[&str]) -> StaffRow {
    static HASH: OnceCell<String> = OnceCell::const_new();
    let hash = HASH.get_or_init(async || app.passwords.hash(PASSWORD, &app.ids).await.unwrap()).await;
    let number = store::staff::list(app.store.read()).await.unwrap().len() + 1;
    let row = StaffRow {
        id: app.ids.next(),
        email: format!("persona{number}@puertoceiba.example"),
        name: format!("Persona {number}"),
        language: "es".to_owned(),
        password_hash: Some(hash.clone()),
        totp: None,
        totp_since: None,
        totp_step: 0,
        roles: roles.to_vec(),
        departments: departments.iter().map(|id| (*id).to_owned()).collect(),
        abilities: Abilities::default(),
        active: true,
        created_at: app.clock.now(),
        last_seen_at: None,
    };
    let unit = app.store.unit().await.unwrap();
    store::staff::insert(&unit, &row).await.unwrap();
    unit.commit().await.unwrap();
    row
}

impl Desk<'_> {
    pub async fn sign_in(&self, password: &str) -> (u16, Value) {
        self.post("/session", json!({ "email": self.email, "password": password })).await
    }

    /// Paths begin behind `/api/v1`.
    pub async fn get(&self, path: &str) -> (u16, Value) {
        self.says(self.request(Method::GET, path)).await
    }

    pub async fn post(&self, path: &str, body: Value) -> (u16, Value) {
        self.says(self.request(Method::POST, path).json(&body)).await
    }

    pub async fn put(&self, path: &str, body: Value) -> (u16, Value) {
        self.says(self.request(Method::PUT, path).json(&body)).await
    }

    pub async fn patch(&self, path: &str, body: Value) -> (u16, Value) {
        self.says(self.request(Method::PATCH, path).json(&body)).await
    }

    pub async fn delete(&self, path: &str) -> (u16, Value) {
        self.says(self.request(Method::DELETE, path)).await
    }

    /// With cookie and token, to be sent by the test itself.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.without_token(method, path).header("x-csrf-token", self.csrf.lock().unwrap().as_str())
    }

    /// With the cookie alone, as another site could make a browser send it.
    pub fn without_token(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.app.app().http.request(method, self.app.url(&format!("/api/v1{path}")));
        match self.cookie.lock().unwrap().as_deref() {
            Some(cookie) => request.header("cookie", cookie),
            None => request,
        }
    }

    /// Sends it, keeps the cookie and the token of the answer; gives status and body (null where there is none).
    pub async fn says(&self, request: RequestBuilder) -> (u16, Value) {
        let answer = request.send().await.unwrap();
        self.keep_cookie(&answer);
        let status = answer.status().as_u16();
        let body: Value = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap_or_default();
        let csrf = [&body["csrf"], &body["me"]["csrf"]].into_iter().find_map(Value::as_str);
        if let Some(csrf) = csrf {
            csrf.clone_into(&mut self.csrf.lock().unwrap());
        }
        (status, body)
    }

    fn keep_cookie(&self, answer: &Response) {
        if let Some(cookie) = answer.headers().get("set-cookie") {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap().to_owned();
            *self.cookie.lock().unwrap() = Some(pair);
        }
    }
}
