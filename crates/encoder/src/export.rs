//! The counterpart of [`crate::import`]: of our weights the files that other libraries read, in the layout of
//! intfloat/multilingual-e5-small on Hugging Face. So the very same weights can be run elsewhere, to compare.

use std::collections::BTreeMap;

use safetensors::tensor::{Dtype, SafeTensorError, TensorView, serialize};
use serde_json::json;

use crate::{LayerParts, LinearParts, NormParts, Parts, q4};

/// The files of a model as Hugging Face has them.
#[derive(Clone, PartialEq, Eq)]
pub struct HuggingFace {
    /// `config.json`, for BERT.
    pub config: Vec<u8>,
    /// `model.safetensors`, in `f32`: eight times as large as in 4 bits.
    pub safetensors: Vec<u8>,
    /// `tokenizer.json`: only the vocabulary, which is all that we read of one.
    pub tokenizer: Vec<u8>,
}

/// The weights as they are, unpacked. The pooler, which the layout asks for and nobody here uses, is zeros.
///
/// # Errors
/// Never, with parts that [`Parts::check`] accepts.
pub fn hugging_face(parts: &Parts<'_>) -> Result<HuggingFace, SafeTensorError> {
    let tensors = tensors(parts);
    let views = tensors.iter().map(|(name, Tensor { shape, bytes })| {
        TensorView::new(Dtype::F32, shape.clone(), bytes).map(|view| (name, view))
    });
    let safetensors = serialize(views.collect::<Result<Vec<_>, _>>()?, None)?;
    let tokenizer = json!({"model": {"type": "Unigram", "unk_id": 3, "vocab": parts.pieces}});
    Ok(HuggingFace {
        config: config(parts).to_string().into_bytes(),
        safetensors,
        tokenizer: tokenizer.to_string().into_bytes(),
    })
}

fn config(parts: &Parts<'_>) -> serde_json::Value {
    let d = parts.dimensions;
    json!({
        "model_type": "bert",
        "architectures": ["BertModel"],
        "hidden_act": "gelu",
        "hidden_size": d.hidden,
        "num_hidden_layers": d.layers,
        "num_attention_heads": d.heads,
        "intermediate_size": d.intermediate,
        "max_position_embeddings": d.positions,
        "vocab_size": parts.pieces.len(),
        "layer_norm_eps": d.epsilon,
        "type_vocab_size": 2,
        "initializer_range": 0.02,
        "attention_probs_dropout_prob": 0.0,
        "hidden_dropout_prob": 0.0,
        "pad_token_id": 1,
    })
}

pub(crate) struct Tensor {
    shape: Vec<usize>,
    bytes: Vec<u8>,
}

/// By their names on Hugging Face.
pub(crate) fn tensors(parts: &Parts<'_>) -> BTreeMap<String, Tensor> {
    let hidden = parts.dimensions.hidden;
    let mut put = Tensors::default();
    put.table("embeddings.word_embeddings.weight", &unpacked(&parts.words), parts.pieces.len());
    put.table("embeddings.position_embeddings.weight", &parts.positions, parts.dimensions.positions);
    // That of the first kind is among the positions.
    put.table("embeddings.token_type_embeddings.weight", &vec![0.0; 2 * hidden], 2);
    put.norm("embeddings.LayerNorm", &parts.norm);
    for (i, layer) in parts.layers.iter().enumerate() {
        put.layer(&format!("encoder.layer.{i}"), layer);
    }
    put.table("pooler.dense.weight", &vec![0.0; hidden * hidden], hidden);
    put.row("pooler.dense.bias", &vec![0.0; hidden]);
    put.0
}

#[derive(Default)]
struct Tensors(BTreeMap<String, Tensor>);

impl Tensors {
    fn layer(&mut self, name: &str, layer: &LayerParts<'_>) {
        self.linear(&format!("{name}.attention.self.query"), &layer.query);
        self.linear(&format!("{name}.attention.self.key"), &layer.key);
        self.linear(&format!("{name}.attention.self.value"), &layer.value);
        self.linear(&format!("{name}.attention.output.dense"), &layer.attended);
        self.norm(&format!("{name}.attention.output.LayerNorm"), &layer.attention_norm);
        self.linear(&format!("{name}.intermediate.dense"), &layer.widen);
        self.linear(&format!("{name}.output.dense"), &layer.narrow);
        self.norm(&format!("{name}.output.LayerNorm"), &layer.output_norm);
    }

    fn linear(&mut self, name: &str, linear: &LinearParts<'_>) {
        self.table(&format!("{name}.weight"), &unpacked(&linear.weights), linear.biases.len());
        self.row(&format!("{name}.bias"), &linear.biases);
    }

    fn norm(&mut self, name: &str, norm: &NormParts) {
        self.row(&format!("{name}.weight"), &norm.weights);
        self.row(&format!("{name}.bias"), &norm.biases);
    }

    fn table(&mut self, name: &str, numbers: &[f32], rows: usize) {
        self.put(name, vec![rows, numbers.len() / rows.max(1)], numbers);
    }

    fn row(&mut self, name: &str, numbers: &[f32]) {
        self.put(name, vec![numbers.len()], numbers);
    }

    fn put(&mut self, name: &str, shape: Vec<usize>, numbers: &[f32]) {
        let bytes = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
        self.0.insert(name.to_owned(), Tensor { shape, bytes });
    }
}

fn unpacked(blocks: &[u8]) -> Vec<f32> {
    let mut weights = vec![0.0; blocks.len() / q4::BYTES * q4::WEIGHTS];
    q4::unpack(blocks, &mut weights);
    weights
}

impl std::fmt::Debug for HuggingFace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "HuggingFace({} bytes)", self.safetensors.len())
    }
}
