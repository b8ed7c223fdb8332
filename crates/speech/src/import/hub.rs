//! The hub's own files of `openai/whisper-base`: `model.safetensors`, `tokenizer.json`, `config.json`.

use std::collections::HashMap;
use std::path::Path;

use candle_core::{DType, Device, Tensor};

use super::{ImportError, is_whisper, write};
use crate::whisper::{Config, Manifest};

const SOURCE: &str = "Hugging Face openai/whisper-base, model.safetensors";

/// Turns a folder with the hub's `model.safetensors`, `tokenizer.json` and `config.json` into the folder `into`. The
/// caller has downloaded the files at a commit it trusts: they are checked for shape here, not for origin.
///
/// # Errors
/// [`ImportError`], naming what is missing or damaged.
pub fn whisper_from_hub(from: &Path, into: &Path) -> Result<Manifest, ImportError> {
    let damaged = |name: &str| ImportError::Damaged { file: name.into() };
    let config: Config =
        serde_json::from_slice(&read(from, "config.json")?).map_err(|_| damaged("config.json"))?;
    is_whisper(&config)?;
    let weights = read(from, "model.safetensors")?;
    let tensors = candle_core::safetensors::load_buffer(&weights, &Device::Cpu)
        .map_err(|_| damaged("model.safetensors"))?;
    drop(weights);
    let tokenizer = read(from, "tokenizer.json")?;
    write::folder(into, &config, &tokenizer, SOURCE, &|name: &str| named(&tensors, name))
}

fn named(tensors: &HashMap<String, Tensor>, name: &str) -> Result<Tensor, ImportError> {
    let tensor = tensors.get(name).ok_or_else(|| ImportError::Missing { what: name.into() })?;
    tensor.to_dtype(DType::F32).map_err(ImportError::Quantise)
}

fn read(folder: &Path, name: &str) -> Result<Vec<u8>, ImportError> {
    let path = folder.join(name);
    std::fs::read(&path).map_err(|source| match source.kind() {
        std::io::ErrorKind::NotFound => ImportError::Missing { what: path.display().to_string() },
        _ => ImportError::Io { file: path, source },
    })
}
