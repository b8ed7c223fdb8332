//! The head of the sentence vectors: multinomial logistic regression, the same weights from the same phrases.

use ndarray::{Array, Array1, Array2, ArrayView2, Axis, Dimension, linalg::general_mat_mul};

use super::lbfgs::{Patience, minimise};
use super::whiten::Whitening;
use crate::maths::softmax;

/// How much a phrase weighs against the smallness of the weights: sklearn's C. Anything from 3 to 30 is within 0.3
/// points of the best on every set that was tried.
const TRUST: f32 = 10.0;
/// Measured: more iterations change no answer.
const PATIENCE: Patience = Patience { iterations: 15, gain: 1e-3 };

/// Vector -> logits.
#[derive(Clone, PartialEq)]
pub(crate) struct DenseHead {
    /// Dimensions × classes.
    pub weights: Array2<f32>,
    pub bias: Array1<f32>,
}

impl DenseHead {
    /// `vectors` are one row a phrase, `classes` say what each means.
    pub(crate) fn train(vectors: ArrayView2<'_, f32>, classes: &[usize], class_count: usize) -> Self {
        let dimensions = vectors.ncols();
        let whitening = Whitening::of(vectors, TRUST);
        let size = dimensions * class_count;
        let mut at = vec![0.0; size + class_count];
        let mut errors = Array2::zeros((vectors.nrows(), class_count));
        minimise(&mut at, PATIENCE, |at, gradient| {
            let head = Self::of(at, &whitening, class_count);
            let loss = head.guess(vectors, classes, &mut errors);
            let (by_weight, by_bias) = gradient.split_at_mut(size);
            let slope = vectors.t().dot(&errors) * TRUST + &head.weights;
            copy(by_weight, whitening.slope(slope.view()));
            copy(by_bias, errors.sum_axis(Axis(0)) * (TRUST * whitening.bias));
            let length: f64 = head.weights.iter().map(|w| f64::from(w * w)).sum();
            f64::from(TRUST) * loss + 0.5 * length
        });
        Self::of(&at, &whitening, class_count)
    }

    /// The head at a point of the search.
    fn of(at: &[f32], whitening: &Whitening, class_count: usize) -> Self {
        let (round, bias) = at.split_at(at.len() - class_count);
        let round = ArrayView2::from_shape((whitening.dimensions(), class_count), round);
        Self {
            weights: round.map(|round| whitening.weights(round)).unwrap_or_default(),
            bias: bias.iter().map(|b| b * whitening.bias).collect(),
        }
    }

    /// Leaves in `errors` what each class was given too much; returns the surprise summed over the phrases.
    fn guess(&self, vectors: ArrayView2<'_, f32>, classes: &[usize], errors: &mut Array2<f32>) -> f64 {
        general_mat_mul(1.0, &vectors, &self.weights, 0.0, errors);
        let mut loss = 0.0;
        for (mut row, class) in errors.rows_mut().into_iter().zip(classes) {
            row += &self.bias;
            let Some(z) = row.as_slice_mut() else { continue };
            softmax(z);
            if let Some(right) = z.get_mut(*class) {
                loss -= f64::from(right.max(1e-12).ln());
                *right -= 1.0;
            }
        }
        loss
    }

    pub(crate) fn logits(&self, vector: &[f32]) -> Vec<f32> {
        let mut z = self.bias.to_vec();
        for (row, x) in self.weights.rows().into_iter().zip(vector) {
            for (z, w) in z.iter_mut().zip(row) {
                *z += x * w;
            }
        }
        z
    }
}

fn copy<D: Dimension>(to: &mut [f32], from: Array<f32, D>) {
    to.iter_mut().zip(from).for_each(|(to, number)| *to = number);
}

/// Without the weights: they are many and say nothing to a person.
impl std::fmt::Debug for DenseHead {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DenseHead").field("shape", &self.weights.dim()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_tells_apart_what_lies_apart() {
        let vectors =
            ndarray::array![[1.0, 0.1], [0.9, -0.1], [-1.0, 0.0], [-0.8, 0.2], [0.0, 1.0], [0.1, 0.9]];
        let head = DenseHead::train(vectors.view(), &[0, 0, 1, 1, 2, 2], 3);
        let best = |v: &[f32]| crate::maths::best(&head.logits(v)).map(|(class, _)| class);
        assert_eq!(best(&[0.7, 0.0]), Some(0));
        assert_eq!(best(&[-0.7, 0.1]), Some(1));
        assert_eq!(best(&[0.05, 0.8]), Some(2));
    }

    #[test]
    fn nothing_to_learn_from_gives_a_head_that_says_nothing() {
        let head = DenseHead::train(Array2::zeros((0, 4)).view(), &[], 0);
        assert_eq!(head.logits(&[1.0, 0.0, 0.0, 0.0]), Vec::<f32>::new());
    }
}
