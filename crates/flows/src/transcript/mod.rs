//! Transcript tests: a talk as it should go, beside the flow. `ventanilla flows test` and the console's publish
//! button run them; docs/FLOWS.md says how they are written.

mod gazetteer;
mod play;
mod stage;
mod talk;
mod wildcard;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

pub use gazetteer::AnyPlace;
pub use stage::Channels;
use ventanilla_values::{Problem, SourceFile};

use self::talk::Talk;
use crate::{
    Library, World,
    engine::Visited,
    load::stem,
    yaml::{At, Kind, Mistake, Node, decode, parse},
};

/// The transcripts of a content folder.
#[derive(Debug, Default)]
pub struct Transcripts {
    all: Vec<Transcript>,
}

#[derive(Debug)]
struct Transcript {
    file: String,
    line: u32,
    talk: Talk,
}

/// How the transcripts went.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct TranscriptReport {
    pub passed: usize,
    pub failures: Vec<Failure>,
    /// Flows that no transcript starts.
    pub untested: Vec<String>,
    /// Steps that no transcript comes by, per flow.
    pub unvisited: BTreeMap<String, Vec<String>>,
}

/// Where a talk went another way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    pub file: String,
    /// From 1.
    pub line: u32,
    pub transcript: String,
    pub expected: String,
    pub got: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, transcript, expected, got } = self;
        write!(f, "{file}:{line}: {transcript}\n    expected: {expected}\n    got:      {got}")
    }
}

impl Transcripts {
    /// Reads `*.test.yaml`; other files are passed over. A transcript with a mistake is left out.
    pub fn load(files: &[SourceFile]) -> (Self, Vec<Problem>) {
        let (mut all, mut problems) = (Vec::new(), Vec::new());
        for file in files.iter().filter(|file| stem(&file.path).ends_with(".test")) {
            let mut report = |mistake: Mistake| {
                problems.push(Problem::error(&file.path, mistake.line, mistake.message, hint(mistake.hint)));
            };
            for node in items(&file.text).unwrap_or_else(|mistake| {
                report(mistake);
                Vec::new()
            }) {
                match decode::<At<Talk>>(&node) {
                    Ok(At { line, value: talk }) => {
                        all.push(Transcript { file: file.path.clone(), line, talk })
                    }
                    Err(mistake) => report(mistake),
                }
            }
        }
        (Self { all }, problems)
    }

    pub fn len(&self) -> usize {
        self.all.len()
    }

    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Plays every transcript against a library, each on its channel: one of `channels`, the first where it names
    /// none.
    pub fn run(&self, library: &Library, world: &World, channels: &Channels) -> TranscriptReport {
        let mut report = TranscriptReport::default();
        let mut visited = BTreeSet::new();
        for transcript in &self.all {
            match transcript.play(library, world, channels, &mut visited) {
                Ok(()) => report.passed += 1,
                Err(miss) => report.failures.push(Failure {
                    file: transcript.file.clone(),
                    line: if miss.line == 0 { transcript.line } else { miss.line },
                    transcript: transcript.talk.name.clone(),
                    expected: miss.expected,
                    got: miss.got,
                }),
            }
        }
        for flow in library.flows() {
            if !self.all.iter().any(|transcript| transcript.talk.start.flow == flow.name) {
                report.untested.push(flow.name.clone());
            }
            let missed =
                flow.steps.iter().filter(|step| !visited.contains(&(flow.name.clone(), (*step).clone())));
            let missed: Vec<String> = missed.cloned().collect();
            if !missed.is_empty() {
                report.unvisited.insert(flow.name.clone(), missed);
            }
        }
        report
    }
}

impl Transcript {
    fn play(
        &self,
        library: &Library,
        world: &World,
        channels: &Channels,
        visited: &mut Visited,
    ) -> Result<(), play::Miss> {
        match stage::content(&self.talk, world, channels) {
            Ok(content) => play::play(&self.talk, library, &World { content: &content, ..*world }, visited),
            Err((line, got)) => Err(play::Miss { line, expected: "a channel of the town".to_owned(), got }),
        }
    }
}

fn items(text: &str) -> Result<Vec<Node>, Mistake> {
    let node = parse(text)?;
    match node.kind {
        Kind::List(items) => Ok(items),
        _ => Err(Mistake::new(
            node.line,
            "a transcript file is a list",
            "begin each transcript with '- name: …'",
        )),
    }
}

fn hint(hint: String) -> String {
    if hint.is_empty() { "docs/FLOWS.md shows how transcripts are written".to_owned() } else { hint }
}
