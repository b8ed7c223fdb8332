//! Writes the files that other libraries read, with the very weights of ours:
//! `cargo run --release -p ventanilla-encoder --example export_weights -- FILE.vte FOLDER`

use std::path::Path;

use ventanilla_encoder::{Parts, export::hugging_face};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let [from, to] = arguments.as_slice() else { return Err("FILE.vte FOLDER".into()) };
    let made = hugging_face(&Parts::read(&std::fs::read(from)?)?)?;
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
