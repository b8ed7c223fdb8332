//! A sheet for the road: the stops of a crew in an order that makes sense, with what they need to know at each.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use ventanilla_values::Lang;

use super::{
    rows::{self, BoardRow, Names},
    view::{Answer, answers},
};
use crate::{catalogue::Catalogue, reports::cell::metres, store::reports::ReportRow};

/// More than a crew does in a day.
pub const MOST_STOPS: usize = 60;

/// A stop of a route.
#[derive(Clone, PartialEq, Serialize, ToSchema)]
pub struct RouteStop {
    /// Counts from 1.
    pub number: i64,
    #[serde(flatten)]
    pub row: BoardRow,
    pub description: Option<String>,
    pub answers: Vec<Answer>,
    /// From the stop before, as the crow flies; `null` for the first, and where one of the two has no pin.
    pub metres: Option<i64>,
}

/// What people said stays out of logs.
impl std::fmt::Debug for RouteStop {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RouteStop").field("number", &self.number).finish_non_exhaustive()
    }
}

/// The stops in their order: from `start` (latitude, longitude), or from what is due first, always to the nearest of what
/// is left. What has no pin comes last.
pub fn route_sheet(
    catalogue: &Catalogue,
    names: &Names,
    reports: Vec<ReportRow>,
    start: Option<(f64, f64)>,
    (lang, now): (Lang, i64),
) -> Vec<RouteStop> {
    let mut before: Option<(f64, f64)> = None;
    let ordered = in_order(reports, start);
    let stops = ordered.iter().zip(1..).map(|(row, number)| {
        let here = pin(row);
        let walked = before.zip(here).map(|(before, here)| metres(before, here));
        before = here.or(before);
        #[expect(clippy::cast_possible_truncation, reason = "metres within a town")]
        let walked = walked.map(|metres| metres.round() as i64);
        RouteStop {
            number,
            row: rows::row(catalogue, names, row, lang, now),
            description: row.description.clone().filter(|_| !row.private),
            answers: if row.private { Vec::new() } else { answers(catalogue, row, lang) },
            metres: walked,
        }
    });
    stops.collect()
}

fn pin(row: &ReportRow) -> Option<(f64, f64)> {
    row.lat.zip(row.lon)
}

/// Reports arrive in the order in which they are due.
fn in_order(reports: Vec<ReportRow>, start: Option<(f64, f64)>) -> Vec<ReportRow> {
    let (mut left, without): (Vec<_>, Vec<_>) = reports.into_iter().partition(|row| pin(row).is_some());
    let mut ordered = Vec::with_capacity(left.len() + without.len());
    let mut here = start;
    while !left.is_empty() {
        let far = |row: &ReportRow| match (here, pin(row)) {
            (Some(here), Some(there)) => metres(here, there),
            _ => 0.0,
        };
        let nearest = left.iter().enumerate().min_by(|(_, one), (_, other)| far(one).total_cmp(&far(other)));
        let Some(next) = nearest.map(|(index, _)| index) else { break };
        let row = left.remove(next);
        here = pin(&row);
        ordered.push(row);
    }
    ordered.extend(without);
    ordered
}

/// The ids that were asked for, without repetition.
pub fn distinct(ids: &[Uuid]) -> Vec<Uuid> {
    let mut seen = std::collections::HashSet::new();
    ids.iter().copied().filter(|id| seen.insert(*id)).collect()
}
