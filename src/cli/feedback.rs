//! `ventanilla feedback`: ideas, complaints and what people think of places, for the people of the town.

use chrono::DateTime;
use clap::Args;

use super::{Setup, logs};
use crate::{
    app::App,
    clock::Clock,
    ids::Ids,
    store::{
        self,
        feedback::{Filter, Kind},
    },
};

const DAY: i64 = 24 * 3600 * 1000;

#[derive(Debug, Args)]
pub struct FeedbackArgs {
    #[command(flatten)]
    setup: Setup,
    /// Only these [default: all]
    #[arg(long, value_enum)]
    kind: Option<Kind>,
    /// Of so many days
    #[arg(long, default_value_t = 30)]
    days: u32,
    /// So many at most, the newest first
    #[arg(long, default_value_t = 200)]
    limit: u32,
}

pub async fn run(args: FeedbackArgs) -> anyhow::Result<()> {
    logs::quiet();
    let clock = Clock::system();
    let app = App::attach(args.setup.load()?, clock.clone(), Ids::new(clock.clone())).await?;
    let since = clock.now() - i64::from(args.days) * DAY;
    let filter = Filter { kind: args.kind, since, ..Filter::default() };
    let rows = store::feedback::list(app.store.read(), &filter, args.limit.into()).await?;
    if rows.is_empty() {
        out!("nobody told anything of this kind in {} days", args.days);
    }
    let zone = app.contents.active.catalogue.town().timezone;
    for row in rows {
        let at = DateTime::from_timestamp_millis(row.at).unwrap_or_default().with_timezone(&zone);
        let place = row.place.map(|place| format!("{place} ")).unwrap_or_default();
        let score = row.score.map(|score| format!("{score}/5 ")).unwrap_or_default();
        let said = row.said.as_deref().unwrap_or("-");
        out!(
            "{}  {:9}  {}  {place}{score}{said}",
            at.format("%Y-%m-%d %H:%M"),
            row.kind.as_str(),
            row.reference
        );
    }
    app.store.close().await;
    Ok(())
}
