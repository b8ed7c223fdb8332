//! An endpoint as they are: tokens, other formats than asked for, lists that are none.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::SeqCst},
    },
    time::Duration,
};

use axum::{
    Router,
    extract::{Form, State as Shared},
    http::StatusCode,
    routing::{get, post},
};
use tokio::sync::Mutex;
use ventanilla::{config::Open311Client, reports::State, store::report_externals::ExternalState};

use super::{
    client::{client, external, kinds, town_with, works},
    other::{Other, request, row, town_moves},
};
use crate::support::TestApp;

const POLL: Duration = Duration::from_secs(5 * 60 + 1);

#[derive(Default)]
struct Sloppy {
    posts: Mutex<Vec<Vec<(String, String)>>>,
    asked_for_id: AtomicUsize,
    request: Mutex<String>,
    updates: Mutex<Option<String>>,
}

type Of = Shared<Arc<Sloppy>>;
type Typed = ([(&'static str, &'static str); 1], String);

/// Never the type that it should be.
fn typed(text: impl Into<String>) -> Typed {
    ([("content-type", "application/xml")], text.into())
}

async fn takes(sloppy: Of, Form(form): Form<Vec<(String, String)>>) -> Result<Typed, StatusCode> {
    let mut posts = sloppy.posts.lock().await;
    posts.push(form);
    // The first time it is being repaired.
    if posts.len() == 1 {
        return Err(StatusCode::SERVICE_UNAVAILABLE);
    }
    Ok(typed(r#"{"service_requests": {"request": {"token": "t 1", "service_request_id": ""}}}"#))
}

async fn tells_id(sloppy: Of) -> Typed {
    if sloppy.asked_for_id.fetch_add(1, SeqCst) < 3 {
        return typed("<service_requests><request><token>t 1</token></request></service_requests>");
    }
    typed(r#"{"service_requests": [{"service_request_id": 77, "token": "t 1"}]}"#)
}

async fn lists(sloppy: Of) -> Typed {
    typed(sloppy.request.lock().await.clone())
}

async fn updates(sloppy: Of) -> Result<Typed, StatusCode> {
    sloppy.updates.lock().await.clone().map(typed).ok_or(StatusCode::NOT_FOUND)
}

async fn endpoint() -> (Arc<Sloppy>, String) {
    let sloppy = Arc::new(Sloppy::default());
    let routes = Router::new()
        .route("/requests.xml", post(takes).get(lists))
        .route("/requests/77.xml", get(lists))
        .route("/tokens/t%201.xml", get(tells_id))
        .route("/servicerequestupdates.xml", get(updates))
        .with_state(Arc::clone(&sloppy));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, routes).await });
    (sloppy, url)
}

/// A request as it tells of it.
fn says(status: &str, at: &str) -> String {
    format!(
        "\u{feff}<service_requests type=\"array\"><request><service_request_id>77</service_request_id>\
         <status>{status}</status><status_notes>Se atendi&#243;</status_notes><updated_datetime>{at}</updated_datetime>\
         </request></service_requests>"
    )
}

async fn sent(here: &TestApp) -> String {
    let id = Other::new(here).await.filed(&[("description", "Hoyo")]).await;
    works(here).await;
    here.clock.advance(Duration::from_secs(900));
    works(here).await;
    for _ in 0..4 {
        here.clock.advance(Duration::from_secs(2));
        works(here).await;
    }
    id
}

#[tokio::test]
async fn a_token_is_asked_about_until_there_is_an_id() {
    let (sloppy, url) = endpoint().await;
    let mut to = client(&url, "secret");
    to.service_codes.insert("pothole".to_owned(), "107".to_owned());
    to.email = "311@puertoceiba.gob.mx".to_owned();
    let here = town_with(vec![to]).await;
    let id = sent(&here).await;
    let there = external(&here, &id).await;
    assert_eq!((there.state, there.id.as_deref()), (ExternalState::Followed, Some("77")), "{there:?}");
    let posts = sloppy.posts.lock().await;
    assert_eq!(posts.len(), 2, "once while it was being repaired, once for good");
    let said = |name: &str| posts[1].iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str());
    for (name, value) in [
        ("service_code", "107"),
        ("jurisdiction_id", "norte.gob.mx"),
        ("api_key", "secret"),
        ("email", "311@puertoceiba.gob.mx"),
        ("attribute[size]", "large"),
        ("lat", "18.92634"),
        ("long", "-91.11311"),
        ("description", "Hoyo"),
    ] {
        assert_eq!(said(name), Some(value), "{name}");
    }
}

#[tokio::test]
async fn a_closed_request_is_a_claim_and_an_open_one_again_is_reopened() {
    let (sloppy, url) = endpoint().await;
    let here = town_with(vec![client(&url, "secret")]).await;
    let id = sent(&here).await;
    let polls = async |answer: String| {
        *sloppy.request.lock().await = answer;
        here.clock.advance(POLL);
        works(&here).await;
        row(&here, &id).await
    };
    let polled = polls(says("open", "2026-11-23T10:30:00-06:00")).await;
    assert_eq!(polled.stands(), State::Received);
    let polled = polls(says("CLOSED", "2026-11-23T10:31:00-06:00")).await;
    assert_eq!(polled.stands(), State::ResolvedClaimed);
    assert_eq!(request(&here, &id).await["status_notes"], "Reportado como atendido. Se atendió");
    let again = polls(says("closed", "2026-11-23T10:33:00-06:00")).await;
    assert_eq!(again.version, polled.version, "another time is no news");
    let polled = polls(says("open", "2026-11-23T10:35:00-06:00")).await;
    assert_eq!(polled.stands(), State::Reopened);
    // One that cannot be read changes nothing.
    for answer in ["", "<html>", "[]", "nonsense", "{\"service_requests\": null}"] {
        assert_eq!(polls(answer.to_owned()).await.stands(), State::Reopened, "{answer}");
    }
}

#[tokio::test]
async fn updates_are_taken_once_oldest_first_and_strangers_are_passed_over() {
    let (sloppy, url) = endpoint().await;
    let here = town_with(vec![client(&url, "secret")]).await;
    let id = sent(&here).await;
    *sloppy.request.lock().await = says("open", "2026-11-23T10:10:00-06:00");
    let update = |update: &str, of: u32, status: &str, at: &str| {
        format!(
            r#"{{"update_id": {update}, "service_request_id": {of}, "status": "{status}", "updated_datetime": "{at}", "description": "dice {update}"}}"#
        )
    };
    let told = [
        update("3", 77, "FIXED", "2026-11-23T10:12:00-06:00"),
        update("1", 77, "in_progress", "2026-11-23T10:10:00-06:00"),
        update("9", 99, "FIXED", "2026-11-23T10:10:00-06:00"),
        update("4", 77, "MYSTERY", "2026-11-23T10:13:00-06:00"),
    ];
    let single = format!("{{\"service_request_updates\": {{\"request_update\": {}}}}}", told[1]);
    for answer in [single, format!("[{}]", told.join(",")), format!("[{}]", told.join(","))] {
        *sloppy.updates.lock().await = Some(answer);
        here.clock.advance(POLL);
        works(&here).await;
    }
    let report = row(&here, &id).await;
    assert_eq!(report.stands(), State::ResolvedClaimed);
    let events =
        ventanilla::store::report_events::of_report(here.app().store.read(), report.id).await.unwrap();
    let told: Vec<_> = events.iter().map(|event| (event.kind.as_str(), event.to)).collect();
    let expected = [
        ("filed", State::Received),
        ("sent", State::Received),
        ("moved", State::InProgress),
        ("moved", State::ResolvedClaimed),
        ("noted", State::ResolvedClaimed),
    ];
    assert_eq!(told, expected);
    // An older one that comes late moves nothing.
    let late = update("2", 77, "REOPEN", "2026-11-23T10:11:00-06:00");
    *sloppy.updates.lock().await = Some(format!("[{late}]"));
    here.clock.advance(POLL);
    works(&here).await;
    assert_eq!(row(&here, &id).await.stands(), State::ResolvedClaimed);
}

#[tokio::test]
async fn who_takes_no_updates_is_told_by_other_means() {
    let (sloppy, url) = endpoint().await;
    let here = town_with(vec![Open311Client { updates: true, ..client(&url, "secret") }]).await;
    let id = sent(&here).await;
    *sloppy.request.lock().await = says("closed", "2026-11-23T10:20:00-06:00");
    here.clock.advance(POLL);
    works(&here).await;
    assert_eq!(row(&here, &id).await.stands(), State::ResolvedClaimed);
    town_moves(&here, &id, State::Reopened, "Sigue igual").await;
    for _ in 0..2 {
        works(&here).await;
        here.clock.advance(POLL);
    }
    assert_eq!(kinds(&here, &id).await.iter().filter(|kind| *kind == "untold").count(), 1);
    assert_eq!(row(&here, &id).await.stands(), State::Reopened);
}
