//! `ventanilla consents`: what somebody allowed us to send them, and when they said so.

use anyhow::{Context as _, bail};
use chrono::DateTime;
use clap::Args;
use ventanilla_values::Phone;

use super::{Setup, logs};
use crate::{app::App, clock::Clock, ids::Ids, store};

#[derive(Debug, Args)]
pub struct ConsentsArgs {
    #[command(flatten)]
    setup: Setup,
    /// The person's phone, as they write it
    phone: String,
}

pub async fn run(args: ConsentsArgs) -> anyhow::Result<()> {
    logs::quiet();
    let phone: Phone = args.phone.parse().context("that is no phone number: write it as +52 981 000 0000")?;
    let clock = Clock::system();
    let app = App::attach(args.setup.load()?, clock.clone(), Ids::new(clock)).await?;
    let person = store::people::by_phone(app.store.read(), phone.as_str()).await?;
    let Some(person) = person else { bail!("nobody with this phone ever wrote or called") };
    let rows = store::consents::history(app.store.read(), person).await?;
    if rows.is_empty() {
        out!("they never said anything about it");
    }
    for row in rows {
        let at = DateTime::from_timestamp_millis(row.at).unwrap_or_default();
        let at = at.with_timezone(&app.contents.active.catalogue.town().timezone).format("%Y-%m-%d %H:%M");
        let channel = row.channel.map_or("every channel", |channel| channel.as_str());
        out!(
            "{at}  {:9}  {:15}  {channel:13}  {} ({})  «{}»",
            row.state.as_str(),
            row.purpose.as_str(),
            row.source.as_str(),
            row.evidence,
            row.text_shown
        );
    }
    app.store.close().await;
    Ok(())
}
