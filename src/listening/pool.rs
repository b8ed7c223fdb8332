//! Who hears next: so many recordings at once, in the order they came, and one pair of ears for each.

use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{Ears, OpenEars};

pub(super) struct Pool {
    rooms: Arc<Semaphore>,
    /// Those that nobody uses now.
    idle: Mutex<Vec<Box<dyn Ears>>>,
    open: OpenEars,
    /// They could not be opened: looking again for each note would fill the log and read a damaged folder each time.
    none: AtomicBool,
}

impl Pool {
    pub(super) fn new(workers: usize, open: OpenEars) -> Self {
        Self {
            rooms: Arc::new(Semaphore::new(workers)),
            idle: Mutex::default(),
            open,
            none: AtomicBool::new(false),
        }
    }

    /// Waits for a place. Whoever came first is served first.
    pub(super) async fn enter(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.rooms).acquire_owned().await.ok()
    }

    /// A pair of ears. Blocks where it has to be opened: a second or two.
    pub(super) fn ears(&self) -> Option<Box<dyn Ears>> {
        if let Some(ears) = self.idle().pop() {
            return Some(ears);
        }
        if self.none.load(Ordering::Relaxed) {
            return None;
        }
        let opened = (self.open)();
        self.none.store(opened.is_none(), Ordering::Relaxed);
        opened
    }

    /// For the next note.
    pub(super) fn give_back(&self, ears: Box<dyn Ears>) {
        self.idle().push(ears);
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Box<dyn Ears>>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
