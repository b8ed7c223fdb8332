//! A citizen's report.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "reports")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub town_id: i64,
    pub folio: String,
    pub person_id: Uuid,
    /// With `idx` the key of the effect that filed it.
    pub turn: i64,
    pub idx: i64,
    pub channel: String,
    /// Id in `catalogue/categories.yaml`.
    pub category: String,
    /// Never on a public surface (corruption).
    pub private: bool,
    pub place_json: String,
    pub description: Option<String>,
    pub details_json: String,
    pub photo_id: Option<Uuid>,
    pub state: String,
    pub pin_key_id: String,
    pub pin_hash: Vec<u8>,
    pub filed_at: i64,
    pub updated_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
