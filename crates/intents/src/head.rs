//! A trained linear model as it answers: weights rounded to a byte with one scale per column, a quarter of the
//! memory. The intents have one, the language has one; another kind of head (a sentence encoder) would give
//! probabilities over the same classes and be averaged with this one before [`crate::calibrate`] decides.

use crate::train::{Weights, softmax, stride};
use crate::vectoriser::Vector;

#[derive(Clone, PartialEq)]
pub(crate) struct Head {
    pub class_count: usize,
    /// One per column; a weight is `rows × scale`.
    pub scales: Vec<f32>,
    /// `stride(class_count)` per column.
    pub rows: Vec<i8>,
    /// One per class.
    pub bias: Vec<f32>,
    /// Logits are divided by this before they become probabilities.
    pub temperature: f32,
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
        Self { class_count, scales, rows, bias, temperature: 1.0 }
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

    /// Calibrated: they sum to 1.
    pub(crate) fn probabilities(&self, vector: &Vector) -> Vec<f32> {
        let mut z = self.logits(vector);
        for logit in &mut z {
            *logit /= self.temperature;
        }
        softmax(&mut z);
        z
    }
}

impl std::fmt::Debug for Head {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { class_count, temperature, .. } = self;
        f.debug_struct("Head")
            .field("classes", class_count)
            .field("temperature", temperature)
            .finish_non_exhaustive()
    }
}
