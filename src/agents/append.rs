//! Adding to a report that is there, from a chat: what the citizen says to a colleague belongs to the report, and who works
//! on it reads it there.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use ventanilla_values::Lang;

use super::{
    ActError, AgentError, By,
    file_report::is_theirs,
    find::{current, free_for},
    hold::log,
};
use crate::{
    app::App,
    bus::DeskNews,
    reports::{self, Actor, Citizen, CitizenError},
    store::{self, StoreError, chat_log::Kind, handovers::HandoverRow, reports::ReportRow},
};

/// Letters: as many as the bot takes.
const LONGEST: usize = 1000;
/// Reports that are offered at most.
const OFFERED: i64 = 20;

/// A report of this citizen that something can be added to.
#[derive(Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct OpenReport {
    pub folio: String,
    /// What it is about, and where.
    pub name: String,
    /// `assigned` …
    pub state: String,
    pub state_label: String,
}

/// Where people live is theirs.
impl std::fmt::Debug for OpenReport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OpenReport").field("folio", &self.folio).finish_non_exhaustive()
    }
}

/// What is to be added.
#[derive(Clone, PartialEq, Eq)]
pub struct Addition {
    pub folio: String,
    /// The citizen's words; may be empty where there is a photo.
    pub words: String,
    /// A photo that the citizen sent.
    pub photo: Option<Uuid>,
}

/// What citizens say is theirs.
impl std::fmt::Debug for Addition {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Addition").field("folio", &self.folio).finish_non_exhaustive()
    }
}

/// The reports that the citizen of a chat filed or joined and that are open, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn open_reports(app: &App, person: Uuid, lang: Lang) -> Result<Vec<OpenReport>, StoreError> {
    let catalogue = &app.contents.active.catalogue;
    let followed = store::reports::followed_by(app.store.read(), person, OFFERED).await?;
    let shown = |row: ReportRow| OpenReport {
        name: reports::named(catalogue, &row, lang),
        state_label: row.stands().label(lang).to_owned(),
        state: row.state,
        folio: row.folio,
    };
    Ok(followed.into_iter().filter(is_offered).map(shown).collect())
}

fn is_offered(row: &ReportRow) -> bool {
    row.stands().is_open() && !row.private
}

/// Adds to a report what the citizen told in the chat. Where the town waits for it, the work goes on. Gives the chat as it
/// is now.
///
/// # Errors
/// When nothing is added, it is none of their open reports, somebody else attends the chat, it changed meanwhile, or the
/// database fails.
pub async fn append_report(
    app: &App,
    entry: HandoverRow,
    by: &By,
    addition: &Addition,
) -> Result<HandoverRow, AgentError> {
    free_for(&entry, by)?;
    let words = addition.words.trim();
    if words.chars().count() > LONGEST {
        return Err(ActError::LongReport(LONGEST).into());
    }
    if words.is_empty() && addition.photo.is_none() {
        return Err(AgentError::Nothing);
    }
    if let Some(photo) = addition.photo {
        is_theirs(app, &entry, photo).await?;
    }
    let unit = app.store.unit().await?;
    let entry = current(&unit, &entry).await?;
    let row = theirs(&unit, &entry, &addition.folio).await?;
    let conversation = store::conversations::load(&*unit, entry.person_id).await?;
    let channel = conversation.channel.unwrap_or(ventanilla_adapters::Channel::Whatsapp);
    let who = Citizen { person: entry.person_id, channel, at: app.clock.now() };
    let actor = by.staff.map_or_else(|| Actor::Cli(by.name.clone()), Actor::Staff);
    let what = (Some(words).filter(|words| !words.is_empty()), addition.photo);
    match reports::add(app, &unit, &who, &actor, row, what).await {
        Ok(_) => {}
        Err(CitizenError::Refused(_)) => return Err(ActError::NoReport.into()),
        Err(CitizenError::Store(err)) => return Err(err.into()),
    }
    log(app, &unit, &entry, by, Kind::Appended, &addition.folio).await?;
    unit.commit().await?;
    app.bus.announce_desk(DeskNews::Person(entry.person_id));
    Ok(entry)
}

async fn theirs(unit: &store::Unit, entry: &HandoverRow, folio: &str) -> Result<ReportRow, AgentError> {
    let row = store::reports::by_folio(&**unit, folio).await?.filter(is_offered).ok_or(ActError::NoReport)?;
    let followers = store::report_followers::of_report(&**unit, row.id).await?;
    let follows = followers.iter().any(|follower| follower.person == entry.person_id);
    if follows { Ok(row) } else { Err(ActError::NoReport.into()) }
}
