//! Q4_0, the 4-bit blocks of ggml: 32 weights are a half-precision scale and 16 bytes. Byte `i` holds weight `i` in its
//! low half and weight `16 + i` in its high half, each as scale * (half - 8).
//!
//! Source: `quantize_row_q4_0_ref` of ggml, whose files are the reference.

/// Weights per block.
pub(crate) const WEIGHTS: usize = 32;
/// Bytes per block.
pub(crate) const BYTES: usize = 18;

/// How many bytes `weights` weights take. `weights` is a multiple of 32.
pub(crate) const fn bytes_for(weights: usize) -> usize {
    weights / WEIGHTS * BYTES
}

/// Unpacks whole blocks. Writes as many weights as both sides have room for.
pub(crate) fn unpack(blocks: &[u8], weights: &mut [f32]) {
    for (block, out) in blocks.as_chunks::<BYTES>().0.iter().zip(weights.as_chunks_mut::<WEIGHTS>().0) {
        let scale = scale(block);
        let (low, high) = out.split_at_mut(WEIGHTS / 2);
        for ((byte, low), high) in block[2..].iter().zip(low).zip(high) {
            *low = scale * (f32::from(byte & 15) - 8.0);
            *high = scale * (f32::from(byte >> 4) - 8.0);
        }
    }
}

/// Packs whole blocks; a rest of less than 32 weights is left out.
pub(crate) fn pack(weights: &[f32]) -> Vec<u8> {
    weights.as_chunks::<WEIGHTS>().0.iter().flat_map(pack_block).collect()
}

fn pack_block(weights: &[f32; WEIGHTS]) -> [u8; BYTES] {
    // The weight furthest from zero becomes exactly -8, since there is no +8.
    let furthest = weights.iter().copied().fold(0.0f32, |top, w| if w.abs() > top.abs() { w } else { top });
    let scale = furthest / -8.0;
    let inverse = if scale == 0.0 { 0.0 } else { scale.recip() };
    let nibble = |w: f32| ((w * inverse + 8.5) as u8).min(15);
    let mut block = [0; BYTES];
    block[..2].copy_from_slice(&half_from(scale).to_le_bytes());
    for i in 0..WEIGHTS / 2 {
        block[2 + i] = nibble(weights[i]) | nibble(weights[16 + i]) << 4;
    }
    block
}

/// Whether the scales of all blocks are numbers.
pub(crate) fn is_finite(blocks: &[u8]) -> bool {
    blocks.as_chunks::<BYTES>().0.iter().all(|block| scale(block).is_finite())
}

fn scale(block: &[u8; BYTES]) -> f32 {
    half_to(u16::from_le_bytes([block[0], block[1]]))
}

/// IEEE 754 half -> single precision.
pub(crate) fn half_to(half: u16) -> f32 {
    let sign = u32::from(half & 0x8000) << 16;
    let (exponent, fraction) = (u32::from(half >> 10 & 31), u32::from(half & 0x3ff));
    let magnitude = match exponent {
        0 => (fraction as f32 * 2f32.powi(-24)).to_bits(),
        31 => 0x7f80_0000 | fraction << 13,
        _ => (exponent + 112) << 23 | fraction << 13,
    };
    f32::from_bits(sign | magnitude)
}

/// Single -> half precision, to the nearest, ties to even; what is too large becomes infinite.
fn half_from(single: f32) -> u16 {
    let sign = (single.to_bits() >> 16 & 0x8000) as u16;
    let magnitude = single.abs();
    if magnitude.is_nan() {
        return sign | 0x7e00;
    }
    if magnitude < 2f32.powi(-14) {
        return sign | (magnitude * 2f32.powi(24)).round_ties_even() as u16;
    }
    let bits = magnitude.to_bits();
    let rounded = (bits + 0xfff + (bits >> 13 & 1)) >> 13;
    sign | rounded.saturating_sub(112 << 10).min(0x7c00) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_half_comes_back() {
        for half in 0..=u16::MAX {
            let single = half_to(half);
            assert!(single.is_nan() || half_from(single) == half, "{half:#x} -> {single}");
        }
    }

    #[test]
    fn halves_are_rounded_to_the_nearest() {
        for (single, half) in
            [(1.0, 0x3c00), (65_519.0, 0x7bff), (65_520.0, 0x7c00), (1e-9, 0), (f32::MAX, 0x7c00)]
        {
            assert_eq!(half_from(single), half, "{single}");
            assert_eq!(half_from(-single), half | 0x8000, "-{single}");
        }
        assert_eq!(half_from(1.0 + 2f32.powi(-11)), 0x3c00, "a tie goes to the even one");
        assert_eq!(half_from(1.0 + 3.0 * 2f32.powi(-11)), 0x3c02);
    }

    #[test]
    fn packing_loses_at_most_half_a_step() {
        let weights: Vec<f32> = (0..64).map(|i| ((i * 37 % 64) as f32 - 30.0) / 7.0).collect();
        let mut back = vec![0.0; 64];
        unpack(&pack(&weights), &mut back);
        for (block, again) in weights.chunks(32).zip(back.chunks(32)) {
            let step = block.iter().fold(0.0f32, |top, w| top.max(w.abs())) / 8.0;
            // The far end on the other side has one step less.
            assert!(
                block.iter().zip(again).all(|(a, b)| (a - b).abs() <= step * 1.01),
                "{block:?} {again:?}"
            );
        }
    }

    #[test]
    fn what_was_packed_once_packs_the_same_again() {
        let weights: Vec<f32> = (0..32).map(|i| (i as f32 * 0.7).sin()).collect();
        let once = pack(&weights);
        let mut unpacked = vec![0.0; 32];
        unpack(&once, &mut unpacked);
        assert_eq!(pack(&unpacked), once);
    }

    #[test]
    fn nothing_but_zeros_stays_zero() {
        let mut back = vec![1.0; 32];
        unpack(&pack(&[0.0; 32]), &mut back);
        assert_eq!(back, [0.0; 32]);
    }
}
