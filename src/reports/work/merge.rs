//! Several reports of one thing: one is added to another, and taken apart again when that was wrong. Who follows the added
//! one hears of the other from then on. Only people merge; the machine suggests.

use serde_json::json;
use uuid::Uuid;

use super::{Refusal, WorkError, actor, audit, current};
use crate::{
    app::App,
    reports::{Change, ChangeError, Happened, State, change, happen},
    staff::{self, Member},
    store::{self, Unit, report_events::Words, report_followers::Follower, reports::ReportRow},
};

/// Adds a report to another. `seen` is the report with the version that the caller saw; `note` stays among colleagues.
/// Gives the added one.
///
/// # Errors
/// When the other is closed, was added itself, or is private; others were added to this one; it changed meanwhile; or the
/// database fails.
pub async fn merge(
    app: &App,
    member: &Member,
    seen: &ReportRow,
    into: Uuid,
    note: Option<String>,
) -> Result<ReportRow, WorkError> {
    let unit = app.store.unit().await?;
    let row = current(&unit, seen).await?;
    let added = add(app, &unit, member, &row, into, note).await?;
    unit.commit().await?;
    Ok(added)
}

async fn add(
    app: &App,
    unit: &Unit,
    member: &Member,
    row: &ReportRow,
    into: Uuid,
    note: Option<String>,
) -> Result<ReportRow, WorkError> {
    let parent = store::reports::by_id(&**unit, into).await?.ok_or(Refusal::NoParent)?;
    may_be_added(unit, row, &parent).await?;
    let change_to = Change {
        parent: Some(parent.id),
        words: Words { private: note, ..Words::default() },
        ..Change::new(State::Duplicate, actor(member))
    };
    let added = change(app, unit, row, &change_to).await?;
    for follower in store::report_followers::of_report(&**unit, added.id).await? {
        let since = app.clock.now();
        let through = Follower { report: parent.id, through: Some(added.id), since, ..follower };
        store::report_followers::add(unit, &through).await?;
    }
    let people = parent.people + added.people;
    let detail = json!({ "report": added.id, "folio": added.folio, "people": added.people });
    let by = actor(member);
    let happened = Happened { detail, ..Happened::new("merged", &by) };
    let parent = happen(app, unit, ReportRow { people, ..parent }, happened).await?;
    audit(app, unit, member, "report.merge", added.id, &json!({ "into": parent.id })).await?;
    Ok(added)
}

async fn may_be_added(unit: &Unit, row: &ReportRow, parent: &ReportRow) -> Result<(), WorkError> {
    if row.private || parent.private {
        return Err(Refusal::PrivateApart.into());
    }
    if parent.stands() == State::Duplicate {
        return Err(Refusal::ParentAdded.into());
    }
    if !parent.stands().is_open() {
        return Err(Refusal::ParentClosed.into());
    }
    if !store::reports::added_to(&**unit, row.id).await?.is_empty() {
        return Err(Refusal::HasAdded.into());
    }
    Ok(())
}

/// Takes a report out of the one that it was added to: it is what it was before. Gives it.
///
/// # Errors
/// When it was not added to another, changed meanwhile, or the database fails.
pub async fn take_apart(app: &App, member: &Member, seen: &ReportRow) -> Result<ReportRow, WorkError> {
    let unit = app.store.unit().await?;
    let row = current(&unit, seen).await?;
    let parent = row.parent_id.filter(|_| row.stands() == State::Duplicate).ok_or(Refusal::NotAdded)?;
    let before = stood_before(&unit, row.id).await?;
    let apart = change(app, &unit, &row, &Change::new(before, actor(member))).await?;
    store::report_followers::remove_through(&unit, parent, apart.id).await?;
    if let Some(parent) = store::reports::by_id(&*unit, parent).await? {
        // Who filed it counts whatever was written since.
        let people = (parent.people - apart.people).max(1);
        let detail = json!({ "report": apart.id, "folio": apart.folio, "people": apart.people });
        let by = actor(member);
        let happened = Happened { detail, ..Happened::new("taken_apart", &by) };
        happen(app, &unit, ReportRow { people, ..parent }, happened).await?;
    }
    audit(app, &unit, member, "report.take_apart", apart.id, &json!({ "from": parent })).await?;
    unit.commit().await?;
    Ok(apart)
}

/// Where it stood when it was added.
async fn stood_before(unit: &Unit, report: Uuid) -> Result<State, WorkError> {
    let events = store::report_events::of_report(&**unit, report).await?;
    let added = events.iter().rev().find(|event| event.kind == "moved" && event.to == State::Duplicate);
    Ok(added.and_then(|event| event.from).unwrap_or(State::Triage))
}

/// The reports are about one thing: all are added to the first of them, in one unit. Gives the lead.
///
/// # Errors
/// As [`merge`]; nothing is written then. [`ChangeError::Stale`] where one of them is not there or is closed.
pub async fn accept_incident(
    app: &App,
    member: &Member,
    lead: &ReportRow,
    others: &[ReportRow],
) -> Result<ReportRow, WorkError> {
    if others.is_empty()
        || others.iter().any(|one| one.category_group != lead.category_group || one.id == lead.id)
    {
        return Err(Refusal::NoIncident.into());
    }
    let unit = app.store.unit().await?;
    for seen in others {
        let row = current(&unit, seen).await?;
        if !row.stands().is_open() {
            return Err(ChangeError::Stale.into());
        }
        add(app, &unit, member, &row, lead.id, None).await?;
    }
    let ids = others.iter().chain([lead]).map(|row| row.id);
    decide(app, &unit, member, ids, "accepted").await?;
    let lead = store::reports::by_id(&*unit, lead.id).await?.ok_or(Refusal::NoParent)?;
    unit.commit().await?;
    Ok(lead)
}

/// The reports are about several things: they are not suggested together again.
///
/// # Errors
/// When the database fails.
pub async fn dismiss_incident(app: &App, member: &Member, reports: &[Uuid]) -> Result<(), WorkError> {
    let unit = app.store.unit().await?;
    decide(app, &unit, member, reports.iter().copied(), "dismissed").await?;
    Ok(unit.commit().await?)
}

async fn decide(
    app: &App,
    unit: &Unit,
    member: &Member,
    reports: impl Iterator<Item = Uuid>,
    decision: &str,
) -> Result<(), WorkError> {
    let reports: Vec<Uuid> = reports.collect();
    for report in &reports {
        store::report_incidents::decide(unit, *report, decision, member.id, app.clock.now()).await?;
    }
    let subject = reports.first().map(|id| format!("report:{id}")).unwrap_or_default();
    let detail = json!({ "decision": decision, "reports": reports });
    let by = staff::named(member.id);
    Ok(staff::note(app, unit, &by, "report.incident", &subject, &detail).await?)
}
