//! The tables of the path of a message: people, inbox, conversations, outbox, and what a talk leaves behind.
//!
//! Times are Unix milliseconds; ids are UUID v7; `*_json` columns hold serde types whose names are part of the
//! schema. Every root row carries its town.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Written in the SQL that both databases read. One statement a string.
const UP: &[&str] = &[
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)",
    "INSERT INTO meta (key, value) VALUES ('schema', '1')",
    // content releases
    "CREATE TABLE releases (
        town_id BIGINT NOT NULL,
        hash TEXT NOT NULL,
        files_json TEXT NOT NULL,
        created_at BIGINT NOT NULL,
        PRIMARY KEY (town_id, hash))",
    "CREATE TABLE active_releases (town_id BIGINT PRIMARY KEY, hash TEXT NOT NULL)",
    // people
    "CREATE TABLE persons (
        id BLOB PRIMARY KEY NOT NULL,
        town_id BIGINT NOT NULL,
        name TEXT,
        created_at BIGINT NOT NULL,
        last_seen_at BIGINT NOT NULL)",
    "CREATE TABLE addresses (
        id BLOB PRIMARY KEY NOT NULL,
        town_id BIGINT NOT NULL,
        person_id BLOB NOT NULL REFERENCES persons (id),
        channel TEXT NOT NULL,
        account TEXT NOT NULL,
        key TEXT NOT NULL,
        route TEXT NOT NULL,
        created_at BIGINT NOT NULL)",
    "CREATE UNIQUE INDEX addresses_by_key ON addresses (town_id, channel, account, key)",
    "CREATE INDEX addresses_by_person_key ON addresses (town_id, key)",
    "CREATE TABLE conversations (
        person_id BLOB PRIMARY KEY NOT NULL REFERENCES persons (id),
        town_id BIGINT NOT NULL,
        session_json TEXT NOT NULL,
        release TEXT,
        owner TEXT NOT NULL,
        turn BIGINT NOT NULL,
        updated_at BIGINT NOT NULL)",
    // what came in
    "CREATE TABLE raw_webhooks (
        id BLOB PRIMARY KEY NOT NULL,
        town_id BIGINT NOT NULL,
        channel TEXT NOT NULL,
        quarantine TEXT NOT NULL,
        key_id TEXT NOT NULL,
        sealed BLOB NOT NULL,
        received_at BIGINT NOT NULL)",
    "CREATE INDEX raw_webhooks_by_time ON raw_webhooks (received_at)",
    "CREATE TABLE inbox (
        id BLOB PRIMARY KEY NOT NULL,
        town_id BIGINT NOT NULL,
        person_id BLOB NOT NULL REFERENCES persons (id),
        channel TEXT NOT NULL,
        account TEXT NOT NULL,
        provider_id TEXT NOT NULL,
        inbound_json TEXT NOT NULL,
        raw_key_id TEXT,
        raw_sealed BLOB,
        trace TEXT NOT NULL,
        state TEXT NOT NULL,
        attempts BIGINT NOT NULL,
        turn BIGINT,
        received_at BIGINT NOT NULL)",
    "CREATE UNIQUE INDEX inbox_once ON inbox (town_id, channel, account, provider_id)",
    "CREATE INDEX inbox_waiting ON inbox (person_id, id) WHERE state = 'new'",
    "CREATE INDEX inbox_raw ON inbox (received_at) WHERE raw_sealed IS NOT NULL",
    "CREATE INDEX inbox_by_person ON inbox (person_id, received_at)",
    // what goes out
    "CREATE TABLE outbox (
        id BLOB PRIMARY KEY NOT NULL,
        town_id BIGINT NOT NULL,
        person_id BLOB NOT NULL REFERENCES persons (id),
        turn BIGINT NOT NULL,
        idx BIGINT NOT NULL,
        author TEXT NOT NULL,
        address_json TEXT NOT NULL,
        channel TEXT NOT NULL,
        message_json TEXT NOT NULL,
        masked_json TEXT,
        state TEXT NOT NULL,
        attempts BIGINT NOT NULL,
        doubtful BOOLEAN NOT NULL,
        next_at BIGINT NOT NULL,
        provider_id TEXT,
        error_json TEXT,
        trace TEXT NOT NULL,
        created_at BIGINT NOT NULL,
        updated_at BIGINT NOT NULL)",
    "CREATE UNIQUE INDEX outbox_once ON outbox (person_id, turn, idx)",
    "CREATE INDEX outbox_waiting ON outbox (person_id, turn, idx) WHERE state IN ('queued', 'sending', 'unsure')",
    "CREATE INDEX outbox_to_mask ON outbox (updated_at) WHERE masked_json IS NOT NULL",
    "CREATE INDEX outbox_by_provider_id ON outbox (provider_id) WHERE provider_id IS NOT NULL",
    "CREATE TABLE held_statuses (
        id BLOB PRIMARY KEY NOT NULL,
        town_id BIGINT NOT NULL,
        provider_id TEXT NOT NULL,
        status_json TEXT NOT NULL,
        received_at BIGINT NOT NULL)",
    "CREATE INDEX held_statuses_by_provider_id ON held_statuses (provider_id)",
    // what a talk leaves behind
    "CREATE TABLE media (
        id BLOB PRIMARY KEY NOT NULL,
        town_id BIGINT NOT NULL,
        person_id BLOB NOT NULL,
        mime TEXT NOT NULL,
        bytes BIGINT NOT NULL,
        sha256 TEXT NOT NULL,
        created_at BIGINT NOT NULL)",
    "CREATE TABLE reports (
        id BLOB PRIMARY KEY NOT NULL,
        town_id BIGINT NOT NULL,
        folio TEXT NOT NULL,
        person_id BLOB NOT NULL REFERENCES persons (id),
        turn BIGINT NOT NULL,
        idx BIGINT NOT NULL,
        channel TEXT NOT NULL,
        category TEXT NOT NULL,
        private BOOLEAN NOT NULL,
        place_json TEXT NOT NULL,
        description TEXT,
        details_json TEXT NOT NULL,
        photo_id BLOB,
        state TEXT NOT NULL,
        pin_key_id TEXT NOT NULL,
        pin_hash BLOB NOT NULL,
        filed_at BIGINT NOT NULL,
        updated_at BIGINT NOT NULL)",
    "CREATE UNIQUE INDEX reports_by_folio ON reports (town_id, folio)",
    "CREATE UNIQUE INDEX reports_once ON reports (person_id, turn, idx)",
    "CREATE TABLE handovers (
        id BLOB PRIMARY KEY NOT NULL,
        town_id BIGINT NOT NULL,
        person_id BLOB NOT NULL REFERENCES persons (id),
        turn BIGINT NOT NULL,
        idx BIGINT NOT NULL,
        reason TEXT NOT NULL,
        priority TEXT NOT NULL,
        opened_at BIGINT NOT NULL,
        agent TEXT,
        closed_at BIGINT)",
    "CREATE UNIQUE INDEX handovers_once ON handovers (person_id, turn, idx)",
    "CREATE INDEX handovers_open ON handovers (town_id, opened_at) WHERE closed_at IS NULL",
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
