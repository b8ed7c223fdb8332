//! Why a text was understood as it was: for `intents classify --explain`, the console and whoever writes phrases.

use std::sync::Arc;

use serde::Serialize;

use crate::calibrate::Thresholds;
use crate::maths::{best, probabilities};
use crate::model::{Considered, Effort, Model, signs_in};
use crate::normalise::normalise;
use crate::reading::Reading;
use crate::safety::{Evidence, Sign, verdict};
use crate::seen::seen;
use crate::semantic::Felt;
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
    /// How much each word spoke for [`Explanation::words_for`].
    pub words: Vec<WordShare>,
    /// What both heads together take the text for, before danger is weighed; `None` for a model without intents.
    pub words_for: Option<Arc<str>>,
    /// The phrases that mean nearly the same, nearest first; none without an encoder.
    pub neighbours: Vec<Neighbour>,
    /// What each head says alone, three at most.
    pub lexical: Vec<Ranked>,
    pub semantic: Vec<Ranked>,
    /// What spoke for a danger, of the whole text.
    pub danger: Evidence,
    /// The part of a long text that is a cry by itself, where the whole is none.
    pub danger_in: Option<String>,
    /// The signs of that part, or of the whole, with their words.
    pub signs: Vec<SignSaid>,
    /// What the score and the confidence are held against.
    pub thresholds: Thresholds,
}

/// What each head would lose without a word; below 0 it spoke against.
#[derive(Clone, Serialize)]
pub struct WordShare {
    /// As it was read, without the signs around it.
    pub word: String,
    /// By words and letters, in logits.
    pub weight: f32,
    /// By the sentence's sense, in logarithms of the probability; `None` without an encoder.
    pub felt: Option<f32>,
}

/// A rule about danger, and the words that it found.
#[derive(Clone, PartialEq, Serialize)]
pub struct SignSaid {
    pub words: String,
    pub sign: Sign,
}

#[derive(Clone, Serialize)]
pub struct Neighbour {
    pub phrase: String,
    pub intent: Arc<str>,
    /// Up to 1.
    pub cosine: f32,
}

impl Model {
    /// As slow as [`Model::understand`] of each of its first words: up to sixty times.
    pub fn explain(&self, text: &str) -> Explanation {
        let text = &*seen(text).text;
        let considered = self.consider(text, Effort::Full);
        let fusion = self.calibration.fusion;
        let heads = |logits: &[f32], temperature: f32| {
            let mut ranked = self.ranked(&probabilities(logits, temperature));
            ranked.truncate(3);
            ranked
        };
        let felt = considered.felt.as_ref();
        let danger_in = self.cry_within(text, &considered);
        Explanation {
            words: self.words(&considered),
            words_for: best(&considered.probabilities)
                .and_then(|(first, _)| self.intents.get(first).cloned()),
            neighbours: self.neighbours(&considered),
            lexical: heads(&considered.read.logits, fusion.lexical_temperature),
            semantic: felt.map_or_else(Vec::new, |felt| heads(&felt.logits, fusion.semantic_temperature)),
            read_as: considered.reading.fixed.clone(),
            changes: considered.reading.changes.clone(),
            danger: self.evidence(text, &considered),
            signs: match &danger_in {
                Some(part) => signs_said(part, &self.reader.read(part)),
                None => signs_said(text, &considered.reading),
            },
            danger_in,
            thresholds: self.thresholds(),
            understanding: self.understand(text),
        }
    }

    /// What speaks for a danger, of the whole text: what [`Explanation::danger`] holds, for the price of one answer.
    pub fn weigh(&self, text: &str) -> Evidence {
        let text = &*seen(text).text;
        self.evidence(text, &self.consider(text, Effort::Full))
    }

    fn cry_within(&self, text: &str, considered: &Considered) -> Option<String> {
        let whole = verdict(&self.evidence(text, considered), |intent| self.probability(considered, intent));
        self.danger_within(text, false).filter(|_| whole.is_none()).map(|(words, _)| words)
    }

    /// Each word is left out once, and both heads read what is left.
    fn words(&self, considered: &Considered) -> Vec<WordShare> {
        let Some((first, _)) = best(&considered.probabilities) else { return Vec::new() };
        let of = |logits: &[f32]| logits.get(first).copied().unwrap_or_default();
        let words: Vec<&str> = considered.reading.fixed.split_whitespace().collect();
        let share = |(at, word): (usize, &&str)| {
            let rest: Vec<&str> =
                words.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, word)| *word).collect();
            let rest = rest.join(" ");
            let felt = considered.felt.as_ref().and_then(|whole| Some((whole, self.feel(&rest)?)));
            WordShare {
                word: word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned(),
                weight: of(&considered.read.logits) - of(&self.lexical.read(&normalise(&rest)).logits),
                felt: felt.map(|(whole, rest)| of(&whole.logits) - of(&rest.logits)),
            }
        };
        let shares = words.iter().enumerate().take(WORDS).map(share);
        shares.filter(|share| !share.word.is_empty()).collect()
    }

    fn feel(&self, text: &str) -> Option<Felt> {
        let (semantic, encoder) = (self.semantic.as_ref()?, self.encoder.as_ref()?);
        Some(semantic.feel(&encoder.embed(text), &self.roles))
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

fn signs_said(text: &str, reading: &Reading) -> Vec<SignSaid> {
    let (signs, of) = signs_in(text, reading);
    let said = |sign: Sign| Some(SignSaid { words: of.get(sign.span.clone())?.to_owned(), sign });
    signs.into_iter().filter_map(said).collect()
}

/// Without what the person wrote.
impl std::fmt::Debug for Explanation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Explanation").field("understanding", &self.understanding).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for WordShare {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WordShare")
            .field("weight", &self.weight)
            .field("felt", &self.felt)
            .finish_non_exhaustive()
    }
}

impl std::fmt::Debug for SignSaid {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SignSaid").field("sign", &self.sign).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for Neighbour {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Neighbour").field("intent", &self.intent).field("cosine", &self.cosine).finish()
    }
}

#[cfg(test)]
mod tests {
    use ventanilla_encoder::{E5, testing::tiny};

    use super::*;
    use crate::{Embeddings, Labelled, PhraseBook, TrainOptions, Training, Weight};

    fn book() -> PhraseBook {
        let hole = ["hay un bache en mi calle", "un bache enorme", "otro bache en la esquina", "bache"];
        let lamp = ["la lámpara no prende", "se fundió la lámpara", "mi calle sin lámpara", "lámpara"];
        let labelled = |texts: [&str; 4], intent: &str| texts.map(|text| Labelled::new(text, intent));
        PhraseBook::from_labelled(
            &[labelled(hole, "report.pothole"), labelled(lamp, "report.streetlight")].concat(),
        )
    }

    fn of<'a>(why: &'a Explanation, word: &str) -> &'a WordShare {
        why.words.iter().find(|share| share.word == word).unwrap()
    }

    #[test]
    fn the_word_that_names_the_matter_weighs_most() {
        let why = Model::train(&book(), &TrainOptions::default()).explain("¡Hay un bache!");
        assert_eq!(why.words_for.as_deref(), Some("report.pothole"));
        assert_eq!(why.words.iter().map(|share| &*share.word).collect::<Vec<_>>(), ["Hay", "un", "bache"]);
        assert!(of(&why, "bache").weight > of(&why, "un").weight);
        assert!(why.words.iter().all(|share| share.felt.is_none()) && why.neighbours.is_empty());
    }

    #[test]
    fn with_an_encoder_both_heads_say_what_a_word_was_worth_and_which_phrases_are_near() {
        let encoder = E5::from_bytes(&tiny(7).write().unwrap()).unwrap();
        let mut vectors = Embeddings::new(Arc::new(encoder));
        let model = Training::prepare(&book(), Some(&mut vectors), &TrainOptions::default()).fit();
        let why = model.explain("hay un bache en mi calle");
        assert!(why.words.iter().all(|share| share.felt.is_some_and(f32::is_finite)), "{:?}", why.words);
        assert!(why.words.iter().any(|share| share.felt != Some(0.0)));
        assert_eq!(
            (&*why.neighbours[0].phrase, &*why.neighbours[0].intent),
            ("hay un bache en mi calle", "report.pothole")
        );
        assert!(why.neighbours[0].cosine > 0.99);
    }

    #[test]
    fn signs_of_danger_are_told_with_their_words() {
        let why = Model::train(&book(), &TrainOptions::default()).explain("hay un bache y ya no kiero bibir");
        let certain = why.signs.iter().find(|one| one.sign.weight == Weight::Certain).unwrap();
        assert_eq!((&*certain.words, certain.sign.intent), ("no kiero bibir", "crisis.self_harm"));
    }

    #[test]
    fn what_the_person_wrote_is_in_no_log() {
        let why = Model::train(&book(), &TrainOptions::default()).explain("hay un bache");
        assert!(!format!("{why:?} {:?}", why.words).contains("bache\""));
    }

    #[test]
    fn nothing_and_very_much_are_explained_too() {
        let model = Model::train(&book(), &TrainOptions::default());
        assert!(model.explain("").words.is_empty());
        assert_eq!(model.explain(&"un bache ".repeat(400)).words.len(), WORDS);
        assert_eq!(Model::knows_nothing().explain("hay un bache").words_for, None);
    }
}
