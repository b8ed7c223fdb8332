//! What people tell the town of their own accord: ideas, complaints about how they were attended, and what they think of a
//! place.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Written in the SQL that both databases read. One statement a string.
const UP: &[&str] = &[
    // `kind`: `idea`, `complaint` or `review`. `place` (an id of the catalogue) and `score` (1 to 5): of a review.
    // `said` is the person's own and may be erased while the row stays. `turn` and `idx` make a repeated turn harmless.
    "CREATE TABLE feedback (
        id BLOB PRIMARY KEY NOT NULL,
        town_id BIGINT NOT NULL,
        kind TEXT NOT NULL,
        reference TEXT NOT NULL,
        person_id BLOB NOT NULL REFERENCES persons (id),
        turn BIGINT NOT NULL,
        idx BIGINT NOT NULL,
        place TEXT,
        score BIGINT,
        said TEXT,
        channel TEXT NOT NULL,
        month TEXT NOT NULL,
        at BIGINT NOT NULL)",
    "CREATE UNIQUE INDEX feedback_once ON feedback (person_id, turn, idx)",
    "CREATE UNIQUE INDEX feedback_by_reference ON feedback (town_id, reference)",
    "CREATE INDEX feedback_by_kind ON feedback (town_id, kind, at)",
    "CREATE INDEX feedback_by_place ON feedback (town_id, place, month) WHERE kind = 'review'",
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
