//! `ventanilla flows lint`

use std::process::ExitCode;

use chrono::DateTime;
use clap::Args;
use ventanilla_flows::{Finding, Level, Rule, Transcripts};

use super::Folder;
use crate::{
    clock::Clock,
    content::{Content, below},
};

#[derive(Debug, Args)]
pub struct LintArgs {
    #[command(flatten)]
    folder: Folder,
    /// Warnings are a failure too
    #[arg(long)]
    strict: bool,
    /// Say advice too: what works, and could be better or cheaper
    #[arg(long)]
    advice: bool,
    /// `text`, or `json`: one finding a line
    #[arg(long, default_value = "text")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Json,
}

pub fn run(args: &LintArgs) -> anyhow::Result<ExitCode> {
    let content = args.folder.content()?;
    let findings = findings(&content);
    for finding in findings.iter().filter(|finding| args.advice || finding.level != Level::Advice) {
        match args.format {
            Format::Text => out!("{finding}"),
            Format::Json => out!("{}", serde_json::to_string(finding)?),
        }
    }
    let of = |level| findings.iter().filter(|finding| finding.level == level).count();
    let (errors, warnings, advice) = (of(Level::Error), of(Level::Warning), of(Level::Advice));
    if args.format == Format::Text {
        let more = if advice > 0 && !args.advice { " (--advice says it)" } else { "" };
        let flows = content.library.flows().count();
        out!("{flows} flows, {errors} errors, {warnings} warnings, {advice} pieces of advice{more}");
    }
    let failed = errors > 0 || args.strict && warnings > 0;
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn findings(content: &Content) -> Vec<Finding> {
    let (_, broken_tests) = Transcripts::load(&below("flows", &content.files));
    let broken_tests = broken_tests.into_iter().map(|problem| Finding::of(Rule::Transcript, problem));
    let now = DateTime::from_timestamp_millis(Clock::system().now()).unwrap_or_default();
    content.problems.iter().cloned().chain(content.stale(now)).chain(broken_tests).collect()
}
