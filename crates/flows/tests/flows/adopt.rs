//! A flow changes while people are in it: who goes on with the newer revision, and who with the one they began with.

use ventanilla_flows::{Command, Known, Level, Library, Session};
use ventanilla_values::Lang;

use crate::support::{AGENT, Talk, library, loaded};

const MOVES: &str = "running: {move: true}";

fn report(head: &str, steps: &str) -> String {
    format!("spec: 1\nflow: report\ntitle: Reporte\n{head}\nsteps:\n{steps}")
}

fn of(head: &str, steps: &str) -> Library {
    library(&[("report", &report(head, steps)), AGENT])
}

fn ask(step: &str, slot_type: &str, text: &str) -> String {
    format!("  - id: {step}\n    collect: {step}\n    type: {slot_type}\n    ask: {text}\n")
}

fn choose(step: &str, text: &str) -> String {
    let options = "    options: [{id: big, label: Grande}, {id: small, label: Chico}]\n";
    format!("{}{options}", ask(step, "choice", text))
}

/// A talk that answered `said` in `older` and then meets `newer`: where it goes on, where it moves.
fn meets(older: Library, said: &[&str], newer: Library) -> Option<Talk> {
    let mut talk = Talk::new(older);
    talk.start("report");
    for words in said {
        talk.say(words);
    }
    let session = newer.adopt(&talk.session, &talk.library)?;
    Some(Talk { session, ..Talk::new(newer) })
}

#[test]
fn without_a_word_in_its_head_a_flow_keeps_its_talks() {
    let (older, newer) = (ask("name", "text", "¿Quién?"), ask("name", "text", "¿Cómo te llamas?"));
    assert!(meets(of("", &older), &[], of("", &newer)).is_none());
    assert!(meets(of("", &older), &[], of("running: {move: false}", &newer)).is_none());
}

#[test]
fn a_talk_moves_with_what_it_knows_and_is_asked_the_newer_text() {
    let older = ask("name", "text", "¿Quién?") + &ask("age", "number", "¿Años?");
    let newer = ask("name", "text", "¿Quién?")
        + &ask("age", "number", "¿Cuántos años tienes?")
        + "  - say: 'Hola {{ name }}, de {{ age }}.'\n";
    let mut talk = meets(of("", &older), &["Rosa"], of(MOVES, &newer)).unwrap();
    assert_eq!(talk.command(Command::Repeat), ["number: ¿Cuántos años tienes?"]);
    assert_eq!(talk.say("40"), ["report.age filled", "Hola Rosa, de 40.", "-report Completed"]);
}

#[test]
fn an_older_button_of_a_step_with_another_name_still_counts() {
    let mut before = Talk::new(of("", &choose("tamano", "¿De qué tamaño?")));
    before.start("report");
    let payload = format!("{}:big", before.session.asked.as_ref().unwrap().id);
    let newer = choose("size", "¿Qué tan grande?") + "  - say: 'Es {{ size }}.'\n";
    let newer = of("running: {move: true, steps: {tamano: size}}", &newer);
    let session = newer.adopt(&before.session, &before.library).unwrap();
    let mut talk = Talk { session: session.clone(), ..Talk::new(newer) };
    assert_eq!(talk.press(&payload), ["report.size filled", "Es big.", "-report Completed"]);
    // Asked again it has another number, and the button of the older revision is the same option.
    talk.session = session;
    talk.command(Command::Repeat);
    assert_eq!(talk.press(&payload), ["report.size filled", "Es big.", "-report Completed"]);
}

#[test]
fn a_talk_stays_where_its_question_is_not_there_or_wants_another_answer() {
    let older = ask("name", "text", "¿Quién?");
    assert!(meets(of("", &older), &[], of(MOVES, &ask("who", "text", "¿Quién?"))).is_none(), "not there");
    assert!(meets(of("", &older), &[], of(MOVES, &ask("name", "number", "¿Cuál?"))).is_none(), "a number");
    let (older, newer) = (
        ask("place", "text", "¿Dónde?") + &ask("name", "text", "¿Quién?"),
        ask("place", "place", "¿Dónde?") + &ask("name", "text", "¿Quién?"),
    );
    assert!(meets(of("", &older), &["calle 20"], of(MOVES, &newer)).is_none(), "words that are no place");
}

#[test]
fn who_called_the_flow_that_asks_moves_behind_its_call() {
    let caller = |head: &str, text: &str| {
        report(
            head,
            &format!("  - say: Va\n  - call: inner\n    into: got\n  - say: '{text} {{{{ got }}}}'\n"),
        )
    };
    let inner = "spec: 1\nflow: inner\ntitle: Dentro\nsteps:\n  - collect: name\n    type: text\n    ask: ¿Quién?\n  - end: '{{ name }}'\n";
    let (older, newer) = (caller("", "Hola"), caller("running: {move: true}", "Buen día,"));
    let newer = library(&[("report", &newer), ("inner", inner), AGENT]);
    let mut talk = meets(library(&[("report", &older), ("inner", inner), AGENT]), &[], newer).unwrap();
    assert_eq!(talk.say("Rosa").last().map(String::as_str), Some("-report Completed"));
    talk.start("report");
    let said = talk.say("Rosa");
    assert!(said.contains(&"Buen día, Rosa".to_owned()), "{said:?}");
}

#[test]
fn a_session_moves_whole_or_not_at_all() {
    let other = |text: &str| {
        format!(
            "spec: 1\nflow: other\ntitle: Otro\nsteps:\n  - collect: what\n    type: text\n    ask: {text}\n"
        )
    };
    let both = |head: &str, text: &str, below: &str| {
        library(&[("report", &report(head, &ask("name", "text", below))), ("other", &other(text)), AGENT])
    };
    let mut talk = Talk::new(both("", "¿Qué?", "¿Quién?"));
    talk.start("report");
    talk.start("other");
    let stays = both(MOVES, "¿Qué cosa?", "¿Cómo te llamas?");
    assert!(stays.adopt(&talk.session, &talk.library).is_none(), "the flow above may not move");
    let moves = both(MOVES, "¿Qué?", "¿Cómo te llamas?");
    let moved = moves.adopt(&talk.session, &talk.library).unwrap();
    let same = both("", "¿Qué?", "¿Quién?");
    assert!(same.adopt(&talk.session, &talk.library).is_none(), "nothing changed, nothing moves");
    let mut talk = Talk { session: moved, ..Talk::new(moves) };
    assert_eq!(talk.say("nada")[..3], ["other.what filled", "-other Completed", "resumed report"]);
    assert_eq!(talk.say("sí"), ["text: ¿Cómo te llamas?"]);
}

#[test]
fn what_waits_for_an_action_does_not_move() {
    let steps = "  - do: file_report\n  - say: Listo\n";
    let (older, newer) = (of("", steps), of(MOVES, &format!("{steps}  - say: Adiós\n")));
    let mut talk = Talk::new(older);
    talk.start("report");
    assert!(newer.adopt(&talk.session, &talk.library).is_none());
    assert!(newer.adopt(&Session::new(Lang::ES), &talk.library).is_none(), "nothing runs");
}

#[test]
fn the_lint_finds_names_that_lead_nowhere() {
    let found = |head: &str| -> Vec<String> {
        let text = report(head, &ask("place", "place", "¿Dónde?"));
        let loaded = loaded(&[("report", &text), AGENT], &Known::default());
        let errors = loaded.problems.into_iter().filter(|problem| problem.level == Level::Error);
        errors.map(|problem| problem.to_string()).collect()
    };
    let nowhere = found("running: {move: true, steps: {where: plaze}}");
    assert!(nowhere.len() == 1 && nowhere[0].contains("no step is called 'plaze'"), "{nowhere:?}");
    assert!(nowhere[0].contains("did you mean 'place'") && nowhere[0].contains(":4:"), "{nowhere:?}");
    let here = found("running: {move: true, steps: {place: place}}");
    assert!(here.iter().any(|line| line.contains("'place' is still here")), "{here:?}");
    let idle = found("running: {steps: {where: place}}");
    assert!(idle.iter().any(|line| line.contains("add 'move: true'")), "{idle:?}");
    assert!(found("running: {move: true, steps: {where: place}}").is_empty());
}
