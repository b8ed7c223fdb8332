//! Transcript tests: that they pass, and what they say when they do not.

use ventanilla_flows::{
    AnyPlace, Channels, Library, SourceFile, Stage, TranscriptReport, Transcripts, World,
};

use crate::support::{AGENT, NOW, content, library};

const FLOW: (&str, &str) = (
    "x",
    "spec: 1\nflow: x\ntitle: x\nsteps:\n  - collect: kind\n    type: choice\n    ask: ¿Qué es?\n    options: '{{ catalogue.kinds }}'\n  - collect: place\n    type: place\n    ask: ¿Dónde está?\n  - collect: photo\n    type: photo\n    ask: ¿Tienes foto?\n    optional: Sin foto\n  - do: file_report\n    with: {kind: '{{ kind }}', place: '{{ place }}'}\n    into: report\n    failed: [{say: No pude}]\n  - say: Tu folio es *{{ report.folio }}*.\n",
);

fn run(talk: &str) -> TranscriptReport {
    let text = format!("- name: un bache\n  lang: es\n  start: {{flow: x}}\n  talk:\n{talk}");
    let files = [SourceFile { path: "flows/x.test.yaml".into(), text }];
    let (transcripts, problems) = Transcripts::load(&files);
    assert!(problems.is_empty(), "{problems:?}");
    played(&transcripts, &library(&[FLOW, AGENT]), &[])
}

fn played(transcripts: &Transcripts, library: &Library, channels: &Channels) -> TranscriptReport {
    let content = content();
    let world = World { now: NOW, content: &content, gazetteer: &AnyPlace };
    transcripts.run(library, &Stage { world: &world, channels, clock: None })
}

const WHOLE: &str = "    - bot: '¿Qué es? [Bache] [Lámpara]'\n    - me: {choice: pothole}\n    - bot: ¿Dónde está?\n    - me: {location: [18.5, -91.25]}\n    - bot: '*foto*'\n    - me: {photo: true}\n    - do: file_report\n      with: {kind: pothole, place: {lat: 18.5}}\n      gives: {folio: PC-1}\n    - bot: Tu folio es *PC-1*.\n    - ended: true\n";

#[test]
fn a_talk_that_goes_as_written_passes_and_what_it_left_out_is_named() {
    let report = run(WHOLE);
    assert_eq!((report.passed, &report.failures), (1, &Vec::new()));
    assert_eq!(report.untested, ["agent"]);
    assert_eq!(report.unvisited["x"], ["say"], "the step below 'failed'");
    assert_eq!(report.unvisited["agent"].len(), 2);
}

#[test]
fn a_talk_that_goes_another_way_says_where_and_how() {
    for (from, to, failure) in [
        (
            "¿Dónde está?",
            "¿En qué calle?",
            "7: un bache\n    expected: ¿En qué calle?\n    got:      ¿Dónde está?",
        ),
        (
            "{choice: pothole}",
            "{choice: Bachote}",
            "expected: an option 'Bachote'\n    got:      these options: Bache, Lámpara",
        ),
        ("kind: pothole", "kind: light", "expected: file_report {\"kind\":\"light\""),
        (
            "    - ended: true\n",
            "    - me: hola\n    - bot: Adiós\n",
            "got:      nothing: the talk has ended",
        ),
        (
            "    - bot: Tu folio es *PC-1*.\n",
            "",
            "expected: no more bubbles here\n    got:      Tu folio es *PC-1*.",
        ),
    ] {
        let report = run(&WHOLE.replace(from, to));
        let text = report.failures.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
        assert!(text.contains(failure), "{text}");
    }
}

#[test]
fn a_failing_action_is_played_too() {
    let talk =
        WHOLE.replace("gives: {folio: PC-1}", "fails: no hay luz").replace("Tu folio es *PC-1*.", "No pude");
    let talk = talk.replace("    - ended: true\n", "    - bot: '*folio*'\n");
    let report = run(&talk);
    assert!(report.failures[0].got.contains("a flow was cut at x.say"), "{:?}", report.failures);
}

#[test]
fn a_mistake_in_a_transcript_file_is_reported_with_its_line() {
    let files = [SourceFile {
        path: "flows/x.test.yaml".into(),
        text: "- name: a\n  start: {flow: x}\n  talk:\n    - bto: Hola\n".into(),
    }];
    let (transcripts, problems) = Transcripts::load(&files);
    assert!(transcripts.is_empty());
    insta::assert_snapshot!(problems[0], @r#"
    flows/x.test.yaml:4: error: 'bto' is not known here
        did you mean 'bot'?
    "#);
}

const SPOKEN: (&str, &str) = (
    "y",
    "spec: 1\nflow: y\ntitle: y\nsteps:\n  - when: not person.sms_asked\n    then:\n      - say: '{{ \"Dime\" if channel.spoken else \"Escribe\" }} tu folio.'\n",
);

/// Plays a talk with the flow `y`, whose head has these lines.
fn on_stage(head: &str, said: &str) -> TranscriptReport {
    let text = format!("- name: a folio\n{head}  start: {{flow: y}}\n  talk:\n    - bot: {said}\n");
    let files = [SourceFile { path: "flows/y.test.yaml".into(), text }];
    let (transcripts, problems) = Transcripts::load(&files);
    assert!(problems.is_empty(), "{problems:?}");
    let channels = [
        ("whatsapp", minijinja::context! { name => "whatsapp", spoken => false }),
        ("voice", minijinja::context! { name => "voice", spoken => true }),
    ];
    played(&transcripts, &library(&[SPOKEN, AGENT]), &channels)
}

#[test]
fn a_talk_is_held_on_its_channel_and_on_the_first_one_where_it_names_none() {
    assert_eq!(on_stage("", "Escribe tu folio.").failures, []);
    assert_eq!(on_stage("  channel: voice\n", "Dime tu folio.").failures, []);
    let report = on_stage("  channel: vocie\n", "Dime tu folio.");
    assert_eq!(report.failures[0].line, 2);
    assert_eq!(report.failures[0].got, "no channel is called 'vocie': did you mean 'voice'?");
}

#[test]
fn a_talk_says_what_is_known_of_the_person() {
    let report = on_stage("  person: {sms_asked: true}\n", "Escribe tu folio.");
    assert_eq!(report.failures[0].got, "nothing: the talk has ended");
}

#[test]
fn a_link_and_a_picture_are_written_behind_their_text_or_left_out() {
    let flow = (
        "z",
        "spec: 1\nflow: z\ntitle: z\nsteps:\n  - say: Mira.\n    link: {label: Abrir, url: 'https://a.example/b'}\n  - say: Así.\n    image: {url: 'https://a.example/c.jpg', described: Un mapa}\n",
    );
    let play = |talk: &str| {
        let text = format!("- name: a link\n  start: {{flow: z}}\n  talk:\n{talk}");
        let (transcripts, _) = Transcripts::load(&[SourceFile { path: "flows/z.test.yaml".into(), text }]);
        played(&transcripts, &library(&[flow, AGENT]), &[]).failures
    };
    let whole = "    - bot: 'Mira. [Abrir](https://a.example/b)'\n    - bot: 'Así. (imagen: Un mapa)'\n";
    assert_eq!(play(whole), []);
    assert_eq!(play("    - bot: Mira.\n    - bot: Así.\n"), []);
    let failures = play("    - bot: 'Mira. [Abrir](https://other.example)'\n");
    assert!(failures[0].got.starts_with("Mira.\n[Abrir](https://a.example/b)\n"), "{}", failures[0].got);
}

/// Plays a talk with FLOW; `head` are lines before `talk:`.
fn with_head(head: &str, talk: &str) -> TranscriptReport {
    let text = format!("- name: un bache\n  start: {{flow: x}}\n{head}  talk:\n{talk}");
    let (transcripts, problems) = Transcripts::load(&[SourceFile { path: "flows/x.test.yaml".into(), text }]);
    assert!(problems.is_empty(), "{problems:?}");
    played(&transcripts, &library(&[FLOW, AGENT]), &[])
}

fn failure(talk: &str) -> String {
    with_head("", talk).failures.first().map_or_else(String::new, ToString::to_string)
}

const TO_THE_PHOTO: &str = "    - bot: ¿Qué es?\n    - me: {choice: Bache}\n    - bot: ¿Dónde está?\n    - me: Juárez y 12\n    - bot: ¿Tienes foto?\n";

#[test]
fn slots_are_compared_with_what_the_flow_holds() {
    let ask = |slots: &str| failure(&format!("{TO_THE_PHOTO}    - slots: {slots}\n"));
    assert_eq!(ask("{kind: pothole, place: {text: Juárez*}, photo: null}"), "");
    assert!(ask("{kind: light}").contains("got:      the slots {\"kind\":\"pothole\"}"));
    assert!(ask("{kind: null}").contains("the slots {\"kind\":null}"));
    assert!(ask("{photo: photo-1}").contains("{\"photo\":null}"));
}

#[test]
fn events_are_expected_in_their_order_since_the_last_line() {
    let ask = |events: &str| failure(&format!("{TO_THE_PHOTO}    - events: {events}\n"));
    assert_eq!(ask("[{slot_filled: place}, ask]"), "");
    assert_eq!(ask("[{slot_filled: place, flow: x}]"), "");
    assert!(ask("[ask, {slot_filled: place}]").contains("expected: the events"), "the other order");
    assert!(ask("[{slot_filled: kind}]").contains("got:      the events"), "that was a line before");
    let text = "- name: a\n  start: {flow: x}\n  talk:\n    - events: [slot_fileld]\n";
    let (_, problems) =
        Transcripts::load(&[SourceFile { path: "flows/x.test.yaml".into(), text: text.into() }]);
    insta::assert_snapshot!(problems[0], @r#"
    flows/x.test.yaml:4: error: no event is called 'slot_fileld'
        did you mean 'slot_filled'?
    "#);
}

#[test]
fn commands_of_the_engine_can_be_given() {
    let talk = "    - bot: ¿Qué es?\n    - command: repeat\n    - bot: ¿Qué es?\n    - command: {language: {lang: en}}\n    - events: [{language_changed: en}]\n    - bot: '¿Qué es? [Pothole] [Street light]'\n    - command: {fill: {slot: photo, value: {type: photo, value: photo-1}}}\n    - slots: {photo: photo-1}\n    - bot: Got it! 👍\n    - bot: ¿Qué es?\n    - cancel: true\n    - bot: 'Shall we leave «x»?* [Yes, leave it] [No, go on]'\n    - me: yes\n    - events: [{flow_ended: x, outcome: cancelled}]\n    - bot: All right*\n    - ended: true\n";
    assert_eq!(failure(talk), "");
    let text = "- name: a\n  start: {flow: x}\n  talk:\n    - command: repaet\n";
    let (_, problems) =
        Transcripts::load(&[SourceFile { path: "flows/x.test.yaml".into(), text: text.into() }]);
    assert!(problems[0].to_string().contains("4: error: unknown variant `repaet`"), "{}", problems[0]);
}

#[test]
fn a_photo_may_have_words_and_a_card_is_a_phone() {
    let flow = (
        "w",
        "spec: 1\nflow: w\ntitle: w\nsteps:\n  - collect: said\n    type: text\n    ask: ¿Qué?\n  - collect: phone\n    type: phone\n    ask: ¿Tu número?\n  - say: '{{ said }}, {{ phone }}'\n",
    );
    let text = "- name: a\n  start: {flow: w}\n  talk:\n    - bot: ¿Qué?\n    - me: {photo: true, caption: un hoyo}\n    - bot: ¿Tu número?\n    - me: {contact: '982 555 0142'}\n    - bot: un hoyo, +529825550142\n";
    let (transcripts, problems) =
        Transcripts::load(&[SourceFile { path: "flows/w.test.yaml".into(), text: text.into() }]);
    assert_eq!(problems, []);
    assert_eq!(played(&transcripts, &library(&[flow, AGENT]), &[]).failures, []);
}

#[test]
fn a_talk_may_have_its_own_time_and_facts() {
    let flow = (
        "v",
        "spec: 1\nflow: v\ntitle: v\nsteps:\n  - say: '{{ town.name }} {{ town.folio_prefix }} {{ now }} {{ office.open }}'\n",
    );
    let play = |given: &str, said: &str| {
        let text = format!("- name: a\n{given}  start: {{flow: v}}\n  talk:\n    - bot: {said}\n");
        let (transcripts, _) = Transcripts::load(&[SourceFile { path: "flows/v.test.yaml".into(), text }]);
        let content = content();
        let world = World { now: NOW, content: &content, gazetteer: &AnyPlace };
        let at = |clock: &str| match clock {
            "2026-12-25T12:00:00-06:00" => {
                Ok(minijinja::context! { office => minijinja::context! { open => false }, ..content.clone() })
            }
            _ => Err(format!("'{clock}' is no time")),
        };
        let stage = Stage { world: &world, channels: &[], clock: Some(&at) };
        transcripts.run(&library(&[flow, AGENT]), &stage).failures
    };
    let christmas = "  given: {clock: '2026-12-25T12:00:00-06:00'}\n";
    assert_eq!(play(christmas, "Puerto Claro PC 2026-12-25T12:00:00-06:00 False"), []);
    let facts = "  given: {town: {name: Monte Alto}, office: {open: true}}\n";
    assert_eq!(play(facts, "Monte Alto PC 2026-03-02T09:00:00-06:00 True"), [], "what is not named stays");
    let wrong = play("  given:\n    clock: mañana\n", "x");
    assert_eq!((wrong[0].line, wrong[0].got.as_str()), (3, "'mañana' is no time"));
}

#[test]
fn a_near_miss_is_explained() {
    let said = failure("    - bot: ¿Qué será?\n");
    assert!(said.contains("\n    near:     the same up to '¿Qué ', then 'es?' and not 'será?'"), "{said}");
    let talk = "    - bot: '*¿Qué es?'\n    - me: {choice: Bache}\n    - start: {flow: agent}\n";
    assert!(failure(talk).contains("expected: no more bubbles here"));
}

#[test]
fn coverage_is_counted_per_flow_and_per_command_and_event() {
    let report = run(WHOLE);
    let coverage = &report.coverage;
    assert_eq!((coverage.flows["x"].visited(), coverage.flows["x"].steps), (5, 6));
    assert_eq!(coverage.flows["agent"].percent(), 0.0);
    assert_eq!(coverage.steps(), (5, 8));
    assert_eq!((coverage.commands["answer location"], coverage.commands["repeat"]), (1, 0));
    assert_eq!((coverage.events["slot_filled"], coverage.events["stale"]), (1, 0));
}

#[test]
fn transcripts_can_be_picked_by_file_name_or_flow() {
    let text =
        "- name: Uno\n  start: {flow: x}\n  talk: []\n- name: Dos\n  start: {flow: agent}\n  talk: []\n";
    let load = || Transcripts::load(&[SourceFile { path: "flows/x.test.yaml".into(), text: text.into() }]).0;
    for (wanted, found) in [("uno", 1), ("AGENT", 1), ("x.test", 2), ("tres", 0)] {
        assert_eq!(load().filtered(wanted).len(), found, "{wanted}");
    }
}
