//! Supervision of the desk: what awaits a supervisor's approval, talks of the bot that go badly, who answers what.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Written in the SQL that both databases read. One statement a string.
const UP: &[&str] = &[
    // How often the bot did not understand in the talk that is open, and whether it had to ask about a danger.
    "ALTER TABLE conversations ADD COLUMN missed BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE conversations ADD COLUMN danger_asked BOOLEAN NOT NULL DEFAULT FALSE",
    "CREATE INDEX conversations_of_bot ON conversations (town_id, heard_at) WHERE owner = 'bot'",
    // What a chat asks of who attends it, in the flow's words.
    "ALTER TABLE handovers ADD COLUMN skill TEXT",
    // Languages, skills, and whether what they write awaits approval.
    "ALTER TABLE staff ADD COLUMN abilities_json TEXT NOT NULL DEFAULT '{}'",
    "ALTER TABLE invitations ADD COLUMN abilities_json TEXT NOT NULL DEFAULT '{}'",
    // Answers that await approval. They stand apart from the outbox: nothing that sends reads this table. `state`:
    // `waiting`, `approved`, `returned`, `withdrawn`.
    "CREATE TABLE proposals (
        id BLOB PRIMARY KEY NOT NULL,
        town_id BIGINT NOT NULL,
        handover_id BLOB NOT NULL REFERENCES handovers (id),
        staff_id BLOB NOT NULL REFERENCES staff (id),
        said_by TEXT NOT NULL,
        outbound_json TEXT NOT NULL,
        state TEXT NOT NULL,
        created_at BIGINT NOT NULL,
        decided_at BIGINT,
        decided_by BLOB,
        decided_name TEXT,
        sent_text TEXT,
        sent_id BLOB,
        reason TEXT)",
    "CREATE INDEX proposals_of_chat ON proposals (handover_id, created_at)",
    "CREATE INDEX proposals_waiting ON proposals (handover_id) WHERE state = 'waiting'",
    "CREATE INDEX proposals_sent ON proposals (sent_id) WHERE sent_id IS NOT NULL",
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
