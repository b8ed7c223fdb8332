//! The life of a report, as one table: from where to where, who may, what must be said, and what the citizen is told.
//!
//! [`rule`] reads it; `change.rs` is the only place that acts on it.

use super::State::{self, *};

/// What kind of actor moves a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Who {
    /// Who filed it or follows it.
    Citizen,
    /// A person of the town.
    Staff,
    /// The clock.
    System,
    /// The system of somebody else that attends it (Open311).
    Source,
}

/// What a move must bring along.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Need {
    /// Words for everybody: what was done, what lacks, why not.
    PublicText,
    /// A photo of the town, that shows it.
    Evidence,
    /// The day of the work.
    Date,
    /// Who is responsible: name and phone.
    Authority,
    /// A department of the town.
    Department,
    /// The code of a reason.
    Reason,
    /// The citizen's own words.
    Said,
    /// The report that it is added to.
    Parent,
}

/// A row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    pub from: &'static [State],
    pub to: State,
    pub who: &'static [Who],
    pub needs: &'static [Need],
    /// Which text of `flows/report_news.yaml` tells the followers; `None`: there is nothing to tell.
    pub tells: Option<&'static str>,
}

/// In work at the town, or to be.
const AT_WORK: &[State] =
    &[Received, Triage, Assigned, InProgress, Scheduled, WaitingCitizen, Referred, Reopened];
const CONCLUDED: &[State] = &[ClosedConfirmed, ClosedRejected, Cancelled];

/// Every move that there is. What is not here does not happen.
pub const TABLE: &[Rule] = &[
    // ---- the town's work
    Rule { from: AT_WORK, to: Triage, who: &[Who::Staff, Who::System], needs: &[], tells: Some("triage") },
    Rule {
        from: AT_WORK,
        to: Assigned,
        who: &[Who::Staff, Who::System],
        needs: &[Need::Department],
        tells: Some("assigned"),
    },
    Rule {
        from: AT_WORK,
        to: InProgress,
        who: &[Who::Staff, Who::Source],
        needs: &[],
        tells: Some("in_progress"),
    },
    Rule {
        from: AT_WORK,
        to: Scheduled,
        who: &[Who::Staff, Who::Source],
        needs: &[Need::Date],
        tells: Some("scheduled"),
    },
    Rule {
        from: AT_WORK,
        to: WaitingCitizen,
        who: &[Who::Staff],
        needs: &[Need::PublicText],
        tells: Some("waiting_citizen"),
    },
    Rule {
        from: AT_WORK,
        to: Referred,
        who: &[Who::Staff],
        needs: &[Need::Authority],
        tells: Some("referred"),
    },
    Rule {
        from: AT_WORK,
        to: ResolvedClaimed,
        who: &[Who::Staff],
        needs: &[Need::PublicText, Need::Evidence],
        tells: Some("resolved_claimed"),
    },
    // Another system tells no more than that it is done.
    Rule {
        from: AT_WORK,
        to: ResolvedClaimed,
        who: &[Who::Source],
        needs: &[Need::PublicText],
        tells: Some("resolved_claimed"),
    },
    Rule {
        from: AT_WORK,
        to: ClosedRejected,
        who: &[Who::Staff, Who::Source],
        needs: &[Need::Reason, Need::PublicText],
        tells: Some("closed_rejected"),
    },
    Rule {
        from: AT_WORK,
        to: Duplicate,
        who: &[Who::Staff],
        needs: &[Need::Parent],
        tells: Some("duplicate"),
    },
    // ---- what was asked of the citizen
    Rule {
        from: &[WaitingCitizen],
        to: Assigned,
        who: &[Who::Citizen],
        needs: &[Need::Department],
        tells: None,
    },
    Rule { from: &[WaitingCitizen], to: Triage, who: &[Who::Citizen], needs: &[], tells: None },
    Rule {
        from: &[WaitingCitizen],
        to: ClosedRejected,
        who: &[Who::System],
        needs: &[Need::Reason],
        tells: Some("closed_no_info"),
    },
    // ---- only the citizen concludes
    Rule {
        from: &[ResolvedClaimed],
        to: ClosedConfirmed,
        who: &[Who::Citizen],
        needs: &[],
        tells: Some("closed_confirmed"),
    },
    // A week without a word; counted apart.
    Rule {
        from: &[ResolvedClaimed],
        to: ClosedConfirmed,
        who: &[Who::System],
        needs: &[Need::Reason],
        tells: Some("lapsed"),
    },
    Rule {
        from: &[ResolvedClaimed, ClosedConfirmed, ClosedRejected],
        to: Reopened,
        who: &[Who::Citizen],
        needs: &[Need::Said],
        tells: Some("reopened"),
    },
    Rule {
        from: &[ResolvedClaimed],
        to: Reopened,
        who: &[Who::Staff, Who::Source],
        needs: &[],
        tells: Some("reopened"),
    },
    Rule {
        from: CONCLUDED,
        to: Reopened,
        who: &[Who::Staff, Who::Source],
        needs: &[],
        tells: Some("reopened"),
    },
    Rule { from: AT_WORK, to: Cancelled, who: &[Who::Citizen], needs: &[], tells: Some("cancelled") },
    // ---- taken apart again: back to where it was
    Rule { from: &[Duplicate], to: Received, who: &[Who::Staff], needs: &[], tells: Some("taken_apart") },
    Rule { from: &[Duplicate], to: Triage, who: &[Who::Staff], needs: &[], tells: Some("taken_apart") },
    Rule { from: &[Duplicate], to: Assigned, who: &[Who::Staff], needs: &[], tells: Some("taken_apart") },
    Rule { from: &[Duplicate], to: InProgress, who: &[Who::Staff], needs: &[], tells: Some("taken_apart") },
    Rule { from: &[Duplicate], to: Scheduled, who: &[Who::Staff], needs: &[], tells: Some("taken_apart") },
    Rule {
        from: &[Duplicate],
        to: WaitingCitizen,
        who: &[Who::Staff],
        needs: &[],
        tells: Some("taken_apart"),
    },
    Rule { from: &[Duplicate], to: Referred, who: &[Who::Staff], needs: &[], tells: Some("taken_apart") },
    Rule { from: &[Duplicate], to: Reopened, who: &[Who::Staff], needs: &[], tells: Some("taken_apart") },
];

/// The row that lets `who` move a report; `None`: they may not. From a state to itself there is no move.
pub fn rule(from: State, to: State, who: Who) -> Option<&'static Rule> {
    let fits = |rule: &&Rule| rule.to == to && rule.from.contains(&from) && rule.who.contains(&who);
    if from == to { None } else { TABLE.iter().find(fits) }
}

/// Where `who` may move a report from here.
pub fn next(from: State, who: Who) -> impl Iterator<Item = &'static Rule> {
    State::ALL.into_iter().filter_map(move |to| rule(from, to, who))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Who; 4] = [Who::Citizen, Who::Staff, Who::System, Who::Source];

    #[test]
    fn a_move_has_one_row() {
        for from in State::ALL {
            for to in State::ALL {
                for who in ALL {
                    let fits = |rule: &&Rule| {
                        from != to && rule.to == to && rule.from.contains(&from) && rule.who.contains(&who)
                    };
                    assert!(TABLE.iter().filter(fits).count() <= 1, "{from:?} -> {to:?} by {who:?}");
                }
            }
        }
    }

    #[test]
    fn the_town_alone_never_concludes() {
        for from in State::ALL {
            assert!(rule(from, ClosedConfirmed, Who::Staff).is_none());
            assert!(rule(from, ClosedConfirmed, Who::Source).is_none());
            assert!(rule(from, Cancelled, Who::Staff).is_none());
        }
    }

    #[test]
    fn every_state_can_be_reached_and_left() {
        for state in State::ALL {
            let reached = state == Received
                || ALL.iter().any(|who| State::ALL.iter().any(|from| rule(*from, state, *who).is_some()));
            let left = ALL.iter().any(|who| next(state, *who).next().is_some());
            assert!(reached && left, "{state:?}");
        }
    }

    #[test]
    fn what_is_said_to_be_done_is_shown() {
        let claim = rule(InProgress, ResolvedClaimed, Who::Staff).unwrap();
        assert_eq!(claim.needs, [Need::PublicText, Need::Evidence]);
    }
}
