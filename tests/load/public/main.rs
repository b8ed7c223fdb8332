//! The public pages with a million reports: how long the server takes for each, without the network. Prints one line of
//! JSON. `public [REPORTS] [TIMES]`

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a measurement that cannot go on fails")]

use std::{collections::BTreeMap, sync::Arc, time::Instant};

use axum::{Router, body::Body, http::Request};
use futures::StreamExt as _;
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use tower::ServiceExt as _;
use ventanilla::{app::App, clock::Clock, config::Config, http, ids::Ids, reports::figures::Figures, store};

/// What is asked, with a name.
const ASKED: [(&str, &str); 9] = [
    ("list", "/reportes"),
    ("list_by_category", "/reportes?categoria=tree"),
    ("list_by_state", "/reportes?estado=triage"),
    ("list_open_in_colonia", "/reportes?colonia=centro&estado=abiertos"),
    ("list_rarest", "/reportes?categoria=sewage&colonia=pescadores&estado=triage"),
    ("list_deep", "/reportes?despues=1640000000000_XX-9"),
    ("list_old_days", "/reportes?desde=2018-01-01&hasta=2018-01-07&estado=abiertos"),
    ("points_of_the_town", "/reportes/mapa/puntos.json"),
    ("points_of_a_window", "/reportes/mapa/puntos.json?bbox=-91.115,18.922,-91.110,18.927"),
];

#[tokio::main]
async fn main() {
    let mut args = std::env::args().skip(1);
    let reports: u64 = args.next().map_or(1_000_000, |text| text.parse().unwrap());
    let times: usize = args.next().map_or(300, |text| text.parse().unwrap());
    let folder = std::env::temp_dir().join(format!("ventanilla-bench-{}", std::process::id()));
    let (app, router) = Box::pin(serve(&folder)).await;
    let began = Instant::now();
    fill(&app, reports).await;
    let filled = began.elapsed().as_secs_f64();
    let figures = Instant::now();
    let counted = Figures::count(&app.store, app.clock.now()).await.unwrap();
    let figures = figures.elapsed().as_secs_f64();
    let mut measured = BTreeMap::new();
    for (name, path) in ASKED {
        measured.insert(name.to_owned(), measure(&router, path, times).await);
    }
    measured.insert("report_page".to_owned(), report(&app, &router, times).await);
    measured.insert("figures_page".to_owned(), measure(&router, "/reportes/cifras", times).await);
    let download = download(&router).await;
    let line = json!({
        "reports": reports, "counted": counted.total.work.reports, "fill_s": round(filled),
        "count_figures_s": round(figures), "csv": download, "ms": measured,
    });
    println!("{line}");
    app.store.close().await;
    std::fs::remove_dir_all(&folder).ok();
}

async fn serve(folder: &std::path::Path) -> (Arc<App>, Router) {
    let mut config = Config::from_toml("").unwrap();
    config.data.folder = folder.join("data");
    config.data.keyring = folder.join("keys");
    config.understanding.weights = folder.join("no-weights");
    let clock = Clock::system();
    let app = App::build(config, clock.clone(), Ids::new(clock)).await.unwrap();
    let router = http::router(Arc::clone(&app), None);
    (app, router)
}

async fn fill(app: &App, reports: u64) {
    let unit = app.store.unit().await.unwrap();
    let sql = include_str!("../fill.sql").replace("{reports}", &reports.to_string());
    unit.execute_unprepared(&sql).await.unwrap();
    // As many events as a report of a town has, for the newest.
    let events = "INSERT INTO report_events (report_id, seq, town_id, at, actor, kind, to_state, detail_json) \
                  SELECT id, s.seq, 1, filed_at + s.seq, 'system', 'moved', state, '{}' FROM reports, \
                  (SELECT 1 AS seq UNION SELECT 2 UNION SELECT 3 UNION SELECT 4) s";
    unit.execute_unprepared(events).await.unwrap();
    unit.commit().await.unwrap();
}

/// Percentiles in milliseconds, of whole answers.
async fn measure(router: &Router, path: &str, times: usize) -> Value {
    let mut took = Vec::with_capacity(times);
    for _ in 0..times {
        let began = Instant::now();
        let bytes = ask(router, path).await;
        took.push(began.elapsed().as_secs_f64() * 1000.0);
        assert!(bytes > 100, "{path} said nothing");
    }
    took.sort_by(f64::total_cmp);
    let at = |percent: usize| round(took[(took.len() - 1) * percent / 100]);
    json!({ "p50": at(50), "p99": at(99), "most": at(100) })
}

/// The pages of many reports, one after the other.
async fn report(app: &App, router: &Router, times: usize) -> Value {
    let all = store::public_reports::PublicFilter::default();
    let rows = store::public_reports::page(app.store.read(), &all, None, 50).await.unwrap();
    // Folios of the filling are no folios of the town: the newest are made such.
    let unit = app.store.unit().await.unwrap();
    let mut folios = Vec::new();
    for (number, row) in (0..).zip(&rows) {
        let folio = ventanilla_values::Folio::new("PC", number).unwrap().to_string();
        let sql = format!("UPDATE reports SET folio = '{folio}' WHERE folio = '{}'", row.folio);
        unit.execute_unprepared(&sql).await.unwrap();
        folios.push(folio);
    }
    unit.commit().await.unwrap();
    let mut took = Vec::with_capacity(times);
    for folio in folios.iter().cycle().take(times) {
        let began = Instant::now();
        assert!(ask(router, &format!("/reportes/{folio}")).await > 1000);
        took.push(began.elapsed().as_secs_f64() * 1000.0);
    }
    took.sort_by(f64::total_cmp);
    json!({ "p50": round(took[took.len() / 2]), "p99": round(took[(took.len() - 1) * 99 / 100]) })
}

/// Everything as CSV: megabytes, seconds, and the largest piece that was held at a time.
async fn download(router: &Router) -> Value {
    let began = Instant::now();
    let request = Request::get("/datos/reportes.csv").body(Body::empty()).unwrap();
    let mut body = router.clone().oneshot(request).await.unwrap().into_body().into_data_stream();
    let (mut bytes, mut largest) = (0, 0);
    while let Some(chunk) = body.next().await {
        let length = chunk.unwrap().len();
        bytes += length;
        largest = largest.max(length);
    }
    json!({ "bytes": bytes, "seconds": round(began.elapsed().as_secs_f64()), "largest_chunk": largest })
}

async fn ask(router: &Router, path: &str) -> usize {
    let request = Request::get(path).body(Body::empty()).unwrap();
    let answer = router.clone().oneshot(request).await.unwrap();
    axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap().len()
}

fn round(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}
