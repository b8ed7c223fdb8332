//! Talks in which nobody writes, and people who write too fast: when somebody is reminded of an open question, when an
//! unfinished talk is erased, and how fast messages came.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Written in the SQL that both databases read. One statement a string.
const UP: &[&str] = &[
    "ALTER TABLE conversations ADD COLUMN remind_at BIGINT",
    "ALTER TABLE conversations ADD COLUMN reminded BOOLEAN NOT NULL DEFAULT FALSE",
    "ALTER TABLE conversations ADD COLUMN erase_at BIGINT",
    "ALTER TABLE conversations ADD COLUMN erased_at BIGINT",
    "ALTER TABLE conversations ADD COLUMN pace_json TEXT",
    "CREATE INDEX conversations_remind ON conversations (remind_at) WHERE remind_at IS NOT NULL",
    "CREATE INDEX conversations_erase ON conversations (erase_at) WHERE erase_at IS NOT NULL",
    // What was left unfinished before this table knew of it is personal too.
    "UPDATE conversations SET erase_at = heard_at + 86400000 WHERE owner = 'bot' AND heard_at IS NOT NULL",
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
