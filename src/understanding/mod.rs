//! What people mean, as the conversation asks it: the model that answers now, the texts it answered lately, and the
//! valve for when too many ask at once. Who makes and renews the model: `train`.

mod queue;
mod train;

use std::{
    num::NonZero,
    sync::{Arc, Mutex, PoisonError, RwLock},
};

use lru::LruCache;
use ventanilla_intents::{Effort, Model, Understanding, normalise};

use self::queue::Queue;
pub use self::train::{ENCODER, Unfinished, Weights, saved_or_quick};

/// From this confidence on the lexical head may answer alone while the valve is open. docs/PERFORMANCE.md has the cost.
pub const HASTY: Effort = Effort::Hasty { sure_from: 0.8 };

/// Shared by all lanes.
#[derive(Debug)]
pub struct Understander {
    model: RwLock<Arc<Model>>,
    lately: Mutex<LruCache<String, Arc<Understanding>>>,
    queue: Queue,
}

impl Understander {
    /// `remembered`: texts whose meaning is kept; `hasty_after`: how many may wait for the encoder before the valve
    /// opens.
    pub fn new(model: Model, remembered: NonZero<usize>, hasty_after: usize) -> Self {
        Self {
            model: RwLock::new(Arc::new(model)),
            lately: Mutex::new(LruCache::new(remembered)),
            queue: Queue::new(hasty_after),
        }
    }

    /// The model that answers now.
    pub fn model(&self) -> Arc<Model> {
        Arc::clone(&self.model.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// From now on this one answers.
    pub fn replace(&self, model: Model) {
        *self.model.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(model);
        self.remembered().clear();
    }

    /// Reads texts beside the runtime, so that a webhook never waits for an encoder. [`Understander::understand`]
    /// answers about them at once afterwards.
    pub async fn read(self: &Arc<Self>, texts: Vec<String>) {
        let unknown: Vec<String> =
            texts.into_iter().filter(|text| !text.is_empty() && self.known(text).is_none()).collect();
        let model = self.model();
        if unknown.is_empty() || !model.has_encoder() {
            return;
        }
        let ticket = self.queue.enter().await;
        let effort = if ticket.is_late() { HASTY } else { Effort::Full };
        let this = Arc::clone(self);
        let read = tokio::task::spawn_blocking(move || {
            for text in unknown {
                this.keep(&text, model.understand_with(&text, effort), effort);
            }
            drop(ticket);
        });
        // What could not be read beforehand is read when it is asked for.
        read.await.ok();
    }

    /// What a text means.
    pub fn understand(&self, text: &str) -> Arc<Understanding> {
        if let Some(known) = self.known(text) {
            return known;
        }
        let model = self.model();
        self.keep(text, model.understand(text), Effort::Full)
    }

    fn known(&self, text: &str) -> Option<Arc<Understanding>> {
        self.remembered().get(&normalise(text)).cloned()
    }

    fn keep(&self, text: &str, understanding: Understanding, effort: Effort) -> Arc<Understanding> {
        let understanding = Arc::new(understanding);
        // Hasty answers are for the moment: they are kept too, for the turn that asked, and forgotten first.
        let mut lately = self.remembered();
        lately.put(normalise(text), Arc::clone(&understanding));
        if effort != Effort::Full {
            lately.demote(&normalise(text));
        }
        understanding
    }

    fn remembered(&self) -> std::sync::MutexGuard<'_, LruCache<String, Arc<Understanding>>> {
        self.lately.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
