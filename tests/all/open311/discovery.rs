//! Who we are, and how we spell answers.

use reqwest::Method;
use serde_json::Value;

use super::other::{Answer, get, post};
use crate::support::{MONDAY_TEN, TestApp};

#[tokio::test]
async fn exact_mime_per_suffix() {
    let app = TestApp::new().await;
    for path in
        ["/discovery", "/v2/services", "/v2/services/pothole", "/v2/requests", "/v2/servicerequestupdates"]
    {
        let (xml, json) = (get(&app, &format!("{path}.xml")).await, get(&app, &format!("{path}.json")).await);
        assert_eq!((xml.status, xml.mime.as_str()), (200, "text/xml; charset=utf-8"), "{path}");
        assert_eq!((json.status, json.mime.as_str()), (200, "application/json; charset=utf-8"), "{path}");
    }
    // Mistakes too.
    assert_eq!(get(&app, "/v2/requests/x.xml").await.mime, "text/xml; charset=utf-8");
    assert_eq!(get(&app, "/v2/requests/x.json").await.mime, "application/json; charset=utf-8");
}

#[tokio::test]
async fn discovery_in_both_formats_says_who_and_where() {
    let app = TestApp::new().await;
    let json = get(&app, "/discovery.json").await.json();
    let xml = get(&app, "/discovery.xml").await.xml();
    for document in [&json, &xml["discovery"]] {
        for field in ["changeset", "contact", "key_service"] {
            assert!(!document[field].as_str().unwrap().is_empty(), "{field}");
        }
        let moment = |text: &Value| chrono::DateTime::parse_from_rfc3339(text.as_str().unwrap()).unwrap();
        assert!(moment(&document["changeset"]) < moment(&MONDAY_TEN.into()));
    }
    let endpoint = &json["endpoints"][0];
    for field in ["specification", "url", "changeset", "type"] {
        assert!(!endpoint[field].as_str().unwrap().is_empty(), "{field}");
    }
    assert_eq!(endpoint["specification"], "http://wiki.open311.org/GeoReport_v2");
    assert_eq!(endpoint["formats"][0], "text/xml; charset=utf-8");
    assert_eq!(endpoint["url"], app.url("/open311/v2"));
    assert_eq!(xml["discovery"]["endpoints"]["endpoint"]["type"], "production");
}

#[tokio::test]
async fn json_has_bare_arrays_and_xml_has_roots() {
    let app = TestApp::new().await;
    for (path, root) in [
        ("/v2/services", "services"),
        ("/v2/requests", "service_requests"),
        ("/v2/servicerequestupdates", "service_request_updates"),
    ] {
        assert!(get(&app, &format!("{path}.json")).await.json().is_array(), "{path}");
        assert!(!get(&app, &format!("{path}.xml")).await.xml()[root].is_null(), "{path}");
    }
    assert!(get(&app, "/v2/services/pothole.json").await.json().is_object());
    let missing = get(&app, "/v2/services/nothing.xml").await;
    assert_eq!(missing.status, 404);
    assert_eq!(missing.xml()["errors"]["error"]["code"], "404");
    assert!(!missing.text.contains("xmlns"));
    assert!(get(&app, "/v2/services/nothing.json").await.json()[0]["description"].is_string());
}

#[tokio::test]
async fn an_unknown_suffix_is_404_or_406() {
    let app = TestApp::new().await;
    for (path, status) in [
        ("/v2/services.yaml", 406),
        ("/v2/services.html", 406),
        ("/v2/services", 404),
        ("/v2/strange.xml", 404),
        ("/v3/services.xml", 404),
        ("", 404),
        ("/", 404),
        ("/v2/requests/.xml", 404),
        ("/v2/requests/%ff%00.xml", 404),
    ] {
        let answer = get(&app, path).await;
        assert_eq!(answer.status, status, "{path}");
        assert_eq!(answer.xml()["errors"]["error"]["code"], status.to_string(), "{path}");
    }
}

#[tokio::test]
async fn head_options_and_pages_of_others_may_read() {
    let app = TestApp::new().await;
    let ask = async |method: Method, path: &str| {
        let request = app.app().http.request(method, app.url(path)).header("origin", "https://example.org");
        request.send().await.unwrap()
    };
    let head = ask(Method::HEAD, "/open311/v2/services.json").await;
    assert_eq!(head.status(), 200);
    assert_eq!(head.headers()["access-control-allow-origin"], "*");
    assert_eq!(head.headers()["content-type"], "application/json; charset=utf-8");
    assert!(head.bytes().await.unwrap().is_empty());
    let options = ask(Method::OPTIONS, "/open311/v2/requests.xml").await;
    assert_eq!(options.status(), 204);
    assert_eq!(options.headers()["allow"], "GET, HEAD, OPTIONS, POST");
    assert_eq!(options.headers()["access-control-allow-origin"], "*");
    // Keys belong on servers: no page of a browser posts with one.
    assert_eq!(options.headers()["access-control-allow-methods"], "GET, HEAD");
    assert_eq!(ask(Method::DELETE, "/open311/v2/requests.json").await.status(), 405);
    let posted = post(&app, "/v2/services.json", &[]).await;
    assert_eq!(posted.status, 405);
}

#[tokio::test]
async fn several_jurisdictions_must_be_told_apart() {
    let both = |config: &mut ventanilla::config::Config| {
        config.open311.jurisdiction = vec!["puertoceiba.gob.mx".to_owned(), "isla.gob.mx".to_owned()];
        config.open311.jurisdiction_required = true;
    };
    let app = TestApp::builder().configure(both).start().await;
    for path in ["/v2/services.json", "/v2/services/pothole.json", "/v2/requests.json"] {
        assert_eq!(get(&app, path).await.status, 400, "{path} without");
        assert_eq!(get(&app, &format!("{path}?jurisdiction_id=x.mx")).await.status, 404, "{path} wrong");
        assert_eq!(get(&app, &format!("{path}?jurisdiction_id=isla.gob.mx")).await.status, 200, "{path}");
    }
    assert!(get(&app, "/discovery.json").await.text.contains("isla.gob.mx"));
}

#[tokio::test]
async fn one_jurisdiction_may_be_left_out_and_must_not_be_wrong() {
    let one = |config: &mut ventanilla::config::Config| {
        config.open311.jurisdiction = vec!["puertoceiba.gob.mx".to_owned()];
    };
    let app = TestApp::builder().configure(one).start().await;
    for (query, status) in
        [("", 200), ("?jurisdiction_id=", 200), ("?jurisdiction_id=PuertoCeiba.gob.mx", 200)]
    {
        assert_eq!(get(&app, &format!("/v2/services.xml{query}")).await.status, status, "{query}");
    }
    assert_eq!(get(&app, "/v2/services.xml?jurisdiction_id=merida.gob.mx").await.status, 404);
}

#[tokio::test]
async fn what_is_switched_off_is_not_there() {
    let off = |config: &mut ventanilla::config::Config| config.open311.enabled = false;
    let app = TestApp::builder().configure(off).start().await;
    assert_eq!(get(&app, "/discovery.xml").await.status, 404);
    assert_eq!(get(&app, "/v2/requests.json").await.status, 404);
}

#[tokio::test]
async fn utf_8_in_both_formats() {
    let app = TestApp::new().await;
    for suffix in ["xml", "json"] {
        let Answer { text, .. } = get(&app, &format!("/v2/services.{suffix}")).await;
        assert!(text.contains("Semáforo o señal"), "{suffix}");
    }
}
