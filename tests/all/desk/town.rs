//! What the stories of the desk have in common.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::{TestApp, citizen::Citizen, staff::Desk};

/// An answer can be taken back so long.
pub const UNDO: Duration = Duration::from_secs(5);

/// Somebody who was asked where the pothole is, and wants a person.
pub async fn stuck<'a>(app: &'a TestApp, name: &str) -> Citizen<'a> {
    let mut citizen = app.citizen(name);
    citizen.asks("hay un bache enorme en mi calle").await;
    citizen.asks("No").await;
    citizen.asks("quiero hablar con una persona").await;
    citizen
}

/// The first chat of a queue.
pub async fn first(desk: &Desk<'_>, queue: &str) -> Value {
    let (status, listing) = desk.get(&format!("/desk/chats?queue={queue}")).await;
    assert_eq!(status, 200, "{listing}");
    listing["chats"][0].clone()
}

/// How many chats there are in a queue.
pub async fn waiting(desk: &Desk<'_>, queue: &str) -> usize {
    let (_, listing) = desk.get(&format!("/desk/chats?queue={queue}")).await;
    listing["chats"].as_array().unwrap().len()
}

pub fn path(chat: &Value, what: &str) -> String {
    format!("/desk/chats/{}{what}", chat["id"].as_str().unwrap())
}

/// The chat as it is now.
pub async fn now(desk: &Desk<'_>, chat: &Value) -> Value {
    let (status, chat) = desk.get(&path(chat, "")).await;
    assert_eq!(status, 200, "{chat}");
    chat
}

pub async fn claim(desk: &Desk<'_>, chat: &Value) -> Value {
    let (status, chat) = desk.post(&path(chat, "/claim"), json!({ "version": chat["version"] })).await;
    assert_eq!(status, 200, "{chat}");
    chat
}

pub async fn say(desk: &Desk<'_>, chat: &Value, text: &str) -> (u16, Value) {
    desk.post(&path(chat, "/messages"), json!({ "version": chat["version"], "text": text })).await
}

pub async fn close(desk: &Desk<'_>, chat: &Value, then: &str) -> (u16, Value) {
    let body = json!({ "version": now(desk, chat).await["version"], "then": then });
    desk.post(&path(chat, "/close"), body).await
}

/// Brings a file for a chat, as the page's form does.
pub async fn bring(desk: &Desk<'_>, chat: &Value, name: &str, bytes: &[u8]) -> (u16, Value) {
    let part = reqwest::multipart::Part::bytes(bytes.to_vec()).file_name(name.to_owned());
    let form = reqwest::multipart::Form::new().part("file", part);
    desk.says(desk.request(reqwest::Method::POST, &path(chat, "/files")).multipart(form)).await
}

/// The last line of a chat, as it is now.
pub async fn last_line(desk: &Desk<'_>, chat: &Value) -> Value {
    now(desk, chat).await["lines"].as_array().unwrap().last().unwrap().clone()
}
