//! Which classes are special: `none`, and the dangers.

use std::sync::Arc;

use crate::taxonomy::{NONE, is_safety};

/// Special classes of a book, by their number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Roles {
    pub none: Option<usize>,
    /// One a class.
    pub danger: Vec<bool>,
}

impl Roles {
    pub(crate) fn of(intents: &[Arc<str>]) -> Self {
        Self {
            none: intents.iter().position(|name| &**name == NONE),
            danger: intents.iter().map(|name| is_safety(name)).collect(),
        }
    }

    /// A book without any (banking, say) is not asked for danger.
    pub(crate) fn know_danger(&self) -> bool {
        self.danger.contains(&true)
    }

    /// The probability of any danger.
    pub(crate) fn danger_of(&self, probabilities: &[f32]) -> f32 {
        let dangers = probabilities.iter().zip(&self.danger).filter(|(_, danger)| **danger);
        dangers.map(|(p, _)| p).sum::<f32>().min(1.0)
    }
}
