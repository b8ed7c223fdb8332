//! `ventanilla migrate`, `config check`, `quarantine`: for whoever keeps the server.

use std::{process::ExitCode, time::Duration};

use anyhow::bail;
use clap::{Args, Subcommand};
use uuid::Uuid;

use super::Setup;
use crate::{app::DATABASE, clock::Clock, config::DEFAULTS, ids::Ids, keyring::Keyring, store::Store};

#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// Read the settings as `serve` would, and name every mistake
    Check(Setup),
    /// Print the defaults, with their comments
    Defaults,
}

pub fn config(command: &ConfigCommand) -> anyhow::Result<ExitCode> {
    match command {
        ConfigCommand::Check(setup) => {
            let config = setup.load()?;
            out!("the settings can be used; keyring: {}", config.keyring_file().display());
        }
        ConfigCommand::Defaults => out!("{DEFAULTS}"),
    }
    Ok(ExitCode::SUCCESS)
}

pub async fn migrate(setup: &Setup) -> anyhow::Result<()> {
    let config = setup.load()?;
    std::fs::create_dir_all(&config.data.folder)?;
    let file = config.data.folder.join(DATABASE);
    let store = Store::open(&file, Duration::ZERO).await?;
    store.close().await;
    out!("{} is up to date", file.display());
    Ok(())
}

#[derive(Debug, Args)]
pub struct QuarantineArgs {
    #[command(flatten)]
    setup: Setup,
    /// Print the bytes of this one
    #[arg(value_name = "ID")]
    show: Option<Uuid>,
}

pub async fn quarantine(args: QuarantineArgs) -> anyhow::Result<()> {
    let config = args.setup.load()?;
    let keyring = Keyring::open_or_make(&config.keyring_file(), &Ids::new(Clock::system()))?;
    let store = Store::open(&config.data.folder.join(DATABASE), Duration::ZERO).await?;
    if let Some(id) = args.show {
        let Some(sealed) = crate::store::raws::by_id(store.read(), id).await? else {
            bail!("there is no {id}")
        };
        out!("{}", String::from_utf8_lossy(&keyring.open(&sealed)?));
        return Ok(());
    }
    for (id, reason) in crate::store::raws::quarantined(store.read()).await? {
        out!("{id}  {reason}");
    }
    Ok(())
}
