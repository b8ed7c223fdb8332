//! A model as bytes, so that a server that starts again need not train: magic, version, SHA-256, then the parts.
//! The caller keeps the file; whether it still fits the phrases, [`Model::fits`] says.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::calibrate::Thresholds;
use crate::features::{BUCKETS, TRIGRAM_BUCKETS};
use crate::head::Head;
use crate::model::Model;
use crate::train::stride;
use crate::vectoriser::Vectoriser;

const MAGIC: &[u8; 8] = b"VTNINTEN";
/// Goes up whenever features, layout or meaning change: an old file is then trained anew, never misread.
const VERSION: u32 = 1;

/// Why a saved model cannot be used. Training again always helps.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LoadError {
    #[error("this is not a saved model; write one with: ventanilla intents train --out FILE")]
    NotAModel,
    #[error(
        "the saved model has format {found}, this version reads {VERSION}; train again: ventanilla intents train --out FILE"
    )]
    OtherVersion { found: u32 },
    #[error("the saved model is damaged ({what}); train again: ventanilla intents train --out FILE")]
    Damaged { what: &'static str },
}

impl Model {
    pub fn save(&self) -> Vec<u8> {
        let body = self.body();
        let mut out = Vec::with_capacity(body.len() + 44);
        out.extend_from_slice(MAGIC);
        out.extend_from_slice(&VERSION.to_le_bytes());
        out.extend_from_slice(&Sha256::digest(&body));
        out.extend(body);
        out
    }

    pub fn load(bytes: &[u8]) -> Result<Self, LoadError> {
        let mut reader = Reader(bytes);
        if reader.take(MAGIC.len()).ok() != Some(MAGIC) {
            return Err(LoadError::NotAModel);
        }
        let found = reader.u32()?;
        if found != VERSION {
            return Err(LoadError::OtherVersion { found });
        }
        let checksum = reader.take(32)?;
        if checksum != Sha256::digest(reader.0).as_slice() {
            return Err(LoadError::Damaged { what: "its checksum does not fit; was it copied in full?" });
        }
        let model = reader.model()?;
        model
            .consistent()
            .then_some(model)
            .ok_or(LoadError::Damaged { what: "its parts do not fit together" })
    }

    fn body(&self) -> Vec<u8> {
        let mut out = Writer(self.phrases.to_vec());
        out.names(self.intents.iter().map(|name| &**name));
        out.names(self.languages.iter().map(|lang| lang.as_str()));
        let (buckets, idf, rare_idf, trigrams) = self.vectoriser.parts();
        out.numbers(buckets.iter().map(|n| n.to_le_bytes()));
        out.numbers(idf.iter().map(|n| n.to_le_bytes()));
        out.f32(rare_idf);
        out.numbers(trigrams.iter().map(|n| n.to_le_bytes()));
        out.head(&self.intent_head);
        out.head(&self.language_head);
        let Thresholds { strict, loose, coverage } = self.thresholds;
        [strict, loose, coverage].into_iter().for_each(|n| out.f32(n));
        out.0
    }

    fn consistent(&self) -> bool {
        let (buckets, idf, _, trigrams) = self.vectoriser.parts();
        let fits = |head: &Head, classes: usize| {
            head.class_count == classes
                && head.bias.len() == classes
                && head.scales.len() == buckets.len()
                && head.rows.len() == buckets.len() * stride(classes)
                && head.temperature > 0.0
        };
        idf.len() == buckets.len()
            && buckets.iter().all(|bucket| (*bucket as usize) < BUCKETS)
            && trigrams.len() == TRIGRAM_BUCKETS / 64
            && fits(&self.intent_head, self.intents.len())
            && fits(&self.language_head, self.languages.len())
    }
}

struct Writer(Vec<u8>);

impl Writer {
    fn u32(&mut self, n: usize) {
        self.0.extend_from_slice(&(n as u32).to_le_bytes());
    }

    fn f32(&mut self, n: f32) {
        self.0.extend_from_slice(&n.to_le_bytes());
    }

    /// A count, then the numbers.
    fn numbers<const N: usize>(&mut self, numbers: impl ExactSizeIterator<Item = [u8; N]>) {
        self.u32(numbers.len());
        numbers.for_each(|n| self.0.extend_from_slice(&n));
    }

    fn names<'a>(&mut self, names: impl ExactSizeIterator<Item = &'a str>) {
        self.u32(names.len());
        for name in names {
            self.numbers(name.bytes().map(|b| [b]).collect::<Vec<_>>().into_iter());
        }
    }

    fn head(&mut self, head: &Head) {
        self.u32(head.class_count);
        self.numbers(head.scales.iter().map(|n| n.to_le_bytes()));
        self.numbers(head.rows.iter().map(|n| n.to_le_bytes()));
        self.numbers(head.bias.iter().map(|n| n.to_le_bytes()));
        self.f32(head.temperature);
    }
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], LoadError> {
        let (taken, rest) =
            self.0.split_at_checked(length).ok_or(LoadError::Damaged { what: "it ends too early" })?;
        self.0 = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], LoadError> {
        self.take(N)?.try_into().map_err(|_| LoadError::Damaged { what: "it ends too early" })
    }

    fn u32(&mut self) -> Result<u32, LoadError> {
        Ok(u32::from_le_bytes(self.array()?))
    }

    fn f32(&mut self) -> Result<f32, LoadError> {
        Ok(f32::from_le_bytes(self.array()?))
    }

    fn numbers<const N: usize, T>(&mut self, from: fn([u8; N]) -> T) -> Result<Vec<T>, LoadError> {
        let count = self.u32()? as usize;
        let (numbers, _) = self.take(count.saturating_mul(N))?.as_chunks::<N>();
        Ok(numbers.iter().map(|n| from(*n)).collect())
    }

    fn names(&mut self) -> Result<Vec<String>, LoadError> {
        let bad = |_| LoadError::Damaged { what: "a name is not text" };
        (0..self.u32()?).map(|_| String::from_utf8(self.numbers(|[b]| b)?).map_err(bad)).collect()
    }

    fn head(&mut self) -> Result<Head, LoadError> {
        Ok(Head {
            class_count: self.u32()? as usize,
            scales: self.numbers(f32::from_le_bytes)?,
            rows: self.numbers(i8::from_le_bytes)?,
            bias: self.numbers(f32::from_le_bytes)?,
            temperature: self.f32()?,
        })
    }

    fn vectoriser(&mut self) -> Result<Vectoriser, LoadError> {
        let (buckets, idf) = (self.numbers(u32::from_le_bytes)?, self.numbers(f32::from_le_bytes)?);
        let rare_idf = self.f32()?;
        Ok(Vectoriser::from_parts(buckets, idf, rare_idf, self.numbers(u64::from_le_bytes)?))
    }

    fn model(&mut self) -> Result<Model, LoadError> {
        let bad = |_| LoadError::Damaged { what: "a language is not known" };
        Ok(Model {
            phrases: self.array()?,
            intents: self.names()?.into_iter().map(Arc::from).collect(),
            languages: self.names()?.iter().map(|n| n.parse().map_err(bad)).collect::<Result<_, _>>()?,
            vectoriser: self.vectoriser()?,
            intent_head: self.head()?,
            language_head: self.head()?,
            thresholds: Thresholds { strict: self.f32()?, loose: self.f32()?, coverage: self.f32()? },
        })
    }
}
