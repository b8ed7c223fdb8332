//! "Me sumo": one more who waits for the same thing, and hears of it.

use uuid::Uuid;

use super::{
    Actor, Citizen, Happened, Refused, State,
    change::happen,
    citizen::keep_photo,
    own::{by_folio, lead},
};
use crate::{
    app::App,
    store::{self, StoreError, Unit, report_followers::Follower, reports::ReportRow},
};

/// Somebody joined.
#[derive(Debug, Clone, PartialEq)]
pub struct Joined {
    pub row: ReportRow,
    /// They followed it before.
    pub already: bool,
}

/// Adds a follower to a report by its folio; where that was added to another, to that one. A photo is one more to look at.
///
/// # Errors
/// When the database fails; [`Refused`] is no failure: private reports are nobody's to find, and what the town does not
/// do or was taken back is filed anew.
pub async fn join(
    app: &App,
    unit: &Unit,
    who: &Citizen,
    folio: &str,
    photo: Option<Uuid>,
) -> Result<Result<Joined, Refused>, StoreError> {
    let prefix = &app.contents.active.catalogue.town().folio_prefix;
    let found = by_folio(unit, folio, prefix).await?.filter(|row| !row.private);
    let Some(found) = found else { return Ok(Err(Refused::Unknown)) };
    let row = lead(unit, found).await?;
    if matches!(row.stands(), State::Cancelled | State::ClosedRejected | State::Duplicate) {
        return Ok(Err(Refused::NotNow));
    }
    let follower =
        Follower { report: row.id, person: who.person, channel: who.channel, through: None, since: who.at };
    let new = store::report_followers::add(unit, &follower).await?;
    keep_photo(unit, &row, photo, who.at).await?;
    if !new && photo.is_none() {
        return Ok(Ok(Joined { row, already: true }));
    }
    let kind = if new { "joined" } else { "added" };
    let happened =
        Happened { channel: Some(who.channel.as_str().to_owned()), ..Happened::new(kind, &Actor::Citizen) };
    let more = ReportRow { people: row.people + i64::from(new), ..row };
    let row = happen(app, unit, more, happened).await?;
    Ok(Ok(Joined { row, already: !new }))
}
