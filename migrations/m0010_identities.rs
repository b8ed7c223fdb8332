//! People of the town who sign in with the account of a state or a town: whom a provider of identities knows.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Written in the SQL that both databases read. One statement a string.
const UP: &[&str] = &[
    // `subject` is the provider's own id of somebody: it never changes, an e-mail may.
    "CREATE TABLE staff_identities (
        town_id BIGINT NOT NULL,
        issuer TEXT NOT NULL,
        subject TEXT NOT NULL,
        staff_id BLOB NOT NULL REFERENCES staff (id),
        created_at BIGINT NOT NULL,
        PRIMARY KEY (town_id, issuer, subject))",
    "CREATE UNIQUE INDEX staff_identities_by_staff ON staff_identities (staff_id, issuer)",
    // The provider answers for the second factor: ours is not asked for.
    "ALTER TABLE staff_sessions ADD COLUMN vouched BOOLEAN NOT NULL DEFAULT FALSE",
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
