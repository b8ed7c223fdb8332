//! Filing: a folio that is easy to say on the phone, a PIN, and a first event.

use serde_json::{Map, Value, json};
use uuid::Uuid;
use ventanilla_adapters::Channel;
use ventanilla_values::{Folio, Pin, Place};

use super::{Actor, State, cell::cell, change::start_clocks, clocks, routing::route};
use crate::{
    app::App,
    bus::DeskNews,
    catalogue::{Catalogue, Category},
    store::{
        self, StoreError, TOWN, Unit,
        report_events::{ReportEvent, Words},
        report_followers::Follower,
        report_photos::ReportPhoto,
        reports::ReportRow,
    },
};

/// Folios are drawn at random; this many draws fail together only when nearly all ten million are in use.
const DRAWS: u32 = 50;

/// What is needed to file.
#[derive(Debug)]
pub struct NewReport<'a> {
    pub category: &'a Category,
    pub place: &'a Place,
    pub description: Option<String>,
    /// Files of the citizen.
    pub photos: Vec<Uuid>,
    pub details: Map<String, Value>,
    pub anonymous: bool,
    /// What the citizen says to the crew alone, and is never public: whom it is for.
    pub said: Option<String>,
}

/// Who files, and where.
#[derive(Debug)]
pub struct Filer {
    /// Who is told of it; `None`: nobody that we talk with.
    pub person: Option<Uuid>,
    /// The key of the effect, turn and index: filing twice is harmless.
    pub key: Option<(i64, i64)>,
    pub by: Actor,
    /// A channel of talks, `open311` or `import`.
    pub channel: String,
    /// Unix milliseconds.
    pub at: i64,
}

/// What the citizen is told, once.
#[derive(Debug)]
pub struct Filed {
    pub row: ReportRow,
    pub pin: String,
}

/// Files a report inside the unit of who files it.
///
/// # Errors
/// When the database fails.
pub async fn file(
    app: &App,
    unit: &Unit,
    catalogue: &Catalogue,
    filer: &Filer,
    new: NewReport<'_>,
) -> Result<Filed, StoreError> {
    let folio = free_folio(app, unit, &catalogue.town().folio_prefix).await?;
    let pin = Pin::from_random(app.ids.number(1_000_000)).to_string();
    let (pin_key_id, pin_hash) = app.keyring.hash(&folio, &pin);
    let (category, place) = (new.category, new.place);
    let routed = route(catalogue, category, place, filer.at);
    let point = place.lat.zip(place.lon);
    let state = if routed.department.is_some() { State::Received } else { State::Triage };
    let row = ReportRow {
        id: app.ids.next(),
        town_id: TOWN,
        folio,
        person_id: filer.person,
        turn: filer.key.map(|(turn, _)| turn),
        idx: filer.key.map(|(_, idx)| idx),
        channel: filer.channel.clone(),
        category: category.id.clone(),
        category_group: category.group.clone(),
        private: category.private,
        anonymous: new.anonymous,
        place_json: serde_json::to_string(place).unwrap_or_default(),
        lat: point.map(|(lat, _)| lat),
        lon: point.map(|(_, lon)| lon),
        cell: point.map(|(lat, lon)| cell(lat, lon)),
        colonia: place.colonia.clone(),
        description: new.description,
        details_json: Value::Object(new.details).to_string(),
        moderation: "waiting".to_owned(),
        public_text: None,
        state: state.as_str().to_owned(),
        version: 1,
        department: routed.department,
        rule: routed.rule,
        assignee: None,
        people: 1,
        parent_id: None,
        reopened: 0,
        outcome: None,
        scheduled_for: None,
        filed_at: filer.at,
        updated_at: filer.at,
        responded_at: None,
        claimed_at: None,
        closed_at: None,
        paused_at: None,
        respond_risk: None,
        respond_due: None,
        resolve_risk: None,
        resolve_due: None,
        pin_key_id,
        pin_hash,
    };
    let id = row.id;
    let row = store::reports::file(unit, clocks::start(catalogue, row)).await?;
    if row.id == id {
        begin(app, unit, &row, filer, &new.photos, new.said).await?;
        app.bus.announce_desk(DeskNews::Reports);
        metrics::counter!("ventanilla_reports_total", "category" => row.category.clone()).increment(1);
    }
    Ok(Filed { row, pin })
}

/// Its first event, its photos, who hears of it, and its clocks.
async fn begin(
    app: &App,
    unit: &Unit,
    row: &ReportRow,
    filer: &Filer,
    photos: &[Uuid],
    said: Option<String>,
) -> Result<(), StoreError> {
    let event = ReportEvent {
        report: row.id,
        seq: row.version,
        at: row.filed_at,
        actor: filer.by.name(),
        channel: Some(filer.channel.clone()),
        kind: "filed".to_owned(),
        from: None,
        to: row.stands(),
        reason: None,
        detail: json!({ "rule": row.rule, "department": row.department }),
        words: Words { citizen: said, ..Words::default() },
    };
    store::report_events::append(unit, &event).await?;
    crate::outgoing::happened(app, unit, row, &event).await?;
    for media in photos {
        let (kind, moderation) = ("citizen".to_owned(), "waiting".to_owned());
        let photo = ReportPhoto { media: *media, report: row.id, kind, moderation, added_at: row.filed_at };
        store::report_photos::add(unit, &photo).await?;
    }
    if let (Some(person), Ok(channel)) = (row.person_id, row.channel.parse::<Channel>()) {
        let follower = Follower { report: row.id, person, channel, through: None, since: row.filed_at };
        store::report_followers::add(unit, &follower).await?;
    }
    start_clocks(unit, row, row.filed_at).await
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
