//! What another system tells of a report: with a key of ours, or asked by our client. It moves the report where the table
//! of the lifecycle lets it; everything else is kept as a note, so that nothing told is lost.
//!
//! The same update twice does something once, and one that is older than the last seen moves nothing. Only the citizen
//! concludes: "closed" is a claim that it is done. What is hidden or private stays so.

use std::str::FromStr;

use serde_json::json;

use crate::{
    app::App,
    reports::{self, Actor, Change, ChangeError, Happened, State, lifecycle::Who, lifecycle::rule},
    store::{self, StoreError, Unit, report_events::Words, reports::ReportRow},
};

/// What others say where a report stands: GeoReport v2 knows `open` and `closed`, `FixMyStreet` the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Open,
    Investigating,
    InProgress,
    ActionScheduled,
    Fixed,
    Closed,
    Duplicate,
    NotCouncilsResponsibility,
    NoFurtherAction,
    InternalReferral,
    ForTriage,
    Cancelled,
    Reopen,
}

impl Status {
    pub const ALL: [Self; 13] = [
        Self::Open,
        Self::Investigating,
        Self::InProgress,
        Self::ActionScheduled,
        Self::Fixed,
        Self::Closed,
        Self::Duplicate,
        Self::NotCouncilsResponsibility,
        Self::NoFurtherAction,
        Self::InternalReferral,
        Self::ForTriage,
        Self::Cancelled,
        Self::Reopen,
    ];

    /// As it is sent.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "OPEN",
            Self::Investigating => "INVESTIGATING",
            Self::InProgress => "IN_PROGRESS",
            Self::ActionScheduled => "ACTION_SCHEDULED",
            Self::Fixed => "FIXED",
            Self::Closed => "CLOSED",
            Self::Duplicate => "DUPLICATE",
            Self::NotCouncilsResponsibility => "NOT_COUNCILS_RESPONSIBILITY",
            Self::NoFurtherAction => "NO_FURTHER_ACTION",
            Self::InternalReferral => "INTERNAL_REFERRAL",
            Self::ForTriage => "FOR_TRIAGE",
            Self::Cancelled => "CANCELLED",
            Self::Reopen => "REOPEN",
        }
    }

    /// Where it would bring a report that stands somewhere, and why where the table asks for a reason.
    fn target(self, from: State) -> Option<(State, Option<&'static str>)> {
        match self {
            Self::Investigating | Self::InProgress => Some((State::InProgress, None)),
            Self::ActionScheduled => Some((State::Scheduled, None)),
            Self::Fixed | Self::Closed => Some((State::ResolvedClaimed, None)),
            Self::NotCouncilsResponsibility => Some((State::ClosedRejected, Some("not_ours"))),
            Self::NoFurtherAction => Some((State::ClosedRejected, Some("no_further_action"))),
            Self::Reopen => Some((State::Reopened, None)),
            // That it is open is news only where they had said that it was done.
            Self::Open => (from == State::ResolvedClaimed).then_some((State::Reopened, None)),
            // Who files cancels, and only people of the town refer, sort and merge.
            Self::Duplicate | Self::InternalReferral | Self::ForTriage | Self::Cancelled => None,
        }
    }
}

impl FromStr for Status {
    type Err = ();

    /// Forgives small letters, spaces and dashes.
    fn from_str(text: &str) -> Result<Self, ()> {
        let name = text.trim().to_uppercase().replace([' ', '-'], "_");
        Self::ALL.into_iter().find(|status| status.as_str() == name).ok_or(())
    }
}

/// What they tell.
#[derive(Clone)]
pub struct Update {
    /// Theirs: the same one twice is one.
    pub id: String,
    /// When it happened, as they say; Unix ms.
    pub at: i64,
    pub status: Option<Status>,
    pub text: Option<String>,
    /// The day of the work, Unix ms.
    pub day: Option<i64>,
    /// Whether it is worth a note where it moves nothing.
    pub worth_a_note: bool,
}

/// What people say is theirs.
impl std::fmt::Debug for Update {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Update").field("id", &self.id).field("status", &self.status).finish_non_exhaustive()
    }
}

/// What became of an update.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    Moved,
    Noted,
    /// It moved nothing, and there was nothing to note.
    Nothing,
    /// It was told before.
    Known,
}

/// Takes in an update within a unit. `row` was read in it.
///
/// # Errors
/// When the database fails.
pub async fn take(
    app: &App,
    unit: &Unit,
    row: ReportRow,
    by: &Actor,
    update: &Update,
) -> Result<Taken, StoreError> {
    let source = by.name();
    let last = store::report_updates::last(&**unit, &source, row.id).await?;
    if !store::report_updates::note(unit, &source, &update.id, row.id, update.at).await? {
        return Ok(Taken::Known);
    }
    let is_news = last.is_none_or(|last| update.at >= last);
    if is_news && let Some(change) = change_of(&row, by, update) {
        match reports::change(app, unit, &row, &change).await {
            Ok(_) => return Ok(Taken::Moved),
            Err(ChangeError::Store(err)) => return Err(err),
            Err(ChangeError::NotAllowed { .. } | ChangeError::Needs(_) | ChangeError::Stale) => {}
        }
    }
    if !update.worth_a_note {
        return Ok(Taken::Nothing);
    }
    note(app, unit, row, by, update).await?;
    Ok(Taken::Noted)
}

/// The move that it is, if the table has it.
fn change_of(row: &ReportRow, by: &Actor, update: &Update) -> Option<Change> {
    let (to, reason) = update.status?.target(row.stands())?;
    rule(row.stands(), to, Who::Source)?;
    let text = update.text.clone().or_else(|| {
        let said = match to {
            State::ResolvedClaimed => "Quien lo atiende informó que quedó resuelto.",
            State::ClosedRejected => "Quien lo atiende informó que no procede.",
            _ => return None,
        };
        Some(said.to_owned())
    });
    Some(Change {
        channel: Some(super::filing::CHANNEL.to_owned()),
        reason: reason.map(str::to_owned),
        words: Words { public: text, ..Words::default() },
        scheduled_for: update.day,
        ..Change::new(to, by.clone())
    })
}

/// What moves nothing is for colleagues.
async fn note(app: &App, unit: &Unit, row: ReportRow, by: &Actor, update: &Update) -> Result<(), StoreError> {
    let happened = Happened {
        channel: Some(super::filing::CHANNEL.to_owned()),
        detail: json!({ "status": update.status.map(Status::as_str) }),
        words: Words { private: update.text.clone(), ..Words::default() },
        ..Happened::new("noted", by)
    };
    reports::happen(app, unit, row, happened).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_has_a_name_that_is_read_again() {
        for state in State::ALL {
            assert!(state.fixmystreet().parse::<Status>().is_ok(), "{state:?}");
        }
        for (text, status) in [
            ("open", Status::Open),
            ("In progress", Status::InProgress),
            ("no-further-action", Status::NoFurtherAction),
        ] {
            assert_eq!(text.parse(), Ok(status));
        }
        assert!("done".parse::<Status>().is_err());
    }

    #[test]
    fn no_status_concludes_a_report() {
        for status in Status::ALL {
            for from in State::ALL {
                let to = status.target(from).map(|(to, _)| to);
                assert!(!matches!(to, Some(State::ClosedConfirmed | State::Cancelled | State::Duplicate)));
            }
        }
    }
}
