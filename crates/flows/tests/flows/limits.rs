//! Nothing hangs: every limit ends in an event and a person.

use ventanilla_flows::Session;
use ventanilla_values::Lang;

use crate::support::{AGENT, Talk, flow, library, loaded};

const TAKEN_OVER: [&str; 4] = ["-x Cut", "+agent", "Te paso con una persona.", "do hand_over {}"];

#[test]
fn a_flow_that_runs_in_a_circle_is_cut() {
    let (_, lines) = Talk::of("  - set: {n: '{{ (n or 0) + 1 }}'}\n  - go: set\n");
    assert_eq!(lines[1], "cut x.set: the turn has too many steps: does the flow go in a circle?");
    assert_eq!(lines[2..], TAKEN_OVER);
}

#[test]
fn a_circle_through_actions_is_cut_in_the_same_turn() {
    let (mut talk, mut lines) = Talk::of("  - do: look\n  - go: look\n");
    let mut results = 0;
    while lines.iter().any(|line| line.starts_with("do look")) {
        lines = talk.resume(Ok(serde_json::json!(null)));
        results += 1;
        assert!(results < 500, "it would never end");
    }
    assert!(lines[0].starts_with("cut x."), "{lines:?}");
}

#[test]
fn flows_that_call_each_other_for_ever_are_cut() {
    let a = "spec: 1\nflow: x\ntitle: x\nsteps:\n  - call: y\n";
    let b = "spec: 1\nflow: y\ntitle: y\nsteps:\n  - call: x\n";
    let mut talk = Talk::new(library(&[("x", a), ("y", b), AGENT]));
    let lines = talk.start("x");
    assert!(lines.iter().any(|line| line.contains("too many flows call each other")), "{lines:?}");
    assert_eq!(talk.session.stack.len(), 1, "only the rescue flow runs");
}

#[test]
fn too_many_digressions_bring_a_person() {
    let mut talk = Talk::new(flow("  - collect: a\n    type: text\n    ask: ¿A?\n"));
    for _ in 0..8 {
        assert_eq!(talk.start("x"), ["+x", "text: ¿A?"]);
    }
    assert_eq!(talk.start("x")[..2], ["cut x.: too many flows are open", "+agent"]);
    assert_eq!(talk.session.stack.len(), 9);
}

#[test]
fn too_many_digressions_bring_back_who_was_called_before() {
    let agent =
        "spec: 1\nflow: agent\ntitle: x\nsteps:\n  - collect: b\n    type: text\n    ask: ¿Te llamamos?\n";
    let x = "spec: 1\nflow: x\ntitle: x\nsteps:\n  - collect: a\n    type: text\n    ask: ¿A?\n";
    let mut talk = Talk::new(library(&[("x", x), ("agent", agent)]));
    talk.start("x");
    talk.start("agent");
    for _ in 0..6 {
        talk.start("x");
    }
    assert_eq!(talk.start("agent"), ["cut agent.: too many flows are open", "text: ¿Te llamamos?"]);
    assert_eq!(talk.session.stack.len(), 8, "nothing is lost");
}

#[test]
fn a_template_that_eats_too_much_fuel_is_cut() {
    let lines = Talk::of(
        "  - say: '{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}'\n",
    )
    .1;
    assert_eq!(lines[1], "cut x.say: a template needs too much work (fuel)");
    assert_eq!(lines[2..], TAKEN_OVER);
}

#[test]
fn an_unknown_flow_brings_a_person() {
    let mut talk = Talk::new(library(&[AGENT]));
    assert_eq!(talk.start("nope")[..2], ["cut nope.: no flow has this name", "+agent"]);
}

#[test]
fn when_the_rescue_flow_is_cut_too_everything_is_dropped() {
    let agent = "spec: 1\nflow: agent\ntitle: x\nsteps:\n  - say: '{{ town.twin }}'\n";
    let x = "spec: 1\nflow: x\ntitle: x\nsteps:\n  - say: '{{ town.twin }}'\n";
    let mut talk = Talk::new(library(&[("x", x), ("agent", agent)]));
    let lines = talk.start("x");
    assert_eq!(lines.iter().filter(|line| line.starts_with("cut")).count(), 2);
    assert_eq!(lines.last().map(String::as_str), Some("-agent Cut"));
    assert_eq!(Session { questions: 0, steps: 0, depth: 0, ..talk.session }, Session::new(Lang::ES));
}

#[test]
fn a_flow_that_breaks_over_the_rescue_flow_leaves_it_to_go_on() {
    let agent =
        "spec: 1\nflow: agent\ntitle: x\nsteps:\n  - collect: b\n    type: text\n    ask: ¿Te llamamos?\n";
    let x = "spec: 1\nflow: x\ntitle: x\nsteps:\n  - say: '{{ town.twin }}'\n";
    let mut talk = Talk::new(library(&[("x", x), ("agent", agent)]));
    talk.start("agent");
    let lines = talk.start("x");
    assert_eq!(lines.last().map(String::as_str), Some("text: ¿Te llamamos?"), "{lines:?}");
    assert!(!lines.contains(&"-agent Cut".to_owned()), "{lines:?}");
}

#[test]
fn without_a_rescue_flow_what_is_below_goes_on() {
    let good = "spec: 1\nflow: good\ntitle: x\nsteps:\n  - collect: a\n    type: text\n    ask: ¿A?\n";
    let bad = "spec: 1\nflow: bad\ntitle: x\nsteps:\n  - say: '{{ town.twin }}'\n";
    let mut talk = Talk::new(library(&[("good", good), ("bad", bad)]));
    talk.start("good");
    assert_eq!(talk.start("bad")[2..], ["-bad Cut", "resumed good", "Seguimos con «x».", "text: ¿A?"]);
    for miss in 1..5 {
        assert_eq!(talk.say("\u{200b}")[0], format!("no match {miss}"));
    }
}

#[test]
fn a_session_of_another_revision_is_dropped_and_a_person_takes_over() {
    let mut talk = Talk::new(flow("  - collect: a\n    type: text\n    ask: ¿A?\n"));
    talk.start("x");
    talk.library = flow("  - collect: a\n    type: text\n    ask: ¿Otra?\n");
    let lines = talk.say("a");
    assert_eq!(lines[0], "cut x.a: the open question is not in the loaded flow");
    assert_eq!(lines[1..], TAKEN_OVER);
}

#[test]
fn a_broken_flow_takes_no_other_down() {
    let good = "spec: 1\nflow: good\ntitle: x\nsteps:\n  - say: Hola\n  - call: bad\n";
    let loaded = loaded(&[("good", good), ("bad", "spec: 1\nflow: bad\n"), AGENT], &Default::default());
    let mut talk = Talk::new(loaded.library);
    assert_eq!(talk.start("good")[..3], ["+good", "Hola", "cut good.bad: no flow has this name"]);
    let warned =
        loaded.problems.iter().any(|problem| problem.message.contains("where it is called, a person"));
    assert!(warned, "{:?}", loaded.problems);
}
