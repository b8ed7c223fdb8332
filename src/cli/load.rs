//! `ventanilla load`
use clap::Args;
#[derive(Debug, Args)]
pub struct LoadArgs {}
pub async fn run(_args: LoadArgs) -> anyhow::Result<()> { Ok(()) }
