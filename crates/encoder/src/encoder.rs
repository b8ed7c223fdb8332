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
}
