//! How long the classifier needs with the repository's own phrases, as one line of JSON:
//! `cargo run --release -p ventanilla-intents --example bench_intents [-- --encoder FILE.vte [--vectors FILE]]`
//!
//! `--vectors`: the vectors that a server kept (phrases.embeddings), so that only those of new phrases are made.
//! `embed_seconds`: the vectors of all phrases, made once and kept. `train_seconds`: both heads, the vectors being there
//! already. `calibrate_seconds`: the folds that come after it. `rss_mb`: memory of the process at the end.
//!
//! `--save FILE` keeps the model that was made; `--load FILE` measures a process that only loads it and answers 300
//! messages, as a server does after its first day: `load_seconds` and `rss_mb`.

#![expect(clippy::print_stdout, reason = "an example talks to the terminal")]

use std::error::Error;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::json;
use ventanilla_encoder::{E5, Encoder};
use ventanilla_intents::{Embeddings, Model, PhraseBook, Report, TrainOptions, Training, load};
use ventanilla_values::SourceFile;

/// Every held-out phrase is asked this often.
const ROUNDS: usize = 5;
/// So many messages are asked of a model that was loaded.
const ASKED: usize = 300;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../intents");
    if let Some(file) = value_of("--load") {
        return loaded(&file);
    }
    let (book, _) = load(&sources(&folder)?);
    let options = TrainOptions::default();
    let (mut embeddings, embed_seconds) = vectors(&book, &options)?;
    let started = Instant::now();
    let training = Training::prepare(&book, embeddings.as_mut(), &options);
    let model = training.fit();
    let train_seconds = seconds(started);
    let started = Instant::now();
    let model = training.calibrate(model);
    let calibrate_seconds = seconds(started);
    drop(training);
    drop(embeddings);
    let saved = model.save();
    if let Some(file) = value_of("--save") {
        std::fs::write(file, &saved)?;
    }
    let timing = Report::of(&[], &[], &[]).with_timing(&times(&model, &book)).timing;
    let timing = timing.ok_or("no held-out phrases")?;
    let line = json!({
        "heads": if model.has_encoder() { "words and sentences" } else { "words alone" },
        "embed_seconds": embed_seconds, "train_seconds": train_seconds, "calibrate_seconds": calibrate_seconds,
        "p50_us": tenths(timing.p50_us.into()), "p99_us": tenths(timing.p99_us.into()),
        "model_bytes": saved.len(), "rss_mb": resident(),
    });
    println!("{line}");
    Ok(())
}

fn loaded(file: &str) -> Result<(), Box<dyn Error>> {
    let encoder = value_of("--encoder").map(encoder).transpose()?;
    let started = Instant::now();
    let model = Model::load(&std::fs::read(file)?, encoder)?;
    let load_seconds = seconds(started);
    for number in 0..ASKED {
        let text =
            format!("hay un bache en la calle {number}, ya van varios que se caen y nadie viene a verlo");
        std::hint::black_box(model.understand(&text));
    }
    let heads = if model.has_encoder() { "words and sentences" } else { "words alone" };
    println!("{}", json!({ "heads": heads, "load_seconds": load_seconds, "rss_mb": resident() }));
    Ok(())
}

fn encoder(file: String) -> Result<Arc<dyn Encoder>, Box<dyn Error>> {
    Ok(Arc::new(E5::from_bytes(&std::fs::read(file)?)?))
}

/// The vectors of all phrases, and how long they took; none without `--encoder`.
fn vectors(
    book: &PhraseBook,
    options: &TrainOptions,
) -> Result<(Option<Embeddings>, Option<f64>), Box<dyn Error>> {
    let Some(file) = value_of("--encoder") else { return Ok((None, None)) };
    let encoder = encoder(file)?;
    let mut embeddings = match value_of("--vectors") {
        Some(kept) => Embeddings::from_bytes(encoder, &std::fs::read(kept)?),
        None => Embeddings::new(encoder),
    };
    let started = Instant::now();
    Training::prepare(book, Some(&mut embeddings), options);
    Ok((Some(embeddings), Some(seconds(started))))
}

fn value_of(option: &str) -> Option<String> {
    std::env::args().skip_while(|argument| argument != option).nth(1)
}

fn times(model: &Model, book: &PhraseBook) -> Vec<Duration> {
    let held_out = book.held_out();
    let mut times = Vec::new();
    for labelled in std::iter::repeat_n(&held_out, ROUNDS).flatten() {
        let started = Instant::now();
        std::hint::black_box(model.understand(std::hint::black_box(&labelled.text)));
        times.push(started.elapsed());
    }
    times
}

fn seconds(since: Instant) -> f64 {
    (since.elapsed().as_secs_f64() * 1e3).round() / 1e3
}

fn tenths(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

/// VmRSS in megabytes; 0 where there is no /proc.
fn resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    tenths(kilobytes.unwrap_or_default() / 1024.0)
}

fn sources(folder: &Path) -> Result<Vec<SourceFile>, Box<dyn Error>> {
    let mut sources = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "yaml") {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            sources
                .push(SourceFile { path: format!("intents/{name}"), text: std::fs::read_to_string(&path)? });
        }
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(sources)
}
