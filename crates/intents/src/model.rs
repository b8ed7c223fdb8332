//! The classifier: made by [`Training`] (or loaded, see `saved`), then asked about one text after the other. Shared by
//! all lanes behind an `Arc`; asking changes nothing in it.

use std::ops::Range;
use std::sync::Arc;

use ventanilla_encoder::Encoder;
use ventanilla_values::Lang;

use crate::calibrate::{Calibration, Strictness, Thresholds, score};
use crate::fusion::Fusion;
use crate::learn::Training;
use crate::lexical::{Lexical, Read};
use crate::maths::{best, probabilities};
use crate::phrases::PhraseBook;
use crate::reading::{Reader, Reading};
use crate::roles::Roles;
use crate::safety::{
    Ear, Evidence, Part, Safety, Sign, Weight, is_only_an_address, parts, signs, verdict, verdict_of_part,
};
use crate::seen::seen;
use crate::semantic::{Felt, Semantic};
use crate::taxonomy::is_safety;
use crate::understanding::{Ranked, Understanding};

/// How many intents an answer names.
const RANKED: usize = 5;

/// Of messages with more words parts are weighed as well.
const LONG: usize = 12;
/// Parts that are less likely dangers by their words alone are left to the verdict about the whole, where there is little time
/// those that are hardly likely. Measured on messages that were put together of an ordinary one and a cry: from .12 to .3 not
/// one is heard less, and the encoder reads a tenth less.
const WORTH_LISTENING: f32 = 0.3;
const WORTH_IT_IN_HASTE: f32 = 0.6;
/// So many parts the encoder reads at most; six find no cry that three do not.
const LISTENED_TO: usize = 3;

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

    /// What speaks for a danger.
    pub(crate) fn evidence(&self, text: &str, considered: &Considered) -> Evidence {
        let Considered { reading, read, felt, heard, .. } = considered;
        let danger = |logits: &[f32]| self.roles.danger_of(&probabilities(logits, 1.0));
        Evidence {
            lexical: danger(&read.logits),
            semantic: felt.as_ref().map(|felt| danger(&felt.logits)),
            around: felt.as_ref().map(|felt| felt.danger),
            ear: *heard,
            words: text.split_whitespace().count(),
            signs: signs_in(text, reading).0,
        }
    }

    fn danger(&self, text: &str, considered: &Considered) -> Option<Safety> {
        if !self.roles.know_danger() {
            return None;
        }
        let evidence = self.evidence(text, considered);
        let of = |intent: &str| self.probability(considered, intent);
        let of_the_whole = verdict(&evidence, of).filter(|safety| !is_hardly_said(safety, &evidence, text));
        of_the_whole.or_else(|| self.danger_in_parts(text, considered.hasty).map(|(_, safety)| safety))
    }

    /// A part of a long message that is a cry by itself.
    pub(crate) fn danger_in_parts(&self, text: &str, hasty: bool) -> Option<(Range<usize>, Safety)> {
        if text.split_whitespace().count() <= LONG {
            return None;
        }
        let enough = if hasty { WORTH_IT_IN_HASTE } else { WORTH_LISTENING };
        let likely = |part: &Part| self.sounds_dangerous(text.get(part.at.clone())?);
        let mut worth: Vec<(f32, Part)> = parts(text)
            .into_iter()
            .filter_map(|part| Some((likely(&part).filter(|likely| *likely >= enough)?, part)))
            .collect();
        worth.sort_by(|a, b| b.0.total_cmp(&a.0));
        worth.into_iter().take(LISTENED_TO).find_map(|(_, Part { at, sentence })| {
            let part = text.get(at.clone())?;
            let considered = self.consider(part, Effort::Full);
            let evidence = self.evidence(part, &considered);
            let mut safety =
                verdict_of_part(&evidence, sentence, |intent| self.probability(&considered, intent))
                    .filter(|safety| !is_hardly_said(safety, &evidence, part))?;
            for sign in &mut safety.signs {
                sign.span = sign.span.start + at.start..sign.span.end + at.start;
            }
            Some((at, safety))
        })
    }

    /// By its words alone, whether a part is worth the encoder: how likely it is a danger, 1 with a sign.
    fn sounds_dangerous(&self, part: &str) -> Option<f32> {
        let read = self.lexical.read(&self.reader.read(part).folded);
        let likely = self.roles.danger_of(&probabilities(&read.logits, 1.0));
        let sign = signs(part).iter().any(|sign| sign.weight >= Weight::Likely);
        // One or two words without a sign say too little out of their context.
        let tells = part.split_whitespace().nth(2).is_some();
        (sign || tells).then_some(if sign { 1.0 } else { likely })
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

/// The signs, and the text that their spans are of. They are looked for as typed and as mended: mending may take a cry for
/// a slip, and a slip may hide a cry.
pub(crate) fn signs_in<'a>(text: &'a str, reading: &'a Reading) -> (Vec<Sign>, &'a str) {
    let typed = signs(text);
    let mended = if reading.changes.is_empty() { Vec::new() } else { signs(&reading.fixed) };
    let strongest = |signs: &[Sign]| signs.iter().map(|sign| sign.weight).max();
    if strongest(&mended) > strongest(&typed) { (mended, &reading.fixed) } else { (typed, text) }
}

/// The words around an address are those of many cries for help. A sentence vector tells them apart; letters do not.
fn is_hardly_said(safety: &Safety, evidence: &Evidence, text: &str) -> bool {
    let hints_alone = safety.signs.iter().all(|sign| sign.weight == Weight::Hint);
    evidence.around.is_none() && hints_alone && is_only_an_address(text)
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
