//! The command line: one file a command. Exit codes: 0 done, 1 it did not work (the sentence is on stderr), 2 the
//! words were wrong.

/// Writes a line to standard output. Whoever does not want to read on (`| head`) is no failure.
macro_rules! out {
    ($($arg:tt)*) => {{
        use std::io::Write as _;
        if writeln!(std::io::stdout(), $($arg)*).is_err() {
            std::process::exit(0);
        }
    }};
}

mod agents;
mod audit;
mod chat;
mod consents;
mod feedback;
mod flows;
mod init;
mod intents;
mod load;
mod logs;
mod models;
mod notices;
mod privacy;
mod reports;
mod serve;
mod sms;
mod staff;
mod upkeep;
mod webhooks;

use std::{path::PathBuf, process::ExitCode};

use clap::{Args, Parser, Subcommand};

use crate::config::Config;

#[derive(Debug, Parser)]
#[command(name = "ventanilla", version, about, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the server
    Serve(serve::ServeArgs),
    /// Talk with the town in the terminal; a pipe works too
    Chat(chat::ChatArgs),
    /// Check flows, or play their transcript tests
    #[command(subcommand)]
    Flows(flows::FlowsCommand),
    /// Ask, measure or train the understanding
    #[command(subcommand)]
    Intents(intents::IntentsCommand),
    /// Get the weights of the sentence encoder and of speech recognition, or look at what is there
    #[command(subcommand)]
    Models(models::ModelsCommand),
    /// Answer people who wait for somebody of the town
    Agents(agents::AgentsArgs),
    /// Give accounts to people of the town: invite, list, a link for a new password, end access
    Staff(staff::StaffArgs),
    /// Check that the audit log is whole, or read it
    Audit(audit::AuditArgs),
    /// Look at news of the town's accounts: a paused template, an expired token
    Notices(notices::NoticesArgs),
    /// Take over reports of another system from a CSV file
    Reports(reports::ReportsArgs),
    /// Look at webhooks on their way, send them again, or try an endpoint
    Webhooks(webhooks::WebhooksArgs),
    /// Look up what somebody allowed us to send them
    Consents(consents::ConsentsArgs),
    /// Decide what people ask about their own data: list, erase, answer, refuse
    Privacy(privacy::PrivacyArgs),
    /// Read ideas, complaints and what people think of places
    Feedback(feedback::FeedbackArgs),
    /// Count what a text message costs
    #[command(subcommand)]
    Sms(sms::SmsCommand),
    /// Write a starting set for a town of your own: intents/ flows/ catalogue/ and a settings file
    Init(init::InitArgs),
    /// Bring the database up to date
    Migrate(Setup),
    /// Look at the settings
    #[command(subcommand)]
    Config(upkeep::ConfigCommand),
    /// Look at parts of webhooks that could not be read
    Quarantine(upkeep::QuarantineArgs),
    /// Measure a server with simulated people
    Load(load::LoadArgs),
}

/// Where settings, data and content are: the same for every command that needs them.
#[derive(Debug, Clone, Default, Args)]
pub struct Setup {
    /// Settings file; see config.default.toml
    #[arg(long, value_name = "FILE", global = true)]
    config: Option<PathBuf>,
    /// Data folder [default: data]
    #[arg(long, value_name = "DIR", global = true)]
    data: Option<PathBuf>,
    /// Folder with intents/ flows/ catalogue/ [default: the demo town]
    #[arg(long, value_name = "DIR", global = true)]
    content: Option<PathBuf>,
}

impl Setup {
    fn load(&self) -> anyhow::Result<Config> {
        let mut config = Config::load(self.config.as_deref())?;
        if let Some(data) = &self.data {
            config.data.folder.clone_from(data);
        }
        if let Some(content) = &self.content {
            config.content.folder.clone_from(content);
        }
        Ok(config)
    }
}

/// Parses the words and runs the command.
pub fn main() -> ExitCode {
    let command = Cli::parse().command;
    match run(command) {
        Ok(code) => code,
        Err(err) if is_broken_pipe(&err) => ExitCode::SUCCESS,
        Err(err) => {
            eprintln!("ventanilla: {err:#}");
            ExitCode::FAILURE
        }
    }
}

/// `ventanilla chat | head` is not a failure.
fn is_broken_pipe(err: &anyhow::Error) -> bool {
    err.downcast_ref::<std::io::Error>().is_some_and(|err| err.kind() == std::io::ErrorKind::BrokenPipe)
}

fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Flows(command) => return flows::run(command),
        Command::Intents(command) => return intents::run(command),
        Command::Models(command) => return models::run(command),
        Command::Init(args) => return init::run(&args),
        Command::Config(command) => return upkeep::config(&command),
        Command::Sms(command) => {
            sms::run(&command);
            return Ok(ExitCode::SUCCESS);
        }
        _ => {}
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        match command {
            // The settings are large, and a future carries them all its way.
            Command::Serve(args) => Box::pin(serve::run(args)).await,
            Command::Chat(args) => Box::pin(chat::run(args)).await,
            Command::Agents(args) => agents::run(args).await,
            Command::Consents(args) => consents::run(args).await,
            Command::Privacy(args) => privacy::run(args).await,
            Command::Feedback(args) => feedback::run(args).await,
            Command::Staff(args) => staff::run(args).await,
            Command::Audit(args) => audit::run(args).await,
            Command::Notices(args) => notices::run(args).await,
            Command::Reports(args) => reports::run(args).await,
            Command::Webhooks(args) => webhooks::run(args).await,
            Command::Migrate(setup) => upkeep::migrate(&setup).await,
            Command::Quarantine(args) => upkeep::quarantine(args).await,
            Command::Load(args) => load::run(args).await,
            Command::Flows(_)
            | Command::Intents(_)
            | Command::Models(_)
            | Command::Init(_)
            | Command::Config(_)
            | Command::Sms(_) => Ok(()),
        }
    })?;
    Ok(ExitCode::SUCCESS)
}
