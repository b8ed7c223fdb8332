//! Mutants: would the transcripts notice if a flow were wrong? One thing at a time is broken in a flow (a step left
//! out, branches swapped, a condition that always holds, a text replaced), and the transcripts that come by are
//! played. A mutant that none of them notices survives: there the tests look away. `bin/bench mutants` and a test of
//! the server call it; it must not change files.

mod change;
mod sites;

use std::{collections::BTreeSet, fmt, sync::Arc};

use ventanilla_values::SourceFile;

use self::change::Change;
use crate::{
    Library, Stage, Transcripts,
    compile::compile,
    definition::{MIGRATIONS, SPEC, migrate, read},
    load::{is_flow, stem},
    yaml::{Node, parse},
};

/// A flow with one thing broken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mutant {
    pub file: String,
    /// From 1.
    pub line: u32,
    /// What was broken: "without this say", "the branches swapped" …
    pub what: String,
}

/// How the mutants fared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MutantReport {
    /// Noticed by a transcript.
    pub red: usize,
    /// Noticed by nobody, by file and line.
    pub survivors: Vec<Mutant>,
    /// Could not be loaded, which the lint says: neither red nor surviving.
    pub refused: usize,
}

impl fmt::Display for Mutant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.what)
    }
}

impl MutantReport {
    /// Mutants that could be played.
    pub fn played(&self) -> usize {
        self.red + self.survivors.len()
    }

    /// Per cent that turned red; 100 where there was none.
    pub fn percent(&self) -> f64 {
        let as_float = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
        if self.played() == 0 { 100.0 } else { 100.0 * as_float(self.red) / as_float(self.played()) }
    }
}

/// Breaks every flow of `files` in every way, and plays the transcripts that come by it. `library` is what the files
/// give unbroken.
pub fn mutants(
    library: &Library,
    files: &[SourceFile],
    transcripts: &Transcripts,
    stage: &Stage,
) -> MutantReport {
    let mut report = MutantReport::default();
    let seen = transcripts.flows_seen(library, stage);
    for file in files.iter().filter(|file| is_flow(&file.path)) {
        let name = stem(&file.path);
        let (Some(tree), Some(_)) = (tree(file), library.get(name)) else { continue };
        let comes_by: Vec<usize> = seen
            .iter()
            .enumerate()
            .filter(|(_, flows)| flows.contains(name))
            .map(|(index, _)| index)
            .collect();
        for change in sites::all(&tree) {
            let mut broken = tree.clone();
            change.apply(&mut broken);
            match library.with_flow(&broken, name) {
                None => report.refused += 1,
                Some(library) if transcripts.notice(&comes_by, &library, stage) => report.red += 1,
                Some(_) => report.survivors.push(survivor(file, &change)),
            }
        }
    }
    report.survivors.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
    report
}

fn survivor(file: &SourceFile, change: &Change) -> Mutant {
    Mutant { file: file.path.clone(), line: change.line, what: change.kind.to_string() }
}

fn tree(file: &SourceFile) -> Option<Node> {
    let mut node = parse(&file.text).ok()?;
    migrate(&mut node, MIGRATIONS, SPEC).ok()?;
    Some(node)
}

impl Library {
    /// This library with one flow replaced. None where the flow does not compile.
    fn with_flow(&self, tree: &Node, name: &str) -> Option<Self> {
        let read = read(tree.clone(), name);
        let mut templates = self.templates.clone();
        let (flow, findings) = compile(&read, "mutant".to_owned(), &mut templates);
        if [&read.mistakes, &findings.mistakes, &findings.broken].iter().any(|mistakes| !mistakes.is_empty())
        {
            return None;
        }
        let mut flows = self.flows.clone();
        flows.insert(name.to_owned(), Arc::new(flow));
        Some(Self { limits: self.limits.clone(), templates, flows })
    }
}

/// Names of flows.
pub(crate) type Flows = BTreeSet<String>;
