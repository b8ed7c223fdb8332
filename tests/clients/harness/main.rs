//! What published clients are set against (`tests/clients/run`): the simulated Meta and the simulated Twilio on a loopback
//! port, and the adapters, which are asked by lines of JSON.
//!
//! `clients WEBHOOKS` posts every webhook below that address. Its first line says where it listens; after that it
//! answers each line of its input with one line, and ends when its input ends.
//!
//! `clients open311 FOLDER` is the real server instead, with the demo town and its data in that folder, and a key for
//! Open311.

mod adapters;
mod open311;
mod simulators;

use std::io::{BufRead, Write};

use anyhow::Context as _;
use serde_json::Value;
use tokio_util::sync::CancellationToken;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let webhooks =
        std::env::args().nth(1).context("say where webhooks are posted: clients http://127.0.0.1:PORT")?;
    if webhooks == "open311" {
        let folder = std::env::args().nth(2).context("say where its data goes: clients open311 FOLDER")?;
        // The settings are large, and a future carries them all its way.
        let server = Box::pin(open311::start(folder.as_ref())).await?;
        say(&server.facts)?;
        tokio::task::spawn_blocking(|| std::io::stdin().lock().lines().for_each(drop)).await?;
        return server.stop().await;
    }
    let stop = CancellationToken::new();
    say(&simulators::start(&webhooks, &stop).await?)?;
    // Reading waits, and the simulators must go on meanwhile.
    tokio::task::spawn_blocking(answer_lines).await??;
    stop.cancel();
    Ok(())
}

fn answer_lines() -> anyhow::Result<()> {
    for line in std::io::stdin().lock().lines() {
        let asked: Value = serde_json::from_str(&line?).context("a line of the input is no JSON")?;
        say(&adapters::answer(asked)?)?;
    }
    Ok(())
}

fn say(line: &Value) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}")?;
    out.flush().context("nobody reads")
}
