//! `ventanilla intents classify|eval|compare|suggest|train`

mod measure;
mod model;

use std::{
    fs,
    io::{self, BufRead, Write},
    path::PathBuf,
    process::ExitCode,
    time::Instant,
};

use anyhow::Context as _;
use clap::{Args, Subcommand};
use serde_json::json;
use ventanilla_intents::{Model, Noise, Safety, answer, entities};

use super::logs;

use self::{
    measure::{CompareArgs, EvalArgs, SuggestArgs},
    model::{Made, Trained},
};

#[derive(Debug, Subcommand)]
pub enum IntentsCommand {
    /// Read lines, write one JSON object a line: text, intent, confidence, top3, safety, entities, matters
    Classify(ClassifyArgs),
    /// Measure on labelled texts: one JSON object {"text", "intent"} a line
    Eval(EvalArgs),
    /// Measure two models on the same texts: what became better, what worse
    Compare(CompareArgs),
    /// Which phrases are likely to be in the wrong file, or confuse two intents
    Suggest(SuggestArgs),
    /// Train and save a model
    Train(TrainArgs),
}

#[derive(Debug, Args)]
pub struct ClassifyArgs {
    #[command(flatten)]
    trained: Trained,
    /// Say which words and which phrases made the decision
    #[arg(long)]
    explain: bool,
    /// Say only what spoke for a danger: ten times quicker than --explain
    #[arg(long, conflicts_with = "explain")]
    danger: bool,
    /// Misspell the lines first, always in the same way: light or heavy
    #[arg(long, value_name = "HOW")]
    noise: Option<Noise>,
}

#[derive(Debug, Args)]
pub struct TrainArgs {
    #[command(flatten)]
    made: Made,
    /// Where to
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

pub fn run(command: IntentsCommand) -> anyhow::Result<ExitCode> {
    logs::quiet();
    match command {
        IntentsCommand::Classify(args) => classify(&args)?,
        IntentsCommand::Eval(args) => measure::eval(&args)?,
        IntentsCommand::Compare(args) => measure::compare(&args)?,
        IntentsCommand::Suggest(args) => measure::suggest(&args)?,
        IntentsCommand::Train(args) => train(&args)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn classify(args: &ClassifyArgs) -> anyhow::Result<()> {
    let model = args.trained.model()?;
    let mut out = io::stdout().lock();
    for (seed, line) in (0..).zip(io::stdin().lock().lines()) {
        let line = line?;
        let text = args.noise.map_or_else(|| line.clone(), |noise| noise.apply(&line, seed));
        writeln!(out, "{}", classified(&model, &text, args))?;
    }
    Ok(())
}

fn classified(model: &Model, text: &str, args: &ClassifyArgs) -> serde_json::Value {
    let understanding = model.understand(text);
    let confidence = understanding.ranked.first().map_or(0.0, |first| first.confidence);
    let top3: Vec<_> = understanding.ranked.iter().take(3).collect();
    let mut line = json!({
        "text": text,
        "intent": answer(&understanding),
        "confidence": confidence,
        "certainty": understanding.certainty,
        "language": understanding.language,
        "top3": top3,
        "safety_at_once": understanding.safety.as_ref().map(Safety::is_likely),
        "safety": understanding.safety.as_ref().map(|danger| danger.intent),
        "entities": entities(text),
    });
    let Some(fields) = line.as_object_mut() else { return line };
    if !understanding.matters.is_empty() {
        fields.insert("matters".to_owned(), json!(understanding.matters));
    }
    if args.explain {
        fields.insert("explanation".to_owned(), json!(model.explain(text)));
    }
    if args.danger {
        fields.insert("danger".to_owned(), json!(model.weigh(text)));
    }
    line
}

fn train(args: &TrainArgs) -> anyhow::Result<()> {
    let begin = Instant::now();
    let model = args.made.model()?;
    let bytes = model.save();
    fs::write(&args.out, &bytes).with_context(|| format!("{} cannot be written", args.out.display()))?;
    let (intents, seconds) = (model.intents().len(), begin.elapsed().as_secs_f32());
    let heads = if model.has_encoder() { "words and sentences" } else { "words alone" };
    out!(
        "{intents} intents by {heads}, {} kB, trained in {seconds:.2} s: {}",
        bytes.len() / 1024,
        args.out.display()
    );
    Ok(())
}
