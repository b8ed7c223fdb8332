//! Reports of another system, taken over from a file.

use ventanilla::{
    catalogue::Catalogue,
    reports::{
        State,
        import::{Mapping, Outcome, import},
    },
    store::{self, reports::ReportRow},
};

use crate::support::TestApp;

const FILE: &str = "\
folio,category,lat,lon,address,description,state,filed_at,closed_at,department
A-1,pothole,18.9263,-91.1131,Calle 20,\"Hoyo, hondo\",,2026-01-31 09:05,,
A-2,Luz de la calle,,,frente al mercado,Apagada,Concluido,31/01/2026,02/02/2026 10:00,
A-3,pothole,18.9263,-91.1131,,,en proceso,2026-03-01,,traffic
";

async fn takes_over(app: &TestApp, text: &str, dry_run: bool) -> Outcome {
    import(&app.app(), "cli:ana", text.as_bytes(), &Mapping::default(), dry_run).await.unwrap()
}

async fn all(app: &TestApp) -> Vec<ReportRow> {
    let app = app.app();
    let mut rows = Vec::new();
    for id in ["A-1", "A-2", "A-3"] {
        let known = store::report_externals::by_id(app.store.read(), "import", id).await.unwrap().unwrap();
        rows.push(store::reports::by_id(app.store.read(), known.report).await.unwrap().unwrap());
    }
    rows
}

fn local(catalogue: &Catalogue, at: i64) -> String {
    ventanilla::open311::times::text(at, catalogue.town().timezone)
}

#[tokio::test]
async fn every_row_becomes_a_report_where_it_stood() {
    let app = TestApp::new().await;
    let outcome = takes_over(&app, FILE, false).await;
    assert_eq!((outcome.added, outcome.known, outcome.left_out), (3, 0, 0), "{:?}", outcome.mistakes);
    let rows = all(&app).await;
    let states: Vec<State> = rows.iter().map(ReportRow::stands).collect();
    assert_eq!(states, [State::Received, State::ClosedConfirmed, State::InProgress]);
    let departments: Vec<_> = rows.iter().map(|row| row.department.as_deref().unwrap()).collect();
    assert_eq!(departments, ["public_works", "public_services", "traffic"]);
    let inner = app.app();
    let catalogue = &inner.contents.active.catalogue;
    assert_eq!(local(catalogue, rows[0].filed_at), "2026-01-31T09:05:00-06:00");
    assert_eq!(local(catalogue, rows[1].closed_at.unwrap()), "2026-02-02T10:00:00-06:00");
    assert_eq!(rows[0].description.as_deref(), Some("Hoyo, hondo"));
    assert_eq!((rows[0].colonia.as_deref(), rows[1].colonia.as_deref()), (Some("centro"), Some("centro")));
    let timers = "SELECT COUNT(*) AS n FROM report_timers";
    assert_eq!(app.count(timers, []).await, 2, "what is closed does nothing by itself");
    let late = "SELECT COUNT(*) AS n FROM report_timers WHERE due_at < $1";
    assert_eq!(app.count(late, [app.clock.now().into()]).await, 0);
    let audit = "SELECT action AS t FROM audit";
    assert_eq!(app.texts(audit).await, ["reports.import"]);
}

#[tokio::test]
async fn a_dry_run_changes_nothing_and_twice_adds_nothing_twice() {
    let app = TestApp::new().await;
    assert_eq!(takes_over(&app, FILE, true).await.added, 3);
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM reports", []).await, 0);
    takes_over(&app, FILE, false).await;
    let again = takes_over(&app, FILE, false).await;
    assert_eq!((again.added, again.known), (0, 3));
    assert_eq!(takes_over(&app, FILE, true).await.known, 3);
    assert_eq!(app.count("SELECT COUNT(*) AS n FROM reports", []).await, 3);
    let without = "tipo;fecha;direccion\nBache;2026-01-01;Calle 20\nBache;2026-01-01;Calle 20\nBache;2026-01-01;Calle 22\n";
    assert_eq!(takes_over(&app, without, false).await.added, 2, "the same line is the same report");
    assert_eq!(takes_over(&app, without, false).await.added, 0);
}

#[tokio::test]
async fn good_rows_are_kept_and_each_mistake_has_its_line() {
    let app = TestApp::new().await;
    let text = "\
folio;category;lat;lon;address;description;state;filed_at;closed_at;department
1;pothole;18.9263;-91.1131;;;;2026-01-31;;
2;moon;18.9263;-91.1131;;;;2026-01-31;;
3;pothole;-91.1131;18.9263;;;;2026-01-31;;
4;pothole;;;;;;2026-01-31;;
5;pothole;18.9263;;;;;2026-01-31;;
6;pothole;;;Calle 20;;flying;2026-01-31;;nobody
7;pothole;;;Calle 20;;;31/31/2026;;
8;pothole;;;Calle 20;;;;;
9;pothole;;;Calle 20;;closed_confirmed;2026-01-31;;
10;pothole;;;Calle 20;;closed_confirmed;2026-01-31;2026-01-30;
11;pothole;;;Calle 20;;duplicate;2026-01-31;2026-02-01;
12;pothole;;;Calle 20;;;2027-01-31;;
13;pothole;200;95;;;;2026-01-31;;
14;pothole;x;-91;;;;2026-01-31;;
15;pothole;;;\"Calle 20
por 15\";;;2026-01-31;;
16;;;;Calle 20;;;2026-01-31;;
";
    let outcome = takes_over(&app, text, false).await;
    assert_eq!((outcome.added, outcome.left_out), (2, 14), "{:#?}", outcome.mistakes);
    let told: Vec<(u64, &str)> =
        outcome.mistakes.iter().map(|mistake| (mistake.line, mistake.column)).collect();
    let expected = [
        (3, "category"),
        (4, "lat"),
        (5, "address"),
        (6, "lon"),
        (7, "department"),
        (7, "state"),
        (8, "filed_at"),
        (9, "filed_at"),
        (10, "closed_at"),
        (11, "closed_at"),
        (12, "state"),
        (13, "filed_at"),
        (14, "lat"),
        (15, "lat"),
        (18, "category"),
    ];
    assert_eq!(told, expected);
    assert!(outcome.mistakes.iter().all(|mistake| !mistake.hint.is_empty()));
    assert!(outcome.mistakes[1].why.contains("exchanged"));
}

#[tokio::test]
async fn words_of_another_system_mean_what_the_mapping_says() {
    let app = TestApp::new().await;
    let mapping = Mapping::from_yaml(
        "columns: {category: Rubro, filed_at: Alta, closed_at: Baja, state: Situación, address: Calle}\n\
         categories: {BACHEO: pothole}\nstates: {Listo: closed_confirmed}\n",
    )
    .unwrap();
    let text = "Rubro;Alta;Baja;Situación;Calle\nBacheo;01/02/2026;03/02/2026;LISTO;Calle ñ\n";
    let (latin, ..) = encoding_rs::WINDOWS_1252.encode(text);
    let outcome = import(&app.app(), "cli:ana", &latin, &mapping, false).await.unwrap();
    assert_eq!((outcome.added, outcome.left_out), (1, 0), "{:?}", outcome.mistakes);
    let places = app.texts("SELECT place_json AS t FROM reports").await;
    assert!(places[0].contains("Calle ñ"), "{places:?}");
}

#[tokio::test]
async fn a_file_that_is_no_table_is_refused() {
    let app = TestApp::new().await;
    for text in ["", "\n\n", "a,b\n1,2\n", "category,filed_at\npothole,2026-01-01\n"] {
        let refused = import(&app.app(), "cli:ana", text.as_bytes(), &Mapping::default(), false).await;
        assert!(refused.is_err(), "{text:?}");
    }
}
