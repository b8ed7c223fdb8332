//! Nothing personal leaves, whatever stands in a report.

use proptest::{prelude::*, test_runner::Config as ProptestConfig};
use ventanilla::{
    reports::{
        State, happen,
        public::{PublicEvent, PublicReport},
    },
    store::{self, report_events::Words, reports::ReportRow},
};

use super::{CENTRO, filed, page, saved};
use crate::support::TestApp;

const SECRETS: [&str; 6] = ["zzdesc", "zzplace", "zzdetail", "zzprivate", "zzcitizen", "zzactor"];

fn rows() -> impl Strategy<Value = (ReportRow, (f64, f64))> {
    let state = prop::sample::select(State::ALL.to_vec());
    let moderation = prop::sample::select(vec!["waiting", "shown", "hidden"]);
    let category = prop::sample::select(vec!["pothole", "noise", "corruption", "gone"]);
    // Not on the grid that is shown.
    let point = (18.0..19.0_f64, -92.0..-91.0_f64).prop_map(|(lat, lon)| {
        ((lat * 1e4).round() / 1e4 + 0.000_023_4, (lon * 1e4).round() / 1e4 + 0.000_023_4)
    });
    (state, moderation, category, point, any::<bool>()).prop_map(
        |(state, moderation, category, point, private)| {
            let row = ReportRow {
                state: state.as_str().to_owned(),
                moderation: moderation.to_owned(),
                category: category.to_owned(),
                private,
                lat: Some(point.0),
                lon: Some(point.1),
                description: Some("zzdesc".to_owned()),
                place_json: "{\"text\":\"zzplace\"}".to_owned(),
                details_json: "{\"who\":\"zzdetail\"}".to_owned(),
                public_text: Some("zzpublic".to_owned()),
                ..blank()
            };
            (row, point)
        },
    )
}

fn blank() -> ReportRow {
    ReportRow {
        id: uuid::Uuid::from_u128(1),
        town_id: 1,
        folio: "PC-0000-0000".to_owned(),
        person_id: None,
        turn: None,
        idx: None,
        channel: "whatsapp".to_owned(),
        category: String::new(),
        category_group: "streets".to_owned(),
        private: false,
        anonymous: false,
        place_json: String::new(),
        lat: None,
        lon: None,
        cell: None,
        colonia: None,
        description: None,
        details_json: String::new(),
        moderation: String::new(),
        public_text: None,
        state: String::new(),
        version: 1,
        department: None,
        rule: String::new(),
        assignee: None,
        people: 1,
        parent_id: None,
        reopened: 0,
        outcome: None,
        scheduled_for: None,
        filed_at: 1,
        updated_at: 1,
        responded_at: None,
        claimed_at: None,
        closed_at: None,
        paused_at: None,
        respond_risk: None,
        respond_due: None,
        resolve_risk: None,
        resolve_due: None,
        pin_key_id: "zzpin".to_owned(),
        pin_hash: Vec::new(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_row_makes_anything_personal_public() {
    let app = TestApp::new().await;
    let server = app.app();
    let catalogue = &server.contents.active.catalogue;
    let mut config = ProptestConfig::with_cases(256);
    config.failure_persistence = None;
    let mut runner = proptest::test_runner::TestRunner::new(config);
    let outcome = runner.run(&rows(), |(row, (lat, lon))| {
        let shown = PublicReport::of(&row, None, catalogue);
        prop_assert_eq!(shown.is_none(), row.private || row.category == "corruption");
        let Some(shown) = shown else { return Ok(()) };
        let all = format!("{shown:?}");
        for secret in SECRETS.iter().chain(&["zzpin"]) {
            prop_assert!(!all.contains(secret), "{}", all);
        }
        prop_assert_eq!(all.contains("zzpublic"), row.moderation == "shown");
        let point = shown.point.unwrap();
        prop_assert!(point.lat != lat && point.lon != lon);
        prop_assert!((point.lat - lat).abs() < 0.000_6 && (point.lon - lon).abs() < 0.000_6);
        Ok(())
    });
    outcome.unwrap();
}

#[tokio::test]
async fn no_page_and_no_file_tells_what_is_private() {
    let app = TestApp::new().await;
    let row = filed(&app, "noise", CENTRO).await;
    let row = ReportRow {
        description: Some("zzdesc".to_owned()),
        place_json: "{\"text\":\"zzplace\"}".to_owned(),
        details_json: "{\"who\":\"zzdetail\"}".to_owned(),
        public_text: Some("zzhidden".to_owned()),
        moderation: "hidden".to_owned(),
        ..row
    };
    let row = saved(&app, row).await;
    let unit = app.app().store.unit().await.unwrap();
    let actor = ventanilla::reports::Actor::Cli("zzactor".to_owned());
    for kind in ["moved", "noted", "joined", "answered"] {
        let now = store::reports::by_id(&*unit, row.id).await.unwrap().unwrap();
        let words = Words {
            public: None,
            private: Some("zzprivate".to_owned()),
            citizen: Some("zzcitizen".to_owned()),
        };
        let happened =
            ventanilla::reports::Happened { words, ..ventanilla::reports::Happened::new(kind, &actor) };
        happen(&app.app(), &unit, now, happened).await.unwrap();
    }
    unit.commit().await.unwrap();
    let folio = format!("/reportes/{}", row.folio);
    for path in [
        folio.as_str(),
        "/reportes",
        "/reportes/mapa",
        "/reportes/mapa/puntos.json",
        "/reportes/cifras",
        "/datos/reportes.csv",
        "/datos/reportes.json",
        "/datos/reportes.geojson",
    ] {
        let (status, said) = page(&app, path).await;
        assert_eq!(status, 200, "{path}");
        for secret in SECRETS.iter().chain(&["zzhidden", "18.9263", "91.1131"]) {
            assert!(!said.contains(secret), "{path} tells {secret}: {said}");
        }
    }
    assert!(page(&app, "/datos/reportes.csv").await.1.contains("18.926,-91.113,"));
}

#[tokio::test]
async fn what_a_citizen_says_is_never_the_towns_word() {
    let event = |actor: &str, kind: &str| store::report_events::ReportEvent {
        report: uuid::Uuid::nil(),
        seq: 2,
        at: 5,
        actor: actor.to_owned(),
        channel: None,
        kind: kind.to_owned(),
        from: None,
        to: State::Reopened,
        reason: None,
        detail: serde_json::json!({}),
        words: Words { public: Some("Sigue igual".to_owned()), private: None, citizen: None },
    };
    assert_eq!(PublicEvent::new(&event("citizen", "moved")).unwrap().words, None);
    assert_eq!(PublicEvent::new(&event("citizen", "added")), None);
    assert!(PublicEvent::new(&event("staff:1", "noted")).unwrap().words.is_some());
}
