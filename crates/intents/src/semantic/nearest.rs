//! Which phrase a text is nearest to: one byte a number, all phrases looked at.

use crate::roles::Roles;

/// How quickly a phrase counts less the farther it is. Measured on the development set of dangers: 20 to 60 are alike.
const SHARPNESS: f32 = 40.0;
/// Phrases that are farther count nothing.
const FAR: f32 = 0.5;
const LEAST: f32 = 1e-6;

/// The vectors of the phrases, in their order.
#[derive(Clone, PartialEq, Default)]
pub(crate) struct Nearest {
    pub dimensions: usize,
    /// `dimensions` a phrase; a number is `byte × scale`.
    pub bytes: Vec<i8>,
    pub scales: Vec<f32>,
    /// What each phrase means.
    pub classes: Vec<u16>,
}

/// What lies around a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Around {
    /// Cosine to the nearest phrase that does not mean `none`: being near to what is nobody's business is no sign of
    /// being somebody's. 0 where there is none.
    pub near: f32,
    /// ln (phrases of danger / other phrases), each counted by how near it is: above 0 there is more danger. A straight
    /// line cannot part "ya no quiero seguir" with life from the same with a procedure; what lies around can.
    pub danger: f32,
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
    /// Vectors of length 1.
    pub(crate) fn of<'a>(vectors: impl Iterator<Item = &'a [f32]>, classes: &[usize]) -> Self {
        let mut all =
            Self { classes: classes.iter().map(|class| *class as u16).collect(), ..Self::default() };
        for vector in vectors {
            let (bytes, scale) = rounded(vector);
            all.dimensions = vector.len();
            all.bytes.extend(bytes);
            all.scales.push(scale);
        }
        all
    }

    /// One look at all phrases.
    pub(crate) fn around(&self, vector: &[f32], roles: &Roles) -> Around {
        let (mut near, mut danger, mut other) = (0.0f32, LEAST, LEAST);
        for one in self.cosines(vector) {
            if Some(one.class) != roles.none {
                near = near.max(one.cosine);
            }
            if one.cosine > FAR {
                let weight = (SHARPNESS * (one.cosine - 1.0)).exp();
                *(if roles.is_danger(one.class) { &mut danger } else { &mut other }) += weight;
            }
        }
        Around { near, danger: (danger / other).ln() }
    }

    /// The `count` nearest, nearest first.
    pub(crate) fn several(&self, vector: &[f32], count: usize) -> Vec<Near> {
        let mut all: Vec<Near> = self.cosines(vector).collect();
        all.sort_by(|a, b| b.cosine.total_cmp(&a.cosine));
        all.truncate(count);
        all
    }

    fn cosines(&self, vector: &[f32]) -> impl Iterator<Item = Near> {
        let (bytes, scale) = rounded(vector);
        let rows = self.bytes.chunks_exact(self.dimensions.max(1));
        rows.zip(&self.scales).zip(&self.classes).enumerate().map(move |(phrase, ((row, s), class))| Near {
            phrase,
            class: usize::from(*class),
            cosine: dot(row, &bytes) as f32 * s * scale,
        })
    }
}

/// Numbers as bytes, and what a byte is worth.
fn rounded(vector: &[f32]) -> (Vec<i8>, f32) {
    let largest = vector.iter().fold(1e-9f32, |m, x| m.max(x.abs()));
    let scale = largest / 127.0;
    (vector.iter().map(|x| (x / scale).round() as i8).collect(), scale)
}

fn dot(a: &[i8], b: &[i8]) -> i32 {
    a.iter().zip(b).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum()
}

impl std::fmt::Debug for Nearest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Nearest").field("phrases", &self.scales.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_phrase_is_found_with_its_cosine() {
        let phrases: [&[f32]; 3] = [&[1.0, 0.0], &[0.6, 0.8], &[0.0, -1.0]];
        let nearest = Nearest::of(phrases.into_iter(), &[7, 8, 9]);
        let around = nearest.around(&[0.8, 0.6], &Roles::default());
        assert!((around.near - 0.96).abs() < 0.01, "{around:?}");
        let order: Vec<usize> = nearest.several(&[0.8, 0.6], 9).iter().map(|near| near.phrase).collect();
        assert_eq!(order, [1, 0, 2]);
    }

    #[test]
    fn what_means_nothing_is_not_near_and_danger_is_weighed_against_the_rest() {
        let phrases: [&[f32]; 3] = [&[1.0, 0.0], &[0.6, 0.8], &[0.8, 0.6]];
        let nearest = Nearest::of(phrases.into_iter(), &[0, 1, 2]);
        let roles = Roles { none: Some(0), danger: vec![false, false, true] };
        let at = |vector: [f32; 2]| nearest.around(&vector, &roles);
        assert!((at([1.0, 0.0]).near - 0.8).abs() < 0.01);
        assert!(at([0.8, 0.6]).danger > 0.0 && at([0.6, 0.8]).danger < 0.0);
    }

    #[test]
    fn without_phrases_nothing_is_near() {
        let around = Nearest::default().around(&[1.0], &Roles::default());
        assert_eq!(around, Around { near: 0.0, danger: 0.0 });
    }
}
