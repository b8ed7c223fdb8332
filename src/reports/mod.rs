//! Citizen reports: filed in a talk, known by a folio that is easy to say on the phone, and by a PIN.
//!
//! The folio alone shows the public state. What is personal or private needs the PIN, which is said once and kept
//! only as a keyed hash. Called by the actions and by the public API.

mod attempts;

use chrono::DateTime;
use sea_orm::ConnectionTrait;
use serde::Serialize;
use serde_json::{Map, Value};
use subtle::ConstantTimeEq;
use uuid::Uuid;
use ventanilla_values::{Folio, Lang, Pin, Place};

use crate::{
    actions::Asker,
    app::App,
    catalogue::Catalogue,
    store::{
        self, StoreError, TOWN, Unit,
        reports::{ReportRow, by_folio},
    },
};

pub use attempts::PinAttempts;

/// The state a report is filed in.
const RECEIVED: &str = "received";
/// Folios are drawn at random; this many draws fail together only when nearly all ten million are in use.
const DRAWS: u32 = 50;

/// What is needed to file.
#[derive(Debug)]
pub struct NewReport<'a> {
    pub category: &'a str,
    /// Never on a public surface.
    pub private: bool,
    pub place: &'a Place,
    pub description: Option<String>,
    pub photo: Option<Uuid>,
    pub details: Map<String, Value>,
}

/// What the citizen is told, once.
#[derive(Debug)]
pub struct Filed {
    pub folio: String,
    pub pin: String,
}

/// Files a report inside the turn's transaction.
///
/// # Errors
/// When the database fails.
pub async fn file(
    app: &App,
    unit: &Unit,
    asker: &Asker<'_>,
    new: NewReport<'_>,
) -> Result<Filed, StoreError> {
    let folio = free_folio(app, unit, &asker.catalogue.town().folio_prefix).await?;
    let pin = Pin::from_random(app.ids.number(1_000_000)).to_string();
    let (pin_key_id, pin_hash) = app.keyring.hash(&folio, &pin);
    let row = ReportRow {
        id: app.ids.next(),
        town_id: TOWN,
        folio,
        person_id: asker.person,
        turn: asker.turn,
        idx: asker.idx,
        channel: asker.address.channel.as_str().to_owned(),
        category: new.category.to_owned(),
        private: new.private,
        place_json: serde_json::to_string(new.place).unwrap_or_default(),
        description: new.description,
        details_json: Value::Object(new.details).to_string(),
        photo_id: new.photo,
        state: RECEIVED.to_owned(),
        pin_key_id,
        pin_hash,
        filed_at: asker.now,
        updated_at: asker.now,
    };
    let row = store::reports::file(unit, row).await?;
    metrics::counter!("ventanilla_reports_total", "category" => new.category.to_owned()).increment(1);
    Ok(Filed { folio: row.folio, pin })
}

async fn free_folio(app: &App, unit: &Unit, prefix: &str) -> Result<String, StoreError> {
    for _ in 0..DRAWS {
        let folio = Folio::new(prefix, app.ids.number(10_000_000))
            .map_err(|err| StoreError::Commit(format!("no folio can be made: {err}")))?
            .to_string();
        if store::reports::is_free(&**unit, &folio).await? {
            return Ok(folio);
        }
    }
    Err(StoreError::Commit("all folios of this prefix are in use: choose another folio_prefix".to_owned()))
}

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
    Ok(Some(PublicStatus {
        folio: row.folio,
        category_name: category.map(|category| category.name.get(lang).to_owned()),
        state_label: label(&row.state, lang).to_owned(),
        state: row.state,
        filed_on: day(row.filed_at, catalogue, lang),
    }))
}

fn label(state: &str, lang: Lang) -> &str {
    match (state, lang) {
        (RECEIVED, Lang::EN) => "Received",
        (RECEIVED, _) => "Recibido",
        (other, _) => other,
    }
}

fn day(at: i64, catalogue: &Catalogue, lang: Lang) -> String {
    let at = DateTime::from_timestamp_millis(at).unwrap_or_default();
    catalogue.day_in_words(at).get(lang).to_owned()
}

/// Whether the PIN belongs to the report. Compared in constant time; how often one may try is [`PinAttempts`].
///
/// # Errors
/// When the key that hashed it is not in the keyring.
pub fn pin_fits(app: &App, row: &ReportRow, pin: &str) -> Result<bool, crate::keyring::KeyringError> {
    let hash = app.keyring.hash_with(&row.pin_key_id, &row.folio, pin)?;
    Ok(hash.ct_eq(&row.pin_hash).into())
}
