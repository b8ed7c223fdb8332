//! A citizen's report: where it stands. What happened to it is in `store/report_events.rs`.

use sea_orm::entity::prelude::*;

use crate::reports::State;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "reports")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub town_id: i64,
    pub folio: String,
    /// Who filed it in a talk; `None` where another system or an old list did.
    pub person_id: Option<Uuid>,
    /// With `idx` the key of the effect that filed it.
    pub turn: Option<i64>,
    pub idx: Option<i64>,
    /// Where it came from: a channel of talks, `open311` or `import`.
    pub channel: String,
    /// Id in `catalogue/categories.yaml`.
    pub category: String,
    /// The category's group, for what may be the same thing.
    pub category_group: String,
    /// Never on a public surface (corruption).
    pub private: bool,
    /// Its filer gave no name: folio and PIN are the only key.
    pub anonymous: bool,
    pub place_json: String,
    /// Degrees, WGS84; `None` where only words are known.
    pub lat: Option<f64>,
    pub lon: Option<f64>,
    /// The square that it lies in, see [`crate::reports::cell`].
    pub cell: Option<i64>,
    /// Id in `catalogue/places.geojson`.
    pub colonia: Option<String>,
    /// As the citizen said it; public only when somebody looked at it, as `public_text`.
    pub description: Option<String>,
    pub details_json: String,
    /// Of the description: `waiting`, `shown` or `hidden`.
    pub moderation: String,
    pub public_text: Option<String>,
    /// A [`State`].
    pub state: String,
    /// The number of its last event.
    pub version: i64,
    /// Id in `catalogue/departments.yaml`; `None`: somebody must say whose it is.
    pub department: Option<String>,
    /// What sent it to the department.
    pub rule: String,
    /// Of the department, who attends it.
    pub assignee: Option<Uuid>,
    /// How many reported it or joined.
    pub people: i64,
    /// The report that it was added to.
    pub parent_id: Option<Uuid>,
    /// How often it was opened again.
    pub reopened: i64,
    /// How it ended: `confirmed`, `lapsed`, `cancelled`, `joined`, or the code of a rejection.
    pub outcome: Option<String>,
    /// When the town promised to be there, Unix ms.
    pub scheduled_for: Option<i64>,
    pub filed_at: i64,
    /// When its last event happened.
    pub updated_at: i64,
    /// When a person of the town first did something about it.
    pub responded_at: Option<i64>,
    /// When the town last said that it is done.
    pub claimed_at: Option<i64>,
    pub closed_at: Option<i64>,
    /// Since when its clocks stand still.
    pub paused_at: Option<i64>,
    pub respond_risk: Option<i64>,
    pub respond_due: Option<i64>,
    pub resolve_risk: Option<i64>,
    pub resolve_due: Option<i64>,
    pub pin_key_id: String,
    pub pin_hash: Vec<u8>,
}

impl Model {
    /// Where it stands. A state of a newer version is in triage for this one.
    pub fn stands(&self) -> State {
        self.state.parse().unwrap_or(State::Triage)
    }
}

impl ActiveModelBehavior for ActiveModel {}
