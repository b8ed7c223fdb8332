//! One layer: every piece looks at every other, then thinks by itself.

use super::{Scratch, norm};
use crate::kernels::{Chosen, Heads, Linear, Norm};
use crate::{Dimensions, LayerParts, LinearParts};

#[derive(Debug)]
pub(super) struct Layer {
    /// Query, key and value in one step.
    asked: Linear,
    attended: Linear,
    attention_norm: Norm,
    widen: Linear,
    narrow: Linear,
    output_norm: Norm,
}

impl Layer {
    pub fn pack(parts: &LayerParts, dimensions: &Dimensions, chosen: Chosen) -> Self {
        let Dimensions { hidden, intermediate, epsilon, .. } = *dimensions;
        let linear = |inputs, parts: &[&LinearParts]| {
            let outputs = parts.iter().map(|part| part.biases.len()).sum();
            let mut linear = Linear::new(chosen.width(), inputs, outputs);
            parts.iter().for_each(|part| linear.push(&part.weights, &part.biases));
            linear
        };
        Self {
            asked: linear(hidden, &[&parts.query, &parts.key, &parts.value]),
            attended: linear(hidden, &[&parts.attended]),
            attention_norm: norm(&parts.attention_norm, epsilon),
            widen: linear(hidden, &[&parts.widen]),
            narrow: linear(intermediate, &[&parts.narrow]),
            output_norm: norm(&parts.output_norm, epsilon),
        }
    }

    /// Replaces `scratch.tokens` by what this layer makes of them.
    pub fn forward(&self, heads: usize, chosen: Chosen, scratch: &mut Scratch) {
        let Scratch { tokens, quantised, wide, narrow, attention } = scratch;
        let hidden = self.attended.outputs();
        let count = tokens.len() / hidden;
        let mut step = |linear: &Linear, from: &[f32], to: &mut [f32]| {
            chosen.quantise(from, linear.inputs(), quantised);
            chosen.linear(linear, quantised, to);
        };

        wide.resize(count * self.asked.outputs(), 0.0);
        step(&self.asked, tokens, wide);
        let heads = Heads { hidden, each: hidden / heads, tokens: count };
        chosen.attend(&heads, wide, attention, narrow);
        wide.resize(count * hidden, 0.0);
        step(&self.attended, narrow, wide);
        chosen.add(tokens, wide);
        chosen.normalise(tokens, &self.attention_norm);

        wide.resize(count * self.widen.outputs(), 0.0);
        step(&self.widen, tokens, wide);
        chosen.gelu(wide);
        step(&self.narrow, wide, narrow);
        chosen.add(tokens, narrow);
        chosen.normalise(tokens, &self.output_norm);
    }
}
