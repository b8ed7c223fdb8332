//! Whose turn it is to use the encoder: as many at once as the machine has cores, the others in a queue whose length
//! opens the valve.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

#[derive(Debug)]
pub(super) struct Queue {
    rooms: Arc<Semaphore>,
    waiting: AtomicUsize,
    hasty_after: usize,
}

/// Room for one who reads. Dropping it lets the next one in.
#[derive(Debug)]
pub(super) struct Ticket {
    _room: Option<OwnedSemaphorePermit>,
    late: bool,
}

impl Queue {
    pub(super) fn new(hasty_after: usize) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self { rooms: Arc::new(Semaphore::new(cores)), waiting: AtomicUsize::new(0), hasty_after }
    }

    pub(super) async fn enter(&self) -> Ticket {
        let before = self.waiting.fetch_add(1, Ordering::Relaxed);
        let room = Arc::clone(&self.rooms).acquire_owned().await.ok();
        self.waiting.fetch_sub(1, Ordering::Relaxed);
        let late = before >= self.hasty_after;
        if late {
            metrics::counter!("ventanilla_hasty_readings_total").increment(1);
        }
        Ticket { _room: room, late }
    }
}

impl Ticket {
    /// Whether so many waited that quick answers are better than good ones.
    pub(super) fn is_late(&self) -> bool {
        self.late
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_valve_opens_when_many_wait_and_closes_again() {
        let queue = Arc::new(Queue::new(2));
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let mut inside = Vec::new();
        for _ in 0..cores {
            inside.push(queue.enter().await);
        }
        let enter = |queue: &Arc<Queue>| {
            let queue = Arc::clone(queue);
            tokio::spawn(async move { queue.enter().await.is_late() })
        };
        let waiting: Vec<_> = (0..3).map(|_| enter(&queue)).collect();
        while queue.waiting.load(Ordering::Relaxed) < 3 {
            tokio::task::yield_now().await;
        }
        inside.clear();
        let mut late = Vec::new();
        for one in waiting {
            late.push(one.await.unwrap());
        }
        assert_eq!(late, [false, false, true]);
        assert!(!queue.enter().await.is_late());
    }
}
