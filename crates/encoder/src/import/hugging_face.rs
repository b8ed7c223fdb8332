//! The original: `model.safetensors` and `tokenizer.json` of intfloat/multilingual-e5-small on Hugging Face.

use safetensors::{Dtype, SafeTensors};
use sha2::{Digest, Sha256};

use super::vocabulary::pick;
use super::{ImportError, Imported, LICENCE, Vocabulary, made};
use crate::{Dimensions, LayerParts, LinearParts, NormParts, Parts, q4};

/// Numbers per attention head: the file does not say how many heads there are.
const HEAD: usize = 32;
const EPSILON: f32 = 1e-12;

/// Quantises the linear steps and the embeddings to Q4_0.
///
/// # Errors
/// When the files cannot be read, or are of another kind of model.
pub fn hugging_face(
    safetensors: &[u8],
    tokenizer_json: &[u8],
    vocabulary: Vocabulary,
) -> Result<Imported, ImportError> {
    let tensors = SafeTensors::deserialize(safetensors)
        .map_err(|error| ImportError::content(format!("model.safetensors: {error}")))?;
    let pieces = pieces(tokenizer_json)?;
    let ids = vocabulary.choose(&pieces)?;
    let model = Original { tensors };
    let parts = model.parts(&pieces, &ids)?;
    Ok(made(&parts, pieces.len(), hex::encode(Sha256::digest(safetensors)))?)
}

/// `model.vocab` is a list of [piece, score].
pub(crate) fn pieces(tokenizer_json: &[u8]) -> Result<Vec<(String, f32)>, ImportError> {
    let refused = |what: String| ImportError::content(format!("tokenizer.json: {what}"));
    let json: serde_json::Value =
        serde_json::from_slice(tokenizer_json).map_err(|error| refused(error.to_string()))?;
    let model = &json["model"];
    if model["type"] != "Unigram" || model["unk_id"] != 3 {
        return Err(refused("it is not the Unigram vocabulary of multilingual-e5-small".to_owned()));
    }
    let vocabulary: Vec<(String, f32)> =
        serde_json::from_value(model["vocab"].clone()).map_err(|error| refused(error.to_string()))?;
    Ok(vocabulary)
}

struct Original<'a> {
    tensors: SafeTensors<'a>,
}

impl Original<'_> {
    fn parts(&self, pieces: &[(String, f32)], ids: &[usize]) -> Result<Parts<'static>, ImportError> {
        let dimensions = self.dimensions()?;
        dimensions.check()?;
        Ok(Parts {
            dimensions,
            licence: LICENCE.to_owned(),
            pieces: pick(pieces, ids),
            words: self.words(dimensions.hidden, ids)?.into(),
            positions: self.positions(dimensions.hidden)?,
            norm: self.norm("embeddings.LayerNorm")?,
            layers: (0..dimensions.layers).map(|i| self.layer(i)).collect::<Result<_, _>>()?,
        })
    }

    fn dimensions(&self) -> Result<Dimensions, ImportError> {
        let [positions, hidden] = self.shape("embeddings.position_embeddings.weight")?;
        let [intermediate, _] = self.shape("encoder.layer.0.intermediate.dense.weight")?;
        let last = |name: &str| name.strip_prefix("encoder.layer.")?.split('.').next()?.parse::<usize>().ok();
        let layers = self.tensors.iter().filter_map(|(name, _)| last(name)).max().map_or(0, |last| last + 1);
        Ok(Dimensions { hidden, layers, heads: hidden / HEAD, intermediate, positions, epsilon: EPSILON })
    }

    fn words(&self, hidden: usize, ids: &[usize]) -> Result<Vec<u8>, ImportError> {
        let words = self.floats("embeddings.word_embeddings.weight")?;
        let rows: Vec<&[f32]> = words.chunks_exact(hidden).collect();
        Ok(pick(&rows, ids).into_iter().flat_map(q4::pack).collect())
    }

    /// Of position and of the first token type, the only one that is used.
    fn positions(&self, hidden: usize) -> Result<Vec<f32>, ImportError> {
        let mut positions = self.floats("embeddings.position_embeddings.weight")?;
        let kinds = self.floats("embeddings.token_type_embeddings.weight")?;
        for row in positions.chunks_mut(hidden) {
            row.iter_mut().zip(&kinds).for_each(|(number, kind)| *number += kind);
        }
        Ok(positions)
    }

    fn layer(&self, layer: usize) -> Result<LayerParts<'static>, ImportError> {
        let linear = |name: &str| self.linear(&format!("encoder.layer.{layer}.{name}"));
        let norm = |name: &str| self.norm(&format!("encoder.layer.{layer}.{name}"));
        Ok(LayerParts {
            query: linear("attention.self.query")?,
            key: linear("attention.self.key")?,
            value: linear("attention.self.value")?,
            attended: linear("attention.output.dense")?,
            attention_norm: norm("attention.output.LayerNorm")?,
            widen: linear("intermediate.dense")?,
            narrow: linear("output.dense")?,
            output_norm: norm("output.LayerNorm")?,
        })
    }

    fn linear(&self, name: &str) -> Result<LinearParts<'static>, ImportError> {
        let weights = q4::pack(&self.floats(&format!("{name}.weight"))?).into();
        Ok(LinearParts { weights, biases: self.floats(&format!("{name}.bias"))? })
    }

    fn norm(&self, name: &str) -> Result<NormParts, ImportError> {
        let weights = self.floats(&format!("{name}.weight"))?;
        Ok(NormParts { weights, biases: self.floats(&format!("{name}.bias"))? })
    }

    fn shape(&self, name: &str) -> Result<[usize; 2], ImportError> {
        let shape = self.tensor(name)?.shape().to_vec();
        shape.try_into().map_err(|_| ImportError::content(format!("{name} is no table")))
    }

    fn floats(&self, name: &str) -> Result<Vec<f32>, ImportError> {
        let tensor = self.tensor(name)?;
        let data = tensor.data();
        match tensor.dtype() {
            Dtype::F32 => Ok(data.as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect()),
            Dtype::F16 => {
                Ok(data.as_chunks().0.iter().map(|bytes| q4::half_to(u16::from_le_bytes(*bytes))).collect())
            }
            other => Err(ImportError::content(format!("{name} has numbers of kind {other:?}"))),
        }
    }

    fn tensor(&self, name: &str) -> Result<safetensors::tensor::TensorView<'_>, ImportError> {
        self.tensors.tensor(name).map_err(|_| ImportError::content(format!("{name} is missing")))
    }
}
