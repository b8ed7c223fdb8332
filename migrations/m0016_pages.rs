//! Calls to people of the town because somebody is in danger: who was called, by what, and who answered.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Written in the SQL that both databases read. One statement a string.
const UP: &[&str] = &[
    // `state`: `waiting` for an answer, `answered`, or `given_up`. `level` of the rota and `round` were called last;
    // `told_at`: when the citizen was told that nobody answers yet.
    "CREATE TABLE pages (
        id BLOB PRIMARY KEY NOT NULL,
        town_id BIGINT NOT NULL,
        handover_id BLOB NOT NULL UNIQUE REFERENCES handovers (id),
        state TEXT NOT NULL,
        level BIGINT NOT NULL,
        round BIGINT NOT NULL,
        opened_at BIGINT NOT NULL,
        next_at BIGINT NOT NULL,
        told_at BIGINT,
        answered_at BIGINT,
        answered_by TEXT)",
    "CREATE INDEX pages_waiting ON pages (town_id, next_at) WHERE state = 'waiting'",
    // `who`: an id of the settings. `state`: `waiting`, `sent` or `failed`.
    "CREATE TABLE page_calls (
        id BLOB PRIMARY KEY NOT NULL,
        town_id BIGINT NOT NULL,
        page_id BLOB NOT NULL REFERENCES pages (id),
        who TEXT NOT NULL,
        means TEXT NOT NULL,
        key_id TEXT NOT NULL,
        state TEXT NOT NULL,
        attempts BIGINT NOT NULL,
        next_at BIGINT NOT NULL,
        error TEXT)",
    "CREATE INDEX page_calls_waiting ON page_calls (town_id, next_at) WHERE state = 'waiting'",
    "CREATE INDEX page_calls_of ON page_calls (page_id)",
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
