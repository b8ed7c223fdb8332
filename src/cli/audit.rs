//! `ventanilla audit verify|list`: whether the audit log is whole, and what it says.

use std::time::Duration;

use anyhow::bail;
use chrono::DateTime;
use clap::{Args, Subcommand};

use super::{Setup, logs};
use crate::{
    app::DATABASE,
    staff::chain,
    store::{
        self, Store,
        audit::{AuditRow, Filter},
    },
};

#[derive(Debug, Args)]
pub struct AuditArgs {
    #[command(flatten)]
    setup: Setup,
    #[command(subcommand)]
    command: AuditCommand,
}

#[derive(Debug, Subcommand)]
enum AuditCommand {
    /// Walk the log from its first entry: is any changed, missing or put in?
    Verify,
    /// The newest entries
    List {
        #[arg(long, default_value_t = 50)]
        limit: i64,
        /// staff:<id>, key:<id>, cli:<user> or nobody
        #[arg(long, default_value = "")]
        actor: String,
        /// An action, or its group: session finds session.open
        #[arg(long, default_value = "")]
        action: String,
    },
}

pub async fn run(args: AuditArgs) -> anyhow::Result<()> {
    logs::quiet();
    let file = args.setup.load()?.data.folder.join(DATABASE);
    if !file.is_file() {
        bail!("there is no data in {}: name its folder with --data", file.display());
    }
    let store = Store::open(&file, Duration::ZERO).await?;
    match args.command {
        AuditCommand::Verify => {
            let chain = chain::verify(store.read()).await?;
            out!("{} entries, unbroken; the last has the hash {}", chain.rows, chain.hash);
        }
        AuditCommand::List { limit, actor, action } => {
            let filter = Filter { before: i64::MAX, actor: &actor, action: &action, limit };
            for row in store::audit::page(store.read(), &filter).await? {
                out!("{}", line(&row));
            }
        }
    }
    store.close().await;
    Ok(())
}

/// Times are UTC: this reads data without the town that they belong to.
fn line(row: &AuditRow) -> String {
    let at = DateTime::from_timestamp_millis(row.at).unwrap_or_default().format("%Y-%m-%d %H:%M:%SZ");
    format!("{:6}  {at}  {}  {}  {}  {}", row.seq, row.actor, row.action, row.subject, row.detail)
}
