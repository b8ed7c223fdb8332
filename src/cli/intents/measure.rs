//! Measuring: one model, two models, or the phrases themselves.

use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

use clap::Args;
use serde_json::json;
use ventanilla_intents::{
    Comparison, Effort, Intake, Labelled, Model, Noise, PhraseBook, Report, Understanding,
};

use super::model::{Made, Trained, labelled};
use crate::understanding::HASTY;

/// How many suggestions are printed for people.
const SHOWN: usize = 40;

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
    /// Measure on the phrases themselves, each guessed by a model that has not seen it
    #[arg(long, conflicts_with_all = ["data", "model"])]
    folds: bool,
    /// Misspell the texts first, always in the same way: light or heavy
    #[arg(long, value_name = "HOW")]
    noise: Option<Noise>,
    /// Answer as a server does while too many ask at once: the sentence encoder is asked only where words are not sure
    #[arg(long, conflicts_with = "folds")]
    hasty: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
pub struct CompareArgs {
    /// The model in use: a file saved by `intents train`
    #[arg(value_name = "BEFORE")]
    before: PathBuf,
    /// The model that may take its place
    #[arg(value_name = "AFTER")]
    after: PathBuf,
    #[command(flatten)]
    made: Made,
    /// Texts to measure on; without it the held-out phrases of the content
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
pub struct SuggestArgs {
    #[command(flatten)]
    made: Made,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub fn eval(args: &EvalArgs) -> anyhow::Result<()> {
    let report = if args.folds { folds(args)? } else { on_texts(args)? };
    if args.json {
        out!("{}", serde_json::to_string(&report)?)
    } else {
        out!("{report}")
    }
    Ok(())
}

fn on_texts(args: &EvalArgs) -> anyhow::Result<Report> {
    let read = args.trained.made.texts(args.data.as_deref())?;
    let model = match &args.train {
        Some(file) => {
            let book = PhraseBook::from_labelled(&labelled(file)?.texts);
            let (training, _) = args.trained.made.training(&book)?;
            training.calibrate(training.fit())
        }
        None => args.trained.model()?,
    };
    let (mut data, intake) = Intake::of(read.texts, read.lines, &known(&model));
    if let Some(noise) = args.noise {
        for (seed, one) in (0..).zip(&mut data) {
            one.text = noise.apply(&one.text, seed);
        }
    }
    let effort = if args.hasty { HASTY } else { Effort::Full };
    let (answers, times) = answers(&model, &data, effort);
    Ok(Report::of(&data, &answers, &known(&model)).with_timing(&times).with_data(intake))
}

fn folds(args: &EvalArgs) -> anyhow::Result<Report> {
    let book = match &args.train {
        Some(file) => PhraseBook::from_labelled(&labelled(file)?.texts),
        None => args.trained.made.phrases()?,
    };
    let (training, _) = args.trained.made.training(&book)?;
    Ok(training.rehearse_all(&training.fit()).report)
}

pub fn compare(args: &CompareArgs) -> anyhow::Result<()> {
    let weights = args.made.weights()?;
    let before = super::model::saved(&args.before, &weights)?;
    let after = super::model::saved(&args.after, &weights)?;
    let known: Vec<&str> = known(&before).into_iter().chain(known(&after)).collect();
    let read = args.made.texts(args.data.as_deref())?;
    let (data, intake) = Intake::of(read.texts, read.lines, &known);
    let full = |model| answers(model, &data, Effort::Full).0;
    let comparison = Comparison::of(&data, &full(&before), &full(&after), &known).with_data(intake);
    if args.json {
        out!("{}", serde_json::to_string(&comparison)?)
    } else {
        out!("{comparison}")
    }
    Ok(())
}

pub fn suggest(args: &SuggestArgs) -> anyhow::Result<()> {
    let (training, _) = args.made.training(&args.made.phrases()?)?;
    let found = training.rehearse_all(&training.fit());
    if args.json {
        let (confusions, suggestions) = (&found.report.confusions, &found.suggestions);
        out!("{}", json!({ "suggestions": suggestions, "confusions": confusions }));
        return Ok(());
    }
    out!("phrases that are taken for another intent by a model that has not seen them, the surest first:");
    for one in found.suggestions.iter().take(SHOWN) {
        let mark = if one.doubtful { "wrong file?" } else { "" };
        out!(
            "{:>3.0} %  {} -> {}  {mark}\n       {}",
            one.confidence * 100.0,
            one.intent,
            one.taken_for,
            one.phrase
        );
    }
    out!("\nintents that are confused most often (phrases that show the difference help both):");
    for confusion in found.report.confusions.iter().take(20) {
        out!("{:>5}  {} -> {}", confusion.count, confusion.expected, confusion.answered);
    }
    Ok(())
}

fn known(model: &Model) -> Vec<&str> {
    model.intents().iter().map(|name| &**name).collect()
}

fn answers(model: &Model, data: &[Labelled], effort: Effort) -> (Vec<Understanding>, Vec<Duration>) {
    let timed = data.iter().map(|labelled| {
        let begin = Instant::now();
        (model.understand_with(&labelled.text, effort), begin.elapsed())
    });
    timed.unzip()
}
