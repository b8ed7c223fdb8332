//! How the valley bends that [`super::dense`] goes down. Sentence vectors differ a lot in a few directions and hardly in the
//! others, and a search that took equal steps in all would creep.

use ndarray::{Array2, ArrayView2, linalg::general_mat_mul};

/// As many vectors tell in which directions they differ.
const ENOUGH: usize = 8_192;
/// How much the vectors bend the valley, of what they bend it at most (Böhning 1992): most phrases are soon guessed
/// rightly and pull no more. A tenth and a hundredth are equally good.
const BEND: f64 = 0.03;

pub(super) struct Curvature {
    /// By weights: turned around, so that a slope times it is a step.
    inverse: Array2<f32>,
    /// The same of the numbers that stand alone, one a class.
    pub inverse_bias: f32,
}

impl Curvature {
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
        let half = inverse_of_lower(&cholesky(bent)).mapv(|number| number as f32);
        Self { inverse: half.t().dot(&half), inverse_bias: (1.0 / alone) as f32 }
    }

    /// Where a slope (dimensions × classes) leads, far where the valley is flat and near where it is steep.
    pub(super) fn step(&self, slope: &Array2<f32>) -> Array2<f32> {
        self.inverse.dot(slope)
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
    fn a_step_is_short_where_vectors_differ_and_long_where_they_do_not() {
        let vectors = array![[10.0, 0.0], [-10.0, 0.0], [30.0, 0.0]];
        let step = Curvature::of(vectors.view(), 10.0).step(&array![[1.0], [1.0]]);
        assert!(step[(0, 0)] > 0.0 && step[(0, 0)] < 0.01 && step[(1, 0)] == 1.0, "{step}");
    }
}
