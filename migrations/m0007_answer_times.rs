//! Until when somebody is to be answered or called, and what they thought of it.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Written in the SQL that both databases read. One statement a string.
const UP: &[&str] = &[
    // When the answer or the call is due (Unix ms); NULL while nothing is.
    "ALTER TABLE handovers ADD COLUMN due_at BIGINT",
    // Whether the first answer came before it was due; NULL: there was none, or nothing was promised.
    "ALTER TABLE handovers ADD COLUMN answered_in_time BOOLEAN",
    // They are to be called, until then.
    "ALTER TABLE handovers ADD COLUMN call_at BIGINT",
    "UPDATE handovers SET call_at = opened_at WHERE call_phone IS NOT NULL AND closed_at IS NULL",
    // How they were attended: asked at most once; 1 to 5; in their own words, which are theirs to erase.
    "ALTER TABLE handovers ADD COLUMN rating_asked_at BIGINT",
    "ALTER TABLE handovers ADD COLUMN rating BIGINT",
    "ALTER TABLE handovers ADD COLUMN rating_comment TEXT",
    "ALTER TABLE handovers ADD COLUMN rated_at BIGINT",
    // Who came back, and when.
    "CREATE INDEX handovers_of_person_since ON handovers (person_id, opened_at)",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::apply(manager, UP).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        super::only_forward()
    }
}
