//! Problems beyond syntax: what would go wrong, or read badly, when the flow runs. [`crate::load()`] calls it for all
//! files together. It must not change what it looks at.

mod across;
mod code;
mod extras;
mod head;
mod questions;
mod steps;
mod texts;
mod variables;

use ventanilla_values::Problem;

pub(crate) use across::missing_flows;

use crate::{known::Known, load::Draft};

/// Everything that is wrong with the drafts, each on its own and together.
pub(crate) fn lint(drafts: &[Draft], known: &Known) -> Vec<Problem> {
    let mut problems = across::lint(drafts);
    for draft in drafts {
        let mut report = Report { file: &draft.file, problems: Vec::new() };
        head::lint(draft, known, &mut report);
        texts::lint(draft, known, &mut report);
        steps::lint(draft, known, &mut report);
        extras::lint(draft, &mut report);
        code::lint(draft, &mut report);
        variables::lint(draft, drafts, known, &mut report);
        problems.append(&mut report.problems);
    }
    problems
}

/// Collects the problems of a file.
#[derive(Debug)]
pub(crate) struct Report<'a> {
    file: &'a str,
    problems: Vec<Problem>,
}

impl Report<'_> {
    fn error(&mut self, line: u32, message: impl Into<String>, hint: impl Into<String>) {
        self.problems.push(Problem::error(self.file, line, message, hint));
    }

    fn warning(&mut self, line: u32, message: impl Into<String>, hint: impl Into<String>) {
        self.problems.push(Problem::warning(self.file, line, message, hint));
    }
}
