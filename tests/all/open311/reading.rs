//! Lists of reports.

use std::time::Duration;

use ventanilla::{reports::State, store};

use super::other::{HERE, Other, get, ids, request, requests, row, set, town_moves};
use crate::support::TestApp;

const DAY: Duration = Duration::from_secs(24 * 3600);

async fn filed_every(app: &TestApp, days: u32, times: usize) -> Vec<String> {
    let other = Other::new(app).await;
    let mut filed = Vec::new();
    for at in 0..times {
        if at > 0 {
            app.advance(DAY * days).await;
        }
        filed.push(other.filed(&[]).await);
    }
    filed
}

#[tokio::test]
async fn unasked_it_is_the_last_ninety_days_newest_first() {
    let app = TestApp::new().await;
    let filed = filed_every(&app, 46, 3).await;
    assert_eq!(ids(&app, "").await, [filed[2].clone(), filed[1].clone()]);
    assert_eq!(request(&app, &filed[0]).await["status"], "open", "by its id it is there");
}

#[tokio::test]
async fn ids_override_every_other_filter() {
    let app = TestApp::new().await;
    let filed = filed_every(&app, 1, 3).await;
    let both = format!("{},{}", filed[0], filed[2]);
    for more in [
        "",
        "&start_date=nonsense",
        "&start_date=2026-02-01&end_date=2026-01-01",
        "&status=closed",
        "&service_code=tree",
    ] {
        let found = ids(&app, &format!("service_request_id={both}{more}")).await;
        assert_eq!(found, [filed[2].clone(), filed[0].clone()], "{more}");
    }
    assert_eq!(ids(&app, "service_request_id=PC-0000-0000,nonsense").await, Vec::<String>::new());
}

#[tokio::test]
async fn a_span_has_a_start_an_end_and_ninety_days() {
    let app = TestApp::new().await;
    let filed = filed_every(&app, 1, 3).await;
    // 10:00 on the 23rd, 24th and 25th of November.
    let spans = [
        ("start_date=2026-11-24T00:00:00-06:00&end_date=2026-11-24T23:59:59-06:00", vec![1]),
        ("start_date=2026-11-24T00:00:00-06:00", vec![2, 1]),
        ("end_date=2026-11-24T16:00:00Z", vec![1, 0]),
        ("start_date=2026-11-24T16:00:01Z", vec![2]),
        ("start_date=2026-11-24T10:00:01", vec![2]),
        ("start_date=2026-11-24", vec![2, 1]),
        ("start_date=2026-11-24T10:00:00+00:00", vec![2, 1]),
        ("start_date=2026-01-01&end_date=2026-03-01", vec![]),
        ("start_date=2030-01-01", vec![]),
    ];
    for (span, expected) in spans {
        let expected: Vec<String> = expected.into_iter().map(|at: usize| filed[at].clone()).collect();
        assert_eq!(ids(&app, span).await, expected, "{span}");
    }
    for (span, said) in [
        ("start_date=2026-02-01&end_date=2026-01-01", "debe ser anterior"),
        ("start_date=2026-01-01&end_date=2026-04-02", "90 días"),
        ("start_date=yesterday", "start_date: escribe fecha"),
        ("end_date=2026-13-01", "end_date: escribe fecha"),
        ("updated_after=nonsense", "updated_after: escribe fecha"),
    ] {
        let answer = get(&app, &format!("/v2/requests.json?{span}")).await;
        assert_eq!(answer.status, 400, "{span}");
        assert!(answer.wrong().contains(said), "{}", answer.text);
    }
}

#[tokio::test]
async fn open_and_closed_and_both() {
    let app = TestApp::new().await;
    let filed = filed_every(&app, 0, 3).await;
    town_moves(&app, &filed[0], State::ClosedRejected, "Es de la CFE").await;
    town_moves(&app, &filed[1], State::ResolvedClaimed, "Se tapó").await;
    let sorted = async |query: &str| {
        let mut found = ids(&app, query).await;
        found.sort_unstable();
        found
    };
    let expect = |which: &[usize]| {
        let mut expected: Vec<String> = which.iter().map(|at| filed[*at].clone()).collect();
        expected.sort_unstable();
        expected
    };
    assert_eq!(sorted("status=closed").await, expect(&[0]));
    // Only the citizen closes: what is claimed to be done is open.
    assert_eq!(sorted("status=open").await, expect(&[1, 2]));
    for both in ["status=open,closed", "status=closed,%20open,open", "status=open&status=closed"] {
        assert_eq!(sorted(both).await, expect(&[0, 1, 2]), "{both}");
    }
    assert_eq!(get(&app, "/v2/requests.json?status=done").await.status, 400);
}

#[tokio::test]
async fn a_strict_town_closes_what_its_crew_closed() {
    let strict = |config: &mut ventanilla::config::Config| config.open311.close_when_claimed = true;
    let app = TestApp::builder().configure(strict).start().await;
    let id = Other::new(&app).await.filed(&[]).await;
    town_moves(&app, &id, State::ResolvedClaimed, "Se tapó").await;
    assert_eq!(request(&app, &id).await["status"], "closed");
    assert_eq!(ids(&app, "status=closed").await, [id]);
    assert_eq!(ids(&app, "status=open").await, Vec::<String>::new());
}

#[tokio::test]
async fn services_are_a_comma_list_that_forgives_repetition() {
    let app = TestApp::new().await;
    let other = Other::new(&app).await;
    let pothole = other.filed(&[]).await;
    let sidewalk = [("service_code", "sidewalk"), ("attribute[problem]", "broken"), HERE[0], HERE[1]];
    let sidewalk = other.files(&sidewalk).await.json()[0]["service_request_id"].as_str().unwrap().to_owned();
    assert_eq!(ids(&app, "service_code=pothole").await, std::slice::from_ref(&pothole));
    assert_eq!(ids(&app, "service_code=pothole,pothole,,%20sidewalk").await.len(), 2);
    assert_eq!(ids(&app, "service_code=sidewalk&service_code=tree").await, [sidewalk]);
    for unknown in ["nothing", "pothole,nothing", "corruption"] {
        assert_eq!(get(&app, &format!("/v2/requests.json?service_code={unknown}")).await.status, 404);
    }
}

#[tokio::test]
async fn every_moment_has_a_zone() {
    let app = TestApp::new().await;
    let id = Other::new(&app).await.filed(&[]).await;
    town_moves(&app, &id, State::Scheduled, "Vamos mañana").await;
    let request = request(&app, &id).await;
    assert_eq!(request["requested_datetime"], "2026-11-23T10:00:00-06:00");
    assert_eq!(request["updated_datetime"], "2026-11-23T10:00:00-06:00");
    assert_eq!(request["expected_datetime"], "2026-11-24T10:00:00-06:00");
    assert_eq!(request["notes"][0]["datetime"], "2026-11-23T10:00:00-06:00");
}

#[tokio::test]
async fn the_fine_state_is_in_the_notes() {
    let app = TestApp::new().await;
    let filed = filed_every(&app, 0, 2).await;
    town_moves(&app, &filed[0], State::Scheduled, "Vamos con asfalto.").await;
    let scheduled = request(&app, &filed[0]).await;
    assert_eq!(scheduled["status_notes"], "Programado para el 24 de noviembre de 2026. Vamos con asfalto.");
    assert_eq!(scheduled["extended_attributes"]["state"], "scheduled");
    assert_eq!(scheduled["extended_attributes"]["external_status"], "ACTION_SCHEDULED");
    assert_eq!(scheduled["notes"][1]["description"], "Vamos con asfalto.");
    let parent = row(&app, &filed[0]).await.id;
    set(&app, &filed[1], |row| store::reports::ReportRow {
        state: "duplicate".to_owned(),
        parent_id: Some(parent),
        closed_at: Some(row.filed_at),
        ..row
    })
    .await;
    let duplicate = request(&app, &filed[1]).await;
    assert_eq!(duplicate["status_notes"], format!("Sumado al folio {}", filed[0]));
    assert_eq!(duplicate["status"], "closed");
}

#[tokio::test]
async fn pages_and_what_is_more_come_when_asked_for() {
    let app = TestApp::new().await;
    let filed = filed_every(&app, 1, 3).await;
    assert_eq!(ids(&app, "page_size=2").await, [filed[2].clone(), filed[1].clone()]);
    assert_eq!(ids(&app, "page_size=2&page=2").await, [filed[0].clone()]);
    assert_eq!(ids(&app, "page=9").await, Vec::<String>::new());
    for bad in ["page=0", "page=-1", "page=x", "page_size=1001", "page_size=0", "page=99999999999999999999"] {
        assert_eq!(get(&app, &format!("/v2/requests.json?{bad}")).await.status, 400, "{bad}");
    }
    let plain = &requests(&app, "page_size=1").await[0];
    assert!(plain.get("extended_attributes").is_none() && plain.get("notes").is_none());
    assert!(requests(&app, "page_size=1&extensions=true").await[0]["extended_attributes"].is_object());
    let xml = get(&app, "/v2/requests.xml?page_size=1&extensions=true").await.xml();
    assert_eq!(xml["service_requests"]["request"]["notes"]["note"]["type"], "filed");
}

#[tokio::test]
async fn what_changed_since_is_found_however_old_it_is() {
    let app = TestApp::new().await;
    let filed = filed_every(&app, 50, 3).await;
    town_moves(&app, &filed[0], State::InProgress, "Ya vamos").await;
    let since = "updated_after=2027-03-01T00:00:00-06:00";
    assert_eq!(ids(&app, since).await, [filed[2].clone(), filed[0].clone()]);
    assert_eq!(ids(&app, "updated_before=2027-02-01T00:00:00-06:00").await, [filed[1].clone()]);
}

#[tokio::test]
async fn a_thousand_and_no_more() {
    let app = TestApp::new().await;
    let id = Other::new(&app).await.filed(&[]).await;
    let one = row(&app, &id).await;
    let inner = app.app();
    let unit = inner.store.unit().await.unwrap();
    for at in 0..1_004 {
        let copy = store::reports::ReportRow {
            id: inner.ids.next(),
            folio: format!("PC-X{at}"),
            turn: None,
            ..one.clone()
        };
        store::reports::file(&unit, copy).await.unwrap();
    }
    unit.commit().await.unwrap();
    assert_eq!(ids(&app, "").await.len(), 1_000);
    assert_eq!(ids(&app, "page=2").await.len(), 5);
}

#[tokio::test]
async fn an_unknown_id_is_404() {
    let app = TestApp::new().await;
    for id in ["PC-0000-0000", "nonsense", "x%2Fy", "..%2F..%2Fetc"] {
        for suffix in ["xml", "json"] {
            assert_eq!(get(&app, &format!("/v2/requests/{id}.{suffix}")).await.status, 404, "{id}");
        }
    }
}

#[tokio::test]
async fn a_folio_is_known_however_it_is_spelled() {
    let app = TestApp::new().await;
    let id = Other::new(&app).await.filed(&[]).await;
    let bare: String = id.chars().filter(char::is_ascii_digit).collect();
    assert_eq!(request(&app, &bare).await["service_request_id"], id);
}
