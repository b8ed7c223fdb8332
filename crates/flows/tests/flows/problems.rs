//! What is said about files with mistakes.

use ventanilla_flows::{ActionInfo, Known, Level};
use ventanilla_values::Lang;

use crate::support::{AGENT, loaded};

fn known() -> Known {
    Known {
        actions: vec![
            ActionInfo::new("file_report").requires(&["place"]).takes(&["photo"]),
            ActionInfo::new("hand_over"),
        ],
        intents: vec!["report.pothole".into(), "agent.request".into()],
        languages: Vec::new(),
        content: ["town", "catalogue", "person"].map(str::to_owned).to_vec(),
        ..Known::default()
    }
}

fn problems(name: &str, text: &str) -> String {
    let all = loaded(&[(name, text), AGENT], &known()).problems;
    all.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// The problem of a flow with these steps, which has one.
fn one(steps: &str) -> String {
    problems("x", &format!("spec: 1\nflow: x\ntitle: Prueba\nsteps:\n{steps}"))
}

#[test]
fn eight_mistakes_are_reported_at_once_with_lines_and_hints() {
    let text = r#"spec: 1
flow: raport
title: {en: Report}
intents: [report.pothol]
steps:
  - colect: name
    type: text
  - collect: kind
    type: chioce
    ask: ¿Qué es?
  - say: Hola {{ nombre }}
  - when: kind ==
    then:
      - do: file_reprot
  - go: ende
"#;
    insta::assert_snapshot!(problems("report", text), @r#"
    flows/report.yaml:2: error: the flow is called 'raport', but its file 'report' [name]
        write 'flow: report', or rename the file to raport.yaml
    flows/report.yaml:3: error: this text has no Spanish [empty-text]
        add 'es: …': it is what people read who speak no other
    flows/report.yaml:4: error: no intent is called 'report.pothol' [unknown-intent]
        did you mean 'report.pothole'?
    flows/report.yaml:6: error: 'colect' is not a step [syntax]
        did you mean 'collect'?
    flows/report.yaml:9: error: 'chioce' is not known here [syntax]
        did you mean 'choice'?
    flows/report.yaml:11: error: nothing fills 'nombre' [unknown-name]
        use one of: catalogue, intent, kind, lang, now, person, town, or name it below 'given:' if it comes from outside
    flows/report.yaml:12: error: this template or condition is broken: syntax error: unexpected end of input, expected expression [template]
        look at its {{ }} and {% %}: each must be closed, and every {% if %} needs its {% endif %}
    flows/report.yaml:14: error: no action is called 'file_reprot' [unknown-action]
        did you mean 'file_report'?
    flows/report.yaml:15: error: 'go' leads to 'ende', but no step has this id [step-id]
        use one of: file_reprot, go, say, when
    "#);
}

#[test]
fn mistakes_of_the_head_do_not_hide_those_of_the_steps() {
    let text = "spec: 1\nflow: x\nprivat: true\nintnts: []\nsteps:\n  - say: {en: Hi}\n  - sya: Hola\n";
    insta::assert_snapshot!(problems("x", text), @r#"
    flows/x.yaml:1: error: 'title' is missing [syntax]
        add a line 'title: …'
    flows/x.yaml:3: error: 'privat' is not known here [syntax]
        did you mean 'private'?
    flows/x.yaml:4: error: 'intnts' is not known here [syntax]
        did you mean 'intents'?
    flows/x.yaml:6: error: this text has no Spanish [empty-text]
        add 'es: …': it is what people read who speak no other
    flows/x.yaml:7: error: 'sya' is not a step [syntax]
        did you mean 'say'?
    "#);
}

#[test]
fn what_is_not_yaml_or_not_a_flow_is_said_with_its_line() {
    insta::assert_snapshot!(problems("x", "spec: 1\nflow: \"x\n"), @r#"
    flows/x.yaml:3: error: this is not YAML: invalid indentation in multiline quoted scalar at line 3, column 1 [syntax]
        look at this line and the one above: spaces at the beginning (never tabs), a missing quote, or a text with ': ' or '#' that needs "quotes"
    "#);
    insta::assert_snapshot!(problems("x", "- a\n"), @r#"
    flows/x.yaml:1: error: this is not a flow [syntax]
        begin the file with 'spec: 1'
    "#);
    insta::assert_snapshot!(problems("x", "spec: 2\n"), @r#"
    flows/x.yaml:1: error: this file was written for a newer Ventanilla (spec 2; this one reads up to 1) [syntax]
        update Ventanilla, or take an older copy of the file
    "#);
}

#[test]
fn the_lint_finds_what_would_go_wrong_later() {
    for (steps, message) in [
        ("  - call: nope\n", "no flow is called 'nope'"),
        ("  - do: file_report\n", "the action 'file_report' needs 'place'"),
        ("  - do: file_report\n    with: {place: a, foto: b}\n", "the action 'file_report' knows no 'foto'"),
        ("  - end: true\n  - say: Hola\n", "no way leads to this step"),
        ("  - say: Hola\n  - go: say\n", "in a circle for ever"),
        ("  - collect: a\n    type: text\n    ask: ¿A?\n  - go: a\n", "empty it with 'set: {slot: null}'"),
        ("  - set: {a: '{{ a }}'}\n  - go: set\n", "without waiting for anybody"),
        ("  - collect: a\n    type: choice\n    ask: ¿A?\n", "this choice has no options"),
        (
            "  - collect: a\n    type: text\n    ask: ¿A?\n    options: [{id: a, label: A}]\n",
            "'text' has no options",
        ),
        ("  - collect: a\n    type: text\n    ask: ¿A? ¿O B?\n", "asks more than one question"),
        ("  - collect: a\n    type: text\n    ask: ¿A?\n    min: 3\n", "'min' and 'max' are for numbers"),
        ("  - say: a\n    id: b\n  - say: c\n    id: b\n", "two steps have the id 'b'"),
        ("  - set: {now: 1}\n", "'now' cannot be a slot's name"),
        ("  - say: '{{ tonw.name }}'\n", "nothing fills 'tonw'"),
        ("  - say: '{% if a %}'\n", "this template or condition is broken"),
        ("  - say: Hola\n    say: Adiós\n", "'say' is here twice"),
        ("  - say: Hola\n    do: hand_over\n", "both 'say' and 'do'"),
        ("  - say: ''\n", "is empty"),
        ("  - end: All\n", "write 'end: all' to leave everything that runs"),
        ("  - say: Hola\n  - end: all\n  - say: Adiós\n", "no way leads to this step"),
        ("  - 3\n", "a step belongs here"),
    ] {
        let problems = one(steps);
        assert!(problems.contains(message), "{steps}\nshould say: {message}\nbut says:\n{problems}");
    }
}

#[test]
fn labels_and_options_must_fit() {
    let choice = |options: &str| {
        one(&format!("  - collect: a\n    type: choice\n    ask: ¿A?\n    options:\n{options}"))
    };
    assert!(choice("      - {id: a, label: Un texto de más de veinte}\n").contains("a list shows 24"));
    assert!(choice("      - {id: a, label: Más de veinte letras..}\n").contains("a button has 20"));
    assert!(
        choice("      - {id: a, label: A}\n      - {id: a, label: B}\n")
            .contains("two options have the id 'a'")
    );
    let many: String = (0..11).map(|n| format!("      - {{id: o{n}, label: L}}\n")).collect();
    assert!(choice(&many).contains("11 options are too many"));
}

#[test]
fn a_missing_language_is_a_warning_and_missing_spanish_an_error() {
    let known = Known { languages: vec![Lang::EN], ..Known::default() };
    let text = "spec: 1\nflow: x\ntitle: {es: Uno, en: One}\nsteps:\n  - say: Hola\n";
    let problems = loaded(&[("x", text)], &known).problems;
    let english = problems.iter().find(|problem| problem.file == "flows/x.yaml").unwrap();
    assert_eq!((english.level, english.line), (Level::Warning, 5));
    assert!(one("  - say: {en: Hi}\n").contains("error: this text has no Spanish"));
}

#[test]
fn names_and_intents_belong_to_one_flow() {
    let flow = |name: &str| {
        format!("spec: 1\nflow: {name}\ntitle: x\nintents: [report.pothole]\nsteps: [{{say: a}}]\n")
    };
    let loaded = loaded(&[("a", &flow("a")), ("b", &flow("b")), ("c", &flow("a")), AGENT], &known());
    let text = loaded.problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    assert!(
        text.contains("flows/b.yaml:4: error: flows/a.yaml starts with the intent 'report.pothole' too"),
        "{text}"
    );
    assert!(text.contains("flows/c.yaml:2: error: flows/a.yaml is called 'a' too"), "{text}");
    assert!(text.contains("the flow is called 'a', but its file 'c'"), "{text}");
    assert_eq!(loaded.library.flow_for_intent("report.pothole").unwrap().name, "a");
}

#[test]
fn a_step_that_cannot_be_read_makes_no_mistakes_of_those_that_refer_to_it() {
    let problems =
        one("  - collect: name\n    typ: text\n    ask: ¿Quién?\n  - say: Hola {{ name }}\n  - go: name\n");
    assert!(problems.contains("'typ' is not known here"), "{problems}");
    assert!(!problems.contains("nothing fills") && !problems.contains("'go' leads"), "{problems}");
}

#[test]
fn a_broken_template_is_found_in_its_own_language_and_line() {
    let steps = "  - say:\n      es: Hola\n      en: |\n        Hi\n        {{ a b }}\n";
    let problems = one(steps);
    assert!(problems.contains("flows/x.yaml:9: error: this template"), "{problems}");
    let problems = one("  - say:\n      es: Hola\n      en: '{{ a b }}'\n");
    assert!(problems.contains("flows/x.yaml:7: error: this template"), "{problems}");
}

#[test]
fn a_link_and_a_picture_must_be_of_use() {
    for (extra, message) in [
        ("link: {label: Ver, url: 'http://a.example'}", "6: error: 'http://a.example' is not an address"),
        ("link: {label: Ver, url: 'http://{{ town.web }}'}", "is not an address that can be opened"),
        ("link: {label: Ver, url: 'https://'}", "is not an address that can be opened"),
        ("link: {label: Ver, url: 'https://a example/b'}", "is not an address that can be opened"),
        ("link: {label: '', url: 'https://a.example'}", "the text in 'es' is empty"),
        ("link: {label: {en: See}, url: 'https://a.example'}", "this text has no Spanish"),
        (
            "link: {label: Ver los requisitos 🙂🙂, url: 'https://a.example'}",
            "6: warning: this label has 23 characters",
        ),
        ("link: {label: Ver, url: 'https://a.example/{{ nobody }}'}", "nothing fills 'nobody'"),
        (
            "link: {label: Ver, url: 'https://a.example/{{ a b }}'}",
            "6: error: this template or condition is broken",
        ),
        ("link: {label: Ver}", "'url' is missing"),
        ("link: {label: Ver, href: 'https://a.example'}", "'href' is not known here"),
        ("image: {url: 'https://a.example/a.jpg', described: ''}", "the text in 'es' is empty"),
        ("image: {url: 'https://a.example/a.jpg'}", "'described' is missing"),
        ("image: {url: 'ftp://a.example/a.jpg', described: Un mapa}", "is not an address that can be opened"),
        (
            "link: {label: Ver, url: 'https://a.example'}\n    image: {url: 'https://a.example/a.jpg', described: Un mapa}",
            "7: error: this text has a link and an image",
        ),
    ] {
        let problems = one(&format!("  - say: Hola\n    {extra}\n"));
        assert!(problems.contains(message), "{extra}\nshould say: {message}\nbut says:\n{problems}");
    }
    for extra in [
        "link: {label: Ver los requisitos, url: '{{ town.web }}/tramites'}",
        "link: {label: '{{ town.name }} y otras cosas largas', url: 'https://a.example'}",
        "image: {url: 'https://{{ town.web }}/a.jpg', described: Un mapa}",
    ] {
        assert_eq!(one(&format!("  - say: Hola\n    {extra}\n")), "", "{extra}");
    }
}
