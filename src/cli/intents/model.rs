//! What a command's model is made of.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};
use clap::Args;
use ventanilla_intents::{Labelled, Model, PhraseBook, TrainOptions, Training, read_jsonl};

use crate::{app::load_content, config, understanding::Weights};

/// A model that is trained now.
#[derive(Debug, Clone, Args)]
pub struct Made {
    /// Folder with intents/ [default: the demo town]
    #[arg(long, value_name = "DIR")]
    pub content: Option<PathBuf>,
    /// Folder with the weights of the sentence encoder [default: the cache folder of `ventanilla models`]
    #[arg(long, value_name = "DIR")]
    pub weights: Option<PathBuf>,
    /// Use no sentence encoder
    #[arg(long, conflicts_with = "weights")]
    pub words_alone: bool,
}

/// A model that is trained now, or one that was saved.
#[derive(Debug, Args)]
pub struct Trained {
    #[command(flatten)]
    pub made: Made,
    /// A model saved by `intents train`, instead of training now
    #[arg(long, value_name = "FILE", conflicts_with = "content")]
    pub model: Option<PathBuf>,
}

impl Trained {
    pub fn model(&self) -> anyhow::Result<Model> {
        match &self.model {
            Some(file) => saved(file, &self.made.weights()?),
            None => self.made.model(),
        }
    }
}

impl Made {
    pub fn model(&self) -> anyhow::Result<Model> {
        let (training, weights) = self.training(&self.phrases()?)?;
        drop(weights);
        Ok(training.calibrate(training.fit()))
    }

    pub fn phrases(&self) -> anyhow::Result<PhraseBook> {
        Ok(load_content(self.content.as_deref().unwrap_or(Path::new("")))?.phrases)
    }

    /// Texts to measure on: those of a file, else the held-out phrases.
    pub fn texts(&self, file: Option<&Path>) -> anyhow::Result<Texts> {
        if let Some(file) = file {
            return labelled(file);
        }
        let texts = self.phrases()?.held_out();
        Ok(Texts { lines: texts.len(), texts })
    }

    /// Reads the phrases; vectors that were made before are not made again.
    pub fn training(&self, book: &PhraseBook) -> anyhow::Result<(Training, Weights)> {
        let weights = self.weights()?;
        let mut embeddings = weights.embeddings();
        let training = Training::prepare(book, embeddings.as_mut(), &TrainOptions::default());
        if let Some(embeddings) = &embeddings {
            weights.keep(embeddings);
        }
        Ok((training, weights))
    }

    pub fn weights(&self) -> anyhow::Result<Weights> {
        if self.words_alone {
            return Ok(Weights::default());
        }
        let folder = self.weights.clone().unwrap_or_else(config::cached_weights);
        let weights = Weights::find(&folder);
        if self.weights.is_some() && weights.encoder.is_none() {
            bail!("{} has no sentence encoder that can be used", folder.display());
        }
        Ok(weights)
    }
}

/// A saved model reads with the encoder it was trained with, or with none.
pub fn saved(file: &Path, weights: &Weights) -> anyhow::Result<Model> {
    let bytes = fs::read(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let with = Model::load(&bytes, weights.encoder.clone());
    with.or_else(|why| Model::load(&bytes, None).map_err(|_| why))
        .with_context(|| format!("{} cannot be used", file.display()))
}

/// Texts with their intents.
pub struct Texts {
    pub texts: Vec<Labelled>,
    /// How many lines they were read from, empty ones too.
    pub lines: usize,
}

pub fn labelled(file: &Path) -> anyhow::Result<Texts> {
    let text = fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let texts = read_jsonl(&text).map_err(|why| anyhow::anyhow!("{}: {why}", file.display()))?;
    Ok(Texts { texts, lines: text.lines().count() })
}
