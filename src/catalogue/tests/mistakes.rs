use ventanilla_values::{Problem, Severity, SourceFile};

use super::{super::Catalogue, demo_sources, with, with_change};

fn lines(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(|problem| format!("{}: {}", problem.line, problem.message)).collect()
}

#[test]
fn a_file_with_many_mistakes_is_told_all_of_them() {
    let (catalogue, problems) = with(
        "categories.yaml",
        "\
groups:
  - {id: streets, name: {es: Calles, en: Streets}}
  - {id: Empty One, name: {en: Empty}}
categories:
  - id: pothole
    intent: report.pothole
    group: streets
    name: {es: Bache, en: Pothole}
    description: {es: Hoyos}
    department: nobody
    radius_m: treinta
  - id: noise
    intent: report.noise
    group: street
    nmae: Ruido
    name: {es: Ruido que no cabe en un renglón, en: Noise}
    description: {es: Ruido, en: Noise}
    department: inspection
    radius_m: 60
    photo: maybe
    private: sometimes
    stopper: {id: danger, ask: {es: '¿?', en: '?'}, danger: {es: Aléjate, en: Move}, call: [police]}
    attributes:
      - {id: kind, ask: {es: '¿Cuál?', en: 'Which?'}, type: menu}
      - {id: when, ask: {es: '¿Cuándo?', en: 'When?'}, type: choice, options: [{id: now, label: {es: Ya, en: Now}}]}
",
    );
    assert_eq!(
        lines(&problems),
        [
            "2: the group 'streets' has no categories",
            "3: 'Empty One' cannot be an id",
            "3: name has no text in Spanish",
            "9: description has no text in 'en': Spanish will be said",
            "11: radius_m is not a number",
            "15: the category has no field 'nmae'",
            "20: photo is neither wanted nor no",
            "21: private is neither true nor false",
            "24: there is no type 'menu'",
            "25: a choice of 1 options",
        ]
    );
    assert!(
        problems
            .iter()
            .all(|problem| !problem.hint.is_empty() && problem.file == "catalogue/categories.yaml")
    );
    assert_eq!(catalogue.unwrap().categories(), [], "what holds a mistake is left out");
}

#[test]
fn files_must_fit_together() {
    let (catalogue, problems) = with(
        "categories.yaml",
        "\
groups:
  - {id: order, name: {es: Orden, en: Order}}
  - {id: water, name: {es: Agua, en: Water}}
categories:
  - &noise
    {id: noise, intent: report.noise, group: order, name: {es: Ruido, en: Noise}, radius_m: 60,
     description: {es: Ruido, en: Noise}, department: inspection}
  - {<<: *noise, id: loud}
  - {<<: *noise, intent: report.loud}
  - {<<: *noise, id: b, intent: report.b, group: nowhere, department: nobody}
  - {<<: *noise, id: c, intent: report.c, name: {es: Un nombre que no cabe en un renglón, en: Long}}
  - {<<: *noise, id: d, intent: report.d,
     stopper: {id: s, ask: {es: a, en: a}, danger: {es: a, en: a}, call: [emergency, police]}}
",
    );
    assert_eq!(
        lines(&problems),
        [
            "3: the group 'water' has no categories",
            "8: 'loud' has the same intent as 'noise' (report.noise)",
            "9: 'noise' has the same id as 'noise' (report.noise)",
            "10: there is no group 'nowhere'",
            "10: there is no department 'nobody'",
            "11: 'Un nombre que no cabe en un renglón' (es) has 35 characters",
            "12: there is no help line 'police'",
        ]
    );
    let catalogue = catalogue.unwrap();
    let left: Vec<_> = catalogue.categories().iter().map(|category| category.id.as_str()).collect();
    assert_eq!(left, ["noise", "c"], "a long name is only a warning");
}

#[test]
fn names_that_are_cut_to_the_same_are_told() {
    let (catalogue, problems) = with(
        "categories.yaml",
        "\
groups:
  - {id: order, name: {es: Orden, en: Order}}
categories:
  - &noise
    {id: noise, intent: report.noise, group: order, name: {es: Ruido, en: Noise}, radius_m: 60,
     description: {es: Ruido, en: Noise}, department: inspection}
  - {<<: *noise, id: loud, intent: report.loud, name: {es: RUÍDO, en: Loud},
     attributes: [{id: when, ask: {es: '¿Cuándo?', en: 'When?'}, type: choice, options: [
       {id: a, label: {es: De lunes a viernes de día, en: Day}},
       {id: b, label: {es: De lunes a viernes de noche, en: Night}}]}]}
",
    );
    let told = lines(&problems);
    let same: Vec<_> = told.iter().filter(|problem| problem.contains("reads like another")).collect();
    assert_eq!(
        same,
        [
            "7: 'De lunes a viernes de noche' (es) reads like another one beside it",
            "7: 'RUÍDO' (es) reads like another one beside it",
        ]
    );
    assert_eq!(catalogue.unwrap().categories().len(), 2, "it is only a warning");
}

#[test]
fn seven_questions_are_one_too_many() {
    let (_, problems) =
        with_change("categories.yaml", "photo: no\n    private: true", "photo: wanted\n    private: true");
    assert_eq!(problems, [], "six are fine");
    let (_, problems) = with_change(
        "categories.yaml",
        "    photo: no\n    attributes:\n      - id: source",
        "    photo: wanted\n    stopper: {id: s, ask: {es: a, en: a}, danger: {es: a, en: a}, call: [emergency]}\n    attributes:\n      - id: source",
    );
    assert!(problems.iter().any(|p| p.message == "a report of 'noise' asks 7 questions"), "{problems:?}");
}

#[test]
fn a_town_without_help_lines_is_no_town() {
    let (catalogue, problems) = with_change("town.yaml", "- id: life\n", "- id: live\n");
    assert!(catalogue.is_none());
    assert!(problems.iter().any(|problem| problem.message == "the help lines lack: life"));
}

#[test]
fn a_time_zone_must_be_known() {
    let (catalogue, problems) = with_change("town.yaml", "America/Merida  ", "America/Campeche  ");
    assert!(catalogue.is_none());
    let problem = problems.iter().find(|problem| problem.file.ends_with("town.yaml")).unwrap();
    assert_eq!(problem.message, "'America/Campeche' is not a time zone");
    assert_eq!((problem.line, problem.severity), (10, Severity::Error));
}

#[test]
fn phones_may_be_written_without_quotes() {
    let (catalogue, problems) = with_change("town.yaml", "phone: \"079\"", "phone: 079");
    assert_eq!(problems, []);
    let catalogue = catalogue.unwrap();
    assert!(catalogue.town().lines.iter().any(|line| line.phone == "079"));
}

#[test]
fn hours_and_holidays_are_checked() {
    let (catalogue, problems) = with(
        "calendar.yaml",
        "\
hours:
  monday-friday: [\"8-15\"]
  lunes: [\"08:00-15:00\"]
  friday: [\"16:00-18:00\", \"17:00-25:00\"]
  saturday: [\"09:00-12:00\", \"11:00-13:00\"]
holidays:
  - {date: 16 de noviembre, name: {es: Revolución, en: Revolution}}
  - {date: 2026-02-30, name: {es: Nunca, en: Never}}
closed:
  - {from: 2026-12-31, to: 2026-12-01, notice: {es: Cerrado, en: Closed}}
",
    );
    assert_eq!(
        lines(&problems),
        [
            "2: these are no hours of a day",
            "3: 'lunes' is no day",
            "4: these are no hours of a day",
            "5: two spells of a day overlap",
            "7: '16 de noviembre' is not a date",
            "8: '2026-02-30' is not a date",
            "10: it ends before it begins",
        ]
    );
    assert!(catalogue.unwrap().office().holidays.is_empty());
}

#[test]
fn polygons_are_checked() {
    let feature = |id: &str, ring: &str| {
        format!(
            r#"{{"type": "Feature", "properties": {{"kind": "colonia", "id": "{id}", "name": "{id}"}},
 "geometry": {{"type": "Polygon", "coordinates": [[{ring}]]}}}}"#
        )
    };
    let features = [
        feature("open", "[-91.1, 18.9], [-91.0, 18.9], [-91.0, 19.0], [-91.1, 19.0]"),
        feature("bowtie", "[-91.1, 18.9], [-91.0, 19.0], [-91.0, 18.9], [-91.1, 19.0], [-91.1, 18.9]"),
        feature("swapped", "[18.9, -91.1], [18.9, -91.0], [19.0, -91.0], [18.9, -91.1]"),
        feature("good", "[-91.1, 18.9], [-91.0, 18.9], [-91.0, 19.0], [-91.1, 18.9]"),
        feature("over", "[-91.1, 18.9], [-91.0, 18.9], [-91.0, 18.95], [-91.1, 18.9]"),
        feature("good", "[-92.1, 18.9], [-92.0, 18.9], [-92.0, 19.0], [-92.1, 18.9]"),
    ];
    let map = format!("{{\"type\": \"FeatureCollection\", \"features\": [\n{}\n]}}", features.join(",\n"));
    let (catalogue, mut problems) = with("places.geojson", &map);
    // The truck has no colonias to come by any more.
    problems.retain(|problem| problem.file == "catalogue/places.geojson");
    let told = lines(&problems);
    for (told, begins) in told.iter().zip([
        "0: the limits of the municipality are missing",
        "3: the polygon is not closed",
        "4: the polygon cannot be used",
        "7: the coordinates are not on the map",
        "10: over and good overlap",
        "12: there are two 'good'",
    ]) {
        assert!(told.starts_with(begins), "{told}");
    }
    assert_eq!(told.len(), 6, "{told:?}");
    assert_eq!(catalogue.unwrap().places().colonias.len(), 2);
}

#[test]
fn a_file_that_is_no_yaml_is_told_by_line() {
    let (_, problems) = with("departments.yaml", "departments:\n  - id: water\n   name: oops\n");
    let problem = problems.iter().find(|problem| problem.file.ends_with("departments.yaml")).unwrap();
    assert!(problem.message.starts_with("cannot be read"), "{problem}");
    assert!((2..=3).contains(&problem.line), "{problem}");
}

#[test]
fn a_missing_file_is_told_and_others_are_passed_over() {
    let mut sources = demo_sources();
    sources.retain(|file| !file.path.ends_with("calendar.yaml"));
    sources.push(SourceFile { path: "flows/report.yaml".to_owned(), text: "no: [".to_owned() });
    let (catalogue, problems) = Catalogue::load(&sources);
    assert!(catalogue.is_none());
    assert_eq!(lines(&problems), ["0: this file is missing"]);
}

#[test]
fn three_options_are_buttons_and_buttons_are_short() {
    let (_, problems) = with_change("categories.yaml", "Brota con fuerza", "Brota con muchísima fuerza");
    let told: Vec<_> = problems.iter().map(|problem| problem.message.as_str()).collect();
    assert_eq!(told, ["'Brota con muchísima fuerza' (es) has 26 characters"]);
    let (_, problems) = with_change("categories.yaml", "es: Poste dañado", "es: El poste está dañado");
    assert_eq!(problems, [], "of four options a list is made, where 24 fit");
}
