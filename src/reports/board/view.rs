//! One report, with everything that who attends it should know.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use ventanilla_values::Lang;

use super::{
    events::{self, EventView},
    rows::{self, BoardRow, Names},
};
use crate::{
    app::App,
    catalogue::{AttributeKind, Catalogue},
    reports::{
        State, cell,
        clocks::{self, ReportClock},
        incidents::apart,
        lifecycle::{self, Need, Who},
    },
    staff::{Member, Permission},
    store::{self, StoreError, board::Scope, reports::ReportRow},
};

/// How far who attends a report looks around, in metres: as `FixMyStreet` does.
const AROUND: f64 = 1000.0;
const MOST_NEAR: usize = 20;
/// What was closed so long ago (milliseconds) is not the same thing any more.
const RECENT: i64 = 30 * 24 * 3600 * 1000;

/// A report with its history.
#[derive(Clone, PartialEq, Serialize, ToSchema)]
pub struct BoardReport {
    #[serde(flatten)]
    pub row: BoardRow,
    pub anonymous: bool,
    /// Where it came from.
    pub channel: String,
    /// As the citizen said it.
    pub description: Option<String>,
    /// `waiting`, `shown` or `hidden`.
    pub moderation: String,
    pub public_text: Option<String>,
    pub where_text: String,
    pub where_lat: Option<f64>,
    pub where_lon: Option<f64>,
    pub answers: Vec<Answer>,
    /// What sent it to its department.
    pub rule: String,
    pub outcome: Option<String>,
    /// How many are told of it.
    pub followers: i64,
    /// The report that it was added to.
    pub parent: Option<Added>,
    /// What was added to it.
    pub added: Vec<Added>,
    pub respond: Option<ReportClock>,
    pub resolve: Option<ReportClock>,
    pub photos: Vec<PhotoView>,
    /// Photos that the one who asks brought, and that no move showed yet.
    pub evidence: Vec<Uuid>,
    pub events: Vec<EventView>,
    /// Where it may go from here.
    pub next: Vec<NextMove>,
    /// Of the same group, within a kilometre, the nearest first.
    pub near: Vec<NearReport>,
    pub may_moderate: bool,
}

/// What people said stays out of logs.
impl std::fmt::Debug for BoardReport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BoardReport").field("row", &self.row).finish_non_exhaustive()
    }
}

/// What was asked about it, and answered.
#[derive(Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Answer {
    pub question: String,
    pub answer: String,
}

/// What people said stays out of logs.
impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Answer(…)")
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Added {
    pub id: Uuid,
    pub folio: String,
    pub people: i64,
    /// Unix milliseconds.
    pub filed_at: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PhotoView {
    pub id: Uuid,
    /// `citizen` or `evidence`.
    pub kind: String,
    /// `waiting`, `shown` or `hidden`.
    pub moderation: String,
    /// Unix milliseconds.
    pub added_at: i64,
}

/// A move that the table has, and what it must bring along.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct NextMove {
    pub to: State,
    /// `public_text`, `evidence`, `date`, `authority`, `department`, `reason`, `parent`.
    pub needs: Vec<String>,
    /// Whether the citizen is told.
    pub tells: bool,
}

/// Another report that may be about the same thing.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct NearReport {
    pub metres: i64,
    #[serde(flatten)]
    pub row: BoardRow,
}

/// The whole of a report.
///
/// # Errors
/// When the database fails.
pub async fn view(
    app: &App,
    member: &Member,
    scope: &Scope,
    row: ReportRow,
    lang: Lang,
) -> Result<BoardReport, StoreError> {
    let (on, now) = (app.store.read(), app.clock.now());
    let catalogue = &app.contents.active.catalogue;
    let names = rows::names(on).await?;
    let place = rows::place(&row).unwrap_or_default();
    let parent = match row.parent_id {
        Some(id) => store::reports::by_id(on, id).await?.map(|row| added(&row)),
        None => None,
    };
    let unused = store::report_evidence::unused(on, row.id, member.id).await?;
    let happened = store::report_events::of_report(on, row.id).await?;
    Ok(BoardReport {
        row: rows::row(catalogue, &names, &row, lang, now),
        anonymous: row.anonymous,
        channel: row.channel.clone(),
        description: row.description.clone(),
        moderation: row.moderation.clone(),
        public_text: row.public_text.clone(),
        where_text: place.text,
        where_lat: row.lat,
        where_lon: row.lon,
        answers: answers(catalogue, &row, lang),
        rule: row.rule.clone(),
        outcome: row.outcome.clone(),
        followers: store::report_followers::count(on, row.id).await?,
        parent,
        added: store::reports::added_to(on, row.id).await?.iter().map(added).collect(),
        respond: clocks::respond(&row, now),
        resolve: clocks::resolve(&row, now),
        photos: photos(app, &row).await?,
        evidence: unused.into_iter().map(|photo| photo.media).collect(),
        events: happened.into_iter().map(|one| events::event(&names, one)).collect(),
        next: next(&row),
        near: near(app, scope, &names, &row, lang).await?,
        may_moderate: member.may(Permission::ModerateReports) && !row.private,
    })
}

fn added(row: &ReportRow) -> Added {
    Added { id: row.id, folio: row.folio.clone(), people: row.people, filed_at: row.filed_at }
}

async fn photos(app: &App, row: &ReportRow) -> Result<Vec<PhotoView>, StoreError> {
    let photos = store::report_photos::of_report(app.store.read(), row.id).await?;
    let seen = photos.into_iter().map(|photo| PhotoView {
        id: photo.media,
        kind: photo.kind,
        moderation: photo.moderation,
        added_at: photo.added_at,
    });
    Ok(seen.collect())
}

/// What was added to another is taken apart, and nothing else.
fn next(row: &ReportRow) -> Vec<NextMove> {
    let from = row.stands();
    if from == State::Duplicate {
        return Vec::new();
    }
    lifecycle::next(from, Who::Staff)
        .map(|rule| NextMove {
            to: rule.to,
            needs: rule.needs.iter().map(|need| named(*need).to_owned()).collect(),
            tells: rule.tells.is_some(),
        })
        .collect()
}

fn named(need: Need) -> &'static str {
    match need {
        Need::PublicText => "public_text",
        Need::Evidence => "evidence",
        Need::Date => "date",
        Need::Authority => "authority",
        Need::Department => "department",
        Need::Reason => "reason",
        Need::Said => "said",
        Need::Parent => "parent",
    }
}

/// The questions of the category with their answers, in words.
pub fn answers(catalogue: &Catalogue, row: &ReportRow, lang: Lang) -> Vec<Answer> {
    let details: serde_json::Value = serde_json::from_str(&row.details_json).unwrap_or_default();
    let attributes = catalogue.category(&row.category).map(|category| category.attributes.as_slice());
    let answered = attributes.unwrap_or_default().iter().filter_map(|asked| {
        let said = &details[&asked.id];
        let answer = match (asked.kind, said.as_str()) {
            (AttributeKind::Choice, Some(id)) => {
                let option = asked.options.iter().find(|option| option.id == id);
                option.map_or_else(|| id.to_owned(), |option| option.label.get(lang).to_owned())
            }
            (_, Some(text)) => text.to_owned(),
            (_, None) => said.as_f64()?.to_string(),
        };
        Some(Answer { question: asked.ask.get(lang).to_owned(), answer })
    });
    answered.collect()
}

async fn near(
    app: &App,
    scope: &Scope,
    names: &Names,
    row: &ReportRow,
    lang: Lang,
) -> Result<Vec<NearReport>, StoreError> {
    let (on, now) = (app.store.read(), app.clock.now());
    let Some((lat, lon)) = row.lat.zip(row.lon).filter(|_| !row.private) else { return Ok(Vec::new()) };
    let squares = cell::around(lat, lon, AROUND);
    let found = store::reports::near(on, &row.category_group, &squares, now - RECENT).await?;
    let seen = |other: &ReportRow| match &scope.departments {
        Some(own) => other.department.as_ref().is_some_and(|id| own.contains(id)),
        None => true,
    };
    let mut near: Vec<(f64, ReportRow)> = found
        .into_iter()
        .filter(|other| other.id != row.id && other.stands() != State::Duplicate && seen(other))
        .filter_map(|other| Some((apart(row, &other)?, other)))
        .filter(|(metres, _)| *metres <= AROUND)
        .collect();
    near.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    near.truncate(MOST_NEAR);
    let catalogue = &app.contents.active.catalogue;
    #[expect(clippy::cast_possible_truncation, reason = "at most 1000")]
    let whole = |metres: f64| metres.round() as i64;
    let listed = |(metres, other): (f64, ReportRow)| NearReport {
        metres: whole(metres),
        row: rows::row(catalogue, names, &other, lang, now),
    };
    Ok(near.into_iter().map(listed).collect())
}
