//! A conversation that waits for, or is with, a person of the town.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "handovers")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub town_id: i64,
    pub person_id: Uuid,
    /// With `idx` the key of the effect that opened it.
    pub turn: i64,
    pub idx: i64,
    /// Why, in the flow's words.
    pub reason: String,
    /// `normal` or `crisis`.
    pub priority: String,
    pub opened_at: i64,
    pub agent: Option<String>,
    pub closed_at: Option<i64>,
    /// It is a call to be made: to this number, in E.164.
    pub call_phone: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
