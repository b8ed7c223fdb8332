//! How long the classifier needs with the repository's own phrases, as one line of JSON:
//! `cargo run --release -p ventanilla-intents --example bench_intents`

#![expect(clippy::print_stdout, reason = "an example talks to the terminal")]

use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

use ventanilla_intents::{Model, Report, TrainOptions, load};
use ventanilla_values::SourceFile;

/// Every held-out phrase is asked this often.
const ROUNDS: usize = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../intents");
    let (book, _) = load(&sources(&folder)?);
    let started = Instant::now();
    let model = Model::train(&book, &TrainOptions::default());
    let train_seconds = started.elapsed().as_secs_f64();
    let held_out = book.held_out();
    let mut times: Vec<Duration> = Vec::new();
    for _ in 0..ROUNDS {
        for labelled in &held_out {
            let started = Instant::now();
            std::hint::black_box(model.understand(std::hint::black_box(&labelled.text)));
            times.push(started.elapsed());
        }
    }
    let timing = Report::of(&[], &[], &[]).with_timing(&times).timing.ok_or("no held-out phrases")?;
    println!(
        "{{\"train_seconds\":{train_seconds:.3},\"p50_us\":{:.1},\"p99_us\":{:.1},\"model_bytes\":{}}}",
        timing.p50_us,
        timing.p99_us,
        model.save().len()
    );
    Ok(())
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
