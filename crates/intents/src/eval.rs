//! How good a model is on texts whose intent is known: figures for `ventanilla intents eval`, the tests' floors and
//! the console. Times are measured by the caller, who has a clock.

mod compare;
mod intake;
mod none_curve;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::time::Duration;

use serde::Serialize;

pub use self::compare::{Comparison, IntentChange};
pub use self::intake::{Intake, Skipped};
pub use self::none_curve::NoneCurve;
use crate::labelled::Labelled;
use crate::model::Model;
use crate::safety::Safety;
use crate::taxonomy::{NONE, is_safety};
use crate::understanding::{Certainty, Understanding};

/// Figures over labelled texts; shares are 0 to 1.
///
/// "Answer" is what the citizen gets: the first intent, or `none` when the model is unsure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    pub messages: usize,
    /// Messages that are not labelled `none`.
    pub in_scope: usize,
    /// Right answers among all messages.
    pub accuracy: f32,
    /// First intent right among messages in scope, however unsure: what papers call in-scope accuracy.
    pub in_scope_accuracy: f32,
    /// Right intent among the first three, in scope.
    pub in_scope_top3: f32,
    /// Mean F1 of the answers over the labels that occur in the data.
    pub macro_f1: f32,
    pub none_precision: f32,
    pub none_recall: f32,
    pub none_f1: f32,
    /// How well the score alone tells `none` from the rest, at every threshold and at the automatic one; `None` where
    /// the texts have no `none`.
    pub none_curve: Option<NoneCurve>,
    /// Of the cries for help (labelled with any safety intent), how many were heard as one of them, and of all other
    /// messages how many were taken for one; `None` where the texts have none.
    pub safety_recall: Option<f32>,
    pub false_alarms: Option<f32>,
    /// The same of those that are acted on at once, and not asked about first.
    pub safety_at_once: Option<f32>,
    pub false_at_once: Option<f32>,
    /// Messages that would be acted on, and how many of those rightly.
    pub sure_share: f32,
    pub sure_precision: f32,
    /// Expected calibration error of the first confidence, ten bins, over messages with a label the model knows.
    pub calibration_error: f32,
    /// By intent name.
    pub intents: Vec<IntentScore>,
    /// Most frequent first.
    pub confusions: Vec<Confusion>,
    pub timing: Option<Timing>,
    /// What was read and what was left out, where whoever measures said so.
    pub data: Option<Intake>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IntentScore {
    pub intent: String,
    pub messages: usize,
    pub precision: f32,
    pub recall: f32,
    pub f1: f32,
    /// How often it came first, however unsure.
    pub top1: f32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Confusion {
    pub expected: String,
    pub answered: String,
    pub count: usize,
}

/// Microseconds per message.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Timing {
    pub p50_us: f32,
    pub p99_us: f32,
    pub mean_us: f32,
}

/// Asks the model about every text.
pub fn evaluate(model: &Model, data: &[Labelled]) -> Report {
    let answers: Vec<Understanding> = data.iter().map(|labelled| model.understand(&labelled.text)).collect();
    let known: Vec<&str> = model.intents().iter().map(|name| &**name).collect();
    Report::of(data, &answers, &known)
}

/// The intent that a text is taken for: `none` when it is not enough like any.
pub fn answer(understanding: &Understanding) -> &str {
    match understanding.ranked.first() {
        Some(first) if understanding.accepted => &first.intent,
        _ => NONE,
    }
}

impl Report {
    /// Figures for answers that were already given, one per text; `known` are the intents of the model.
    pub fn of(data: &[Labelled], answers: &[Understanding], known: &[&str]) -> Self {
        let pairs: Vec<Pair<'_>> =
            data.iter().zip(answers).map(|(d, u)| Pair { label: &d.intent, given: u }).collect();
        let scope: Vec<&Pair<'_>> = pairs.iter().filter(|p| p.label != NONE).collect();
        let sure: Vec<&Pair<'_>> = pairs.iter().filter(|p| p.given.certainty == Certainty::Sure).collect();
        let intents = scores(&pairs);
        let none = intents.iter().find(|score| score.intent == NONE);
        let labelled: Vec<f32> = intents.iter().filter(|s| s.messages > 0).map(|s| s.f1).collect();
        Self {
            messages: pairs.len(),
            in_scope: scope.len(),
            accuracy: share(pairs.iter().map(|p| p.answer() == p.label)),
            in_scope_accuracy: share(scope.iter().map(|p| p.first() == Some(p.label))),
            in_scope_top3: share(
                scope.iter().map(|p| p.given.ranked.iter().take(3).any(|r| *r.intent == *p.label)),
            ),
            macro_f1: mean(&labelled),
            none_precision: none.map_or(0.0, |score| score.precision),
            none_recall: none.map_or(0.0, |score| score.recall),
            none_f1: none.map_or(0.0, |score| score.f1),
            none_curve: NoneCurve::of(&pairs),
            safety_recall: alarms(&pairs, true, |pair| pair.is_alarm()),
            false_alarms: alarms(&pairs, false, |pair| pair.is_alarm()),
            safety_at_once: alarms(&pairs, true, |pair| pair.is_likely_danger()),
            false_at_once: alarms(&pairs, false, |pair| pair.is_likely_danger()),
            sure_share: sure.len() as f32 / pairs.len().max(1) as f32,
            sure_precision: share(sure.iter().map(|p| p.first() == Some(p.label))),
            calibration_error: calibration_error(pairs.iter().filter(|p| known.contains(&p.label))),
            intents,
            confusions: confusions(&pairs),
            timing: None,
            data: None,
        }
    }

    /// Adds what became of the lines that the texts came from.
    #[must_use]
    pub fn with_data(self, intake: Intake) -> Self {
        Self { data: Some(intake), ..self }
    }

    /// Adds how long each message took.
    pub fn with_timing(mut self, each: &[Duration]) -> Self {
        let mut micros: Vec<f32> = each.iter().map(|d| d.as_secs_f32() * 1e6).collect();
        micros.sort_by(f32::total_cmp);
        let at = |share: f32| micros.get((micros.len() as f32 * share) as usize).copied();
        self.timing =
            at(0.5).zip(at(0.99)).map(|(p50_us, p99_us)| Timing { p50_us, p99_us, mean_us: mean(&micros) });
        self
    }
}

struct Pair<'a> {
    label: &'a str,
    given: &'a Understanding,
}

impl Pair<'_> {
    fn answer(&self) -> &str {
        answer(self.given)
    }

    fn is_alarm(&self) -> bool {
        is_safety(self.answer())
    }

    fn is_likely_danger(&self) -> bool {
        self.is_alarm() && self.given.safety.as_ref().is_some_and(Safety::is_likely)
    }

    fn first(&self) -> Option<&str> {
        self.given.ranked.first().map(|ranked| &*ranked.intent)
    }
}

fn share(outcomes: impl Iterator<Item = bool>) -> f32 {
    let (right, all) = outcomes.fold((0u32, 0u32), |(right, all), ok| (right + u32::from(ok), all + 1));
    right as f32 / all.max(1) as f32
}

fn mean(values: &[f32]) -> f32 {
    // An empty float sum is -0.0, which reads badly.
    values.iter().fold(0.0, |sum, value| sum + value) / values.len().max(1) as f32
}

/// The share of alarms (what counts as one) among the messages that are cries for help, or among those that are not.
fn alarms(pairs: &[Pair<'_>], danger: bool, count: impl Fn(&Pair<'_>) -> bool) -> Option<f32> {
    if !pairs.iter().any(|pair| is_safety(pair.label)) {
        return None;
    }
    let chosen = pairs.iter().filter(|pair| is_safety(pair.label) == danger);
    Some(share(chosen.map(count)))
}

/// One score for every name that is a label or an answer.
fn scores(pairs: &[Pair<'_>]) -> Vec<IntentScore> {
    let names: BTreeSet<&str> = pairs.iter().flat_map(|p| [p.label, p.answer()]).collect();
    let score = |name: &str| {
        let labelled = || pairs.iter().filter(|p| p.label == name);
        let recall = share(labelled().map(|p| p.answer() == name));
        let precision = share(pairs.iter().filter(|p| p.answer() == name).map(|p| p.label == name));
        let sum = precision + recall;
        IntentScore {
            intent: name.to_owned(),
            messages: labelled().count(),
            precision,
            recall,
            f1: if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 },
            top1: share(labelled().map(|p| p.first() == Some(name))),
        }
    };
    names.into_iter().map(score).collect()
}

fn confusions(pairs: &[Pair<'_>]) -> Vec<Confusion> {
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for pair in pairs.iter().filter(|p| p.answer() != p.label) {
        *counts.entry((pair.label, pair.answer())).or_default() += 1;
    }
    let named = |((expected, answered), count): ((&str, &str), usize)| Confusion {
        expected: expected.to_owned(),
        answered: answered.to_owned(),
        count,
    };
    let mut all: Vec<Confusion> = counts.into_iter().map(named).collect();
    all.sort_by_key(|confusion| std::cmp::Reverse(confusion.count));
    all
}

fn calibration_error<'a>(pairs: impl Iterator<Item = &'a Pair<'a>>) -> f32 {
    let mut bins = [(0.0f32, 0.0f32); 10];
    let mut all = 0.0f32;
    for pair in pairs {
        let Some(first) = pair.given.ranked.first() else { continue };
        all += 1.0;
        if let Some((confidence, right)) = bins.get_mut(((first.confidence * 10.0) as usize).min(9)) {
            *confidence += first.confidence;
            *right += f32::from(u8::from(*first.intent == *pair.label));
        }
    }
    bins.iter().map(|(confidence, right)| (confidence - right).abs()).sum::<f32>() / all.max(1.0)
}

/// For the terminal: the figures, a line per intent, the most frequent confusions.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(data) = &self.data {
            writeln!(f, "{data}")?;
        }
        writeln!(f, "{} messages, {} in scope", self.messages, self.in_scope)?;
        for (name, value) in [
            ("accuracy of answers", self.accuracy),
            ("in scope: first is right", self.in_scope_accuracy),
            ("in scope: among first three", self.in_scope_top3),
            ("macro F1", self.macro_f1),
            ("none: precision", self.none_precision),
            ("none: recall", self.none_recall),
            ("none: F1", self.none_f1),
            ("acted on without asking", self.sure_share),
            ("  of these right", self.sure_precision),
            ("calibration error", self.calibration_error),
        ] {
            writeln!(f, "  {name:<28} {:>6.1} %", value * 100.0)?;
        }
        if let (Some(recall), Some(alarms)) = (self.safety_recall, self.false_alarms) {
            let [recall, alarms] = [recall, alarms].map(|share| share * 100.0);
            writeln!(f, "  cries for help heard {recall:.1} %, false alarms {alarms:.2} %")?;
        }
        if let (Some(recall), Some(alarms)) = (self.safety_at_once, self.false_at_once) {
            let [recall, alarms] = [recall, alarms].map(|share| share * 100.0);
            writeln!(
                f,
                "  of these at once     {recall:.1} %, false alarms {alarms:.2} %; the others are asked first"
            )?;
        }
        if let Some(NoneCurve { auroc, fpr95, mcc }) = self.none_curve {
            let [auroc, fpr95] = [auroc, fpr95].map(|share| share * 100.0);
            writeln!(f, "  none by score: AUROC {auroc:.1} %, FPR95 {fpr95:.1} %, MCC {mcc:.3}")?;
        }
        if let Some(Timing { p50_us, p99_us, mean_us }) = &self.timing {
            writeln!(f, "  µs per message: p50 {p50_us:.1}, p99 {p99_us:.1}, mean {mean_us:.1}")?;
        }
        self.write_intents(f)?;
        self.write_confusions(f)
    }
}

impl Report {
    fn write_intents(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "\n{:<30} {:>8} {:>9} {:>6} {:>6} {:>6}",
            "intent", "messages", "precision", "recall", "F1", "first"
        )?;
        for score in &self.intents {
            let IntentScore { intent, messages, precision, recall, f1, top1 } = score;
            writeln!(f, "{intent:<30} {messages:>8} {precision:>9.2} {recall:>6.2} {f1:>6.2} {top1:>6.2}")?;
        }
        Ok(())
    }

    fn write_confusions(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SHOWN: usize = 20;
        if self.confusions.is_empty() {
            return Ok(());
        }
        writeln!(f, "\nmost frequent confusions (expected -> answered)")?;
        for Confusion { expected, answered, count } in self.confusions.iter().take(SHOWN) {
            writeln!(f, "{count:>5}  {expected} -> {answered}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
