//! Filing a report from another system.

use ventanilla::{staff::Permission, store};

use super::other::{HERE, Other, POTHOLE, get, post, request, requests, row};
use crate::support::TestApp;

const SIZE: (&str, &str) = ("attribute[size]", "large");
const CODE: (&str, &str) = ("service_code", "pothole");

#[tokio::test]
async fn each_of_the_three_locations_will_do() {
    let app = TestApp::new().await;
    let other = Other::new(&app).await;
    for place in [
        HERE.to_vec(),
        vec![("address_string", "calle 20 por 15, colonia Guadalupe")],
        vec![("address_id", "mercado")],
        vec![("address_id", "san-joaquin")],
    ] {
        let form: Vec<_> = [CODE, SIZE].into_iter().chain(place.clone()).collect();
        let answer = other.files(&form).await;
        assert_eq!(answer.status, 200, "{place:?}: {}", answer.text);
        let id = answer.json()[0]["service_request_id"].as_str().unwrap().to_owned();
        let request = request(&app, &id).await;
        assert_eq!(request["status"], "open");
        assert!(request["address_id"].is_string(), "{place:?}: {request}");
        assert_eq!(request["lat"].is_f64(), place[0].0 == "lat" || place[0].1 == "mercado");
    }
}

#[tokio::test]
async fn the_answer_has_an_id_and_no_token() {
    let app = TestApp::new().await;
    let other = Other::new(&app).await;
    let json = other.files(&POTHOLE).await.json();
    assert!(json[0]["service_request_id"].is_string() && json[0].get("token").is_none(), "{json}");
    let xml = other.posts("/v2/requests.xml", &POTHOLE).await.xml();
    let request = &xml["service_requests"]["request"];
    assert!(request["service_request_id"].is_string() && request.get("token").is_none(), "{xml}");
    // The PIN is said once, so that who filed it can see it again.
    let notice = request["service_notice"].as_str().unwrap();
    assert!(notice.contains("PIN"), "{notice}");
}

#[tokio::test]
async fn from_a_token_to_the_id_to_the_request() {
    let app = TestApp::new().await;
    let id = Other::new(&app).await.filed(&[]).await;
    let told = get(&app, &format!("/v2/tokens/{id}.json")).await.json();
    assert_eq!((&told[0]["service_request_id"], &told[0]["token"]), (&id.clone().into(), &id.clone().into()));
    assert_eq!(
        request(&app, told[0]["service_request_id"].as_str().unwrap()).await["service_code"],
        "pothole"
    );
    assert_eq!(get(&app, "/v2/tokens/nothing.json").await.status, 404);
}

#[tokio::test]
async fn without_a_good_key_nothing_is_filed() {
    let app = TestApp::new().await;
    let reads = Other::with(&app, &[Permission::ReadStats]).await;
    let with =
        |key: &str| POTHOLE.iter().copied().chain([("api_key", key.to_owned().leak() as &str)]).collect();
    let forms: Vec<Vec<(&str, &str)>> =
        vec![POTHOLE.to_vec(), with(""), with("vtk_guessed"), with("hello"), with(&reads.key)];
    let mut said = Vec::new();
    for form in forms {
        let answer = post(&app, "/v2/requests.json", &form).await;
        assert_eq!(answer.status, 403);
        said.push(answer.wrong());
    }
    said.dedup();
    assert_eq!(said.len(), 1, "a refusal says what was wrong with the key: {said:?}");
    assert_eq!(requests(&app, "").await.len(), 0);
    let bearer = app.post("/open311/v2/requests.json").bearer_auth(&Other::new(&app).await.key);
    let form = "service_code=pothole&attribute[size]=large&address_id=mercado";
    let sent = bearer.header("content-type", "application/x-www-form-urlencoded").body(form);
    assert_eq!(sent.send().await.unwrap().status(), 200, "a key may come as a bearer's too");
}

#[tokio::test]
async fn an_unknown_service_is_404() {
    let app = TestApp::new().await;
    let other = Other::new(&app).await;
    for code in ["nothing", "corruption", "POTHOLE"] {
        let answer = other.files(&[("service_code", code), HERE[0], HERE[1]]).await;
        assert_eq!(answer.status, 404, "{code}");
        assert_eq!(get(&app, &format!("/v2/services/{code}.json")).await.status, 404, "{code}");
    }
    assert_eq!(other.files(&HERE).await.status, 400, "without a code");
}

#[tokio::test]
async fn lat_without_long_is_400() {
    let app = TestApp::new().await;
    let other = Other::new(&app).await;
    for (place, said) in [
        (vec![HERE[0]], "Falta long"),
        (vec![HERE[1]], "Falta lat"),
        (vec![HERE[0], ("long", "")], "Falta long"),
        (vec![], "Falta el lugar"),
        (vec![("lat", "north"), HERE[1]], "lat: escribe grados"),
        (vec![("lat", "NaN"), HERE[1]], "lat: escribe grados"),
        (vec![("lat", "inf"), HERE[1]], "lat: escribe grados"),
        (vec![("address_string", "no sé")], "address_string: no parece un lugar"),
        (vec![("address_id", "moon")], "address_id"),
    ] {
        let form: Vec<_> = [CODE, SIZE].into_iter().chain(place).collect();
        let answer = other.files(&form).await;
        assert_eq!(answer.status, 400, "{form:?}");
        assert!(answer.wrong().contains(said), "{form:?}: {}", answer.text);
    }
}

#[tokio::test]
async fn a_point_that_cannot_be_says_why() {
    let app = TestApp::new().await;
    let other = Other::new(&app).await;
    for (lat, long, said) in [
        ("-91.11311", "18.92634", "parecen estar intercambiadas"),
        ("-91.11311", "18.9", "parecen estar intercambiadas"),
        ("95", "200", "no son un punto de la Tierra"),
        ("0", "-180.5", "no son un punto de la Tierra"),
        ("19.4326", "-99.1332", "está fuera de Puerto Ceiba"),
        ("0", "0", "está fuera de Puerto Ceiba"),
    ] {
        let answer = other.files(&[CODE, SIZE, ("lat", lat), ("long", long)]).await;
        assert_eq!(answer.status, 400, "{lat} {long}");
        assert!(answer.wrong().contains(said), "{lat} {long}: {}", answer.text);
    }
}

#[tokio::test]
async fn a_missing_required_attribute_is_named() {
    let app = TestApp::new().await;
    let other = Other::new(&app).await;
    for (form, said) in [
        (vec![], "Falta attribute[size]"),
        (vec![("attribute[size]", "")], "Falta attribute[size]"),
        (vec![("attribute[size]", "huge")], "attribute[size]: 'huge' no es una de las opciones"),
        (vec![SIZE, SIZE], "attribute[size]: solo puede tener un valor"),
    ] {
        let form: Vec<_> = [CODE, HERE[0], HERE[1]].into_iter().chain(form).collect();
        let answer = other.files(&form).await;
        assert_eq!(answer.status, 400, "{form:?}");
        assert!(answer.wrong().contains(said), "{form:?}: {}", answer.text);
    }
}

#[tokio::test]
async fn every_mistake_is_told_at_once() {
    let app = TestApp::new().await;
    let answer = Other::new(&app).await.files(&[CODE, HERE[0], ("media_url", "ftp://x")]).await;
    let wrong = answer.wrong();
    for said in ["Falta long", "attribute[size]", "media_url"] {
        assert!(wrong.contains(said), "{said} in {wrong}");
    }
    assert_eq!(answer.json().as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn four_thousand_characters_and_no_more() {
    let app = TestApp::new().await;
    let other = Other::new(&app).await;
    let long = "ñ".repeat(4_000);
    other.filed(&[("description", &long)]).await;
    let form: Vec<_> = POTHOLE.iter().copied().chain([("description", "x")]).collect();
    let longer = format!("{long}x");
    let form: Vec<_> = form
        .into_iter()
        .map(|(name, text)| (name, if name == "description" { &longer } else { text }))
        .collect();
    let answer = other.files(&form).await;
    assert_eq!(answer.status, 400);
    assert!(answer.wrong().contains("description: puede tener 4000"), "{}", answer.text);
}

#[tokio::test]
async fn lines_and_signs_of_a_description_stay() {
    let app = TestApp::new().await;
    let said = "Hoyo <grande> & \"hondo\"\nfrente al mercado";
    let id = Other::new(&app).await.filed(&[("description", &said.replace('\n', "\r\n"))]).await;
    assert_eq!(row(&app, &id).await.description.as_deref(), Some(said));
    super::other::set(&app, &id, |row| store::reports::ReportRow {
        moderation: "shown".to_owned(),
        public_text: row.description.clone(),
        ..row
    })
    .await;
    assert_eq!(request(&app, &id).await["description"], said);
    let xml = get(&app, &format!("/v2/requests/{id}.xml")).await;
    assert!(xml.text.contains("Hoyo &lt;grande&gt; &amp; &quot;hondo&quot;\nfrente"), "{}", xml.text);
    assert_eq!(xml.xml()["service_requests"]["request"]["description"], said);
}

#[tokio::test]
async fn an_empty_parameter_is_an_absent_one() {
    let app = TestApp::new().await;
    let other = Other::new(&app).await;
    let id = other
        .filed(&[
            ("description", ""),
            ("media_url", " "),
            ("email", ""),
            ("address_id", ""),
            ("jurisdiction_id", ""),
        ])
        .await;
    assert_eq!(row(&app, &id).await.description, None);
    let listed =
        requests(&app, "status=&service_code=&start_date=&end_date=&service_request_id=&page=").await;
    assert_eq!(listed.len(), 1);
}

#[tokio::test]
async fn a_filed_report_goes_the_way_of_every_other() {
    let app = TestApp::new().await;
    let id = Other::new(&app).await.filed(&[("description", "Hondo")]).await;
    let row = row(&app, &id).await;
    assert_eq!((row.channel.as_str(), row.department.as_deref()), ("open311", Some("public_works")));
    assert_eq!(row.details_json, r#"{"size":"large"}"#);
    let events = store::report_events::of_report(app.app().store.read(), row.id).await.unwrap();
    assert_eq!(events.len(), 1);
    assert!(events[0].actor.starts_with("key:"), "{}", events[0].actor);
}

#[tokio::test]
async fn a_body_that_is_no_form_is_400() {
    let app = TestApp::new().await;
    let key = Other::new(&app).await.key;
    for (kind, body) in [
        ("application/json", "{}".to_owned()),
        ("multipart/form-data", "no boundary".to_owned()),
        ("multipart/form-data; boundary=x", "--x\r\nnothing".to_owned()),
        ("application/x-www-form-urlencoded", "a=b&".repeat(100_000)),
    ] {
        let path = format!("/open311/v2/requests.json?api_key={key}");
        let answer = app.post(&path).header("content-type", kind).body(body).send().await.unwrap();
        assert_eq!(answer.status(), 400, "{kind}");
    }
}
