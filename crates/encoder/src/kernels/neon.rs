//! ARM64: every processor of this kind has NEON. `smull` multiplies signed bytes into 16 bits, which hold the sum of two
//! such products of -127..=127; `sadalp` adds pairs of those into 32 bits.

use std::arch::aarch64::{
    float32x4_t, int8x16_t, int32x4_t, vaddq_f32, vcvtq_f32_s32, vdupq_n_f32, vdupq_n_s32, vdupq_n_u8,
    veorq_u8, vget_low_s8, vld1q_f32, vld1q_u8, vmull_high_s8, vmull_s8, vmulq_f32, vpadalq_s16, vpaddq_s16,
    vreinterpretq_s8_s32, vreinterpretq_s8_u8, vst1q_f32,
};

use super::pack::{DEPTH, Linear, Quantised, ROWS, Tile, Width};
use super::{Functions, functions};

pub(super) static FUNCTIONS: Functions = functions!(Width::Eight, MOST, linear, "neon");

/// Tokens at a time: four registers of sums each, out of 32.
const MOST: usize = 4;
/// Numbers in a register.
const QUARTER: usize = ROWS / 4;

#[target_feature(enable = "neon")]
fn linear(linear: &Linear, inputs: &Quantised, outputs: &mut [f32]) {
    for row in (0..linear.outputs()).step_by(ROWS) {
        for (token, count) in inputs.blocks() {
            let outputs = &mut outputs[token * linear.outputs() + row..];
            match count {
                1 => rows::<1>(linear, inputs, row, token, outputs),
                2 => rows::<2>(linear, inputs, row, token, outputs),
                3 => rows::<3>(linear, inputs, row, token, outputs),
                4 => rows::<4>(linear, inputs, row, token, outputs),
                _ => {}
            }
        }
    }
}

/// Sixteen rows for `T` tokens. `outputs` begins at the first token's first row.
#[target_feature(enable = "neon")]
#[inline(never)]
fn rows<const T: usize>(linear: &Linear, inputs: &Quantised, row: usize, token: usize, outputs: &mut [f32]) {
    let sums = sums::<T>(linear.tiles(row), inputs.block(token));
    for t in 0..T {
        let scale = vdupq_n_f32(inputs.scale(token + t));
        let middle = vdupq_n_f32(inputs.middle(token + t));
        for quarter in 0..4 {
            let row = row + quarter * QUARTER;
            let scaled =
                vmulq_f32(vcvtq_f32_s32(sums[t][quarter]), vmulq_f32(scale, load(linear.scales(row))));
            let output = &mut outputs[t * linear.outputs() + quarter * QUARTER..];
            let rest = vaddq_f32(vmulq_f32(middle, load(linear.sums(row))), load(linear.biases(row)));
            store(output, vaddq_f32(scaled, rest));
        }
    }
}

/// The integer sums. The offset is taken off each weight, so there is nothing too much in them.
#[target_feature(enable = "neon")]
#[inline]
fn sums<const T: usize>(tiles: &[Tile], bytes: &[[[i8; DEPTH]; T]]) -> [[int32x4_t; 4]; T] {
    let mut sums = [[vdupq_n_s32(0); 4]; T];
    for (tile, fours) in tiles.iter().zip(bytes) {
        let weights = signed(tile);
        for t in 0..T {
            let four = i32::from_ne_bytes(fours[t].map(i8::cast_unsigned));
            let four = vreinterpretq_s8_s32(vdupq_n_s32(four));
            for quarter in 0..4 {
                let low = vmull_s8(vget_low_s8(weights[quarter]), vget_low_s8(four));
                let pairs = vpaddq_s16(low, vmull_high_s8(weights[quarter], four));
                sums[t][quarter] = vpadalq_s16(sums[t][quarter], pairs);
            }
        }
    }
    sums
}

/// A tile without its offset of 128: four rows in each register.
#[target_feature(enable = "neon")]
#[inline]
#[expect(unsafe_code, reason = "whole registers are read")]
fn signed(tile: &Tile) -> [int8x16_t; 4] {
    let bytes = tile.0.as_flattened();
    let mut registers = [vreinterpretq_s8_s32(vdupq_n_s32(0)); 4];
    for (register, bytes) in registers.iter_mut().zip(bytes.as_chunks::<16>().0) {
        // SAFETY: there are sixteen bytes.
        let weights = unsafe { vld1q_u8(bytes.as_ptr()) };
        *register = vreinterpretq_s8_u8(veorq_u8(weights, vdupq_n_u8(128)));
    }
    registers
}

#[target_feature(enable = "neon")]
#[inline]
#[expect(unsafe_code, reason = "a whole register is read")]
fn load(numbers: &[f32; QUARTER]) -> float32x4_t {
    // SAFETY: there are four numbers.
    unsafe { vld1q_f32(numbers.as_ptr()) }
}

#[target_feature(enable = "neon")]
#[inline]
#[expect(unsafe_code, reason = "a whole register is written")]
fn store(numbers: &mut [f32], register: float32x4_t) {
    let numbers = &mut numbers[..QUARTER];
    // SAFETY: there are four numbers.
    unsafe { vst1q_f32(numbers.as_mut_ptr(), register) }
}
