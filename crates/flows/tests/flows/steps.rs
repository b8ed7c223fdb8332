//! A case for every step type of the language.

use std::collections::BTreeSet;

use serde_json::json;

use crate::support::{AGENT, Talk, library};

/// Every step type of the JSON Schema is named here; a new one without a case fails.
#[test]
fn every_step_type_has_a_case() {
    let schema = ventanilla_flows::json_schema();
    let types = schema["$defs"]["Step"]["anyOf"].as_array().unwrap();
    let types: BTreeSet<&str> =
        types.iter().map(|step| step["$ref"].as_str().unwrap().rsplit('/').next().unwrap()).collect();
    let cases = BTreeSet::from(["Say", "Collect", "Confirm", "When", "Set", "Do", "Call", "Go", "End"]);
    assert_eq!(types, cases);
}

#[test]
fn say_tells_and_goes_on() {
    let (_, lines) = Talk::of("  - say: Hola\n  - say: 'Son {{ 1 + 1 }}, en {{ town.name }}'\n");
    assert_eq!(lines, ["+x", "Hola", "Son 2, en Puerto Claro", "-x Completed"]);
}

#[test]
fn a_say_that_renders_to_nothing_says_nothing() {
    let (_, lines) = Talk::of("  - say: '{% if given %}¡Hola!{% endif %}'\n");
    assert_eq!(lines, ["+x", "-x Completed"]);
}

#[test]
fn collect_asks_once_and_is_passed_when_its_slot_is_filled() {
    let steps = "  - collect: name\n    type: text\n    ask: ¿Cómo te llamas?\n  - collect: name\n    type: text\n    ask: ¿Otra vez?\n  - say: Hola {{ name }}\n";
    let (mut talk, lines) = Talk::of(steps);
    assert_eq!(lines, ["+x", "text: ¿Cómo te llamas?"]);
    assert_eq!(talk.say(" Rosa "), ["x.name filled", "Hola Rosa", "-x Completed"]);
}

#[test]
fn confirm_runs_what_is_below_the_answer() {
    let steps = "  - confirm: sure\n    ask: ¿Lo mando?\n    yes: [{say: Va}]\n    no: [{say: No mandé nada}, {end: true}]\n  - say: Listo\n";
    let (mut talk, lines) = Talk::of(steps);
    assert_eq!(lines, ["+x", "yes_no: ¿Lo mando? [Sí] [No]"]);
    assert_eq!(talk.say("sí"), ["x.sure filled", "Va", "Listo", "-x Completed"]);
    talk.start("x");
    assert_eq!(talk.say("no"), ["x.sure filled", "No mandé nada", "-x Completed"]);
}

#[test]
fn a_confirmation_is_asked_afresh_when_the_flow_comes_back_to_it() {
    let steps = "  - collect: a\n    type: text\n    ask: ¿Qué?\n  - confirm: sure\n    ask: ¿Bien?\n    no: [{set: {a: null}}, {go: a}]\n";
    let (mut talk, _) = Talk::of(steps);
    talk.say("uno");
    assert_eq!(talk.say("no"), ["x.sure filled", "text: ¿Qué?"]);
    assert_eq!(talk.say("dos"), ["x.a filled", "yes_no: ¿Bien? [Sí] [No]"]);
}

#[test]
fn when_takes_one_branch() {
    let steps = "  - when: given\n    then: [{say: sí}]\n    else: [{say: no}]\n  - when: not given\n    then: [{say: vacío}]\n  - say: fin\n";
    let (_, lines) = Talk::of(steps);
    assert_eq!(lines, ["+x", "no", "vacío", "fin", "-x Completed"]);
}

#[test]
fn set_fills_in_order_keeps_types_and_empties() {
    let steps = "  - set: {n: 2, twice: '{{ n * 2 }}', list: [a, '{{ n }}'], text: 'son {{ twice }}', n2: '{{ n }}'}\n  - set: {n: null}\n  - collect: stop\n    type: text\n    ask: ¿Sigo?\n";
    let (talk, _) = Talk::of(steps);
    assert_eq!(talk.slot("twice"), Some(json!(4)));
    assert_eq!(talk.slot("list"), Some(json!(["a", 2])));
    assert_eq!(talk.slot("text"), Some(json!("son 4")));
    assert_eq!(talk.slot("n2"), Some(json!(2)));
    assert_eq!(talk.slot("n"), None);
}

#[test]
fn do_waits_for_its_result() {
    let steps = "  - collect: place\n    type: place\n    ask: ¿Dónde?\n  - do: file_report\n    with: {place: '{{ place }}', kind: bache, at: '{{ now }}'}\n    into: report\n  - say: Tu folio es {{ report.folio }}\n";
    let (mut talk, _) = Talk::of(steps);
    let lines = talk.say("Juárez y 12");
    assert_eq!(lines[0], "x.place filled");
    let args = &talk.turn.as_ref().unwrap().suspended.as_ref().unwrap().args;
    assert_eq!(args["place"]["text"], "Juárez y 12");
    assert_eq!(args["kind"], "bache");
    assert_eq!(talk.resume(Ok(json!({"folio": "PC-1"}))), ["Tu folio es PC-1", "-x Completed"]);
}

#[test]
fn a_do_that_fails_runs_its_failed_steps_or_a_person_takes_over() {
    let (mut talk, _) = Talk::of("  - do: book\n    failed: [{say: No se pudo}]\n  - say: Listo\n");
    assert_eq!(talk.resume(Err("full".into())), ["No se pudo", "Listo", "-x Completed"]);
    let (mut talk, _) = Talk::of("  - do: book\n  - say: Listo\n");
    let lines = talk.resume(Err("full".into()));
    assert_eq!(
        lines,
        [
            "cut x.book: the action 'book' failed",
            "-x Cut",
            "+agent",
            "Te paso con una persona.",
            "do hand_over {}"
        ]
    );
}

#[test]
fn call_gives_slots_and_gets_a_value_back() {
    let caller = "spec: 1\nflow: x\ntitle: x\nsteps:\n  - call: ask_age\n    with: {who: Rosa}\n    into: age\n  - say: Son {{ age }}\n";
    let called = "spec: 1\nflow: ask_age\ntitle: Edad\nsteps:\n  - collect: age\n    type: number\n    ask: ¿Cuántos años tienes, {{ who }}?\n  - end: '{{ age }}'\n";
    let mut talk = Talk::new(library(&[("x", caller), ("ask_age", called), AGENT]));
    assert_eq!(talk.start("x"), ["+x", "+ask_age", "number: ¿Cuántos años tienes, Rosa?"]);
    let lines = talk.say("40");
    assert_eq!(lines, ["ask_age.age filled", "x.age filled", "-ask_age Completed", "Son 40", "-x Completed"]);
}

#[test]
fn go_goes_on_at_a_step() {
    let (_, lines) = Talk::of("  - go: last\n  - say: nunca\n  - say: fin\n    id: last\n");
    assert_eq!(lines, ["+x", "fin", "-x Completed"]);
}

#[test]
fn end_ends_the_flow() {
    let (_, lines) = Talk::of("  - end: true\n  - say: nunca\n");
    assert_eq!(lines, ["+x", "-x Completed"]);
}

#[test]
fn end_all_leaves_what_called_it_and_what_runs_below() {
    let below = "spec: 1\nflow: x\ntitle: x\nsteps:\n  - collect: a\n    type: text\n    ask: ¿A?\n";
    let caller = "spec: 1\nflow: caller\ntitle: x\nsteps:\n  - call: leave\n  - say: nunca\n";
    let leave =
        "spec: 1\nflow: leave\ntitle: x\nsteps:\n  - say: Va, lo dejamos.\n  - end: all\n  - say: nunca\n";
    let mut talk = Talk::new(library(&[("x", below), ("caller", caller), ("leave", leave), AGENT]));
    talk.start("x");
    let lines = talk.start("caller");
    assert_eq!(
        lines,
        ["+caller", "+leave", "Va, lo dejamos.", "-leave Completed", "-caller Cancelled", "-x Cancelled"]
    );
    assert!(talk.session.stack.is_empty() && !talk.session.is_waiting());
}

#[test]
fn a_text_may_bring_a_link_or_a_picture() {
    let steps = "  - say: Requisitos.\n    link: {label: {es: Ver requisitos}, url: 'https://{{ town.name | replace(\" \", \"\") | lower }}.example/{{ intent or \"todo\" }}'}\n  - say: Así se ve.\n    image: {url: 'https://a.example/a.jpg', described: El recibo}\n";
    let (_, lines) = Talk::of(steps);
    assert_eq!(
        lines[1..3],
        [
            "Requisitos. [Ver requisitos](https://puertoclaro.example/todo)",
            "Así se ve. (https://a.example/a.jpg: El recibo)"
        ]
    );
}

#[test]
fn a_page_that_cannot_be_opened_is_left_out_and_the_text_is_said() {
    for url in ["{{ given }}", "http{{ given }}://a.example", "https://a{{ ' ' }}b"] {
        let steps = format!("  - say: Requisitos.\n    link: {{label: Ver, url: \"{url}\"}}\n");
        assert_eq!(Talk::of(&steps).1[1], "Requisitos.", "{url}");
    }
    let (_, lines) = Talk::of("  - say: '{{ given }}'\n    link: {label: Ver, url: 'https://a.example'}\n");
    assert_eq!(lines, ["+x", "-x Completed"], "an empty text says nothing, its link neither");
}

#[test]
fn what_goes_with_a_text_is_kept_as_json_and_old_events_are_read() {
    use ventanilla_flows::{Event, Link};
    let link = Link { label: "Ver".into(), url: "https://a.example".into() };
    let event = Event::Say { text: "Hola".into(), link: Some(link), image: None };
    let json = json!({"event": "say", "text": "Hola", "link": {"label": "Ver", "url": "https://a.example"}});
    assert_eq!(serde_json::to_value(&event).unwrap(), json);
    assert_eq!(serde_json::from_value::<Event>(json).unwrap(), event);
    let old: Event = serde_json::from_value(json!({"event": "say", "text": "Hola"})).unwrap();
    assert_eq!(old, Event::say("Hola"));
    assert_eq!(format!("{event:?}"), "Say(…)");
}
