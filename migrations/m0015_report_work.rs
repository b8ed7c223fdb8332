//! What departments need to work on reports: photos of the work on their way, and what was said of incidents.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Written in the SQL that both databases read. One statement a string.
const UP: &[&str] = &[
    // A photo of the work that somebody took and has not shown with a move yet. `small_id`: the file that lists show.
    "CREATE TABLE report_evidence (
        media_id BLOB PRIMARY KEY NOT NULL,
        report_id BLOB NOT NULL,
        staff_id BLOB NOT NULL REFERENCES staff (id),
        small_id BLOB NOT NULL,
        bytes BIGINT NOT NULL,
        added_at BIGINT NOT NULL,
        used_at BIGINT)",
    "CREATE INDEX report_evidence_unused ON report_evidence (added_at) WHERE used_at IS NULL",
    // Of a report that seemed to be one of several about the same thing: what somebody said, `accepted` or `dismissed`.
    "CREATE TABLE report_incidents (
        report_id BLOB PRIMARY KEY NOT NULL,
        town_id BIGINT NOT NULL,
        decision TEXT NOT NULL,
        staff_id BLOB NOT NULL REFERENCES staff (id),
        decided_at BIGINT NOT NULL)",
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
