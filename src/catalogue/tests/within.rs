//! Promises in working days, and rules of routing.

use ventanilla_values::Place;

use super::{demo, demo_sources, with, with_change};
use crate::catalogue::{Catalogue, Span, Within};

#[test]
fn a_category_promises_its_own_and_the_rest_is_usual() {
    let within = demo().within("pothole");
    let expected = Within { classify: Span::Days(1), respond: Span::Days(3), resolve: Span::Days(10) };
    assert_eq!(within, expected);
    assert_eq!(demo().within("graffiti").resolve, Span::Days(15));
    assert_eq!(demo().within("flooding").respond, Span::Hours(8));
    assert_eq!(demo().within("no such category"), Within::default());
    assert_eq!((Span::Days(3).half(), Span::Hours(1).half()), (Span::Days(2), Span::Hours(1)));
}

#[test]
fn a_promise_that_is_none_is_told_with_its_line() {
    for wrong in ["3", "3w", "0d", "61d", "301h", "-1d", "d", "[1d]"] {
        let (catalogue, problems) =
            with_change("categories.yaml", "respond: 5d", &format!("respond: {wrong}"));
        assert_eq!(problems.len(), 1, "{wrong}: {problems:?}");
        assert!(problems[0].message.starts_with("respond is no promise") && problems[0].line > 0);
        assert_eq!(catalogue.unwrap().within("graffiti").respond, Span::Days(5), "what is usual stands");
    }
    let (_, problems) = with_change("categories.yaml", "resolve: 15d", "resolve: 2d");
    assert!(problems[0].message.contains("shorter than respond"), "{problems:?}");
}

fn routed(text: &str) -> (Option<Catalogue>, Vec<String>) {
    let mut sources = demo_sources();
    let routing =
        ventanilla_values::SourceFile { path: "catalogue/routing.yaml".to_owned(), text: text.to_owned() };
    sources.push(routing);
    let (catalogue, problems) = Catalogue::load(&sources);
    (catalogue, problems.iter().map(|one| format!("{}: {}", one.line, one.message)).collect())
}

#[test]
fn each_mistake_of_a_rule_is_told_and_the_others_work() {
    let (catalogue, problems) = routed(
        "\
rules:
  - {id: moon, categories: [crater], department: water}
  - {id: nobody, department: astronauts}
  - {id: hours, when: sometimes, department: water}
  - {id: days, days: [lunes], department: water}
  - {id: zones, zones: [north], department: water}
  - {id: good, groups: [streets], days: [monday], department: traffic}
  - {id: good, department: water}
  - {id: typo, departament: water, department: water, categories: [pothole]}
  - {id: all, department: water}
  - {id: never, colonias: [centro], department: traffic}
",
    );
    assert_eq!(
        problems,
        [
            "2: there is no category 'crater'",
            "3: there is no department 'astronauts'",
            "4: there is no 'sometimes'",
            "5: one of them is no day",
            "6: there is no zone 'north'",
            "8: there are two rules 'good'",
            "9: the rule has no field 'departament'",
            "11: no report comes as far as 'never': 'all' takes all",
        ]
    );
    let catalogue = catalogue.unwrap();
    let pothole = catalogue.category("pothole").unwrap();
    let place = Place::default();
    let rule = |at: &str| {
        let at = chrono::DateTime::parse_from_rfc3339(at).unwrap().to_utc();
        catalogue.routing_rule(pothole, &place, at).map(|rule| rule.id.as_str())
    };
    assert_eq!(rule("2026-11-23T10:00:00-06:00"), Some("good"), "a Monday");
    assert_eq!(rule("2026-11-24T10:00:00-06:00"), Some("typo"), "the first that fits");
}

#[test]
fn a_zone_holds_the_pins_in_it_and_the_colonias_whose_middle_it_holds() {
    let zone = r#"{"type": "Feature", "properties": {"kind": "zone", "id": "north", "name": "Norte"},
      "geometry": {"type": "Polygon", "coordinates": [[[-91.2, 18.92], [-91.0, 18.92], [-91.0, 18.96], [-91.2, 18.96], [-91.2, 18.92]]]}},
    {"type": "Feature",
      "properties": {"kind": "municipality""#;
    let (catalogue, problems) = with_change(
        "places.geojson",
        "{\"type\": \"Feature\",\n      \"properties\": {\"kind\": \"municipality\"",
        zone,
    );
    assert!(problems.is_empty(), "{problems:?}");
    let mut sources = demo_sources();
    assert_eq!(catalogue.unwrap().places().zones.len(), 1);
    for source in &mut sources {
        if source.path.ends_with("places.geojson") {
            source.text = source.text.replacen(
                "{\"type\": \"Feature\",\n      \"properties\": {\"kind\": \"municipality\"",
                zone,
                1,
            );
        }
    }
    sources.push(ventanilla_values::SourceFile {
        path: "catalogue/routing.yaml".to_owned(),
        text: "rules:\n  - {id: up, zones: [north], department: traffic}\n".to_owned(),
    });
    let catalogue = Catalogue::load(&sources).0.unwrap();
    let pothole = catalogue.category("pothole").unwrap();
    let rule = |place: Place| catalogue.routing_rule(pothole, &place, chrono::DateTime::UNIX_EPOCH).is_some();
    let pin = |lat| Place { lat: Some(lat), lon: Some(-91.11), ..Place::default() };
    assert!(rule(pin(18.93)) && !rule(pin(18.90)));
    assert!(rule(Place { colonia: Some("centro".to_owned()), ..Place::default() }), "words alone");
    assert!(!rule(Place::default()));
}

#[test]
fn a_town_may_do_without_rules() {
    let (catalogue, problems) = with("town.yaml", &demo_sources()[0].text);
    assert!(problems.is_empty() && catalogue.is_some());
    assert!(routed("rules: []\n").1.is_empty());
}
