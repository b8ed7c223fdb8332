//! A model as bytes, so that a server that starts again need not train: magic, version, SHA-256, then the parts.
//! The caller keeps the file; whether it still fits the phrases, [`Model::fits`] says.

use std::sync::Arc;

use ndarray::{Array1, Array2};
use sha2::{Digest, Sha256};
use ventanilla_encoder::{Encoder, FlatIndex};
use ventanilla_values::Lang;

use crate::calibrate::{Calibration, Gate, Strictness};
use crate::fusion::Fusion;
use crate::lexical::Lexical;
use crate::lexical::features::{BUCKETS, TRIGRAM_BUCKETS};
use crate::lexical::head::Head;
use crate::lexical::train::stride;
use crate::lexical::vectoriser::Vectoriser;
use crate::model::{Model, Phrase};
use crate::phrases::LanguagePack;
use crate::reading::Reader as TextReader;
use crate::roles::Roles;
use crate::semantic::Semantic;
use crate::semantic::dense::DenseHead;
use crate::semantic::nearest::Nearest;

const MAGIC: &[u8; 8] = b"VTNINTEN";
/// Goes up whenever features, layout or meaning change: an old file is then trained anew, never misread.
const VERSION: u32 = 4;

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
    #[error(
        "the saved model reads with another encoder than this server has; train again: ventanilla intents train --out FILE"
    )]
    OtherEncoder,
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

    /// `encoder` is what the server has. A model with a semantic head needs the one it was trained with; a model
    /// without is not for a server that has one.
    pub fn load(bytes: &[u8], encoder: Option<Arc<dyn Encoder>>) -> Result<Self, LoadError> {
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
        if reader.names()?.concat() != encoder.as_ref().map_or("", |encoder| encoder.fingerprint()) {
            return Err(LoadError::OtherEncoder);
        }
        let model = reader.model(encoder)?;
        model
            .consistent()
            .then_some(model)
            .ok_or(LoadError::Damaged { what: "its parts do not fit together" })
    }

    fn body(&self) -> Vec<u8> {
        let mut out = Writer(Vec::new());
        out.names(self.encoder.iter().map(|encoder| encoder.fingerprint()).collect::<Vec<_>>().into_iter());
        out.0.extend_from_slice(&self.phrase_hash);
        out.names(self.intents.iter().map(|name| &**name));
        out.names(self.languages.iter().map(|lang| lang.as_str()));
        out.phrases(&self.phrases);
        out.names(self.reader.misspelt().into_iter());
        let packs = self.reader.packs();
        out.names(packs.iter().map(|pack| pack.lang.as_str()));
        out.names(packs.iter().map(|pack| pack.text.as_str()));
        out.lexical(&self.lexical);
        if let Some(semantic) = &self.semantic {
            out.semantic(semantic);
        }
        out.calibration(&self.calibration);
        out.0
    }

    fn consistent(&self) -> bool {
        let (buckets, idf, _, trigrams) = self.lexical.vectoriser.parts();
        let (head, classes) = (&self.lexical.head, self.intents.len());
        idf.len() == buckets.len()
            && buckets.iter().all(|bucket| (*bucket as usize) < BUCKETS)
            && trigrams.len() == TRIGRAM_BUCKETS / 64
            && head.class_count == classes
            && head.bias.len() == classes
            && head.scales.len() == buckets.len()
            && head.rows.len() == buckets.len() * stride(classes)
            && self.phrases.iter().all(|phrase| phrase.intent < classes)
            && self.semantic.as_ref().is_none_or(|semantic| self.semantic_fits(semantic))
    }

    fn semantic_fits(&self, semantic: &Semantic) -> bool {
        let dimensions = self.encoder.as_ref().map_or(0, |encoder| encoder.dimensions());
        let Nearest { index, classes, .. } = &semantic.nearest;
        semantic.mean.len() == dimensions
            && semantic.head.weights.dim() == (dimensions, self.intents.len())
            && semantic.head.bias.len() == self.intents.len()
            && index.dimensions() == dimensions
            && index.len() == self.phrases.len()
            && classes.len() == index.len()
            && classes.iter().all(|class| usize::from(*class) < self.intents.len())
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

    fn floats<'a>(&mut self, numbers: impl IntoIterator<Item = &'a f32>) {
        self.numbers(numbers.into_iter().map(|n| n.to_le_bytes()).collect::<Vec<_>>().into_iter());
    }

    fn phrases(&mut self, phrases: &[Phrase]) {
        self.names(phrases.iter().map(|phrase| phrase.text.as_str()));
        self.names(phrases.iter().map(|phrase| phrase.lang.as_str()));
        self.numbers(phrases.iter().map(|phrase| (phrase.intent as u32).to_le_bytes()));
    }

    fn lexical(&mut self, lexical: &Lexical) {
        let (buckets, idf, rare_idf, trigrams) = lexical.vectoriser.parts();
        self.numbers(buckets.iter().map(|n| n.to_le_bytes()));
        self.floats(idf);
        self.f32(rare_idf);
        self.numbers(trigrams.iter().map(|n| n.to_le_bytes()));
        let head = &lexical.head;
        self.u32(head.class_count);
        self.floats(&head.scales);
        self.numbers(head.rows.iter().map(|n| n.to_le_bytes()));
        self.floats(&head.bias);
    }

    fn semantic(&mut self, semantic: &Semantic) {
        self.floats(&semantic.mean);
        self.floats(&semantic.head.weights);
        self.floats(&semantic.head.bias);
        let Nearest { index, classes, .. } = &semantic.nearest;
        let rows: Vec<(Vec<i8>, f32)> = (0..index.len()).map(|number| index.row(number)).collect();
        let bytes: Vec<i8> = rows.iter().flat_map(|(bytes, _)| bytes).copied().collect();
        self.numbers(bytes.iter().map(|n| n.to_le_bytes()));
        self.floats(rows.iter().map(|(_, scale)| scale));
        self.numbers(classes.iter().map(|n| n.to_le_bytes()));
    }

    fn calibration(&mut self, Calibration { fusion, both, alone }: &Calibration) {
        let Fusion { lexical_temperature, semantic_temperature, lexical_share, temperature } = fusion;
        self.floats([lexical_temperature, semantic_temperature, lexical_share, temperature]);
        for Gate { strict, loose, reliable } in [both, alone] {
            self.floats(strict.iter().chain(loose).chain([reliable]));
        }
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

    fn lexical(&mut self) -> Result<Lexical, LoadError> {
        let (buckets, idf) = (self.numbers(u32::from_le_bytes)?, self.numbers(f32::from_le_bytes)?);
        let rare_idf = self.f32()?;
        let vectoriser = Vectoriser::from_parts(buckets, idf, rare_idf, self.numbers(u64::from_le_bytes)?);
        let head = Head {
            class_count: self.u32()? as usize,
            scales: self.numbers(f32::from_le_bytes)?,
            rows: self.numbers(i8::from_le_bytes)?,
            bias: self.numbers(f32::from_le_bytes)?,
        };
        Ok(Lexical { vectoriser, head })
    }

    fn semantic(&mut self) -> Result<Semantic, LoadError> {
        let bad = |_| LoadError::Damaged { what: "the semantic head has no shape" };
        let mean: Vec<f32> = self.numbers(f32::from_le_bytes)?;
        let (weights, bias) = (self.numbers(f32::from_le_bytes)?, self.numbers(f32::from_le_bytes)?);
        let weights = Array2::from_shape_vec((mean.len(), bias.len()), weights).map_err(bad)?;
        let bytes: Vec<i8> = self.numbers(i8::from_le_bytes)?;
        let scales: Vec<f32> = self.numbers(f32::from_le_bytes)?;
        let classes: Vec<u16> = self.numbers(u16::from_le_bytes)?;
        let mut rows = bytes.chunks_exact(mean.len().max(1)).zip(&scales);
        let index = FlatIndex::filled(mean.len(), scales.len(), |to| {
            if let Some((row, scale)) = rows.next() {
                to.iter_mut().zip(row).for_each(|(to, byte)| *to = f32::from(*byte) * scale);
            }
        });
        let nearest = Nearest::from_parts(index, classes);
        Ok(Semantic { mean, head: DenseHead { weights, bias: Array1::from_vec(bias) }, nearest })
    }

    fn languages(&mut self) -> Result<Vec<Lang>, LoadError> {
        let bad = |_| LoadError::Damaged { what: "a language is not known" };
        self.names()?.iter().map(|name| name.parse().map_err(bad)).collect()
    }

    fn phrases(&mut self) -> Result<Arc<[Phrase]>, LoadError> {
        let (texts, languages) = (self.names()?, self.languages()?);
        let intents = self.numbers(u32::from_le_bytes)?;
        if texts.len() != languages.len() || texts.len() != intents.len() {
            return Err(LoadError::Damaged { what: "its phrases do not fit together" });
        }
        let phrases = texts.into_iter().zip(languages).zip(intents);
        Ok(phrases.map(|((text, lang), intent)| Phrase { text, lang, intent: intent as usize }).collect())
    }

    fn calibration(&mut self) -> Result<Calibration, LoadError> {
        let bad = LoadError::Damaged { what: "its calibration is not whole" };
        let mut rows = [self.floats()?, self.floats()?, self.floats()?].into_iter();
        let (Some(fusion), Some(both), Some(alone)) = (rows.next(), rows.next(), rows.next()) else {
            return Err(bad);
        };
        let &[lexical_temperature, semantic_temperature, lexical_share, temperature] = fusion.as_slice()
        else {
            return Err(bad);
        };
        let gate = |row: &[f32]| match *row {
            [a, b, c, d, e, f, reliable] => Some(Gate { strict: [a, b, c], loose: [d, e, f], reliable }),
            _ => None,
        };
        let fusion = Fusion { lexical_temperature, semantic_temperature, lexical_share, temperature };
        match (gate(&both), gate(&alone)) {
            (Some(both), Some(alone)) => Ok(Calibration { fusion, both, alone }),
            _ => Err(bad),
        }
    }

    fn floats(&mut self) -> Result<Vec<f32>, LoadError> {
        self.numbers(f32::from_le_bytes)
    }

    fn model(&mut self, encoder: Option<Arc<dyn Encoder>>) -> Result<Model, LoadError> {
        let phrase_hash = self.array()?;
        let intents: Vec<Arc<str>> = self.names()?.into_iter().map(Arc::from).collect();
        let languages = self.languages()?;
        let phrases = self.phrases()?;
        let misspelt = self.names()?;
        let packs: Vec<LanguagePack> = self
            .languages()?
            .into_iter()
            .zip(self.names()?)
            .map(|(lang, text)| LanguagePack { lang, text })
            .collect();
        Ok(Model {
            phrase_hash,
            roles: Roles::of(&intents),
            intents,
            languages,
            reader: Arc::new(TextReader::again(&phrases, &packs, &misspelt)),
            phrases,
            lexical: self.lexical()?,
            semantic: encoder.is_some().then(|| self.semantic()).transpose()?,
            calibration: self.calibration()?,
            strictness: Strictness::default(),
            encoder,
        })
    }
}
