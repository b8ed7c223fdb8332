//! A tiny model of random weights, for tests of whoever uses an encoder: its vectors mean nothing, but they are as
//! good as others for everything else. A few hundred kilobytes, made in a moment, the same for the same seed.

use std::borrow::Cow;

use crate::file::SPECIAL;
use crate::{Dimensions, LayerParts, LinearParts, NormParts, Parts, q4};

/// The parts of a model with 2 layers of width 64, that knows single characters and a few words.
pub fn tiny(seed: u64) -> Parts<'static> {
    let dimensions =
        Dimensions { hidden: 64, layers: 2, heads: 2, intermediate: 96, positions: 128, epsilon: 1e-12 };
    let pieces = pieces();
    let mut random = Random(seed);
    Parts {
        dimensions,
        licence: "None: random numbers.".to_owned(),
        words: random.blocks(pieces.len() * dimensions.hidden),
        pieces,
        positions: random.numbers(dimensions.positions * dimensions.hidden, 0.05),
        norm: random.norm(dimensions.hidden),
        layers: (0..dimensions.layers).map(|_| random.layer(&dimensions)).collect(),
    }
}

fn pieces() -> Vec<(String, f32)> {
    let words = ["▁query", "▁hay", "▁un", "▁bache", "▁agua", "▁en", "▁mi", "▁calle", "ía"];
    let characters = "▁abcdefghijklmnñopqrstuvwxyzáéíóúü0123456789.,:;¿?¡!-".chars().map(String::from);
    let special = SPECIAL.iter().map(|piece| ((*piece).to_owned(), 0.0));
    let words = words.iter().map(|word| ((*word).to_owned(), -8.0));
    special.chain(words).chain(characters.map(|c| (c, -10.0))).collect()
}

/// SplitMix64, after Sebastiano Vigna's public domain code.
struct Random(u64);

impl Random {
    /// Between -1 and 1.
    fn number(&mut self) -> f32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ z >> 31) >> 40) as f32 / (1u32 << 23) as f32 - 1.0
    }

    fn numbers(&mut self, count: usize, size: f32) -> Vec<f32> {
        (0..count).map(|_| self.number() * size).collect()
    }

    fn blocks(&mut self, weights: usize) -> Cow<'static, [u8]> {
        q4::pack(&self.numbers(weights, 0.2)).into()
    }

    fn linear(&mut self, inputs: usize, outputs: usize) -> LinearParts<'static> {
        LinearParts { weights: self.blocks(inputs * outputs), biases: self.numbers(outputs, 0.1) }
    }

    fn norm(&mut self, hidden: usize) -> NormParts {
        let weights = self.numbers(hidden, 0.3).into_iter().map(|number| 1.0 + number).collect();
        NormParts { weights, biases: self.numbers(hidden, 0.1) }
    }

    fn layer(&mut self, of: &Dimensions) -> LayerParts<'static> {
        LayerParts {
            query: self.linear(of.hidden, of.hidden),
            key: self.linear(of.hidden, of.hidden),
            value: self.linear(of.hidden, of.hidden),
            attended: self.linear(of.hidden, of.hidden),
            attention_norm: self.norm(of.hidden),
            widen: self.linear(of.hidden, of.intermediate),
            narrow: self.linear(of.intermediate, of.hidden),
            output_norm: self.norm(of.hidden),
        }
    }
}
