//! The head of the sentence vectors: multinomial logistic regression, the same weights from the same phrases.

use ndarray::{Array1, Array2, ArrayView2, Axis, linalg::general_mat_mul};

use super::lbfgs::{Patience, minimise};
use crate::maths::softmax;

/// How much a phrase weighs against the smallness of the weights: sklearn's C. Anything from 3 to 30 is within 0.3
/// points of the best on every set that was tried.
const TRUST: f32 = 10.0;
/// Measured: more iterations change no answer.
const PATIENCE: Patience = Patience { iterations: 30, gain: 1e-3 };

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
        let mut at = vec![0.0; (dimensions + 1) * class_count];
        let mut errors = Array2::zeros((vectors.nrows(), class_count));
        minimise(&mut at, PATIENCE, |at, gradient| {
            let (Some((weights, bias)), Some((by_weight, by_bias))) = (
                at.split_at_checked(dimensions * class_count),
                gradient.split_at_mut_checked(dimensions * class_count),
            ) else {
                return 0.0;
            };
            let loss = guess(vectors, classes, (weights, bias), &mut errors);
            slope(vectors, &errors, weights, (by_weight, by_bias));
            let size: f64 = weights.iter().map(|w| f64::from(w * w)).sum();
            f64::from(TRUST) * loss + 0.5 * size
        });
        let bias = at.split_off(dimensions * class_count);
        let weights = Array2::from_shape_vec((dimensions, class_count), at).unwrap_or_default();
        Self { weights, bias: Array1::from_vec(bias) }
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

/// Leaves in `errors` what each class was given too much; returns the surprise summed over the phrases.
fn guess(
    vectors: ArrayView2<'_, f32>,
    classes: &[usize],
    (weights, bias): (&[f32], &[f32]),
    errors: &mut Array2<f32>,
) -> f64 {
    let Ok(weights) = ArrayView2::from_shape((vectors.ncols(), bias.len()), weights) else { return 0.0 };
    general_mat_mul(1.0, &vectors, &weights, 0.0, errors);
    let mut loss = 0.0;
    for (mut row, class) in errors.rows_mut().into_iter().zip(classes) {
        let Some(z) = row.as_slice_mut() else { continue };
        z.iter_mut().zip(bias).for_each(|(z, b)| *z += b);
        softmax(z);
        if let Some(right) = z.get_mut(*class) {
            loss -= f64::from(right.max(1e-12).ln());
            *right -= 1.0;
        }
    }
    loss
}

fn slope(
    vectors: ArrayView2<'_, f32>,
    errors: &Array2<f32>,
    weights: &[f32],
    (by_weight, by_bias): (&mut [f32], &mut [f32]),
) {
    by_weight.copy_from_slice(weights);
    let shape = (vectors.ncols(), errors.ncols());
    if let Ok(mut by_weight) = ndarray::ArrayViewMut2::from_shape(shape, by_weight) {
        general_mat_mul(TRUST, &vectors.t(), errors, 1.0, &mut by_weight);
    }
    for (to, sum) in by_bias.iter_mut().zip(errors.sum_axis(Axis(0))) {
        *to = TRUST * sum;
    }
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
