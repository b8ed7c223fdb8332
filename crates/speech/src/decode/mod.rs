//! Recorded audio -> [`Pcm`]. Called with whatever a channel delivered, before anything else looks at it.
//!
//! The kind is told by the first bytes, never by the type that somebody declared. Every decoder is memory-safe Rust;
//! sizes and seconds are limited while decoding, so that a small file cannot unfold into hours of sound; and no
//! bytes whatsoever may stop the server: a decoder that gives up is a damaged recording.

mod kind;
mod opus;
mod packaged;
mod resample;

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::pcm::{Pcm, RATE};

pub use kind::Kind;

/// How much is heard at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes: usize,
    /// Seconds of sound.
    pub seconds: u32,
}

/// Meta: audio of at most 16 MB. Three minutes are more than anybody needs to report a pothole, and 45 seconds of
/// work for one core.
impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 16 << 20, seconds: 180 }
    }
}

/// Why a recording cannot be heard. The sentences are for staff; what the citizen reads is the server's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AudioError {
    /// A kind of recording that is kept and handed to a person.
    #[error("no se puede escuchar aquí un audio de tipo {kind}")]
    Unsupported {
        /// The kind, or what inside it is not known.
        kind: &'static str,
    },
    /// More bytes than allowed; nothing was decoded.
    #[error("el archivo de audio es demasiado grande")]
    TooLarge,
    /// More seconds than allowed; decoding stopped there.
    #[error("el audio dura demasiado")]
    TooLong,
    /// Not what its first bytes promise, or broken on the way.
    #[error("el archivo de audio está dañado")]
    Damaged,
}

/// Decodes ogg/opus, MP3, AAC (ADTS or in MP4/M4A) and WAV to 16 kHz, one channel.
///
/// # Errors
/// [`AudioError`]; never panics, whatever the bytes are.
///
/// ```
/// use ventanilla_speech::decode::{AudioError, Limits, decode};
///
/// let error = decode(b"#!AMR\n\x3c\x91", &Limits::default()).unwrap_err();
/// assert_eq!(error, AudioError::Unsupported { kind: "AMR" });
/// ```
pub fn decode(bytes: &[u8], limits: &Limits) -> Result<Pcm, AudioError> {
    if bytes.len() > limits.bytes {
        return Err(AudioError::TooLarge);
    }
    let kind = Kind::of(bytes);
    // The decoders are young and meet strangers' bytes. A panic inside one touches nothing but its own state, which
    // is dropped with it.
    let sink =
        catch_unwind(AssertUnwindSafe(|| run(kind, bytes, limits))).unwrap_or(Err(AudioError::Damaged))?;
    let pcm = sink.finish();
    if pcm.samples().is_empty() { Err(AudioError::Damaged) } else { Ok(pcm) }
}

fn run(kind: Kind, bytes: &[u8], limits: &Limits) -> Result<Sink, AudioError> {
    let mut sink = Sink::new(limits);
    match kind {
        Kind::Ogg => opus::decode(bytes, &mut sink)?,
        Kind::Mp3 | Kind::Adts | Kind::Mp4 | Kind::Wav => packaged::decode(kind, bytes, &mut sink)?,
        Kind::Amr | Kind::Other => return Err(AudioError::Unsupported { kind: kind.name() }),
    }
    Ok(sink)
}

/// Gathers decoded sound until there is too much of it, and counts what was lost.
struct Sink {
    samples: Vec<f32>,
    most: usize,
    heard: usize,
    lost: usize,
}

impl Sink {
    fn new(limits: &Limits) -> Self {
        let most = limits.seconds as usize * RATE as usize;
        Self { samples: Vec::new(), most, heard: 0, lost: 0 }
    }

    /// Adds sound at 16 kHz.
    fn push(&mut self, samples: &[f32]) -> Result<(), AudioError> {
        self.heard += 1;
        self.samples.extend_from_slice(samples);
        self.check()
    }

    fn check(&self) -> Result<(), AudioError> {
        if self.samples.len() > self.most { Err(AudioError::TooLong) } else { Ok(()) }
    }

    /// One packet could not be read. A few are no reason to make somebody say it again; from one in ten on, what is
    /// left may mean something else.
    fn lose(&mut self) -> Result<(), AudioError> {
        self.lost += 1;
        let torn = self.lost > 3 && self.lost * 10 > self.heard + self.lost;
        if torn { Err(AudioError::Damaged) } else { Ok(()) }
    }

    fn finish(self) -> Pcm {
        Pcm::new(self.samples)
    }
}

#[cfg(test)]
mod tests;
