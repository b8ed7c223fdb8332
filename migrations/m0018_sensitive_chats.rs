//! Chats about what is private (a denuncia): seen by those whom it is for, and not by everybody who attends.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Written in the SQL that both databases read. One statement a string.
const UP: &[&str] = &["ALTER TABLE handovers ADD COLUMN sensitive BOOLEAN NOT NULL DEFAULT FALSE"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::apply(manager, UP).await
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        super::only_forward()
    }
}
