//! What the encoder's layers make of texts, for tools/train_ear.py:
//! `cargo run --release -p ventanilla-intents --example ear_layers -- --phrases FOLDER --encoder FILE.vte --out FILE
//! [--noise light|heavy] DATA.jsonl ...`
//!
//! Writes FILE.jsonl (of each text its intent and how many pieces it has, in order: first the phrases of the folder, then
//! the data) and FILE.bf16 (of each piece 384 numbers for each of the layers, the upper half of an f32). Texts are mended
//! as those of citizens are. Some 50 kB a text.

#![expect(clippy::print_stdout, reason = "an example talks to the terminal")]

use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::thread;

use ventanilla_encoder::{E5, Encoder};
use ventanilla_intents::{Labelled, Noise, PhraseBook, Speller, load, read_jsonl};
use ventanilla_values::SourceFile;

/// Measured on the development sets: three or ten layers are the same within what chance does. Counted from 1; those of
/// tools/train_ear.py.
const LAYERS: [usize; 4] = [12, 10, 8, 6];

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
    let each = LAYERS.len() * encoder.dimensions();
    let mut to = std::io::BufWriter::new(std::fs::File::create(format!("{out}.bf16"))?);
    let mut pieces = Vec::new();
    let threads = thread::available_parallelism().map_or(1, usize::from);
    for some in numbered.chunks(1024) {
        let share = some.len().div_ceil(threads);
        let parts: Vec<Vec<Vec<f32>>> = thread::scope(|scope| {
            let started: Vec<_> =
                some.chunks(share).map(|part| scope.spawn(|| part.iter().map(of).collect())).collect();
            started.into_iter().map(|part| part.join().unwrap_or_default()).collect()
        });
        for numbers in parts.into_iter().flatten() {
            pieces.push(numbers.len() / each);
            for number in numbers {
                to.write_all(&upper_half(number).to_le_bytes())?;
            }
        }
    }
    let line = |(one, pieces): (&Labelled, usize)| {
        serde_json::json!({"intent": one.intent, "pieces": pieces}).to_string() + "\n"
    };
    std::fs::write(format!("{out}.jsonl"), all.iter().zip(pieces).map(line).collect::<String>())?;
    println!("{} texts, encoder {}", all.len(), encoder.fingerprint());
    Ok(())
}

/// To the nearest that has no lower half.
fn upper_half(number: f32) -> u16 {
    let bits = number.to_bits();
    let rounded = bits.saturating_add(0x7fff + ((bits >> 16) & 1));
    u16::from_le_bytes([rounded.to_le_bytes()[2], rounded.to_le_bytes()[3]])
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
