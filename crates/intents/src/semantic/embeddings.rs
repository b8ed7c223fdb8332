//! Sentence vectors kept by text: learning anew after a phrase was added then reads one text, not tens of thousands.

use std::collections::HashMap;
use std::sync::Arc;

use sha2::{Digest, Sha256};
use ventanilla_encoder::Encoder;

use crate::parallel;

const MAGIC: &[u8; 8] = b"VTNEMBED";

/// Vectors of one encoder. The caller keeps the bytes between starts.
#[derive(Clone)]
pub struct Embeddings {
    encoder: Arc<dyn Encoder>,
    known: HashMap<[u8; 16], Arc<[f32]>>,
    /// Texts that were not known yet.
    new: usize,
}

impl Embeddings {
    pub fn new(encoder: Arc<dyn Encoder>) -> Self {
        Self { encoder, known: HashMap::new(), new: 0 }
    }

    /// What [`Embeddings::to_bytes`] gave. Empty when the bytes are not that, or from another encoder: vectors can
    /// always be made again.
    pub fn from_bytes(encoder: Arc<dyn Encoder>, bytes: &[u8]) -> Self {
        let known = read(&*encoder, bytes).unwrap_or_default();
        Self { encoder, known, new: 0 }
    }

    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = header(&*self.encoder);
        let mut keys: Vec<_> = self.known.keys().collect();
        keys.sort_unstable();
        for key in keys {
            out.extend_from_slice(key);
            out.extend(self.known.get(key).into_iter().flat_map(|v| v.iter()).flat_map(|x| x.to_le_bytes()));
        }
        out
    }

    pub fn encoder(&self) -> &Arc<dyn Encoder> {
        &self.encoder
    }

    /// How many texts had to be read since the beginning.
    pub fn made(&self) -> usize {
        self.new
    }

    /// Reads every text that is not known, on as many threads as the machine has.
    pub fn of<'a>(&mut self, texts: impl IntoIterator<Item = &'a str>) -> Vec<Arc<[f32]>> {
        let texts: Vec<&str> = texts.into_iter().collect();
        let keys = parallel::map(&texts, |text| key(text));
        let keyed = keys.iter().zip(&texts);
        let mut lacking: Vec<_> = keyed.filter(|(key, _)| !self.known.contains_key(*key)).collect();
        lacking.sort_unstable();
        lacking.dedup();
        self.new += lacking.len();
        let vectors = parallel::map(&lacking, |(_, text)| self.encoder.embed(text).into());
        self.known.extend(lacking.iter().map(|(key, _)| **key).zip(vectors));
        keys.iter().filter_map(|key| self.known.get(key).cloned()).collect()
    }
}

fn key(text: &str) -> [u8; 16] {
    let digest = Sha256::digest(text.as_bytes());
    std::array::from_fn(|i| digest.get(i).copied().unwrap_or_default())
}

fn header(encoder: &dyn Encoder) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    out.extend_from_slice(&Sha256::digest(encoder.fingerprint().as_bytes()));
    out
}

fn read(encoder: &dyn Encoder, bytes: &[u8]) -> Option<HashMap<[u8; 16], Arc<[f32]>>> {
    let rows = bytes.strip_prefix(header(encoder).as_slice())?;
    let row = |row: &[u8]| {
        let (key, vector) = row.split_at_checked(16)?;
        let (numbers, _) = vector.as_chunks::<4>();
        Some((key.try_into().ok()?, numbers.iter().map(|n| f32::from_le_bytes(*n)).collect()))
    };
    rows.chunks_exact(16 + 4 * encoder.dimensions()).map(row).collect()
}

/// Without texts and vectors.
impl std::fmt::Debug for Embeddings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Embeddings").field("known", &self.known.len()).finish_non_exhaustive()
    }
}
