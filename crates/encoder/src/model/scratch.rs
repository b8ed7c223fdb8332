//! Room for the numbers in between, used again for the next text.

use crate::kernels::{Attention, Quantised};

/// Grows with the longest text it has seen, to some 2 MB.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    /// What the layers pass on: one vector per piece.
    pub tokens: Vec<f32>,
    /// The same in 8 bits, for the next linear step.
    pub quantised: Quantised,
    /// What came out of a linear step.
    pub wide: Vec<f32>,
    /// What came out of the attention, then of the last step of each half.
    pub narrow: Vec<f32>,
    pub attention: Attention,
}

impl Scratch {
    pub fn resize(&mut self, pieces: usize, hidden: usize) {
        self.tokens.clear();
        self.tokens.resize(pieces * hidden, 0.0);
        self.narrow.resize(pieces * hidden, 0.0);
    }
}
