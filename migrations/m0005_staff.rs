//! People of the town: their accounts, and what they did (the audit log, a chain in which each row names the hash of the
//! one before). Of what opens a door (passwords, tokens, codes, keys) only hashes are here; the secret of a second factor
//! is sealed by the keyring.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Written in the SQL that both databases read. One statement a string.
const UP: &[&str] = &[
    // Never changed and never deleted from. `seq` counts from 1 without a gap.
    "CREATE TABLE audit (
        town_id BIGINT NOT NULL,
        seq BIGINT NOT NULL,
        at BIGINT NOT NULL,
        actor TEXT NOT NULL,
        action TEXT NOT NULL,
        subject TEXT NOT NULL,
        detail_json TEXT NOT NULL,
        prev TEXT NOT NULL,
        hash TEXT NOT NULL,
        PRIMARY KEY (town_id, seq))",
    // `totp_since` is empty until the first code was typed; `totp_step` is the last 30 seconds whose code was used.
    "CREATE TABLE staff (
        id BLOB PRIMARY KEY NOT NULL,
        town_id BIGINT NOT NULL,
        email TEXT NOT NULL,
        name TEXT NOT NULL,
        language TEXT NOT NULL,
        password_hash TEXT,
        totp_key_id TEXT,
        totp_sealed BLOB,
        totp_since BIGINT,
        totp_step BIGINT NOT NULL DEFAULT 0,
        roles_json TEXT NOT NULL,
        departments_json TEXT NOT NULL,
        active BOOLEAN NOT NULL DEFAULT TRUE,
        created_at BIGINT NOT NULL,
        last_seen_at BIGINT)",
    "CREATE UNIQUE INDEX staff_email ON staff (town_id, email)",
    // `state`: `half` while the second factor is awaited, then `open`.
    "CREATE TABLE staff_sessions (
        id BLOB PRIMARY KEY NOT NULL,
        staff_id BLOB NOT NULL REFERENCES staff (id),
        token_hash TEXT NOT NULL UNIQUE,
        csrf TEXT NOT NULL,
        device TEXT NOT NULL,
        address TEXT NOT NULL,
        state TEXT NOT NULL,
        created_at BIGINT NOT NULL,
        last_seen_at BIGINT NOT NULL,
        expires_at BIGINT NOT NULL)",
    "CREATE INDEX staff_sessions_staff ON staff_sessions (staff_id)",
    "CREATE TABLE recovery_codes (
        staff_id BLOB NOT NULL REFERENCES staff (id),
        key_id TEXT NOT NULL,
        hash BLOB NOT NULL,
        PRIMARY KEY (staff_id, hash))",
    // `kind`: `invitation` for somebody new, `password` for somebody who is there.
    "CREATE TABLE invitations (
        id BLOB PRIMARY KEY NOT NULL,
        town_id BIGINT NOT NULL,
        kind TEXT NOT NULL,
        token_hash TEXT NOT NULL UNIQUE,
        staff_id BLOB REFERENCES staff (id),
        email TEXT NOT NULL,
        name TEXT NOT NULL,
        language TEXT NOT NULL,
        roles_json TEXT NOT NULL,
        departments_json TEXT NOT NULL,
        invited_by TEXT NOT NULL,
        created_at BIGINT NOT NULL,
        expires_at BIGINT NOT NULL,
        closed_at BIGINT)",
    "CREATE INDEX invitations_email ON invitations (town_id, email)",
    "CREATE TABLE api_keys (
        id BLOB PRIMARY KEY NOT NULL,
        town_id BIGINT NOT NULL,
        name TEXT NOT NULL,
        token_hash TEXT NOT NULL UNIQUE,
        scopes_json TEXT NOT NULL,
        created_at BIGINT NOT NULL,
        last_used_at BIGINT,
        revoked_at BIGINT)",
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
