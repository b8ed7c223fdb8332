//! What an agent does from a chat: files that are sent, chats that are lent to the bot, people who are blocked, and what
//! the bot is to learn.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Written in the SQL that both databases read. One statement a string.
const UP: &[&str] = &[
    // A file that a colleague uploaded for one chat; `outbox_id` is the reply that takes it along, NULL while none does.
    "CREATE TABLE desk_uploads (
        media_id BLOB PRIMARY KEY NOT NULL REFERENCES media (id),
        town_id BIGINT NOT NULL,
        handover_id BLOB NOT NULL REFERENCES handovers (id),
        staff_id BLOB NOT NULL,
        name TEXT NOT NULL,
        outbox_id BLOB,
        created_at BIGINT NOT NULL)",
    "CREATE INDEX desk_uploads_by_reply ON desk_uploads (outbox_id) WHERE outbox_id IS NOT NULL",
    "CREATE INDEX desk_uploads_left ON desk_uploads (created_at) WHERE outbox_id IS NULL",
    // A chat that the bot has for one flow; then it is the colleague's again, and the talk stands where it stood.
    "CREATE TABLE lent_chats (
        person_id BLOB PRIMARY KEY NOT NULL REFERENCES persons (id),
        town_id BIGINT NOT NULL,
        handover_id BLOB NOT NULL REFERENCES handovers (id),
        flow TEXT NOT NULL,
        session_json TEXT NOT NULL,
        release TEXT,
        created_at BIGINT NOT NULL)",
    // Somebody who is not answered: until a day, or for good.
    "CREATE TABLE blocks (
        id BLOB PRIMARY KEY NOT NULL,
        town_id BIGINT NOT NULL,
        person_id BLOB NOT NULL REFERENCES persons (id),
        handover_id BLOB NOT NULL REFERENCES handovers (id),
        staff_id BLOB,
        said_by TEXT NOT NULL,
        reason TEXT NOT NULL,
        created_at BIGINT NOT NULL,
        until_at BIGINT,
        lifted_at BIGINT,
        lifted_by TEXT)",
    "CREATE INDEX blocks_standing ON blocks (person_id) WHERE lifted_at IS NULL",
    "CREATE INDEX blocks_by_time ON blocks (town_id, created_at)",
    // What colleagues saw the bot misunderstand; one word of theirs about a message.
    "CREATE TABLE training_examples (
        id BLOB PRIMARY KEY NOT NULL,
        town_id BIGINT NOT NULL,
        person_id BLOB NOT NULL REFERENCES persons (id),
        line_id BLOB NOT NULL,
        kind TEXT NOT NULL,
        text TEXT NOT NULL,
        language TEXT NOT NULL,
        intent TEXT,
        note TEXT,
        state TEXT NOT NULL,
        staff_id BLOB,
        said_by TEXT NOT NULL,
        created_at BIGINT NOT NULL,
        reviewed_by TEXT,
        reviewed_at BIGINT)",
    "CREATE UNIQUE INDEX training_examples_once ON training_examples (line_id)",
    "CREATE INDEX training_examples_by_time ON training_examples (town_id, state, created_at)",
    "CREATE INDEX training_examples_by_person ON training_examples (person_id)",
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
