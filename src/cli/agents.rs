//! `ventanilla agents list|show|reply|close`: a person of the town answers, until the web desk is there.
//!
//! Works beside a running server: it writes to the same database, and the server sends.

use std::sync::Arc;

use chrono::DateTime;
use clap::{Args, Subcommand};
use ventanilla_adapters::Body;

use super::{Setup, logs};
use crate::{
    agents::{self, By, Then},
    app::App,
    clock::Clock,
    ids::Ids,
    store::{
        self,
        handovers::HandoverRow,
        transcript::{Line, Note, Said},
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
            let by = By::named(&agent);
            agents::reply(&app, entry, &by, &agents::Words::now(&text), take).await?;
            out!("on its way; close with: ventanilla agents close {id}");
        }
        AgentsCommand::Close { id } => {
            let entry = agents::find(&app, &id).await?;
            agents::close(&app, entry, &By::named("terminal"), &Then::Resume).await?;
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
        out!("{}", row(&entry, &local(app, entry.opened_at)));
    }
    Ok(())
}

/// Who is to be called and not written to is said first.
fn row(entry: &HandoverRow, since: &str) -> String {
    let id = entry.id.simple().to_string();
    let short = id.chars().skip(24).collect::<String>();
    let agent = entry.agent.as_deref().unwrap_or("-");
    let call = entry.call_phone.as_ref().filter(|_| entry.call_at.is_some());
    let call = call.map(|phone| format!("llamar al {phone}: ")).unwrap_or_default();
    format!("{short}  {:8}  {since}  {agent:12}  {call}{}", entry.priority, entry.reason)
}

async fn show(app: &Arc<App>, id: &str) -> anyhow::Result<()> {
    let entry = agents::find(app, id).await?;
    out!("why: {}   since {}", entry.reason, local(app, entry.opened_at));
    if let Some(phone) = entry.call_phone.as_ref().filter(|_| entry.call_at.is_some()) {
        out!("llamar al {phone}");
    }
    for line in store::transcript::last(app.store.read(), entry.person_id, 40).await? {
        out!("{}", readable(app, &line));
    }
    Ok(())
}

fn readable(app: &App, line: &Line) -> String {
    let at = local(app, line.at);
    match &line.said {
        Said::Citizen(body) => match &line.note {
            Some(note) => format!("{at}  > {} {}", words(body), recording(app, note)),
            None => format!("{at}  > {}", words(body)),
        },
        Said::Town { author, message, state, error, .. } => {
            let why = error.as_ref().map(|error| format!(": {}", error.sentence)).unwrap_or_default();
            format!("{at}  {author}: {} ({state}{why})", message.text().replace('\n', " / "))
        }
    }
}

/// What was heard in a voice note, and the file to listen to.
fn recording(app: &App, note: &Note) -> String {
    let heard = note.text.as_ref().map(|text| format!("«{text}»")).unwrap_or_default();
    let file = note.file.map(|file| format!(" (audio: {})", app.media.path(file).display()));
    heard + &file.unwrap_or_default()
}

fn words(body: &Body) -> String {
    match body {
        Body::Text { text } => text.clone(),
        Body::Choice { title, .. } => format!("[{title}]"),
        Body::Location { lat, lon, .. } => format!("[ubicación {lat}, {lon}]"),
        Body::Media(media) => format!("[{:?}] {}", media.kind, media.caption.as_deref().unwrap_or_default()),
        Body::Contact { phones, .. } => format!("[contacto {}]", phones.join(", ")),
        Body::Form { .. } => "[formulario]".to_owned(),
        Body::Order { text } => format!("[pedido] {}", text.as_deref().unwrap_or_default()),
        Body::Edited { text, .. } => format!("[corrige un mensaje] {}", text.as_deref().unwrap_or_default()),
        Body::Revoked { .. } => "[borró un mensaje]".to_owned(),
        Body::Call { event } => format!("[llamada: {event:?}]"),
        Body::Speech { text, .. } => format!("(voz) {text}"),
        Body::Digits { digits, .. } => format!("[marcó {digits}]"),
        Body::Silence => "[silencio]".to_owned(),
        Body::Echo { text } => {
            format!("[desde el teléfono de la oficina] {}", text.as_deref().unwrap_or_default())
        }
        Body::Reaction { emoji, .. } => format!("[reacción {}]", emoji.as_deref().unwrap_or("quitada")),
        Body::Unsupported { kind } => format!("[{kind}]"),
    }
}

fn local(app: &App, at: i64) -> String {
    let at = DateTime::from_timestamp_millis(at).unwrap_or_default();
    at.with_timezone(&app.contents.active.catalogue.town().timezone).format("%d/%m %H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn who_is_to_be_called_is_listed_with_the_number() {
        let id = Uuid::from_u128(0x1234_5678);
        let mut entry = HandoverRow::new(id, Uuid::nil(), (1, 0), "chat.agent".to_owned(), 0);
        assert_eq!(row(&entry, "21/11 10:00"), "12345678  normal    21/11 10:00  -             chat.agent");
        entry.call_at = Some(0);
        entry.call_phone = Some("+529825550142".to_owned());
        assert!(row(&entry, "21/11 10:00").ends_with("  llamar al +529825550142: chat.agent"));
    }
}
