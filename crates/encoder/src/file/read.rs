//! Bytes -> parts. The bytes may be anybody's: every length is compared with what is there before it is used, so
//! nothing larger than the file is ever made.

use std::borrow::Cow;

use sha2::{Digest, Sha256};

use super::{
    CHECKSUM, COVERED, Dimensions, LayerParts, LinearParts, MAGIC, NormParts, Parts, VERSION, WeightsError,
    parts::within,
};
use crate::q4;

impl<'a> Parts<'a> {
    /// Reads a weights file.
    ///
    /// # Errors
    /// When it is not ours, of another version, damaged, or does not fit together.
    pub fn read(file: &'a [u8]) -> Result<Self, WeightsError> {
        let covered = verified(file)?;
        let mut rest = Rest(covered);
        let (dimensions, pieces) = rest.header()?;
        let parts = rest.parts(dimensions, pieces)?;
        if !rest.0.is_empty() {
            return Err(WeightsError::length(format!("{} bytes too many", rest.0.len())));
        }
        parts.check()?;
        Ok(parts)
    }
}

/// The SHA-256 that a weights file says of itself, in hex. Only of use after [`Parts::read`] took the file.
pub(crate) fn checksum(file: &[u8]) -> String {
    hex::encode(file.get(CHECKSUM..COVERED).unwrap_or_default())
}

/// What the checksum covers, once it was found right.
fn verified(file: &[u8]) -> Result<&[u8], WeightsError> {
    if !file.starts_with(&MAGIC) {
        return Err(WeightsError::NotOurs);
    }
    let mut start = Rest(file.get(MAGIC.len()..).unwrap_or_default());
    let found = start.count("version")?;
    let found = u32::try_from(found).unwrap_or(u32::MAX);
    if found != VERSION {
        return Err(WeightsError::OtherVersion { found, expected: VERSION });
    }
    let said = start.bytes(COVERED - CHECKSUM, "checksum")?;
    if Sha256::digest(start.0).as_slice() != said {
        return Err(WeightsError::Damaged);
    }
    Ok(start.0)
}

/// What has not been read yet.
struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn header(&mut self) -> Result<(Dimensions, usize), WeightsError> {
        let [mut hidden, mut layers, mut heads, mut intermediate, mut positions, mut pieces] = [0; 6];
        for number in [&mut hidden, &mut layers, &mut heads, &mut intermediate, &mut positions, &mut pieces] {
            *number = self.count("dimensions")?;
        }
        let epsilon = self.float("epsilon")?;
        let dimensions = Dimensions { hidden, layers, heads, intermediate, positions, epsilon };
        dimensions.check()?;
        within("pieces", pieces, 8, 300_000, 1)?;
        Ok((dimensions, pieces))
    }

    fn parts(&mut self, dimensions: Dimensions, pieces: usize) -> Result<Parts<'a>, WeightsError> {
        let Dimensions { hidden, layers, positions, .. } = dimensions;
        let length = self.count("licence")?;
        Ok(Parts {
            dimensions,
            licence: text(self.bytes(length, "licence")?, "licence")?,
            pieces: self.pieces(pieces)?,
            words: self.blocks(pieces * hidden, "embeddings of pieces")?,
            positions: self.floats(positions * hidden, "embeddings of positions")?,
            norm: self.norm(hidden)?,
            layers: (0..layers).map(|_| self.layer(&dimensions)).collect::<Result<_, _>>()?,
        })
    }

    fn pieces(&mut self, count: usize) -> Result<Vec<(String, f32)>, WeightsError> {
        let lengths = self.bytes(count, "lengths of pieces")?;
        let scores = self.floats(count, "scores of pieces")?;
        let piece = |(length, score): (&u8, f32)| {
            Ok((text(self.bytes(usize::from(*length), "pieces")?, "piece")?, score))
        };
        lengths.iter().zip(scores).map(piece).collect()
    }

    fn layer(&mut self, of: &Dimensions) -> Result<LayerParts<'a>, WeightsError> {
        let Dimensions { hidden, intermediate, .. } = *of;
        Ok(LayerParts {
            query: self.linear(hidden, hidden)?,
            key: self.linear(hidden, hidden)?,
            value: self.linear(hidden, hidden)?,
            attended: self.linear(hidden, hidden)?,
            attention_norm: self.norm(hidden)?,
            widen: self.linear(intermediate, hidden)?,
            narrow: self.linear(hidden, intermediate)?,
            output_norm: self.norm(hidden)?,
        })
    }

    fn linear(&mut self, outputs: usize, inputs: usize) -> Result<LinearParts<'a>, WeightsError> {
        let weights = self.blocks(outputs * inputs, "weights of a layer")?;
        Ok(LinearParts { weights, biases: self.floats(outputs, "biases of a layer")? })
    }

    fn norm(&mut self, hidden: usize) -> Result<NormParts, WeightsError> {
        let weights = self.floats(hidden, "weights of a norm")?;
        Ok(NormParts { weights, biases: self.floats(hidden, "biases of a norm")? })
    }

    fn blocks(&mut self, weights: usize, what: &str) -> Result<Cow<'a, [u8]>, WeightsError> {
        self.bytes(q4::bytes_for(weights), what).map(Cow::Borrowed)
    }

    fn floats(&mut self, count: usize, what: &str) -> Result<Vec<f32>, WeightsError> {
        let bytes = self.bytes(count * 4, what)?;
        Ok(bytes.as_chunks().0.iter().map(|four| f32::from_le_bytes(*four)).collect())
    }

    fn float(&mut self, what: &str) -> Result<f32, WeightsError> {
        self.array(what).map(f32::from_le_bytes)
    }

    fn count(&mut self, what: &str) -> Result<usize, WeightsError> {
        Ok(u32::from_le_bytes(self.array(what)?) as usize)
    }

    fn array<const N: usize>(&mut self, what: &str) -> Result<[u8; N], WeightsError> {
        let (taken, rest) = self.0.split_first_chunk().ok_or_else(|| missing(what))?;
        self.0 = rest;
        Ok(*taken)
    }

    fn bytes(&mut self, count: usize, what: &str) -> Result<&'a [u8], WeightsError> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or_else(|| missing(what))?;
        self.0 = rest;
        Ok(taken)
    }
}

fn missing(what: &str) -> WeightsError {
    WeightsError::length(format!("it ends within the {what}"))
}

fn text(bytes: &[u8], what: &str) -> Result<String, WeightsError> {
    let text = std::str::from_utf8(bytes);
    text.map(str::to_owned).map_err(|_| WeightsError::absurd(format!("a {what} is no text")))
}
