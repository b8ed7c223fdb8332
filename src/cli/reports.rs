//! `ventanilla reports import FILE.csv`: takes over what another system had.
//!
//! Works beside a running server: it writes to the same database.

use std::path::PathBuf;

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};

use super::{Setup, logs, staff::actor};
use crate::{
    app::App,
    clock::Clock,
    ids::Ids,
    reports::import::{Mapping, Outcome, import},
};

#[derive(Debug, Args)]
pub struct ReportsArgs {
    #[command(flatten)]
    setup: Setup,
    #[command(subcommand)]
    command: ReportsCommand,
}

#[derive(Debug, Subcommand)]
enum ReportsCommand {
    /// Take over reports from a CSV file: folio, category, lat, lon, address, description, state, filed_at, closed_at,
    /// department. Running it twice adds nothing twice
    Import {
        file: PathBuf,
        /// Say what would happen, and change nothing
        #[arg(long)]
        dry_run: bool,
        /// YAML that says which header is which column, and what words of the file mean: see docs/OPEN311.md
        #[arg(long, value_name = "FILE")]
        map: Option<PathBuf>,
    },
}

pub async fn run(args: ReportsArgs) -> anyhow::Result<()> {
    logs::quiet();
    let clock = Clock::system();
    let ReportsCommand::Import { file, dry_run, map } = args.command;
    let bytes = std::fs::read(&file).with_context(|| format!("{} cannot be read", file.display()))?;
    let mapping = match map {
        Some(map) => {
            let text = std::fs::read_to_string(&map);
            let text = text.with_context(|| format!("{} cannot be read", map.display()))?;
            Mapping::from_yaml(&text).map_err(|why| anyhow::anyhow!("{}: {why}", map.display()))?
        }
        None => Mapping::default(),
    };
    let app = App::attach(args.setup.load()?, clock.clone(), Ids::new(clock)).await?;
    let outcome = import(&app, &actor(), &bytes, &mapping, dry_run).await;
    app.store.close().await;
    tell(&outcome.with_context(|| format!("{} was not taken over", file.display()))?, dry_run)
}

fn tell(outcome: &Outcome, dry_run: bool) -> anyhow::Result<()> {
    for mistake in &outcome.mistakes {
        out!("line {}, {}: {}. {}", mistake.line, mistake.column, mistake.why, mistake.hint);
    }
    let (added, known) = (outcome.added, outcome.known);
    if dry_run {
        out!("{added} would be added, {known} are here already; nothing was changed");
    } else {
        out!("{added} added, {known} were here already");
    }
    if outcome.left_out > 0 {
        bail!("{} rows were left out: see above", outcome.left_out);
    }
    Ok(())
}
