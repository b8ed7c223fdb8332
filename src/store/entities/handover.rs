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
    /// Where they want to be called, in E.164.
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
    /// When the answer or the call is due; `None` while nothing is.
    pub due_at: Option<i64>,
    /// Whether the first answer came before it was due; `None`: there was none, or nothing was promised.
    pub answered_in_time: Option<bool>,
    /// They are to be called, until then.
    pub call_at: Option<i64>,
    /// When they were asked how they were attended.
    pub rating_asked_at: Option<i64>,
    /// What it asks of who attends, in the flow's words; `None`: nothing special.
    pub skill: Option<String>,
    /// About what is private: only for those of its department who may read such, and who attends it.
    pub sensitive: bool,
}

impl Model {
    /// A conversation that begins to wait now (`at`, Unix ms). `(turn, idx)` is the key of the effect that opens it.
    pub fn new(id: Uuid, person: Uuid, (turn, idx): (i64, i64), reason: String, at: i64) -> Self {
        Self {
            id,
            town_id: crate::store::TOWN,
            sensitive: false,
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
            due_at: None,
            answered_in_time: None,
            call_at: None,
            rating_asked_at: None,
            skill: None,
        }
    }

    /// Since when the citizen waits once nobody attends the chat any more. Who is to be called waits for the call.
    pub fn waits_again_since(&self) -> Option<i64> {
        self.waiting_since.or_else(|| self.call_at.is_none().then_some(self.last_at))
    }
}

impl ActiveModelBehavior for ActiveModel {}
