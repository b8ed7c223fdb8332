//! Which phrase a text is nearest to: one byte a number, all phrases looked at.

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

    /// The nearest phrase that does not mean `except`.
    pub(crate) fn to(&self, vector: &[f32], except: Option<usize>) -> Option<Near> {
        let meant = self.cosines(vector).filter(|near| Some(near.class) != except);
        meant.max_by(|a, b| a.cosine.total_cmp(&b.cosine))
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
        let near = nearest.to(&[0.8, 0.6], None).unwrap();
        assert_eq!((near.phrase, near.class), (1, 8));
        assert!((near.cosine - 0.96).abs() < 0.01, "{near:?}");
        let order: Vec<usize> = nearest.several(&[0.8, 0.6], 9).iter().map(|near| near.phrase).collect();
        assert_eq!(order, [1, 0, 2]);
    }

    #[test]
    fn phrases_of_one_class_can_be_left_out() {
        let phrases: [&[f32]; 2] = [&[1.0, 0.0], &[0.6, 0.8]];
        let nearest = Nearest::of(phrases.into_iter(), &[7, 8]);
        assert_eq!(nearest.to(&[1.0, 0.0], Some(7)).map(|near| near.class), Some(8));
    }

    #[test]
    fn without_phrases_nothing_is_near() {
        assert_eq!(Nearest::default().to(&[1.0], None), None);
    }
}
