//! The classifier: made by [`Training`] (or loaded, see `saved`), then asked about one text after the other. Shared by
//! all lanes behind an `Arc`; asking changes nothing in it.

mod danger;

use std::sync::Arc;

use ventanilla_encoder::Encoder;
use ventanilla_values::Lang;

use crate::calibrate::{Calibration, Strictness, Thresholds, score};
use crate::fusion::Fusion;
use crate::learn::Training;
use crate::lexical::{Lexical, Read};
use crate::maths::best;
use crate::phrases::PhraseBook;
use crate::reading::{Reader, Reading};
use crate::roles::Roles;
use crate::safety::Ear;
use crate::seen::seen;
use crate::semantic::{Felt, Semantic};
use crate::taxonomy::is_safety;
use crate::understanding::{Ranked, Understanding};

pub(crate) use danger::signs_in;

/// How many intents an answer names.
const RANKED: usize = 5;

/// What a text means. [`Model::train`], [`Training`] or [`Model::load`] make one, [`Model::understand`] asks it.
#[derive(Debug, Clone)]
pub struct Model {
    /// [`PhraseBook::hash`] of what it learnt from.
    pub(crate) phrase_hash: [u8; 32],
    pub(crate) intents: Vec<Arc<str>>,
    pub(crate) languages: Vec<Lang>,
    pub(crate) roles: Roles,
    pub(crate) phrases: Arc<[Phrase]>,
    pub(crate) reader: Arc<Reader>,
    pub(crate) lexical: Lexical,
    pub(crate) semantic: Option<Semantic>,
    /// What the semantic head reads with.
    pub(crate) encoder: Option<Arc<dyn Encoder>>,
    pub(crate) calibration: Calibration,
    pub(crate) strictness: Strictness,
}

/// One phrase that was learnt.
#[derive(Clone, PartialEq)]
pub(crate) struct Phrase {
    pub text: String,
    pub lang: Lang,
    /// Its number among the intents.
    pub intent: usize,
}

/// The defaults were chosen once and fit every town; the seed makes two trainings equal.
#[derive(Debug, Clone, Copy)]
pub struct TrainOptions {
    /// How often the lexical head sees every phrase; a large book less often.
    pub epochs: usize,
    /// Step size of the first epoch.
    pub rate: f32,
    /// Into how many parts the phrases are dealt, each of which is kept away once to calibrate (a large book stops
    /// when enough were guessed); below 2, nothing is calibrated.
    pub folds: usize,
    pub seed: u64,
    pub strictness: Strictness,
}

impl Default for TrainOptions {
    fn default() -> Self {
        Self { epochs: 8, rate: 0.4, folds: 4, seed: 1, strictness: Strictness::Normal }
    }
}

/// How much work an answer is worth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Effort {
    /// Both heads.
    Full,
    /// The valve for a queue that grows: the encoder is asked only where the lexical head is less sure than this.
    /// It costs accuracy and lets more foreign texts pass: see docs/PERFORMANCE.md.
    Hasty { sure_from: f32 },
}

/// What the heads said about a text, and what came of it.
#[derive(Debug)]
pub(crate) struct Considered {
    pub reading: Reading,
    pub read: Read,
    pub felt: Option<Felt>,
    /// See [`Ear::hear`].
    pub heard: Option<f32>,
    /// There was little time.
    pub hasty: bool,
    pub probabilities: Vec<f32>,
}

impl Model {
    /// Learns a book with the lexical head alone. Without phrases the model answers nothing and is unsure of
    /// everything.
    pub fn train(book: &PhraseBook, options: &TrainOptions) -> Self {
        let training = Training::prepare(book, None, options);
        training.calibrate(training.fit())
    }

    /// A model without an intent: to it nothing means anything.
    pub fn knows_nothing() -> Self {
        Training::prepare(&PhraseBook::default(), None, &TrainOptions::default()).fit()
    }

    /// What a citizen's text means. Reads the beginning and the end of very long texts.
    pub fn understand(&self, text: &str) -> Understanding {
        self.understand_with(text, Effort::Full)
    }

    /// The same with as much effort as there is time for.
    pub fn understand_with(&self, text: &str, effort: Effort) -> Understanding {
        let seen = seen(text).text;
        let understanding = self.conclude(&seen, &self.consider(&seen, effort));
        let matters = self.matters(text, &understanding, effort);
        Understanding { matters, ..understanding }
    }

    pub(crate) fn conclude(&self, text: &str, considered: &Considered) -> Understanding {
        let Considered { probabilities, read, felt, .. } = considered;
        let safety = self.danger(text, considered);
        let mut understanding = self.answer_of(probabilities, read, felt.as_ref());
        let resembled = understanding.ranked.first().is_some_and(|first| is_safety(&first.intent));
        if self.roles.know_danger() {
            let danger = safety.as_ref().map_or(0.0, |safety| safety.confidence);
            understanding.ranked = self.ranked(&self.roles.with_danger(probabilities, danger));
        }
        let mut understanding = understanding.guarded(safety, resembled);
        understanding.language = considered.reading.language.as_ref().map(|guess| guess.lang);
        understanding
    }

    /// What the heads say, before anybody looks for danger.
    pub(crate) fn answer_of(&self, probabilities: &[f32], read: &Read, felt: Option<&Felt>) -> Understanding {
        let score = score(&self.calibration.fusion, self.roles.none, read, felt);
        let thresholds = self.gate(felt.is_some());
        let (first, confidence) = best(probabilities).unwrap_or_default();
        let first_is_none = probabilities.is_empty() || Some(first) == self.roles.none;
        Understanding {
            language: None,
            ranked: self.ranked(probabilities),
            certainty: thresholds.certainty(first_is_none, confidence, score),
            safety: None,
            matters: Vec::new(),
            score,
            accepted: !first_is_none && score >= thresholds.strict,
        }
    }

    pub(crate) fn probability(&self, considered: &Considered, intent: &str) -> f32 {
        let class = self.intents.iter().position(|name| &**name == intent);
        class.and_then(|class| considered.probabilities.get(class).copied()).unwrap_or_default()
    }

    pub(crate) fn consider(&self, text: &str, effort: Effort) -> Considered {
        let reading = self.reader.read(text);
        let read = self.lexical.read(&reading.folded);
        let fusion = self.fusion_for(&reading);
        let alone = fusion.mix(&read.logits, None);
        let sure = best(&alone).map_or(1.0, |(_, confidence)| confidence);
        let sensed = match effort {
            Effort::Hasty { sure_from } if sure >= sure_from && !reading.foreign => None,
            // Nothing was said: an encoder would find a meaning all the same.
            _ if reading.folded.is_empty() => None,
            _ => self.sense(&reading.fixed),
        };
        let (felt, heard) = sensed.map_or((None, None), |(felt, heard)| (Some(felt), heard));
        let probabilities = match &felt {
            Some(felt) => fusion.mix(&read.logits, Some(&felt.logits)),
            None => alone,
        };
        Considered { reading, read, felt, heard, hasty: effort != Effort::Full, probabilities }
    }

    /// The likeliest intent by words and letters, which take some microseconds.
    pub(crate) fn by_words_alone(&self, text: &str) -> Option<(Arc<str>, f32)> {
        let reading = self.reader.read(text);
        let read = self.lexical.read(&reading.folded);
        let (first, confidence) = best(&self.fusion_for(&reading).mix(&read.logits, None))?;
        Some((Arc::clone(self.intents.get(first)?), confidence))
    }

    /// What the sentence encoder makes of a text, and what the ear hears in that.
    fn sense(&self, text: &str) -> Option<(Felt, Option<f32>)> {
        let (semantic, encoder) = (self.semantic.as_ref()?, self.encoder.as_ref()?);
        let ear = self.roles.know_danger().then(|| Ear::with(encoder.fingerprint())).flatten();
        let (vector, depths) = encoder.embed_through(text, ear.map_or(&[], Ear::layers));
        Some((semantic.feel(&vector, &self.roles), ear.and_then(|ear| ear.hear(&depths))))
    }

    /// Letters count nothing in a language that no phrase is written in.
    fn fusion_for(&self, reading: &Reading) -> Fusion {
        let fusion = self.calibration.fusion;
        if reading.foreign { fusion.without_letters() } else { fusion }
    }

    /// Whether it was trained from exactly these phrases; if not, train again.
    pub fn fits(&self, book: &PhraseBook) -> bool {
        self.phrase_hash == book.hash()
    }

    /// The same model, more or less ready to take a message for foreign.
    #[must_use]
    pub fn with_strictness(self, strictness: Strictness) -> Self {
        Self { strictness, ..self }
    }

    pub fn intents(&self) -> &[Arc<str>] {
        &self.intents
    }

    /// The languages that its phrases are written in.
    pub fn languages(&self) -> &[Lang] {
        &self.languages
    }

    /// Whether it has a sentence encoder.
    pub fn has_encoder(&self) -> bool {
        self.semantic.is_some()
    }

    /// Where certainty changes; found in training.
    pub fn thresholds(&self) -> Thresholds {
        self.gate(self.has_encoder())
    }

    fn gate(&self, both: bool) -> Thresholds {
        let gate = if both { self.calibration.both } else { self.calibration.alone };
        gate.at(self.strictness)
    }

    pub(crate) fn ranked(&self, probabilities: &[f32]) -> Vec<Ranked> {
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
}

impl Phrase {
    pub(crate) fn new(text: &str, lang: Lang, intent: usize) -> Self {
        Self { text: text.to_owned(), lang, intent }
    }
}

/// Without the text.
impl std::fmt::Debug for Phrase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Phrase").field("intent", &self.intent).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
