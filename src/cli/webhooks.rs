//! `ventanilla webhooks list|retry|test`: what other systems are told of reports, and what did not arrive.

use anyhow::{Context as _, bail};
use chrono::DateTime;
use clap::{Args, Subcommand};

use super::{Setup, logs};
use crate::{
    app::App,
    clock::Clock,
    ids::Ids,
    store::{
        self,
        webhook_deliveries::{Delivery, DeliveryState},
    },
    webhooks,
};

/// Deliveries that are looked at to find one by the end of its id.
const MANY: i64 = 10_000;

#[derive(Debug, Args)]
pub struct WebhooksArgs {
    #[command(flatten)]
    setup: Setup,
    #[command(subcommand)]
    command: WebhooksCommand,
}

#[derive(Debug, Subcommand)]
enum WebhooksCommand {
    /// The newest deliveries
    List {
        /// waiting, delivered or failed
        #[arg(long)]
        state: Option<DeliveryState>,
        #[arg(long, default_value_t = 50)]
        limit: i64,
    },
    /// Send again what did not arrive: the last letters of its id are enough; "failed" is all that was given up
    Retry { id: String },
    /// Send a trial to an endpoint of the settings, now
    Test { endpoint: String },
}

pub async fn run(args: WebhooksArgs) -> anyhow::Result<()> {
    logs::quiet();
    let clock = Clock::system();
    let app = App::attach(args.setup.load()?, clock.clone(), Ids::new(clock)).await?;
    let done = match args.command {
        WebhooksCommand::List { state, limit } => list(&app, state, limit).await,
        WebhooksCommand::Retry { id } => retry(&app, &id).await,
        WebhooksCommand::Test { endpoint } => test(&app, &endpoint).await,
    };
    app.store.close().await;
    done
}

async fn list(app: &App, state: Option<DeliveryState>, limit: i64) -> anyhow::Result<()> {
    let deliveries = store::webhook_deliveries::list(app.store.read(), state, limit).await?;
    if deliveries.is_empty() {
        out!("no deliveries");
    }
    for delivery in deliveries {
        out!("{}", line(app, &delivery));
    }
    Ok(())
}

fn line(app: &App, delivery: &Delivery) -> String {
    let short: String = delivery.id.simple().to_string().chars().skip(24).collect();
    let at = DateTime::from_timestamp_millis(delivery.created_at).unwrap_or_default();
    let at = at.with_timezone(&app.contents.active.catalogue.town().timezone).format("%d/%m %H:%M");
    let problem = delivery.problem.as_ref().map(|why| format!("  {why}")).unwrap_or_default();
    let (state, tries) = (delivery.state.as_str(), delivery.tries);
    format!("{short}  {at}  {state:9}  x{tries:<3}  {:12}  {}{problem}", delivery.kind, delivery.endpoint)
}

async fn retry(app: &App, id: &str) -> anyhow::Result<()> {
    let failed = Some(DeliveryState::Failed);
    if id == "failed" {
        let all = store::webhook_deliveries::list(app.store.read(), failed, MANY).await?;
        let count = all.len();
        for delivery in all {
            webhooks::retry(app, delivery).await?;
        }
        out!("{count} will be sent again");
        return Ok(());
    }
    let wanted = id.replace('-', "");
    let all = store::webhook_deliveries::list(app.store.read(), None, MANY).await?;
    let mut fitting =
        all.into_iter().filter(|one| wanted.len() >= 4 && one.id.simple().to_string().ends_with(&wanted));
    let (Some(delivery), None) = (fitting.next(), fitting.next()) else {
        bail!("no delivery has the id {id}: `ventanilla webhooks list` shows them");
    };
    if !webhooks::retry(app, delivery).await? {
        bail!("it arrived already");
    }
    out!("it will be sent again");
    Ok(())
}

async fn test(app: &App, name: &str) -> anyhow::Result<()> {
    let names: Vec<&str> =
        app.config.webhooks.endpoints.iter().map(|endpoint| endpoint.name.as_str()).collect();
    let endpoint = app.config.webhooks.endpoint(name);
    let endpoint = endpoint
        .with_context(|| format!("the settings have no endpoint '{name}', but: {}", names.join(", ")))?;
    match webhooks::try_now(app, endpoint).await {
        Ok(()) => out!("it arrived"),
        Err(why) => bail!("it did not arrive: {why}"),
    }
    Ok(())
}
