//! What the town's people do with what was told: whether somebody read it, and what they note about it.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Written in the SQL that both databases read. One statement a string.
const UP: &[&str] = &[
    // `read_by`: as the audit log spells them. `note` may be about the person, and is erased with their words.
    "ALTER TABLE feedback ADD COLUMN read_at BIGINT",
    "ALTER TABLE feedback ADD COLUMN read_by TEXT",
    "ALTER TABLE feedback ADD COLUMN note TEXT",
    "CREATE INDEX feedback_unread ON feedback (town_id, at) WHERE read_at IS NULL",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::apply(manager, UP).await
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        super::only_forward()
    }
}
