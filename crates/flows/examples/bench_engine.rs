//! How long a turn takes: a flow of three questions with a condition and templates, the session read from JSON and
//! written to JSON every turn. Prints one line of JSON, in microseconds on one core.
//!
//! `cargo run --release -p ventanilla-flows --example bench_engine`
#![expect(clippy::print_stdout, reason = "its output is its purpose")]

use std::time::Instant;

use ventanilla_flows::{
    Answer, AnyPlace, Command, Known, Library, Limits, Session, SourceFile, Turn, World, load,
};
use ventanilla_values::Lang;

const FLOW: &str = r#"
spec: 1
flow: report
title: {es: Reportar un problema, en: Report a problem}
intents: [report]
steps:
  - collect: kind
    type: choice
    ask: {es: "Hola{% if person.name %}, {{ person.name }}{% endif %}. ¿Qué quieres reportar?", en: "What is it?"}
    options:
      - {id: pothole, label: {es: Un bache, en: A pothole}, also: {es: [hoyo, pozo]}}
      - {id: light, label: {es: Una lámpara, en: A street light}, also: {es: [luminaria, foco]}}
      - {id: water, label: {es: Una fuga de agua, en: A water leak}}
  - collect: place
    type: place
    ask: {es: "¿Dónde está? Mándame tu ubicación 📍 o escribe la calle y el cruce.", en: "Where is it?"}
  - when: kind == 'light' and not place.colonia
    then:
      - say: {es: "Si tienes el número del poste, escríbelo también.", en: "If you have the number of the pole, add it."}
  - collect: detail
    type: text
    ask: {es: "Va, {{ place.text }}. ¿Qué más deben saber en {{ town.name }}?", en: "What else should they know?"}
    optional: {es: Nada más, en: Nothing else}
  - say: {es: "Gracias. Anoté: {{ kind }}, {{ place.text }}{% if detail %}, {{ detail }}{% endif %}.", en: "Thank you."}
"#;

fn main() {
    let file = SourceFile { path: "flows/report.yaml".to_owned(), text: FLOW.to_owned() };
    let library = load(&[file], &Known::default(), Limits::default()).library;
    let content = minijinja::context! { town => minijinja::context! { name => "Puerto Claro" },
    person => minijinja::context! { name => "Rosa" } };
    let world = World { now: "2026-03-02T09:00:00-06:00", content: &content, gazetteer: &AnyPlace };
    let pressed =
        Answer::Choice { payload: "report.kind.1:light".to_owned(), title: "Una lámpara".to_owned() };
    let typed = Answer::Text { text: "una luminaria".to_owned() };
    let (median, p99) = measure(&library, &world, &pressed);
    let (typed_median, _) = measure(&library, &world, &typed);
    let (turns, bytes) = talk(&library, &world, &pressed);
    println!(
        "{{\"bench\":\"flow_turn\",\"median_us\":{median:.2},\"p99_us\":{p99:.2},\
         \"median_us_with_typed_choice\":{typed_median:.2},\"turns\":{},\"session_bytes\":{bytes}}}",
        TALKS * turns
    );
}

const TALKS: u32 = 20_000;

/// Median and 99th percentile of the microseconds per turn. The first question is answered by button, as WhatsApp
/// sends it, or by a word, which `ventanilla-values` compares with every label and synonym.
fn measure(library: &Library, world: &World, kind: &Answer) -> (f64, f64) {
    for _ in 0..TALKS / 10 {
        talk(library, world, kind);
    }
    let mut times: Vec<f64> = (0..TALKS).map(|_| timed(library, world, kind)).collect();
    times.sort_by(f64::total_cmp);
    let at = |part: usize| times.get(times.len() * part / 100).copied().unwrap_or_default();
    (at(50), at(99))
}

/// Microseconds per turn of one talk.
fn timed(library: &Library, world: &World, kind: &Answer) -> f64 {
    let before = Instant::now();
    let (turns, _) = talk(library, world, kind);
    before.elapsed().as_secs_f64() * 1e6 / f64::from(turns)
}

/// Four turns: the start and three answers. Gives their number and the size of the largest session.
fn talk(library: &Library, world: &World, kind: &Answer) -> (u32, usize) {
    let text = |text: &str| Command::Answer { answer: Answer::Text { text: text.to_owned() } };
    let commands = [
        Command::start("report", Some("report"), Vec::new()),
        Command::Answer { answer: kind.clone() },
        text("Juárez y 12, enfrente de la primaria"),
        text("lleva tres noches apagada"),
    ];
    let (mut json, mut largest, mut turns) = (to_json(&Session::new(Lang::ES)), 0, 0);
    for command in commands {
        let session: Session = serde_json::from_str(&json).expect("a session that was just written");
        let Turn { session, events, suspended } = library.turn(session, &[command], world);
        assert!(!events.is_empty() && suspended.is_none());
        json = to_json(&session);
        largest = largest.max(json.len());
        turns += 1;
    }
    (turns, largest)
}

fn to_json(session: &Session) -> String {
    serde_json::to_string(session).expect("a session is JSON")
}
