//! The same model by ONNX Runtime: for a town that has it already, or wants the original in `f32`. Never the default.
//!
//! The library, `libonnxruntime.so` of 1.22 or later, is looked for when the program runs: in `ORT_DYLIB_PATH`, else
//! where the system keeps libraries. It is told not to report to its maker.

use std::sync::{Mutex, PoisonError};

use ort::session::Session;
use ort::value::Tensor;
use sha2::{Digest, Sha256};

use crate::import::{ImportError, pieces};
use crate::tokens::Tokens;
use crate::{Encoder, MAX_TOKENS};

/// Why the model could not be read.
#[derive(Debug, thiserror::Error)]
pub enum OnnxError {
    /// `tokenizer.json` is not the one of this model.
    #[error(transparent)]
    Tokenizer(#[from] ImportError),
    /// ONNX Runtime is missing or does not take the model.
    #[error("ONNX Runtime does not take the model: {0} (is ORT_DYLIB_PATH right?)")]
    Runtime(#[from] ort::Error),
    /// The model gives something else.
    #[error("the model does not give last_hidden_state")]
    Output,
}

/// multilingual-e5-small in ONNX Runtime, on one thread.
pub struct Onnx {
    tokens: Tokens,
    session: Mutex<Session>,
    /// Whether the model asks for the kind of each token, which is always 0.
    asks_kinds: bool,
    dimensions: usize,
    fingerprint: String,
}

impl Onnx {
    /// Takes the bytes of `model.onnx` and `tokenizer.json` of intfloat/multilingual-e5-small.
    ///
    /// # Errors
    /// When the library is not found, or a file is of another model.
    pub fn from_bytes(model: &[u8], tokenizer_json: &[u8]) -> Result<Self, OnnxError> {
        let tokens = Tokens::new(&pieces(tokenizer_json)?).map_err(ImportError::from)?;
        let environment = ort::init().with_telemetry(false).build()?;
        let mut builder = Session::builder(&environment)?.with_intra_threads(1).map_err(ort::Error::from)?;
        let session = builder.commit_from_memory(model)?;
        let asks_kinds = session.inputs().iter().any(|input| input.name() == "token_type_ids");
        let fingerprint = format!("onnx-1-{}", hex::encode(Sha256::digest(model)));
        let mut made = Self { tokens, session: Mutex::new(session), asks_kinds, dimensions: 0, fingerprint };
        made.dimensions = made.forward("")?.len();
        Ok(made)
    }

    fn forward(&self, text: &str) -> Result<Vec<f32>, OnnxError> {
        let ids: Vec<i64> = self.tokens.ids(text, MAX_TOKENS).into_iter().map(i64::from).collect();
        let count = ids.len();
        let tensor = |numbers: Vec<i64>| Tensor::from_array(([1, count], numbers));
        let mut inputs = ort::inputs! {
            "input_ids" => tensor(ids)?,
            "attention_mask" => tensor(vec![1; count])?,
        };
        if self.asks_kinds {
            inputs.push(("token_type_ids".into(), tensor(vec![0; count])?.into()));
        }
        let mut session = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        let outputs = session.run(inputs)?;
        let output = outputs.get("last_hidden_state").ok_or(OnnxError::Output)?;
        let (_, numbers) = output.try_extract_tensor::<f32>()?;
        Ok(crate::model::unit_mean(numbers, numbers.len() / count))
    }
}

impl Encoder for Onnx {
    fn dimensions(&self) -> usize {
        self.dimensions
    }

    fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// All zeros when ONNX Runtime fails, which it only does when memory runs out.
    fn embed(&self, text: &str) -> Vec<f32> {
        self.forward(text).unwrap_or_else(|_| vec![0.0; self.dimensions])
    }
}

impl std::fmt::Debug for Onnx {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Onnx").field("fingerprint", &self.fingerprint).finish_non_exhaustive()
    }
}
