//! Two models on the same texts: what became better, what became worse, and whether that is more than chance.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;

use super::{Intake, Report, answer};
use crate::labelled::Labelled;
use crate::understanding::Understanding;

/// What changes when the second model takes the place of the first.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    pub before: Report,
    pub after: Report,
    /// Texts that only the second answers rightly, and those that only the first does.
    pub gained: usize,
    pub lost: usize,
    /// How likely a difference of this size is where the models are equally good (McNemar, exact): below 0.05 it is
    /// hardly chance.
    pub chance: f64,
    /// IntentChange of F1 by intent, the largest first; those that did not change are left out.
    pub intents: Vec<IntentChange>,
    /// See [`Report::data`].
    pub data: Option<Intake>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IntentChange {
    pub intent: String,
    pub before: f32,
    pub after: f32,
}

impl Comparison {
    /// One answer a text of each model; `known` are the intents of either.
    pub fn of(data: &[Labelled], before: &[Understanding], after: &[Understanding], known: &[&str]) -> Self {
        let right = |answers: &[Understanding]| -> Vec<bool> {
            answers.iter().zip(data).map(|(given, text)| answer(given) == text.intent).collect()
        };
        let pairs: Vec<(bool, bool)> = right(before).into_iter().zip(right(after)).collect();
        let count = |pair: (bool, bool)| pairs.iter().filter(|one| **one == pair).count();
        let (gained, lost) = (count((false, true)), count((true, false)));
        let (before, after) = (Report::of(data, before, known), Report::of(data, after, known));
        let intents = changes(&before, &after);
        Self { chance: chance(gained, lost), before, after, gained, lost, intents, data: None }
    }

    /// See [`Report::with_data`].
    #[must_use]
    pub fn with_data(self, intake: Intake) -> Self {
        Self { data: Some(intake), ..self }
    }
}

/// For the terminal.
impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { before, after, gained, lost, chance, intents, data } = self;
        if let Some(data) = data {
            writeln!(f, "{data}")?;
        }
        writeln!(
            f,
            "{} messages: {gained} answered rightly only after, {lost} only before",
            before.messages
        )?;
        writeln!(f, "  likelihood that this is chance: {chance:.3}")?;
        for (name, before, after) in [
            ("accuracy of answers", before.accuracy, after.accuracy),
            ("in scope: first is right", before.in_scope_accuracy, after.in_scope_accuracy),
            ("none: F1", before.none_f1, after.none_f1),
            ("calibration error", before.calibration_error, after.calibration_error),
        ] {
            writeln!(f, "  {name:<28} {:>6.1} % -> {:>5.1} %", before * 100.0, after * 100.0)?;
        }
        for IntentChange { intent, before, after } in intents.iter().take(20) {
            writeln!(f, "  {intent:<30} F1 {before:.2} -> {after:.2}")?;
        }
        Ok(())
    }
}

fn changes(before: &Report, after: &Report) -> Vec<IntentChange> {
    let mut scores: BTreeMap<&str, (f32, f32)> = BTreeMap::new();
    for score in &before.intents {
        scores.entry(&score.intent).or_default().0 = score.f1;
    }
    for score in &after.intents {
        scores.entry(&score.intent).or_default().1 = score.f1;
    }
    let changed = scores.into_iter().filter(|(_, (before, after))| before != after);
    let mut all: Vec<IntentChange> = changed
        .map(|(intent, (before, after))| IntentChange { intent: intent.to_owned(), before, after })
        .collect();
    all.sort_by(|a, b| (b.after - b.before).abs().total_cmp(&(a.after - a.before).abs()));
    all
}

/// Two-sided: as many heads or more in as many throws of a fair coin as texts differ.
fn chance(gained: usize, lost: usize) -> f64 {
    let (throws, few) = (gained + lost, gained.min(lost));
    let mut share = 0.5f64.powi(i32::try_from(throws).unwrap_or(i32::MAX));
    let mut sum = 0.0;
    for heads in 0..=few {
        sum += share;
        share *= (throws - heads) as f64 / (heads + 1) as f64;
    }
    (2.0 * sum).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_of_ten_to_none_is_no_chance_and_five_to_four_is() {
        assert!((chance(10, 0) - 2.0 / 1024.0).abs() < 1e-9);
        assert_eq!(chance(5, 4), 1.0);
        assert_eq!(chance(0, 0), 1.0);
        assert!(chance(700, 600) < 0.01);
    }
}
