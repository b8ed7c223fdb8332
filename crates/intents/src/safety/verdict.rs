//! Signs and a classifier's probabilities -> whether somebody is in danger.

use std::cmp::Ordering;

use serde::Serialize;

use super::{Sign, Weight};
use crate::taxonomy::SAFETY;

/// From which probability on, that it is a danger at all (the three safety intents together), a text is one. The
/// surer the words, the less the classifier has to say.
pub mod thresholds {
    /// Without any sign: the classifier alone.
    pub const ALONE: f32 = 0.5;
    /// With an idiom and nothing else ("me muero de risa" resembles a crisis to a classifier).
    pub const IDIOM: f32 = 0.9;
    /// With a [`Hint`](crate::Weight::Hint).
    pub const HINT: f32 = 0.3;
    /// With a [`Likely`](crate::Weight::Likely).
    pub const LIKELY: f32 = 0.15;
    /// With two of different rules.
    pub const LIKELY_TWICE: f32 = 0.05;
    /// How sure a [`Certain`](crate::Weight::Certain) sign is, whatever the classifier says.
    pub const CERTAIN: f32 = 0.95;
}

/// Somebody is in danger.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Safety {
    /// One of [`SAFETY`]. When several fit, the one with the strongest sign, then the most probable.
    pub intent: &'static str,
    /// 0 to 1: that it is a danger at all.
    pub confidence: f32,
    /// What counted; idioms and what they cover are left out. Empty where the classifier alone decided.
    pub signs: Vec<Sign>,
}

/// Weighs what [`signs`](crate::signs) found with a classifier's probability of each safety intent (0 where there is
/// no classifier).
///
/// ```
/// use ventanilla_intents::{signs, verdict};
///
/// let danger = |text: &str| verdict(&signs(text), |_| 0.0).map(|safety| safety.intent);
/// assert_eq!(danger("mi esposo me va a matar"), Some("crisis.violence"));
/// assert_eq!(danger("mi esposo me mata de risa"), None);
/// ```
pub fn verdict(signs: &[Sign], probability: impl Fn(&str) -> f32) -> Option<Safety> {
    let counting: Vec<&Sign> = signs.iter().filter(|sign| counts(sign, signs)).collect();
    let probable: f32 =
        SAFETY.iter().map(|intent| probability(intent)).filter(|p| *p > 0.0).sum::<f32>().min(1.0);
    let idiom = signs.iter().any(|sign| sign.weight == Weight::Idiom);
    if probable < needed(&counting, idiom) {
        return None;
    }
    let certain = counting.iter().any(|sign| sign.weight == Weight::Certain);
    let confidence = if certain { probable.max(thresholds::CERTAIN) } else { probable };
    Some(Safety {
        intent: intent(&counting, probability),
        confidence,
        signs: counting.into_iter().cloned().collect(),
    })
}

/// Not an idiom, and not within one.
fn counts(sign: &Sign, all: &[Sign]) -> bool {
    let covers = |other: &Sign| {
        other.weight == Weight::Idiom
            && other.span.start <= sign.span.start
            && sign.span.end <= other.span.end
    };
    sign.weight != Weight::Idiom && !all.iter().any(covers)
}

/// The probability from which on it is a danger.
fn needed(counting: &[&Sign], idiom: bool) -> f32 {
    let strongest = counting.iter().map(|sign| sign.weight).max();
    let of = |weight| counting.iter().filter(move |sign| sign.weight == weight);
    let two = of(Weight::Likely).any(|one| of(Weight::Likely).any(|other| other.rule != one.rule));
    match strongest {
        Some(Weight::Certain) => 0.0,
        Some(Weight::Likely) if two => thresholds::LIKELY_TWICE,
        Some(Weight::Likely) => thresholds::LIKELY,
        _ if idiom => thresholds::IDIOM,
        Some(Weight::Hint) => thresholds::HINT,
        Some(Weight::Idiom) | None => thresholds::ALONE,
    }
}

fn intent(counting: &[&Sign], probability: impl Fn(&str) -> f32) -> &'static str {
    let strength = |intent: &str| {
        let weights = counting.iter().filter(|sign| sign.intent == intent).map(|sign| sign.weight);
        (weights.clone().max(), probability(intent), weights.count())
    };
    let stronger = |a: &&str, b: &&str| -> Ordering {
        let (a, b) = (strength(a), strength(b));
        a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2))
    };
    SAFETY.into_iter().max_by(|a, b| stronger(a, b)).unwrap_or(SAFETY[0])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::taxonomy::NONE;

    fn sign(weight: Weight, span: std::ops::Range<usize>, rule: &'static str) -> Sign {
        let intent = if weight == Weight::Idiom { NONE } else { "crisis.self_harm" };
        Sign { intent, weight, span, rule }
    }

    fn alarm(signs: &[Sign], probability: f32) -> bool {
        verdict(signs, |intent| if intent == "crisis.violence" { probability } else { 0.0 }).is_some()
    }

    #[test]
    fn a_certain_sign_is_enough_and_a_likely_one_asks_the_classifier() {
        assert!(alarm(&[sign(Weight::Certain, 0..5, "a")], 0.0));
        assert!(!alarm(&[sign(Weight::Likely, 0..5, "a")], 0.1));
        assert!(alarm(&[sign(Weight::Likely, 0..5, "a")], 0.2));
        assert!(alarm(&[sign(Weight::Likely, 0..5, "a"), sign(Weight::Likely, 7..9, "b")], 0.06));
        assert!(!alarm(&[sign(Weight::Likely, 0..5, "a"), sign(Weight::Likely, 7..9, "a")], 0.06));
        assert!(!alarm(&[sign(Weight::Hint, 0..5, "a")], 0.2));
        assert!(alarm(&[sign(Weight::Hint, 0..5, "a")], 0.4));
        assert!(!alarm(&[], 0.4));
        assert!(alarm(&[], 0.6));
    }

    #[test]
    fn an_idiom_covers_its_own_words_only() {
        let idiom = sign(Weight::Idiom, 0..10, "laughing");
        assert!(!alarm(&[idiom.clone(), sign(Weight::Certain, 2..10, "a")], 0.8));
        assert!(alarm(&[idiom.clone(), sign(Weight::Certain, 2..11, "a")], 0.0));
        assert!(alarm(&[idiom.clone(), sign(Weight::Likely, 12..15, "a")], 0.2));
        assert!(alarm(&[idiom], 0.95));
    }

    #[test]
    fn the_strongest_sign_names_the_danger_and_then_the_classifier() {
        let all = [sign(Weight::Likely, 0..5, "a")];
        let named = |signs| verdict(signs, |intent| if intent == "crisis.violence" { 0.9 } else { 0.0 });
        assert_eq!(named(&all).unwrap().intent, "crisis.self_harm");
        assert_eq!(named(&[]).unwrap().intent, "crisis.violence");
    }

    #[test]
    fn nonsense_probabilities_do_no_harm() {
        assert!(verdict(&[], |_| f32::NAN).is_none());
        assert!(verdict(&[], |_| 1e9).is_some_and(|safety| safety.confidence <= 1.0));
    }
}
