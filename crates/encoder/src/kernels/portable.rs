//! The arithmetic that is not a linear step, in loops that a compiler turns into vector instructions. Sums run in
//! sixteen lanes whatever the processor has, so that every processor adds in the same order and gets the same bits.
//!
//! Each function is compiled once per kernel, hence `inline(always)`.

use std::array;

use super::pack::{Packed, Quantised};
use super::{Attention, Heads, Norm};

/// Numbers that are worked on side by side.
const LANES: usize = 16;
type Lanes = [f32; LANES];

/// 1.5 * 2^23: adding it rounds a small number to a whole one, which then stands in the low bits.
const ROUND: f32 = 12_582_912.0;
const ROUND_BITS: i32 = 0x4b40_0000;

#[inline(always)]
fn larger(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

#[inline(always)]
fn lanes(numbers: &[f32]) -> &[Lanes] {
    numbers.as_chunks().0
}

#[inline(always)]
fn lanes_mut(numbers: &mut [f32]) -> &mut [Lanes] {
    numbers.as_chunks_mut().0
}

#[inline(always)]
fn sum(lanes: Lanes) -> f32 {
    join(lanes, |a, b| a + b)
}

/// Half of the lanes with the other half, and so on: one after the other each would wait for the one before.
#[inline(always)]
fn join(lanes: Lanes, with: impl Fn(f32, f32) -> f32) -> f32 {
    let eight: [f32; 8] = array::from_fn(|i| with(lanes[i], lanes[i + 8]));
    let four: [f32; 4] = array::from_fn(|i| with(eight[i], eight[i + 4]));
    with(with(four[0], four[2]), with(four[1], four[3]))
}

/// Each token's largest number becomes 127, its smallest -127: they reach farther on one side of zero than on the other.
#[inline(always)]
pub(super) fn quantise(numbers: &[f32], quantised: &mut Quantised) {
    let inputs = quantised.inputs();
    quantised.fill(
        #[inline(always)]
        |token, bytes| {
            let row = &numbers[token * inputs..][..inputs];
            // One after the other: looked for side by side, the compiler shuffles the two between registers.
            let (top, bottom) = (largest(row, |number| number), -largest(row, |number| -number));
            let middle = 0.5 * (top + bottom);
            let reach = larger(0.5 * (top - bottom), 1e-9);
            Packed { scale: reach / 127.0, middle, sum: quantise_row(row, middle, 127.0 / reach, bytes) }
        },
    );
}

/// The largest of what `f` makes of each number.
#[inline(always)]
fn largest(row: &[f32], f: impl Fn(f32) -> f32) -> f32 {
    let mut tops = [f32::MIN; LANES];
    for numbers in lanes(row) {
        for (top, number) in tops.iter_mut().zip(numbers) {
            *top = larger(f(*number), *top);
        }
    }
    join(tops, larger)
}

/// Gives the sum of the bytes. Whole numbers may be added in any order, so there are no lanes here.
#[inline(always)]
fn quantise_row(row: &[f32], middle: f32, inverse: f32, bytes: &mut [i8]) -> i32 {
    let mut sum = 0i32;
    for (number, byte) in row.iter().zip(bytes) {
        let whole = (((number - middle) * inverse + ROUND).to_bits() as i32).wrapping_sub(ROUND_BITS);
        *byte = whole as i8;
        sum = sum.wrapping_add(whole);
    }
    sum
}

#[inline(always)]
pub(super) fn add(to: &mut [f32], what: &[f32]) {
    for (to, what) in to.iter_mut().zip(what) {
        *to += what;
    }
}

#[inline(always)]
pub(super) fn normalise(tokens: &mut [f32], norm: &Norm) {
    let hidden = norm.weights.len();
    for token in tokens.chunks_exact_mut(hidden) {
        let (mean, variance) = moments(token);
        let inverse = 1.0 / (variance + norm.epsilon).sqrt();
        let rest = lanes(&norm.weights).iter().zip(lanes(&norm.biases));
        for (numbers, (weights, biases)) in lanes_mut(token).iter_mut().zip(rest) {
            for i in 0..LANES {
                numbers[i] = (numbers[i] - mean) * inverse * weights[i] + biases[i];
            }
        }
    }
}

#[inline(always)]
fn moments(token: &[f32]) -> (f32, f32) {
    let count = token.len() as f32;
    let (mut sums, mut squares) = ([0.0; LANES], [0.0; LANES]);
    for numbers in lanes(token) {
        for i in 0..LANES {
            sums[i] += numbers[i];
        }
    }
    let mean = sum(sums) / count;
    for numbers in lanes(token) {
        for i in 0..LANES {
            squares[i] += (numbers[i] - mean) * (numbers[i] - mean);
        }
    }
    (mean, sum(squares) / count)
}

#[inline(always)]
pub(super) fn gelu(numbers: &mut [f32]) {
    for lanes in lanes_mut(numbers) {
        for x in lanes {
            *x = gelu_of(*x);
        }
    }
}

/// Exact GELU. The error function after Abramowitz and Stegun 7.1.26, off by 1.5e-7 at most.
#[inline(always)]
fn gelu_of(x: f32) -> f32 {
    let z = x.abs() * std::f32::consts::FRAC_1_SQRT_2;
    let t = 1.0 / (1.0 + 0.327_591_1 * z);
    let poly = ((((1.061_405_4 * t - 1.453_152) * t + 1.421_413_7) * t - 0.284_496_74) * t + 0.254_829_6) * t;
    let erf = 1.0 - poly * exp(-z * z);
    0.5 * x * (1.0 + erf.copysign(x))
}

/// e^x for x up to 0, off by some 1e-7 of its value; what is below e^-87 counts as that.
#[inline(always)]
fn exp(x: f32) -> f32 {
    let x = larger(x, -87.0);
    let rounded = x * std::f32::consts::LOG2_E + ROUND;
    let whole = (rounded.to_bits() as i32).wrapping_sub(ROUND_BITS);
    let power = rounded - ROUND;
    // ln 2 in two parts, so that nothing is lost when it is multiplied by the power.
    let rest = x - power * 0.693_359_4 + power * 2.121_944_4e-4;
    let poly = 1.0
        + rest * (1.0 + rest * (0.5 + rest * (0.166_666_67 + rest * (0.041_666_64 + rest * 0.008_333_3))));
    poly * f32::from_bits((whole.wrapping_add(127) << 23) as u32)
}

/// Four tokens look at the others together: a row of keys or values is loaded once for all of them, and while the sum of one
/// is not ready the others go on.
const TOGETHER: usize = 4;

#[inline(always)]
pub(super) fn attend(heads: &Heads, inputs: &[f32], room: &mut Attention, outputs: &mut [f32]) {
    let Heads { hidden, each, tokens } = *heads;
    let padded = tokens.next_multiple_of(LANES);
    room.keys.clear();
    room.keys.resize(each * padded, 0.0);
    room.shares.clear();
    room.shares.resize(TOGETHER * padded, 0.0);
    let scale = 1.0 / (each as f32).sqrt();
    for head in (0..hidden).step_by(each) {
        gather_keys(inputs, hidden, head, padded, &mut room.keys);
        for token in (0..tokens).step_by(TOGETHER) {
            // Where there are no four, the last one looks for the missing.
            let four: [usize; TOGETHER] = array::from_fn(|i| (token + i).min(tokens - 1));
            let queries = four.map(|token| &inputs[token * 3 * hidden + head..][..each]);
            for block in (0..padded).step_by(LANES) {
                let scores = weighted(queries, &room.keys[block..], padded);
                for (shares, scores) in room.shares.chunks_exact_mut(padded).zip(scores) {
                    shares[block..][..LANES].copy_from_slice(&scores.map(|score| score * scale));
                }
            }
            for shares in room.shares.chunks_exact_mut(padded) {
                share_out(shares, tokens);
            }
            let shares = array::from_fn(|i| &room.shares[i * padded..][..tokens]);
            for block in (head..head + each).step_by(LANES) {
                let blended = weighted(shares, &inputs[2 * hidden + block..], 3 * hidden);
                for (token, blended) in four.into_iter().zip(blended) {
                    outputs[token * hidden + block..][..LANES].copy_from_slice(&blended);
                }
            }
        }
    }
}

/// Turns the keys of one head: number by number, in each the tokens side by side.
#[inline(always)]
fn gather_keys(inputs: &[f32], hidden: usize, head: usize, padded: usize, keys: &mut [f32]) {
    let each = keys.len() / padded;
    for (token, row) in inputs.chunks_exact(3 * hidden).enumerate() {
        for (number, key) in row[hidden + head..][..each].iter().enumerate() {
            keys[number * padded + token] = *key;
        }
    }
}

/// The sums of rows of sixteen numbers, each row times its weight, for four lists of weights. A row begins every `stride` numbers.
/// Four names, since of an array of sums the compiler makes no registers.
#[inline(always)]
fn weighted(weights: [&[f32]; TOGETHER], rows: &[f32], stride: usize) -> [Lanes; TOGETHER] {
    let [a, b, c, d] = weights;
    let [mut of_a, mut of_b, mut of_c, mut of_d] = [[0.0; LANES]; TOGETHER];
    for ((((row, a), b), c), d) in rows.chunks(stride).zip(a).zip(b).zip(c).zip(d) {
        let Some(row) = row.first_chunk() else { break };
        accumulate(&mut of_a, *a, row);
        accumulate(&mut of_b, *b, row);
        accumulate(&mut of_c, *c, row);
        accumulate(&mut of_d, *d, row);
    }
    [of_a, of_b, of_c, of_d]
}

#[inline(always)]
fn accumulate(sum: &mut Lanes, weight: f32, row: &Lanes) {
    for i in 0..LANES {
        sum[i] += weight * row[i];
    }
}

/// Softmax over the first `tokens`; the padding gets nothing.
#[inline(always)]
fn share_out(scores: &mut [f32], tokens: usize) {
    scores[tokens..].fill(f32::MIN);
    let top = largest(scores, |score| score);
    for scores in lanes_mut(scores) {
        for score in scores {
            *score = exp(*score - top);
        }
    }
    scores[tokens..].fill(0.0);
    let mut sums = [0.0; LANES];
    for scores in lanes(scores) {
        for i in 0..LANES {
            sums[i] += scores[i];
        }
    }
    let inverse = 1.0 / sum(sums);
    for scores in lanes_mut(scores) {
        for score in scores {
            *score *= inverse;
        }
    }
}
