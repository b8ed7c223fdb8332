//! What may be the same report is found by the index alone, however many reports there are.

use sea_orm::{ConnectionTrait, Statement};
use ventanilla::{reports::cell::around, store};

use crate::support::TestApp;

const ROWS: &str = "INSERT INTO reports (id, town_id, folio, channel, category, category_group, private, anonymous, \
    place_json, lat, lon, cell, details_json, moderation, state, version, rule, people, reopened, filed_at, updated_at, \
    closed_at, pin_key_id, pin_hash) \
    WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < 10000) \
    SELECT randomblob(16), 1, 'PC-' || i, 'whatsapp', 'pothole', 'streets', FALSE, FALSE, '{}', 18.9, -91.1, \
    108900088900 + (i % 100) * 1000000 + i / 100, '{}', 'waiting', 'assigned', 1, 'category', 1, 0, 1, 1, \
    CASE i % 2 WHEN 0 THEN NULL ELSE 5 END, 'k', x'00' FROM n";

#[tokio::test]
async fn the_search_among_ten_thousand_reads_nothing_but_its_index() {
    let app = TestApp::new().await;
    let other = app.other_connection().await;
    other.execute_unprepared(ROWS).await.unwrap();
    let squares = around(18.95, -91.08, 100.0);
    let (sql, values) = store::reports::near_statement("streets", &squares, 3);
    let explained = format!("EXPLAIN QUERY PLAN {sql}");
    let statement = Statement::from_sql_and_values(other.get_database_backend(), explained, values);
    let plan: Vec<String> = other
        .query_all_raw(statement)
        .await
        .unwrap()
        .iter()
        .map(|row| row.try_get::<String>("", "detail").unwrap())
        .filter(|step| step.contains("reports"))
        .collect();
    assert_eq!(plan.len(), squares.len(), "{plan:?}");
    for step in &plan {
        assert!(step.contains("SEARCH reports USING INDEX reports_near"), "{step}");
        assert!(step.contains("category_group=?") && step.contains("cell>?"), "{step}");
    }
    let near = store::reports::near(&other, "streets", &squares, 3).await.unwrap();
    let inside = |cell: i64| squares.iter().any(|row| row.contains(&cell));
    assert!(!near.is_empty() && near.iter().all(|row| row.cell.is_some_and(inside)));
    app.may_end_unfinished();
}
