//! `ventanilla flows test`: plays the transcripts and says what they come by.

use std::{path::PathBuf, process::ExitCode, time::Instant};

use anyhow::Context as _;
use clap::Args;
use ventanilla_flows::{Coverage, TranscriptReport, Transcripts};

use super::{Folder, junit};
use crate::content::below;

#[derive(Debug, Args)]
pub struct TestArgs {
    #[command(flatten)]
    folder: Folder,
    /// Play only transcripts whose file, name or flow holds this
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,
    /// Write the results as JUnit XML, for CI
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
    /// Print how much of each flow, and which commands and events of the engine, the transcripts come by
    #[arg(long)]
    coverage: bool,
}

pub fn run(args: &TestArgs) -> anyhow::Result<ExitCode> {
    let content = args.folder.content()?;
    let (transcripts, problems) = Transcripts::load(&below("flows", &content.files));
    let transcripts = match &args.filter {
        Some(wanted) => transcripts.filtered(wanted),
        None => transcripts,
    };
    if transcripts.is_empty() && problems.is_empty() {
        anyhow::bail!(
            "no transcript is played: nothing holds '{}'",
            args.filter.as_deref().unwrap_or_default()
        );
    }
    for problem in &problems {
        out!("{problem}");
    }
    let begun = Instant::now();
    let mut report = content.on_stage(|stage| transcripts.run(&content.library, stage));
    let took = begun.elapsed();
    if args.filter.is_some() {
        // The others were not asked.
        report.untested.clear();
        report.unvisited.clear();
    }
    tell(&report);
    if args.coverage {
        tell_coverage(&report.coverage);
    }
    if let Some(file) = &args.junit {
        let xml = junit::xml(&report, &problems, took)?;
        std::fs::write(file, xml).with_context(|| format!("{} cannot be written", file.display()))?;
    }
    let failed = report.failures.len() + problems.len() + report.untested.len();
    let (visited, steps) = report.coverage.steps();
    let took = took.as_secs_f64() * 1e3;
    out!("{visited} of {steps} steps visited ({:.1} %), {took:.0} ms", report.coverage.percent());
    out!("{} passed, {failed} failed", report.passed);
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn tell(report: &TranscriptReport) {
    for failure in &report.failures {
        out!("{failure}");
    }
    for flow in &report.untested {
        out!("flow {flow} has no transcript: write flows/{flow}.test.yaml");
    }
    for (flow, steps) in &report.unvisited {
        out!("flow {flow}: no transcript comes by {}", steps.join(", "));
    }
}

fn tell_coverage(coverage: &Coverage) {
    for (name, flow) in &coverage.flows {
        out!("{:>5.1} %  {name}  {} of {} steps", flow.percent(), flow.visited(), flow.steps);
    }
    for (what, counts) in [("command", &coverage.commands), ("event", &coverage.events)] {
        for (name, transcripts) in counts {
            out!("{transcripts:>5}    {what} {name}");
        }
    }
}
