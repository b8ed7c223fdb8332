//! What people mean, as the conversation asks it: the model that answers now, the texts it answered lately, and the
//! valve for when too many ask at once. Who makes and renews the model: `train`.

mod queue;
mod train;

use std::{
    num::NonZero,
    sync::{Arc, Mutex, PoisonError, RwLock},
};

use lru::LruCache;
use ventanilla_intents::{Effort, Explanation, Model, Understanding, normalise};

use self::queue::Queue;
pub use self::train::{ENCODER, Unfinished, Weights, saved_or_quick};

/// From this confidence on the lexical head may answer alone while the valve is open. docs/PERFORMANCE.md has the cost.
pub const HASTY: Effort = Effort::Hasty { sure_from: 0.8 };

/// Of texts with more words only the very same is known again.
const FEW: usize = 12;

/// Shared by all lanes.
#[derive(Debug)]
pub struct Understander {
    model: RwLock<Arc<Model>>,
    lately: Mutex<LruCache<String, Kept>>,
    queue: Queue,
    /// One explanation at a time: it costs as much as many messages, and citizens go first.
    explaining: tokio::sync::Mutex<()>,
}

impl Understander {
    /// `remembered`: texts whose meaning is kept; `hasty_after`: how many may wait for the encoder before the valve
    /// opens.
    pub fn new(model: Model, remembered: NonZero<usize>, hasty_after: usize) -> Self {
        Self {
            model: RwLock::new(Arc::new(model)),
            lately: Mutex::new(LruCache::new(remembered)),
            queue: Queue::new(hasty_after),
            explaining: tokio::sync::Mutex::default(),
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
            texts.into_iter().filter(|text| !text.is_empty() && !self.is_known_well(text)).collect();
        let model = self.model();
        if unknown.is_empty() || !model.has_encoder() {
            return;
        }
        let ticket = self.queue.enter().await;
        let effort = if ticket.is_late() { HASTY } else { Effort::Full };
        let this = Arc::clone(self);
        let read = tokio::task::spawn_blocking(move || {
            for text in unknown {
                this.keep(&text, &model, effort);
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
        self.keep(text, &self.model(), Effort::Full)
    }

    /// Why the model that answers now takes a text for what it takes it for; `None` where it broke off. Not remembered.
    pub async fn explain(&self, text: String) -> Option<Explanation> {
        let _alone = self.explaining.lock().await;
        let model = self.model();
        tokio::task::spawn_blocking(move || model.explain(&text)).await.ok()
    }

    fn known(&self, text: &str) -> Option<Arc<Understanding>> {
        self.remembered().get(&key(text)).map(|kept| Arc::clone(&kept.understanding))
    }

    /// A hasty answer is for the turn that asked; whoever says the same next is read anew.
    fn is_known_well(&self, text: &str) -> bool {
        self.remembered().peek(&key(text)).is_some_and(|kept| !kept.hasty)
    }

    fn keep(&self, text: &str, model: &Arc<Model>, effort: Effort) -> Arc<Understanding> {
        let understanding = Arc::new(model.understand_with(text, effort));
        // Another model may have taken its place meanwhile: what this one says is for this turn only, too.
        let hasty = effort != Effort::Full || !Arc::ptr_eq(model, &self.model());
        self.remembered().put(key(text), Kept { understanding: Arc::clone(&understanding), hasty });
        understanding
    }

    fn remembered(&self) -> std::sync::MutexGuard<'_, LruCache<String, Kept>> {
        self.lately.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a text was taken for.
#[derive(Debug)]
struct Kept {
    understanding: Arc<Understanding>,
    /// With less effort than there should be, or by a model that is gone.
    hasty: bool,
}

/// Texts that mean the same: a few words are written in many ways; of a story each sign counts where it stands.
fn key(text: &str) -> String {
    if text.split_whitespace().count() <= FEW { normalise(text) } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use ventanilla_intents::Model;

    use super::*;

    #[test]
    fn a_hasty_answer_is_for_its_turn_and_the_next_to_say_so_is_read_anew() {
        let understander = Understander::new(Model::knows_nothing(), NonZero::new(10).unwrap(), 1);
        let model = understander.model();
        understander.keep("hay un bache", &model, HASTY);
        assert!(understander.known("Hay un BACHE").is_some());
        assert!(!understander.is_known_well("hay un bache"));
        understander.keep("hay un bache", &model, Effort::Full);
        assert!(understander.is_known_well("hay un bache"));
    }

    #[test]
    fn what_a_model_says_that_is_gone_is_not_remembered_for_others() {
        let understander = Understander::new(Model::knows_nothing(), NonZero::new(10).unwrap(), 1);
        let gone = understander.model();
        understander.replace(Model::knows_nothing());
        understander.keep("hay un bache", &gone, Effort::Full);
        assert!(!understander.is_known_well("hay un bache"));
    }

    #[test]
    fn a_story_is_known_again_by_its_every_sign() {
        let story = "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece";
        assert_ne!(key(story), key(&story.replace("seis", "seis.")));
        assert_eq!(key("¡Hola!"), key("hola"));
    }
}
