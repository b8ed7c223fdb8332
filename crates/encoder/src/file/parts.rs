//! What a weights file says, unpacked as little as possible.

use std::borrow::Cow;

use super::{SPECIAL, WeightsError};
use crate::q4;

/// How large a model is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dimensions {
    /// Width of the vectors. Multiple of 32.
    pub hidden: usize,
    /// Number of layers.
    pub layers: usize,
    /// Attention heads; each sees `hidden / heads` numbers, a multiple of 16.
    pub heads: usize,
    /// Width between the two linear steps of a layer. Multiple of 32.
    pub intermediate: usize,
    /// How many places a text may have.
    pub positions: usize,
    /// Added to the variance in norms.
    pub epsilon: f32,
}

/// A whole model. Q4_0 weights may be borrowed from the file, the rest is small.
#[derive(Debug, Clone, PartialEq)]
pub struct Parts<'a> {
    /// How large everything is.
    pub dimensions: Dimensions,
    /// Under which licence the weights are, and what was done to them.
    pub licence: String,
    /// The vocabulary with its log-probabilities; a piece's place is its id. The first four are special.
    pub pieces: Vec<(String, f32)>,
    /// Embedding of each piece, Q4_0.
    pub words: Cow<'a, [u8]>,
    /// Embedding of each position.
    pub positions: Vec<f32>,
    /// The norm after the embeddings.
    pub norm: NormParts,
    /// The layers, first to last.
    pub layers: Vec<LayerParts<'a>>,
}

/// One layer, in the order of the forward pass.
#[derive(Debug, Clone, PartialEq)]
pub struct LayerParts<'a> {
    /// hidden -> hidden
    pub query: LinearParts<'a>,
    /// hidden -> hidden
    pub key: LinearParts<'a>,
    /// hidden -> hidden
    pub value: LinearParts<'a>,
    /// hidden -> hidden, after the attention
    pub attended: LinearParts<'a>,
    /// After the attention
    pub attention_norm: NormParts,
    /// hidden -> intermediate
    pub widen: LinearParts<'a>,
    /// intermediate -> hidden
    pub narrow: LinearParts<'a>,
    /// At the end of the layer
    pub output_norm: NormParts,
}

/// A linear step: weights in Q4_0, row by row, and a bias per row.
#[derive(Debug, Clone, PartialEq)]
pub struct LinearParts<'a> {
    /// outputs x inputs weights
    pub weights: Cow<'a, [u8]>,
    /// One per output
    pub biases: Vec<f32>,
}

/// A layer norm.
#[derive(Debug, Clone, PartialEq)]
pub struct NormParts {
    /// One per number of the vector
    pub weights: Vec<f32>,
    /// One per number of the vector
    pub biases: Vec<f32>,
}

impl Dimensions {
    /// Refuses what no model of ours has, before anything of that size is made.
    ///
    /// # Errors
    /// [`WeightsError::Absurd`].
    pub(crate) fn check(&self) -> Result<(), WeightsError> {
        within("hidden", self.hidden, 32, 1024, 32)?;
        within("intermediate", self.intermediate, 32, 4096, 32)?;
        within("layers", self.layers, 1, 48, 1)?;
        within("heads", self.heads, 1, 64, 1)?;
        within("positions", self.positions, 8, 1024, 1)?;
        if !self.hidden.is_multiple_of(self.heads) || !(self.hidden / self.heads).is_multiple_of(16) {
            return Err(WeightsError::absurd(format!("{} heads share {}", self.heads, self.hidden)));
        }
        let epsilon = self.epsilon;
        if !(epsilon > 0.0 && epsilon < 0.1) {
            return Err(WeightsError::absurd(format!("epsilon is {epsilon}")));
        }
        Ok(())
    }
}

pub(super) fn within(
    what: &str,
    found: usize,
    least: usize,
    most: usize,
    multiple: usize,
) -> Result<(), WeightsError> {
    if (least..=most).contains(&found) && found.is_multiple_of(multiple) {
        return Ok(());
    }
    Err(WeightsError::absurd(format!("{what} is {found}")))
}

impl Parts<'_> {
    /// Refuses a model whose parts do not fit together.
    ///
    /// # Errors
    /// [`WeightsError::Absurd`].
    pub fn check(&self) -> Result<(), WeightsError> {
        let Dimensions { hidden, positions, .. } = self.dimensions;
        self.dimensions.check()?;
        self.check_pieces()?;
        blocks("embeddings of pieces", &self.words, self.pieces.len() * hidden)?;
        floats("embeddings of positions", &self.positions, positions * hidden)?;
        self.norm.check("norm of embeddings", hidden)?;
        if self.layers.len() != self.dimensions.layers {
            return Err(WeightsError::absurd(format!("there are {} layers", self.layers.len())));
        }
        self.layers.iter().try_for_each(|layer| layer.check(&self.dimensions))
    }

    fn check_pieces(&self) -> Result<(), WeightsError> {
        within("pieces", self.pieces.len(), 8, 300_000, 1)?;
        if !self.pieces.iter().zip(SPECIAL).all(|((piece, _), special)| piece == special) {
            return Err(WeightsError::absurd("the special pieces are not at the beginning"));
        }
        if !self.pieces.iter().all(|(_, score)| score.is_finite()) {
            return Err(WeightsError::absurd("a score is no number"));
        }
        Ok(())
    }
}

impl LayerParts<'_> {
    fn check(&self, of: &Dimensions) -> Result<(), WeightsError> {
        for linear in [&self.query, &self.key, &self.value, &self.attended] {
            linear.check("attention", of.hidden, of.hidden)?;
        }
        self.attention_norm.check("norm of the attention", of.hidden)?;
        self.widen.check("intermediate step", of.intermediate, of.hidden)?;
        self.narrow.check("output step", of.hidden, of.intermediate)?;
        self.output_norm.check("norm of the output", of.hidden)
    }
}

impl LinearParts<'_> {
    fn check(&self, what: &str, outputs: usize, inputs: usize) -> Result<(), WeightsError> {
        blocks(what, &self.weights, outputs * inputs)?;
        floats(what, &self.biases, outputs)
    }
}

impl NormParts {
    fn check(&self, what: &str, hidden: usize) -> Result<(), WeightsError> {
        floats(what, &self.weights, hidden)?;
        floats(what, &self.biases, hidden)
    }
}

fn blocks(what: &str, found: &[u8], weights: usize) -> Result<(), WeightsError> {
    if found.len() != q4::bytes_for(weights) {
        return Err(WeightsError::length(format!("{what} has {} bytes", found.len())));
    }
    if !q4::is_finite(found) {
        return Err(WeightsError::absurd(format!("{what} has a scale that is no number")));
    }
    Ok(())
}

fn floats(what: &str, found: &[f32], count: usize) -> Result<(), WeightsError> {
    if found.len() != count {
        return Err(WeightsError::length(format!("{what} has {} numbers", found.len())));
    }
    if !found.iter().all(|x| x.is_finite()) {
        return Err(WeightsError::absurd(format!("{what} has something that is no number")));
    }
    Ok(())
}
