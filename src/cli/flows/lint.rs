//! `ventanilla flows lint`

use std::process::ExitCode;

use clap::Args;
use ventanilla_flows::Transcripts;
use ventanilla_values::Severity;

use super::Folder;
use crate::content::below;

#[derive(Debug, Args)]
pub struct LintArgs {
    #[command(flatten)]
    folder: Folder,
}

pub fn run(args: &LintArgs) -> anyhow::Result<ExitCode> {
    let content = args.folder.content()?;
    let (_, broken_tests) = Transcripts::load(&below("flows", &content.files));
    let problems: Vec<_> = content.problems.iter().chain(&broken_tests).collect();
    for problem in &problems {
        out!("{problem}");
    }
    let errors = problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    out!("{} flows, {errors} errors, {} warnings", content.library.flows().count(), problems.len() - errors);
    Ok(if errors == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
