//! How the database finds what the public pages ask for, with ten thousand reports: by an index, and without sorting.

use sea_orm::{ConnectionTrait, Statement};
use ventanilla::{
    reports::{State, cell::around},
    store::public_reports::{Bounds, PublicFilter, page_statement, squares_statement},
};

use crate::support::TestApp;

/// Writes many reports at once.
pub async fn fill(app: &TestApp, reports: u32) {
    let unit = app.app().store.unit().await.unwrap();
    let sql = include_str!("../../load/fill.sql").replace("{reports}", &reports.to_string());
    unit.execute_unprepared(&sql).await.unwrap();
    unit.commit().await.unwrap();
}

async fn plan(app: &TestApp, statement: Statement) -> String {
    let server = app.app();
    let on = server.store.read();
    let sql = format!("EXPLAIN QUERY PLAN {}", statement.sql);
    let values = statement.values.unwrap().0;
    let explain = Statement::from_sql_and_values(on.get_database_backend(), sql, values);
    let rows = on.query_all_raw(explain).await.unwrap();
    let lines = rows.iter().map(|row| row.try_get::<String>("", "detail").unwrap());
    lines.collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn every_filter_of_the_list_is_led_by_one_index() {
    let app = TestApp::new().await;
    fill(&app, 10_000).await;
    let some = |text: &str| Some(text.to_owned());
    let all = PublicFilter::default;
    for (filter, index) in [
        (all(), "reports_public (town_id=?"),
        (PublicFilter { states: State::ALL[..12].to_vec(), ..all() }, "reports_public (town_id=?"),
        (
            PublicFilter { from: Some(1), until: Some(i64::MAX), ..all() },
            "reports_public (town_id=? AND filed_at>? AND filed_at<?)",
        ),
        (
            PublicFilter { category: some("pothole"), ..all() },
            "reports_public_category (town_id=? AND category=?",
        ),
        (
            PublicFilter {
                category: some("pothole"),
                colonia: some("centro"),
                states: vec![State::Received],
                ..all()
            },
            "reports_public_category (town_id=? AND category=?",
        ),
        (
            PublicFilter { colonia: some("centro"), states: vec![State::Received], ..all() },
            "reports_public_colonia (town_id=? AND colonia=?",
        ),
        (
            PublicFilter { states: vec![State::Triage], ..all() },
            "reports_public_state (town_id=? AND state=?",
        ),
    ] {
        for after in [None, Some((i64::MAX, "PC"))] {
            let backend = app.app().store.read().get_database_backend();
            let plan = plan(&app, page_statement(backend, &filter, after, 26)).await;
            assert!(plan.contains(&format!("SEARCH r USING INDEX {index}")), "{filter:?}\n{plan}");
            assert!(!plan.contains("TEMP B-TREE") && !plan.contains("SCAN"), "{filter:?}\n{plan}");
        }
    }
}

#[tokio::test]
async fn a_small_window_of_the_map_is_read_square_by_square() {
    let app = TestApp::new().await;
    fill(&app, 10_000).await;
    let squares = around(18.9263, -91.1131, 500.0);
    let bounds = Bounds { south: 18.92, west: -91.12, north: 18.93, east: -91.11 };
    let filter =
        PublicFilter { category: Some("pothole".to_owned()), from: Some(1), ..PublicFilter::default() };
    let backend = app.app().store.read().get_database_backend();
    let plan = plan(&app, squares_statement(backend, &filter, &squares, bounds, 2001)).await;
    let searched =
        plan.matches("SEARCH r USING INDEX reports_public_cell (town_id=? AND cell>? AND cell<?)").count();
    assert_eq!(searched, squares.len(), "{plan}");
}
