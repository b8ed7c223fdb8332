//! `ventanilla staff add|list|link|deactivate`: accounts, from the machine of the server. The first admin is made here;
//! whoever may run this command may do everything anyway.
//!
//! Works beside a running server: it writes to the same database.

use anyhow::Context as _;
use chrono::DateTime;
use clap::{Args, Subcommand};

use super::{Setup, logs};
use crate::{
    app::App,
    clock::Clock,
    ids::Ids,
    staff::{
        Abilities, Role,
        accounts::{self, Change},
        invitations::{self, Link, Newcomer},
    },
    store::{self, staff::StaffRow},
};

#[derive(Debug, Args)]
pub struct StaffArgs {
    #[command(flatten)]
    setup: Setup,
    #[command(subcommand)]
    command: StaffCommand,
}

#[derive(Debug, Subcommand)]
enum StaffCommand {
    /// Invite somebody: prints a link, with which they choose their password
    Add {
        /// As colleagues see it
        #[arg(long)]
        name: String,
        #[arg(long)]
        email: String,
        /// agent, supervisor, department, editor, publisher, trainer, auditor, privacy or admin; may be given several times
        #[arg(long = "role", value_name = "ROLE", required = true)]
        roles: Vec<Role>,
        /// Id of a department whose chats they attend; may be given several times
        #[arg(long = "department", value_name = "ID")]
        departments: Vec<String>,
        /// Of the pages: es or en
        #[arg(long, default_value = "es")]
        language: String,
    },
    /// Who has an account
    List,
    /// Print a link with which somebody chooses another password
    Link { email: String },
    /// End somebody's access, at once
    Deactivate { email: String },
}

pub async fn run(args: StaffArgs) -> anyhow::Result<()> {
    logs::quiet();
    let clock = Clock::system();
    let app = App::attach(args.setup.load()?, clock.clone(), Ids::new(clock)).await?;
    match args.command {
        StaffCommand::Add { name, email, roles, departments, language } => {
            let newcomer =
                Newcomer { name, email, language, roles, departments, abilities: Abilities::default() };
            print(&app, &invitations::invite(&app, &actor(), newcomer).await?);
        }
        StaffCommand::List => list(&app).await?,
        StaffCommand::Link { email } => {
            let somebody = by_email(&app, &email).await?;
            print(&app, &invitations::password_link(&app, &actor(), somebody.id).await?);
        }
        StaffCommand::Deactivate { email } => {
            let somebody = by_email(&app, &email).await?;
            let leaves = Change { active: Some(false), ..Change::default() };
            accounts::change(&app, &actor(), somebody.id, leaves).await?;
            out!("they are signed out, and cannot sign in again");
        }
    }
    app.store.close().await;
    Ok(())
}

/// Who runs this, as the audit log spells it.
pub(super) fn actor() -> String {
    let user = std::env::var("SUDO_USER").or_else(|_| std::env::var("USER"));
    format!("cli:{}", user.as_deref().unwrap_or("unknown"))
}

async fn by_email(app: &App, email: &str) -> anyhow::Result<StaffRow> {
    let somebody = store::staff::by_email(app.store.read(), &email.trim().to_lowercase()).await?;
    somebody.context("nobody has this e-mail: see `ventanilla staff list`")
}

fn print(app: &App, made: &Link) {
    out!("{}", made.link);
    out!("It works once, until {}. Hand it on to nobody else.", local(app, made.invitation.expires_at));
}

async fn list(app: &App) -> anyhow::Result<()> {
    let staff = store::staff::list(app.store.read()).await?;
    if staff.is_empty() {
        out!("nobody has an account: ventanilla staff add --name … --email … --role admin");
    }
    for row in staff {
        out!("{}", line(&row, &row.last_seen_at.map_or("-".to_owned(), |at| local(app, at))));
    }
    Ok(())
}

fn line(row: &StaffRow, seen: &str) -> String {
    let roles = row.roles.iter().map(|role| role.as_str()).collect::<Vec<_>>().join(",");
    let state = if row.active { "active" } else { "left" };
    let factor = if row.totp_since.is_some() { "2 factors" } else { "password" };
    format!("{state:6}  {factor:9}  {seen:16}  {roles:20}  {} <{}>", row.name, row.email)
}

fn local(app: &App, at: i64) -> String {
    let at = DateTime::from_timestamp_millis(at).unwrap_or_default();
    at.with_timezone(&app.contents.active.catalogue.town().timezone).format("%Y-%m-%d %H:%M").to_string()
}
