//! How well the score keeps out what is foreign.

use serde::Serialize;

use super::Pair;
use crate::taxonomy::NONE;

/// `none` against everything else.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct NoneCurve {
    /// 0 to 1: how often a text in scope scores higher than one that is not.
    pub auroc: f32,
    /// 0 to 1: the share of `none` that would pass where 95 % of the texts in scope do.
    pub fpr95: f32,
    /// Matthews' correlation of "taken for an intent" with "is in scope", at the automatic threshold: -1 to 1.
    pub mcc: f32,
}

impl NoneCurve {
    pub(super) fn of(pairs: &[Pair<'_>]) -> Option<Self> {
        let scores = |none: bool| {
            let chosen = pairs.iter().filter(|pair| (pair.label == NONE) == none);
            let mut scores: Vec<f32> = chosen.map(|pair| pair.given.score).collect();
            scores.sort_by(f32::total_cmp);
            scores
        };
        let (inside, outside) = (scores(false), scores(true));
        if inside.is_empty() || outside.is_empty() {
            return None;
        }
        Some(Self { auroc: auroc(&inside, &outside), fpr95: fpr95(&inside, &outside), mcc: mcc(pairs) })
    }
}

/// Both ascending. Equal scores count half (Mann-Whitney).
fn auroc(inside: &[f32], outside: &[f32]) -> f32 {
    let below = |score: f32| outside.partition_point(|other| *other < score) as f64;
    let up_to = |score: f32| outside.partition_point(|other| *other <= score) as f64;
    let won: f64 = inside.iter().map(|score| f64::midpoint(below(*score), up_to(*score))).sum();
    (won / (inside.len() as f64 * outside.len() as f64)) as f32
}

fn fpr95(inside: &[f32], outside: &[f32]) -> f32 {
    let threshold = inside.get(inside.len() / 20).copied().unwrap_or_default();
    let passed = outside.len() - outside.partition_point(|score| *score < threshold);
    passed as f32 / outside.len() as f32
}

fn mcc(pairs: &[Pair<'_>]) -> f32 {
    let count = |inside: bool, taken: bool| {
        let is = |pair: &&Pair<'_>| (pair.label != NONE) == inside && (pair.answer() != NONE) == taken;
        pairs.iter().filter(is).count() as f64
    };
    let (tp, fp) = (count(true, true), count(false, true));
    let (fneg, tn) = (count(true, false), count(false, false));
    let below = ((tp + fp) * (tp + fneg) * (tn + fp) * (tn + fneg)).sqrt();
    if below > 0.0 { ((tp * tn - fp * fneg) / below) as f32 } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_that_never_meet_are_a_perfect_curve() {
        let (inside, outside) = ([3.0, 4.0, 5.0], [0.0, 1.0, 2.0]);
        assert_eq!((auroc(&inside, &outside), fpr95(&inside, &outside)), (1.0, 0.0));
    }

    #[test]
    fn equal_scores_tell_nothing() {
        assert_eq!(auroc(&[1.0, 1.0], &[1.0, 1.0]), 0.5);
    }

    #[test]
    fn each_pair_in_the_wrong_order_costs() {
        assert_eq!(auroc(&[1.0, 3.0], &[0.0, 2.0]), 0.75);
        assert_eq!(fpr95(&[1.0, 3.0], &[0.0, 2.0]), 0.5);
    }
}
