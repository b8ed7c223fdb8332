//! The head of the sentence vectors: multinomial logistic regression, the same weights from the same phrases.

use ndarray::{Array1, Array2, ArrayView2, Axis};

use super::curvature::Curvature;
use crate::lexical::train::Rng;
use crate::maths::softmax;

/// How much a phrase weighs against the smallness of the weights: sklearn's C. Anything from 3 to 30 is within 0.3
/// points of the best on every set that was tried.
const TRUST: f32 = 10.0;
/// Phrases that are looked at before each step.
const BATCH: usize = 512;
/// As many steps at least, however few phrases there are, and as many times through them. Measured: going to the very
/// bottom understands no message better.
const STEPS: usize = 200;
const ROUNDS: usize = 3;
/// Of the way to where the bottom seems to be: in the first step; it gets shorter until nothing is left. From 0.1 to 0.3
/// it ends equally deep.
const RATE: f32 = 0.25;
const SEED: u64 = 1;

/// Vector -> logits.
#[derive(Clone, PartialEq)]
pub(crate) struct DenseHead {
    /// Dimensions × classes.
    pub weights: Array2<f32>,
    pub bias: Array1<f32>,
}

impl DenseHead {
    /// `vectors` are one row a phrase, `classes` say what each means. Stochastic gradient descent, each step bent by
    /// [`Curvature`].
    pub(crate) fn train(vectors: ArrayView2<'_, f32>, classes: &[usize], class_count: usize) -> Self {
        let mut head =
            Self { weights: Array2::zeros((vectors.ncols(), class_count)), bias: Array1::zeros(class_count) };
        let curvature = Curvature::of(vectors, TRUST);
        let batches = classes.len().div_ceil(BATCH).max(1);
        let rounds = STEPS.div_ceil(batches).max(ROUNDS);
        let mut order: Vec<usize> = (0..classes.len()).collect();
        let mut rng = Rng::new(SEED);
        for round in 0..rounds {
            rng.shuffle(&mut order);
            for (batch, chosen) in order.chunks(BATCH).enumerate() {
                let done = (round * batches + batch) as f32 / (rounds * batches) as f32;
                let those: Vec<usize> = chosen.iter().filter_map(|i| classes.get(*i).copied()).collect();
                let stands_for = classes.len() as f32 / chosen.len() as f32;
                let some = vectors.select(Axis(0), chosen);
                head.step(some.view(), &those, &curvature, TRUST * stands_for, RATE * (1.0 - done));
            }
        }
        head
    }

    /// Goes downhill by what some phrases say, each counting `trust`.
    fn step(
        &mut self,
        some: ArrayView2<'_, f32>,
        classes: &[usize],
        curvature: &Curvature,
        trust: f32,
        rate: f32,
    ) {
        let errors = self.errors(some, classes);
        let slope = some.t().dot(&errors) * trust + &self.weights;
        self.weights.scaled_add(-rate, &curvature.step(&slope));
        self.bias.scaled_add(-rate * trust * curvature.inverse_bias, &errors.sum_axis(Axis(0)));
    }

    /// What each class is given too much, one row a phrase.
    fn errors(&self, vectors: ArrayView2<'_, f32>, classes: &[usize]) -> Array2<f32> {
        let mut errors = vectors.dot(&self.weights);
        for (mut row, class) in errors.rows_mut().into_iter().zip(classes) {
            row += &self.bias;
            let Some(z) = row.as_slice_mut() else { continue };
            softmax(z);
            if let Some(right) = z.get_mut(*class) {
                *right -= 1.0;
            }
        }
        errors
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
