//! Whatever comes, the engine does not panic and stays in its bounds.

use proptest::{collection::vec, option, prelude::*, sample::select};
use ventanilla_flows::{Answer, Command, Event, Known, Limits, SourceFile, Suggestion, load};
use ventanilla_values::{Lang, Value};

use crate::support::{AGENT, Talk, library};

const MANY: &str = "spec: 1\nflow: many\ntitle: Muchas\nsteps:\n  - collect: kind\n    type: choice\n    ask: ¿Qué?\n    optional: Nada\n    options: '{{ catalogue.kinds }}'\n  - collect: place\n    type: place\n    ask: ¿Dónde?\n  - call: sub\n    with: {n: '{{ kind }}'}\n    into: sub\n  - do: save\n    with: {all: ['{{ place }}', '{{ sub }}']}\n    into: saved\n    failed: [{set: {kind: null}}, {go: kind}]\n  - confirm: more\n    ask: ¿Otra?\n    yes: [{set: {kind: null, place: null}}, {go: kind}]\n";
const SUB: &str = "spec: 1\nflow: sub\ntitle: Sub\nsteps:\n  - collect: n\n    type: number\n    ask: ¿Cuántos?\n    min: 1\n  - collect: photo\n    type: photo\n    ask: ¿Foto?\n    optional: Sin foto\n  - end: {n: '{{ n }}', photo: '{{ photo }}'}\n";
const CIRCLE: &str =
    "spec: 1\nflow: circle\ntitle: x\nsteps:\n  - set: {a: '{{ (a or 0) + 1 }}'}\n  - go: set\n";

fn flow_name() -> impl Strategy<Value = String> {
    select(vec!["many", "sub", "circle", "agent", "nope"]).prop_map(str::to_owned)
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        select(vec!["1", "bache", "sí", "no", "ninguna", "Juárez y 12", "omitir", "tres", ""])
            .prop_map(str::to_owned),
        ".{0,40}",
    ]
}

fn answer() -> impl Strategy<Value = Answer> {
    let payload = prop_oneof![
        ("(many|sub|_clarify)", "(kind|more|which|photo)", 0..9_u8, "(pothole|yes|no|_skip|0|none)")
            .prop_map(|(flow, step, n, option)| format!("{flow}.{step}.{n}:{option}")),
        ".{0,20}",
    ];
    prop_oneof![
        words().prop_map(|text| Answer::Text { text }),
        payload.prop_map(|payload| Answer::Choice { payload, title: String::new() }),
        (any::<f64>(), any::<f64>()).prop_map(|(lat, lon)| Answer::Location {
            lat,
            lon,
            name: None,
            address: None
        }),
        option::of(words()).prop_map(|caption| Answer::Photo { id: "p".into(), caption }),
    ]
}

fn command() -> impl Strategy<Value = Command> {
    let slots = vec(("(kind|n|place)", words().prop_map(Value::Text)), 0..2);
    let suggestion = (flow_name(), words()).prop_map(|(flow, label)| Suggestion {
        flow,
        intent: None,
        label,
        description: None,
        slots: Vec::new(),
        told: Vec::new(),
    });
    prop_oneof![
        2 => (flow_name(), slots).prop_map(|(flow, slots)| Command::start(&flow, None, slots)),
        8 => answer().prop_map(|answer| Command::Answer { answer }),
        1 => vec(suggestion, 0..4).prop_map(|suggestions| Command::Clarify { suggestions }),
        1 => Just(Command::Repeat),
        1 => Just(Command::Cancel),
        1 => Just(Command::LeavePassing),
        1 => Just(Command::Reset),
        1 => select(vec![Lang::ES, Lang::EN]).prop_map(|lang| Command::Language { lang }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_commands_break_the_engine(turns in vec((vec(command(), 0..3), any::<bool>()), 1..12)) {
        let limits = Limits::default();
        let mut talk =
            Talk::new(library(&[("many", MANY), ("sub", SUB), ("circle", CIRCLE), AGENT]));
        for (commands, succeeds) in turns {
            talk.commands(&commands);
            let mut results = 0;
            while talk.turn.as_ref().is_some_and(|turn| turn.suspended.is_some()) {
                talk.resume(if succeeds { Ok(serde_json::json!({"id": 1})) } else { Err("no".into()) });
                results += 1;
                prop_assert!(results < 500, "a turn that never ends");
            }
            prop_assert!(talk.session.stack.len() <= limits.depth + 1);
            let asks = talk.turn.iter().flat_map(|turn| &turn.events).filter(|event| matches!(event, Event::Ask(_)));
            prop_assert!(asks.count() <= 1, "one question a message");
        }
    }

    #[test]
    fn no_text_breaks_the_loader(text in "[ -~\n]{0,200}") {
        load(&[SourceFile { path: "flows/x.yaml".into(), text }], &Known::default(), Limits::default());
    }

    #[test]
    fn no_damage_to_a_flow_breaks_the_loader(cut in 0..400_usize, insert in "(- |: |\\{\\{|\\}|\\[|null|\n  |go|&a|\\*a|\t|é)") {
        let mut text: String = MANY.chars().take(cut).collect();
        text.push_str(&insert);
        text.extend(MANY.chars().skip(cut + 1));
        let files = [SourceFile { path: "flows/many.yaml".into(), text }];
        let loaded = load(&files, &Known::default(), Limits::default());
        prop_assert!(loaded.problems.iter().all(|problem| !problem.hint.is_empty()));
    }
}
