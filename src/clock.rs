//! The clock, as an argument. Everything that asks what time it is or waits for a while asks here, so that a test
//! can turn it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use tokio::sync::Notify;

/// Cheap to clone.
#[derive(Debug, Clone)]
pub struct Clock(Kind);

#[derive(Debug, Clone)]
enum Kind {
    System,
    Manual(Arc<Manual>),
}

#[derive(Debug)]
struct Manual {
    now: AtomicI64,
    turned: Notify,
}

impl Clock {
    pub fn system() -> Self {
        Self(Kind::System)
    }

    /// Stands still at `now` (Unix milliseconds) until it is turned.
    pub fn manual(now: i64) -> Self {
        Self(Kind::Manual(Arc::new(Manual { now: AtomicI64::new(now), turned: Notify::new() })))
    }

    /// Unix milliseconds.
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the system")]
    pub fn now(&self) -> i64 {
        match &self.0 {
            Kind::System => chrono::Utc::now().timestamp_millis(),
            Kind::Manual(manual) => manual.now.load(Ordering::SeqCst),
        }
    }

    /// Turns a manual clock forward; does nothing to the system's.
    pub fn advance(&self, by: Duration) {
        if let Kind::Manual(manual) = &self.0 {
            let by = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
            manual.now.fetch_add(by, Ordering::SeqCst);
            manual.turned.notify_waiters();
        }
    }

    /// Returns once it is `at` (Unix milliseconds) or later.
    pub async fn sleep_until(&self, at: i64) {
        match &self.0 {
            Kind::System => {
                let left = u64::try_from(at - self.now()).unwrap_or(0);
                tokio::time::sleep(Duration::from_millis(left)).await;
            }
            Kind::Manual(manual) => loop {
                let turned = manual.turned.notified();
                if self.now() >= at {
                    return;
                }
                turned.await;
            },
        }
    }
}

/// Milliseconds of a duration, as columns hold them.
pub fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}
