//! How far an answer can be trusted: temperatures that make confidences honest, the gate that keeps out what is
//! foreign, and the decision between acting, asking and giving up. Goes by rehearsed phrases, and by held-out texts
//! where there are enough, so nobody has to set a number.

use serde::{Deserialize, Serialize};

use crate::fusion::Fusion;
use crate::lexical::Read;
use crate::maths::best;
use crate::semantic::Felt;
use crate::understanding::Certainty;

/// A text guessed by heads that have not seen it.
#[derive(Debug)]
pub(crate) struct Guess {
    pub read: Read,
    pub felt: Option<Felt>,
    /// What it means.
    pub intent: usize,
}

/// A phrase guessed in a rehearsal.
#[derive(Debug)]
pub(crate) struct Rehearsed {
    pub guess: Guess,
    /// Its number among the phrases.
    pub phrase: usize,
}

/// How readily a message is taken for foreign: the share of the town's own phrases that would be turned away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strictness {
    /// 2 in a hundred.
    Lenient,
    /// 5 in a hundred.
    #[default]
    Normal,
    /// 10 in a hundred.
    Strict,
}

/// Where certainty changes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Thresholds {
    /// Of the score: from here a message belongs to one of the intents.
    pub strict: f32,
    /// Of the score: from here a message may belong to one, and people are asked; below, they are told.
    pub loose: f32,
    /// Of the confidence: from here nine in ten answers are right.
    pub reliable: f32,
}

/// Thresholds for each strictness.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Gate {
    /// Such that 2, 5 and 10 in a hundred rehearsed phrases are turned away, those counted that were taken for `none`;
    /// never below `loose`.
    pub strict: [f32; 3],
    /// The score of a fifth of those shares.
    pub loose: [f32; 3],
    pub reliable: f32,
}

/// Without rehearsal only a clear answer counts.
const CAUTIOUS: Gate = Gate { strict: [-0.36; 3], loose: [-1.2; 3], reliable: 0.7 };
const SHARES: [f32; 3] = [0.02, 0.05, 0.10];
const LOOSER: f32 = 5.0;
/// Of fewer held-out texts chance says more than they do.
const ENOUGH_HELD_OUT: usize = 200;

/// How much nearness counts beside probability. Measured on eight sets: 2 to 8 are within a point of AUROC.
const NEARNESS: f32 = 4.0;
/// The same for letters that were seen before, where there is no encoder.
const FAMILIARITY: f32 = 4.0;

/// Everything that rehearsing found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Calibration {
    pub fusion: Fusion,
    /// For answers of both heads.
    pub both: Gate,
    /// For answers of the lexical head alone.
    pub alone: Gate,
}

impl Calibration {
    pub(crate) fn cautious(lexical_share: f32) -> Self {
        let fusion =
            Fusion { lexical_temperature: 1.0, semantic_temperature: 1.0, lexical_share, temperature: 1.0 };
        Self { fusion, both: CAUTIOUS, alone: CAUTIOUS }
    }

    /// `held_out` are texts that nobody learns, guessed by the model itself. Where there are enough they say how far both
    /// heads together can be trusted: phrases are chosen to teach, many of them because they were misunderstood, so they are
    /// harder than what people write, and whoever rehearses has learnt a part of the book only.
    pub(crate) fn of(
        rehearsed: &[Rehearsed],
        held_out: &[Guess],
        lexical_share: f32,
        none: Option<usize>,
    ) -> Self {
        let guesses = || rehearsed.iter().map(|r| &r.guess);
        let lexical: Vec<_> = guesses().map(|g| (g.read.logits.as_slice(), g.intent)).collect();
        let felt: Vec<_> =
            guesses().filter_map(|g| Some((g.felt.as_ref()?.logits.as_slice(), g.intent))).collect();
        let mut fusion = Self::cautious(lexical_share).fusion;
        fusion.lexical_temperature = temperature(&lexical);
        fusion.semantic_temperature = temperature(&felt);
        let mix = |g: &Guess| {
            let mixed = fusion.mix(&g.read.logits, Some(&g.felt.as_ref()?.logits));
            Some((mixed.iter().map(|p| p.max(1e-12).ln()).collect::<Vec<_>>(), g.intent))
        };
        let mixed: Vec<_> = if held_out.len() < ENOUGH_HELD_OUT {
            guesses().filter_map(mix).collect()
        } else {
            held_out.iter().filter_map(mix).collect()
        };
        fusion.temperature = temperature(&mixed.iter().map(|(z, i)| (z.as_slice(), *i)).collect::<Vec<_>>());
        let gate = |with: bool| Gate::of(guesses().map(|g| Answered::to(g, &fusion, none, with)), none);
        Self { fusion, both: gate(true), alone: gate(false) }
    }
}

/// What decides whether a message belongs here.
///
/// `log maxP + 4 x cosine to the nearest phrase`: the first tells what is unlike every intent, the second what is unlike
/// every phrase; either alone is blind for the other. The probabilities are those of the heads as they were trained:
/// measured on CLINC150, cooling them first costs half a point of AUROC.
pub(crate) fn score(fusion: &Fusion, none: Option<usize>, read: &Read, felt: Option<&Felt>) -> f32 {
    let probabilities = fusion.uncooled().mix(&read.logits, felt.map(|felt| felt.logits.as_slice()));
    let meant = probabilities.iter().enumerate().filter(|(class, _)| Some(*class) != none);
    let likely = meant.map(|(_, p)| *p).fold(1e-9, f32::max).ln();
    match felt {
        Some(felt) => likely + NEARNESS * felt.near,
        None => likely + FAMILIARITY * (read.coverage - 1.0),
    }
}

struct Answered {
    intent: usize,
    confidence: f32,
    label: usize,
    score: f32,
}

impl Answered {
    fn to(guess: &Guess, fusion: &Fusion, none: Option<usize>, both: bool) -> Option<Self> {
        let felt = guess.felt.as_ref().filter(|_| both);
        let mixed = fusion.mix(&guess.read.logits, felt.map(|felt| felt.logits.as_slice()));
        let (intent, confidence) = best(&mixed)?;
        let score = score(fusion, none, &guess.read, felt);
        Some(Self { intent, confidence, label: guess.intent, score })
    }
}

impl Gate {
    fn of(answers: impl Iterator<Item = Option<Answered>>, none: Option<usize>) -> Self {
        let answers: Vec<Answered> = answers.flatten().collect();
        let in_scope = || answers.iter().filter(|a| Some(a.label) != none);
        let at = |scores: &[f32], share: f32| scores.get((scores.len() as f32 * share) as usize).copied();
        let scores = sorted(in_scope().map(|a| a.score));
        // What a head takes for `none` is turned away already, and counts among the share that is.
        let turned_away = |a: &Answered| if Some(a.intent) == none { f32::NEG_INFINITY } else { a.score };
        let accepted = sorted(in_scope().map(turned_away));
        let loose = SHARES.map(|share| at(&scores, share / LOOSER).unwrap_or_default());
        let mut strict = SHARES.map(|share| at(&accepted, share).unwrap_or_default());
        strict.iter_mut().zip(loose).for_each(|(strict, loose)| *strict = strict.max(loose));
        let (false, reliable) = (scores.is_empty(), reliable_from(answers, none, 0.9)) else {
            return CAUTIOUS;
        };
        Self { strict, loose, reliable: reliable.max(0.5) }
    }

    pub(crate) fn at(&self, strictness: Strictness) -> Thresholds {
        let of = |all: [f32; 3]| all.get(strictness as usize).copied().unwrap_or_default();
        Thresholds { strict: of(self.strict), loose: of(self.loose), reliable: self.reliable }
    }
}

impl Thresholds {
    /// What to do with an answer.
    pub(crate) fn certainty(&self, first_is_none: bool, confidence: f32, score: f32) -> Certainty {
        if first_is_none || score < self.loose {
            Certainty::Unsure
        } else if score < self.strict || confidence < self.reliable {
            Certainty::Between
        } else {
            Certainty::Sure
        }
    }
}

fn sorted(scores: impl Iterator<Item = f32>) -> Vec<f32> {
    let mut scores: Vec<f32> = scores.collect();
    scores.sort_by(f32::total_cmp);
    scores
}

/// The divisor of the logits under which the labels are least surprising. Golden-section search: the surprise has one
/// valley. 1 when there is nothing to go by.
fn temperature(guesses: &[(&[f32], usize)]) -> f32 {
    const GOLDEN: f32 = 0.618_034;
    if guesses.is_empty() {
        return 1.0;
    }
    let surprise = |log: f32| surprise(guesses, log.exp());
    let (mut low, mut high) = (-3.0f32, 3.0f32);
    let (mut a, mut b) = (high - GOLDEN * (high - low), low + GOLDEN * (high - low));
    let (mut at_a, mut at_b) = (surprise(a), surprise(b));
    for _ in 0..16 {
        if at_a < at_b {
            (high, b, at_b) = (b, a, at_a);
            a = high - GOLDEN * (high - low);
            at_a = surprise(a);
        } else {
            (low, a, at_a) = (a, b, at_b);
            b = low + GOLDEN * (high - low);
            at_b = surprise(b);
        }
    }
    f32::midpoint(low, high).exp()
}

/// Mean negative log-likelihood.
fn surprise(guesses: &[(&[f32], usize)], temperature: f32) -> f32 {
    let of = |(logits, intent): &(&[f32], usize)| {
        let top = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let sum: f32 = logits.iter().map(|z| ((z - top) / temperature).exp()).sum();
        let right = logits.get(*intent).copied().unwrap_or(top);
        f64::from(sum.ln() - (right - top) / temperature)
    };
    (guesses.iter().map(of).sum::<f64>() / guesses.len() as f64) as f32
}

/// The lowest confidence such that of the answers with at least it, `share` were right; 1 when there is none.
fn reliable_from(mut answers: Vec<Answered>, none: Option<usize>, share: f32) -> f32 {
    answers.retain(|answer| Some(answer.intent) != none);
    answers.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
    let (mut right, mut seen, mut from) = (0u32, 0u32, 1.0);
    for equals in answers.chunk_by(|a, b| a.confidence == b.confidence) {
        right += equals.iter().map(|answer| u32::from(answer.intent == answer.label)).sum::<u32>();
        seen += equals.len() as u32;
        if right as f32 >= share * seen as f32 {
            from = equals.first().map_or(from, |answer| answer.confidence);
        }
    }
    from
}

#[cfg(test)]
mod tests;
