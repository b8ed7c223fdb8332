//! `ventanilla flows lint|test|schema`

use std::{path::PathBuf, process::ExitCode};

use chrono::DateTime;
use clap::{Args, Subcommand};
use ventanilla_flows::{Transcripts, World};
use ventanilla_values::Severity;

use crate::{
    app::load_content,
    content::{Content, below, channels},
};

#[derive(Debug, Subcommand)]
pub enum FlowsCommand {
    /// Name every mistake in a content folder, with file, line and what to do
    Lint(Folder),
    /// Play the transcript tests (*.test.yaml)
    Test(Folder),
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
        FlowsCommand::Lint(folder) => lint(&content(folder)?),
        FlowsCommand::Test(folder) => test(&content(folder)?),
        FlowsCommand::Schema => {
            out!("{}", serde_json::to_string_pretty(&ventanilla_flows::json_schema())?);
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn content(folder: Folder) -> anyhow::Result<Content> {
    load_content(&folder.dir.unwrap_or_default())
}

fn lint(content: &Content) -> anyhow::Result<ExitCode> {
    let (_, broken_tests) = Transcripts::load(&below("flows", &content.files));
    let problems: Vec<_> = content.problems.iter().chain(&broken_tests).collect();
    for problem in &problems {
        out!("{problem}");
    }
    let errors = problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    out!("{} flows, {errors} errors, {} warnings", content.library.flows().count(), problems.len() - errors);
    Ok(if errors == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A Monday morning in office hours, the same for every run.
const NOW: &str = "2026-11-23T10:00:00-06:00";

fn test(content: &Content) -> anyhow::Result<ExitCode> {
    let (transcripts, problems) = Transcripts::load(&below("flows", &content.files));
    for problem in &problems {
        out!("{problem}");
    }
    let report = transcripts.run(&content.library, &world(content, &town(content)?), &channels());
    for failure in &report.failures {
        out!("{failure}");
    }
    for flow in &report.untested {
        out!("flow {flow} has no transcript: write flows/{flow}.test.yaml");
    }
    for (flow, steps) in &report.unvisited {
        out!("flow {flow}: no transcript comes by {}", steps.join(", "));
    }
    let failed = report.failures.len() + problems.len() + report.untested.len();
    out!("{} passed, {failed} failed", report.passed);
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn town(content: &Content) -> anyhow::Result<minijinja::Value> {
    let now = DateTime::parse_from_rfc3339(NOW)?.to_utc();
    Ok(content.catalogue.content(now))
}

fn world<'a>(content: &'a Content, town: &'a minijinja::Value) -> World<'a> {
    World { now: NOW, content: town, gazetteer: &content.catalogue }
}
