//! x86-64 with AVX2: `vpmaddubsw` multiplies 32 unsigned by 32 signed bytes and adds the products by twos, in 16 bits
//! that saturate; hence 7-bit weights.

use std::arch::x86_64::{
    __m256, __m256i, _mm256_add_epi32, _mm256_add_ps, _mm256_cvtepi32_ps, _mm256_load_si256, _mm256_loadu_ps,
    _mm256_madd_epi16, _mm256_maddubs_epi16, _mm256_mul_ps, _mm256_set1_epi16, _mm256_set1_epi32,
    _mm256_set1_ps, _mm256_setzero_si256, _mm256_storeu_ps, _mm256_sub_epi32,
};

use super::pack::{DEPTH, Linear, Quantised, ROWS, Tile, Width};
use super::{Functions, functions};

pub(super) static FUNCTIONS: Functions = functions!(Width::Seven, MOST, linear, "avx2");

pub(super) fn is_available() -> bool {
    is_x86_feature_detected!("avx2")
}

/// Tokens at a time: two registers of sums each, out of 16.
const MOST: usize = 5;
/// Numbers in a register.
const HALF: usize = ROWS / 2;

#[target_feature(enable = "avx2")]
fn linear(linear: &Linear, inputs: &Quantised, outputs: &mut [f32]) {
    for row in (0..linear.outputs()).step_by(ROWS) {
        for (token, count) in inputs.blocks() {
            let outputs = &mut outputs[token * linear.outputs() + row..];
            match count {
                1 => rows::<1>(linear, inputs, row, token, outputs),
                2 => rows::<2>(linear, inputs, row, token, outputs),
                3 => rows::<3>(linear, inputs, row, token, outputs),
                4 => rows::<4>(linear, inputs, row, token, outputs),
                5 => rows::<5>(linear, inputs, row, token, outputs),
                _ => {}
            }
        }
    }
}

/// Sixteen rows for `T` tokens. `outputs` begins at the first token's first row.
#[target_feature(enable = "avx2")]
#[inline(never)]
fn rows<const T: usize>(linear: &Linear, inputs: &Quantised, row: usize, token: usize, outputs: &mut [f32]) {
    let sums = sums::<T>(linear.tiles(row), inputs.block(token));
    let scales = [load(linear.scales(row)), load(linear.scales(row + HALF))];
    let weights = [load(linear.sums(row)), load(linear.sums(row + HALF))];
    let biases = [load(linear.biases(row)), load(linear.biases(row + HALF))];
    for t in 0..T {
        let excess = _mm256_set1_epi32(inputs.excess(token + t, Width::Seven));
        let scale = _mm256_set1_ps(inputs.scale(token + t));
        let middle = _mm256_set1_ps(inputs.middle(token + t));
        for half in 0..2 {
            let sum = _mm256_cvtepi32_ps(_mm256_sub_epi32(sums[t][half], excess));
            let scaled = _mm256_mul_ps(sum, _mm256_mul_ps(scale, scales[half]));
            let rest = _mm256_add_ps(_mm256_mul_ps(middle, weights[half]), biases[half]);
            store(&mut outputs[t * linear.outputs() + half * HALF..], _mm256_add_ps(scaled, rest));
        }
    }
}

/// The integer sums, with the offset still in them.
#[target_feature(enable = "avx2")]
#[inline]
#[expect(unsafe_code, reason = "the innermost loop: bounds are checked once before it")]
fn sums<const T: usize>(tiles: &[Tile], bytes: &[[[i8; DEPTH]; T]]) -> [[__m256i; 2]; T] {
    let steps = tiles.len();
    assert!(bytes.len() == steps);
    let ones = _mm256_set1_epi16(1);
    let mut sums = [[_mm256_setzero_si256(); 2]; T];
    for (step, fours) in bytes.iter().enumerate() {
        // SAFETY: a tile is 64 bytes at a multiple of 64, two registers.
        let weights = unsafe {
            let tile = tiles.as_ptr().add(step).cast::<__m256i>();
            [_mm256_load_si256(tile), _mm256_load_si256(tile.add(1))]
        };
        for t in 0..T {
            let four = _mm256_set1_epi32(i32::from_ne_bytes(fours[t].map(i8::cast_unsigned)));
            for half in 0..2 {
                let products = _mm256_madd_epi16(_mm256_maddubs_epi16(weights[half], four), ones);
                sums[t][half] = _mm256_add_epi32(sums[t][half], products);
            }
        }
    }
    sums
}

#[target_feature(enable = "avx2")]
#[inline]
#[expect(unsafe_code, reason = "a whole register is read")]
fn load(numbers: &[f32; HALF]) -> __m256 {
    // SAFETY: there are eight numbers.
    unsafe { _mm256_loadu_ps(numbers.as_ptr()) }
}

#[target_feature(enable = "avx2")]
#[inline]
#[expect(unsafe_code, reason = "a whole register is written")]
fn store(numbers: &mut [f32], register: __m256) {
    let numbers = &mut numbers[..HALF];
    // SAFETY: there are eight numbers.
    unsafe { _mm256_storeu_ps(numbers.as_mut_ptr(), register) }
}
