//! Until when reports are seen to: working days, pauses, and what a second time means.

use std::time::Duration;

use proptest::prelude::*;
use serde_json::json;
use ventanilla::{
    reports::{State, clocks},
    staff::Role,
    store::reports::ReportRow,
};
use ventanilla_flows::Gazetteer as _;

use super::town::{HERE, filed, filed_at, folios, later, move_to, now};
use crate::support::{TestApp, moment};

const MINUTE: i64 = 60_000;
const DAY: Duration = Duration::from_secs(24 * 3600);

#[tokio::test]
async fn a_report_is_due_in_working_days_of_its_department() {
    let app = TestApp::new().await;
    let pothole = filed(&app, "pothole", HERE).await;
    // Filed on Monday the 23rd: three working days are Thursday, ten are Monday in two weeks; it closes at 15:00.
    assert_eq!(pothole.respond_due, Some(moment("2026-11-26T15:00:00-06:00")));
    assert_eq!(pothole.resolve_due, Some(moment("2026-12-07T15:00:00-06:00")));
    // Public services works on Saturdays too, until noon.
    let light = filed(&app, "streetlight", HERE).await;
    assert_eq!(light.resolve_due, Some(moment("2026-11-28T12:00:00-06:00")));
    // Water has a split shift, and closes at 18:00.
    let leak = filed(&app, "water_leak", HERE).await;
    assert_eq!(leak.respond_due, Some(moment("2026-11-24T18:00:00-06:00")));
    // Hours: seven today until 15:00 are five from ten o'clock on, and three tomorrow.
    let flood = filed(&app, "flooding", HERE).await;
    assert_eq!(flood.respond_due, Some(moment("2026-11-24T11:00:00-06:00")));
}

#[tokio::test]
async fn what_comes_on_a_holiday_waits_for_the_next_working_day() {
    // Friday evening; Monday the 16th is a holiday.
    let app = TestApp::builder().at("2026-11-13T20:00:00-06:00").start().await;
    let pothole = filed(&app, "pothole", HERE).await;
    assert_eq!(pothole.respond_due, Some(moment("2026-11-19T15:00:00-06:00")));
}

#[tokio::test]
async fn clocks_stand_still_while_the_citizen_is_asked() {
    let app = TestApp::new().await;
    let desk = app.member(&[Role::Agent]).await;
    let report = filed(&app, "pothole", HERE).await;
    let due = now(&desk, &report).await["resolve"]["due_at"].as_i64().unwrap();
    move_to(&desk, &report, "waiting_citizen", json!({ "public_text": "¿Entre qué calles?" })).await;
    assert_eq!(now(&desk, &report).await["resolve"]["state"], "paused");
    later(&app, &desk, DAY * 2).await;
    move_to(&desk, &report, "in_progress", json!({})).await;
    let resolve = now(&desk, &report).await["resolve"].clone();
    assert_eq!(resolve["state"], "running");
    // From Monday at ten to Wednesday at ten it was open for fourteen hours: two working days of seven.
    assert_eq!(resolve["due_at"].as_i64().unwrap(), due + 2 * 24 * 3600 * 1000);
}

#[tokio::test]
async fn what_is_opened_again_has_half_the_time_and_the_second_time_is_a_supervisors() {
    let app = TestApp::new().await;
    let desk = app.member(&[Role::Supervisor]).await;
    let report = filed(&app, "pothole", HERE).await;
    let gone = json!({ "reason": "not_found", "public_text": "No hay nada en esa calle." });
    move_to(&desk, &report, "closed_rejected", gone.clone()).await;
    assert_eq!(now(&desk, &report).await["resolve"]["state"], "met");
    later(&app, &desk, DAY * 7).await;
    move_to(&desk, &report, "reopened", json!({})).await;
    let resolve = now(&desk, &report).await["resolve"].clone();
    assert_eq!(resolve["due_at"], moment("2026-12-07T15:00:00-06:00"), "five working days from the 30th");
    assert_eq!(folios(&desk, "queue=escalated").await, Vec::<String>::new());
    move_to(&desk, &report, "closed_rejected", gone).await;
    move_to(&desk, &report, "reopened", json!({})).await;
    assert_eq!(folios(&desk, "queue=escalated").await, std::slice::from_ref(&report.folio));
    let (_, counts) = desk.get("/board/counts").await;
    assert_eq!(counts["escalated"], 1);
}

#[tokio::test]
async fn what_another_authority_does_is_not_ours_to_time() {
    let app = TestApp::new().await;
    let desk = app.member(&[Role::Agent]).await;
    let report = filed(&app, "pothole", HERE).await;
    move_to(&desk, &report, "referred", json!({ "authority": { "name": "SCT", "phone": "800 888 0072" } }))
        .await;
    assert_eq!(now(&desk, &report).await["resolve"], json!(null));
    later(&app, &desk, DAY).await;
    move_to(&desk, &report, "in_progress", json!({})).await;
    let resolve = now(&desk, &report).await["resolve"].clone();
    assert_eq!(
        resolve["due_at"],
        moment("2026-12-08T15:00:00-06:00"),
        "ten working days from Tuesday the 24th"
    );
}

#[tokio::test]
async fn where_a_report_goes_is_decided_by_rules_and_the_rule_is_kept() {
    let app = TestApp::new().await;
    let place = app.app().contents.active.catalogue.locate(HERE.0, HERE.1);
    let by_day = filed_at(&app, "sewage", &place).await;
    assert_eq!((by_day.department.as_deref(), by_day.rule.as_str()), (Some("water"), "category:sewage"));
    let dump = filed_at(&app, "illegal_dumping", &place).await;
    assert_eq!(
        (dump.department.as_deref(), dump.rule.as_str()),
        (Some("public_services"), "rule:centro_cleaning")
    );
    app.advance(Duration::from_secs(12 * 3600)).await;
    let at_night = filed_at(&app, "sewage", &place).await;
    assert_eq!(
        (at_night.department.as_deref(), at_night.rule.as_str()),
        (Some("civil_protection"), "rule:sewage_guard")
    );
    let outside = app.app().contents.active.catalogue.locate(19.5, -90.0);
    let far = filed_at(&app, "pothole", &outside).await;
    assert_eq!((far.department, far.rule.as_str(), far.state.as_str()), (None, "triage:outside", "triage"));
    assert_eq!(
        far.respond_due,
        Some(moment("2026-11-24T15:00:00-06:00")),
        "a working day to say whose it is"
    );
    let bribe = filed_at(&app, "corruption", &outside).await;
    assert_eq!(bribe.department.as_deref(), Some("comptroller"), "a denuncia goes to nobody else");
}

/// Minutes of working time from one moment to another.
fn open(app: &TestApp, department: Option<&str>, from: i64, to: i64) -> i64 {
    let app = app.app();
    let catalogue = &app.contents.active.catalogue;
    let moment = |at| chrono::DateTime::from_timestamp_millis(at).unwrap();
    let zone = catalogue.town().timezone;
    catalogue.office_of(department).open_between(moment(from), moment(to), zone).num_minutes()
}

#[tokio::test]
async fn a_pause_never_shortens_and_adds_just_the_time_that_was_open() {
    let app = TestApp::new().await;
    let reports = [
        filed(&app, "pothole", HERE).await,
        filed(&app, "streetlight", HERE).await,
        filed(&app, "water_leak", HERE).await,
    ];
    let server = app.app();
    let catalogue = &server.contents.active.catalogue;
    proptest!(|(which in 0..3_usize, before in 0..4000_i64, pause in 0..60_000_i64)| {
        let report = reports[which].clone();
        let (asked, answered) = (report.filed_at + before * MINUTE, report.filed_at + (before + pause) * MINUTE);
        let waiting = ReportRow { state: State::WaitingCitizen.as_str().to_owned(), ..report.clone() };
        let waiting = clocks::follow(catalogue, &report, waiting, asked);
        let again = ReportRow { state: State::InProgress.as_str().to_owned(), ..waiting.clone() };
        let again = clocks::follow(catalogue, &waiting, again, answered);
        let (due, later) = (report.resolve_due.unwrap(), again.resolve_due.unwrap());
        prop_assert!(later >= due && again.resolve_risk >= report.resolve_risk);
        prop_assert_eq!(again.paused_at, None);
        let department = report.department.as_deref();
        prop_assert_eq!(open(&app, department, due, later), open(&app, department, asked, answered));
    });
}
