//! The list, a report, the look-up by folio, and the map.

use std::time::Duration;

use serde_json::Value;
use ventanilla::{reports::State, store::reports::ReportRow};

use super::{CENTRO, filed, moved, page, saved};
use crate::support::TestApp;

#[tokio::test]
async fn the_list_shows_the_newest_first_a_page_at_a_time() {
    let app = TestApp::new().await;
    let mut folios = Vec::new();
    for _ in 0..30 {
        folios.push(filed(&app, "pothole", CENTRO).await.folio);
        app.advance(Duration::from_secs(60)).await;
    }
    folios.reverse();
    let (status, first) = page(&app, "/reportes").await;
    assert_eq!(status, 200);
    let shown =
        |html: &str| folios.iter().filter(|folio| html.contains(&format!("/reportes/{folio}\""))).count();
    assert_eq!(shown(&first), 25);
    assert!(first.find(&folios[0]).unwrap() < first.find(&folios[1]).unwrap());
    let next = first.split("rel=\"next\" href=\"").nth(1).unwrap().split('"').next().unwrap();
    let (_, second) = page(&app, &next.replace("&amp;", "&")).await;
    assert_eq!(shown(&second), 5);
    assert!(!second.contains("rel=\"next\"") && second.contains("Volver a los más nuevos"));
}

#[tokio::test]
async fn filters_are_kept_by_every_link() {
    let app = TestApp::new().await;
    let pothole = filed(&app, "pothole", CENTRO).await;
    let noise = filed(&app, "noise", CENTRO).await;
    let (_, html) = page(&app, "/reportes?categoria=noise&colonia=centro&estado=abiertos&lang=en").await;
    assert!(html.contains(&noise.folio) && !html.contains(&pothole.folio));
    assert!(html.contains("lang=\"en\"") && html.contains("Citizen reports"));
    assert!(
        html.contains("/reportes/mapa?categoria=noise&amp;colonia=centro&amp;estado=abiertos&amp;lang=en")
            || html.contains("/reportes/mapa?categoria=noise&amp;colonia=centro&amp;estado=abiertos")
    );
    let (_, none) = page(&app, "/reportes?categoria=tree").await;
    assert!(none.contains("No hay reportes con esos filtros"));
    let (_, past) = page(&app, "/reportes?hasta=2020-01-01").await;
    assert!(!past.contains(&pothole.folio));
    let (_, today) = page(&app, "/reportes?desde=2026-11-23&hasta=2026-11-23").await;
    assert!(today.contains(&pothole.folio));
}

#[tokio::test]
async fn an_empty_town_and_strange_filters_are_told_in_words() {
    let app = TestApp::new().await;
    assert!(page(&app, "/reportes").await.1.contains("Todavía no hay reportes"));
    let strange =
        "/reportes?categoria=%3Cscript%3E&colonia=nada&estado=hecho&desde=ayer&despues=%00&hasta=9999-01-01";
    let (status, html) = page(&app, strange).await;
    assert_eq!(status, 200);
    assert!(html.contains("Esto no lo entendimos"), "{html}");
    assert!(!html.contains("<script>"));
    let corruption = page(&app, "/reportes?categoria=corruption").await.1;
    assert!(corruption.contains("Esto no lo entendimos") && !corruption.contains("value=\"corruption\""));
    let long = "x".repeat(5000);
    assert_eq!(page(&app, &format!("/reportes?categoria={long}&despues=9223372036854775807_x")).await.0, 200);
}

#[tokio::test]
async fn a_report_tells_its_state_its_history_and_how_to_join() {
    let app = TestApp::new().await;
    let row = filed(&app, "pothole", CENTRO).await;
    app.advance(Duration::from_secs(24 * 3600)).await;
    moved(&app, &row, State::InProgress, "Va la cuadrilla <b>3</b> & una aplanadora").await;
    let (status, html) = page(&app, &format!("/reportes/{}", row.folio)).await;
    assert_eq!(status, 200);
    for said in [
        "En atención",
        "El área ya está trabajando en él.",
        "Va la cuadrilla &lt;b&gt;3&lt;&#x2f;b&gt; &amp; una aplanadora",
        "23 de noviembre de 2026",
        "24 de noviembre de 2026",
        "Se recibió el reporte",
        "Col. Centro. El punto es aproximado.",
        "<svg class=\"locator\"",
        "https:&#x2f;&#x2f;wa.me&#x2f;529810000100?text=Me%20sumo%20PC%2D",
        "rel=\"canonical\"",
        "og:title",
    ] {
        let plain = said.replace("&#x2f;", "/");
        assert!(html.contains(said) || html.contains(&plain), "'{said}' is missing in {html}");
    }
    for kept in ["Lupe", "don Beto", "staff:", "noindex"] {
        assert!(!html.contains(kept), "{kept} is nobody's business");
    }
}

#[tokio::test]
async fn a_folio_is_found_however_it_is_typed() {
    let app = TestApp::new().await;
    let row = filed(&app, "pothole", CENTRO).await;
    let typed = row.folio.to_lowercase().replace('-', "+");
    let answer = app.get(&format!("/folio?folio={typed}")).send().await.unwrap();
    assert_eq!(answer.status(), 303);
    assert_eq!(answer.headers()["location"], format!("/reportes/{}", row.folio).as_str());
    let answer = app.get(&format!("/reportes/{}?lang=en", row.folio.to_lowercase())).send().await.unwrap();
    assert_eq!(answer.status(), 308);
    assert_eq!(answer.headers()["location"], format!("/reportes/{}?lang=en", row.folio).as_str());
}

#[tokio::test]
async fn a_folio_that_is_none_is_told_kindly() {
    let app = TestApp::new().await;
    for empty in ["/folio", "/folio?folio="] {
        let (status, html) = page(&app, empty).await;
        assert!(status == 200 && html.contains("<form"), "{empty}: {html}");
    }
    for (typed, said) in [
        ("PC-0000-0000", "No encontramos"),
        ("%3Cscript%3Ealert(1)%3C/script%3E", "no está completo"),
        ("%FF%FE", "no está completo"),
    ] {
        let (status, html) = page(&app, &format!("/folio?folio={typed}")).await;
        assert_eq!(status, 404, "{typed}");
        assert!(html.contains(said) && !html.contains("<script>"), "{typed}: {html}");
    }
    let (status, html) = page(&app, "/reportes/nonsense").await;
    assert!(status == 404 && html.contains("<form"), "{html}");
}

#[tokio::test]
async fn a_private_report_is_known_by_its_folio_and_nowhere_else() {
    let app = TestApp::new().await;
    let row = filed(&app, "corruption", CENTRO).await;
    let answer = app.get(&format!("/reportes/{}", row.folio)).send().await.unwrap();
    assert_eq!(answer.headers()["x-robots-tag"], "noindex");
    let html = answer.text().await.unwrap();
    assert!(html.contains("Reporte privado") && html.contains("Recibido"));
    for kept in ["Corrup", "Centro", "locator", "wa.me", "import"] {
        assert!(!html.contains(kept), "{kept} is nobody's business");
    }
    for path in [
        "/reportes",
        "/reportes/mapa/puntos.json",
        "/datos/reportes.csv",
        "/datos/reportes.json",
        "/reportes/cifras",
    ] {
        assert!(!page(&app, path).await.1.contains(&row.folio), "{path}");
    }
    // One of a category that became private afterwards.
    let pothole = filed(&app, "pothole", CENTRO).await;
    saved(&app, ReportRow { category: "corruption".to_owned(), ..pothole.clone() }).await;
    assert!(!page(&app, "/reportes").await.1.contains(&pothole.folio));
    assert!(page(&app, &format!("/reportes/{}", pothole.folio)).await.1.contains("Reporte privado"));
}

#[tokio::test]
async fn a_report_that_was_added_to_another_leads_there() {
    let app = TestApp::new().await;
    let (first, second) = (filed(&app, "pothole", CENTRO).await, filed(&app, "pothole", CENTRO).await);
    let added = ReportRow {
        state: "duplicate".to_owned(),
        parent_id: Some(first.id),
        closed_at: Some(second.filed_at),
        ..second.clone()
    };
    saved(&app, added).await;
    let (_, html) = page(&app, &format!("/reportes/{}", second.folio)).await;
    assert!(html.contains(&format!("/reportes/{}\"", first.folio)), "{html}");
    assert!(!html.contains("wa.me"), "there is nothing to join");
    assert!(!page(&app, "/reportes").await.1.contains(&second.folio), "the same hole twice");
    assert!(page(&app, "/reportes?estado=duplicate").await.1.contains(&second.folio));
}

#[tokio::test]
async fn the_map_has_the_towns_areas_and_the_points_of_a_window() {
    let app = TestApp::new().await;
    let row = filed(&app, "pothole", CENTRO).await;
    let json = async |path: &str| -> Value { app.get(path).send().await.unwrap().json().await.unwrap() };
    let zones = json("/reportes/mapa/zonas.json").await;
    assert!(zones["features"].as_array().unwrap().iter().any(|zone| zone["properties"]["name"] == "Centro"));
    for window in ["", "?bbox=-91.12,18.92,-91.11,18.93", "?bbox=-91.5,18.5,-90.5,19.5"] {
        let points = json(&format!("/reportes/mapa/puntos.json{window}")).await;
        assert_eq!(points["complete"], true);
        assert_eq!(points["features"][0]["properties"]["folio"], row.folio.as_str(), "{window}");
        assert_eq!(points["features"][0]["geometry"]["coordinates"], serde_json::json!([-91.1132, 18.9263]));
    }
    // The exact point lies east of this window's edge, the public one west of it.
    let edge = json("/reportes/mapa/puntos.json?bbox=-91.11318,18.92,-91.11,18.93").await;
    assert_eq!(edge["features"].as_array().unwrap().len(), 0, "only the public point is asked for");
    let beside = json("/reportes/mapa/puntos.json?bbox=-91.12,18.92,-91.115,18.93").await;
    assert_eq!(beside["features"].as_array().unwrap().len(), 0);
    for wrong in ["bbox=1,2,3", "bbox=a,b,c,d", "categoria=x", "bbox=18,-91,19,-90,5"] {
        let answer = app.get(&format!("/reportes/mapa/puntos.json?{wrong}")).send().await.unwrap();
        assert_eq!(answer.status(), 422, "{wrong}");
        assert_eq!(answer.headers()["content-type"], "application/problem+json");
    }
}

#[tokio::test]
async fn pages_are_small_and_load_nothing_from_elsewhere() {
    let app = TestApp::new().await;
    for _ in 0..30 {
        let row = filed(&app, "pothole", CENTRO).await;
        let text = "Un bache muy grande frente a la escuela. ".repeat(20);
        saved(&app, ReportRow { moderation: "shown".to_owned(), public_text: Some(text), ..row }).await;
    }
    let row = filed(&app, "pothole", CENTRO).await;
    let (_, html) = page(&app, "/reportes").await;
    let style = html.split("stylesheet\" href=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let answer = app.get(&style).send().await.unwrap();
    assert!(answer.headers()["cache-control"].to_str().unwrap().contains("immutable"));
    let style = answer.text().await.unwrap().len();
    for path in ["/reportes", "/reportes/cifras", "/datos", "/folio", &format!("/reportes/{}", row.folio)] {
        let answer = app.get(path).send().await.unwrap();
        let policy = answer.headers()["content-security-policy"].to_str().unwrap().to_owned();
        assert!(
            policy.starts_with("default-src 'none'") && !policy.contains("script-src"),
            "{path}: {policy}"
        );
        let html = answer.text().await.unwrap();
        assert!(html.len() + style < 100_000, "{path}: {} bytes", html.len() + style);
        assert!(!html.contains("<script") && !html.contains("style=\""), "{path}");
    }
    let map = app.get("/reportes/mapa").send().await.unwrap();
    let policy = map.headers()["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("script-src 'self'") && !policy.contains("http"), "{policy}");
}

#[tokio::test]
async fn tiles_are_let_in_where_the_town_names_a_server() {
    let app = TestApp::builder()
        .configure(|config| config.public.tiles = "https://tiles.example.mx/{z}/{x}/{y}.png".to_owned())
        .start()
        .await;
    let map = app.get("/reportes/mapa").send().await.unwrap();
    let policy = map.headers()["content-security-policy"].to_str().unwrap();
    assert!(policy.contains("connect-src 'self' https://tiles.example.mx;"), "{policy}");
}
