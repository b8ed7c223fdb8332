//! What becomes of texts before they are measured: those that would count twice, or cannot count, are left out, and how
//! many stands beside the figures.

use std::collections::{BTreeMap, HashSet};
use std::fmt;

use serde::Serialize;

use crate::distinct::distinct_key;
use crate::labelled::Labelled;
use crate::taxonomy::NONE;

/// Lines that were read, and what became of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Intake {
    pub lines: usize,
    pub measured: usize,
    pub skipped: Skipped,
    /// Labels that the model does not know, and on how many lines each stands.
    pub unknown_intents: BTreeMap<String, usize>,
}

/// Why lines were left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Skipped {
    /// Nothing stands there, or a text without a word.
    pub empty: usize,
    /// They differ from another of the same intent in names, places, numbers and greetings only.
    pub duplicate: usize,
    /// No answer could be right.
    pub unknown_intent: usize,
}

impl Intake {
    /// The texts to measure, in their order. `lines` is how many lines they were read from; `known` are the intents of the
    /// model; `none` every model can answer.
    pub fn of(data: Vec<Labelled>, lines: usize, known: &[&str]) -> (Vec<Labelled>, Self) {
        let empty = lines.saturating_sub(data.len());
        let mut intake = Self { lines, skipped: Skipped { empty, ..Skipped::default() }, ..Self::default() };
        let mut seen = HashSet::new();
        let mut kept = Vec::new();
        for one in data {
            if one.text.trim().is_empty() {
                intake.skipped.empty += 1;
            } else if !known.contains(&&*one.intent) && one.intent != NONE {
                intake.skipped.unknown_intent += 1;
                *intake.unknown_intents.entry(one.intent).or_default() += 1;
            } else if !seen.insert((distinct_key(&one.text), one.intent.clone())) {
                intake.skipped.duplicate += 1;
            } else {
                kept.push(one);
            }
        }
        intake.measured = kept.len();
        (kept, intake)
    }
}

/// For the terminal.
impl fmt::Display for Intake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { lines, measured, skipped: Skipped { empty, duplicate, unknown_intent }, .. } = self;
        write!(f, "{lines} lines read, {measured} measured, {} skipped", lines - measured)?;
        let why = [
            (*duplicate, "say the same as another (but for names, places, numbers and greetings)"),
            (*empty, "are empty"),
            (*unknown_intent, "have an intent that the model does not know"),
        ];
        for (count, why) in why.iter().filter(|(count, _)| *count > 0) {
            write!(f, "\n  {count:>6} {why}")?;
        }
        let named: Vec<String> =
            self.unknown_intents.iter().map(|(intent, count)| format!("{intent} ({count})")).collect();
        if named.is_empty() { Ok(()) } else { write!(f, ": {}", named.join(", ")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_accounted_for() {
        let data = [
            ("Hola, hay un bache en la calle Juárez 14", "report.pothole"),
            ("hay un bache en la calle Morelos", "report.pothole"),
            ("hay un bache en la calle Morelos", "none"),
            ("  ", "none"),
            ("quiero poner un puesto", "permits.stall"),
            ("ya no quiero vivir", "crisis.self_harm"),
        ];
        let data = data.map(|(text, intent)| Labelled::new(text, intent)).to_vec();
        let (kept, intake) = Intake::of(data, 8, &["report.pothole", "crisis.self_harm"]);
        assert_eq!(
            kept.iter().map(|one| &*one.intent).collect::<Vec<_>>(),
            ["report.pothole", "none", "crisis.self_harm"]
        );
        assert_eq!(intake.skipped, Skipped { empty: 3, duplicate: 1, unknown_intent: 1 });
        insta::assert_snapshot!(intake, @r"
        8 lines read, 3 measured, 5 skipped
               1 say the same as another (but for names, places, numbers and greetings)
               3 are empty
               1 have an intent that the model does not know: permits.stall (1)
        ");
    }

    #[test]
    fn nothing_is_said_of_what_was_not_skipped() {
        let (_, intake) = Intake::of(vec![Labelled::new("hay un bache", "none")], 1, &[]);
        assert_eq!(intake.to_string(), "1 lines read, 1 measured, 0 skipped");
    }
}
