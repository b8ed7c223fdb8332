//! Writes a model's folder: weights as GGUF, tokenizer and sizes beside them, the manifest last.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use candle_core::Tensor;
use candle_core::quantized::{GgmlDType, QTensor, gguf_file};

use super::ImportError;
use crate::whisper::{CONFIG, Config, MANIFEST, Manifest, TOKENIZER, WEIGHTS};

/// Where a tensor comes from, by its name on the hub.
pub(super) type Source<'a> = dyn Fn(&str) -> Result<Tensor, ImportError> + 'a;

pub(super) fn folder(
    into: &Path,
    config: &Config,
    tokenizer: &[u8],
    source: &str,
    tensors: &Source<'_>,
) -> Result<Manifest, ImportError> {
    let failed = |name: &str| {
        let file = into.join(name);
        move |source| ImportError::Io { file, source }
    };
    std::fs::create_dir_all(into).map_err(failed(""))?;
    // An older import of the same folder is not to be trusted while its files are being replaced.
    if into.join(MANIFEST).exists() {
        std::fs::remove_file(into.join(MANIFEST)).map_err(failed(MANIFEST))?;
    }
    weights(&into.join(WEIGHTS), config, tensors)?;
    std::fs::write(into.join(TOKENIZER), tokenizer).map_err(failed(TOKENIZER))?;
    let sizes = serde_json::to_vec_pretty(config).map_err(|error| failed(CONFIG)(error.into()))?;
    std::fs::write(into.join(CONFIG), sizes).map_err(failed(CONFIG))?;
    Manifest::write(into, "whisper-base", source, &[WEIGHTS, TOKENIZER, CONFIG]).map_err(failed(MANIFEST))
}

fn weights(path: &Path, config: &Config, tensors: &Source<'_>) -> Result<(), ImportError> {
    let mut made = Vec::new();
    for (name, dims) in config.tensors() {
        let tensor = tensors(&name)?;
        if tensor.dims() != dims {
            return Err(ImportError::Shape { what: name });
        }
        let packed = QTensor::quantize(&tensor, kind(&name, &dims)).map_err(ImportError::Quantise)?;
        made.push((name, packed));
    }
    let listed: Vec<(&str, &QTensor)> = made.iter().map(|(name, packed)| (name.as_str(), packed)).collect();
    let file = File::create(path).map_err(|source| ImportError::Io { file: path.into(), source })?;
    gguf_file::write(&mut BufWriter::new(file), &[], &listed).map_err(ImportError::Quantise)
}

/// Matrices that are multiplied with become 8-bit blocks of 32 numbers; what is added, and the convolutions, whose
/// rows are not multiples of 32, stay 32-bit floats.
fn kind(name: &str, dims: &[usize]) -> GgmlDType {
    let fits = dims.len() == 2 && dims.last().is_some_and(|columns| columns.is_multiple_of(32));
    if fits && !name.contains("embed_positions") { GgmlDType::Q8_0 } else { GgmlDType::F32 }
}
