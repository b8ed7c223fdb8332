//! Mutants: what a transcript notices turns red, what it looks away from survives.

use ventanilla_flows::{AnyPlace, MutantReport, SourceFile, Stage, Transcripts, World, mutants};

use crate::support::{AGENT, NOW, content, file, library};

const FLOW: (&str, &str) = (
    "m",
    "spec: 1\nflow: m\ntitle: m\nsteps:\n  - confirm: sure\n    ask: ¿Seguro?\n    yes:\n      - do: save\n        with: {kind: pothole}\n        into: saved\n      - say: Va {{ saved.id }}.\n    no:\n      - say: Bueno.\n",
);
const YES: &str = "- name: yes\n  start: {flow: m}\n  talk:\n    - bot: ¿Seguro?\n    - me: sí\n    - do: save\n      with: {kind: pothole}\n      gives: {id: 7}\n    - bot: Va 7.\n    - ended: true\n";
const NO: &str = "- name: no\n  start: {flow: m}\n  talk:\n    - bot: ¿Seguro?\n    - me: 'no'\n    - bot: Bueno.\n    - ended: true\n";

fn report(transcripts: &str) -> MutantReport {
    let test = SourceFile { path: "flows/m.test.yaml".into(), text: transcripts.into() };
    let (transcripts, problems) = Transcripts::load(&[test]);
    assert_eq!(problems, []);
    let content = content();
    let world = World { now: NOW, content: &content, gazetteer: &AnyPlace };
    let stage = Stage { world: &world, channels: &[], clock: None };
    mutants(&library(&[FLOW, AGENT]), &[file(FLOW)], &transcripts, &stage)
}

fn survivors(report: &MutantReport) -> Vec<String> {
    report.survivors.iter().map(ToString::to_string).collect()
}

#[test]
fn transcripts_that_assert_everything_leave_no_survivor() {
    let report = report(&format!("{YES}{NO}"));
    assert_eq!(survivors(&report), [""; 0]);
    assert!(report.red >= 10, "{} mutants", report.red);
    assert_eq!(report.percent(), 100.0);
}

#[test]
fn a_branch_that_nobody_takes_survives() {
    let report = report(YES);
    assert_eq!(
        survivors(&report),
        ["flows/m.yaml:13: without this say", "flows/m.yaml:13: with other words"],
        "the branch below 'no'"
    );
    assert!(report.percent() < 100.0);
}

#[test]
fn words_and_arguments_that_are_not_looked_at_survive() {
    let lazy = YES.replace("      with: {kind: pothole}\n", "").replace("Va 7.", "'*'");
    let report = report(&format!("{lazy}{NO}"));
    assert_eq!(
        survivors(&report),
        [
            "flows/m.yaml:9: without 'kind'",
            "flows/m.yaml:9: with another value for 'kind'",
            "flows/m.yaml:11: with other words",
        ]
    );
}

#[test]
fn a_transcript_that_fails_anyway_notices_nothing() {
    let report = report(&YES.replace("¿Seguro?", "¿De veras?"));
    assert_eq!(report.red, 0);
    assert_eq!(report.percent(), 0.0);
}
