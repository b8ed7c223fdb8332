//! `ventanilla flows mutants`: what the transcripts would not notice.

use std::{process::ExitCode, time::Instant};

use clap::Args;
use serde_json::json;
use ventanilla_flows::{Transcripts, mutants};

use super::Folder;
use crate::content::below;

#[derive(Debug, Args)]
pub struct MutantsArgs {
    #[command(flatten)]
    folder: Folder,
    /// Fewer per cent than this that turn red are a failure
    #[arg(long, value_name = "PER CENT", default_value_t = 95.0)]
    at_least: f64,
    /// Break only flows whose file holds this
    #[arg(long, value_name = "TEXT", default_value = "")]
    filter: String,
    /// Print one line of JSON, without the survivors
    #[arg(long)]
    json: bool,
}

pub fn run(args: &MutantsArgs) -> anyhow::Result<ExitCode> {
    let content = args.folder.content()?;
    let files = below("flows", &content.files);
    let (transcripts, _) = Transcripts::load(&files);
    let chosen: Vec<_> = files.into_iter().filter(|file| file.path.contains(&args.filter)).collect();
    let begun = Instant::now();
    let report = content.on_stage(|stage| mutants(&content.library, &chosen, &transcripts, stage));
    let seconds = begun.elapsed().as_secs_f64();
    if args.json {
        let figures = json!({
            "mutants": report.played(), "red": report.red, "percent": hundredths(report.percent()),
            "refused": report.refused, "seconds": hundredths(seconds),
        });
        out!("{figures}");
    } else {
        for survivor in &report.survivors {
            out!("{survivor}: no transcript notices");
        }
        out!(
            "{} of {} mutants turn red ({:.1} %); {} could not be loaded; {seconds:.1} s",
            report.red,
            report.played(),
            report.percent(),
            report.refused
        );
    }
    Ok(if report.percent() >= args.at_least { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn hundredths(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}
