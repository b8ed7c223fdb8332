//! What was heard in voice notes, and how far the hearing got.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Written in the SQL that both databases read. One statement a string.
const UP: &[&str] = &["CREATE TABLE transcripts (
        inbox_id BLOB PRIMARY KEY NOT NULL REFERENCES inbox (id),
        town_id BIGINT NOT NULL,
        media_id BLOB,
        state TEXT NOT NULL,
        text TEXT,
        raw_text TEXT,
        confidence DOUBLE PRECISION,
        sure BOOLEAN NOT NULL DEFAULT FALSE,
        seconds DOUBLE PRECISION,
        reason TEXT,
        attempts BIGINT NOT NULL,
        told_at BIGINT,
        created_at BIGINT NOT NULL,
        updated_at BIGINT NOT NULL)"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::apply(manager, UP).await
    }

    async fn down(&self, _manager: &SchemaManager) -> Result<(), DbErr> {
        super::only_forward()
    }
}
