//! Transcript tests: that they pass, and what they say when they do not.

use ventanilla_flows::{AnyPlace, Channels, Library, SourceFile, Stage, TranscriptReport, Transcripts, World};

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
