//! Which words follow which in the phrases: what tells two likely corrections apart.

use std::collections::HashMap;

use super::lexicon::Id;

#[derive(Default)]
pub(super) struct Pairs(HashMap<(Id, Id), u16>);

/// No more than this many nats are given to a neighbour.
const MOST: f32 = 4.0;

impl Pairs {
    pub(super) fn add(&mut self, before: Id, after: Id) {
        let n = self.0.entry((before, after)).or_default();
        *n = n.saturating_add(1);
    }

    pub(super) fn count(&self, before: Option<Id>, after: Option<Id>) -> u16 {
        match (before, after) {
            (Some(before), Some(after)) => self.0.get(&(before, after)).copied().unwrap_or(0),
            _ => 0,
        }
    }

    /// What having been seen together is worth, in nats.
    pub(super) fn bonus(&self, before: Option<Id>, after: Option<Id>) -> f32 {
        match self.count(before, after) {
            0 => 0.0,
            n => (1.2 + 0.7 * f32::from(n).ln()).min(MOST),
        }
    }
}
