//! How long it takes to find what may be the same report, among one million of a city: prints one line of JSON, in
//! milliseconds. On SQLite, in a folder that is removed afterwards.
//!
//! `cargo run --release -p ventanilla --example bench_near [ROWS]`
#![expect(clippy::print_stdout, reason = "its output is its purpose")]

use std::time::{Duration, Instant};

use sea_orm::{ConnectionTrait, Database, DatabaseConnection};
use ventanilla::{
    catalogue::{Catalogue, Category},
    content,
    reports::near::{Sought, near},
    store::Store,
};

const ROWS: u32 = 1_000_000;
const SEARCHES: u32 = 3_000;
/// A city of 33 by 33 km.
const SOUTH_WEST: (f64, f64) = (18.80, -91.30);
const WIDE: f64 = 0.3;
/// 1 November 2026, Unix ms.
const NOW: i64 = 1_793_512_800_000;

#[tokio::main]
async fn main() {
    let rows = std::env::args().nth(1).and_then(|rows| rows.parse().ok()).unwrap_or(ROWS);
    let folder = std::env::temp_dir().join(format!("ventanilla-near-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("the folder for the measurement cannot be made");
    let file = folder.join("near.db");
    let store = Store::open(&file, Duration::ZERO).await.expect("the database cannot be opened");
    let begun = Instant::now();
    fill(
        &Database::connect(format!("sqlite://{}", file.display())).await.expect("no second connection"),
        rows,
    )
    .await;
    let filled = begun.elapsed().as_secs();
    let catalogue = Catalogue::load(&content::builtin()).0.expect("the demo's catalogue is broken");
    let (times, found) = measure(&store, &catalogue).await;
    println!(
        "{{\"rows\":{rows},\"fill_seconds\":{filled},\"searches\":{SEARCHES},\"found_per_search\":{:.2},\
         \"p50_ms\":{:.3},\"p99_ms\":{:.3},\"max_ms\":{:.3}}}",
        f64::from(found) / f64::from(SEARCHES),
        at(&times, 50),
        at(&times, 99),
        at(&times, 100)
    );
    store.close().await;
    std::fs::remove_dir_all(&folder).ok();
}

/// Reports of the last two years all over the city; one in five is still open.
async fn fill(on: &DatabaseConnection, rows: u32) {
    const AT_ONCE: u32 = 50_000;
    let mut first = 0;
    while first < rows {
        let last = rows.min(first + AT_ONCE);
        let sql = format!(
            "INSERT INTO reports (id, town_id, folio, channel, category, category_group, private, anonymous, place_json, \
             lat, lon, cell, description, details_json, moderation, state, version, rule, people, reopened, filed_at, updated_at, closed_at, \
             pin_key_id, pin_hash) \
             WITH RECURSIVE n (i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {last}), \
             p AS MATERIALIZED (SELECT i, {south} + abs(random() % 1000000) / 1000000.0 * {WIDE} AS lat, \
                   {west} + abs(random() % 1000000) / 1000000.0 * {WIDE} AS lon, abs(random() % 730) AS age FROM n) \
             SELECT randomblob(16), 1, 'PC-' || i, 'whatsapp', \
             CASE i % 4 WHEN 0 THEN 'pothole' WHEN 1 THEN 'streetlight' WHEN 2 THEN 'garbage' ELSE 'water_leak' END, \
             CASE i % 4 WHEN 0 THEN 'streets' WHEN 1 THEN 'streets' WHEN 2 THEN 'cleanliness' ELSE 'water' END, \
             FALSE, FALSE, '{{\"text\":\"calle 20 por 15\"}}', lat, lon, \
             CAST((lat + 90) * 1000 AS INTEGER) * 1000000 + CAST((lon + 180) * 1000 AS INTEGER), \
             'hay un hoyo enorme frente a la escuela', '{{}}', 'waiting', CASE i % 5 WHEN 0 THEN 'assigned' ELSE 'closed_confirmed' END, \
             3, 'category', 1, 0, {NOW} - age * 86400000, {NOW}, CASE i % 5 WHEN 0 THEN NULL ELSE {NOW} - age * 43200000 END, 'k', x'00' FROM p",
            south = SOUTH_WEST.0,
            west = SOUTH_WEST.1,
        );
        on.execute_unprepared(&sql).await.expect("the rows cannot be written");
        first = last;
    }
}

/// Milliseconds of each search, sorted, and how many reports were found in all.
async fn measure(store: &Store, catalogue: &Catalogue) -> (Vec<f64>, u32) {
    let kinds: Vec<&Category> = ["pothole", "streetlight", "garbage", "water_leak"]
        .iter()
        .filter_map(|id| catalogue.category(id))
        .collect();
    let (mut times, mut found) = (Vec::new(), 0);
    for search in 0..SEARCHES {
        let share = |step: u32| f64::from(search.wrapping_mul(step) % 9_973) / 9_973.0;
        let point = (SOUTH_WEST.0 + share(7_919) * WIDE, SOUTH_WEST.1 + share(104_729) * WIDE);
        let category = kinds[usize::try_from(search).unwrap_or(0) % kinds.len()];
        let description = Some("un hoyo muy hondo frente a la escuela");
        let sought = Sought { category, point, description, likeness: None, now: NOW };
        let begun = Instant::now();
        let near = near(store.read(), &sought).await.expect("the search failed");
        times.push(begun.elapsed().as_secs_f64() * 1000.0);
        found += u32::try_from(near.len()).unwrap_or(0);
    }
    times.sort_by(f64::total_cmp);
    (times, found)
}

fn at(times: &[f64], percent: usize) -> f64 {
    times[(times.len() * percent / 100).min(times.len() - 1)]
}
