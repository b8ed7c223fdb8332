//! The classifier: trained from a phrase book (or loaded, see `saved`), then asked about one text after the other.
//! Shared by all lanes behind an `Arc`; asking changes nothing in it.

use std::sync::Arc;

use ventanilla_values::Lang;

use crate::calibrate::{Thresholds, best, certainty, temperature, thresholds};
use crate::head::Head;
use crate::learn::{Learnt, Material, learn, rehearse};
use crate::phrases::PhraseBook;
use crate::taxonomy::NONE;
use crate::train::{Lesson, Pace, train};
use crate::understanding::{Ranked, Understanding};
use crate::vectoriser::{Vector, Vectoriser};

/// How many intents an answer names.
const RANKED: usize = 5;
/// Below this share the language is not told: "ok" is everybody's.
const LANGUAGE_SURE: f32 = 0.8;

/// What a text means. [`Model::train`] or [`Model::load`] make one, [`Model::understand`] asks it.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// [`PhraseBook::hash`] of what it learnt from.
    pub(crate) phrases: [u8; 32],
    pub(crate) intents: Vec<Arc<str>>,
    pub(crate) languages: Vec<Lang>,
    pub(crate) vectoriser: Vectoriser,
    pub(crate) intent_head: Head,
    pub(crate) language_head: Head,
    pub(crate) thresholds: Thresholds,
}

/// The defaults were chosen once and fit every town; the seed makes two trainings equal.
#[derive(Debug, Clone, Copy)]
pub struct TrainOptions {
    /// How often every phrase is seen.
    pub epochs: usize,
    /// Step size of the first epoch.
    pub rate: f32,
    /// Into how many parts the phrases are dealt, each of which is kept away once to calibrate (a large book stops
    /// when enough were guessed); below 2, nothing is calibrated.
    pub folds: usize,
    pub seed: u64,
}

impl Default for TrainOptions {
    fn default() -> Self {
        Self { epochs: 8, rate: 0.3, folds: 4, seed: 1 }
    }
}

impl Model {
    /// Learns a book. Without phrases the model answers nothing and is unsure of everything.
    pub fn train(book: &PhraseBook, options: &TrainOptions) -> Self {
        let pace = Pace { epochs: options.epochs, rate: options.rate, seed: options.seed };
        let material = Material::of(book);
        let rehearsed = if options.folds < 2 { Vec::new() } else { rehearse(&material, options.folds, pace) };
        let everything: Vec<usize> = (0..material.texts.len()).collect();
        let learnt = learn(&material, &everything, pace);
        let mut intent_head = Head::rounded(&learnt.weights, material.intent_count);
        intent_head.temperature = temperature(&rehearsed);
        let languages = book.languages();
        Self {
            phrases: book.hash(),
            intents: book.intents.iter().map(|intent| intent.name.clone()).collect(),
            language_head: learn_language(&material, &learnt, languages.len(), pace),
            languages,
            thresholds: thresholds(&rehearsed, intent_head.temperature, material.none),
            intent_head,
            vectoriser: learnt.vectoriser,
        }
    }

    /// What a citizen's text means. Reads the beginning and the end of very long texts.
    pub fn understand(&self, text: &str) -> Understanding {
        let vector = self.vectoriser.read(text);
        let probabilities = self.intent_head.probabilities(&vector);
        let certainty = certainty(&probabilities, vector.coverage, self.none(), &self.thresholds);
        Understanding { language: self.language(&vector), ranked: self.ranked(&probabilities), certainty }
    }

    /// Whether it was trained from exactly these phrases; if not, train again.
    pub fn fits(&self, book: &PhraseBook) -> bool {
        self.phrases == book.hash()
    }

    pub fn intents(&self) -> &[Arc<str>] {
        &self.intents
    }

    /// The languages it can tell apart.
    pub fn languages(&self) -> &[Lang] {
        &self.languages
    }

    /// Where certainty changes; found in training.
    pub fn thresholds(&self) -> Thresholds {
        self.thresholds
    }

    fn none(&self) -> Option<usize> {
        self.intents.iter().position(|name| &**name == NONE)
    }

    fn ranked(&self, probabilities: &[f32]) -> Vec<Ranked> {
        let mut order: Vec<(&Arc<str>, f32)> =
            self.intents.iter().zip(probabilities.iter().copied()).collect();
        let worst_first = |a: &(&Arc<str>, f32), b: &(&Arc<str>, f32)| b.1.total_cmp(&a.1);
        if order.len() > RANKED {
            order.select_nth_unstable_by(RANKED, worst_first);
            order.truncate(RANKED);
        }
        order.sort_by(worst_first);
        order.into_iter().map(|(intent, confidence)| Ranked { intent: intent.clone(), confidence }).collect()
    }

    fn language(&self, vector: &Vector) -> Option<Lang> {
        if self.languages.len() < 2 || vector.coverage < self.thresholds.coverage {
            return None;
        }
        let (language, share) = best(&self.language_head.probabilities(vector))?;
        if share < LANGUAGE_SURE { None } else { self.languages.get(language).copied() }
    }
}

/// A second, tiny head over the same vectors.
fn learn_language(material: &Material, learnt: &Learnt, class_count: usize, pace: Pace) -> Head {
    let lesson = Lesson {
        vectors: learnt.vectors.iter().collect(),
        classes: material.languages.clone(),
        class_count,
        columns: learnt.vectoriser.columns(),
    };
    Head::rounded(&train(&lesson, Pace { epochs: 4, ..pace }), class_count)
}

#[cfg(test)]
mod tests;
