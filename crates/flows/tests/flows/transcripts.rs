//! Transcript tests: that they pass, and what they say when they do not.

use ventanilla_flows::{AnyPlace, SourceFile, TranscriptReport, Transcripts, World};

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
    let content = content();
    transcripts.run(&library(&[FLOW, AGENT]), &World { now: NOW, content: &content, gazetteer: &AnyPlace })
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
