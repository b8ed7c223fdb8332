//! Whose a report is: a department, and a person of it.

use serde_json::json;
use uuid::Uuid;

use super::{Refusal, WorkError, actor, audit, current};
use crate::{
    app::App,
    reports::{Change, Happened, State, change, happen},
    staff::{Member, Permission},
    store::{self, Unit, reports::ReportRow},
};

/// To whom a report is given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Assignment {
    /// Id of the catalogue; `None`: it stays where it is.
    pub department: Option<String>,
    /// Who attends it; `None`: nobody in particular.
    pub assignee: Option<Uuid>,
}

/// Gives a report to a department and to a person, or to nobody in particular.
///
/// # Errors
/// When there is no such department, the person does not work for it, the report is closed or changed meanwhile, or the
/// database fails.
pub async fn assign(
    app: &App,
    member: &Member,
    seen: &ReportRow,
    to: Assignment,
) -> Result<ReportRow, WorkError> {
    if !seen.stands().is_open() {
        return Err(Refusal::Closed.into());
    }
    let catalogue = &app.contents.active.catalogue;
    let department = to.department.or_else(|| seen.department.clone());
    if department.as_deref().is_some_and(|id| catalogue.department(id).is_none()) {
        return Err(Refusal::NoDepartment.into());
    }
    if let Some(person) = to.assignee {
        let row = store::staff::by_id(app.store.read(), person).await?;
        let fits = row
            .filter(|row| row.active)
            .is_some_and(|row| may_attend(&Member::of(&row), department.as_deref(), seen.private));
        if !fits {
            return Err(Refusal::NotTheirs.into());
        }
    }
    let unit = app.store.unit().await?;
    let row = passed_on(app, &unit, member, seen, department.as_deref()).await?;
    let row = if row.assignee == to.assignee {
        row
    } else {
        let row = ReportRow { assignee: to.assignee, ..row };
        let detail = json!({ "assignee": to.assignee });
        happen(app, &unit, row, Happened { detail, ..Happened::new("attended", &actor(member)) }).await?
    };
    let detail = json!({ "department": row.department, "assignee": row.assignee });
    audit(app, &unit, member, "report.assign", row.id, &detail).await?;
    unit.commit().await?;
    Ok(row)
}

/// Whether somebody can be given reports of a department.
pub fn may_attend(member: &Member, department: Option<&str>, private: bool) -> bool {
    let of_it = department.is_some_and(|id| member.departments.iter().any(|own| own == id));
    let sees = if private {
        member.may(Permission::PrivateReports) && of_it
    } else {
        member.sees_all_teams() || of_it
    };
    member.may(Permission::WorkReports) && sees
}

/// With its new department, where it has one.
async fn passed_on(
    app: &App,
    unit: &Unit,
    member: &Member,
    seen: &ReportRow,
    department: Option<&str>,
) -> Result<ReportRow, WorkError> {
    let row = current(unit, seen).await?;
    let Some(department) = department.filter(|id| row.department.as_deref() != Some(*id)) else {
        return Ok(row);
    };
    let by = actor(member);
    if row.stands() != State::Assigned {
        let to = Change { department: Some(department.to_owned()), ..Change::new(State::Assigned, by) };
        return Ok(change(app, unit, &row, &to).await?);
    }
    // It is assigned already, and to somebody else now: that is no move.
    let row = ReportRow {
        department: Some(department.to_owned()),
        rule: "by_hand".to_owned(),
        assignee: None,
        ..row
    };
    let detail = json!({ "department": department });
    Ok(happen(app, unit, row, Happened { detail, ..Happened::new("passed_on", &by) }).await?)
}
