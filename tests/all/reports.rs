//! Reports for everybody with a folio, and for who has the PIN.

use std::time::Duration;

use serde_json::{Value, json};
use uuid::Uuid;
use ventanilla_values::Folio;

use crate::support::{
    TestApp,
    citizen::{Citizen, PHOTO},
};

/// What the town says once.
struct Filed {
    folio: String,
    pin: String,
}

async fn files(lupe: &mut Citizen<'_>, words: &[&str]) -> Filed {
    let mut last = String::new();
    for word in words {
        last = lupe.asks(word).await;
    }
    let bold: Vec<&str> = last.split('*').collect();
    assert!(bold.len() > 4, "no folio in: {last}");
    Filed { folio: bold[1].to_owned(), pin: bold[3].to_owned() }
}

const POTHOLE: [&str; 7] =
    ["hay un bache", "no", "mediano", "calle 20 por 15", "está frente a la primaria", "sin foto", "sí"];
const BRIBE: [&str; 6] = [
    "un policía me pidió mordida",
    "no",
    "Me pidieron dinero",
    "oficina de Tránsito, Centro",
    "me pidió dinero para no levantar la multa",
    "sí",
];

async fn unlock(app: &TestApp, folio: &str, pin: &str) -> (u16, Value) {
    let request = app.post(&format!("/api/v1/reports/{folio}/unlock")).json(&json!({ "pin": pin }));
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

async fn public(app: &TestApp, path: &str) -> (u16, Value) {
    let answer = app.get(&format!("/api/v1/reports/{path}")).send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

fn wrong(pin: &str) -> &'static str {
    if pin == "000000" { "111111" } else { "000000" }
}

#[tokio::test]
async fn the_folio_shows_the_public_state_however_it_is_typed() {
    let app = TestApp::new().await;
    let filed = files(&mut app.citizen("Lupe"), &POTHOLE).await;
    assert!(Folio::parse(&filed.folio, "PC").is_ok(), "{}", filed.folio);
    let (status, report) = public(&app, &filed.folio).await;
    assert_eq!(status, 200);
    assert_eq!((&report["category_name"], &report["state"]), (&json!("Bache"), &json!("received")));
    let typed = filed.folio.to_lowercase().replace('-', "%20");
    assert_eq!(public(&app, &typed).await.1, report);
    let (_, english) = public(&app, &format!("{}?lang=en", filed.folio)).await;
    assert_eq!((&english["category_name"], &english["state_label"]), (&json!("Pothole"), &json!("Received")));
    for private in ["pin", "place", "description", "person_id"] {
        assert!(report.get(private).is_none(), "{private} is nobody's business");
    }
}

#[tokio::test]
async fn a_mistyped_or_unknown_folio_is_a_problem_in_words() {
    let app = TestApp::new().await;
    let filed = files(&mut app.citizen("Lupe"), &POTHOLE).await;
    let last = filed.folio.chars().last().unwrap();
    let mistyped = filed.folio.trim_end_matches(last).to_owned() + if last == '1' { "2" } else { "1" };
    let unknown = Folio::new("PC", 1).unwrap().to_string();
    for folio in [mistyped.as_str(), unknown.as_str(), "nonsense"] {
        let answer = app.get(&format!("/api/v1/reports/{folio}")).send().await.unwrap();
        assert_eq!(answer.status(), 404);
        assert_eq!(answer.headers()["content-type"], "application/problem+json");
        let problem: Value = answer.json().await.unwrap();
        assert_eq!((&problem["status"], &problem["title"]), (&json!(404), &json!("Not Found")));
        assert!(problem["detail"].as_str().unwrap().contains("check the eight digits"), "{problem}");
    }
}

#[tokio::test]
async fn the_pin_shows_the_rest_and_a_wrong_one_does_not() {
    let app = TestApp::new().await;
    let filed = files(&mut app.citizen("Lupe"), &POTHOLE).await;
    let (status, problem) = unlock(&app, &filed.folio, wrong(&filed.pin)).await;
    assert_eq!(status, 403, "{problem}");
    let (status, report) = unlock(&app, &filed.folio, &filed.pin).await;
    assert_eq!(status, 200, "{report}");
    assert_eq!(report["description"], "está frente a la primaria");
    assert_eq!(report["details"], json!({ "size": "medium" }));
    assert_eq!(unlock(&app, "PC-0000-0000", &filed.pin).await.0, 404);
}

#[tokio::test]
async fn who_guesses_pins_is_stopped_for_a_quarter_of_an_hour() {
    let app = TestApp::new().await;
    let filed = files(&mut app.citizen("Lupe"), &POTHOLE).await;
    for _ in 0..5 {
        assert_eq!(unlock(&app, &filed.folio, wrong(&filed.pin)).await.0, 403);
    }
    assert_eq!(unlock(&app, &filed.folio, &filed.pin).await.0, 429, "also with the right one");
    app.advance(Duration::from_secs(15 * 60)).await;
    assert_eq!(unlock(&app, &filed.folio, &filed.pin).await.0, 200);
}

#[tokio::test]
async fn the_database_does_not_hold_the_pin() {
    let app = TestApp::new().await;
    let filed = files(&mut app.citizen("Lupe"), &POTHOLE).await;
    let hash = app.texts("SELECT hex(pin_hash) AS t FROM reports").await;
    assert_ne!(hash, [hex::encode_upper(&filed.pin)]);
    assert_eq!(hash[0].len(), 64, "a keyed hash of 32 bytes");
}

#[tokio::test]
async fn a_private_report_tells_nobody_what_it_is_about() {
    let app = TestApp::new().await;
    let filed = files(&mut app.citizen("Lupe"), &BRIBE).await;
    let (status, report) = public(&app, &filed.folio).await;
    assert_eq!((status, &report["category_name"]), (200, &Value::Null));
    assert_eq!(unlock(&app, &filed.folio, &filed.pin).await.1["category"], "corruption");
}

/// Everything but the photo.
async fn up_to_the_photo(lupe: &mut Citizen<'_>) {
    for word in &POTHOLE[..5] {
        lupe.asks(word).await;
    }
    lupe.sends_photo().await;
    lupe.hears().await;
    assert!(lupe.asks("sí").await.contains("Tu folio es"));
}

async fn photo_of_the_report(app: &TestApp) -> Vec<u8> {
    let id = app.texts("SELECT hex(media_id) AS t FROM report_photos").await[0].clone();
    let id = Uuid::parse_str(&id).unwrap();
    let app = app.app();
    let file = ventanilla::store::media::by_id(app.store.read(), id).await.unwrap().unwrap();
    assert_eq!((file.mime.as_str(), file.bytes), ("image/png", i64::try_from(PHOTO.len()).unwrap()));
    app.media.get(id).await.unwrap()
}

#[tokio::test]
async fn a_photo_from_whatsapp_is_fetched_and_belongs_to_the_report() {
    let app = TestApp::new().await;
    up_to_the_photo(&mut app.citizen("Lupe")).await;
    assert_eq!(photo_of_the_report(&app).await, PHOTO);
}

#[tokio::test]
async fn a_photo_from_the_page_belongs_to_the_report() {
    let app = TestApp::new().await;
    up_to_the_photo(&mut app.visitor().await).await;
    assert_eq!(photo_of_the_report(&app).await, PHOTO);
}
