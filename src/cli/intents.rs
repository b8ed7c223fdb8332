//! `ventanilla intents classify|eval|train`

use std::{
    fs,
    io::{self, BufRead, Write},
    path::{Path, PathBuf},
    process::ExitCode,
    time::{Duration, Instant},
};

use anyhow::Context as _;
use clap::{Args, Subcommand};
use serde_json::json;
use ventanilla_intents::{
    Labelled, Model, PhraseBook, Report, TrainOptions, Understanding, answer, distinct_key, read_jsonl,
};

use crate::app::load_content;

#[derive(Debug, Subcommand)]
pub enum IntentsCommand {
    /// Read lines, write one JSON object a line: text, intent, confidence, top3
    Classify(Trained),
    /// Measure on labelled texts: one JSON object {"text", "intent"} a line
    Eval(EvalArgs),
    /// Train and save a model
    Train(TrainArgs),
}

/// What the model is made of.
#[derive(Debug, Args)]
pub struct Trained {
    /// Folder with intents/ [default: the demo town]
    #[arg(long, value_name = "DIR")]
    content: Option<PathBuf>,
    /// A model saved by `intents train`, instead of training now
    #[arg(long, value_name = "FILE", conflicts_with = "content")]
    model: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct EvalArgs {
    #[command(flatten)]
    trained: Trained,
    /// Texts to measure on; without it the held-out phrases of the content
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
    /// Train on these texts instead of the content's phrases
    #[arg(long, value_name = "FILE", conflicts_with_all = ["content", "model"])]
    train: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
pub struct TrainArgs {
    /// Folder with intents/ [default: the demo town]
    #[arg(long, value_name = "DIR")]
    content: Option<PathBuf>,
    /// Where to
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

pub fn run(command: IntentsCommand) -> anyhow::Result<ExitCode> {
    match command {
        IntentsCommand::Classify(trained) => classify(&trained)?,
        IntentsCommand::Eval(args) => eval(&args)?,
        IntentsCommand::Train(args) => train(&args)?,
    }
    Ok(ExitCode::SUCCESS)
}

impl Trained {
    fn model(&self) -> anyhow::Result<Model> {
        if let Some(file) = &self.model {
            let bytes = fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
            return Model::load(&bytes).with_context(|| format!("{} is not a model", file.display()));
        }
        Ok(Model::train(&phrases(self.content.as_deref())?, &TrainOptions::default()))
    }
}

fn phrases(content: Option<&Path>) -> anyhow::Result<PhraseBook> {
    Ok(load_content(content.unwrap_or(Path::new("")))?.phrases)
}

fn classify(trained: &Trained) -> anyhow::Result<()> {
    let model = trained.model()?;
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let text = line?;
        let understanding = model.understand(&text);
        let confidence = understanding.ranked.first().map_or(0.0, |first| first.confidence);
        let top3: Vec<_> = understanding.ranked.iter().take(3).collect();
        let line = json!({
            "text": text,
            "intent": answer(&understanding),
            "confidence": confidence,
            "certainty": understanding.certainty,
            "language": understanding.language,
            "top3": top3,
        });
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn eval(args: &EvalArgs) -> anyhow::Result<()> {
    let model = match &args.train {
        Some(file) => Model::train(&PhraseBook::from_labelled(&labelled(file)?), &TrainOptions::default()),
        None => args.trained.model()?,
    };
    let data = match &args.data {
        Some(file) => labelled(file)?,
        None => phrases(args.trained.content.as_deref())?.held_out(),
    };
    let report = measure(&model, &once_each(data));
    if args.json {
        out!("{}", serde_json::to_string(&report)?)
    } else {
        out!("{report}")
    }
    Ok(())
}

fn labelled(file: &Path) -> anyhow::Result<Vec<Labelled>> {
    let text = fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    read_jsonl(&text).map_err(|why| anyhow::anyhow!("{}: {why}", file.display()))
}

/// Phrases that are equal after removing names, places, numbers and greetings count once.
fn once_each(data: Vec<Labelled>) -> Vec<Labelled> {
    let mut seen = std::collections::HashSet::new();
    data.into_iter()
        .filter(|labelled| seen.insert((distinct_key(&labelled.text), labelled.intent.clone())))
        .collect()
}

fn measure(model: &Model, data: &[Labelled]) -> Report {
    let mut times: Vec<Duration> = Vec::with_capacity(data.len());
    let answers: Vec<Understanding> = data
        .iter()
        .map(|labelled| {
            let begin = Instant::now();
            let understanding = model.understand(&labelled.text);
            times.push(begin.elapsed());
            understanding
        })
        .collect();
    let known: Vec<&str> = model.intents().iter().map(|name| &**name).collect();
    Report::of(data, &answers, &known).with_timing(&times)
}

fn train(args: &TrainArgs) -> anyhow::Result<()> {
    let phrases = phrases(args.content.as_deref())?;
    let begin = Instant::now();
    let model = Model::train(&phrases, &TrainOptions::default());
    let bytes = model.save();
    fs::write(&args.out, &bytes).with_context(|| format!("{} cannot be written", args.out.display()))?;
    let (intents, seconds) = (model.intents().len(), begin.elapsed().as_secs_f32());
    out!("{intents} intents, {} kB, trained in {seconds:.2} s: {}", bytes.len() / 1024, args.out.display());
    Ok(())
}
