//! Problems beyond syntax: what would go wrong, or read badly, when the flow runs. [`crate::load()`] calls it for all
//! files together. It must not change what it looks at.

mod across;
mod catalogue;
mod code;
mod extras;
mod head;
mod labels;
mod lengths;
mod paths;
mod plain;
mod privacy;
mod questions;
mod reading;
mod running;
mod silence;
mod steps;
mod syllables;
mod texts;
mod unset;
mod variables;

pub(crate) use across::missing_flows;
pub(crate) use silence::silenced;

use crate::{
    finding::{Finding, Level, Rule},
    known::Known,
    load::Draft,
};

/// Everything that is wrong with the drafts, each on its own and together.
pub(crate) fn lint(drafts: &[Draft], known: &Known) -> Vec<Finding> {
    let mut problems = across::lint(drafts);
    for draft in drafts {
        let mut report = Report { file: &draft.file, problems: Vec::new() };
        head::lint(draft, known, &mut report);
        running::lint(draft, &mut report);
        texts::lint(draft, known, &mut report);
        labels::lint(draft, &mut report);
        lengths::lint(draft, known, &mut report);
        steps::lint(draft, known, &mut report);
        catalogue::lint(draft, known, &mut report);
        extras::lint(draft, &mut report);
        code::lint(draft, drafts, &mut report);
        privacy::lint(draft, &mut report);
        variables::lint(draft, drafts, known, &mut report);
        unset::lint(draft, drafts, &mut report);
        problems.append(&mut report.problems);
    }
    problems
}

/// Collects the problems of a file.
#[derive(Debug)]
pub(crate) struct Report<'a> {
    file: &'a str,
    problems: Vec<Finding>,
}

impl Report<'_> {
    fn error(&mut self, rule: Rule, line: u32, message: impl Into<String>, hint: impl Into<String>) {
        self.add(rule, Level::Error, line, message, hint);
    }

    fn warning(&mut self, rule: Rule, line: u32, message: impl Into<String>, hint: impl Into<String>) {
        self.add(rule, Level::Warning, line, message, hint);
    }

    fn advice(&mut self, rule: Rule, line: u32, message: impl Into<String>, hint: impl Into<String>) {
        self.add(rule, Level::Advice, line, message, hint);
    }

    fn add(
        &mut self,
        rule: Rule,
        level: Level,
        line: u32,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.problems.push(Finding::new(rule, level, (self.file, line), message, hint));
    }
}
