//! What both tests with the real weights need.

use std::path::PathBuf;

/// 20 messages in Spanish, whose vectors are known (`reference.rs`).
pub const SENTENCES: &str = include_str!("../reference/sentences.txt");

/// `e5-small-es-en-pt.vte`; none, and a word about it, where it is not.
pub fn weights() -> Option<Vec<u8>> {
    let folder = std::env::var_os("VENTANILLA_MODELS").map(PathBuf::from);
    let folder =
        folder.or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cache/ventanilla/models")));
    let file = folder?.join("e5-small-es-en-pt.vte");
    let bytes = std::fs::read(&file).ok();
    if bytes.is_none() {
        eprintln!("NOT CHECKED: there are no weights at {}", file.display());
    }
    bytes
}

pub fn cosine(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
