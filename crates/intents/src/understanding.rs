//! The answer of the classifier.

use std::sync::Arc;

use serde::Serialize;
use ventanilla_values::Lang;

use crate::matters::Matter;
use crate::safety::Safety;

/// What a text seems to mean.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Understanding {
    /// The language it is written in; `None` when it cannot be told ("ok", "12").
    pub language: Option<Lang>,
    /// Likeliest first, at most five; calibrated, so that of the answers with confidence 0.8 four in five are right.
    /// `none` is one of them.
    pub ranked: Vec<Ranked>,
    pub certainty: Certainty,
    /// Somebody is in danger: this wins over everything else. Then its intent is the first of `ranked`; and where this
    /// is `None`, no safety intent is, however much the text resembles one.
    pub safety: Option<Safety>,
    /// What the text is about, in the order in which it is said, where that is more than one thing; else empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub matters: Vec<Matter>,
    /// How much the text is like what the town's phrases are about: higher is more. Comparable within one model.
    pub score: f32,
    /// Whether that is enough to take it for the first of `ranked`; else it is nobody's business here.
    pub accepted: bool,
}

impl Understanding {
    /// The detector of danger has the last word about danger. `resembled`: to the classifier it was one.
    pub(crate) fn guarded(mut self, safety: Option<Safety>, resembled: bool) -> Self {
        match &safety {
            Some(danger) => {
                let known = self.ranked.iter().position(|one| *one.intent == *danger.intent);
                let first = known.map(|at| self.ranked.remove(at));
                let unknown = || Ranked { intent: Arc::from(danger.intent), confidence: danger.confidence };
                self.ranked.insert(0, first.unwrap_or_else(unknown));
                self.certainty = Certainty::Sure;
                self.accepted = true;
            }
            // What only resembles a danger means something else, and nobody knows quite what.
            None if resembled && self.certainty == Certainty::Sure => self.certainty = Certainty::Between,
            None => {}
        }
        self.safety = safety;
        self
    }
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ranked {
    pub intent: Arc<str>,
    /// 0 to 1.
    pub confidence: f32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// Act on the first.
    Sure,
    /// Ask "¿te refieres a …?".
    Between,
    /// Say so. Also when the first is `none`.
    Unsure,
}
