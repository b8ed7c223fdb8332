//! What photos look like, for finding the same thing twice.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// `likeness`: 64 bits, see `src/likeness.rs`; two pictures are alike that differ in few of them.
const UP: &[&str] = &["CREATE TABLE photo_likeness (
        media_id BLOB PRIMARY KEY NOT NULL,
        likeness BIGINT NOT NULL)"];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        super::apply(manager, UP).await
    }

    async fn down(&self, _: &SchemaManager) -> Result<(), DbErr> {
        super::only_forward()
    }
}
