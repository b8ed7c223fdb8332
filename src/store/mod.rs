//! The database: entities, queries and the unit of work. The only place that knows it is a database.
//!
//! Everybody else calls named functions of an aggregate (`reports::by_folio`, `outbox::claim`). Reads take
//! [`Store::read`]; writes take a [`Unit`], which is all or nothing and durable once [`Unit::commit`] returned.
//! Look-ups give `Option`. Times are Unix milliseconds.

pub mod api_keys;
pub mod audit;
pub mod blocks;
pub mod board;
pub mod bot_talks;
pub mod canned;
pub mod chat_log;
pub mod consents;
pub mod conversations;
pub mod desk;
pub mod entities;
pub mod erasure;
pub mod feedback;
pub mod handovers;
pub mod identities;
pub mod idle;
pub mod inbox;
pub mod invitations;
pub mod kept;
pub mod lent;
pub mod likenesses;
pub mod media;
mod migrations;
pub mod notices;
pub mod open_requests;
pub mod outbox;
pub mod pages;
pub mod people;
pub mod photo_copies;
pub mod privacy_requests;
pub mod proposals;
pub mod public_reports;
pub mod ratings;
pub mod raws;
pub mod recovery_codes;
pub mod releases;
pub mod report_contacts;
pub mod report_events;
pub mod report_evidence;
pub mod report_externals;
pub mod report_fetches;
pub mod report_figures;
pub mod report_followers;
pub mod report_incidents;
pub mod report_notices;
pub mod report_photos;
pub mod report_timers;
pub mod report_updates;
pub mod reports;
pub mod sessions;
pub mod spoken;
pub mod staff;
pub mod statuses;
pub mod templates;
pub mod training;
pub mod transcript;
pub mod transcripts;
mod unit;
pub mod uploads;
pub mod webhook_deliveries;

use std::{path::Path, time::Duration};

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr, QueryResult, SqlErr,
    Statement, Value,
};
use sea_orm_migration::MigratorTrait;

pub use unit::{Single, Unit, UnitOfWork};

/// One town a server, for now; every root row carries it.
pub const TOWN: i64 = 1;

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("the database answered: {0}")]
    Db(#[from] DbErr),
    #[error("the group of changes that this one belonged to was not written: {0}")]
    Commit(String),
    #[error("row {id} of {table} holds something this version cannot read: {why}")]
    Unreadable { table: &'static str, id: String, why: String },
    #[error("person {0} was written by somebody else meanwhile")]
    Conflict(uuid::Uuid),
}

impl StoreError {
    /// Whether a unique index refused a row: it is there already.
    pub fn is_duplicate(&self) -> bool {
        matches!(self, Self::Db(err) if matches!(err.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))))
    }
}

pub type Result<T, E = StoreError> = std::result::Result<T, E>;

/// The open database.
#[derive(Debug, Clone)]
pub struct Store {
    read: DatabaseConnection,
    write: UnitOfWork,
}

impl Store {
    /// Opens (and makes) the SQLite file and brings its tables up to date.
    ///
    /// `commit_delay` is added before each commit: zero, except to measure what a slow disk would do.
    ///
    /// # Errors
    /// When the file cannot be opened or a migration fails.
    pub async fn open(file: &Path, commit_delay: Duration) -> Result<Self> {
        let write = Database::connect(options(file, 1)).await?;
        migrations::Migrator::up(&write, None).await?;
        let read = Database::connect(options(file, 4)).await?;
        Ok(Self { read, write: UnitOfWork::new(write, commit_delay) })
    }

    /// For look-ups: never waits for a writer.
    pub fn read(&self) -> &DatabaseConnection {
        &self.read
    }

    /// Starts a unit of work.
    ///
    /// # Errors
    /// When the database is locked by another process for more than five seconds, or its disk fails.
    pub async fn unit(&self) -> Result<Unit> {
        self.write.begin().await
    }

    /// Starts a unit of one statement: cheaper, for it needs no savepoint.
    ///
    /// # Errors
    /// As [`Store::unit`].
    pub async fn single(&self) -> Result<Single> {
        self.write.single().await
    }

    /// Whether a write can be made: what `/readyz` asks.
    ///
    /// # Errors
    /// What stands in the way.
    pub async fn probe(&self) -> Result<()> {
        let unit = self.single().await?;
        run(&*unit, "UPDATE meta SET value = value WHERE key = 'schema'", []).await?;
        unit.commit().await
    }

    /// Commits made and units in them since the start.
    pub fn commits(&self) -> (u64, u64) {
        self.write.counts()
    }

    /// Closes both pools, so that the file can be copied.
    pub async fn close(&self) {
        self.write.close().await;
        self.read.clone().close().await.ok();
    }
}

fn options(file: &Path, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(format!("sqlite://{}?mode=rwc", file.display()));
    options
        .max_connections(connections)
        .min_connections(1)
        .idle_timeout(None::<Duration>)
        .max_lifetime(None::<Duration>)
        .test_before_acquire(false)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(|sqlite| {
            sqlite
                .busy_timeout(Duration::from_secs(5))
                .foreign_keys(true)
                .pragma("journal_mode", "WAL")
                // FULL: a commit that returned survives a power cut, not only a crash.
                .pragma("synchronous", "FULL")
                .pragma("cache_size", "-16000")
                .pragma("temp_store", "MEMORY")
        });
    options
}

/// Runs one statement; `?1`-style placeholders, understood by both databases' drivers as `$1`.
async fn run<const N: usize>(
    on: &impl ConnectionTrait,
    sql: &'static str,
    values: [Value; N],
) -> Result<u64> {
    Ok(on.execute_raw(statement(on, sql, values)).await?.rows_affected())
}

async fn one<const N: usize>(
    on: &impl ConnectionTrait,
    sql: &'static str,
    values: [Value; N],
) -> Result<Option<QueryResult>> {
    Ok(on.query_one_raw(statement(on, sql, values)).await?)
}

async fn all<const N: usize>(
    on: &impl ConnectionTrait,
    sql: &'static str,
    values: [Value; N],
) -> Result<Vec<QueryResult>> {
    Ok(on.query_all_raw(statement(on, sql, values)).await?)
}

fn statement<const N: usize>(on: &impl ConnectionTrait, sql: &'static str, values: [Value; N]) -> Statement {
    let backend: DbBackend = on.get_database_backend();
    Statement::from_sql_and_values(backend, sql, values)
}

/// Reads a JSON column.
fn json<T: serde::de::DeserializeOwned>(table: &'static str, id: impl ToString, text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|err| StoreError::Unreadable {
        table,
        id: id.to_string(),
        why: err.to_string(),
    })
}

/// Writes a JSON column. Our own types always serialise.
fn to_json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned())
}

/// Refuses data whose keyring is not here, before anything is written with another.
///
/// # Errors
/// With what to do: put the right keyring in place.
pub async fn check_keyring(store: &Store, keyring: &crate::keyring::Keyring) -> anyhow::Result<()> {
    let row = one(store.read(), "SELECT value FROM meta WHERE key = 'keyring'", []).await?;
    if let Some(row) = row {
        let key_id: String = row.try_get("", "value").map_err(StoreError::from)?;
        keyring.must_have(&key_id)?;
    }
    let unit = store.unit().await?;
    let sql =
        "INSERT INTO meta (key, value) VALUES ('keyring', $1) ON CONFLICT (key) DO UPDATE SET value = $1";
    run(&*unit, sql, [keyring.current_id().into()]).await?;
    unit.commit().await?;
    Ok(())
}
