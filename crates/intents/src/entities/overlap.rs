//! Of things that lie over each other one is meant: the longest, and of equal ones the most specific.

use std::{cmp::Reverse, collections::BTreeMap, ops::Range};

use super::{Entity, EntityValue, Said};

/// What a finder found, by its tokens.
pub(super) struct Found {
    pub(super) value: EntityValue,
    pub(super) tokens: Range<usize>,
}

impl Found {
    pub(super) fn new(value: EntityValue, tokens: Range<usize>) -> Self {
        Self { value, tokens }
    }

    pub(super) fn entity(self, said: &Said<'_>) -> Option<Entity> {
        let span = said.span(&self.tokens)?;
        let text = said.slice(&self.tokens).to_owned();
        Some(Entity { kind: self.value.kind(), span, text, value: self.value })
    }
}

/// Without overlaps, in the order of the message. Kinds are listed from specific to general.
pub(super) fn resolved(mut found: Vec<Found>) -> Vec<Found> {
    found.sort_by_key(|f| (Reverse(f.tokens.len()), f.value.kind(), f.tokens.start));
    let mut kept: BTreeMap<usize, Found> = BTreeMap::new();
    for one in found {
        let before = kept.range(..one.tokens.end).next_back();
        if before.is_none_or(|(_, earlier)| earlier.tokens.end <= one.tokens.start) {
            kept.insert(one.tokens.start, one);
        }
    }
    kept.into_values().collect()
}
