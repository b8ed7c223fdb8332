//! The pages for everybody: what they show, what they never show, and what they make of bad input.

mod data;
mod figures;
mod pages;
mod photos;
mod plans;
mod privacy;

use uuid::Uuid;
use ventanilla::{
    reports::{self, Actor, Change, State},
    store::{self, report_events::Words, reports::ReportRow},
};

use crate::support::{TestApp, crew::filed};

/// In Centro.
const CENTRO: (f64, f64) = (18.926_349, -91.113_151);

/// Writes a report as a test wants it.
async fn saved(app: &TestApp, row: ReportRow) -> ReportRow {
    let unit = app.app().store.unit().await.unwrap();
    let saved = store::reports::save(&unit, row).await.unwrap();
    unit.commit().await.unwrap();
    saved
}

/// Somebody of the town moves a report, with these words for everybody.
async fn moved(app: &TestApp, row: &ReportRow, to: State, public: &str) -> ReportRow {
    let words = Words {
        public: Some(public.to_owned()),
        private: Some("Entre nosotros: vive ahí don Beto".to_owned()),
        citizen: None,
    };
    let change = Change {
        words,
        evidence: vec![app.app().ids.next()],
        department: Some("public_works".to_owned()),
        ..Change::new(to, Actor::Staff(Uuid::from_u128(7)))
    };
    let unit = app.app().store.unit().await.unwrap();
    let moved = reports::change(&app.app(), &unit, row, &change).await.unwrap();
    unit.commit().await.unwrap();
    moved
}

/// A page: its status and what it says.
async fn page(app: &TestApp, path: &str) -> (u16, String) {
    let answer = app.get(path).send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}
