use chrono::{DateTime, Utc};
use minijinja::Environment;

use super::demo;

fn utc(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

/// What an expression of a flow gives.
fn sees(expression: &str, now: &str) -> String {
    let environment = Environment::new();
    let content = demo().content(utc(now));
    environment.compile_expression(expression).unwrap().eval(content).unwrap().to_string()
}

const SATURDAY: &str = "2026-11-21T18:00:00Z";

#[test]
fn templates_see_the_town_and_its_lines() {
    assert_eq!(sees("town.name", SATURDAY), "Puerto Ceiba");
    assert_eq!(sees("town.phones.main.phone", SATURDAY), "982 555 0100");
    assert_eq!(sees("town.lines.emergency.phone", SATURDAY), "911");
    assert_eq!(sees("town.lines.women.phone ~ ', ' ~ town.lines.women.note.es", SATURDAY), "079, opción 1");
    assert_eq!(sees("town.lines.life.verified", SATURDAY), "2026-11-21");
    assert_eq!(sees("town.privacy.answer_days", SATURDAY), "20");
}

#[test]
fn templates_find_a_category_by_its_intent_and_by_its_id() {
    assert_eq!(sees("catalogue.by_intent['report.pothole'].name.es", SATURDAY), "Bache");
    assert_eq!(sees("catalogue.by_id.pothole.department_name.en", SATURDAY), "Public Works");
    assert_eq!(sees("catalogue.by_id.pothole.stopper.call[0].phone", SATURDAY), "911");
    assert_eq!(sees("catalogue.by_id.noise.stopper is none", SATURDAY), "True");
    assert_eq!(sees("catalogue.by_id.noise.attributes|map(attribute='type')|join", SATURDAY), "choicechoice");
    assert_eq!(
        sees("catalogue.by_id.streetlight.attributes[0].options[0].also.es|join", SATURDAY),
        "fundidano prendeoscuro"
    );
    let first = "(catalogue.categories|selectattr('intent', 'equalto', 'report.tree')|first).label.en";
    assert_eq!(sees(first, SATURDAY), "Tree or branch");
}

#[test]
fn the_menu_has_groups_of_at_most_ten_rows() {
    assert_eq!(sees("catalogue.groups|length", SATURDAY), "6");
    assert_eq!(sees("catalogue.in_group.streets|length", SATURDAY), "5");
}

#[test]
fn the_office_is_told_in_the_towns_own_time() {
    assert_eq!(sees("office.open", SATURDAY), "False");
    assert_eq!(sees("office.next_open.es", SATURDAY), "el lunes 23 a las 8:00");
    // 20:30 UTC is 14:30 in Mérida.
    assert_eq!(sees("office.open", "2026-11-24T20:30:00Z"), "True");
    assert_eq!(sees("office.when.en", "2026-11-24T20:30:00Z"), "today until 3:00 pm");
    assert_eq!(sees("office.next_open is none", "2026-11-24T20:30:00Z"), "True");
}

#[test]
fn the_hours_move_with_the_clock() {
    let catalogue = demo();
    let open =
        |now| catalogue.content(utc(now)).get_attr("office").unwrap().get_attr("open").unwrap().is_true();
    assert!(!open("2026-11-24T13:59:30Z"));
    assert!(!open("2026-11-24T13:59:59Z"), "the same minute");
    assert!(open("2026-11-24T14:00:00Z"));
    assert!(!open("2026-11-24T13:59:00Z"), "a clock may be turned back");
}
