//! A linear step of whoever has one of their own, with the arithmetic of the encoder.

use crate::Kernel;
use crate::kernels::{Chosen, Linear, Quantised};

/// Inputs and outputs come in so many.
const STEP: usize = 32;

/// Rows of weights, each with a bias, in 7 or 8 bits as the best kernel of this processor wants them: `outputs[row] =
/// inputs · weights[row] + bias[row]`, within a hundredth of the largest output or so.
#[derive(Debug)]
pub struct Dense {
    chosen: Chosen,
    linear: Linear,
}

impl Dense {
    /// `rows` of `inputs` weights each, and their bias. Nothing where inputs or rows are not a multiple of 32, or a row has
    /// another length.
    pub fn new(inputs: usize, rows: &[(Vec<f32>, f32)]) -> Option<Self> {
        let even = |count: usize| count > 0 && count.is_multiple_of(STEP);
        if !even(inputs) || !even(rows.len()) || rows.iter().any(|(weights, _)| weights.len() != inputs) {
            return None;
        }
        let chosen = Chosen::new(Kernel::best())?;
        let mut linear = Linear::new(chosen.width(), inputs, rows.len());
        rows.iter().for_each(|(weights, bias)| linear.push_row(weights, *bias));
        Some(Self { chosen, linear })
    }

    /// How many numbers go in at once.
    pub fn inputs(&self) -> usize {
        self.linear.inputs()
    }

    /// How many come out of them.
    pub fn outputs(&self) -> usize {
        self.linear.outputs()
    }

    /// Any number of inputs, one after the other; what remains at the end is left out. The same for all outputs.
    pub fn apply(&self, numbers: &[f32]) -> Vec<f32> {
        let count = numbers.len() / self.inputs();
        let mut made = vec![0.0; count * self.outputs()];
        if count > 0 {
            let mut quantised = Quantised::default();
            self.chosen.quantise(&numbers[..count * self.inputs()], self.inputs(), &mut quantised);
            self.chosen.linear(&self.linear, &quantised, &mut made);
        }
        made
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wave(at: usize) -> f32 {
        (at as f32 * 0.7).sin()
    }

    #[test]
    fn it_is_a_linear_step() {
        let rows: Vec<(Vec<f32>, f32)> =
            (0..32).map(|row| ((0..64).map(|i| wave(row * 64 + i)).collect(), row as f32)).collect();
        let dense = Dense::new(64, &rows).unwrap();
        let inputs: Vec<f32> = (0..3 * 64 + 5).map(|i| wave(i * i)).collect();
        let made = dense.apply(&inputs);
        assert_eq!(made.len(), 3 * 32);
        for (input, outputs) in inputs.chunks_exact(64).zip(made.chunks_exact(32)) {
            for ((weights, bias), output) in rows.iter().zip(outputs) {
                let exact = bias + weights.iter().zip(input).map(|(w, x)| w * x).sum::<f32>();
                assert!((exact - output).abs() < 0.3, "{exact} {output}");
            }
        }
        assert_eq!(dense.apply(&[]), Vec::<f32>::new());
    }

    #[test]
    fn odd_sizes_are_refused() {
        let row = |inputs: usize| (vec![1.0; inputs], 0.0);
        assert!(Dense::new(64, &vec![row(64); 32]).is_some());
        assert!(Dense::new(60, &vec![row(60); 32]).is_none());
        assert!(Dense::new(64, &vec![row(64); 31]).is_none());
        assert!(Dense::new(64, &vec![row(32); 32]).is_none());
        assert!(Dense::new(0, &[]).is_none());
    }
}
