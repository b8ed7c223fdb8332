//! `ventanilla notices`: what staff should know of the town's accounts at the providers.

use anyhow::bail;
use chrono::DateTime;
use clap::{Args, Subcommand};

use super::{Setup, logs};
use crate::{app::App, clock::Clock, ids::Ids, store};

#[derive(Debug, Args)]
pub struct NoticesArgs {
    #[command(flatten)]
    setup: Setup,
    #[command(subcommand)]
    command: NoticesCommand,
}

#[derive(Debug, Subcommand)]
enum NoticesCommand {
    /// What nobody has seen to, the newest first
    List,
    /// Somebody has seen to it: the last letters of its id are enough
    Done { id: String },
}

pub async fn run(args: NoticesArgs) -> anyhow::Result<()> {
    logs::quiet();
    let clock = Clock::system();
    let app = App::attach(args.setup.load()?, clock.clone(), Ids::new(clock)).await?;
    match args.command {
        NoticesCommand::List => list(&app).await?,
        NoticesCommand::Done { id } => done(&app, &id).await?,
    }
    app.store.close().await;
    Ok(())
}

async fn list(app: &App) -> anyhow::Result<()> {
    let open = store::notices::open(app.store.read()).await?;
    if open.is_empty() {
        out!("nothing to see to");
    }
    for notice in open {
        let id = notice.id.simple().to_string();
        let short: String = id.chars().skip(24).collect();
        let at = DateTime::from_timestamp_millis(notice.last_at).unwrap_or_default();
        let at = at.with_timezone(&app.contents.active.catalogue.town().timezone).format("%d/%m %H:%M");
        let about = notice.about.map(|about| format!(" ({about})")).unwrap_or_default();
        out!(
            "{short}  {:8}  {at}  {:8}  {}{about}  x{}",
            notice.severity,
            notice.channel,
            notice.sentence,
            notice.times
        );
    }
    Ok(())
}

async fn done(app: &App, id: &str) -> anyhow::Result<()> {
    let open = store::notices::open(app.store.read()).await?;
    let wanted = id.replace('-', "");
    let mut fitting =
        open.iter().filter(|notice| wanted.len() >= 4 && notice.id.simple().to_string().ends_with(&wanted));
    let (Some(notice), None) = (fitting.next(), fitting.next()) else {
        bail!("no open notice has the id {id}: `ventanilla notices list` shows them");
    };
    let unit = app.store.unit().await?;
    store::notices::acknowledge(&unit, notice.id, app.clock.now()).await?;
    unit.commit().await?;
    out!("noted");
    Ok(())
}
