//! The same weights by other libraries, in `f32`: how much of a vector does our arithmetic in 8 bits cost? Only with
//! the features `rust-bert` and `onnx`, so only where there is libtorch or ONNX Runtime; `docs/ENCODERS.md` says how
//! to get them, and what was measured. The cutting is ours on both sides; `reference.rs` compares it with the original's.
#![cfg(any(feature = "rust-bert", feature = "onnx"))]

mod common;

use std::path::PathBuf;

use common::{SENTENCES, cosine, weights};
#[cfg(feature = "rust-bert")]
use ventanilla_encoder::Parts;
use ventanilla_encoder::{E5, Encoder, Kernel};

/// 36 messages as they come: one word and 200 words, three languages, capitals, emoji, accents, other scripts.
const VARIED: &str = include_str!("reference/varied.txt");

/// Says least, median and mean for every kernel of this processor but the scalar ones, which are slow and the same to
/// the bit as others (`kernels/tests.rs`), and asks for 0.998 on all 56.
fn same_vectors(weights: &[u8], other: &dyn Encoder) {
    let messages: Vec<&str> = SENTENCES.lines().chain(VARIED.lines()).collect();
    let theirs: Vec<Vec<f32>> = messages.iter().map(|message| other.embed(message)).collect();
    let mut failed = Vec::new();
    for kernel in Kernel::available() {
        if matches!(kernel, Kernel::Scalar7 | Kernel::Scalar8) && kernel != Kernel::best() {
            continue;
        }
        let ours = E5::with_kernel(weights, kernel).expect("the weights are ours");
        let pairs = messages.iter().zip(&theirs);
        let found: Vec<f32> = pairs.map(|(message, theirs)| cosine(&ours.embed(message), theirs)).collect();
        say(kernel, &found);
        let below = found.iter().zip(&messages).filter(|(cosine, _)| cosine.is_nan() || **cosine < 0.998);
        failed.extend(below.map(|(cosine, message)| format!("{kernel} {cosine}: {message}")));
    }
    assert!(failed.is_empty(), "{failed:#?}");
}

fn say(kernel: Kernel, cosines: &[f32]) {
    let mut sorted = cosines.to_vec();
    sorted.sort_by(f32::total_cmp);
    let (count, mean) = (sorted.len(), sorted.iter().sum::<f32>() / sorted.len() as f32);
    let [least, median] = [0, count / 2].map(|place: usize| sorted[place]);
    eprintln!("{kernel}, {count} messages: cosine at least {least:.5}, median {median:.5}, mean {mean:.5}");
}

/// What the example `export_weights` wrote, of our weights or of the package.
fn exported() -> Option<PathBuf> {
    std::env::var_os("VENTANILLA_E5_EXPORTED").map(PathBuf::from)
}

/// Without `$VENTANILLA_E5_EXPORTED` our weights are written here and now.
#[cfg(feature = "rust-bert")]
#[test]
fn rust_bert_makes_the_same_vectors() {
    use ventanilla_encoder::rust_bert::RustBert;
    let Some(weights) = weights() else { return };
    if let Some(folder) = exported() {
        return same_vectors(&weights, &RustBert::from_folder(&folder).unwrap());
    }
    let files = ventanilla_encoder::export::hugging_face(&Parts::read(&weights).unwrap()).unwrap();
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("exported");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("config.json"), files.config).unwrap();
    std::fs::write(folder.join("model.safetensors"), files.safetensors).unwrap();
    std::fs::write(folder.join("tokenizer.json"), files.tokenizer).unwrap();
    let other = RustBert::from_folder(&folder);
    std::fs::remove_dir_all(folder).unwrap();
    same_vectors(&weights, &other.unwrap());
}

/// Needs ONNX Runtime, and a `model.onnx` that `tools/make_onnx.py` made of what was exported.
#[cfg(feature = "onnx")]
#[test]
fn onnx_runtime_makes_the_same_vectors() {
    use ventanilla_encoder::onnx::Onnx;
    let Some(weights) = weights() else { return };
    let Some(folder) = exported() else {
        return eprintln!("NOT CHECKED: VENTANILLA_E5_EXPORTED is not set");
    };
    let Ok(model) = std::fs::read(folder.join("model.onnx")) else {
        return eprintln!("NOT CHECKED: there is no model.onnx in {}", folder.display());
    };
    let tokenizer = std::fs::read(folder.join("tokenizer.json")).unwrap();
    same_vectors(&weights, &Onnx::from_bytes(&model, &tokenizer).unwrap());
}
