//! What people allow us to send them, and calls that somebody of the town is to make.
//!
//! `consents` is a ledger: rows are added and never changed. The newest that applies is what holds.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Written in the SQL that both databases read. One statement a string.
const UP: &[&str] = &[
    // `channel` is empty where it holds on every channel.
    "CREATE TABLE consents (
        id BLOB PRIMARY KEY NOT NULL,
        town_id BIGINT NOT NULL,
        person_id BLOB NOT NULL REFERENCES persons (id),
        purpose TEXT NOT NULL,
        channel TEXT,
        state TEXT NOT NULL,
        text_shown TEXT NOT NULL,
        evidence TEXT NOT NULL,
        source TEXT NOT NULL,
        at BIGINT NOT NULL)",
    "CREATE INDEX consents_by_person ON consents (person_id, purpose, at, id)",
    // The same message says a thing once, however often it arrives.
    "CREATE UNIQUE INDEX consents_once ON consents (person_id, purpose, (COALESCE(channel, '')), state, evidence)",
    "ALTER TABLE handovers ADD COLUMN call_phone TEXT",
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
