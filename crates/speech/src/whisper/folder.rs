//! A model's folder on disk: weights, tokenizer, sizes, and a manifest with the checksum of each.

use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Config;

/// The weights: GGUF, matrices as 8-bit blocks (`Q8_0`), the rest as 32-bit floats.
pub const WEIGHTS: &str = "model-q8_0.gguf";
/// The tokenizer, as the hub has it.
pub const TOKENIZER: &str = "tokenizer.json";
/// The sizes, see [`Config`].
pub const CONFIG: &str = "config.json";
/// What the folder should hold.
pub const MANIFEST: &str = "manifest.json";

/// Why a model's folder cannot be used. The sentences are for staff.
#[derive(Debug, thiserror::Error)]
pub enum WeightsError {
    /// The folder, or a file of it, is not there.
    #[error("falta {} en la carpeta del modelo de voz", .file.display())]
    Missing {
        /// The file that was looked for.
        file: PathBuf,
    },
    /// A file is not what the manifest says, or cannot be read as what it should be.
    #[error("{} está dañado: vuelve a importar el modelo de voz", .file.display())]
    Damaged {
        /// The file that is damaged.
        file: PathBuf,
    },
    /// The weights are whole, but of another model than the sizes say.
    #[error("{} no tiene la forma esperada: {what}", .file.display())]
    Shape {
        /// The file in question.
        file: PathBuf,
        /// The tensor or size that does not fit.
        what: String,
    },
    /// The disk did not answer.
    #[error("no se pudo leer {}", .file.display())]
    Io {
        /// The file that was read.
        file: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

/// What a model's folder holds, as `manifest.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// For people: "whisper-base".
    pub model: String,
    /// Where the weights came from.
    pub source: String,
    /// The licence of the weights.
    pub licence: String,
    /// Every file with its checksum.
    pub files: Vec<ManifestFile>,
}

/// One file of a [`Manifest`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestFile {
    /// Name inside the folder.
    pub name: String,
    /// Length in bytes.
    pub bytes: u64,
    /// SHA-256, hexadecimal.
    pub sha256: String,
}

impl Manifest {
    /// Describes the files `names` of `folder` and writes `manifest.json` beside them, last of all: a folder without
    /// one is a folder whose import did not finish.
    ///
    /// # Errors
    /// What the disk said.
    pub fn write(folder: &Path, model: &str, source: &str, names: &[&str]) -> std::io::Result<Self> {
        let mut files = Vec::new();
        for name in names {
            let (bytes, sha256) = checksum(&folder.join(name))?;
            files.push(ManifestFile { name: (*name).to_owned(), bytes, sha256 });
        }
        let manifest = Self { model: model.into(), source: source.into(), licence: "MIT".into(), files };
        let mut file = File::create(folder.join(MANIFEST))?;
        file.write_all(serde_json::to_string_pretty(&manifest)?.as_bytes())?;
        file.sync_all()?;
        Ok(manifest)
    }

    /// Reads `folder`'s manifest and compares every file with it.
    ///
    /// # Errors
    /// [`WeightsError`], naming the file that is missing or damaged.
    pub fn verify(folder: &Path) -> Result<Self, WeightsError> {
        let path = folder.join(MANIFEST);
        let manifest: Self = serde_json::from_slice(&read(&path)?)
            .map_err(|_| WeightsError::Damaged { file: path.clone() })?;
        for name in [WEIGHTS, TOKENIZER, CONFIG] {
            let listed = manifest.files.iter().find(|file| file.name == name);
            listed.ok_or_else(|| WeightsError::Damaged { file: path.clone() })?.verify(folder)?;
        }
        Ok(manifest)
    }
}

impl ManifestFile {
    fn verify(&self, folder: &Path) -> Result<(), WeightsError> {
        let path = folder.join(&self.name);
        let (bytes, sha256) = checksum(&path).map_err(|source| unreadable(&path, source))?;
        if bytes != self.bytes || sha256 != self.sha256 {
            return Err(WeightsError::Damaged { file: path });
        }
        Ok(())
    }
}

/// The sizes in `folder`'s `config.json`.
pub(super) fn read_config(folder: &Path) -> Result<Config, WeightsError> {
    let path = folder.join(CONFIG);
    let config: Config =
        serde_json::from_slice(&read(&path)?).map_err(|_| WeightsError::Damaged { file: path.clone() })?;
    if !config.is_sound() {
        return Err(WeightsError::Shape { file: path, what: "tamaños fuera de lo posible".into() });
    }
    Ok(config)
}

fn read(path: &Path) -> Result<Vec<u8>, WeightsError> {
    std::fs::read(path).map_err(|source| unreadable(path, source))
}

pub(super) fn unreadable(path: &Path, source: std::io::Error) -> WeightsError {
    if source.kind() == std::io::ErrorKind::NotFound {
        return WeightsError::Missing { file: path.into() };
    }
    WeightsError::Io { file: path.into(), source }
}

/// Length and SHA-256, read in pieces: the weights are 80 MB.
fn checksum(path: &Path) -> std::io::Result<(u64, String)> {
    let mut file = File::open(path)?;
    let (mut hash, mut piece, mut bytes) = (Sha256::new(), vec![0; 1 << 16], 0u64);
    loop {
        let count = file.read(&mut piece)?;
        if count == 0 {
            return Ok((bytes, hex::encode(hash.finalize())));
        }
        hash.update(piece.get(..count).unwrap_or_default());
        bytes += count as u64;
    }
}
