//! The list of migrations, oldest first. Each is a file in `migrations/` and is never edited once released.

use sea_orm_migration::{MigrationTrait, MigratorTrait, async_trait::async_trait};

#[path = "../../migrations/m0001_path_of_a_message.rs"]
mod m0001_path_of_a_message;
#[path = "../../migrations/m0002_consents.rs"]
mod m0002_consents;
#[path = "../../migrations/m0003_channels.rs"]
mod m0003_channels;
#[path = "../../migrations/m0004_transcripts.rs"]
mod m0004_transcripts;

pub(super) struct Migrator;

#[async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_path_of_a_message::Migration),
            Box::new(m0002_consents::Migration),
            Box::new(m0003_channels::Migration),
            Box::new(m0004_transcripts::Migration),
        ]
    }
}
