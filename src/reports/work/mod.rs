//! What people of departments do about reports. Each act is one unit: the move or the event, and its row of the audit
//! log. What a move needs says the table (`lifecycle.rs`); what is said with it is looked at here.

mod assign;
mod evidence;
mod merge;
mod moderate;
mod moving;
mod note;
mod refusals;
mod sayings;

use serde_json::Value as Json;
use uuid::Uuid;

pub use assign::{Assignment, assign, may_attend};
pub use evidence::{Brought, MOST_BYTES, bring, forget_unused, withdraw};
pub use merge::{accept_incident, dismiss_incident, merge, take_apart};
pub use moderate::{moderate_photo, moderate_text};
pub use moving::{Move, REJECTIONS, move_report};
pub use note::{Note, note};
pub use refusals::{Refusal, WorkError, code_of};

use super::Actor;
use crate::{
    app::App,
    staff::{self, Member},
    store::{StoreError, Unit, reports::ReportRow},
};

/// Letters of what the town says to everybody, or among colleagues.
pub const LONGEST: usize = 2000;

fn actor(member: &Member) -> Actor {
    Actor::Staff(member.id)
}

/// Writes the act into the audit log. `detail` holds nothing of a citizen.
async fn audit(
    app: &App,
    unit: &Unit,
    member: &Member,
    action: &str,
    report: Uuid,
    detail: &Json,
) -> Result<(), StoreError> {
    staff::note(app, unit, &staff::named(member.id), action, &format!("report:{report}"), detail).await
}

/// The report as the unit finds it, if that is how the caller saw it.
async fn current(unit: &Unit, seen: &ReportRow) -> Result<ReportRow, WorkError> {
    Ok(super::current(unit, seen).await?)
}
