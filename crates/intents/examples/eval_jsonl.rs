//! Trains on one file of JSON lines and evaluates on another:
//! `cargo run --release -p ventanilla-intents --example eval_jsonl -- --train train.jsonl --data test.jsonl`

#![expect(clippy::print_stdout, reason = "an example talks to the terminal")]

use std::error::Error;
use std::time::{Duration, Instant};

use ventanilla_intents::{Model, PhraseBook, Report, TrainOptions, Understanding, read_jsonl};

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
    let model = Model::train(&PhraseBook::from_labelled(&train), &options);
    println!(
        "trained on {} in {:.2} s, {:?}",
        train.len(),
        started.elapsed().as_secs_f32(),
        model.thresholds()
    );
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
