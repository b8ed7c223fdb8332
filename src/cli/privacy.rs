//! `ventanilla privacy list|erase|answer|refuse`: what people ask of the town about their own data.

use chrono::DateTime;
use clap::{Args, Subcommand};

use super::{Setup, logs, staff::actor};
use crate::{
    app::App,
    clock::Clock,
    ids::Ids,
    privacy,
    store::{
        self,
        privacy_requests::{RequestRow, Which},
    },
};

const DAY: i64 = 24 * 3600 * 1000;

#[derive(Debug, Args)]
pub struct PrivacyArgs {
    #[command(flatten)]
    setup: Setup,
    #[command(subcommand)]
    command: PrivacyCommand,
}

#[derive(Debug, Subcommand)]
enum PrivacyCommand {
    /// What waits for an answer, what is due first above
    List {
        /// What is over too
        #[arg(long)]
        all: bool,
    },
    /// Erase what is kept of who asked for it. It cannot be undone
    Erase { reference: String },
    /// Tell who asked to see or correct their data how it was done
    Answer { reference: String, words: String },
    /// Refuse it; the reason is told to the person
    Refuse { reference: String, why: String },
}

pub async fn run(args: PrivacyArgs) -> anyhow::Result<()> {
    logs::quiet();
    let clock = Clock::system();
    let app = App::attach(args.setup.load()?, clock.clone(), Ids::new(clock)).await?;
    match args.command {
        PrivacyCommand::List { all } => {
            let which = if all { Which::All } else { Which::Open };
            let rows = store::privacy_requests::list(app.store.read(), which, (500, 0)).await?;
            if rows.is_empty() {
                out!("nothing waits");
            }
            for row in rows {
                out!("{}", line(&app, &row));
            }
        }
        PrivacyCommand::Erase { reference } => {
            let done = privacy::carry_out(&app, &reference, &actor()).await?;
            out!("{} is erased; addresses and files go as soon as the person was told", done.reference);
        }
        PrivacyCommand::Answer { reference, words } => {
            let done = privacy::answer(&app, &reference, &actor(), &words).await?;
            out!("{} is answered", done.reference);
        }
        PrivacyCommand::Refuse { reference, why } => {
            let done = privacy::refuse(&app, &reference, &actor(), &why).await?;
            out!("{} is refused", done.reference);
        }
    }
    app.store.close().await;
    Ok(())
}

/// Days are the town's.
fn line(app: &App, row: &RequestRow) -> String {
    let zone = app.contents.active.catalogue.town().timezone;
    let day = |at: i64| {
        DateTime::from_timestamp_millis(at).unwrap_or_default().with_timezone(&zone).format("%Y-%m-%d")
    };
    let left = (row.answer_by - app.clock.now()).div_euclid(DAY);
    let term = match (row.decided_at, left) {
        (Some(at), _) => format!("{} {}", row.state.as_str(), day(at)),
        (None, ..0) => format!("OVERDUE since {}", day(row.answer_by)),
        (None, left) => format!("answer by {} ({left} days)", day(row.answer_by)),
    };
    let proved = row.folio.as_deref().unwrap_or("no report");
    format!("{}  {:6}  asked {}  {term}  {proved}", row.reference, row.kind.as_str(), day(row.asked_at))
}
