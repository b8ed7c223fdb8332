//! `ventanilla agents list|show|reply|close`: a person of the town answers, until the web desk is there.
//!
//! Works beside a running server: it writes to the same database, and the server sends.

use std::sync::Arc;

use chrono::DateTime;
use clap::{Args, Subcommand};
use ventanilla_adapters::Body;

use super::{Setup, logs};
use crate::{
    agents,
    app::App,
    clock::Clock,
    ids::Ids,
    store::{
        self,
        transcript::{Line, Said},
    },
};

#[derive(Debug, Args)]
pub struct AgentsArgs {
    #[command(flatten)]
    setup: Setup,
    #[command(subcommand)]
    command: AgentsCommand,
}

#[derive(Debug, Subcommand)]
enum AgentsCommand {
    /// Who waits: crises first, then by age
    List,
    /// What was said so far
    Show {
        /// The id in the list; its last letters are enough
        id: String,
    },
    /// Answer, and take the chat: the bot is silent until you close it
    Reply {
        id: String,
        text: String,
        /// Who answers
        #[arg(long = "as", value_name = "NAME", env = "USER", default_value = "agent")]
        agent: String,
        /// Take it over from somebody else
        #[arg(long)]
        take: bool,
    },
    /// Give the chat back to the bot, at the step where it was
    Close { id: String },
}

pub async fn run(args: AgentsArgs) -> anyhow::Result<()> {
    logs::quiet();
    let clock = Clock::system();
    let app = App::attach(args.setup.load()?, clock.clone(), Ids::new(clock)).await?;
    match args.command {
        AgentsCommand::List => list(&app).await?,
        AgentsCommand::Show { id } => show(&app, &id).await?,
        AgentsCommand::Reply { id, text, agent, take } => {
            let entry = agents::find(&app, &id).await?;
            agents::reply(&app, entry, &agent, &text, take).await?;
            out!("on its way; close with: ventanilla agents close {id}");
        }
        AgentsCommand::Close { id } => {
            let entry = agents::find(&app, &id).await?;
            agents::close(&app, entry).await?;
            out!("the bot goes on");
        }
    }
    app.store.close().await;
    Ok(())
}

async fn list(app: &Arc<App>) -> anyhow::Result<()> {
    let open = store::handovers::list_open(app.store.read()).await?;
    if open.is_empty() {
        out!("nobody waits");
    }
    for entry in open {
        let id = entry.id.simple().to_string();
        let short = id.chars().skip(24).collect::<String>();
        let agent = entry.agent.as_deref().unwrap_or("-");
        out!("{short}  {:8}  {}  {agent:12}  {}", entry.priority, local(app, entry.opened_at), entry.reason);
    }
    Ok(())
}

async fn show(app: &Arc<App>, id: &str) -> anyhow::Result<()> {
    let entry = agents::find(app, id).await?;
    out!("why: {}   since {}", entry.reason, local(app, entry.opened_at));
    for line in store::transcript::last(app.store.read(), entry.person_id, 40).await? {
        out!("{}", readable(app, &line));
    }
    Ok(())
}

fn readable(app: &App, line: &Line) -> String {
    let at = local(app, line.at);
    match &line.said {
        Said::Citizen(body) => format!("{at}  > {}", words(body)),
        Said::Town { author, message, state, error } => {
            let why = error.as_ref().map(|error| format!(": {}", error.sentence)).unwrap_or_default();
            format!("{at}  {author}: {} ({state}{why})", message.text().replace('\n', " / "))
        }
    }
}

fn words(body: &Body) -> String {
    match body {
        Body::Text { text } => text.clone(),
        Body::Choice { title, .. } => format!("[{title}]"),
        Body::Location { lat, lon, .. } => format!("[ubicación {lat}, {lon}]"),
        Body::Media(media) => format!("[{:?}] {}", media.kind, media.caption.as_deref().unwrap_or_default()),
        Body::Reaction { emoji, .. } => format!("[reacción {}]", emoji.as_deref().unwrap_or("quitada")),
        Body::Unsupported { kind } => format!("[{kind}]"),
    }
}

fn local(app: &App, at: i64) -> String {
    let at = DateTime::from_timestamp_millis(at).unwrap_or_default();
    at.with_timezone(&app.contents.active.catalogue.town().timezone).format("%d/%m %H:%M").to_string()
}
