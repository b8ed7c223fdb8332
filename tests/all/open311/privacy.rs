//! Nothing of a citizen is ever shown.

use serde_json::json;
use ventanilla::{
    reports::{self, Actor, Filer, NewReport, State},
    store::{self, report_contacts::Contact},
};
use ventanilla_flows::Gazetteer as _;

use super::other::{Other, get, ids, request, row, set, town_moves};
use crate::support::TestApp;

const ROSA: [(&str, &str); 7] = [
    ("first_name", "Rosa"),
    ("last_name", "Uc Pech"),
    ("email", "rosa@example.org"),
    ("phone", "+529811234567"),
    ("device_id", "device-77"),
    ("account_id", "account-88"),
    ("description", "Soy Rosa, vivo en el 12"),
];

#[tokio::test]
async fn name_phone_and_email_are_kept_apart_and_never_returned() {
    let app = TestApp::new().await;
    let other = Other::new(&app).await;
    let form: Vec<_> = super::other::POTHOLE.iter().chain(&ROSA).copied().collect();
    let made = other.files(&form).await;
    let id = made.json()[0]["service_request_id"].as_str().unwrap().to_owned();
    town_moves(&app, &id, State::InProgress, "Ya vamos").await;
    let report = row(&app, &id).await;
    let mut shown = made.text;
    for path in [
        format!("/v2/requests/{id}.json?extensions=true"),
        format!("/v2/requests/{id}.xml?extensions=true"),
        "/v2/requests.xml?extensions=true".to_owned(),
        format!("/v2/tokens/{id}.json"),
        "/v2/servicerequestupdates.json".to_owned(),
    ] {
        let answer = get(&app, &path).await;
        assert_eq!(answer.status, 200);
        shown.push_str(&answer.text);
    }
    for secret in
        ["Rosa", "Uc Pech", "rosa@example.org", "9811234567", "device-77", "account-88", "vivo en el 12"]
    {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
    let app = app.app();
    let contact = store::report_contacts::of_report(app.store.read(), report.id).await.unwrap().unwrap();
    let known = Contact {
        name: Some("Rosa Uc Pech".to_owned()),
        phone: Some("+529811234567".to_owned()),
        email: Some("rosa@example.org".to_owned()),
        device_id: Some("device-77".to_owned()),
        account_id: Some("account-88".to_owned()),
    };
    assert_eq!(contact, known);
    let unit = app.store.unit().await.unwrap();
    assert!(store::report_contacts::erase(&unit, report.id).await.unwrap());
    unit.commit().await.unwrap();
    assert_eq!(store::report_contacts::of_report(app.store.read(), report.id).await.unwrap(), None);
}

#[tokio::test]
async fn a_description_is_shown_once_somebody_looked_at_it() {
    let app = TestApp::new().await;
    let id = Other::new(&app).await.filed(&[("description", "Soy Rosa, está hondo")]).await;
    assert!(request(&app, &id).await.get("description").is_none());
    let moderated = |moderation: &'static str| {
        move |row: store::reports::ReportRow| store::reports::ReportRow {
            moderation: moderation.to_owned(),
            public_text: Some("Está hondo".to_owned()),
            ..row
        }
    };
    set(&app, &id, moderated("shown")).await;
    assert_eq!(request(&app, &id).await["description"], "Está hondo");
    set(&app, &id, moderated("hidden")).await;
    assert!(request(&app, &id).await.get("description").is_none());
}

#[tokio::test]
async fn a_point_is_shown_about_and_an_address_as_its_colonia() {
    let app = TestApp::new().await;
    let address = ("address_string", "Calle 20 número 12, casa azul de la familia Uc");
    let place = [("lat", "18.926341234"), ("long", "-91.113119876"), address];
    let form = [("service_code", "pothole"), ("attribute[size]", "large"), place[0], place[1], place[2]];
    let made = Other::new(&app).await.files(&form).await.json();
    let request = request(&app, made[0]["service_request_id"].as_str().unwrap()).await;
    assert_eq!((&request["lat"], &request["long"]), (&json!(18.9263), &json!(-91.1131)));
    assert_eq!((&request["address"], &request["address_id"]), (&json!("Col. Centro"), &json!("centro")));
    assert!(!request.to_string().contains("casa azul"));
}

#[tokio::test]
async fn private_reports_are_never_listed_nor_found() {
    let test = TestApp::new().await;
    let app = test.app();
    let catalogue = &app.contents.active.catalogue;
    let place = catalogue.locate(18.9263, -91.1131);
    let new = NewReport {
        category: catalogue.category("corruption").unwrap(),
        place: &place,
        description: None,
        photos: Vec::new(),
        details: serde_json::Map::new(),
        anonymous: true,
        said: None,
    };
    let (by, at) = (Actor::Citizen, app.clock.now());
    let filer = Filer { person: None, key: None, by, channel: "webchat".to_owned(), at };
    let unit = app.store.unit().await.unwrap();
    let folio = reports::file(&app, &unit, catalogue, &filer, new).await.unwrap().row.folio;
    unit.commit().await.unwrap();
    town_moves(&test, &folio, State::InProgress, "Se investiga").await;
    assert_eq!(ids(&test, "").await, Vec::<String>::new());
    assert_eq!(ids(&test, &format!("service_request_id={folio}")).await, Vec::<String>::new());
    for path in [format!("/v2/requests/{folio}.xml"), format!("/v2/tokens/{folio}.json")] {
        assert_eq!(get(&test, &path).await.status, 404, "{path}");
    }
    assert_eq!(get(&test, "/v2/servicerequestupdates.json").await.json(), json!([]));
    let services = get(&test, "/v2/services.json").await.text;
    assert!(!services.contains("corruption"));
    let update = [
        ("service_request_id", folio.as_str()),
        ("update_id", "1"),
        ("updated_datetime", "2026-11-23T10:00:00-06:00"),
        ("status", "FIXED"),
        ("description", "listo"),
    ];
    let answer = Other::new(&test).await.posts("/v2/servicerequestupdates.json", &update).await;
    assert_eq!(answer.status, 404, "{}", answer.text);
}
