//! The answer of the classifier.

use std::sync::Arc;

use serde::Serialize;
use ventanilla_values::Lang;

use crate::safety::Safety;
use crate::taxonomy::is_safety;

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
    /// How much the text is like what the town's phrases are about: higher is more. Comparable within one model.
    pub score: f32,
    /// Whether that is enough to take it for the first of `ranked`; else it is nobody's business here.
    pub accepted: bool,
}

impl Understanding {
    /// The detector of danger has the last word about danger.
    pub(crate) fn guarded(mut self, safety: Option<Safety>) -> Self {
        let first = self.ranked.first().map(|first| first.confidence).unwrap_or_default();
        match &safety {
            Some(danger) => {
                let known = self.ranked.iter().position(|one| *one.intent == *danger.intent);
                let intent =
                    known.map_or_else(|| Arc::from(danger.intent), |at| self.ranked.remove(at).intent);
                self.ranked.insert(0, Ranked { intent, confidence: danger.confidence });
                self.certainty = Certainty::Sure;
                self.accepted = true;
            }
            // What only resembles a danger means something else, and nobody knows quite what.
            None if self.ranked.first().is_some_and(|first| is_safety(&first.intent)) => {
                self.ranked.sort_by_key(|one| is_safety(&one.intent));
                let second = self.ranked.first().map(|one| one.confidence).unwrap_or_default();
                if second < first && self.certainty == Certainty::Sure {
                    self.certainty = Certainty::Between;
                }
            }
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
