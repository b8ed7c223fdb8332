//! `ventanilla flows lint|test|mutants|schema`

mod junit;
mod lint;
mod mutants;
mod test;

use std::{path::PathBuf, process::ExitCode};

use clap::{Args, Subcommand};

use crate::{app::load_content, content::Content};

#[derive(Debug, Subcommand)]
pub enum FlowsCommand {
    /// Name every mistake in a content folder, with file, line, rule and what to do
    Lint(lint::LintArgs),
    /// Play the transcript tests (*.test.yaml) and count what they come by
    Test(test::TestArgs),
    /// Break the flows one thing at a time and name what no transcript notices
    Mutants(mutants::MutantsArgs),
    /// Print the JSON Schema of the flow language
    Schema,
}

#[derive(Debug, Args)]
pub struct Folder {
    /// Folder with intents/ flows/ catalogue/ [default: the demo town]
    dir: Option<PathBuf>,
}

pub fn run(command: FlowsCommand) -> anyhow::Result<ExitCode> {
    match command {
        FlowsCommand::Lint(args) => lint::run(&args),
        FlowsCommand::Test(args) => test::run(&args),
        FlowsCommand::Mutants(args) => mutants::run(&args),
        FlowsCommand::Schema => {
            out!("{}", serde_json::to_string_pretty(&ventanilla_flows::json_schema())?);
            Ok(ExitCode::SUCCESS)
        }
    }
}

impl Folder {
    fn content(&self) -> anyhow::Result<Content> {
        load_content(self.dir.as_deref().unwrap_or_else(|| "".as_ref()))
    }
}
