//! A trained linear model as it answers: weights rounded to a byte with one scale per column, a quarter of the
//! memory.

use super::train::{Weights, stride};
use super::vectoriser::Vector;

#[derive(Clone, PartialEq)]
pub(crate) struct Head {
    pub class_count: usize,
    /// One per column; a weight is `rows × scale`.
    pub scales: Vec<f32>,
    /// `stride(class_count)` per column.
    pub rows: Vec<i8>,
    /// One per class.
    pub bias: Vec<f32>,
}

impl Head {
    pub(crate) fn rounded(weights: &Weights, class_count: usize) -> Self {
        let mut scales = Vec::new();
        let mut rows = Vec::with_capacity(weights.rows.len());
        for row in weights.rows.chunks_exact(weights.stride.max(1)) {
            let largest = row.iter().fold(0.0f32, |m, w| m.max(w.abs()));
            let scale = if largest > 0.0 { largest / 127.0 } else { 1.0 };
            scales.push(scale);
            rows.extend(row.iter().map(|w| (w / scale).round() as i8));
        }
        let bias = weights.bias.iter().take(class_count).copied().collect();
        Self { class_count, scales, rows, bias }
    }

    pub(crate) fn logits(&self, vector: &Vector) -> Vec<f32> {
        let stride = stride(self.class_count);
        let mut z = self.bias.clone();
        z.resize(stride, 0.0);
        for &(column, value) in &vector.entries {
            let at = column as usize * stride..(column as usize + 1) * stride;
            let scaled = value * self.scales.get(column as usize).copied().unwrap_or(0.0);
            for (z, w) in z.iter_mut().zip(self.rows.get(at).unwrap_or_default()) {
                *z += scaled * f32::from(*w);
            }
        }
        z.truncate(self.class_count);
        z
    }
}

impl std::fmt::Debug for Head {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Head").field("classes", &self.class_count).finish_non_exhaustive()
    }
}
