//! Where the model comes from. A server starts with what was saved, or with a quick one, and replaces it when a better
//! one is ready: nobody waits for tens of thousands of phrases to be read.

use std::{
    io::ErrorKind,
    path::{Path, PathBuf},
    sync::Arc,
};

use tracing::{error, info, warn};
use ventanilla_encoder::{E5, Encoder};
use ventanilla_intents::{Embeddings, Model, PhraseBook, TrainOptions, Training};

use crate::{app::App, content::write_whole};

/// The sentence encoder, in the folder of the weights.
pub const ENCODER: &str = "e5-small-es-en-pt.vte";

/// The weights of this machine.
#[derive(Debug, Clone, Default)]
pub struct Weights {
    folder: PathBuf,
    pub encoder: Option<Arc<dyn Encoder>>,
}

impl Weights {
    /// What the folder holds. Weights that cannot be used are named in the log, and the server goes on without them.
    pub fn find(folder: &Path) -> Self {
        let file = folder.join(ENCODER);
        let encoder = match std::fs::read(&file) {
            Ok(bytes) => E5::from_bytes(&bytes).map_err(|err| cannot_be_used(&file, &err)).ok(),
            Err(err) if err.kind() == ErrorKind::NotFound => {
                info!(
                    "no sentence encoder in {}: people are understood by words alone, less well (docs/OPERATIONS.md, Weights)",
                    folder.display()
                );
                None
            }
            Err(err) => {
                cannot_be_used(&file, &err);
                None
            }
        };
        let encoder = encoder.map(|encoder| Arc::new(encoder) as Arc<dyn Encoder>);
        Self { folder: folder.to_owned(), encoder }
    }

    /// The vectors that were made before with this encoder.
    pub fn embeddings(&self) -> Option<Embeddings> {
        let encoder = Arc::clone(self.encoder.as_ref()?);
        Some(match std::fs::read(self.embeddings_file()) {
            Ok(bytes) => Embeddings::from_bytes(encoder, &bytes),
            Err(_) => Embeddings::new(encoder),
        })
    }

    /// Keeps them for the next training.
    pub fn keep(&self, embeddings: &Embeddings) {
        if embeddings.made() == 0 {
            return;
        }
        let file = self.embeddings_file();
        if let Err(err) = write_whole(&file, &embeddings.to_bytes()) {
            warn!("the vectors of the phrases could not be kept in {}: {err}", file.display());
        }
    }

    fn embeddings_file(&self) -> PathBuf {
        self.folder.join("phrases.embeddings")
    }
}

/// Somebody put it there to be used.
fn cannot_be_used(file: &Path, err: &dyn std::error::Error) {
    error!(
        alert = true,
        "the sentence encoder {} cannot be used, so people are understood by words alone, less well: {err}; or fetch it \
         again with `ventanilla models pull encoder`, then restart (docs/OPERATIONS.md, Weights)",
        file.display()
    );
}

/// What is left to do when a server starts with a quick model.
#[derive(Debug)]
pub struct Unfinished {
    /// What the quick model was fitted from.
    words: Training,
    weights: Weights,
    file: PathBuf,
    options: TrainOptions,
}

/// The saved model where it was made from these phrases with this encoder; else one by words alone that is cautious
/// and ready in some seconds, and what is left to do for the better one.
pub fn saved_or_quick(
    phrases: &PhraseBook,
    file: PathBuf,
    weights: Weights,
    options: TrainOptions,
) -> (Model, Option<Unfinished>) {
    match std::fs::read(&file).ok().map(|bytes| Model::load(&bytes, weights.encoder.clone())) {
        Some(Ok(model)) if model.fits(phrases) => return (model.with_strictness(options.strictness), None),
        Some(Ok(_)) => info!("the phrases changed since the saved model was made: training anew"),
        Some(Err(err)) => warn!("the saved model {} cannot be used, training anew: {err}", file.display()),
        None => {}
    }
    let words = Training::prepare(phrases, None, &options);
    (words.fit(), Some(Unfinished { words, weights, file, options }))
}

impl Unfinished {
    /// Calibrates, with the encoder where there is one, and puts the finished model in the place of the quick one.
    pub fn go_on(self, app: &Arc<App>) {
        let app = Arc::clone(app);
        // Not among the tasks that shutdown waits for: it may be broken off at any time.
        std::thread::spawn(move || {
            let Self { words, weights, file, options } = self;
            let training = match weights.embeddings() {
                Some(mut embeddings) => {
                    let phrases = &app.contents.active.phrases;
                    let training = Training::prepare(phrases, Some(&mut embeddings), &options);
                    weights.keep(&embeddings);
                    training
                }
                None => words,
            };
            let model = training.calibrate(training.fit());
            save(&model, &file);
            info!("the model is ready and saved");
            app.understanding.replace(model);
        });
    }
}

fn save(model: &Model, file: &Path) {
    if let Err(err) = write_whole(file, &model.save()) {
        warn!(
            "the model could not be saved to {}, it will be trained again at the next start: {err}",
            file.display()
        );
    }
}
