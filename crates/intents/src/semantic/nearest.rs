//! Which phrases a text is near to, all of them looked at, and what those mean.

use std::sync::Arc;

use ventanilla_encoder::FlatIndex;

/// How quickly a phrase counts less the farther it is. Measured on the development set, with the head: 20 is 1.4 points
/// worse, 40 half a point.
const SHARPNESS: f32 = 30.0;
/// Phrases that are so much farther than the nearest one have no vote (e^-12 of its weight).
const FAR: f32 = 0.4;
/// 0: every phrase counts the same; 1: every class does.
const BALANCE: f32 = 0.5;
/// What an intent has that no phrase around speaks for.
const LEAST: f32 = 1e-6;

/// The vectors of the phrases, in their order, and what each phrase means.
#[derive(Clone)]
pub(crate) struct Nearest {
    pub index: Arc<FlatIndex>,
    pub classes: Vec<u16>,
    /// What one phrase of each class counts. A class with ten times the phrases must not win wherever there is doubt.
    worth: Vec<f32>,
}

/// What lies around a text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Around {
    /// Cosine to the nearest phrase that does not mean `none`: being near to what is nobody's business is no sign of
    /// being somebody's. 0 where there is none.
    pub near: f32,
    /// What share of the phrases around means each class, each phrase counted by how near it is (Parzen's window).
    /// None is 0. Sums to about 1; empty where there are no phrases.
    pub votes: Vec<f32>,
}

/// A phrase and how near it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Near {
    pub phrase: usize,
    pub class: usize,
    /// Of the angle between them: 1 is the same direction.
    pub cosine: f32,
}

impl Nearest {
    /// Vectors of length 1, of `dimensions` numbers each.
    pub(crate) fn of<'a>(
        dimensions: usize,
        vectors: impl ExactSizeIterator<Item = &'a [f32]>,
        classes: &[usize],
    ) -> Self {
        let classes = classes.iter().map(|class| *class as u16).collect();
        Self::from_parts(FlatIndex::new(dimensions, vectors), classes)
    }

    pub(crate) fn from_parts(index: FlatIndex, classes: Vec<u16>) -> Self {
        let count = classes.iter().max().map_or(0, |last| usize::from(*last) + 1);
        let mut phrases = vec![0.0f32; count];
        for class in &classes {
            if let Some(n) = phrases.get_mut(usize::from(*class)) {
                *n += 1.0;
            }
        }
        let worth = phrases.into_iter().map(|n| n.max(1.0).powf(-BALANCE)).collect();
        Self { index: Arc::new(index), classes, worth }
    }

    /// One look at all phrases, of `classes` classes.
    pub(crate) fn around(&self, vector: &[f32], class_count: usize, none: Option<usize>) -> Around {
        let all = self.index.products(vector);
        let top = largest(&all);
        let each = || all.iter().copied().zip(self.classes.iter().map(|class| usize::from(*class)));
        let mut votes = vec![0.0; class_count];
        let mut near = f32::NEG_INFINITY;
        for (cosine, class) in each().filter(|(cosine, _)| *cosine > top - FAR) {
            if let (Some(vote), Some(worth)) = (votes.get_mut(class), self.worth.get(class)) {
                *vote += worth * (SHARPNESS * (cosine - top)).exp();
            }
            if Some(class) != none {
                near = near.max(cosine);
            }
        }
        if near == f32::NEG_INFINITY {
            let meant = each().filter(|(_, class)| Some(*class) != none);
            near = meant.map(|(cosine, _)| cosine).fold(0.0, f32::max);
        }
        let near = near.max(0.0);
        let sum: f32 = votes.iter().sum();
        votes.iter_mut().for_each(|vote| *vote = *vote / sum.max(LEAST) + LEAST);
        Around { near, votes }
    }

    /// The `count` nearest, nearest first.
    pub(crate) fn several(&self, vector: &[f32], count: usize) -> Vec<Near> {
        let products = self.index.products(vector).into_iter();
        let each = products.zip(&self.classes).enumerate();
        let mut all: Vec<Near> = each
            .map(|(phrase, (cosine, class))| Near { phrase, class: usize::from(*class), cosine })
            .collect();
        all.sort_by(|a, b| b.cosine.total_cmp(&a.cosine));
        all.truncate(count);
        all
    }
}

/// Many at once: one after the other takes ten times as long.
fn largest(numbers: &[f32]) -> f32 {
    let (many, rest) = numbers.as_chunks::<16>();
    let mut largest = [f32::NEG_INFINITY; 16];
    for sixteen in many {
        largest.iter_mut().zip(sixteen).for_each(|(most, x)| *most = if *x > *most { *x } else { *most });
    }
    largest.into_iter().chain(rest.iter().copied()).fold(f32::NEG_INFINITY, f32::max)
}

impl std::fmt::Debug for Nearest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Nearest").field("phrases", &self.classes.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_phrase_is_found_with_its_cosine() {
        let phrases: [&[f32]; 3] = [&[1.0, 0.0], &[0.6, 0.8], &[0.0, -1.0]];
        let nearest = Nearest::of(2, phrases.into_iter(), &[7, 8, 9]);
        let around = nearest.around(&[0.8, 0.6], 10, None);
        assert!((around.near - 0.96).abs() < 0.01, "{around:?}");
        let order: Vec<usize> = nearest.several(&[0.8, 0.6], 9).iter().map(|near| near.phrase).collect();
        assert_eq!(order, [1, 0, 2]);
    }

    #[test]
    fn what_means_nothing_is_not_near_but_votes() {
        let phrases: [&[f32]; 3] = [&[1.0, 0.0], &[0.6, 0.8], &[0.8, 0.6]];
        let nearest = Nearest::of(2, phrases.into_iter(), &[0, 1, 2]);
        let at = |vector: [f32; 2]| nearest.around(&vector, 3, Some(0));
        assert!((at([1.0, 0.0]).near - 0.8).abs() < 0.01);
        assert!(at([1.0, 0.0]).votes[0] > 0.9);
        assert!(at([0.6, 0.8]).votes[1] > 0.6);
    }

    #[test]
    fn the_more_phrases_and_the_nearer_the_more_votes() {
        let phrases: [&[f32]; 3] = [&[1.0, 0.0], &[0.995, 0.1], &[0.995, -0.1]];
        let around = Nearest::of(2, phrases.into_iter(), &[1, 0, 0]).around(&[1.0, 0.0], 3, None);
        assert!(around.votes[0] > around.votes[1] && around.votes[2] < 1e-5, "{around:?}");
        assert!((around.votes.iter().sum::<f32>() - 1.0).abs() < 1e-3);
    }

    #[test]
    fn what_means_something_is_found_however_far_behind_it_lies() {
        let phrases: [&[f32]; 2] = [&[1.0, 0.0], &[0.1, 0.995]];
        let around = Nearest::of(2, phrases.into_iter(), &[0, 1]).around(&[1.0, 0.0], 2, Some(0));
        assert!((around.near - 0.1).abs() < 0.01, "{around:?}");
    }

    #[test]
    fn the_largest_is_found_among_many_and_among_few() {
        let numbers: Vec<f32> = (0..50).map(|n| ((n * 7) % 50) as f32 - 60.0).collect();
        for count in 1..=50 {
            let exact = numbers[..count].iter().copied().fold(f32::NEG_INFINITY, f32::max);
            assert_eq!(largest(&numbers[..count]), exact);
        }
    }

    #[test]
    fn without_phrases_nothing_is_near() {
        let around = Nearest::of(2, [].into_iter(), &[]).around(&[1.0], 0, None);
        assert_eq!(around, Around { near: 0.0, votes: Vec::new() });
    }
}
