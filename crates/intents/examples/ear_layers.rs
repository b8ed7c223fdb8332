//! What the encoder's layers make of texts, for tools/train_ear.py:
//! `cargo run --release -p ventanilla-intents --example ear_layers -- --phrases FOLDER --encoder FILE.vte --out FILE
//! [--noise light|heavy] DATA.jsonl ...`
//!
//! Writes FILE.jsonl (the intents, in order: first the phrases of the folder, then the data) and FILE.f32 (384 numbers for
//! each of twelve layers, for each). Texts are mended as those of citizens are.

#![expect(clippy::print_stdout, reason = "an example talks to the terminal")]

use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::thread;

use ventanilla_encoder::{E5, Encoder};
use ventanilla_intents::{Labelled, Noise, PhraseBook, Speller, load, read_jsonl};
use ventanilla_values::SourceFile;

const LAYERS: [usize; 12] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (mut phrases, mut encoder, mut out, mut noise, mut files) = (None, None, None, None, Vec::new());
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--phrases" => phrases = arguments.next(),
            "--encoder" => encoder = arguments.next(),
            "--out" => out = arguments.next(),
            "--noise" => noise = arguments.next(),
            _ => files.push(argument),
        }
    }
    let noise: Option<Noise> = noise.map(|noise| noise.parse()).transpose()?;
    let book =
        phrases.as_deref().map(|folder| read_folder(Path::new(folder))).transpose()?.unwrap_or_default();
    let encoder = E5::from_bytes(&std::fs::read(encoder.ok_or("--encoder FILE.vte")?)?)?;
    let out = out.ok_or("--out FILE")?;
    let mut all: Vec<Labelled> = Vec::new();
    for intent in &book.intents {
        all.extend(intent.learnt().map(|(_, text)| Labelled::new(text, &*intent.name)));
    }
    let speller = Speller::new(all.iter().map(|one| one.text.as_str()));
    for file in files {
        all.extend(read_jsonl(&std::fs::read_to_string(&file)?).map_err(|e| format!("{file}: {e}"))?);
    }
    let numbered: Vec<(usize, &Labelled)> = all.iter().enumerate().collect();
    let of = |(i, one): &(usize, &Labelled)| {
        let text = noise.as_ref().map_or_else(|| one.text.clone(), |noise| noise.apply(&one.text, *i as u64));
        encoder.embed_through(&speller.fix(&text).text, &LAYERS).1
    };
    let mut to = std::io::BufWriter::new(std::fs::File::create(format!("{out}.f32"))?);
    let threads = thread::available_parallelism().map_or(1, usize::from);
    for some in numbered.chunks(1024) {
        let share = some.len().div_ceil(threads);
        let parts: Vec<Vec<Vec<f32>>> = thread::scope(|scope| {
            let started: Vec<_> =
                some.chunks(share).map(|part| scope.spawn(|| part.iter().map(of).collect())).collect();
            started.into_iter().map(|part| part.join().unwrap_or_default()).collect()
        });
        for number in parts.into_iter().flatten().flatten() {
            to.write_all(&number.to_le_bytes())?;
        }
    }
    let labels: String =
        all.iter().map(|one| serde_json::json!({"intent": one.intent}).to_string() + "\n").collect();
    std::fs::write(format!("{out}.jsonl"), labels)?;
    println!("{} texts, encoder {}", all.len(), encoder.fingerprint());
    Ok(())
}

fn read_folder(folder: &Path) -> Result<PhraseBook, Box<dyn Error>> {
    let mut sources = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "yaml") {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            sources.push(SourceFile { path: name, text: std::fs::read_to_string(&path)? });
        }
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(load(&sources).0)
}
