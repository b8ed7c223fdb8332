//! Files -> library. Everything that is wrong is reported at once; a flow with an error is left out, the others work.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};
use ventanilla_values::SourceFile;

use crate::{
    compile::{Findings, Flow, compile},
    definition::{MIGRATIONS, Read, SPEC, migrate, read},
    finding::{Finding, Level, Rule},
    known::Known,
    library::Library,
    lint,
    template::Templates,
    world::Limits,
    yaml::{Mistake, parse},
};

/// What [`load()`] gives: the flows that work, and everything that is wrong with the files.
#[derive(Debug)]
pub struct Loaded {
    pub library: Library,
    /// By file and line.
    pub problems: Vec<Finding>,
}

/// A flow that was read, with or without mistakes.
#[derive(Debug)]
pub(crate) struct Draft {
    pub file: String,
    pub read: Read,
    pub flow: Flow,
    pub findings: Findings,
}

/// Reads the files of `flows/` (transcript tests, `*.test.yaml`, and what is not YAML are passed over). A flow with
/// an error is left out; the others work.
///
/// ```
/// use ventanilla_flows::{Known, Limits, SourceFile, load};
/// let text = "spec: 1\nflow: hello\ntitle: Saludo\nsteps:\n  - say: ¡Hola!\n";
/// let file = SourceFile { path: "flows/hello.yaml".into(), text: text.into() };
/// let loaded = load(&[file], &Known::default(), Limits::default());
/// assert!(loaded.library.flow("hello").is_some());
/// ```
pub fn load(files: &[SourceFile], known: &Known, limits: Limits) -> Loaded {
    let mut templates = Templates::new(limits.fuel);
    let mut problems = Vec::new();
    let mut drafts = Vec::new();
    for file in files.iter().filter(|file| is_flow(&file.path)) {
        match draft(file, &mut templates) {
            Ok(draft) => {
                let Findings { mistakes, broken, .. } = &draft.findings;
                let of = |rule, mistakes: &[Mistake]| {
                    mistakes.iter().map(|mistake| problem(rule, &file.path, mistake)).collect::<Vec<_>>()
                };
                problems.extend(of(Rule::Syntax, &draft.read.mistakes));
                problems.extend(of(Rule::StepId, mistakes));
                problems.extend(of(Rule::Template, broken));
                drafts.push(draft);
            }
            Err(mistake) => problems.push(problem(Rule::Syntax, &file.path, &mistake)),
        }
    }
    problems.extend(lint::lint(&drafts, known));
    let mut problems = lint::silenced(problems, files);
    let broken = broken_files(&problems);
    problems.extend(lint::missing_flows(&drafts, &broken, &limits));
    problems.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
    problems.dedup();
    let flows = drafts.into_iter().filter(|draft| !broken.contains(&draft.file));
    let flows: BTreeMap<_, _> =
        flows.map(|draft| (draft.flow.info.name.clone(), draft.flow.into())).collect();
    Loaded { library: Library { limits, templates, flows }, problems }
}

/// `report` of `flows/report.yaml`.
pub(crate) fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".yaml").or_else(|| name.strip_suffix(".yml")).unwrap_or(name)
}

pub(crate) fn is_flow(path: &str) -> bool {
    (path.ends_with(".yaml") || path.ends_with(".yml")) && !stem(path).ends_with(".test")
}

fn draft(file: &SourceFile, templates: &mut Templates) -> Result<Draft, Mistake> {
    let mut node = parse(&file.text)?;
    migrate(&mut node, MIGRATIONS, SPEC)?;
    let read = read(node, stem(&file.path));
    let (flow, findings) = compile(&read, revision(&file.text), templates);
    Ok(Draft { file: file.path.clone(), read, flow, findings })
}

/// Short enough to read in a session, long enough not to collide.
fn revision(text: &str) -> String {
    let mut hash = hex::encode(Sha256::digest(text.as_bytes()));
    hash.truncate(16);
    hash
}

fn problem(rule: Rule, file: &str, mistake: &Mistake) -> Finding {
    let hint = match mistake.hint.as_str() {
        "" => "docs/FLOWS.md shows how it is written",
        hint => hint,
    };
    Finding::new(rule, Level::Error, (file, mistake.line), mistake.message.clone(), hint)
}

fn broken_files(problems: &[Finding]) -> BTreeSet<String> {
    let errors = problems.iter().filter(|problem| problem.level == Level::Error);
    errors.map(|problem| problem.file.clone()).collect()
}
