//! Several reports that came close together may be one thing: a burst pipe, a street without light. Somebody is told, and
//! says whether that is so. Pure, but for where the reports come from.

use std::collections::HashSet;

use uuid::Uuid;

use super::cell::metres;
use crate::{
    app::App,
    catalogue::Catalogue,
    store::{
        self, StoreError,
        board::{Filter, Queue, Scope, Sort},
        reports::ReportRow,
    },
};

const HOUR: i64 = 3600 * 1000;
/// Within so many milliseconds of the first.
const TOGETHER: i64 = 24 * HOUR;
/// So many are no chance.
const FEWEST: usize = 3;
/// A suggestion waits so long (milliseconds) for somebody to say what it is.
const KEPT: i64 = 7 * 24 * HOUR;
/// More reports than come in a week; the newest are looked at.
const MOST: i64 = 2000;

/// What may be one thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Incident {
    /// The first of them.
    pub lead: ReportRow,
    pub others: Vec<ReportRow>,
    /// Within so many metres of the first.
    pub radius_m: f64,
}

/// What somebody should look at, the newest first. Of what they may see.
///
/// # Errors
/// When the database fails.
pub async fn suggested(app: &App, scope: &Scope) -> Result<Vec<Incident>, StoreError> {
    let (on, now) = (app.store.read(), app.clock.now());
    let filter =
        Filter { queue: Queue::Open, filed_after: Some(now - KEPT), sort: Sort::Newest, ..Filter::default() };
    let recent = store::board::page(on, scope, &filter, (None, MOST), now).await?;
    let dismissed = store::report_incidents::dismissed(on, now - 2 * KEPT).await?;
    Ok(among(&app.contents.active.catalogue, recent, &dismissed))
}

/// Reports of one group that lie within the category's radius of the first and came within a day of it.
fn among(catalogue: &Catalogue, reports: Vec<ReportRow>, dismissed: &HashSet<Uuid>) -> Vec<Incident> {
    let usable = |row: &ReportRow| {
        row.stands().is_open() && !row.private && row.lat.is_some() && !dismissed.contains(&row.id)
    };
    let mut reports: Vec<ReportRow> = reports.into_iter().filter(usable).collect();
    reports.sort_by_key(|row| (row.filed_at, row.id));
    let mut taken = HashSet::new();
    let mut found: Vec<Incident> = Vec::new();
    for (index, lead) in reports.iter().enumerate() {
        if taken.contains(&lead.id) {
            continue;
        }
        let radius_m = catalogue.category(&lead.category).map_or(0.0, |category| category.radius_m);
        let later = reports.iter().skip(index + 1).take_while(|row| row.filed_at - lead.filed_at <= TOGETHER);
        let others: Vec<ReportRow> = later
            .filter(|row| !taken.contains(&row.id) && row.category_group == lead.category_group)
            .filter(|row| apart(lead, row).is_some_and(|metres| metres <= radius_m))
            .cloned()
            .collect();
        if others.len() + 1 >= FEWEST {
            taken.extend(others.iter().map(|row| row.id));
            found.push(Incident { lead: lead.clone(), others, radius_m });
        }
    }
    found.reverse();
    found
}

/// Metres between two reports.
pub fn apart(one: &ReportRow, other: &ReportRow) -> Option<f64> {
    Some(metres((one.lat?, one.lon?), (other.lat?, other.lon?)))
}
