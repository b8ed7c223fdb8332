//! Corrections, the step before, what was told ahead, old buttons, interrupted flows.

use serde_json::json;
use ventanilla_flows::{Answer, Command, Library, Suggestion, Told};

use crate::support::{AGENT, Talk, library};

/// What, where (looked up), a choice that depends on it, and whether to send it.
const REPORT: (&str, &str) = (
    "report",
    r#"
spec: 1
flow: report
title: {es: Reporte, en: Report}
about: {es: "{% if kind %}tu reporte de {{ kind }}{% endif %}", en: "{% if kind %}your report of {{ kind }}{% endif %}"}
given: [note]
steps:
  - collect: kind
    type: choice
    ask: ¿Qué es?
    options: [{id: bache, label: Bache}, {id: luz, label: Luz}]
  - call: detail
    with: {about: "{{ kind }}"}
    into: size
  - collect: place
    type: place
    also: {es: [ubicación], en: [location]}
    ask: {es: "¿Dónde está?", en: "Where is it?"}
  - do: near
    with: {place: "{{ place }}"}
    into: near
  - collect: same
    type: yes_no
    ask: ¿Es el mismo?
  - set: {shown: "{{ place.text }}", nameless: true}
  - collect: day
    type: date
    ask: ¿Qué día?
  - confirm: send
    ask: "{{ kind }}, {{ size }}, {{ place.text }}, {{ same }}, {{ day }}, {{ shown }}. ¿Lo mando?"
    yes:
      - say: Mandado.
"#,
);
const DETAIL: (&str, &str) = (
    "detail",
    r#"
spec: 1
flow: detail
title: Detalle
given: [about]
steps:
  - collect: size
    type: choice
    hears: "{{ 'size' if about == 'bache' else 'nothing' }}"
    ask: ¿De qué tamaño?
    options: [{id: small, label: Chico}, {id: large, label: Grande, also: [enorme]}]
  - end: "{{ size }}"
"#,
);
const HOURS: (&str, &str) = (
    "hours",
    "spec: 1\nflow: hours\ntitle: Horarios\nsteps:\n  - collect: office\n    type: text\n    ask: ¿De qué oficina?\n  - say: De 8 a 3.\n",
);
const HELLO: (&str, &str) = ("hello", "spec: 1\nflow: hello\ntitle: Hola\nsteps:\n  - say: Hola.\n");
const GOODBYE: (&str, &str) =
    ("goodbye", "spec: 1\nflow: goodbye\nrests: true\ntitle: Adiós\nsteps:\n  - say: Hasta luego.\n");
const MENU: (&str, &str) = (
    "menu",
    "spec: 1\nflow: menu\npassing: true\ntitle: Menú\nsteps:\n  - collect: wish\n    type: choice\n    ask: ¿Qué necesitas?\n    options: [{id: r, label: Reportar}, {id: h, label: Horarios}]\n  - when: wish == 'r'\n    then: [{call: report}]\n    else: [{call: hours}]\n",
);
/// Asks nothing itself.
const OUTER: (&str, &str) = (
    "outer",
    "spec: 1\nflow: outer\ntitle: Afuera\ngiven: [kind]\nsteps:\n  - call: detail\n    with: {about: '{{ kind }}'}\n    into: size\n  - confirm: sure\n    ask: ¿Seguro?\n",
);
const CHANGED: &str = "Va, lo cambiamos.";

fn all() -> Library {
    library(&[REPORT, DETAIL, HOURS, HELLO, GOODBYE, MENU, OUTER, AGENT])
}

fn talk() -> Talk {
    Talk::new(all())
}

/// Up to the summary.
fn told() -> Talk {
    let mut talk = talk();
    talk.start("report");
    talk.say("bache");
    talk.say("chico");
    talk.say("calle 12");
    talk.resume(Ok(json!("uno")));
    talk.say("no");
    let lines = talk.say("2026-05-04");
    assert!(lines[1].contains("bache, small, calle 12, False"), "{lines:?}");
    talk
}

fn correct(slot: &str, text: Option<&str>) -> Command {
    let answer = text.map(|text| Answer::Text { text: text.to_owned() });
    Command::Correct { slot: slot.to_owned(), answer }
}

#[test]
fn a_correction_finds_anew_what_followed_and_keeps_what_was_told_beside_it() {
    let mut talk = told();
    let lines = talk.command(correct("place", Some("calle 21")));
    assert_eq!(lines[..3], [CHANGED, "reopened place", "report.place filled"]);
    assert!(lines[3].starts_with("do near") && lines[3].contains("calle 21"), "{lines:?}");
    let lines = talk.resume(Ok(json!(null)));
    assert_eq!(lines, ["yes_no: ¿Es el mismo? [Sí] [No]"], "the choice was about the other place");
    let lines = talk.say("sí");
    let summary = lines.last().unwrap();
    assert!(
        summary.contains("bache, small, calle 21, True, ") && summary.contains("calle 21. ¿Lo mando?"),
        "{lines:?}"
    );
    let running = talk.session.running().unwrap();
    assert!(running.get("nameless").is_some(), "what was set for good stays");
}

#[test]
fn a_correction_without_an_answer_asks() {
    let mut talk = told();
    assert_eq!(talk.command(correct("place", None)), [CHANGED, "reopened place", "place: ¿Dónde está?"]);
    assert!(talk.say("calle 21")[0].contains("place filled"));
}

#[test]
fn what_another_flow_asked_for_can_be_corrected() {
    let mut talk = told();
    let lines = talk.command(correct("size", Some("enorme")));
    assert!(lines.contains(&"detail.size filled".to_owned()), "{lines:?}");
    assert!(lines.last().unwrap().starts_with("do near"), "the place is known: {lines:?}");
}

#[test]
fn what_can_be_corrected_is_known_newest_first() {
    let talk = told();
    let answered = talk.library.answered(&talk.session);
    let slots: Vec<&str> = answered.iter().map(|one| one.slot.as_str()).collect();
    assert_eq!(slots, ["day", "same", "place", "size", "kind"]);
    assert_eq!(answered[2].also, ["ubicación", "location"]);
    assert!(talk.corrects("size", "grande") && !talk.corrects("size", "calle 21"));
    assert!(!talk.corrects("nothing", "grande"));
}

#[test]
fn nothing_is_corrected_while_an_action_is_awaited() {
    let mut talk = talk();
    talk.start("report");
    talk.say("bache");
    talk.say("chico");
    talk.say("calle 12");
    assert!(talk.library.answered(&talk.session).is_empty());
    assert!(talk.command(correct("place", Some("calle 21"))).is_empty());
    assert_eq!(talk.resume(Ok(json!(null))), ["yes_no: ¿Es el mismo? [Sí] [No]"]);
}

#[test]
fn back_goes_step_by_step_to_the_start() {
    let mut talk = told();
    let back = |talk: &mut Talk| talk.command(Command::Back).last().cloned().unwrap_or_default();
    assert_eq!(back(&mut talk), "date: ¿Qué día?");
    assert_eq!(back(&mut talk), "yes_no: ¿Es el mismo? [Sí] [No]");
    assert_eq!(back(&mut talk), "place: ¿Dónde está?");
    assert_eq!(back(&mut talk), "choice: ¿De qué tamaño? [Chico] [Grande]");
    assert_eq!(back(&mut talk), "choice: ¿Qué es? [Bache] [Luz]");
    let lines = talk.command(Command::Back);
    assert_eq!(lines, ["Es la primera pregunta: no hay otra antes.", "choice: ¿Qué es? [Bache] [Luz]"]);
}

#[test]
fn what_was_told_ahead_is_not_asked() {
    let one = |kind: &str, words: &str| Told { kind: kind.to_owned(), words: words.to_owned() };
    let told = vec![one("place", "calle 12"), one("size", "enorme")];
    let start = Command::Start { flow: "report".into(), intent: None, slots: Vec::new(), told };
    let mut talk = talk();
    assert_eq!(talk.command(start), ["+report", "choice: ¿Qué es? [Bache] [Luz]"]);
    let lines = talk.say("bache");
    assert!(lines.last().unwrap().starts_with("do near"), "neither size nor place is asked: {lines:?}");
    assert_eq!(talk.session.running().unwrap().get("size").unwrap().to_json(), json!("large"));
}

#[test]
fn what_was_told_is_not_lost_behind_do_you_mean() {
    let told = vec![Told { kind: "place".into(), words: "calle 12".into() }];
    let suggestion = |flow: &str, label: &str| Suggestion {
        flow: flow.into(),
        intent: None,
        label: label.into(),
        description: None,
        slots: vec![("kind".into(), ventanilla_values::Value::Choice("bache".into()))],
        told: told.clone(),
    };
    let mut talk = talk();
    talk.command(Command::Clarify {
        suggestions: vec![suggestion("report", "Bache"), suggestion("hours", "Horas")],
    });
    assert_eq!(talk.say("bache")[..2], ["+report", "+detail"]);
    assert!(talk.say("chico").last().unwrap().contains("calle 12"));
}

#[test]
fn what_is_told_in_the_middle_is_noted_and_what_nobody_wants_is_not() {
    let tell = |kind: &str, words: &str| Command::Tell {
        told: vec![Told { kind: kind.to_owned(), words: words.to_owned() }],
        alone: true,
    };
    let mut talk = talk();
    talk.start("report");
    assert_eq!(talk.command(tell("place", "calle 12")), ["¡Anotado! 👍", "choice: ¿Qué es? [Bache] [Luz]"]);
    assert_eq!(talk.command(tell("email", "a@b.mx")), ["choice: ¿Qué es? [Bache] [Luz]"]);
    talk.say("luz");
    assert!(talk.say("chico").last().unwrap().contains("calle 12"));
    assert!(!talk.library.awaits(&talk.session, "place"));
}

#[test]
fn what_was_told_and_is_no_answer_is_asked() {
    let told = vec![Told { kind: "date".into(), words: "quién sabe".into() }];
    let mut talk = talk();
    talk.command(Command::Start { flow: "report".into(), intent: None, slots: Vec::new(), told });
    talk.say("bache");
    talk.say("chico");
    talk.say("calle 12");
    talk.resume(Ok(json!(null)));
    assert_eq!(talk.say("no").last().unwrap(), "date: ¿Qué día?");
}

#[test]
fn cancel_asks_where_answers_would_be_lost() {
    let mut talk = talk();
    talk.start("report");
    let left = "Listo, lo dejamos. Aquí estoy cuando me necesites.";
    assert_eq!(talk.command(Command::Cancel), ["-report Cancelled", left], "nothing would be lost");
    talk.start("report");
    talk.say("bache");
    let ask = "yes_no: ¿Dejamos tu reporte de bache? Se borra lo que me contaste. [Sí, dejarlo] [No, seguir]";
    assert_eq!(talk.command(Command::Cancel), [ask]);
    assert_eq!(talk.say("no, seguir"), ["choice: ¿De qué tamaño? [Chico] [Grande]"]);
    talk.command(Command::Cancel);
    assert_eq!(talk.say("grande")[0], "detail.size filled", "an answer to the question goes on");
    talk.command(Command::Cancel);
    assert_eq!(talk.command(Command::Cancel), ["-report Cancelled", left], "said twice is a yes");
    talk.start("report");
    talk.say("bache");
    talk.command(Command::Cancel);
    let yes = talk.payloads().remove(0);
    assert_eq!(talk.press(&yes), ["-detail Cancelled", "-report Cancelled", left]);
}

#[test]
fn what_another_flow_asked_for_would_be_lost_too() {
    let mut talk = talk();
    let slots = vec![("kind".to_owned(), ventanilla_values::Value::Choice("bache".into()))];
    talk.command(Command::start("outer", None, slots));
    talk.say("chico");
    assert!(talk.command(Command::Cancel)[0].starts_with("yes_no: ¿Dejamos «Afuera»?"));
}

#[test]
fn three_interrupted_flows_are_taken_up_one_after_the_other() {
    let mut talk = talk();
    talk.start("report");
    talk.say("bache");
    talk.start("hours");
    talk.start("report");
    talk.say("luz");
    assert_eq!(talk.start("hello")[1..3], ["Hola.", "-hello Completed"]);
    talk.command(Command::Cancel);
    let lines = talk.say("sí");
    assert_eq!(lines.last().unwrap(), "yes_no: ¿Seguimos con «Horarios»? [Sí, seguimos] [No, dejarlo]");
    talk.say("claro que sí");
    let lines = talk.say("tesorería");
    let resume = "yes_no: ¿Seguimos con tu reporte de bache? [Sí, seguimos] [No, dejarlo]";
    assert_eq!(lines.last().unwrap(), resume);
    assert_eq!(talk.say("¿qué?").last().unwrap(), &resume.replacen("¿", "No te entendí bien. ¿", 1));
    assert_eq!(talk.say("grande")[0], "detail.size filled", "who answers has said that they go on");
}

#[test]
fn a_word_in_between_leads_straight_back() {
    let mut talk = talk();
    talk.start("report");
    talk.say("bache");
    let lines = talk.start("hello");
    let back =
        ["resumed detail", "Seguimos con tu reporte de bache.", "choice: ¿De qué tamaño? [Chico] [Grande]"];
    assert_eq!(lines[3..], back, "{lines:?}");
}

#[test]
fn who_does_not_go_on_leaves_it() {
    let mut talk = talk();
    talk.start("report");
    talk.say("bache");
    talk.start("hours");
    talk.say("tesorería");
    assert_eq!(talk.say("ya no")[..2], ["-detail Cancelled", "-report Cancelled"]);
    assert_eq!(talk.session.running(), None);
}

#[test]
fn an_interrupted_flow_can_be_asked_for() {
    let mut talk = talk();
    talk.start("report");
    talk.say("bache");
    talk.start("hours");
    let lines = talk.command(Command::Resume { flow: "report".into() });
    assert_eq!(lines, ["resumed report", "choice: ¿De qué tamaño? [Chico] [Grande]"]);
    let flows: Vec<&str> = talk.session.stack.iter().map(|frame| frame.flow.as_str()).collect();
    assert_eq!(flows, ["hours", "report", "detail"]);
}

#[test]
fn an_old_button_of_the_running_flow_is_another_answer() {
    let mut talk = talk();
    talk.start("report");
    let kinds = talk.payloads();
    talk.say("bache");
    let sizes = talk.payloads();
    talk.say("chico");
    let lines = talk.press(&kinds[1]);
    assert_eq!(lines[..3], [CHANGED, "reopened kind", "report.kind filled"], "{lines:?}");
    assert_eq!(lines.last().unwrap(), "choice: ¿De qué tamaño? [Chico] [Grande]");
    talk.say("chico");
    assert_eq!(talk.press(&sizes[1])[0], "stale", "the flow that asked it has given its answer");
}

#[test]
fn the_buttons_of_a_menu_do_not_grow_old() {
    let mut talk = talk();
    talk.start("menu");
    let old = talk.payloads();
    talk.say("horarios");
    talk.say("tesorería");
    assert_eq!(talk.session.running(), None);
    let lines = talk.press(&old[0]);
    assert_eq!(lines.last().unwrap(), "choice: ¿Qué es? [Bache] [Luz]", "{lines:?}");
}

#[test]
fn the_button_of_an_interrupted_question_answers_it() {
    let mut talk = talk();
    talk.start("report");
    talk.say("bache");
    let sizes = talk.payloads();
    talk.start("hours");
    let lines = talk.press(&sizes[1]);
    assert_eq!(lines[..2], ["resumed detail", "detail.size filled"], "{lines:?}");
    assert_eq!(talk.session.running().unwrap().flow, "report");
}

#[test]
fn what_rests_stays_open_and_is_not_asked_again_now() {
    let mut talk = talk_to_size();
    let lines = talk.start("goodbye");
    assert!(lines.iter().any(|line| line.contains("Hasta luego.")), "{lines:?}");
    let asks = |lines: &[String]| lines.iter().any(|line| line.contains("¿De qué tamaño?"));
    assert!(!asks(&lines), "{lines:?}");
    assert!(!lines.iter().any(|line| line.contains("Seguimos")), "{lines:?}");
    assert!(talk.session.is_waiting(), "its question is open all the same");
    let lines = talk.say("chico");
    assert!(lines.last().is_some_and(|line| line.contains("¿Dónde está?")), "{lines:?}");
    assert!(asks(&talk_to_size().start("hello")), "other flows lead back to the question");
}

fn talk_to_size() -> Talk {
    let mut talk = talk();
    talk.start("report");
    talk.say("bache");
    talk
}

fn later(flow: &str) -> Command {
    Command::Later { flow: flow.to_owned(), intent: None, slots: Vec::new(), told: Vec::new() }
}

const NEXT: &str = "Ahora sí, lo otro que me dijiste.";

#[test]
fn what_is_wanted_as_well_begins_when_nothing_is_open_any_more() {
    let mut talk = Talk::new(all());
    let lines = talk.commands(&[later("menu"), later("hello"), Command::start("hours", None, Vec::new())]);
    assert_eq!(lines, ["Son varias cosas: vamos una por una.", "+hours", "text: ¿De qué oficina?"]);
    // What interrupts it goes first.
    assert_eq!(
        talk.start("hello"),
        [
            "+hello",
            "Hola.",
            "-hello Completed",
            "resumed hours",
            "Seguimos con «Horarios».",
            "text: ¿De qué oficina?"
        ]
    );
    talk.commands(&[later("hello")]);
    assert_eq!(
        talk.say("la caja"),
        [
            "hours.office filled",
            "De 8 a 3.",
            "-hours Completed",
            NEXT,
            "+menu",
            "choice: ¿Qué necesitas? [Reportar] [Horarios]"
        ]
    );
    // Cancelled, it makes room as well.
    assert_eq!(
        talk.command(Command::Cancel),
        ["-menu Cancelled", "Listo, lo dejamos.", NEXT, "+hello", "Hola.", "-hello Completed"]
    );
    assert!(talk.session.next.is_empty());
}

#[test]
fn what_waits_is_forgotten_when_everything_is_left_or_when_it_is_begun_meanwhile() {
    let mut talk = Talk::new(all());
    talk.commands(&[later("hello"), Command::start("hours", None, Vec::new())]);
    talk.command(Command::Reset);
    assert_eq!(talk.start("hello"), ["+hello", "Hola.", "-hello Completed"]);

    talk.commands(&[later("hello"), Command::start("hours", None, Vec::new())]);
    talk.start("hello");
    assert_eq!(talk.say("la caja"), ["hours.office filled", "De 8 a 3.", "-hours Completed"]);
}

#[test]
fn a_flow_that_is_gone_is_no_reason_to_leave_the_others() {
    let mut talk = Talk::new(all());
    talk.commands(&[later("nobody"), later("hello"), Command::start("hours", None, Vec::new())]);
    let lines = talk.say("la caja");
    assert!(lines.iter().any(|line| line.starts_with("cut nobody")), "{lines:?}");
    assert!(talk.session.next.is_empty() || talk.session.is_waiting() || !talk.session.stack.is_empty());
}
