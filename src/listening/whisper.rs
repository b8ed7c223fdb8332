//! The real ears.

use std::{path::PathBuf, sync::Arc};

use tracing::{info, warn};
use ventanilla_speech::{
    Pcm,
    whisper::{self, HintUse, Language, TranscribeError, WeightsError, Whisper},
};
use ventanilla_values::Lang;

use super::{Ask, Deaf, Ears, OpenEars, Words};

/// Opens the model in a folder each time it is asked: a model for each worker.
pub(super) fn open_from(folder: PathBuf) -> OpenEars {
    Arc::new(move || match Whisper::open(&folder) {
        Ok(whisper) => {
            info!("the speech recogniser in {} is ready", folder.display());
            Some(Box::new(Hearing(whisper)) as Box<dyn Ears>)
        }
        Err(err @ WeightsError::Missing { .. }) => {
            info!("{err}: voice notes go to a person (docs/OPERATIONS.md, Voice notes)");
            None
        }
        Err(err) => {
            warn!(alert = true, "{err}: voice notes go to a person (docs/OPERATIONS.md, Voice notes)");
            None
        }
    })
}

struct Hearing(Whisper);

impl Ears for Hearing {
    fn hear(&mut self, sound: &Pcm, ask: &Ask<'_>) -> Result<Words, Deaf> {
        let language = if ask.lang == Lang::EN { Language::En } else { Language::Es };
        let ask_whisper = whisper::Ask { language, hints: ask.hints, hint_use: HintUse::default() };
        let said = self.0.transcribe(sound, &ask_whisper, ask.stop).map_err(|error| match error {
            TranscribeError::Stopped => Deaf::Stopped,
            TranscribeError::Model(_) => Deaf::Broken(error.to_string()),
        })?;
        let words = said.words.into_iter().map(|word| (word.text, word.probability)).collect();
        Ok(Words { words, confidence: said.confidence })
    }
}
