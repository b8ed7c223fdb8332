//! What several channels need: where a talk was last held, the window of a channel that has one, replies that are kept
//! until the person writes, news of our own accounts, and templates.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Written in the SQL that both databases read. One statement a string.
const UP: &[&str] = &[
    // Where the open talk is held, and since when nothing was heard.
    "ALTER TABLE conversations ADD COLUMN channel TEXT",
    "ALTER TABLE conversations ADD COLUMN heard_at BIGINT",
    // The account whose window the person opened, and with a message sent when.
    "ALTER TABLE conversations ADD COLUMN window_account TEXT",
    "ALTER TABLE conversations ADD COLUMN window_at BIGINT",
    // A private talk of another channel, set aside until the person comes back there.
    "ALTER TABLE conversations ADD COLUMN parked_json TEXT",
    // Where the person was in danger: elsewhere nothing may show it, for phones are shared.
    "ALTER TABLE conversations ADD COLUMN danger_channel TEXT",
    // The open talk was begun in another call or on another channel: what it holds is not read out.
    "ALTER TABLE conversations ADD COLUMN begun_elsewhere BOOLEAN NOT NULL DEFAULT FALSE",
    // When the person was last told that something could not be read.
    "ALTER TABLE conversations ADD COLUMN excused_at BIGINT",
    // Some reply is kept until the person writes.
    "ALTER TABLE conversations ADD COLUMN kept BOOLEAN NOT NULL DEFAULT FALSE",
    // Never told on another channel.
    "ALTER TABLE outbox ADD COLUMN private BOOLEAN NOT NULL DEFAULT FALSE",
    // Free text may go until then; NULL where the channel has no window.
    "ALTER TABLE outbox ADD COLUMN window_until BIGINT",
    // Channels that were tried before, with commas between.
    "ALTER TABLE outbox ADD COLUMN tried TEXT",
    "CREATE INDEX outbox_kept ON outbox (person_id) WHERE state = 'kept'",
    "CREATE INDEX outbox_spoken ON outbox (created_at) WHERE channel = 'voice' AND state = 'queued'",
    // Two records of one person: this one goes on under the other.
    "ALTER TABLE persons ADD COLUMN merged_into BLOB REFERENCES persons (id)",
    "ALTER TABLE persons ADD COLUMN preferred_channel TEXT",
    "CREATE INDEX addresses_by_person ON addresses (person_id)",
    // What staff should know of our own accounts.
    "CREATE TABLE notices (
        id BLOB PRIMARY KEY NOT NULL,
        town_id BIGINT NOT NULL,
        channel TEXT NOT NULL,
        account TEXT NOT NULL,
        kind TEXT NOT NULL,
        severity TEXT NOT NULL,
        about TEXT,
        state TEXT NOT NULL,
        sentence TEXT NOT NULL,
        times BIGINT NOT NULL,
        first_at BIGINT NOT NULL,
        last_at BIGINT NOT NULL,
        acknowledged_at BIGINT)",
    "CREATE INDEX notices_open ON notices (town_id, last_at) WHERE acknowledged_at IS NULL",
    // What the provider decided of our templates.
    "CREATE TABLE templates (
        town_id BIGINT NOT NULL,
        channel TEXT NOT NULL,
        name TEXT NOT NULL,
        state TEXT NOT NULL,
        updated_at BIGINT NOT NULL,
        PRIMARY KEY (town_id, channel, name))",
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
