use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use ventanilla_intents::INTENTS;
use ventanilla_values::{Lang, Problem, SourceFile};

use super::{super::Catalogue, demo, demo_sources};
use crate::services::Authority;

/// A whole entry; what stands behind is added to it.
fn entry(id: &str, more: &str) -> String {
    format!(
        "  - id: {id}
    name: {{es: Trámite, en: Procedure}}
    summary: {{es: Para probar., en: To try.}}
    authority: municipal
    given_by: {{es: Tesorería, en: Treasury}}
    owner: treasury
    last_verified: 2026-11-21
{more}"
    )
}

/// The demo town with a file of services of its own instead of all others.
fn with_services(text: &str) -> (Catalogue, Vec<Problem>) {
    let mut sources = demo_sources();
    sources.retain(|source| !source.path.starts_with("catalogue/services/"));
    sources.push(SourceFile { path: "catalogue/services/own.yaml".to_owned(), text: text.to_owned() });
    let (catalogue, problems) = Catalogue::load(&sources);
    (catalogue.unwrap(), problems)
}

fn told(problems: &[Problem]) -> Vec<String> {
    assert!(problems.iter().all(|one| !one.hint.is_empty() && one.file == "catalogue/services/own.yaml"));
    problems.iter().map(|problem| format!("{}: {}", problem.line, problem.message)).collect()
}

fn moment(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// What a template makes of the content at a moment.
fn shown(catalogue: &Catalogue, at: &str, template: &str) -> String {
    let mut env = minijinja::Environment::new();
    env.add_filter("t", |value: minijinja::Value| value.get_attr("es").unwrap_or(value));
    env.render_str(template, catalogue.content(moment(at))).unwrap()
}

#[test]
fn every_service_intent_and_every_life_event_leads_to_an_entry() {
    let led = |of: fn(&crate::services::Service) -> &Vec<String>| -> BTreeSet<&str> {
        demo().services().iter().flat_map(|one| of(one).iter().map(String::as_str)).collect()
    };
    let named = |begins: &str| -> BTreeSet<&str> {
        INTENTS.into_iter().filter(|name| name.starts_with(begins)).collect()
    };
    // These two are about all of them, and about the offices.
    let mut services = named("service.");
    assert!(services.remove("service.info") && services.remove("service.office_info"));
    assert_eq!(led(|one| &one.intents), services);
    assert_eq!(led(|one| &one.life_events), named("life."));
}

#[test]
fn all_mistakes_of_a_file_are_told_at_once() {
    let (catalogue, problems) = with_services(
        "services:
  - id: Bad One
    name: {es: Un nombre que no cabe en el renglón, en: Name}
    summary: {es: Algo., en: Something.}
    authority: galactic
    given_by: {es: Alguien, en: Somebody}
    owner: nobody
    colour: blue
    cost: {}
    where: {department: nowhere}
    windows:
      - {from: 02-30, until: 03-31, what: {es: algo, en: something}}
      - {from: 2026-03-01, until: 2026-02-01, what: {es: algo, en: something}}
      - {from: 2026-03-01, until: 04-01, what: {es: algo, en: something}}
    rounds:
      - {colonias: [atlantis], hours: {lunes: [\"07:00-09:00\"]}}
      - {colonias: []}
    link: http://puertoceiba.example
    life_events: [life.lottery]
    intents: [service.curp, service.wishes]
    valid_from: 2027-01-01
    valid_until: 2026-01-01
    last_verified: ayer
",
    );
    assert_eq!(
        told(&problems),
        [
            "2: 'Bad One' cannot be an id",
            "3: 'Un nombre que no cabe en el renglón' (es) has 35 characters",
            "5: there is no authority 'galactic'",
            "7: there is no department 'nobody'",
            "8: the service has no field 'colour'",
            "9: the cost says nothing",
            "10: there is no department 'nowhere'",
            "12: '02-30' is no day",
            "13: the window ends before it begins",
            "14: one day of the window has a year and the other has none",
            "16: there is no colonia 'atlantis'",
            "16: 'lunes' is no day",
            "17: the round names no colonia",
            "17: the round has no hours",
            "18: 'http://puertoceiba.example' is no link that people can trust",
            "19: life_events: there is no intent 'life.lottery'",
            "20: intents: there is no intent 'service.wishes'",
            "22: it ends before it begins",
            "23: 'ayer' is not a date",
        ]
    );
    assert!(catalogue.services().is_empty(), "an entry with mistakes is not told as true");
}

#[test]
fn what_an_entry_must_say_is_asked_for() {
    let (_, problems) = with_services("services:\n  - {id: empty}\n");
    let missing = ["name", "summary", "authority", "given_by", "owner", "last_verified"];
    assert_eq!(told(&problems), missing.map(|field| format!("2: the service has no {field}")));
}

#[test]
fn prices_and_points_that_cannot_be_are_refused() {
    for (more, message) in [
        ("    cost: {pesos: 12.5}\n", "12.5 is no price"),
        ("    cost: {pesos: -3}\n", "-3 is no price"),
        ("    cost: {pesos: gratis}\n", "pesos is not a number"),
        ("    where: {name: {es: Allá, en: There}, lat: 190, lon: 0}\n", "the place lies nowhere on earth"),
    ] {
        let (catalogue, problems) = with_services(&format!("services:\n{}", entry("one", more)));
        assert_eq!(told(&problems), [format!("9: {message}")]);
        assert!(catalogue.services().is_empty());
    }
}

#[test]
fn what_refers_to_nothing_is_left_out_and_the_entry_stays() {
    let more = "    related: [two, three]\n    next: [one]\n";
    let text = format!("services:\n{}{}{}", entry("one", more), entry("two", ""), entry("two", ""));
    let (catalogue, problems) = with_services(&text);
    assert_eq!(
        told(&problems),
        [
            "9: related of 'one': there is no service 'three'",
            "10: next of 'one' names itself",
            "18: there are two services 'two'",
        ]
    );
    let one = &catalogue.services()[0];
    assert_eq!((one.related.as_slice(), one.next.len()), (["two".to_owned()].as_slice(), 0));
}

#[test]
fn an_entry_is_told_only_while_it_holds() {
    let more = "    valid_from: 2026-11-22\n    valid_until: 2026-11-23\n    life_events: [life.birth]\n";
    let (catalogue, problems) = with_services(&format!("services:\n{}", entry("one", more)));
    assert_eq!(told(&problems), Vec::<String>::new());
    let there = |day: &str| catalogue.services_on(day.parse::<NaiveDate>().unwrap()).len();
    assert_eq!(["2026-11-21", "2026-11-22", "2026-11-23", "2026-11-24"].map(there), [0, 1, 1, 0]);
    let template =
        "{{ catalogue.services.one is defined }} {{ catalogue.life_events['life.birth'] is defined }}";
    assert_eq!(shown(&catalogue, "2026-11-23T18:00:00Z", template), "True True");
    assert_eq!(shown(&catalogue, "2026-11-24T18:00:00Z", template), "False False");
}

#[test]
fn templates_see_dates_prices_and_offices_in_words() {
    let at = "2026-11-23T16:00:00Z";
    let window = "{% set one = catalogue.services.military_id.windows[0] %}{{ one.open }} {{ one.from | t }} {{ one.until | t }}";
    assert_eq!(shown(demo(), at, window), "False 2 de enero de 2027 15 de octubre de 2027");
    assert_eq!(shown(demo(), "2026-03-02T16:00:00Z", window), "True 2 de enero 15 de octubre");
    let cost = "{{ catalogue.services.death_registration.cost.free }} {{ catalogue.services.business_license.cost.pesos }}";
    assert_eq!(shown(demo(), at, cost), "True 850");
    let office =
        "{% set one = catalogue.services.inapam.where %}{{ one.name | t }} {{ one.open }} {{ one.when | t }}";
    assert_eq!(shown(demo(), at, office), "DIF municipal True hoy hasta las 15:00");
    let old = "{% set one = catalogue.services.job_board %}{{ one.old }} {{ one.verified | t }}";
    assert_eq!(shown(demo(), at, old), "True 20 de abril");
    assert_eq!(shown(demo(), "2026-05-01T16:00:00Z", old), "False 20 de abril");
}

#[test]
fn who_gives_it_is_one_of_three_levels() {
    let of = |id: &str| demo().services().iter().find(|one| one.id == id).unwrap().authority;
    assert_eq!(
        ["waste_schedule", "drivers_license", "curp"].map(of),
        [Authority::Municipal, Authority::State, Authority::Federal]
    );
}

#[test]
fn the_truck_comes_by_on_the_days_of_the_colonia() {
    let (when, note) = demo().round("waste_schedule", "guadalupe").unwrap();
    assert_eq!(
        when.unwrap().get(Lang::ES),
        "el lunes de 7:00 a 10:00, el miércoles de 7:00 a 10:00 y el viernes de 7:00 a 10:00"
    );
    assert!(note.unwrap().get(Lang::EN).contains("glass"));
    assert!(demo().round("waste_schedule", "las-palmas").is_none(), "not known: not invented");
}
