//! Many people at once, each in order.

use std::collections::HashMap;

use serde_json::Value;
use ventanilla::simulator::{Limits, StatusScript};

use crate::support::{TestApp, wire};

const PEOPLE: usize = 20;
const EACH: usize = 10;

fn phone(n: usize) -> String {
    format!("52198133{n:05}")
}

/// Each person says ten different things that are turns of their own.
fn said(person: usize, n: usize) -> Value {
    let words = if n.is_multiple_of(2) { "hola" } else { "muchas gracias" };
    wire::text(&format!("wamid.{person}.{n}"), &phone(person), words)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_messages_of_twenty_people_are_answered_once_each_and_in_order() {
    let app = TestApp::builder()
        .statuses(StatusScript::NONE)
        .tuning(|tuning| tuning.limits = Limits::OFF)
        .start()
        .await;
    // Round by round, one POST a person, all of a round at once; the next round does not wait for answers.
    for n in 0..EACH {
        let bodies: Vec<Vec<u8>> =
            (0..PEOPLE).map(|person| wire::messages(&[said(person, n)]).to_string().into_bytes()).collect();
        let posts = futures::future::join_all(bodies.iter().map(|body| app.post_signed(body))).await;
        assert_eq!(posts, [200; PEOPLE]);
    }
    app.settle().await;
    let turns = app
        .texts("SELECT person_id, provider_id || ' ' || turn AS t FROM inbox ORDER BY person_id, turn")
        .await;
    assert_eq!(in_order(&turns).len(), PEOPLE);
    let replies = "SELECT COUNT(DISTINCT hex(person_id) || turn) AS n FROM outbox WHERE state = 'accepted'";
    assert_eq!(app.count(replies, []).await, 200, "one answer for each message");
    let heard: usize = (0..PEOPLE).map(|person| app.simulator.bubbles(&phone(person), 0).len()).sum();
    assert_eq!(u64::try_from(heard).unwrap(), app.simulator.stats().accepted);
}

/// Checks that each person's turns follow their messages, and gives who they are.
fn in_order(turns: &[String]) -> HashMap<String, usize> {
    let mut next: HashMap<String, usize> = HashMap::new();
    for line in turns {
        let [_, person, rest] = &line.split('.').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let (n, turn) = rest.split_once(' ').unwrap();
        let expected = next.entry((*person).to_owned()).or_default();
        assert_eq!((n, turn), (&*expected.to_string(), &*(*expected + 1).to_string()), "person {person}");
        *expected += 1;
    }
    assert!(next.values().all(|count| *count == EACH));
    next
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn messages_of_many_people_in_one_post_do_not_mix() {
    let app = TestApp::builder().tuning(|tuning| tuning.limits = Limits::OFF).start().await;
    let all: Vec<Value> = (0..PEOPLE).map(|person| said(person, 0)).collect();
    assert_eq!(app.post_signed(wire::messages(&all).to_string().as_bytes()).await, 200);
    app.settle().await;
    for person in 0..PEOPLE {
        assert_eq!(app.simulator.bubbles(&phone(person), 0).len(), 1, "person {person}");
    }
}
