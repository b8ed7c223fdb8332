//! The answer of the classifier.

use std::sync::Arc;

use serde::Serialize;
use ventanilla_values::Lang;

/// What a text seems to mean.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Understanding {
    /// The language it is written in, among those of the phrases; `None` when it cannot be told ("ok", "12").
    pub language: Option<Lang>,
    /// Best first, at most five; calibrated, so that of the answers with confidence 0.8 four in five are right.
    /// `none` is one of them.
    pub ranked: Vec<Ranked>,
    pub certainty: Certainty,
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
