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
    /// The account of who attends; `agent` is the name that is shown, also of who has no account.
    pub staff_id: Option<Uuid>,
    /// Of `catalogue/departments.yaml`; `None`: everybody's.
    pub department: Option<String>,
    /// Grows with each thing that staff do to the chat.
    pub version: i64,
    /// When a person of the town first answered.
    pub answered_at: Option<i64>,
    /// Since when the citizen waits for an answer of a person; `None` while it is the citizen's turn.
    pub waiting_since: Option<i64>,
    /// Messages of the citizen since the last answer of a person.
    pub unread: i64,
    pub last_at: i64,
    /// How it ended: `resume`, `menu`, `flow:<name>`, `nothing`, `left`, `attended`, `merged`.
    pub outcome: Option<String>,
}

impl Model {
    /// A conversation that begins to wait now (`at`, Unix ms). `(turn, idx)` is the key of the effect that opens it.
    pub fn new(id: Uuid, person: Uuid, (turn, idx): (i64, i64), reason: String, at: i64) -> Self {
        Self {
            id,
            town_id: crate::store::TOWN,
            person_id: person,
            turn,
            idx,
            reason,
            priority: "normal".to_owned(),
            opened_at: at,
            agent: None,
            closed_at: None,
            call_phone: None,
            staff_id: None,
            department: None,
            version: 0,
            answered_at: None,
            waiting_since: Some(at),
            unread: 0,
            last_at: at,
            outcome: None,
        }
    }
}

impl ActiveModelBehavior for ActiveModel {}
