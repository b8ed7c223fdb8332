//! What only the citizen does: says that it is done, that it is not, takes it back, adds to it.
//!
//! Whether the report is theirs was asked before, see [`super::own`]. Nobody is told what they did themselves: the news of
//! the move reach the others only.

use serde_json::json;
use uuid::Uuid;

use super::{
    Actor, Change, ChangeError, Citizen, Happened, Refused, State, change, change::happen, lifecycle::rule,
};
use crate::{
    app::App,
    store::{self, StoreError, Unit, report_events::Words, report_photos::ReportPhoto, reports::ReportRow},
};

const DAY: i64 = 24 * 3600 * 1000;
/// A report that was concluded may be opened again for so long.
const REOPEN: i64 = 30 * DAY;
/// What the town does not do may be appealed for so long.
const APPEAL: i64 = 15 * DAY;
/// Reasons that are no refusal of the town.
const NO_INFO: &str = "no_info";

#[derive(Debug, thiserror::Error)]
pub enum CitizenError {
    #[error("the citizen may not: {}", .0.name())]
    Refused(Refused),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The table says that this is no move from here.
impl From<ChangeError> for CitizenError {
    fn from(err: ChangeError) -> Self {
        match err {
            ChangeError::Store(err) => Self::Store(err),
            ChangeError::NotAllowed { .. } | ChangeError::Needs(_) | ChangeError::Stale => {
                Self::Refused(Refused::NotNow)
            }
        }
    }
}

/// "Sí, ya quedó". Who says so after it lapsed is heard too, though it stays counted as lapsed.
///
/// # Errors
/// Where nobody said that it is done, or the database fails.
pub async fn conclude(
    app: &App,
    unit: &Unit,
    who: &Citizen,
    row: ReportRow,
) -> Result<ReportRow, CitizenError> {
    if row.stands() == State::ClosedConfirmed {
        let said = Happened { channel: channel(who), ..Happened::new("confirmed", &Actor::Citizen) };
        let lapsed = row.outcome.as_deref() == Some("lapsed");
        return Ok(if lapsed { happen(app, unit, row, said).await? } else { row });
    }
    let end = Change { channel: channel(who), ..Change::new(State::ClosedConfirmed, Actor::Citizen) };
    let row = change(app, unit, &row, &end).await?;
    knows(unit, &row, who).await?;
    Ok(row)
}

/// "No, sigue igual", in their own words, with a photo if they have one.
///
/// # Errors
/// Where it is open, was taken back, or was concluded too long ago; or the database fails.
pub async fn reopen(
    app: &App,
    unit: &Unit,
    who: &Citizen,
    row: ReportRow,
    said: &str,
    photo: Option<Uuid>,
) -> Result<ReportRow, CitizenError> {
    let from = row.stands();
    if rule(from, State::Reopened, Actor::Citizen.who()).is_none() {
        return Err(CitizenError::Refused(Refused::NotNow));
    }
    if row.closed_at.is_some_and(|closed| who.at - closed > patience(&row)) {
        return Err(CitizenError::Refused(Refused::TooLate));
    }
    let again = Change {
        channel: channel(who),
        words: Words { citizen: Some(said.to_owned()), ..Words::default() },
        ..Change::new(State::Reopened, Actor::Citizen)
    };
    let row = change(app, unit, &row, &again).await?;
    keep_photo(unit, &row, photo, who.at).await?;
    knows(unit, &row, who).await?;
    Ok(row)
}

fn patience(row: &ReportRow) -> i64 {
    let refused = row.stands() == State::ClosedRejected && row.outcome.as_deref() != Some(NO_INFO);
    if refused { APPEAL } else { REOPEN }
}

/// What became of a report whose filer wants it no more.
#[derive(Debug, Clone, PartialEq)]
pub enum Left {
    Cancelled(ReportRow),
    /// Others wait for it too: it goes on without them.
    GoesOn(ReportRow),
}

/// Takes it back. Where others joined it goes on, and who filed it hears no more of it. Who only joined leaves it.
///
/// # Errors
/// Where it is over already, or the database fails.
pub async fn cancel(app: &App, unit: &Unit, who: &Citizen, row: ReportRow) -> Result<Left, CitizenError> {
    if rule(row.stands(), State::Cancelled, Actor::Citizen.who()).is_none() {
        return Err(CitizenError::Refused(Refused::NotNow));
    }
    let filer = row.person_id.is_none() || row.person_id == Some(who.person);
    if row.people <= 1 && filer {
        let end = Change { channel: channel(who), ..Change::new(State::Cancelled, Actor::Citizen) };
        let row = change(app, unit, &row, &end).await?;
        knows(unit, &row, who).await?;
        return Ok(Left::Cancelled(row));
    }
    knows(unit, &row, who).await?;
    if !store::report_followers::remove(unit, row.id, who.person).await? {
        return Err(CitizenError::Refused(Refused::NotTheirs));
    }
    let fewer = ReportRow { people: row.people - 1, ..row };
    let left = Happened { channel: channel(who), ..Happened::new("left", &Actor::Citizen) };
    Ok(Left::GoesOn(happen(app, unit, fewer, left).await?))
}

/// What became of an addition.
#[derive(Debug, Clone, PartialEq)]
pub enum Added {
    Noted(ReportRow),
    /// It was what the town waited for: the work goes on.
    Answered(ReportRow),
}

/// Adds words or a photo, or both, to a report that is open. Where the town waits for an answer, this is it.
///
/// # Errors
/// Where it is over, nothing is added, or the database fails.
pub async fn add(
    app: &App,
    unit: &Unit,
    who: &Citizen,
    by: &Actor,
    row: ReportRow,
    (said, photo): (Option<&str>, Option<Uuid>),
) -> Result<Added, CitizenError> {
    if !row.stands().is_open() || (said.is_none() && photo.is_none()) {
        return Err(CitizenError::Refused(Refused::NotNow));
    }
    let words = Words { citizen: said.map(str::to_owned), ..Words::default() };
    keep_photo(unit, &row, photo, who.at).await?;
    if row.stands() == State::WaitingCitizen {
        let to = if row.department.is_some() { State::Assigned } else { State::Triage };
        let answered = Change { channel: channel(who), words, ..Change::new(to, Actor::Citizen) };
        return Ok(Added::Answered(change(app, unit, &row, &answered).await?));
    }
    let detail = json!({ "photo": photo.is_some() });
    let added = Happened { channel: channel(who), words, detail, ..Happened::new("added", by) };
    Ok(Added::Noted(happen(app, unit, row, added).await?))
}

fn channel(who: &Citizen) -> Option<String> {
    Some(who.channel.as_str().to_owned())
}

/// A photo of the citizen; nobody else sees it before somebody of the town looked at it.
pub(super) async fn keep_photo(
    unit: &Unit,
    row: &ReportRow,
    photo: Option<Uuid>,
    at: i64,
) -> Result<(), StoreError> {
    let Some(media) = photo else { return Ok(()) };
    let (kind, moderation) = ("citizen".to_owned(), "waiting".to_owned());
    let photo = ReportPhoto { media, report: row.id, kind, moderation, added_at: at };
    store::report_photos::add(unit, &photo).await
}

/// They have it from the talk.
async fn knows(unit: &Unit, row: &ReportRow, who: &Citizen) -> Result<(), StoreError> {
    store::report_notices::take(unit, row.id, who.person).await?;
    Ok(())
}
