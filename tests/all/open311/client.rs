//! Two towns: what is filed at one is attended by the other.

use std::time::Duration;

use ventanilla::{
    config::{Config, Open311Client, Secret},
    outgoing::{Work, pass},
    reports::State,
    staff::Permission,
    store::{
        self,
        report_externals::{External, ExternalState},
    },
};

use super::other::{Other, POTHOLE, ids, request, row, town_moves};
use crate::support::TestApp;

const POLL: Duration = Duration::from_secs(5 * 60 + 1);

/// An endpoint that attends potholes, as the settings say it.
pub fn client(url: &str, key: &str) -> Open311Client {
    Open311Client {
        name: "norte".to_owned(),
        url: url.to_owned(),
        jurisdiction: "norte.gob.mx".to_owned(),
        api_key: Secret::new(key),
        api_key_file: None,
        categories: vec!["pothole".to_owned()],
        service_codes: std::collections::BTreeMap::default(),
        mode: ventanilla::config::Open311Mode::Follow,
        format: ventanilla::config::Open311Format::Xml,
        email: String::new(),
        poll_minutes: std::num::NonZeroU32::new(5).unwrap(),
        updates: false,
    }
}

pub async fn town_with(clients: Vec<Open311Client>) -> TestApp {
    let set = move |config: &mut Config| config.open311.client = clients;
    TestApp::builder().configure(set).start().await
}

pub async fn works(app: &TestApp) {
    while pass(&app.app(), Work::Clients).await.unwrap() > 0 {}
}

/// What is known of a report at the other side.
pub async fn external(app: &TestApp, id: &str) -> External {
    let report = row(app, id).await.id;
    store::report_externals::of_report(app.app().store.read(), report).await.unwrap().remove(0)
}

async fn later(towns: [&TestApp; 2]) {
    for town in towns {
        town.clock.advance(POLL);
    }
}

#[tokio::test]
async fn a_report_is_sent_and_followed_until_it_is_done() {
    let north = TestApp::new().await;
    let key = Other::with(&north, &[Permission::FileReports]).await.key;
    let here = town_with(vec![client(&north.url("/open311/v2"), &key)]).await;
    let other = Other::new(&here).await;
    let contact = [("description", "Hoyo hondo"), ("first_name", "Rosa"), ("phone", "9811234567")];
    let id = other.filed(&contact).await;
    works(&here).await;
    let there = external(&here, &id).await;
    assert_eq!(there.state, ExternalState::Followed, "{there:?}");
    let there = there.id.unwrap();
    assert_eq!(ids(&north, "").await, std::slice::from_ref(&there));
    let sent = row(&north, &there).await;
    assert_eq!(sent.description.as_deref(), Some("Hoyo hondo"));
    assert_eq!(sent.details_json, r#"{"size":"large"}"#);
    assert_eq!((sent.lat, sent.lon), (row(&here, &id).await.lat, row(&here, &id).await.lon));
    let contact = store::report_contacts::of_report(north.app().store.read(), sent.id).await.unwrap();
    assert_eq!(contact, None, "who filed it stays here");

    town_moves(&north, &there, State::InProgress, "Cuadrilla en camino").await;
    later([&here, &north]).await;
    works(&here).await;
    assert_eq!(row(&here, &id).await.stands(), State::InProgress);
    town_moves(&north, &there, State::ResolvedClaimed, "Se tapó con asfalto").await;
    later([&here, &north]).await;
    works(&here).await;
    assert_eq!(row(&here, &id).await.stands(), State::ResolvedClaimed);
    assert_eq!(request(&here, &id).await["status_notes"], "Reportado como atendido. Se tapó con asfalto");
    let version = row(&here, &id).await.version;
    for _ in 0..3 {
        later([&here, &north]).await;
        works(&here).await;
    }
    assert_eq!(row(&here, &id).await.version, version, "the same news is told once");
    let events =
        store::report_events::of_report(here.app().store.read(), row(&here, &id).await.id).await.unwrap();
    assert_eq!(events.last().unwrap().actor, "source:norte");
}

/// A town that tells the north of what its citizens say, with a report that the north says is done.
async fn claimed_in_the_north(north: &TestApp, scopes: &[Permission]) -> (TestApp, String, String) {
    let key = Other::with(north, scopes).await.key;
    let tells = Open311Client { updates: true, ..client(&north.url("/open311/v2"), &key) };
    let here = town_with(vec![tells]).await;
    let id = Other::new(&here).await.filed(&[]).await;
    works(&here).await;
    let there = external(&here, &id).await.id.unwrap();
    for state in [State::InProgress, State::ResolvedClaimed] {
        town_moves(north, &there, state, "Se tapó").await;
        later([&here, north]).await;
        works(&here).await;
    }
    assert_eq!(row(&here, &id).await.stands(), State::ResolvedClaimed);
    (here, id, there)
}

/// What has happened to a report.
pub async fn kinds(app: &TestApp, id: &str) -> Vec<String> {
    let report = row(app, id).await.id;
    let events = store::report_events::of_report(app.app().store.read(), report).await.unwrap();
    events.into_iter().map(|event| event.kind).collect()
}

#[tokio::test]
async fn a_citizens_no_is_told_to_who_attends_it() {
    let north = TestApp::new().await;
    let may = [Permission::FileReports, Permission::UpdateReports];
    let (here, id, there) = claimed_in_the_north(&north, &may).await;
    town_moves(&here, &id, State::Reopened, "Sigue igual").await;
    works(&here).await;
    assert_eq!(row(&north, &there).await.stands(), State::Reopened);
    assert_eq!(kinds(&here, &id).await.iter().filter(|kind| *kind == "told").count(), 1);
    for _ in 0..2 {
        later([&here, &north]).await;
        works(&here).await;
    }
    assert_eq!(row(&here, &id).await.stands(), State::Reopened, "their own news does not move it again");
    assert_eq!(kinds(&here, &id).await.iter().filter(|kind| *kind == "told").count(), 1, "once");
}

#[tokio::test]
async fn a_no_that_they_refuse_today_is_told_when_they_take_it() {
    let north = TestApp::new().await;
    let (here, id, _) = claimed_in_the_north(&north, &[Permission::FileReports]).await;
    town_moves(&here, &id, State::Reopened, "Sigue igual").await;
    works(&here).await;
    assert!(!kinds(&here, &id).await.contains(&"told".to_owned()), "the key may not tell them");
    assert_eq!(external(&here, &id).await.state, ExternalState::Followed, "so it is tried again");
}

#[tokio::test]
async fn an_endpoint_that_is_down_loses_nothing() {
    let north = TestApp::new().await;
    let key = Other::with(&north, &[Permission::FileReports]).await.key;
    let here = town_with(vec![client(&north.url("/open311/v2"), &key)]).await;
    north.stop().await;
    let id = Other::new(&here).await.filed(&[]).await;
    works(&here).await;
    let waiting = external(&here, &id).await;
    assert_eq!((waiting.state, waiting.tries), (ExternalState::Queued, 1));
    here.restart().await;
    north.start_again().await;
    here.clock.advance(Duration::from_secs(901));
    works(&here).await;
    let there = external(&here, &id).await;
    assert_eq!(there.state, ExternalState::Followed, "{there:?}");

    // While it is down again, something happens there.
    let there = there.id.unwrap();
    north.clock.advance(Duration::from_secs(901));
    town_moves(&north, &there, State::InProgress, "Ya vamos").await;
    north.stop().await;
    here.clock.advance(POLL);
    works(&here).await;
    assert_eq!(external(&here, &id).await.tries, 1);
    north.start_again().await;
    here.clock.advance(Duration::from_secs(5 * 3600));
    north.clock.advance(Duration::from_secs(5 * 3600) + POLL);
    works(&here).await;
    assert_eq!(row(&here, &id).await.stands(), State::InProgress);
}

#[tokio::test]
async fn a_refused_key_is_tried_for_a_week_and_then_somebody_must_look() {
    let north = TestApp::new().await;
    let here = town_with(vec![client(&north.url("/open311/v2"), "vtk_wrong")]).await;
    let id = Other::new(&here).await.filed(&[]).await;
    works(&here).await;
    let refused = external(&here, &id).await;
    assert_eq!(refused.state, ExternalState::Queued);
    assert!(refused.problem.unwrap().starts_with("it answered 403: Falta api_key"));
    here.clock.advance(Duration::from_secs(8 * 24 * 3600));
    works(&here).await;
    assert_eq!(external(&here, &id).await.state, ExternalState::Failed);
    let report = row(&here, &id).await;
    let events = store::report_events::of_report(here.app().store.read(), report.id).await.unwrap();
    assert_eq!(events.last().unwrap().reason.as_deref(), Some("not_sent"));
    assert_eq!(report.stands(), State::Received, "it is still ours to attend");
}

#[tokio::test]
async fn only_the_chosen_categories_go_and_some_are_not_followed() {
    let north = TestApp::new().await;
    let key = Other::with(&north, &[Permission::FileReports]).await.key;
    let mut sends = client(&north.url("/open311/v2"), &key);
    sends.mode = ventanilla::config::Open311Mode::Send;
    sends.format = ventanilla::config::Open311Format::Json;
    let here = town_with(vec![sends]).await;
    let other = Other::new(&here).await;
    let id = other.filed(&[]).await;
    let tree = [("service_code", "sidewalk"), ("attribute[problem]", "broken"), POTHOLE[2], POTHOLE[3]];
    assert_eq!(other.files(&tree).await.status, 200);
    works(&here).await;
    assert_eq!(ids(&north, "").await.len(), 1);
    let there = external(&here, &id).await;
    assert_eq!(there.state, ExternalState::Sent);
    town_moves(&north, &there.id.unwrap(), State::InProgress, "Ya vamos").await;
    later([&here, &north]).await;
    works(&here).await;
    assert_eq!(row(&here, &id).await.stands(), State::Received);
}
