//! x86-64 with AVX-512 VNNI: `vpdpbusd` multiplies 64 unsigned by 64 signed bytes and adds the products by fours.

use std::arch::x86_64::{
    __m512i, _mm512_add_ps, _mm512_cvtepi32_ps, _mm512_dpbusd_epi32, _mm512_load_si512, _mm512_loadu_ps,
    _mm512_mul_ps, _mm512_set1_epi32, _mm512_set1_ps, _mm512_setzero_si512, _mm512_storeu_ps,
    _mm512_sub_epi32,
};

use super::pack::{DEPTH, Linear, Quantised, ROWS, Tile, Width};
use super::{Functions, functions};

pub(super) static FUNCTIONS: Functions =
    functions!(Width::Eight, MOST, linear, "avx512f,avx512bw,avx512vnni");

pub(super) fn is_available() -> bool {
    is_x86_feature_detected!("avx512f")
        && is_x86_feature_detected!("avx512bw")
        && is_x86_feature_detected!("avx512vnni")
}

/// Tokens at a time: two registers of sums each, out of 32.
const MOST: usize = 12;

/// Two tiles of rows at a time, so that a number of a token that was loaded serves 32 rows.
#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
fn linear(linear: &Linear, inputs: &Quantised, outputs: &mut [f32]) {
    for row in (0..linear.outputs()).step_by(2 * ROWS) {
        for (token, count) in inputs.blocks() {
            let outputs = &mut outputs[token * linear.outputs() + row..];
            match count {
                1 => rows::<1>(linear, inputs, row, token, outputs),
                2 => rows::<2>(linear, inputs, row, token, outputs),
                3 => rows::<3>(linear, inputs, row, token, outputs),
                4 => rows::<4>(linear, inputs, row, token, outputs),
                5 => rows::<5>(linear, inputs, row, token, outputs),
                6 => rows::<6>(linear, inputs, row, token, outputs),
                7 => rows::<7>(linear, inputs, row, token, outputs),
                8 => rows::<8>(linear, inputs, row, token, outputs),
                9 => rows::<9>(linear, inputs, row, token, outputs),
                10 => rows::<10>(linear, inputs, row, token, outputs),
                11 => rows::<11>(linear, inputs, row, token, outputs),
                12 => rows::<12>(linear, inputs, row, token, outputs),
                _ => {}
            }
        }
    }
}

/// 32 rows for `T` tokens. `outputs` begins at the first token's first row.
#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
#[inline(never)]
fn rows<const T: usize>(linear: &Linear, inputs: &Quantised, row: usize, token: usize, outputs: &mut [f32]) {
    let tiles = [linear.tiles(row), linear.tiles(row + ROWS)];
    let sums = sums::<T>(tiles, inputs.block(token));
    let scales = [load(linear.scales(row)), load(linear.scales(row + ROWS))];
    let weights = [load(linear.sums(row)), load(linear.sums(row + ROWS))];
    let biases = [load(linear.biases(row)), load(linear.biases(row + ROWS))];
    for t in 0..T {
        let excess = _mm512_set1_epi32(inputs.excess(token + t, Width::Eight));
        let scale = _mm512_set1_ps(inputs.scale(token + t));
        let middle = _mm512_set1_ps(inputs.middle(token + t));
        for half in 0..2 {
            let sum = _mm512_cvtepi32_ps(_mm512_sub_epi32(sums[t][half], excess));
            let scaled = _mm512_mul_ps(sum, _mm512_mul_ps(scale, scales[half]));
            let rest = _mm512_add_ps(_mm512_mul_ps(middle, weights[half]), biases[half]);
            store(&mut outputs[t * linear.outputs() + half * ROWS..], _mm512_add_ps(scaled, rest));
        }
    }
}

/// The integer sums, with the offset still in them.
#[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
#[inline]
#[expect(unsafe_code, reason = "the innermost loop: bounds are checked once before it")]
fn sums<const T: usize>(tiles: [&[Tile]; 2], bytes: &[[[i8; DEPTH]; T]]) -> [[__m512i; 2]; T] {
    let steps = tiles[0].len();
    assert!(tiles[1].len() == steps && bytes.len() == steps);
    let mut sums = [[_mm512_setzero_si512(); 2]; T];
    for (step, fours) in bytes.iter().enumerate() {
        // SAFETY: both have `steps` tiles, each of 64 bytes at a multiple of 64.
        let weights = unsafe {
            [0, 1].map(|half: usize| _mm512_load_si512(tiles[half].as_ptr().add(step).cast::<__m512i>()))
        };
        for t in 0..T {
            let four = _mm512_set1_epi32(i32::from_ne_bytes(fours[t].map(i8::cast_unsigned)));
            sums[t][0] = _mm512_dpbusd_epi32(sums[t][0], weights[0], four);
            sums[t][1] = _mm512_dpbusd_epi32(sums[t][1], weights[1], four);
        }
    }
    sums
}

#[target_feature(enable = "avx512f")]
#[inline]
#[expect(unsafe_code, reason = "a whole register is read")]
fn load(numbers: &[f32; ROWS]) -> std::arch::x86_64::__m512 {
    // SAFETY: there are sixteen numbers.
    unsafe { _mm512_loadu_ps(numbers.as_ptr()) }
}

#[target_feature(enable = "avx512f")]
#[inline]
#[expect(unsafe_code, reason = "a whole register is written")]
fn store(numbers: &mut [f32], register: std::arch::x86_64::__m512) {
    let numbers = &mut numbers[..ROWS];
    // SAFETY: there are sixteen numbers.
    unsafe { _mm512_storeu_ps(numbers.as_mut_ptr(), register) }
}
