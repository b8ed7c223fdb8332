//! What everybody may know of a report: the one function that every public surface (pages, map, feeds, open data, Open311)
//! takes it from.
//!
//! Never a name, a phone, what the citizen wrote, nor the exact point. The description only as somebody of the town left it
//! (`public_text`), photos only once somebody of the town looked at them. Of a private report (corruption) nothing at all.

use sea_orm::ConnectionTrait;
use serde_json::Value as Json;
use ventanilla_values::Folio;

use super::{Authority, State};
use crate::{
    catalogue::{Catalogue, Category},
    store::{
        self, StoreError,
        photo_copies::ShownPhoto,
        public_reports::PublicRow,
        report_events::ReportEvent,
        reports::{ReportRow, by_folio},
    },
};

/// Of the street: about 11 metres.
const DECIMALS: i32 = 4;
/// Of somebody's home: about 111 metres.
const DOMESTIC_DECIMALS: i32 = 3;

/// A point as it may be shown, in degrees, WGS84.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    pub lat: f64,
    pub lon: f64,
}

/// A report as everybody may see it.
#[derive(Debug, Clone, PartialEq)]
pub struct PublicReport {
    /// `PC-4827-1361`
    pub folio: String,
    /// Id in the catalogue, like those of `colonia` and `department`.
    pub category: String,
    pub state: State,
    pub point: Option<Point>,
    pub colonia: Option<String>,
    pub department: Option<String>,
    /// The description, where somebody of the town said that it may be shown.
    pub text: Option<String>,
    /// How many reported it or joined.
    pub people: i64,
    /// Unix milliseconds, as all times.
    pub filed_at: i64,
    pub updated_at: i64,
    pub closed_at: Option<i64>,
    /// The day of the work, while it is to come.
    pub scheduled_for: Option<i64>,
    /// The folio of the report that it was added to.
    pub parent: Option<String>,
}

impl PublicReport {
    /// `None` where the catalogue says that its category is private, whatever it was when it was filed.
    pub fn new(row: PublicRow, catalogue: &Catalogue) -> Option<Self> {
        let category = catalogue.category(&row.category);
        if category.is_some_and(|category| category.private) {
            return None;
        }
        let point = row.lat.zip(row.lon).map(|(lat, lon)| generalised(lat, lon, category));
        Some(Self {
            point,
            folio: row.folio,
            category: row.category,
            state: row.state,
            colonia: row.colonia,
            department: row.department,
            text: row.text,
            people: row.people,
            filed_at: row.filed_at,
            updated_at: row.updated_at,
            closed_at: row.closed_at,
            scheduled_for: row.scheduled_for.filter(|_| row.state == State::Scheduled),
            parent: row.parent,
        })
    }

    /// The same of a row that was read whole. `parent`: see [`PublicRow::of`].
    pub fn of(row: &ReportRow, parent: Option<String>, catalogue: &Catalogue) -> Option<Self> {
        Self::new(PublicRow::of(row, parent)?, catalogue)
    }
}

/// The point of a grid that is nearest: the same for everything near it. A category that the catalogue no longer knows might
/// have been domestic.
pub fn generalised(lat: f64, lon: f64, category: Option<&Category>) -> Point {
    let street = category.is_some_and(|category| !category.domestic);
    let steps = 10_f64.powi(if street { DECIMALS } else { DOMESTIC_DECIMALS });
    let rounded = |degrees: f64| (degrees * steps).round() / steps;
    Point { lat: rounded(lat), lon: rounded(lon) }
}

/// Where a report is, about; `None` where it is private, or only words are known.
pub fn public_point(row: &ReportRow, catalogue: &Catalogue) -> Option<Point> {
    let point = row.lat.zip(row.lon).filter(|_| !row.private);
    point.map(|(lat, lon)| generalised(lat, lon, catalogue.category(&row.category)))
}

/// What happened, as everybody may know it: when, where it stood then, and what the town said. Who did it is nobody's
/// business.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicEvent {
    pub kind: PublicKind,
    /// Unix milliseconds.
    pub at: i64,
    /// Where it stood afterwards.
    pub state: State,
    /// The town's words.
    pub words: Option<String>,
    /// Id in the catalogue.
    pub department: Option<String>,
    pub authority: Option<Authority>,
    /// Unix milliseconds.
    pub scheduled_for: Option<i64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PublicKind {
    Filed,
    Moved,
    /// Concluded because nobody answered for a week.
    Lapsed,
    /// Somebody else has it too.
    Joined,
    /// The town said something.
    Said,
}

impl PublicEvent {
    /// `None` for what is among colleagues.
    pub fn new(event: &ReportEvent) -> Option<Self> {
        let by_citizen = event.actor == "citizen";
        let words = event.words.public.clone().filter(|words| !by_citizen && !words.trim().is_empty());
        let kind = match (event.kind.as_str(), event.reason.as_deref()) {
            ("filed", _) => PublicKind::Filed,
            ("moved", Some("lapsed")) => PublicKind::Lapsed,
            ("moved", _) => PublicKind::Moved,
            ("joined", _) => PublicKind::Joined,
            _ if words.is_some() => PublicKind::Said,
            _ => return None,
        };
        let moved = matches!(kind, PublicKind::Moved | PublicKind::Filed);
        let text = |value: &Json| value.as_str().map(str::to_owned);
        Some(Self {
            kind,
            at: event.at,
            state: event.to,
            words,
            department: text(&event.detail["department"]).filter(|_| moved),
            authority: authority(&event.detail["authority"]).filter(|_| moved),
            scheduled_for: event.detail["scheduled_for"].as_i64().filter(|_| moved),
        })
    }
}

fn authority(detail: &Json) -> Option<Authority> {
    let text = |key: &str| detail[key].as_str().map(str::to_owned);
    Some(Authority { name: text("name")?, phone: text("phone")?, folio: text("folio") })
}

/// A report with its history, for a page of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    pub report: PublicReport,
    pub events: Vec<PublicEvent>,
    pub photos: Vec<ShownPhoto>,
}

/// What there is to know under a folio.
#[derive(Debug, Clone, PartialEq)]
pub enum Known {
    Public(Box<Told>),
    /// That it exists, and where it stands.
    Private {
        folio: String,
        state: State,
        /// Unix milliseconds.
        filed_at: i64,
    },
}

/// What everybody may know of the report with a folio, however that is spelled.
///
/// # Errors
/// When the database fails.
pub async fn known(
    on: &impl ConnectionTrait,
    catalogue: &Catalogue,
    folio: &str,
) -> Result<Option<Known>, StoreError> {
    let Ok(folio) = Folio::parse(folio, &catalogue.town().folio_prefix) else { return Ok(None) };
    let Some(row) = by_folio(on, &folio.to_string()).await? else { return Ok(None) };
    let Some(report) = PublicReport::of(&row, parent(on, &row).await?, catalogue) else {
        let (state, filed_at) = (row.stands(), row.filed_at);
        return Ok(Some(Known::Private { folio: row.folio, state, filed_at }));
    };
    let events = store::report_events::of_report(on, row.id).await?;
    let events = events.iter().filter_map(PublicEvent::new).collect();
    let photos = store::photo_copies::shown(on, row.id).await?;
    Ok(Some(Known::Public(Box::new(Told { report, events, photos }))))
}

async fn parent(on: &impl ConnectionTrait, row: &ReportRow) -> Result<Option<String>, StoreError> {
    let Some(parent) = row.parent_id else { return Ok(None) };
    let parent = store::reports::by_id(on, parent).await?;
    Ok(parent.filter(|parent| !parent.private).map(|parent| parent.folio))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::content;

    fn category(id: &str) -> Category {
        let content = content::Content::compile(content::builtin()).unwrap();
        content.catalogue.category(id).unwrap().clone()
    }

    #[test]
    fn a_home_is_shown_less_exactly_than_a_street() {
        let (street, home) = (category("pothole"), category("noise"));
        let at = |category| generalised(18.926_349, -91.113_151, category);
        assert_eq!(at(Some(&street)), Point { lat: 18.9263, lon: -91.1132 });
        assert_eq!(at(Some(&home)), Point { lat: 18.926, lon: -91.113 });
        assert_eq!(at(None), at(Some(&home)), "nobody knows what it was");
    }

    proptest! {
        #[test]
        fn what_is_shown_is_near_and_says_no_more_when_asked_again(lat in -90.0..90.0_f64, lon in -180.0..180.0_f64) {
            let shown = generalised(lat, lon, None);
            prop_assert!((shown.lat - lat).abs() <= 0.000_501 && (shown.lon - lon).abs() <= 0.000_501);
            prop_assert_eq!(generalised(shown.lat, shown.lon, None), shown);
        }
    }
}
