//! What anybody with the folio may know, and who has the PIN.

use chrono::DateTime;
use sea_orm::ConnectionTrait;
use serde::Serialize;
use subtle::ConstantTimeEq;
use ventanilla_values::{Folio, Lang};

use crate::{
    app::App,
    catalogue::Catalogue,
    store::{
        self, StoreError,
        reports::{ReportRow, by_folio},
    },
};

use super::State;

/// What anybody who has the folio may see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct PublicStatus {
    /// `PC-4827-1361`
    #[schema(example = "PC-4827-1361")]
    pub folio: String,
    /// In the language asked for; absent for private reports.
    pub category_name: Option<String>,
    /// `received`
    pub state: String,
    /// What people read: "Recibido".
    pub state_label: String,
    /// The local day it was filed, in words.
    pub filed_on: String,
    /// The local day since when it stands so, in words.
    pub since: String,
    /// Who attends it; absent while nobody knows, and for private reports.
    pub department_name: Option<String>,
    /// The day the town promised, in words, while it stands.
    pub scheduled_on: Option<String>,
    /// What the town last said about it, to everybody; absent for private reports.
    pub last_words: Option<String>,
    /// How many reported it or joined.
    pub people: i64,
    /// The folio that it was added to.
    pub added_to: Option<String>,
}

/// The public state of a report. A private one (corruption) shows that it exists and where it stands, not what it is
/// about.
///
/// # Errors
/// When the database fails.
pub async fn public_status(
    on: &impl ConnectionTrait,
    catalogue: &Catalogue,
    folio: &str,
    lang: Lang,
) -> Result<Option<PublicStatus>, StoreError> {
    let Ok(folio) = Folio::parse(folio, &catalogue.town().folio_prefix) else { return Ok(None) };
    let Some(row) = by_folio(on, &folio.to_string()).await? else { return Ok(None) };
    let category = catalogue.category(&row.category).filter(|_| !row.private);
    let department =
        row.department.as_deref().filter(|_| !row.private).and_then(|id| catalogue.department(id));
    let state = row.stands();
    let events = store::report_events::of_report(on, row.id).await?;
    let moved = events
        .iter()
        .rev()
        .find(|event| event.to == state && (event.kind == "moved" || event.kind == "filed"));
    let last_words = events.iter().rev().find_map(|event| event.words.public.clone());
    let parent = match row.parent_id.filter(|_| state == State::Duplicate) {
        Some(parent) => store::reports::by_id(on, parent).await?.filter(|parent| !parent.private),
        None => None,
    };
    let scheduled = row.scheduled_for.filter(|_| state == State::Scheduled);
    Ok(Some(PublicStatus {
        since: day(moved.map_or(row.updated_at, |event| event.at), catalogue, lang),
        department_name: department.map(|one| one.name.get(lang).to_owned()),
        scheduled_on: scheduled.map(|at| day(at, catalogue, lang)),
        last_words: last_words.filter(|_| !row.private),
        people: row.people,
        added_to: parent.map(|parent| parent.folio),
        folio: row.folio,
        category_name: category.map(|category| category.name.get(lang).to_owned()),
        state_label: state.label(lang).to_owned(),
        state: state.as_str().to_owned(),
        filed_on: day(row.filed_at, catalogue, lang),
    }))
}

fn day(at: i64, catalogue: &Catalogue, lang: Lang) -> String {
    let at = DateTime::from_timestamp_millis(at).unwrap_or_default();
    catalogue.day_in_words(at).get(lang).to_owned()
}

/// Whether the PIN belongs to the report. Compared in constant time; how often one may try is [`super::PinAttempts`].
///
/// # Errors
/// When the key that hashed it is not in the keyring.
pub fn pin_fits(app: &App, row: &ReportRow, pin: &str) -> Result<bool, crate::keyring::KeyringError> {
    let hash = app.keyring.hash_with(&row.pin_key_id, &row.folio, pin)?;
    Ok(hash.ct_eq(&row.pin_hash).into())
}
