//! Text -> audio for the telephone: espeak-ng, or piper where somebody set it up, as a child process.
//!
//! The text goes in by standard input and never into the arguments, which every user of the machine can read. Blocking:
//! the server calls it where blocking is allowed.

use std::ffi::OsString;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use crate::decode::{Limits, decode};
use crate::pcm::Pcm;

/// The program that speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Engine {
    /// `espeak-ng`, found on the path: robotic, small, in every Linux.
    EspeakNg,
    /// Piper with a voice of its own for each language: human, to be installed by hand.
    Piper {
        /// The program.
        program: PathBuf,
        /// The voice (`.onnx`) for Spanish.
        spanish: PathBuf,
        /// The voice for English; Spanish is used where there is none.
        english: Option<PathBuf>,
    },
}

/// The language that is spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tongue {
    /// Spanish of the Americas.
    #[default]
    Es,
    /// English.
    En,
}

/// Why nothing was said. The sentences are for staff.
#[derive(Debug, thiserror::Error)]
pub enum SpeakError {
    /// The program is not installed.
    #[error("falta {program}: instálalo con «apt-get install espeak-ng», o revisa la ruta de piper")]
    Missing {
        /// What was to be run.
        program: String,
    },
    /// The text is empty or longer than anybody would listen to.
    #[error("el texto no se puede leer en voz alta: está vacío o es demasiado largo")]
    Text,
    /// The program did not answer in time and was ended.
    #[error("el programa de voz tardó demasiado")]
    Late,
    /// The program failed, or what it made is no sound.
    #[error("el programa de voz falló")]
    Failed,
}

/// Speaks texts.
#[derive(Debug, Clone)]
pub struct Speaker {
    engine: Engine,
    /// Words per minute, of espeak-ng only. 150 is slow enough for a bad line.
    pub words_per_minute: u16,
    /// How long the program may take.
    pub time_out: Duration,
}

/// More characters than anybody listens to: about two minutes.
const LONGEST: usize = 2_000;
/// A sound is at most this long.
const LIMITS: Limits = Limits { bytes: 32 << 20, seconds: 300 };

impl Speaker {
    /// A speaker with the usual pace and a time-out of ten seconds.
    #[must_use]
    pub fn new(engine: Engine) -> Self {
        Self { engine, words_per_minute: 150, time_out: Duration::from_secs(10) }
    }

    /// Speaks `text`, as 16 kHz sound.
    ///
    /// # Errors
    /// [`SpeakError`]: the program is missing, slow, or failed, or the text is no text.
    pub fn say(&self, text: &str, tongue: Tongue) -> Result<Pcm, SpeakError> {
        if text.trim().is_empty() || text.chars().count() > LONGEST {
            return Err(SpeakError::Text);
        }
        let wav = self.run(text, tongue)?;
        decode(&whole(wav), &LIMITS).map_err(|_| SpeakError::Failed)
    }

    /// Speaks `text` as a telephone line carries it: 8 kHz, signed 16-bit little-endian ("slin").
    ///
    /// # Errors
    /// As [`Speaker::say`].
    pub fn say_slin(&self, text: &str, tongue: Tongue) -> Result<Vec<i16>, SpeakError> {
        Ok(slin(&self.say(text, tongue)?))
    }

    fn run(&self, text: &str, tongue: Tongue) -> Result<Vec<u8>, SpeakError> {
        let (program, arguments) = self.command(tongue);
        let mut child = Command::new(&program)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|_| SpeakError::Missing { program: program.to_string_lossy().into_owned() })?;
        let sound = exchange(&mut child, text);
        let answer = sound.recv_timeout(self.time_out);
        finish(&mut child, answer)
    }

    fn command(&self, tongue: Tongue) -> (OsString, Vec<OsString>) {
        match &self.engine {
            Engine::EspeakNg => {
                let voice = match tongue {
                    Tongue::Es => "es-419",
                    Tongue::En => "en-us",
                };
                let pace = self.words_per_minute.to_string();
                let arguments = ["--stdin", "--stdout", "-b", "1", "-v", voice, "-s", &pace];
                ("espeak-ng".into(), arguments.map(OsString::from).to_vec())
            }
            Engine::Piper { program, spanish, english } => {
                let voice = match tongue {
                    Tongue::En => english.as_ref().unwrap_or(spanish),
                    Tongue::Es => spanish,
                };
                let arguments = ["--model".into(), voice.into(), "--output_file".into(), "-".into()];
                (program.into(), arguments.to_vec())
            }
        }
    }
}

/// Writes the text and reads the sound, each in its own thread: with both on one, two full pipes would wait for each
/// other for ever.
fn exchange(child: &mut Child, text: &str) -> Receiver<Option<Vec<u8>>> {
    let (send, sound) = channel();
    let text = format!("{text}\n");
    if let Some(mut stdin) = child.stdin.take() {
        // A program that ends before it has read everything closes the pipe; its sound tells what came of it.
        std::thread::spawn(move || stdin.write_all(text.as_bytes()));
    }
    if let Some(stdout) = child.stdout.take() {
        std::thread::spawn(move || {
            let mut bytes = Vec::new();
            let read = stdout.take(LIMITS.bytes as u64).read_to_end(&mut bytes);
            send.send(read.ok().map(|_| bytes))
        });
    }
    sound
}

fn finish(
    child: &mut Child,
    answer: Result<Option<Vec<u8>>, RecvTimeoutError>,
) -> Result<Vec<u8>, SpeakError> {
    if !matches!(answer, Ok(Some(_))) {
        // It may have ended by itself meanwhile; then there is nothing to end.
        let _ = child.kill();
    }
    let status = child.wait().map_err(|_| SpeakError::Failed)?;
    match answer {
        Ok(Some(bytes)) if status.success() => Ok(bytes),
        Err(RecvTimeoutError::Timeout) => Err(SpeakError::Late),
        _ => Err(SpeakError::Failed),
    }
}

/// A program that writes to a pipe cannot go back to write how long the sound became: it leaves a length of nearly
/// 2 GB in the header. Puts the real ones in their place.
fn whole(mut wav: Vec<u8>) -> Vec<u8> {
    let total = wav.len();
    let data = wav.windows(4).take(256).position(|four| four == b"data");
    let mut put = |at: usize, length: usize| {
        let bytes = u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes();
        if let Some(field) = wav.get_mut(at..at + 4) {
            field.copy_from_slice(&bytes);
        }
    };
    if let Some(data) = data {
        put(4, total.saturating_sub(8));
        put(data + 4, total.saturating_sub(data + 8));
    }
    wav
}

/// 16 kHz -> 8 kHz, 16 bits: a short low-pass filter, then every second sample.
#[must_use]
pub fn slin(pcm: &Pcm) -> Vec<i16> {
    /// Half-band: -6 dB at 4 kHz, nothing left of the hiss above the line's band.
    const HALF_BAND: [f32; 11] = [0.005, 0.0, -0.042, 0.0, 0.288, 0.498, 0.288, 0.0, -0.042, 0.0, 0.005];
    let samples = pcm.samples();
    let at =
        |place: usize| place.checked_sub(5).and_then(|place| samples.get(place)).copied().unwrap_or_default();
    let one = |middle: usize| -> f32 {
        HALF_BAND.iter().enumerate().map(|(tap, weight)| at(middle + tap) * weight).sum()
    };
    (0..samples.len()).step_by(2).map(|middle| (one(middle).clamp(-1.0, 1.0) * 32_767.0) as i16).collect()
}

#[cfg(test)]
mod tests;
