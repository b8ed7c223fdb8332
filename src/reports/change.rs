//! Moving a report: the table says whether that may be, an event keeps it, and whoever follows it is to be told.
//!
//! Everything that happens to a report goes through here, so that nothing happens without an event.

use serde_json::{Value as Json, json};
use uuid::Uuid;

use super::{
    actor::Actor,
    clocks,
    lifecycle::{Need, Rule, Who, rule},
    state::State,
    timers,
};
use crate::{
    app::App,
    bus::DeskNews,
    store::{
        self, StoreError, Unit,
        report_events::{ReportEvent, Words},
        report_followers::Follower,
        report_notices::Notice,
        report_photos::ReportPhoto,
        report_timers::Timer,
        reports::ReportRow,
    },
};

/// A move, and what is said with it.
#[derive(Debug, Clone)]
pub struct Change {
    pub to: State,
    pub by: Actor,
    /// Where it was said, where somebody said it.
    pub channel: Option<String>,
    /// A code: `not_ours`, `lapsed` …
    pub reason: Option<String>,
    pub words: Words,
    /// Photos of the town that show it: files that are there.
    pub evidence: Vec<Uuid>,
    /// The day of the work, Unix ms.
    pub scheduled_for: Option<i64>,
    pub authority: Option<Authority>,
    /// Id of the catalogue.
    pub department: Option<String>,
    /// The report that it is added to.
    pub parent: Option<Uuid>,
}

impl Change {
    pub fn new(to: State, by: Actor) -> Self {
        Self {
            to,
            by,
            channel: None,
            reason: None,
            words: Words::default(),
            evidence: Vec::new(),
            scheduled_for: None,
            authority: None,
            department: None,
            parent: None,
        }
    }
}

/// Who else is responsible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authority {
    pub name: String,
    pub phone: String,
    /// Theirs, where they gave one.
    pub folio: Option<String>,
}

#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    #[error("a report that is {} does not become {}", .from.as_str(), .to.as_str())]
    NotAllowed { from: State, to: State },
    #[error("this needs {0:?}")]
    Needs(Need),
    /// It is not as the caller saw it.
    #[error("something else happened to the report meanwhile")]
    Stale,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Moves a report within a unit. `row` is the report as the caller saw it.
///
/// # Errors
/// See [`ChangeError`].
pub async fn change(
    app: &App,
    unit: &Unit,
    row: &ReportRow,
    change: &Change,
) -> Result<ReportRow, ChangeError> {
    let row = current(unit, row).await?;
    let from = row.stands();
    let rule =
        rule(from, change.to, change.by.who()).ok_or(ChangeError::NotAllowed { from, to: change.to })?;
    check(rule, &row, change)?;
    let now = app.clock.now();
    let moved = clocks::follow(&app.contents.active.catalogue, &row, moved(row.clone(), change, now), now);
    for media in &change.evidence {
        let photo = ReportPhoto {
            media: *media,
            report: moved.id,
            kind: "evidence".to_owned(),
            moderation: "waiting".to_owned(),
            added_at: now,
        };
        store::report_photos::add(unit, &photo).await?;
    }
    let happened = Happened {
        kind: "moved",
        by: &change.by,
        channel: change.channel.clone(),
        from: Some(from),
        reason: change.reason.clone(),
        detail: detail(change, &moved),
        words: change.words.clone(),
    };
    let moved = happen(app, unit, moved, happened).await?;
    start_clocks(unit, &moved, now).await?;
    if rule.tells.is_some() {
        tell_followers(unit, &moved, now + app.config.reports.batch()).await?;
    }
    metrics::counter!("ventanilla_reports_moved_total", "to" => change.to.as_str()).increment(1);
    Ok(moved)
}

/// Something that is no move: somebody joined, added something, or was asked.
#[derive(Debug)]
pub struct Happened<'a> {
    pub kind: &'a str,
    pub by: &'a Actor,
    pub channel: Option<String>,
    /// Of a move.
    pub from: Option<State>,
    pub reason: Option<String>,
    /// Without anything that identifies a person.
    pub detail: Json,
    pub words: Words,
}

impl<'a> Happened<'a> {
    pub fn new(kind: &'a str, by: &'a Actor) -> Self {
        Self { kind, by, channel: None, from: None, reason: None, detail: json!({}), words: Words::default() }
    }
}

/// Writes an event, and the report with what the caller changed of it. The report was read within this unit.
///
/// # Errors
/// When the database fails.
pub async fn happen(
    app: &App,
    unit: &Unit,
    row: ReportRow,
    happened: Happened<'_>,
) -> Result<ReportRow, StoreError> {
    let row = ReportRow { version: row.version + 1, updated_at: app.clock.now(), ..row };
    let event = ReportEvent {
        report: row.id,
        seq: row.version,
        at: row.updated_at,
        actor: happened.by.name(),
        channel: happened.channel,
        kind: happened.kind.to_owned(),
        from: happened.from,
        to: row.stands(),
        reason: happened.reason,
        detail: happened.detail,
        words: happened.words,
    };
    store::report_events::append(unit, &event).await?;
    // Told a second later at the earliest: then this is committed.
    app.bus.announce_desk(DeskNews::Reports);
    crate::outgoing::happened(app, unit, &row, &event).await?;
    store::reports::save(unit, row).await
}

/// The report as it is now, if that is how the caller saw it.
///
/// # Errors
/// [`ChangeError::Stale`] where something happened to it meanwhile.
pub async fn current(unit: &Unit, seen: &ReportRow) -> Result<ReportRow, ChangeError> {
    let now = store::reports::by_id(&**unit, seen.id).await?;
    now.filter(|now| now.version == seen.version).ok_or(ChangeError::Stale)
}

fn check(rule: &Rule, row: &ReportRow, change: &Change) -> Result<(), ChangeError> {
    let said = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
    let there = |need: &Need| match need {
        Need::PublicText => said(&change.words.public),
        Need::Said => said(&change.words.citizen),
        Need::Reason => said(&change.reason),
        Need::Evidence => !change.evidence.is_empty(),
        Need::Date => change.scheduled_for.is_some(),
        Need::Department => change.department.is_some() || row.department.is_some(),
        Need::Authority => change
            .authority
            .as_ref()
            .is_some_and(|one| !one.name.trim().is_empty() && !one.phone.trim().is_empty()),
        Need::Parent => change.parent.is_some_and(|parent| parent != row.id),
    };
    rule.needs.iter().find(|need| !there(need)).map_or(Ok(()), |need| Err(ChangeError::Needs(*need)))
}

fn moved(row: ReportRow, change: &Change, now: i64) -> ReportRow {
    let to = change.to;
    let from = row.stands();
    let passed_on = change.department.as_ref().is_some_and(|to| row.department.as_ref() != Some(to));
    let by_town = matches!(change.by.who(), Who::Staff | Who::Source);
    let outcome = match to {
        State::ClosedConfirmed => Some(change.reason.clone().unwrap_or_else(|| "confirmed".to_owned())),
        State::ClosedRejected => change.reason.clone(),
        State::Duplicate => Some("joined".to_owned()),
        State::Cancelled => Some("cancelled".to_owned()),
        _ => None,
    };
    ReportRow {
        state: to.as_str().to_owned(),
        department: match to {
            State::Triage => None,
            _ => change.department.clone().or(row.department),
        },
        // Who attended it for one department does not for another.
        assignee: row.assignee.filter(|_| !passed_on),
        rule: if change.department.is_some() { "by_hand".to_owned() } else { row.rule },
        parent_id: if to == State::Duplicate { change.parent } else { None },
        reopened: row.reopened + i64::from(to == State::Reopened && from != State::Duplicate),
        outcome,
        scheduled_for: if to == State::Scheduled { change.scheduled_for } else { row.scheduled_for },
        responded_at: row.responded_at.or(by_town.then_some(now)),
        claimed_at: if to == State::ResolvedClaimed { Some(now) } else { row.claimed_at },
        closed_at: (!to.is_open()).then_some(now),
        ..row
    }
}

fn detail(change: &Change, moved: &ReportRow) -> Json {
    let mut detail = serde_json::Map::new();
    // Said to be done twice and not done: somebody above looks at it.
    if change.to == State::Reopened && moved.reopened > 1 {
        detail.insert("escalated".to_owned(), json!(true));
    }
    if let Some(department) = &change.department {
        detail.insert("department".to_owned(), json!(department));
    }
    if let Some(day) = change.scheduled_for.filter(|_| change.to == State::Scheduled) {
        detail.insert("scheduled_for".to_owned(), json!(day));
    }
    if let Some(Authority { name, phone, folio }) = &change.authority {
        detail.insert("authority".to_owned(), json!({ "name": name, "phone": phone, "folio": folio }));
    }
    if let Some(parent) = change.parent {
        detail.insert("parent".to_owned(), json!(parent));
    }
    if !change.evidence.is_empty() {
        detail.insert("evidence".to_owned(), json!(change.evidence));
    }
    Json::Object(detail)
}

/// What it does by itself from now on, instead of what it would have done.
pub(super) async fn start_clocks(unit: &Unit, row: &ReportRow, now: i64) -> Result<(), StoreError> {
    store::report_timers::stop(unit, row.id).await?;
    for (kind, wait) in timers::after(row.stands()) {
        let timer = Timer { report: row.id, kind: *kind, due_at: now + wait };
        store::report_timers::set(unit, &timer).await?;
    }
    Ok(())
}

/// Whoever follows it hears of its last event.
pub(super) async fn tell_followers(unit: &Unit, row: &ReportRow, due_at: i64) -> Result<(), StoreError> {
    for Follower { person, .. } in store::report_followers::of_report(&**unit, row.id).await? {
        let notice = Notice { report: row.id, person, since_seq: row.version, due_at };
        store::report_notices::put(unit, &notice).await?;
    }
    Ok(())
}
