use std::collections::BTreeSet;

use ventanilla_values::Lang;

use super::{super::Catalogue, demo, demo_sources};

/// The taxonomy's report intents that name a thing to report; the other three are about a report already made.
const REPORTS: [&str; 20] = [
    "report.pothole",
    "report.streetlight",
    "report.garbage",
    "report.illegal_dumping",
    "report.water_leak",
    "report.no_water",
    "report.sewage",
    "report.flooding",
    "report.tree",
    "report.park",
    "report.traffic_signal",
    "report.sidewalk",
    "report.abandoned_vehicle",
    "report.noise",
    "report.animal",
    "report.graffiti",
    "report.illegal_construction",
    "report.street_vendor",
    "report.public_transport",
    "report.corruption",
];

#[test]
fn the_demo_town_has_no_mistakes_and_speaks_two_languages() {
    let (catalogue, problems) = Catalogue::load(&demo_sources());
    assert_eq!(problems, [], "every text is there in Spanish and English");
    assert_eq!(catalogue.unwrap().town().languages, [Lang::ES, Lang::EN]);
}

#[test]
fn every_report_intent_has_one_category() {
    let catalogue = demo();
    let intents: BTreeSet<_> =
        catalogue.categories().iter().map(|category| category.intent.as_str()).collect();
    assert_eq!(intents, BTreeSet::from(REPORTS));
    assert_eq!(catalogue.categories().len(), REPORTS.len());
}

#[test]
fn only_corruption_is_private_and_it_asks_for_no_photo() {
    let catalogue = demo();
    let private: Vec<_> = catalogue.categories().iter().filter(|category| category.private).collect();
    assert_eq!(private.iter().map(|category| category.id.as_str()).collect::<Vec<_>>(), ["corruption"]);
    assert!(private.iter().all(|category| !category.photo));
}

#[test]
fn every_department_attends_something() {
    let catalogue = demo();
    for department in catalogue.departments() {
        let attends = catalogue.categories().iter().any(|category| category.department == department.id)
            || catalogue.services().iter().any(|service| service.owner == department.id);
        assert!(attends, "{} attends nothing", department.id);
    }
}

#[test]
fn looking_up_by_id_finds_category_and_department() {
    let catalogue = demo();
    let category = catalogue.category("water_leak").unwrap();
    assert_eq!(category.name.get(Lang::ES), "Fuga de agua");
    assert_eq!(catalogue.department(&category.department).unwrap().name.get(Lang::EN), "Water and Sewerage");
    assert!(catalogue.category("unknown").is_none());
}
