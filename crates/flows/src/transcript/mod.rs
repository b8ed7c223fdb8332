//! Transcript tests: a talk as it should go, beside the flow. `ventanilla flows test` and the console's publish
//! button run them; docs/FLOWS.md says how they are written.

mod acts;
mod coverage;
mod expect;
mod gazetteer;
mod names;
mod near;
mod play;
mod record;
mod stage;
mod talk;
mod wildcard;

use std::{collections::BTreeMap, fmt};

pub use coverage::{Coverage, FlowCoverage};
pub use gazetteer::AnyPlace;
pub use record::Recording;
pub use stage::{Channels, Clock, Stage};
use ventanilla_values::{Problem, SourceFile};

use self::{coverage::Seen, talk::Talk};
use crate::{
    Library, World,
    load::stem,
    mutants::Flows,
    yaml::{At, Kind, Mistake, Node, decode, did_you_mean, parse},
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
    /// Every transcript that was played, in order.
    pub cases: Vec<Case>,
    /// Flows that no transcript starts.
    pub untested: Vec<String>,
    /// Steps that no transcript comes by, per flow that has such.
    pub unvisited: BTreeMap<String, Vec<String>>,
    pub coverage: Coverage,
}

/// A transcript that was played.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    pub file: String,
    /// From 1.
    pub line: u32,
    pub name: String,
    /// The flow that it starts; empty where it starts none.
    pub flow: String,
    /// Its place among [`TranscriptReport::failures`].
    pub failed: Option<usize>,
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
                match decode::<At<Talk>>(&node).and_then(known_events) {
                    Ok(At { line, value: talk }) => {
                        all.push(Transcript { file: file.path.clone(), line, talk })
                    }
                    Err(mistake) => report(mistake),
                }
            }
        }
        (Self { all }, problems)
    }

    /// Only those whose file, name or flow holds this, in small letters or large.
    pub fn filtered(mut self, wanted: &str) -> Self {
        let wanted = wanted.to_lowercase();
        self.all.retain(|transcript| {
            let Transcript { file, talk, .. } = transcript;
            [file, &talk.name, talk.flow()].iter().any(|name| name.to_lowercase().contains(&wanted))
        });
        self
    }

    pub fn len(&self) -> usize {
        self.all.len()
    }

    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Plays every transcript against a library, each on its channel: one of the stage's, the first where it names
    /// none.
    pub fn run(&self, library: &Library, stage: &Stage) -> TranscriptReport {
        let mut report = TranscriptReport::default();
        let mut seen = Seen::default();
        for transcript in &self.all {
            let miss = transcript.play(library, stage, Some(&mut seen)).err();
            seen.next();
            report.add(transcript, miss);
        }
        report.coverage = seen.coverage(library);
        let started = |name: &str| self.all.iter().any(|transcript| transcript.talk.flow() == name);
        report.untested =
            library.flows().map(|flow| flow.name.clone()).filter(|name| !started(name)).collect();
        let missed = report.coverage.flows.iter().filter(|(_, flow)| !flow.unvisited.is_empty());
        report.unvisited = missed.map(|(name, flow)| (name.clone(), flow.unvisited.clone())).collect();
        report
    }

    /// The flows that each transcript comes by.
    pub(crate) fn flows_seen(&self, library: &Library, stage: &Stage) -> Vec<Flows> {
        let seen = |transcript: &Transcript| {
            let mut seen = Seen::default();
            // One that fails notices nothing.
            match transcript.play(library, stage, Some(&mut seen)) {
                Ok(()) => seen.visited.into_iter().map(|(flow, _)| flow).collect(),
                Err(_) => Flows::new(),
            }
        };
        self.all.iter().map(seen).collect()
    }

    /// Whether one of these transcripts goes another way.
    pub(crate) fn notice(&self, which: &[usize], library: &Library, stage: &Stage) -> bool {
        let transcripts = which.iter().filter_map(|index| self.all.get(*index));
        transcripts.into_iter().any(|transcript| transcript.play(library, stage, None).is_err())
    }
}

impl TranscriptReport {
    fn add(&mut self, transcript: &Transcript, miss: Option<play::Miss>) {
        let Transcript { file, line, talk } = transcript;
        let failed = miss.as_ref().map(|_| self.failures.len());
        self.cases.push(Case {
            file: file.clone(),
            line: *line,
            name: talk.name.clone(),
            flow: talk.flow().to_owned(),
            failed,
        });
        match miss {
            None => self.passed += 1,
            Some(miss) => self.failures.push(Failure {
                file: file.clone(),
                line: if miss.line == 0 { *line } else { miss.line },
                transcript: talk.name.clone(),
                expected: miss.expected,
                got: miss.got,
            }),
        }
    }
}

impl Transcript {
    fn play(&self, library: &Library, stage: &Stage, seen: Option<&mut Seen>) -> Result<(), play::Miss> {
        match stage::scene(&self.talk, stage) {
            Ok(scene) => {
                let world =
                    World { now: &scene.now, content: &scene.content, gazetteer: stage.world.gazetteer };
                play::play(&self.talk, library, &world, seen)
            }
            Err((line, expected, got)) => Err(play::Miss { line, expected: expected.to_owned(), got }),
        }
    }
}

/// A transcript may expect only events that exist.
fn known_events(talk: At<Talk>) -> Result<At<Talk>, Mistake> {
    let mut expected = talk.value.talk.iter().flat_map(|line| line.events.iter().flatten());
    let unknown = expected.find(|event| !names::events().contains(&expect::name(event)));
    match unknown {
        None => Ok(talk),
        Some(event) => {
            let name = expect::name(event);
            let hint = did_you_mean(name, names::events().iter().copied());
            Err(Mistake::new(event.line, format!("no event is called '{name}'"), hint))
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
