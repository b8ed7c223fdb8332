//! The same model by rust-bert, in libtorch: a second opinion on our arithmetic, never the default. It needs libtorch
//! 2.4.0 on the machine that builds and runs it, and half a gigabyte of memory.
//!
//! Position ids of this model start at 0, so it is rust-bert's `BertModel`, not its XLM-RoBERTa, whatever the tokenizer.
//! The pieces are cut by us, from all that `tokenizer.json` has. [`crate::export`] makes the three files of our weights,
//! and `tests/second_opinion.rs` compares the vectors.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use rust_bert::bert::{BertConfig, BertEmbeddings, BertModel};
use sha2::{Digest, Sha256};
use tch::{Device, Kind, TchError, Tensor, nn};

use crate::import::{ImportError, pieces};
use crate::tokens::Tokens;
use crate::{Encoder, MAX_TOKENS};

/// Why the model could not be read.
#[derive(Debug, thiserror::Error)]
pub enum RustBertError {
    /// A file is not there.
    #[error("{path} cannot be read: {source}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// `config.json` is not one of BERT.
    #[error("config.json is not one of BERT: {0}")]
    Config(#[from] serde_json::Error),
    /// `tokenizer.json` is not the one of this model.
    #[error(transparent)]
    Tokenizer(#[from] ImportError),
    /// libtorch does not take the weights.
    #[error("libtorch does not take model.safetensors: {0}")]
    Weights(#[from] TchError),
}

/// multilingual-e5-small in libtorch, in `f32`, on one thread of the processor: where others are at work, several wait
/// for each other and take ten times as long. libtorch has one number of threads for the whole program.
pub struct RustBert {
    tokens: Tokens,
    /// Tensors must not be used by two threads at once.
    model: Mutex<BertModel<BertEmbeddings>>,
    dimensions: usize,
    fingerprint: String,
}

impl RustBert {
    /// Reads `config.json`, `model.safetensors` and `tokenizer.json` of intfloat/multilingual-e5-small. The weights must
    /// have `pooler.dense`, as the original has, though it is not used.
    ///
    /// # Errors
    /// When a file is missing or of another model.
    pub fn from_folder(folder: &Path) -> Result<Self, RustBertError> {
        let read = |name: &str| {
            let path = folder.join(name);
            std::fs::read(&path).map_err(|source| RustBertError::File { path, source })
        };
        let config: BertConfig = serde_json::from_slice(&read("config.json")?)?;
        let tokens = Tokens::new(&pieces(&read("tokenizer.json")?)?).map_err(ImportError::from)?;
        let sum = hex::encode(Sha256::digest(read("model.safetensors")?));
        tch::set_num_threads(1);
        let mut store = nn::VarStore::new(Device::Cpu);
        let model = BertModel::new(store.root(), &config);
        store.load(folder.join("model.safetensors"))?;
        let dimensions = usize::try_from(config.hidden_size).unwrap_or_default();
        Ok(Self { tokens, model: Mutex::new(model), dimensions, fingerprint: format!("rust-bert-1-{sum}") })
    }

    fn forward(&self, text: &str) -> Result<Vec<f32>, Box<dyn std::error::Error>> {
        let ids: Vec<i64> = self.tokens.ids(text, MAX_TOKENS).into_iter().map(i64::from).collect();
        let ids = Tensor::from_slice(&ids).unsqueeze(0);
        let model = self.model.lock().unwrap_or_else(PoisonError::into_inner);
        let _no_gradients = tch::no_grad_guard();
        let output = model.forward_t(Some(&ids), None, None, None, None, None, None, false)?;
        let mean = output.hidden_state.f_mean_dim([1i64].as_slice(), false, Kind::Float)?;
        let length = mean.f_norm()?;
        Ok(Vec::try_from(mean.f_div(&length)?.f_squeeze()?)?)
    }
}

impl Encoder for RustBert {
    fn dimensions(&self) -> usize {
        self.dimensions
    }

    fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// All zeros when libtorch fails, which it only does when memory runs out.
    fn embed(&self, text: &str) -> Vec<f32> {
        self.forward(text).unwrap_or_else(|_| vec![0.0; self.dimensions])
    }
}

impl std::fmt::Debug for RustBert {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RustBert").field("fingerprint", &self.fingerprint).finish_non_exhaustive()
    }
}
