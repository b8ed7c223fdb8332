//! What everybody may read of reports, found quickly, and the copies of photos that may be shown.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const UP: &[&str] = &[
    // Of each photo a large and a small copy is drawn, see `src/reports/copies.rs`: `waiting`, `drawn` or `refused`.
    "ALTER TABLE report_photos ADD COLUMN copies TEXT NOT NULL DEFAULT 'waiting'",
    "CREATE INDEX report_photos_undrawn ON report_photos (added_at) WHERE copies = 'waiting'",
    // The public lists, newest first, by what leads them (`src/store/public_reports.rs`). What the other filters ask for
    // stands behind, so that only hits are read.
    "CREATE INDEX reports_public ON reports (town_id, filed_at, folio, state) WHERE private = FALSE",
    "CREATE INDEX reports_public_category ON reports (town_id, category, filed_at, folio, state, colonia) \
        WHERE private = FALSE",
    "CREATE INDEX reports_public_colonia ON reports (town_id, colonia, filed_at, folio, state) WHERE private = FALSE",
    "CREATE INDEX reports_public_state ON reports (town_id, state, filed_at, folio) WHERE private = FALSE",
    // A window of the map.
    "CREATE INDEX reports_public_cell ON reports (town_id, cell, filed_at) WHERE private = FALSE",
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
