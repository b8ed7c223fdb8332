//! A report in a list.

use std::collections::HashMap;

use sea_orm::ConnectionTrait;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use ventanilla_values::{Lang, Place};

use crate::{
    catalogue::Catalogue,
    reports::{
        State,
        clocks::{self, ReportClock},
    },
    store::{self, StoreError, reports::ReportRow},
};

/// Letters of a description that a list shows.
const SUMMARY: usize = 160;

/// How colleagues are called, by their id.
pub type Names = HashMap<Uuid, String>;

/// How everybody is called.
///
/// # Errors
/// When the database fails.
pub async fn names(on: &impl ConnectionTrait) -> Result<Names, StoreError> {
    Ok(store::staff::list(on).await?.into_iter().map(|row| (row.id, row.name)).collect())
}

/// A report in a list, on a map or in a search. Of a private one nothing that was said.
#[derive(Clone, PartialEq, Serialize, ToSchema)]
pub struct BoardRow {
    pub id: Uuid,
    #[schema(example = "PC-4827-1361")]
    pub folio: String,
    pub version: i64,
    /// Id of the catalogue.
    pub category: String,
    /// In the language asked for.
    pub category_name: String,
    pub group: String,
    pub state: State,
    pub private: bool,
    /// Id of the catalogue; `null`: somebody must say whose it is.
    pub department: Option<String>,
    pub assignee: Option<Uuid>,
    pub assignee_name: Option<String>,
    /// Where it is, in words.
    pub place: Option<String>,
    pub colonia_name: Option<String>,
    /// Degrees.
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    /// How the description begins.
    pub summary: Option<String>,
    /// How many reported it or joined.
    pub people: i64,
    pub reopened: i64,
    /// Unix milliseconds.
    pub filed_at: i64,
    pub updated_at: i64,
    pub scheduled_for: Option<i64>,
    /// What is due next.
    pub clock: Option<ReportClock>,
}

/// What people said stays out of logs.
impl std::fmt::Debug for BoardRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BoardRow").field("id", &self.id).field("state", &self.state).finish_non_exhaustive()
    }
}

/// As a list shows it. `now`: Unix milliseconds.
pub fn row(catalogue: &Catalogue, names: &Names, row: &ReportRow, lang: Lang, now: i64) -> BoardRow {
    let open = !row.private;
    let said = place(row);
    BoardRow {
        id: row.id,
        folio: row.folio.clone(),
        version: row.version,
        category: row.category.clone(),
        category_name: category_name(catalogue, row, lang),
        group: row.category_group.clone(),
        state: row.stands(),
        private: row.private,
        department: row.department.clone(),
        assignee: row.assignee,
        assignee_name: row.assignee.and_then(|id| names.get(&id).cloned()),
        place: said.map(|place| place.text).filter(|text| open && !text.is_empty()),
        colonia_name: colonia_name(catalogue, row).filter(|_| open),
        lat: row.lat.filter(|_| open),
        lon: row.lon.filter(|_| open),
        summary: row.description.as_deref().filter(|_| open).map(summary).filter(|text| !text.is_empty()),
        people: row.people,
        reopened: row.reopened,
        filed_at: row.filed_at,
        updated_at: row.updated_at,
        scheduled_for: row.scheduled_for.filter(|_| row.stands() == State::Scheduled),
        clock: clocks::next(row, now),
    }
}

/// Where it is, as it was said.
pub fn place(row: &ReportRow) -> Option<Place> {
    serde_json::from_str(&row.place_json).ok()
}

/// A category that the catalogue does not know any more is called by its id.
pub fn category_name(catalogue: &Catalogue, row: &ReportRow, lang: Lang) -> String {
    let known = catalogue.category(&row.category);
    known.map_or_else(|| row.category.clone(), |category| category.name.get(lang).to_owned())
}

/// The name of its colonia.
pub fn colonia_name(catalogue: &Catalogue, row: &ReportRow) -> Option<String> {
    catalogue.places().colonia(row.colonia.as_deref()?).map(|colonia| colonia.name.clone())
}

fn summary(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= SUMMARY {
        return line;
    }
    line.chars().take(SUMMARY - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_description_is_cut_and_a_short_one_is_not() {
        assert_eq!(summary("Un  bache\n grande"), "Un bache grande");
        let cut = summary(&"ñ".repeat(200));
        assert_eq!((cut.chars().count(), cut.ends_with('…')), (160, true));
    }
}
