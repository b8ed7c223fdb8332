//! The weights file, `.vte`. Everything is little endian, one part after the other, without padding:
//!
//! | part | bytes |
//! |---|---|
//! | `VENTENC` and a zero | 8 |
//! | version, 1 | 4 |
//! | SHA-256 of everything after it | 32 |
//! | hidden, layers, heads, intermediate, positions, pieces: u32 each; epsilon: f32 | 28 |
//! | licence: length as u32, then UTF-8 | 4 + n |
//! | pieces: length of each as u8; their scores as f32; their UTF-8 | 5 per piece + text |
//! | embeddings of pieces, Q4_0 | pieces x hidden / 32 x 18 |
//! | embeddings of positions (with that of the only token type added), then the norm's weights and biases: f32 | |
//! | per layer: query, key, value, attention output (each weights in Q4_0, biases in f32), norm, intermediate, output, norm | |
//!
//! The first four pieces are `<s>`, `<pad>`, `</s>` and `<unk>`. Linear weights lie row by row, one row per output.

mod error;
mod parts;
mod read;
mod write;

pub(crate) use read::checksum;

pub use error::WeightsError;
pub use parts::{Dimensions, LayerParts, LinearParts, NormParts, Parts};

const MAGIC: [u8; 8] = *b"VENTENC\0";
const VERSION: u32 = 1;
/// Where the checksum begins, and where what it covers begins.
const CHECKSUM: usize = 12;
const COVERED: usize = CHECKSUM + 32;

/// The pieces at the beginning of every vocabulary.
pub(crate) const SPECIAL: [&str; 4] = ["<s>", "<pad>", "</s>", "<unk>"];

#[cfg(test)]
mod tests;
