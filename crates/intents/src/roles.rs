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

    /// The same probabilities where those of the dangers make up `danger` together: the detector knows better whether
    /// there is any, the classifier which of the others it is.
    pub(crate) fn with_danger(&self, probabilities: &[f32], danger: f32) -> Vec<f32> {
        let dangers = self.danger_of(probabilities);
        let others = probabilities.iter().sum::<f32>() - dangers;
        let share = |of: f32, all: f32| if all > 1e-9 { of / all } else { 0.0 };
        let (dangers, others) = (share(danger, dangers), share(1.0 - danger, others));
        let each = probabilities.iter().zip(&self.danger);
        each.map(|(p, is_danger)| p * if *is_danger { dangers } else { others }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_detector_says_how_much_danger_there_is_and_the_classifier_of_which_kind() {
        let names = ["crisis.violence", "crisis.self_harm", "report.noise", "none"].map(Arc::from);
        let roles = Roles::of(&names);
        let close = |a: &[f32], b: [f32; 4]| a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-5);
        let told = |danger| roles.with_danger(&[0.6, 0.2, 0.15, 0.05], danger);
        assert!(close(&told(0.4), [0.3, 0.1, 0.45, 0.15]), "{:?}", told(0.4));
        assert!(close(&told(0.0), [0.0, 0.0, 0.75, 0.25]), "{:?}", told(0.0));
        assert!(close(&roles.with_danger(&[0.0; 4], 0.5), [0.0; 4]));
    }
}
