//! The states of a report, and what each is called in public and by Open311.

use std::str::FromStr;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use ventanilla_values::Lang;

/// Where a report stands. Before it is filed it is a draft in the citizen's session, and no report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// The citizen confirmed it and has a folio.
    Received,
    /// Nobody knows yet whose it is.
    Triage,
    /// A department has it.
    Assigned,
    /// A crew took it up.
    InProgress,
    /// There is a day for it.
    Scheduled,
    /// The town lacks something that only the citizen knows. The clocks stand still.
    WaitingCitizen,
    /// Somebody else is responsible.
    Referred,
    /// The town says that it is done; only the citizen knows.
    ResolvedClaimed,
    /// The citizen said that it is done, or said nothing for a week.
    ClosedConfirmed,
    /// The town does not do it, and said why.
    ClosedRejected,
    /// Added to another report.
    Duplicate,
    /// Taken back by who filed it.
    Cancelled,
    /// Said to be done and not done.
    Reopened,
}

impl State {
    pub const ALL: [Self; 13] = [
        Self::Received,
        Self::Triage,
        Self::Assigned,
        Self::InProgress,
        Self::Scheduled,
        Self::WaitingCitizen,
        Self::Referred,
        Self::ResolvedClaimed,
        Self::ClosedConfirmed,
        Self::ClosedRejected,
        Self::Duplicate,
        Self::Cancelled,
        Self::Reopened,
    ];

    /// The name that is stored and sent.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Triage => "triage",
            Self::Assigned => "assigned",
            Self::InProgress => "in_progress",
            Self::Scheduled => "scheduled",
            Self::WaitingCitizen => "waiting_citizen",
            Self::Referred => "referred",
            Self::ResolvedClaimed => "resolved_claimed",
            Self::ClosedConfirmed => "closed_confirmed",
            Self::ClosedRejected => "closed_rejected",
            Self::Duplicate => "duplicate",
            Self::Cancelled => "cancelled",
            Self::Reopened => "reopened",
        }
    }

    /// Whether anything is still to be done about it. What is claimed to be done is open: only the citizen closes.
    pub fn is_open(self) -> bool {
        !matches!(self, Self::ClosedConfirmed | Self::ClosedRejected | Self::Duplicate | Self::Cancelled)
    }

    /// What people read.
    pub fn label(self, lang: Lang) -> &'static str {
        let (es, en) = match self {
            Self::Received => ("Recibido", "Received"),
            Self::Triage => ("En revisión", "Under review"),
            Self::Assigned => ("Asignado", "Assigned"),
            Self::InProgress => ("En atención", "In progress"),
            Self::Scheduled => ("Programado", "Scheduled"),
            Self::WaitingCitizen => ("Necesitamos un dato", "We need something from you"),
            Self::Referred => ("Turnado a otra dependencia", "Passed on to another authority"),
            Self::ResolvedClaimed => ("Reportado como atendido", "Reported as done"),
            Self::ClosedConfirmed => ("Concluido", "Concluded"),
            Self::ClosedRejected => ("No procede", "Not taken up"),
            Self::Duplicate => ("Sumado a otro folio", "Added to another report"),
            Self::Cancelled => ("Cancelado por quien lo hizo", "Cancelled by who made it"),
            Self::Reopened => ("Reabierto", "Reopened"),
        };
        if lang == Lang::EN { en } else { es }
    }

    /// GeoReport v2 knows two.
    pub fn open311(self) -> &'static str {
        if self.is_open() { "open" } else { "closed" }
    }

    /// The states of `FixMyStreet`'s extension of Open311.
    pub fn fixmystreet(self) -> &'static str {
        match self {
            Self::Received | Self::Assigned => "OPEN",
            Self::Triage => "FOR_TRIAGE",
            Self::InProgress => "IN_PROGRESS",
            Self::Scheduled => "ACTION_SCHEDULED",
            Self::WaitingCitizen => "INVESTIGATING",
            Self::Referred => "NOT_COUNCILS_RESPONSIBILITY",
            Self::ResolvedClaimed => "FIXED",
            Self::ClosedConfirmed => "CLOSED",
            Self::ClosedRejected => "NO_FURTHER_ACTION",
            Self::Duplicate => "DUPLICATE",
            Self::Cancelled => "CANCELLED",
            Self::Reopened => "REOPEN",
        }
    }
}

impl FromStr for State {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let known = Self::ALL.into_iter().find(|state| state.as_str() == name);
        known.ok_or_else(|| format!("'{name}' is no state of a report"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_same_everywhere() {
        for state in State::ALL {
            assert_eq!(serde_json::to_value(state).unwrap(), state.as_str());
            assert_eq!(state.as_str().parse(), Ok(state));
        }
        assert!("done".parse::<State>().is_err());
    }
}
