//! People of the town at work on reports, without their pages: what they do goes the way that every move goes.

use serde_json::{Map, Value};
use uuid::Uuid;
use ventanilla::{
    picture,
    reports::{self, Actor, Authority, Change, Filer, NewReport, State},
    store::{self, report_events::Words, reports::ReportRow},
};
use ventanilla_flows::Gazetteer as _;
use ventanilla_values::Place;

use super::{TestApp, citizen::PHOTO};

/// The report with this folio, as it is now.
pub async fn report(app: &TestApp, folio: &str) -> ReportRow {
    store::reports::by_folio(app.app().store.read(), folio).await.unwrap().expect("no report has this folio")
}

/// The folio that was filed last.
pub async fn last_folio(app: &TestApp) -> String {
    app.settle().await;
    app.texts("SELECT folio AS t FROM reports ORDER BY filed_at DESC, id DESC LIMIT 1").await.remove(0)
}

/// Files a report of nobody at a point (degrees, WGS84), with a description that names somebody.
pub async fn filed(app: &TestApp, category: &str, (lat, lon): (f64, f64)) -> ReportRow {
    let place = app.app().contents.active.catalogue.locate(lat, lon);
    imported(app, category, &place, "Frente a la casa de Lupe Pérez, 981 555 0199", Map::new()).await
}

/// Files a report of nobody, as an old list would.
pub async fn imported(
    app: &TestApp,
    category: &str,
    place: &Place,
    description: &str,
    details: Map<String, Value>,
) -> ReportRow {
    let app = app.app();
    let catalogue = &app.contents.active.catalogue;
    let new = NewReport {
        category: catalogue.category(category).unwrap(),
        place,
        description: Some(description.to_owned()),
        photos: Vec::new(),
        details,
        anonymous: false,
        said: None,
    };
    let filer = Filer {
        person: None,
        key: None,
        by: Actor::System,
        channel: "import".to_owned(),
        at: app.clock.now(),
    };
    let unit = app.store.unit().await.unwrap();
    let filed = reports::file(&app, &unit, catalogue, &filer, new).await.unwrap();
    unit.commit().await.unwrap();
    filed.row
}

/// Moves a report as a crew does, with everything that any move needs.
pub async fn moves(app: &TestApp, folio: &str, to: State, words: &str) {
    let evidence = evidence(app).await;
    let row = report(app, folio).await;
    let day = app.clock.now() + 4 * 24 * 3600 * 1000;
    let authority = Authority {
        name: "Comisión Federal de Electricidad".to_owned(),
        phone: "071".to_owned(),
        folio: Some("A-1".to_owned()),
    };
    let change = Change {
        words: Words { public: (!words.is_empty()).then(|| words.to_owned()), ..Words::default() },
        reason: Some("not_ours".to_owned()),
        evidence: if to == State::ResolvedClaimed { vec![evidence] } else { Vec::new() },
        scheduled_for: (to == State::Scheduled).then_some(day),
        authority: (to == State::Referred).then_some(authority),
        ..Change::new(to, Actor::Staff(Uuid::nil()))
    };
    let app = app.app();
    let unit = app.store.unit().await.unwrap();
    reports::change(&app, &unit, &row, &change).await.unwrap();
    unit.commit().await.unwrap();
}

/// A photo of the work, drawn anew as the board does it.
async fn evidence(app: &TestApp) -> Uuid {
    let app = app.app();
    let id = app.ids.next();
    app.media.put(id, &picture::redraw(PHOTO).unwrap().large).await.unwrap();
    id
}

/// The kinds of everything that happened to a report.
pub async fn events(app: &TestApp, folio: &str) -> Vec<String> {
    let row = report(app, folio).await;
    let events = store::report_events::of_report(app.app().store.read(), row.id).await.unwrap();
    events.into_iter().map(|event| event.kind).collect()
}
