//! Why a text was understood as it was: for `intents classify --explain`, the console and whoever writes phrases.

use std::sync::Arc;

use serde::Serialize;

use crate::calibrate::Thresholds;
use crate::maths::probabilities;
use crate::model::{Considered, Effort, Model};
use crate::safety::{Evidence, verdict};
use crate::spelling::Change;
use crate::understanding::{Ranked, Understanding};

/// How many phrases are shown.
const NEIGHBOURS: usize = 5;
/// How many words of a long text are weighed.
const WORDS: usize = 60;

/// What made the decision. Holds what the person wrote: not for logs.
#[derive(Clone, Serialize)]
pub struct Explanation {
    pub understanding: Understanding,
    /// The text as the encoder read it, its spelling mended.
    pub read_as: String,
    /// What was mended.
    pub changes: Vec<Change>,
    /// How much each word spoke for the first intent, in logits of the lexical head: what would be lost without it.
    pub words: Vec<WordShare>,
    /// The phrases that mean nearly the same, nearest first; none without an encoder.
    pub neighbours: Vec<Neighbour>,
    /// What each head says alone, three at most.
    pub lexical: Vec<Ranked>,
    pub semantic: Vec<Ranked>,
    /// What spoke for a danger, of the whole text.
    pub danger: Evidence,
    /// The part of a long text that is a cry by itself, where the whole is none.
    pub danger_in: Option<String>,
    /// What the score and the confidence are held against.
    pub thresholds: Thresholds,
}

#[derive(Debug, Clone, Serialize)]
pub struct WordShare {
    pub word: String,
    pub weight: f32,
}

#[derive(Clone, Serialize)]
pub struct Neighbour {
    pub phrase: String,
    pub intent: Arc<str>,
    /// Up to 1.
    pub cosine: f32,
}

impl Model {
    /// Some tens of times slower than [`Model::understand`].
    pub fn explain(&self, text: &str) -> Explanation {
        let considered = self.consider(text, Effort::Full);
        let fusion = self.calibration.fusion;
        let heads = |logits: &[f32], temperature: f32| {
            let mut ranked = self.ranked(&probabilities(logits, temperature));
            ranked.truncate(3);
            ranked
        };
        let felt = considered.felt.as_ref();
        Explanation {
            words: self.words(&considered),
            neighbours: self.neighbours(&considered),
            lexical: heads(&considered.read.logits, fusion.lexical_temperature),
            semantic: felt.map_or_else(Vec::new, |felt| heads(&felt.logits, fusion.semantic_temperature)),
            read_as: considered.reading.fixed.clone(),
            changes: considered.reading.changes.clone(),
            danger: self.evidence(text, &considered),
            danger_in: self.cry_within(text, &considered),
            thresholds: self.thresholds(),
            understanding: self.conclude(text, &considered),
        }
    }

    fn cry_within(&self, text: &str, considered: &Considered) -> Option<String> {
        let whole = verdict(&self.evidence(text, considered), |intent| self.probability(considered, intent));
        let (at, _) = self.danger_in_parts(text).filter(|_| whole.is_none())?;
        text.get(at).map(str::to_owned)
    }

    /// Each word is left out once.
    fn words(&self, considered: &Considered) -> Vec<WordShare> {
        let Some((first, _)) = crate::maths::best(&considered.probabilities) else { return Vec::new() };
        let of = |logits: &[f32]| logits.get(first).copied().unwrap_or_default();
        let whole = of(&considered.read.logits);
        let words: Vec<&str> = considered.reading.folded.split(' ').filter(|word| !word.is_empty()).collect();
        let without = |left_out: usize| {
            let kept: Vec<&str> =
                words.iter().enumerate().filter(|(i, _)| *i != left_out).map(|(_, word)| *word).collect();
            of(&self.lexical.read(&kept.join(" ")).logits)
        };
        let share =
            |(i, word): (usize, &&str)| WordShare { word: (*word).to_owned(), weight: whole - without(i) };
        words.iter().enumerate().take(WORDS).map(share).collect()
    }

    fn neighbours(&self, considered: &Considered) -> Vec<Neighbour> {
        let (Some(semantic), Some(encoder)) = (&self.semantic, &self.encoder) else { return Vec::new() };
        let near = semantic.neighbours(&encoder.embed(&considered.reading.fixed), NEIGHBOURS);
        let named = |near: crate::semantic::nearest::Near| {
            Some(Neighbour {
                phrase: self.phrases.get(near.phrase)?.text.clone(),
                intent: Arc::clone(self.intents.get(near.class)?),
                cosine: near.cosine,
            })
        };
        near.into_iter().filter_map(named).collect()
    }
}

/// Without what the person wrote.
impl std::fmt::Debug for Explanation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Explanation").field("understanding", &self.understanding).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Neighbour {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Neighbour").field("intent", &self.intent).field("cosine", &self.cosine).finish()
    }
}
