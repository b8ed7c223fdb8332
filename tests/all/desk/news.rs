//! The stream of the desk: what changed is told to those whom it concerns, and to nobody else.

use std::time::Duration;

use futures::{Stream, StreamExt};
use reqwest::Method;
use serde_json::{Value, json};
use ventanilla::{config::Assign, staff::Role};

use super::town::{claim, first, path, stuck, waiting};
use crate::support::{TestApp, staff::Desk};

/// What is told within this time is told; the queue's news come once a second.
const SOON: Duration = Duration::from_secs(20);

/// An open stream: the events as (name, data).
pub struct Ear {
    events: std::pin::Pin<Box<dyn Stream<Item = (String, Value)> + Send>>,
}

impl Ear {
    pub async fn open(desk: &Desk<'_>) -> Self {
        let answer = desk.request(Method::GET, "/desk/events").timeout(SOON * 2).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        let bytes = answer.bytes_stream();
        let lines = futures::stream::unfold((bytes, String::new()), |(mut bytes, mut held)| async move {
            loop {
                if let Some((event, rest)) = held.split_once("\n\n") {
                    let (event, rest) = (event.to_owned(), rest.to_owned());
                    return Some((event, (bytes, rest)));
                }
                held.push_str(std::str::from_utf8(&bytes.next().await?.ok()?).ok()?);
            }
        });
        let events = lines.filter_map(|event| std::future::ready(read(&event)));
        Self { events: Box::pin(events) }
    }

    /// The next event of that name.
    pub async fn hears(&mut self, name: &str) -> Value {
        self.hears_first(name, "").await
    }

    /// The next event of that name; none of the other comes before.
    pub async fn hears_first(&mut self, name: &str, never: &str) -> Value {
        let found = async {
            loop {
                let (heard, data) = self.events.next().await.expect("the stream ended");
                assert_ne!(heard, never);
                if heard == name {
                    return data;
                }
            }
        };
        tokio::time::timeout(SOON, found).await.unwrap_or_else(|_| panic!("no event '{name}' came"))
    }
}

fn read(event: &str) -> Option<(String, Value)> {
    let field = |name: &str| event.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
    Some((field("event:")?.to_owned(), serde_json::from_str(field("data:")?).ok()?))
}

#[tokio::test]
async fn who_attends_hears_of_the_chat_and_everybody_of_the_queue() {
    let app = TestApp::new().await;
    let (rosa, ana) = (app.member(&[Role::Agent]).await, app.member(&[Role::Agent]).await);
    let water = app.member_of(&[Role::Department], &["water"]).await;
    let (mut hers, mut anas, mut waters) =
        (Ear::open(&rosa).await, Ear::open(&ana).await, Ear::open(&water).await);
    let mut lupe = stuck(&app, "Lupe").await;
    let new = hers.hears("new").await;
    let chat = first(&rosa, "unanswered").await;
    assert_eq!((&new["id"], &new["priority"]), (&chat["id"], &json!("normal")));
    anas.hears("new").await;
    waters.hears("queue").await;
    let chat = claim(&rosa, &chat).await;
    assert_eq!(hers.hears("chat").await["version"], chat["version"]);
    lupe.says("¿sigues ahí?").await;
    assert_eq!(hers.hears("chat").await["id"], chat["id"]);
    anas.hears("queue").await;
    assert!(!first(&rosa, "mine").await["unread"].is_null());
}

#[tokio::test]
async fn who_looks_at_the_same_chat_sees_the_other_write() {
    let app = TestApp::new().await;
    stuck(&app, "Lupe").await;
    let (rosa, ana) = (app.member(&[Role::Agent]).await, app.member(&[Role::Agent]).await);
    let chat = first(&rosa, "unanswered").await;
    let (mut hers, at) = (Ear::open(&rosa).await, path(&chat, "/presence"));
    assert_eq!(rosa.post(&at, json!({ "typing": false })).await.0, 204);
    assert_eq!(ana.post(&at, json!({ "typing": true })).await.0, 204);
    let typing = async |ear: &mut Ear, wanted: Value| {
        while ear.hears("presence").await["viewers"]
            .as_array()
            .unwrap()
            .iter()
            .find_map(|one| (one["id"] == json!(ana.id)).then(|| one["typing"].clone()))
            != wanted.as_bool().map(Value::from)
        {}
    };
    typing(&mut hers, json!(true)).await;
    assert_eq!(ana.delete(&at).await.0, 204);
    typing(&mut hers, json!(null)).await;
}

#[tokio::test]
async fn the_stream_of_who_may_no_longer_ends_with_a_farewell() {
    let app = TestApp::new().await;
    let (rosa, admin) = (app.member(&[Role::Agent]).await, app.member(&[Role::Admin]).await);
    let mut hers = Ear::open(&rosa).await;
    admin.patch(&format!("/staff/{}", rosa.id), json!({ "active": false })).await;
    hers.hears("bye").await;
}

#[tokio::test]
async fn where_the_town_wants_it_chats_are_dealt_to_who_is_there() {
    let dealing = TestApp::builder().configure(|config| config.desk.assign = Assign::LeastBusy);
    let app = dealing.start().await;
    let (rosa, ana) = (app.member(&[Role::Agent]).await, app.member(&[Role::Agent]).await);
    stuck(&app, "Lupe").await;
    assert_eq!(waiting(&rosa, "unanswered").await, 1, "nobody is there: the queue is kept");
    let mut anas = Ear::open(&ana).await;
    assert_eq!(ana.put("/desk/status", json!({ "status": "away" })).await.0, 204);
    let mut hers = Ear::open(&rosa).await;
    let dealt = hers.hears("chat").await;
    assert_eq!(first(&rosa, "mine").await["id"], dealt["id"]);
    assert_eq!(waiting(&ana, "mine").await, 0, "she takes none now");
    assert_eq!(ana.put("/desk/status", json!({ "status": "available" })).await.0, 204);
    stuck(&app, "Beto").await;
    anas.hears("chat").await;
    assert_eq!((waiting(&rosa, "mine").await, waiting(&ana, "mine").await), (1, 1), "who has fewer");
}

#[tokio::test]
async fn a_chat_that_was_left_waits_for_another() {
    let app = TestApp::new().await;
    let (rosa, ana) = (app.member(&[Role::Agent]).await, app.member(&[Role::Agent]).await);
    let mut lupe = stuck(&app, "Lupe").await;
    let chat = claim(&rosa, &first(&rosa, "unanswered").await).await;
    lupe.says("¿sigues ahí?").await;
    app.advance(Duration::from_secs(16 * 60)).await;
    // Something happens at the desk: then what was left is looked for.
    let mut anas = Ear::open(&ana).await;
    assert_eq!(anas.hears("new").await["id"], chat["id"]);
    assert_eq!(first(&ana, "unanswered").await["id"], chat["id"]);
}
