//! The forward pass of multilingual-e5-small, a BERT: pieces -> embeddings -> twelve layers -> mean over the text.
//!
//! Called by [`crate::E5`] with pieces from `tokens`; the arithmetic is in `kernels`.

mod layer;
mod scratch;

use layer::Layer;
pub(crate) use scratch::Scratch;

use crate::kernels::{Chosen, Norm};
use crate::{NormParts, Parts, q4};

/// A model, packed for one kernel.
#[derive(Debug)]
pub(crate) struct Model {
    hidden: usize,
    heads: usize,
    /// Embeddings of pieces, Q4_0: only a few rows are looked up per text.
    words: Vec<u8>,
    positions: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
    chosen: Chosen,
}

impl Model {
    /// Packs checked parts. Keeps the embeddings of the first `places` positions.
    pub fn pack(parts: &Parts, chosen: Chosen, places: usize) -> Self {
        let dimensions = &parts.dimensions;
        let places = places.min(dimensions.positions);
        Self {
            hidden: dimensions.hidden,
            heads: dimensions.heads,
            words: parts.words.to_vec(),
            positions: parts.positions[..places * dimensions.hidden].to_vec(),
            norm: norm(&parts.norm, dimensions.epsilon),
            layers: parts.layers.iter().map(|layer| Layer::pack(layer, dimensions, chosen)).collect(),
            chosen,
        }
    }

    pub fn hidden(&self) -> usize {
        self.hidden
    }

    pub fn chosen(&self) -> Chosen {
        self.chosen
    }

    /// How many pieces a text may have.
    pub fn places(&self) -> usize {
        self.positions.len() / self.hidden
    }

    /// The mean of what the last layer says of each piece, brought to length 1. All zeros when that has no length,
    /// which no trained model does. Pieces beyond [`Model::places`] are left out.
    pub fn forward(&self, pieces: &[u32], scratch: &mut Scratch) -> Vec<f32> {
        self.forward_past(pieces, scratch, |_, _| {})
    }

    /// The same; `look` is shown what each layer, counted from 1, says of each piece.
    pub fn forward_past(
        &self,
        pieces: &[u32],
        scratch: &mut Scratch,
        mut look: impl FnMut(usize, &[f32]),
    ) -> Vec<f32> {
        let pieces = &pieces[..pieces.len().min(self.places())];
        scratch.resize(pieces.len(), self.hidden);
        self.look_up(pieces, &mut scratch.tokens);
        self.chosen.normalise(&mut scratch.tokens, &self.norm);
        for (number, layer) in (1..).zip(&self.layers) {
            layer.forward(self.heads, self.chosen, scratch);
            look(number, &scratch.tokens);
        }
        unit_mean(&scratch.tokens, self.hidden)
    }

    fn look_up(&self, pieces: &[u32], tokens: &mut [f32]) {
        let row = q4::bytes_for(self.hidden);
        let places = self.positions.chunks_exact(self.hidden);
        for ((piece, token), place) in pieces.iter().zip(tokens.chunks_exact_mut(self.hidden)).zip(places) {
            let start = *piece as usize * row;
            q4::unpack(self.words.get(start..start + row).unwrap_or_default(), token);
            self.chosen.add(token, place);
        }
    }
}

fn norm(parts: &NormParts, epsilon: f32) -> Norm {
    Norm { weights: parts.weights.clone(), biases: parts.biases.clone(), epsilon }
}

/// The mean of vectors of `hidden` numbers, brought to length 1.
pub(crate) fn unit_mean(tokens: &[f32], hidden: usize) -> Vec<f32> {
    let mut mean = vec![0.0f32; hidden];
    for token in tokens.chunks_exact(hidden) {
        mean.iter_mut().zip(token).for_each(|(sum, number)| *sum += number);
    }
    let length = mean.iter().map(|number| f64::from(*number).powi(2)).sum::<f64>().sqrt();
    // Dividing by the number of pieces is left out: bringing it to length 1 does the same.
    let inverse = if length.is_normal() { (1.0 / length) as f32 } else { 0.0 };
    let unit = |number: &f32| if inverse > 0.0 { number * inverse } else { 0.0 };
    mean.iter().map(unit).collect()
}
