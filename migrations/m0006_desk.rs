//! The agent's desk: who attends a chat, since when somebody waits, and what was noted beside the talk.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Written in the SQL that both databases read. One statement a string.
const UP: &[&str] = &[
    // Who attends, by account; `agent` stays the name that is shown, also of who has none (the phone's own app).
    "ALTER TABLE handovers ADD COLUMN staff_id BLOB",
    // Whose chat it is while nobody attends it; NULL: everybody's.
    "ALTER TABLE handovers ADD COLUMN department TEXT",
    // Grows with each thing that staff do to the chat: who acts on an older one is told to look again.
    "ALTER TABLE handovers ADD COLUMN version BIGINT NOT NULL DEFAULT 0",
    // When a person of the town first answered.
    "ALTER TABLE handovers ADD COLUMN answered_at BIGINT",
    // Since when the citizen waits for an answer of a person; NULL while it is the citizen's turn.
    "ALTER TABLE handovers ADD COLUMN waiting_since BIGINT",
    // Messages of the citizen since the last answer of a person.
    "ALTER TABLE handovers ADD COLUMN unread BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE handovers ADD COLUMN last_at BIGINT NOT NULL DEFAULT 0",
    // How it ended.
    "ALTER TABLE handovers ADD COLUMN outcome TEXT",
    "UPDATE handovers SET waiting_since = opened_at, last_at = opened_at",
    "CREATE INDEX handovers_held ON handovers (staff_id) WHERE closed_at IS NULL",
    "CREATE INDEX handovers_closed ON handovers (town_id, closed_at) WHERE closed_at IS NOT NULL",
    "CREATE INDEX handovers_of_person ON handovers (person_id) WHERE closed_at IS NULL",
    // Notes among colleagues, and what became of the chat: nothing of this is ever sent.
    "CREATE TABLE chat_log (
        id BLOB PRIMARY KEY NOT NULL,
        town_id BIGINT NOT NULL,
        handover_id BLOB NOT NULL REFERENCES handovers (id),
        person_id BLOB NOT NULL REFERENCES persons (id),
        kind TEXT NOT NULL,
        staff_id BLOB,
        said_by TEXT NOT NULL,
        text TEXT NOT NULL,
        created_at BIGINT NOT NULL)",
    "CREATE INDEX chat_log_by_person ON chat_log (person_id, created_at)",
    // Which colleague wrote a reply.
    "ALTER TABLE outbox ADD COLUMN said_by TEXT",
    // The message that brought a file.
    "ALTER TABLE media ADD COLUMN inbox_id BLOB",
    "CREATE INDEX media_by_message ON media (inbox_id) WHERE inbox_id IS NOT NULL",
    // Canned replies.
    "CREATE TABLE canned_replies (
        id BLOB PRIMARY KEY NOT NULL,
        town_id BIGINT NOT NULL,
        shortcut TEXT NOT NULL,
        language TEXT NOT NULL,
        title TEXT NOT NULL,
        text TEXT NOT NULL,
        updated_at BIGINT NOT NULL)",
    "CREATE UNIQUE INDEX canned_replies_by_shortcut ON canned_replies (town_id, shortcut, language)",
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
