//! Trains on one file of JSON lines and evaluates on another:
//! `cargo run --release -p ventanilla-intents --example eval_jsonl -- --train train.jsonl --data test.jsonl`

#![expect(clippy::print_stdout, reason = "an example talks to the terminal")]

use std::error::Error;
use std::time::{Duration, Instant};

use ventanilla_encoder::E5;
use ventanilla_intents::{Embeddings, PhraseBook, Report, TrainOptions, Training, Understanding, read_jsonl};

fn main() -> Result<(), Box<dyn Error>> {
    let mut options = TrainOptions::default();
    if let Some(epochs) = argument("--epochs") {
        options.epochs = epochs.parse()?;
    }
    let read = |name: &str| -> Result<_, Box<dyn Error>> {
        let path = argument(name).ok_or_else(|| format!("say which file: {name} FILE.jsonl"))?;
        Ok(read_jsonl(&std::fs::read_to_string(&path)?).map_err(|e| format!("{path}: {e}"))?)
    };
    let (train, data) = (read("--train")?, read("--data")?);
    let started = Instant::now();
    let book = PhraseBook::from_labelled(&train);
    let mut embeddings = encoder()?;
    let training = Training::prepare(&book, embeddings.as_mut(), &options);
    println!("prepared in {:.2} s", started.elapsed().as_secs_f32());
    let fitted = std::time::Instant::now();
    let model = training.fit();
    println!("fitted in {:.2} s", fitted.elapsed().as_secs_f32());
    let model = training.calibrate(model);
    if let (Some(embeddings), Some(file)) = (&embeddings, cache()) {
        std::fs::write(file, embeddings.to_bytes())?;
    }
    println!(
        "trained on {} in {:.2} s, {:?}",
        train.len(),
        started.elapsed().as_secs_f32(),
        model.thresholds()
    );
    let data: Vec<_> = match argument("--noise") {
        Some(noise) => {
            let noise: ventanilla_intents::Noise = noise.parse()?;
            let noisy = |(i, one): (usize, &ventanilla_intents::Labelled)| {
                ventanilla_intents::Labelled::new(noise.apply(&one.text, i as u64), one.intent.as_str())
            };
            data.iter().enumerate().map(noisy).collect()
        }
        None => data,
    };
    if let Some(file) = argument("--dump") {
        let mut out = String::new();
        for one in &data {
            let danger = model.explain(&one.text).danger;
            out += &serde_json::json!({"y": one.intent, "e": danger}).to_string();
            out += "\n";
        }
        std::fs::write(file, out)?;
    }
    let timed: Vec<(Understanding, Duration)> = data
        .iter()
        .map(|labelled| {
            let started = Instant::now();
            (model.understand(&labelled.text), started.elapsed())
        })
        .collect();
    let (answers, times): (Vec<_>, Vec<_>) = timed.into_iter().unzip();
    let known: Vec<&str> = model.intents().iter().map(|name| &**name).collect();
    println!("{}", Report::of(&data, &answers, &known).with_timing(&times));
    Ok(())
}

fn argument(name: &str) -> Option<String> {
    std::env::args().skip_while(|argument| argument != name).nth(1)
}

fn cache() -> Option<String> {
    argument("--cache")
}

fn encoder() -> Result<Option<Embeddings>, Box<dyn Error>> {
    let Some(file) = argument("--encoder") else { return Ok(None) };
    let encoder = std::sync::Arc::new(E5::from_bytes(&std::fs::read(file)?)?);
    Ok(Some(match cache().and_then(|file| std::fs::read(file).ok()) {
        Some(bytes) => Embeddings::from_bytes(encoder, &bytes),
        None => Embeddings::new(encoder),
    }))
}
