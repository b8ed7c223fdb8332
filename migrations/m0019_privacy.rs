//! What people ask of the town about their own data, the files that are to go, and when somebody last spoke of a death or
//! a danger.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Written in the SQL that both databases read. One statement a string.
const UP: &[&str] = &[
    // `kind`: `access` or `erase`. `state`: `open`, `done` or `refused`. `decided_by` is spelled as in the audit log, and
    // `reason` is the town's own words. `forgotten_at`: the addresses are gone too. `turn` and `idx` make a repeated turn
    // harmless.
    "CREATE TABLE privacy_requests (
        id BLOB PRIMARY KEY NOT NULL,
        town_id BIGINT NOT NULL,
        reference TEXT NOT NULL,
        kind TEXT NOT NULL,
        person_id BLOB NOT NULL REFERENCES persons (id),
        turn BIGINT NOT NULL,
        idx BIGINT NOT NULL,
        channel TEXT NOT NULL,
        folio TEXT,
        state TEXT NOT NULL,
        asked_at BIGINT NOT NULL,
        answer_by BIGINT NOT NULL,
        carry_out_by BIGINT NOT NULL,
        decided_at BIGINT,
        decided_by TEXT,
        reason TEXT,
        forgotten_at BIGINT)",
    "CREATE UNIQUE INDEX privacy_requests_once ON privacy_requests (person_id, turn, idx)",
    "CREATE UNIQUE INDEX privacy_requests_by_reference ON privacy_requests (town_id, reference)",
    "CREATE UNIQUE INDEX privacy_requests_open ON privacy_requests (person_id, kind) WHERE state = 'open'",
    "CREATE INDEX privacy_requests_by_term ON privacy_requests (town_id, state, answer_by)",
    // Files outlive the transaction that forgets them by a moment: whoever removes them finds them here.
    "CREATE TABLE erased_files (media_id BLOB PRIMARY KEY NOT NULL)",
    "ALTER TABLE conversations ADD COLUMN hard_at BIGINT",
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
