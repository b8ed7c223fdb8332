//! Any processor. What the other kernels are compared with.

use super::pack::{Linear, Quantised, ROWS, Width};
use super::{Functions, functions};

pub(super) static EIGHT: Functions = functions!(Width::Eight, 1, linear);
pub(super) static SEVEN: Functions = functions!(Width::Seven, 1, linear);

fn linear(linear: &Linear, inputs: &Quantised, outputs: &mut [f32]) {
    for row in (0..linear.outputs()).step_by(ROWS) {
        for token in 0..inputs.tokens() {
            let sums = sums(linear, inputs, row, token);
            let output = &mut outputs[token * linear.outputs() + row..][..ROWS];
            let (scales, weights) = (linear.scales::<ROWS>(row), linear.sums::<ROWS>(row));
            let biases = linear.biases::<ROWS>(row);
            for (i, output) in output.iter_mut().enumerate() {
                let middle = inputs.middle(token) * weights[i] + biases[i];
                *output = sums[i] as f32 * (inputs.scale(token) * scales[i]) + middle;
            }
        }
    }
}

/// The exact integer sums of sixteen rows for one token, offset taken off.
fn sums(linear: &Linear, inputs: &Quantised, row: usize, token: usize) -> [i32; ROWS] {
    let mut sums = [inputs.excess(token, linear.width()).wrapping_neg(); ROWS];
    for (tile, [bytes]) in linear.tiles(row).iter().zip(inputs.block::<1>(token)) {
        for (sum, weights) in sums.iter_mut().zip(&tile.0) {
            for (weight, byte) in weights.iter().zip(bytes) {
                *sum = sum.wrapping_add(i32::from(*weight) * i32::from(*byte));
            }
        }
    }
    sums
}
