//! Whose report it is: who may conclude it, open it again, take it back or add to it.
//!
//! The folio alone shows the public state and no more. Who filed it or joined may do more from where they did, and so may
//! whoever says the PIN. A caller's number proves nothing.

use uuid::Uuid;
use ventanilla_adapters::Channel;
use ventanilla_values::{Folio, Pin};

use super::{State, pin_fits};
use crate::{
    app::App,
    catalogue::Catalogue,
    store::{self, StoreError, Unit, reports::ReportRow},
};

/// Reports added to others that are followed up: a chain is short, a circle would be a mistake.
const CHAIN: usize = 5;

/// A citizen in a talk.
#[derive(Debug, Clone, Copy)]
pub struct Citizen {
    pub person: Uuid,
    pub channel: Channel,
    /// Unix milliseconds.
    pub at: i64,
}

/// Why a citizen may not do something to a report. What a flow tells of each is its own business.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// No report has this folio.
    Unknown,
    /// They are nobody that we know of it: the PIN is needed.
    NeedsPin,
    WrongPin,
    /// Too many wrong PINs.
    Locked,
    /// Not as the report stands.
    NotNow,
    /// Too long ago.
    TooLate,
    /// Somebody else filed it.
    NotTheirs,
}

impl Refused {
    /// How flows call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::NeedsPin => "pin",
            Self::WrongPin => "wrong_pin",
            Self::Locked => "locked",
            Self::NotNow => "not_now",
            Self::TooLate => "too_late",
            Self::NotTheirs => "not_theirs",
        }
    }
}

/// A report that the citizen may act on. Where it was added to another that they follow too, it is that one.
///
/// # Errors
/// When the database fails; [`Refused`] is no failure.
pub async fn own(
    app: &App,
    unit: &Unit,
    who: &Citizen,
    folio: &str,
    pin: Option<&str>,
) -> Result<Result<ReportRow, Refused>, StoreError> {
    let prefix = &app.contents.active.catalogue.town().folio_prefix;
    let Some(row) = by_folio(unit, folio, prefix).await? else { return Ok(Err(Refused::Unknown)) };
    if follows(unit, &row, who).await? || is_under_lead(unit, &row, who).await? {
        return Ok(Ok(lead(unit, row).await?));
    }
    if let Err(refused) = knows_pin(app, &row, who, pin) {
        return Ok(Err(refused));
    }
    Ok(Ok(lead(unit, row).await?))
}

/// A report of this person by its PIN, whatever else is known of them: for what cannot be undone.
///
/// # Errors
/// As [`own`].
pub async fn proved(
    app: &App,
    unit: &Unit,
    who: &Citizen,
    folio: &str,
    pin: Option<&str>,
) -> Result<Result<ReportRow, Refused>, StoreError> {
    let prefix = &app.contents.active.catalogue.town().folio_prefix;
    let Some(row) = by_folio(unit, folio, prefix).await? else { return Ok(Err(Refused::Unknown)) };
    let followers = store::report_followers::of_report(&**unit, row.id).await?;
    // Two records that became one leave the report under the older; its followers go with them.
    if row.person_id != Some(who.person) && !followers.iter().any(|one| one.person == who.person) {
        return Ok(Err(Refused::NotTheirs));
    }
    Ok(knows_pin(app, &row, who, pin).map(|()| row))
}

pub(super) async fn by_folio(
    unit: &Unit,
    folio: &str,
    prefix: &str,
) -> Result<Option<ReportRow>, StoreError> {
    let Ok(folio) = Folio::parse(folio, prefix) else { return Ok(None) };
    store::reports::by_folio(&**unit, &folio.to_string()).await
}

/// The report that a duplicate was added to, else itself.
pub(super) async fn lead(unit: &Unit, mut row: ReportRow) -> Result<ReportRow, StoreError> {
    for _ in 0..CHAIN {
        let Some(parent) = row.parent_id.filter(|_| row.stands() == State::Duplicate) else { break };
        let Some(next) = store::reports::by_id(&**unit, parent).await? else { break };
        row = next;
    }
    Ok(row)
}

async fn follows(unit: &Unit, row: &ReportRow, who: &Citizen) -> Result<bool, StoreError> {
    if who.channel == Channel::Voice {
        return Ok(false);
    }
    let followers = store::report_followers::of_report(&**unit, row.id).await?;
    let same = |channel: Channel| !row.private || channel == who.channel;
    Ok(followers.iter().any(|one| one.person == who.person && same(one.channel)))
}

/// Their report was added to another, and they with it.
async fn is_under_lead(unit: &Unit, row: &ReportRow, who: &Citizen) -> Result<bool, StoreError> {
    if row.stands() != State::Duplicate || who.channel == Channel::Voice {
        return Ok(false);
    }
    let lead = lead(unit, row.clone()).await?;
    let followers = store::report_followers::of_report(&**unit, lead.id).await?;
    Ok(followers.iter().any(|one| one.person == who.person && one.through == Some(row.id)))
}

fn knows_pin(app: &App, row: &ReportRow, who: &Citizen, pin: Option<&str>) -> Result<(), Refused> {
    let Some(said) = pin else { return Err(Refused::NeedsPin) };
    let source = who.person.to_string();
    if !app.pin_attempts.allowed(&row.folio, &source, who.at) {
        return Err(Refused::Locked);
    }
    let pin = Pin::parse(said).map(|pin| pin.to_string()).unwrap_or_default();
    // A key that is gone opens nothing: they are told that the PIN does not fit.
    if pin_fits(app, row, &pin).unwrap_or(false) {
        return Ok(());
    }
    app.pin_attempts.wrong(&row.folio, &source, who.at);
    Err(Refused::WrongPin)
}

/// The reports that a citizen may be reminded of by name here, what they followed last first: none in a call, where
/// anybody may show this number, and none that is private.
///
/// # Errors
/// When the database fails.
pub async fn theirs(
    on: &impl sea_orm::ConnectionTrait,
    who: &Citizen,
    limit: i64,
) -> Result<Vec<ReportRow>, StoreError> {
    if who.channel == Channel::Voice {
        return Ok(Vec::new());
    }
    let rows = store::reports::followed_by(on, who.person, limit).await?;
    Ok(rows.into_iter().filter(|row| !row.private && row.stands() != State::Duplicate).collect())
}

/// What a report is called among others: what it is about, and where.
pub fn named(catalogue: &Catalogue, row: &ReportRow, lang: ventanilla_values::Lang) -> String {
    let what = catalogue.category(&row.category).map(|one| one.name.get(lang).to_owned());
    let place: Option<ventanilla_values::Place> = serde_json::from_str(&row.place_json).ok();
    let parts = [what, place.map(|place| place.text)];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}
