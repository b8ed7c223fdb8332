//! What can be reported, and what is asked about it.

use std::fs;

use serde_json::{Value, json};

use super::other::{HERE, Other, get, request};
use crate::support::{TestApp, folder::Folder};

/// The demo town, where graffiti is asked nothing about and several things of a park may be broken at once.
fn other_town(folder: &Folder) -> std::path::PathBuf {
    let content = folder.copy_of_the_demo("content");
    let file = content.join("catalogue/categories.yaml");
    let text = fs::read_to_string(&file).unwrap();
    let (before, graffiti) = text.split_once("  - id: graffiti\n").unwrap();
    let (head, rest) = graffiti.split_once("    attributes:\n").unwrap();
    let (_, green) = rest.split_once("  # ---- green\n").unwrap();
    let green = green.replacen("type: choice\n", "type: choice\n        multiple: true\n", 2);
    fs::write(&file, format!("{before}  - id: graffiti\n{head}\n  # ---- green\n{green}")).unwrap();
    content
}

#[tokio::test]
async fn there_are_services_each_with_its_code() {
    let app = TestApp::new().await;
    let services = get(&app, "/v2/services.json").await.json();
    let services = services.as_array().unwrap();
    assert!(services.len() > 10);
    for service in services {
        for field in ["service_code", "service_name", "description", "type", "group"] {
            assert!(!service[field].as_str().unwrap().is_empty(), "{field} in {service}");
        }
        assert!(service["metadata"].is_boolean());
    }
    let pothole = services.iter().find(|one| one["service_code"] == "pothole").unwrap();
    assert_eq!(pothole["service_name"], "Bache");
    assert_eq!(pothole["keywords"], "hoyo,hundimiento,pavimento");
    assert_eq!(pothole["group"], "Calles y banquetas");
    let xml = get(&app, "/v2/services.xml").await.xml();
    assert_eq!(xml["services"]["service"].as_array().unwrap().len(), services.len());
}

#[tokio::test]
async fn a_service_without_metadata_has_no_definition() {
    let folder = Folder::new();
    let app = TestApp::builder().content(other_town(&folder)).start().await;
    let services = get(&app, "/v2/services.json").await.json();
    let graffiti = services.as_array().unwrap().iter().find(|one| one["service_code"] == "graffiti").unwrap();
    assert_eq!(graffiti["metadata"], false);
    assert_eq!(get(&app, "/v2/services/graffiti.json").await.status, 404);
    let with: Vec<&Value> =
        services.as_array().unwrap().iter().filter(|one| one["metadata"] == true).collect();
    assert!(!with.is_empty());
}

#[tokio::test]
async fn attributes_have_an_order_of_their_own_from_one() {
    let app = TestApp::new().await;
    let definition = get(&app, "/v2/services/pothole.json").await.json();
    assert_eq!(definition["service_code"], "pothole");
    let attributes = definition["attributes"].as_array().unwrap();
    let orders: Vec<i64> = attributes.iter().map(|one| one["order"].as_i64().unwrap()).collect();
    assert_eq!(orders, (1..=i64::try_from(attributes.len()).unwrap()).collect::<Vec<_>>());
    // The question about danger is a text that asks for nothing.
    let (danger, size) = (&attributes[0], &attributes[1]);
    assert_eq!((&danger["variable"], &danger["required"]), (&json!(false), &json!(false)));
    assert!(danger["description"].as_str().unwrap().contains("911"));
    assert_eq!((&size["variable"], &size["required"]), (&json!(true), &json!(true)));
    assert_eq!((&size["code"], &size["datatype"]), (&json!("size"), &json!("singlevaluelist")));
    assert_eq!(size["values"][0], json!({ "key": "small", "name": "Chico, como un plato" }));
}

#[tokio::test]
async fn a_single_child_stays_a_list() {
    let app = TestApp::new().await;
    let sidewalk = get(&app, "/v2/services/sidewalk.json").await.json();
    assert_eq!(sidewalk["attributes"].as_array().unwrap().len(), 1);
    let id = Other::new(&app).await.filed(&[]).await;
    assert_eq!(get(&app, &format!("/v2/requests/{id}.json")).await.json().as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_multivalue_attribute_goes_in_and_comes_out() {
    let folder = Folder::new();
    let app = TestApp::builder().content(other_town(&folder)).start().await;
    let definition = get(&app, "/v2/services/park.json").await.json();
    let problem = &definition["attributes"][0];
    assert_eq!(problem["datatype"], "multivaluelist", "{definition}");
    let keys: Vec<&str> =
        problem["values"].as_array().unwrap().iter().map(|one| one["key"].as_str().unwrap()).collect();
    let other = Other::new(&app).await;
    let form = |values: [&'static str; 2]| {
        let [first, second] = values;
        let park = ("service_code", "park");
        [park, ("attribute[problem][]", first), ("attribute[problem][]", second), HERE[0], HERE[1]]
    };
    assert_eq!(keys[0], "playground");
    let second: &'static str = String::leak(keys[1].to_owned());
    let answer = other.files(&form(["playground", second])).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let id = answer.json()[0]["service_request_id"].as_str().unwrap().to_owned();
    let expected = json!([{ "code": "problem", "values": ["playground", second] }]);
    assert_eq!(request(&app, &id).await["extended_attributes"]["attributes"], expected);
    let wrong = other.files(&form(["playground", "moon"])).await;
    assert_eq!(wrong.status, 400);
    assert!(wrong.wrong().contains("attribute[problem]: 'moon'"), "{}", wrong.text);
}
