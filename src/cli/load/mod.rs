//! `ventanilla load`: simulated people talk with a real server, over the real wire, at a set rate.
//!
//! The server is a process of its own; the people and the simulated Meta are in this one. What is measured is the
//! time from a person's message to the first answer that the simulated provider accepted.

mod figures;
mod mix;
mod people;
mod town;

use std::path::PathBuf;

use clap::Args;

use super::logs;

#[derive(Debug, Args)]
pub struct LoadArgs {
    /// Messages a second
    #[arg(long, default_value_t = 200.0)]
    rate: f64,
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// People who talk at once
    #[arg(long, default_value_t = 2000)]
    people: usize,
    /// What they say [default: tests/load/mix.yaml, compiled in]
    #[arg(long, value_name = "FILE")]
    mix: Option<PathBuf>,
    /// Only first messages in free words: each one is understood by the classifier
    #[arg(long)]
    free_text: bool,
    /// Milliseconds added to each commit, as a town hall's disk would
    #[arg(long, default_value_t = 0)]
    commit_delay_ms: u64,
    /// Where the throw-away data goes: the disk that is measured [default: the system's temporary folder]
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

pub async fn run(args: LoadArgs) -> anyhow::Result<()> {
    logs::quiet();
    let mix = mix::Mix::read(args.mix.as_deref(), args.free_text)?;
    let town = town::Town::start(&args).await?;
    let measured = people::talk(&town, &mix, &args).await;
    let figures = figures::of(measured, &town, &mix, &args).await;
    town.stop().await;
    out!("{}", serde_json::to_string(&figures?)?);
    Ok(())
}
