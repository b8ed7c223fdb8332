//! What comes from and goes to other systems: who filed through another one, what it calls a report of ours, its updates,
//! photos that are to be fetched, and webhooks on their way.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Written in the SQL that both databases read. One statement a string.
const UP: &[&str] = &[
    // Of who filed through another system; erased without touching the report.
    "CREATE TABLE report_contacts (
        report_id BLOB PRIMARY KEY NOT NULL,
        town_id BIGINT NOT NULL,
        name TEXT,
        phone TEXT,
        email TEXT,
        device_id TEXT,
        account_id TEXT)",
    // `source`: the name of an endpoint in the settings, or `import`. `state`: `queued`, `token` (theirs is not made yet),
    // `followed`, `sent` (and not followed), `done` (theirs is closed and ours concluded) or `failed`. `status`: what they
    // last called it, `open` or `closed`.
    "CREATE TABLE report_externals (
        report_id BLOB NOT NULL,
        source TEXT NOT NULL,
        town_id BIGINT NOT NULL,
        external_id TEXT,
        token TEXT,
        state TEXT NOT NULL,
        status TEXT,
        tries BIGINT NOT NULL,
        next_at BIGINT NOT NULL,
        problem TEXT,
        created_at BIGINT NOT NULL,
        PRIMARY KEY (report_id, source))",
    "CREATE UNIQUE INDEX report_externals_by_id ON report_externals (town_id, source, external_id)",
    "CREATE INDEX report_externals_due ON report_externals (town_id, state, next_at)",
    // So that an update which comes twice does something once. `source`: `key:<id>` or `source:<name>`.
    "CREATE TABLE report_updates (
        town_id BIGINT NOT NULL,
        source TEXT NOT NULL,
        update_id TEXT NOT NULL,
        report_id BLOB NOT NULL,
        at BIGINT NOT NULL,
        PRIMARY KEY (town_id, source, update_id))",
    "CREATE INDEX report_updates_of ON report_updates (report_id, source, at)",
    // Photos that somebody named by an address. `kind` as in `report_photos`.
    "CREATE TABLE report_fetches (
        id BLOB PRIMARY KEY NOT NULL,
        town_id BIGINT NOT NULL,
        report_id BLOB NOT NULL,
        kind TEXT NOT NULL,
        url TEXT NOT NULL,
        tries BIGINT NOT NULL,
        next_at BIGINT NOT NULL)",
    "CREATE INDEX report_fetches_due ON report_fetches (town_id, next_at)",
    // `endpoint`: its name in the settings. `state`: `waiting`, `delivered` or `failed`.
    "CREATE TABLE webhook_deliveries (
        id BLOB PRIMARY KEY NOT NULL,
        town_id BIGINT NOT NULL,
        endpoint TEXT NOT NULL,
        report_id BLOB,
        kind TEXT NOT NULL,
        body TEXT NOT NULL,
        state TEXT NOT NULL,
        tries BIGINT NOT NULL,
        next_at BIGINT NOT NULL,
        created_at BIGINT NOT NULL,
        done_at BIGINT,
        problem TEXT)",
    "CREATE INDEX webhook_deliveries_due ON webhook_deliveries (town_id, state, next_at)",
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
