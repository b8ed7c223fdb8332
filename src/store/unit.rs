//! The unit of work on the embedded database: one writer, and whoever waits shares one COMMIT.
//!
//! SQLite has one writer and each COMMIT waits for the disk. So the units that queue while a COMMIT is under way
//! run one after the other as savepoints of the next transaction, and the last of them commits for all. Nobody is
//! told "done" before the disk has it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    time::Duration,
};

use sea_orm::{
    DatabaseConnection, DatabaseTransaction, SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use tokio::sync::{Mutex, OwnedMutexGuard, oneshot};

use super::{Result, StoreError};

/// So many units at most share a COMMIT, so that the first never waits long for the last.
const GROUP: usize = 128;

/// Who waits longer for the writer is told so: a provider's time-out must not come first.
const PATIENCE: Duration = Duration::from_secs(6);

#[derive(Debug, Clone)]
pub struct UnitOfWork {
    conn: DatabaseConnection,
    group: Arc<Mutex<Group>>,
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    /// Units that wait for the writer: while there are any, the one that finishes leaves the COMMIT to them.
    waiting: AtomicUsize,
    commits: AtomicU64,
    units: AtomicU64,
    commit_delay: Duration,
}

#[derive(Debug, Default)]
struct Group {
    open: Option<DatabaseTransaction>,
    members: Vec<oneshot::Sender<std::result::Result<(), String>>>,
}

impl UnitOfWork {
    pub(super) fn new(conn: DatabaseConnection, commit_delay: Duration) -> Self {
        let shared = Shared { commit_delay, ..Shared::default() };
        Self { conn, group: Arc::default(), shared: Arc::new(shared) }
    }

    /// A unit of several statements: a savepoint, so that it can be undone by itself.
    pub(super) async fn begin(&self) -> Result<Unit> {
        let group = self.enter().await?;
        let savepoint = match &group.open {
            Some(transaction) => transaction.begin().await,
            None => return Err(StoreError::Commit("the transaction did not open".to_owned())),
        };
        match savepoint {
            Ok(savepoint) => {
                Ok(Unit { savepoint: Some(savepoint), group: Some(group), shared: self.shared.clone() })
            }
            Err(err) => {
                leave(group, &self.shared);
                Err(err.into())
            }
        }
    }

    /// A unit of one statement, which is whole by itself.
    pub(super) async fn single(&self) -> Result<Single> {
        Ok(Single { group: Some(self.enter().await?), shared: self.shared.clone() })
    }

    /// Waits for the writer and opens the group's transaction where none is open.
    async fn enter(&self) -> Result<OwnedMutexGuard<Group>> {
        let waiting = Waiting::enter(&self.shared, &self.group);
        let lock = tokio::time::timeout(PATIENCE, Arc::clone(&self.group).lock_owned());
        let Ok(mut group) = lock.await else {
            return Err(StoreError::Commit("the database is busy".to_owned()));
        };
        waiting.served();
        if group.open.is_none() {
            let immediate = TransactionOptions {
                sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
                ..TransactionOptions::default()
            };
            group.open = Some(self.conn.begin_with_options(immediate).await?);
        }
        Ok(group)
    }

    pub(super) fn counts(&self) -> (u64, u64) {
        (self.shared.commits.load(Ordering::Relaxed), self.shared.units.load(Ordering::Relaxed))
    }

    pub(super) async fn close(&self) {
        let group = Arc::clone(&self.group).lock_owned().await;
        close_group(group, Arc::clone(&self.shared)).await;
        self.conn.clone().close().await.ok();
    }
}

/// A set of changes that is written wholly or not at all. Dropping it without [`Unit::commit`] undoes it.
#[derive(Debug)]
pub struct Unit {
    savepoint: Option<DatabaseTransaction>,
    group: Option<OwnedMutexGuard<Group>>,
    shared: Arc<Shared>,
}

impl Unit {
    /// Makes the changes durable: when this returns, the disk has them.
    ///
    /// # Errors
    /// When the disk is full or fails; then none of the changes were made.
    pub async fn commit(mut self) -> Result<()> {
        let (Some(savepoint), Some(group)) = (self.savepoint.take(), self.group.take()) else {
            return Err(StoreError::Commit("the unit was finished already".to_owned()));
        };
        if let Err(err) = savepoint.commit().await {
            leave(group, &self.shared);
            return Err(err.into());
        }
        join(group, &self.shared).await
    }
}

impl std::ops::Deref for Unit {
    type Target = DatabaseTransaction;

    #[expect(
        clippy::expect_used,
        reason = "only commit and drop take the savepoint, and both consume the unit"
    )]
    fn deref(&self) -> &DatabaseTransaction {
        self.savepoint.as_ref().expect("a unit holds its savepoint until it is finished")
    }
}

impl Drop for Unit {
    fn drop(&mut self) {
        // The savepoint undoes itself when dropped, and must do so before the group goes on.
        drop(self.savepoint.take());
        if let Some(group) = self.group.take() {
            leave(group, &self.shared);
        }
    }
}

/// One statement, written with whoever else is there. It has no savepoint to pay for; dropping it without
/// [`Single::commit`] leaves what it wrote, as if it had been committed and nobody had waited.
#[derive(Debug)]
pub struct Single {
    group: Option<OwnedMutexGuard<Group>>,
    shared: Arc<Shared>,
}

impl Single {
    /// Makes the statement durable: when this returns, the disk has it.
    ///
    /// # Errors
    /// When the disk is full or fails; then nothing was written.
    pub async fn commit(mut self) -> Result<()> {
        match self.group.take() {
            Some(group) => join(group, &self.shared).await,
            None => Err(StoreError::Commit("the unit was finished already".to_owned())),
        }
    }
}

impl std::ops::Deref for Single {
    type Target = DatabaseTransaction;

    #[expect(clippy::expect_used, reason = "only commit and drop take the group, and both consume the unit")]
    fn deref(&self) -> &DatabaseTransaction {
        let group = self.group.as_ref().expect("a unit holds its group until it is finished");
        group.open.as_ref().expect("a unit is made on an open transaction")
    }
}

impl Drop for Single {
    fn drop(&mut self) {
        if let Some(group) = self.group.take() {
            leave(group, &self.shared);
        }
    }
}

/// Waits for the COMMIT of the group.
async fn join(mut group: OwnedMutexGuard<Group>, shared: &Arc<Shared>) -> Result<()> {
    let (told, done) = oneshot::channel();
    group.members.push(told);
    leave(group, shared);
    match done.await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(why)) => Err(StoreError::Commit(why)),
        Err(_) => Err(StoreError::Commit("the server is shutting down".to_owned())),
    }
}

/// Hands the open transaction to the next that waits, or commits it. In a task of its own, so that a caller who
/// gives up half-way takes nobody else's changes with it.
fn leave(group: OwnedMutexGuard<Group>, shared: &Arc<Shared>) {
    let somebody_waits = shared.waiting.load(Ordering::SeqCst) > 0;
    if somebody_waits && group.members.len() < GROUP {
        return;
    }
    if group.open.is_some() {
        tokio::spawn(close_group(group, Arc::clone(shared)));
    }
}

async fn close_group(mut group: OwnedMutexGuard<Group>, shared: Arc<Shared>) {
    let Some(transaction) = group.open.take() else { return };
    let members = std::mem::take(&mut group.members);
    if !shared.commit_delay.is_zero() && !members.is_empty() {
        tokio::time::sleep(shared.commit_delay).await;
    }
    let result = transaction.commit().await.map_err(|err| err.to_string());
    shared.commits.fetch_add(1, Ordering::Relaxed);
    shared.units.fetch_add(members.len() as u64, Ordering::Relaxed);
    drop(group);
    for member in members {
        member.send(result.clone()).ok();
    }
}

/// Counts one that waits, also when it gives up: then the group it kept open must be closed by somebody.
struct Waiting<'a> {
    shared: &'a Arc<Shared>,
    group: &'a Arc<Mutex<Group>>,
    served: bool,
}

impl<'a> Waiting<'a> {
    fn enter(shared: &'a Arc<Shared>, group: &'a Arc<Mutex<Group>>) -> Self {
        shared.waiting.fetch_add(1, Ordering::SeqCst);
        Self { shared, group, served: false }
    }

    fn served(mut self) {
        self.served = true;
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.shared.waiting.fetch_sub(1, Ordering::SeqCst);
        if !self.served {
            let (group, shared) = (Arc::clone(self.group), Arc::clone(self.shared));
            tokio::spawn(async move { leave(group.lock_owned().await, &shared) });
        }
    }
}
