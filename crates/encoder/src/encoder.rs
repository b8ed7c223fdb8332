//! What the rest of the product knows of sentence vectors.

use std::fmt::Debug;

/// Turns a sentence into a vector of fixed length. Shared between threads.
pub trait Encoder: Send + Sync + Debug {
    /// How many numbers a vector has.
    fn dimensions(&self) -> usize;

    /// Changes whenever vectors may: whoever keeps vectors keeps this beside them, and throws them away when it
    /// differs. The same on every machine.
    fn fingerprint(&self) -> &str;

    /// The vector of `text`, of length 1: the cosine of two is their dot product. Any text has one, the empty one too;
    /// long ones are cut. Never panics.
    fn embed(&self, text: &str) -> Vec<f32>;

    /// The same vector, and what the text looked like on its way: for each piece what each of `layers` (counted from 1) made
    /// of it, one after the other; pieces × layers × [`Self::dimensions`] numbers. Nothing where a layer is not there, or
    /// the encoder does not show them.
    fn embed_through(&self, text: &str, layers: &[usize]) -> (Vec<f32>, Vec<f32>) {
        let _ = layers;
        (self.embed(text), Vec::new())
    }
}
