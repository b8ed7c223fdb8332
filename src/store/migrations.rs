//! The list of migrations, oldest first. Each is a file in `migrations/` and is never edited once released.

use sea_orm::{ConnectionTrait as _, DbErr};
use sea_orm_migration::{MigrationTrait, MigratorTrait, SchemaManager, async_trait::async_trait};

#[path = "../../migrations/m0001_path_of_a_message.rs"]
mod m0001_path_of_a_message;
#[path = "../../migrations/m0002_consents.rs"]
mod m0002_consents;
#[path = "../../migrations/m0003_channels.rs"]
mod m0003_channels;
#[path = "../../migrations/m0004_transcripts.rs"]
mod m0004_transcripts;
#[path = "../../migrations/m0005_staff.rs"]
mod m0005_staff;
#[path = "../../migrations/m0006_desk.rs"]
mod m0006_desk;
#[path = "../../migrations/m0007_answer_times.rs"]
mod m0007_answer_times;
#[path = "../../migrations/m0008_desk_actions.rs"]
mod m0008_desk_actions;
#[path = "../../migrations/m0009_supervision.rs"]
mod m0009_supervision;
#[path = "../../migrations/m0010_identities.rs"]
mod m0010_identities;
#[path = "../../migrations/m0011_reports.rs"]
mod m0011_reports;
#[path = "../../migrations/m0012_reports_in_talks.rs"]
mod m0012_reports_in_talks;
#[path = "../../migrations/m0013_open311.rs"]
mod m0013_open311;
#[path = "../../migrations/m0014_public_reports.rs"]
mod m0014_public_reports;
#[path = "../../migrations/m0015_report_work.rs"]
mod m0015_report_work;
#[path = "../../migrations/m0016_pages.rs"]
mod m0016_pages;
#[path = "../../migrations/m0017_feedback.rs"]
mod m0017_feedback;
#[path = "../../migrations/m0018_sensitive_chats.rs"]
mod m0018_sensitive_chats;
#[path = "../../migrations/m0019_privacy.rs"]
mod m0019_privacy;
#[path = "../../migrations/m0020_idle_talks.rs"]
mod m0020_idle_talks;
#[path = "../../migrations/m0021_feedback_work.rs"]
mod m0021_feedback_work;

pub(super) struct Migrator;

#[async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_path_of_a_message::Migration),
            Box::new(m0002_consents::Migration),
            Box::new(m0003_channels::Migration),
            Box::new(m0004_transcripts::Migration),
            Box::new(m0005_staff::Migration),
            Box::new(m0006_desk::Migration),
            Box::new(m0007_answer_times::Migration),
            Box::new(m0008_desk_actions::Migration),
            Box::new(m0009_supervision::Migration),
            Box::new(m0010_identities::Migration),
            Box::new(m0011_reports::Migration),
            Box::new(m0012_reports_in_talks::Migration),
            Box::new(m0013_open311::Migration),
            Box::new(m0014_public_reports::Migration),
            Box::new(m0015_report_work::Migration),
            Box::new(m0016_pages::Migration),
            Box::new(m0017_feedback::Migration),
            Box::new(m0018_sensitive_chats::Migration),
            Box::new(m0019_privacy::Migration),
            Box::new(m0020_idle_talks::Migration),
            Box::new(m0021_feedback_work::Migration),
        ]
    }
}

/// Runs the statements of a migration in their order.
async fn apply(manager: &SchemaManager<'_>, statements: &[&str]) -> Result<(), DbErr> {
    for statement in statements {
        manager.get_connection().execute_unprepared(statement).await?;
    }
    Ok(())
}

/// What every migration answers when it shall be taken back.
fn only_forward() -> Result<(), DbErr> {
    Err(DbErr::Migration("migrations only go forward: restore the copy made before the update".to_owned()))
}
