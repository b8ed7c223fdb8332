//! Other coordinates for the weights of a linear head, in which the valley that [`super::lbfgs`] goes down is round: sentence
//! vectors differ a lot in a few directions and hardly in the others, and a search that has to follow both at once creeps.

use ndarray::{Array2, ArrayView2, linalg::general_mat_mul};

/// As many vectors tell in which directions they differ.
const ENOUGH: usize = 8_192;
/// How much the vectors bend the valley, of what they bend it at most (Böhning 1992): most phrases are soon guessed
/// rightly and pull no more. A tenth and a hundredth are equally good.
const BEND: f64 = 0.03;

/// The inverse of the lower half of a Cholesky factor.
pub(super) struct Whitening {
    inverse: Array2<f32>,
    /// What the numbers that stand alone, one a class, are multiplied by.
    pub bias: f32,
}

impl Whitening {
    /// For vectors (one a row) of which each counts `trust` against the smallness of the weights.
    pub(super) fn of(vectors: ArrayView2<'_, f32>, trust: f32) -> Self {
        let dimensions = vectors.ncols();
        let every = vectors.nrows().div_ceil(ENOUGH).max(1);
        let some = vectors.slice(ndarray::s![..;every as isize, ..]);
        let mut products = Array2::<f32>::zeros((dimensions, dimensions));
        general_mat_mul(every as f32, &some.t(), &some, 0.0, &mut products);
        let mut bent = products.mapv(|product| BEND * f64::from(trust) * f64::from(product));
        bent.diag_mut().mapv_inplace(|size| size + 1.0);
        let alone = BEND * f64::from(trust) * vectors.nrows().max(1) as f64;
        Self {
            inverse: inverse_of_lower(&cholesky(bent)).mapv(|number| number as f32),
            bias: (1.0 / alone.sqrt()) as f32,
        }
    }

    pub(super) fn dimensions(&self) -> usize {
        self.inverse.nrows()
    }

    /// Weights (dimensions × classes) of a point in the round valley.
    pub(super) fn weights(&self, round: ArrayView2<'_, f32>) -> Array2<f32> {
        self.inverse.t().dot(&round)
    }

    /// The slope there, of the slope by the weights.
    pub(super) fn slope(&self, by_weight: ArrayView2<'_, f32>) -> Array2<f32> {
        self.inverse.dot(&by_weight)
    }
}

/// A symmetric matrix with positive eigenvalues = L Lᵀ; returns L.
fn cholesky(mut a: Array2<f64>) -> Array2<f64> {
    for j in 0..a.nrows() {
        for i in j..a.nrows() {
            let (row, pivot) = (a.row(i), a.row(j));
            let known = row.iter().zip(pivot).take(j).map(|(x, y)| x * y).sum::<f64>();
            let left = a[(i, j)] - known;
            a[(i, j)] = if i == j { left.max(f64::MIN_POSITIVE).sqrt() } else { left / a[(j, j)] };
        }
        a.row_mut(j).iter_mut().skip(j + 1).for_each(|above| *above = 0.0);
    }
    a
}

fn inverse_of_lower(lower: &Array2<f64>) -> Array2<f64> {
    let mut inverse = Array2::<f64>::eye(lower.nrows());
    for i in 0..lower.nrows() {
        let (before, mut rest) = inverse.view_mut().split_at(ndarray::Axis(0), i);
        let mut row = rest.row_mut(0);
        for (known, factor) in before.rows().into_iter().zip(lower.row(i)) {
            row.scaled_add(-factor, &known);
        }
        row /= lower[(i, i)];
    }
    inverse
}

#[cfg(test)]
mod tests {
    use ndarray::array;

    use super::*;

    #[test]
    fn a_factor_times_itself_is_the_matrix_and_times_its_inverse_nothing_new() {
        let matrix = array![[4.0, 2.0, 0.6], [2.0, 5.0, 1.5], [0.6, 1.5, 3.0]];
        let lower = cholesky(matrix.clone());
        assert!((lower.dot(&lower.t()) - &matrix).iter().all(|error| error.abs() < 1e-12), "{lower}");
        assert_eq!((lower[(0, 1)], lower[(0, 2)], lower[(1, 2)]), (0.0, 0.0, 0.0));
        let one = inverse_of_lower(&lower).dot(&lower);
        assert!((one - Array2::<f64>::eye(3)).iter().all(|error| error.abs() < 1e-12));
    }

    #[test]
    fn vectors_that_differ_in_one_direction_only_are_no_trouble() {
        let vectors = array![[1.0, 0.0], [-1.0, 0.0], [3.0, 0.0]];
        let whitening = Whitening::of(vectors.view(), 10.0);
        let weights = whitening.weights(array![[1.0], [1.0]].view());
        assert!(weights[(0, 0)] > 0.0 && weights[(0, 0)] < 1.0 && weights[(1, 0)] == 1.0, "{weights}");
        assert_eq!(whitening.slope(array![[0.0], [0.0]].view()), array![[0.0], [0.0]]);
    }
}
