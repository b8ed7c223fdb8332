//! Whisper on the town's own machine: recorded speech -> text with how sure each word is.
//!
//! [`Whisper::open`] reads a folder that [`crate::import`] made; [`Whisper::transcribe`] hears one recording. Called
//! by the server's speech worker, in a blocking thread, one recording at a time: a `Whisper` may be shared, but two
//! recordings at once share the cores too. Set `CANDLE_NUM_THREADS=1` and `RAYON_NUM_THREADS=1` to keep it on one.

mod config;
mod folder;
mod hints;
mod layers;
mod mel;
mod network;
mod pieces;
mod say;
mod tokens;
mod transcript;
mod weights;

use std::path::Path;

use candle_core::{Device, Tensor};

use crate::pcm::Pcm;
use hints::Likelier;
use mel::{HOP, Mel};
use network::{Decoder, Encoder, State};
use say::{Rules, Said, say};
use tokens::Tokens;
use weights::Weights;

pub use config::Config;
pub use folder::{CONFIG, MANIFEST, Manifest, ManifestFile, TOKENIZER, WEIGHTS, WeightsError};
pub use hints::HintUse;
pub use transcript::{Transcript, Word};

/// A speech model, ready to hear.
pub struct Whisper {
    encoder: Encoder,
    decoder: Decoder,
    tokens: Tokens,
    mel: Mel,
    config: Config,
}

impl std::fmt::Debug for Whisper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Whisper").field("config", &self.config).finish_non_exhaustive()
    }
}

/// The language that is expected. Whisper is told, never asked: on short recordings it guesses badly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// Spanish.
    #[default]
    Es,
    /// English.
    En,
}

/// How a recording is to be heard.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ask<'a> {
    /// The language spoken.
    pub language: Language,
    /// Words of the town worth expecting (categories, streets), the most important first.
    pub hints: &'a [String],
    /// How `hints` are used.
    pub hint_use: HintUse,
}

/// Why there is no transcript.
#[derive(Debug, thiserror::Error)]
pub enum TranscribeError {
    /// The caller asked to stop: its time was up, or the server is closing.
    #[error("la transcripción se detuvo")]
    Stopped,
    /// The arithmetic failed; the weights are not what they should be.
    #[error("el modelo de voz falló")]
    Model(#[from] candle_core::Error),
}

/// Silence behind the last word. Measured on voice notes: with one second 42 % of the words were wrong, with two 39 %;
/// every further second costs time.
const TAIL_SECONDS: usize = 2;
/// Frames of 10 ms in the 30 seconds that Whisper was trained with.
const WHOLE: usize = 3_000;
/// How freely tokens are drawn when the likeliest went round in circles.
const TEMPERATURES: [f32; 2] = [0.4, 0.8];

impl Whisper {
    /// Reads the model in `folder`, after comparing each file with the manifest. About a second; 83 MB on disk.
    ///
    /// # Errors
    /// [`WeightsError`], naming the file that is missing, damaged or of another shape.
    pub fn open(folder: &Path) -> Result<Self, WeightsError> {
        Manifest::verify(folder)?;
        let config = folder::read_config(folder)?;
        let tokens = Tokens::open(folder, config.vocab_size)?;
        let path = folder.join(WEIGHTS);
        let mut weights = Weights::open(&path, &config)?;
        let (encoder, decoder) =
            Self::load(&mut weights, &config).map_err(|_| WeightsError::Damaged { file: path })?;
        Ok(Self { encoder, decoder, tokens, mel: Mel::new(config.num_mel_bins), config })
    }

    fn load(weights: &mut Weights, config: &Config) -> candle_core::Result<(Encoder, Decoder)> {
        Ok((Encoder::load(weights, config)?, Decoder::load(weights, config)?))
    }

    /// Writes down what is said in `pcm`. `stop` is asked before every token and every piece of sound, so that a job
    /// can be bounded: the longest stretch between two questions is one encoder pass (3 s on a slow core).
    ///
    /// Silence should be taken out before ([`crate::voice::trim`]): Whisper invents words where nobody speaks.
    ///
    /// # Errors
    /// [`TranscribeError::Stopped`] when `stop` answered true, [`TranscribeError::Model`] when the arithmetic failed.
    pub fn transcribe(
        &self,
        pcm: &Pcm,
        ask: &Ask<'_>,
        stop: &dyn Fn() -> bool,
    ) -> Result<Transcript, TranscribeError> {
        let heard = Hearing::new(self, ask, stop);
        let mut all = Vec::new();
        for piece in pieces::pieces(pcm.samples()) {
            if stop() {
                return Err(TranscribeError::Stopped);
            }
            all.push(heard.piece(piece)?);
        }
        Ok(transcript::join(&all, &self.tokens, pcm.seconds()))
    }
}

/// One request: what was asked, in the model's own terms.
struct Hearing<'a> {
    whisper: &'a Whisper,
    prompt: Vec<u32>,
    likelier: Likelier,
    stop: &'a dyn Fn() -> bool,
}

impl<'a> Hearing<'a> {
    fn new(whisper: &'a Whisper, ask: &Ask<'_>, stop: &'a dyn Fn() -> bool) -> Self {
        let tokens = &whisper.tokens;
        let mut prompt = if ask.hint_use.before() { hints::before(ask.hints, tokens) } else { Vec::new() };
        prompt.extend(tokens.opening(ask.language));
        let likelier =
            if ask.hint_use.likelier() { Likelier::new(ask.hints, tokens) } else { Likelier::default() };
        Self { whisper, prompt, likelier, stop }
    }

    /// First the sound alone and the likeliest words; if that goes round in circles, the 30 seconds that Whisper was
    /// trained with; then drawn words. The best of what there is, in that order.
    fn piece(&self, samples: &[f32]) -> Result<Said, TranscribeError> {
        let cut = frames(samples.len(), self.whisper.config.max_source_positions);
        let mut state = self.listen(samples, cut)?;
        let mut best = self.say(&mut state, samples.len(), 0.0)?;
        if best.looped && cut < WHOLE && self.whisper.config.max_source_positions * 2 >= WHOLE {
            state = self.listen(samples, WHOLE)?;
            best = better(best, self.say(&mut state, samples.len(), 0.0)?);
        }
        for temperature in TEMPERATURES {
            if best.looped {
                best = better(best, self.say(&mut state, samples.len(), temperature)?);
            }
        }
        Ok(best)
    }

    fn listen(&self, samples: &[f32], frames: usize) -> Result<State, TranscribeError> {
        if (self.stop)() {
            return Err(TranscribeError::Stopped);
        }
        let cells = self.whisper.mel.spectrogram(samples, frames);
        let mel = Tensor::from_vec(cells, (self.whisper.config.num_mel_bins, frames), &Device::Cpu)?;
        let sound = self.whisper.encoder.forward(&mel)?;
        Ok(self.whisper.decoder.begin(&sound)?)
    }

    fn say(&self, state: &mut State, samples: usize, temperature: f32) -> Result<Said, TranscribeError> {
        let config = &self.whisper.config;
        let rules = Rules {
            tokens: &self.whisper.tokens,
            never: config.suppress_tokens.as_deref().unwrap_or_default(),
            never_first: config.begin_suppress_tokens.as_deref().unwrap_or_default(),
            likelier: &self.likelier,
            most: most_tokens(samples).min(config.max_target_positions.saturating_sub(self.prompt.len())),
            temperature,
            stop: self.stop,
        };
        say(&self.whisper.decoder, state, &self.prompt, &rules)
    }
}

/// Frames of 10 ms for so many samples and the tail: even, because the encoder halves them.
fn frames(samples: usize, positions: usize) -> usize {
    let wanted = samples.div_ceil(HOP) + TAIL_SECONDS * 100;
    wanted.next_multiple_of(2).min(positions * 2)
}

/// Nobody says more than ten tokens a second (Spanish is three or four); 224 is Whisper's own limit for a piece.
fn most_tokens(samples: usize) -> usize {
    (16 + samples * 10 / crate::pcm::RATE as usize).min(224)
}

/// A try that does not go round in circles is better; of two alike the more probable one.
fn better(one: Said, other: Said) -> Said {
    match (one.looped, other.looped) {
        (true, false) => other,
        (false, true) => one,
        _ if other.mean_log() > one.mean_log() => other,
        _ => one,
    }
}
