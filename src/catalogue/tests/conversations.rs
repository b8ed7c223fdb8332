//! The demo town's flows, played with the demo town's catalogue.

use chrono::{DateTime, Utc};
use ventanilla_flows::{Known, Level, Library, Limits, Stage, Transcripts, World, load, mutants};
use ventanilla_values::{Lang, SourceFile};

use super::demo;

fn flow_files() -> Vec<SourceFile> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/flows");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let read = |path: std::path::PathBuf| SourceFile {
        path: format!("flows/{}", path.file_name().unwrap().to_str().unwrap()),
        text: std::fs::read_to_string(path).unwrap(),
    };
    files.filter(|path| path.extension().is_some_and(|kind| kind == "yaml")).map(read).collect()
}

pub(super) fn library() -> Library {
    let known = Known {
        languages: vec![Lang::ES, Lang::EN],
        content: ["town", "catalogue", "office", "person", "channel"].map(str::to_owned).to_vec(),
        channels: crate::content::infos(),
        ..Known::default()
    };
    let loaded = load(&flow_files(), &known, Limits::default());
    let mut problems = loaded.problems;
    problems.retain(|finding| finding.level > Level::Advice);
    assert_eq!(problems, []);
    loaded.library
}

#[test]
fn every_talk_goes_as_written_in_and_out_of_office_hours_and_on_holidays() {
    let (library, (talks, problems)) = (library(), Transcripts::load(&flow_files()));
    assert_eq!(problems, []);
    for now in ["2026-11-24T10:00:00-06:00", "2026-11-21T12:00:00-06:00", "2026-12-25T12:00:00-06:00"] {
        let at =
            |clock: &str| demo().content(DateTime::parse_from_rfc3339(clock).unwrap().with_timezone(&Utc));
        let content = at(now);
        let world = World { now, content: &content, gazetteer: demo() };
        let channels = crate::content::channels();
        let report = talks.run(
            &library,
            &Stage { world: &world, channels: &channels, clock: Some(&|clock| Ok(at(clock))) },
        );
        assert_eq!(report.failures, [], "at {now}");
        assert_eq!(report.untested, [""; 0]);
        assert!(report.unvisited.is_empty(), "no talk comes by {:?}", report.unvisited);
    }
}

#[test]
fn every_category_has_a_conversation_and_private_ones_a_private_one() {
    let library = library();
    for category in demo().categories() {
        let flow = library.flow_for_intent(&category.intent).unwrap();
        assert_eq!(flow.private, category.private, "{} is attended by {}", category.id, flow.name);
    }
}

#[test]
fn no_phone_number_is_typed_into_a_text() {
    for file in flow_files().iter().filter(|file| !file.path.ends_with(".test.yaml")) {
        let texts = file.text.lines().filter(|line| !line.contains("max_length"));
        let mut runs = texts.flat_map(|line| line.split(|c: char| !c.is_ascii_digit()));
        assert_eq!(runs.find(|digits| digits.len() >= 3), None, "{} holds a number", file.path);
    }
}

#[test]
fn ninety_five_of_a_hundred_mutants_are_noticed_and_nearly_every_step_is_visited() {
    let (library, (talks, _)) = (library(), Transcripts::load(&flow_files()));
    let at = |clock: &str| demo().content(DateTime::parse_from_rfc3339(clock).unwrap().with_timezone(&Utc));
    let now = "2026-11-23T10:00:00-06:00";
    let content = at(now);
    let world = World { now, content: &content, gazetteer: demo() };
    let channels = crate::content::channels();
    let clock = |clock: &str| Ok(at(clock));
    let stage = Stage { world: &world, channels: &channels, clock: Some(&clock) };
    let report = mutants(&library, &flow_files(), &talks, &stage);
    let survivors: Vec<String> = report.survivors.iter().map(ToString::to_string).collect();
    assert!(report.played() > 1_000, "only {} mutants", report.played());
    assert!(report.percent() >= 95.0, "{:.1} %: nobody notices\n{}", report.percent(), survivors.join("\n"));
    assert!(talks.run(&library, &stage).coverage.percent() >= 95.0);
}

#[test]
fn the_lint_finds_nothing_in_the_demo_town_but_advice() {
    let content = crate::content::Content::compile(crate::content::builtin()).unwrap();
    let found: Vec<String> = content
        .problems
        .iter()
        .filter(|finding| finding.level > Level::Advice)
        .map(ToString::to_string)
        .collect();
    assert_eq!(found, [""; 0]);
}
