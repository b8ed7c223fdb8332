//! How far an answer can be trusted: the temperature that makes confidences honest, the thresholds between acting,
//! asking and giving up, and the decision itself. Goes by rehearsed phrases only, so nobody has to set a number.

use serde::Serialize;

use crate::train::softmax;
use crate::understanding::Certainty;

/// Where certainty changes; see `thresholds` for how each is found.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Thresholds {
    /// Sure from here.
    pub strict: f32,
    /// Between from here, unsure below.
    pub loose: f32,
    /// Unsure when less than this share of the text is made of letter sequences that the phrases have.
    pub coverage: f32,
}

/// Without rehearsal (hardly any phrases) only a clear answer counts.
const UNREHEARSED: Thresholds = Thresholds { strict: 0.7, loose: 0.3, coverage: 0.4 };

/// A phrase guessed by a model that has not seen it.
#[derive(Debug)]
pub(crate) struct Rehearsed {
    pub logits: Vec<f32>,
    pub intent: usize,
    pub coverage: f32,
}

/// The divisor of the logits under which the rehearsed phrases are least surprising. Golden-section search: the
/// surprise has one valley.
pub(crate) fn temperature(rehearsed: &[Rehearsed]) -> f32 {
    const GOLDEN: f32 = 0.618_034;
    if rehearsed.is_empty() {
        return 1.0;
    }
    let surprise = |log: f32| surprise(rehearsed, log.exp());
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
fn surprise(rehearsed: &[Rehearsed], temperature: f32) -> f32 {
    let of = |r: &Rehearsed| {
        let top = r.logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let sum: f32 = r.logits.iter().map(|z| ((z - top) / temperature).exp()).sum();
        let right = r.logits.get(r.intent).copied().unwrap_or(top);
        f64::from(sum.ln() - (right - top) / temperature)
    };
    (rehearsed.iter().map(of).sum::<f64>() / rehearsed.len() as f64) as f32
}

/// Thresholds from the rehearsal:
/// - `strict`: the lowest confidence from which on nine answers in ten were right, and never below 0.5, so that even
///   the least sure of them was right more often than not;
/// - `loose`: the confidence that 95 % of the right answers reached (their 5th percentile);
/// - `coverage`: what 99 % of the right answers reached, between 0.25 and 0.5.
pub(crate) fn thresholds(rehearsed: &[Rehearsed], temperature: f32, none: Option<usize>) -> Thresholds {
    let answers: Vec<Answered> = rehearsed
        .iter()
        .filter_map(|r| answered(r, temperature))
        .filter(|a| Some(a.intent) != none)
        .collect();
    let right = |of: fn(&Answered) -> f32| answers.iter().filter(|a| a.right).map(of).collect::<Vec<_>>();
    let (Some(loose), Some(coverage)) =
        (low_end(right(|a| a.confidence), 0.05), low_end(right(|a| a.coverage), 0.01))
    else {
        return UNREHEARSED;
    };
    let strict = reliable_from(answers, 0.9).max(0.5);
    Thresholds { strict, loose: loose.min(strict), coverage: coverage.clamp(0.25, 0.5) }
}

struct Answered {
    intent: usize,
    confidence: f32,
    right: bool,
    coverage: f32,
}

fn answered(rehearsed: &Rehearsed, temperature: f32) -> Option<Answered> {
    let mut probabilities: Vec<f32> = rehearsed.logits.iter().map(|z| z / temperature).collect();
    softmax(&mut probabilities);
    let (intent, confidence) = best(&probabilities)?;
    Some(Answered { intent, confidence, right: intent == rehearsed.intent, coverage: rehearsed.coverage })
}

/// The value that only `share` of them stay under.
fn low_end(mut values: Vec<f32>, share: f32) -> Option<f32> {
    values.sort_by(f32::total_cmp);
    values.get((values.len() as f32 * share) as usize).copied()
}

/// The lowest confidence such that of the answers with at least it, `share` were right; 1 when there is none.
fn reliable_from(mut answers: Vec<Answered>, share: f32) -> f32 {
    answers.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
    let (mut right, mut seen, mut from) = (0u32, 0u32, 1.0);
    for equals in answers.chunk_by(|a, b| a.confidence == b.confidence) {
        right += equals.iter().map(|answer| u32::from(answer.right)).sum::<u32>();
        seen += equals.len() as u32;
        if right as f32 >= share * seen as f32 {
            from = equals.first().map_or(from, |answer| answer.confidence);
        }
    }
    from
}

/// What to do with an answer: the classes' probabilities, the share of the text that is known.
pub(crate) fn certainty(
    probabilities: &[f32],
    coverage: f32,
    none: Option<usize>,
    at: &Thresholds,
) -> Certainty {
    match best(probabilities) {
        Some((intent, confidence)) if Some(intent) != none && coverage >= at.coverage => {
            if confidence >= at.strict {
                Certainty::Sure
            } else if confidence >= at.loose {
                Certainty::Between
            } else {
                Certainty::Unsure
            }
        }
        _ => Certainty::Unsure,
    }
}

pub(crate) fn best(probabilities: &[f32]) -> Option<(usize, f32)> {
    probabilities.iter().copied().enumerate().max_by(|a, b| a.1.total_cmp(&b.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of a hundred phrases with this lead over the other class, `right` are guessed right.
    fn guesses(lead: f32, right: usize) -> impl Iterator<Item = Rehearsed> {
        let one =
            move |i| Rehearsed { logits: vec![lead, 0.0], intent: usize::from(i >= right), coverage: 0.9 };
        (0..100).map(one)
    }

    #[test]
    fn boastful_logits_are_cooled_until_confidence_is_honest() {
        let boastful: Vec<Rehearsed> = guesses(10.0, 80).collect();
        let cooled = temperature(&boastful);
        let mut probabilities = [10.0 / cooled, 0.0];
        softmax(&mut probabilities);
        assert!((probabilities[0] - 0.8).abs() < 0.01, "{probabilities:?}");
    }

    #[test]
    fn it_is_sure_where_nine_in_ten_were_right_and_unsure_under_what_the_right_ones_reached() {
        let mixed: Vec<Rehearsed> = guesses(4.0, 98).chain(guesses(1.0, 60)).collect();
        let at = thresholds(&mixed, 1.0, None);
        assert!(at.strict > 0.9, "{at:?}");
        assert!(at.loose < 0.75 && at.loose > 0.7, "{at:?}");
        assert_eq!(certainty(&[0.99, 0.01], 0.9, None, &at), Certainty::Sure);
        assert_eq!(certainty(&[0.8, 0.2], 0.9, None, &at), Certainty::Between);
        assert_eq!(certainty(&[0.6, 0.4], 0.9, None, &at), Certainty::Unsure);
    }

    #[test]
    fn none_and_unknown_letters_are_never_acted_on() {
        assert_eq!(certainty(&[0.99, 0.01], 0.9, Some(0), &UNREHEARSED), Certainty::Unsure);
        assert_eq!(certainty(&[0.99, 0.01], 0.1, None, &UNREHEARSED), Certainty::Unsure);
        assert_eq!(certainty(&[], 0.9, None, &UNREHEARSED), Certainty::Unsure);
    }

    #[test]
    fn without_rehearsal_the_defaults_hold() {
        assert_eq!(thresholds(&[], temperature(&[]), None), UNREHEARSED);
    }
}
