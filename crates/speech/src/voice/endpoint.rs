//! Hears on a telephone line when a person begins and ends: 20 ms frames of 16-bit samples, as Asterisk's
//! AudioSocket delivers them.

use super::loudness::HighPass;

/// What was heard on the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// Somebody began to speak, three frames ago.
    Began,
    /// Whoever spoke has been silent for as long as the options say.
    Ended,
}

/// How the line is listened to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EndpointerOptions {
    /// Samples per second: 8,000 or 16,000.
    pub rate: u32,
    /// Silence after which a person has finished, in milliseconds. People who think or search for a paper need more
    /// than machines: 900 is the least that does not cut them short.
    pub silence_ms: u32,
    /// How much louder than the line's noise a voice is, in decibels.
    pub above_noise: f32,
}

impl Default for EndpointerOptions {
    fn default() -> Self {
        Self { rate: 8_000, silence_ms: 900, above_noise: 10.0 }
    }
}

/// Listens to one call.
pub struct Endpointer {
    options: EndpointerOptions,
    filter: HighPass,
    /// The line's noise, in dBFS.
    noise: f32,
    /// Milliseconds of voice heard lately, while nobody speaks.
    voice_ms: u32,
    /// Milliseconds of silence since the last voice, while somebody speaks.
    quiet_ms: u32,
    speaking: bool,
}

impl std::fmt::Debug for Endpointer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Endpointer").field("speaking", &self.speaking).finish_non_exhaustive()
    }
}

/// A quiet line before anything was heard, in dBFS.
const QUIET_LINE: f32 = -55.0;
/// Softer than this nobody speaks, in dBFS.
const SOFTEST: f32 = -45.0;
/// Noise is never taken to be louder than this, in dBFS, or a shout would become the noise.
const LOUDEST_NOISE: f32 = -28.0;
/// Voice that begins a turn, in milliseconds: less is a click of the line.
const BEGINS_MS: u32 = 60;
/// Once speaking, a voice may fall this much before it counts as silence, in decibels.
const FALL: f32 = 4.0;
/// How fast the noise is learnt, in decibels per second: quickly down, slowly up, so that a long word is no noise.
const DOWN: f32 = 60.0;
const UP: f32 = 2.0;

impl Endpointer {
    /// Begins to listen.
    #[must_use]
    pub fn new(options: EndpointerOptions) -> Self {
        let filter = HighPass::new(options.rate.max(1));
        Self { options, filter, noise: QUIET_LINE, voice_ms: 0, quiet_ms: 0, speaking: false }
    }

    /// Takes the next frame, usually 20 ms of it, and says what changed with it.
    pub fn push(&mut self, frame: &[i16]) -> Option<Event> {
        if frame.is_empty() {
            return None;
        }
        let ms =
            u32::try_from(frame.len() as u64 * 1_000 / u64::from(self.options.rate.max(1))).unwrap_or(20);
        let loudness = self.filter.loudness(frame.iter().map(|&sample| f32::from(sample) / 32_768.0));
        let voice = loudness > self.threshold();
        self.learn(loudness, ms);
        if self.speaking { self.ending(voice, ms) } else { self.beginning(voice, ms) }
    }

    fn threshold(&self) -> f32 {
        let threshold = (self.noise + self.options.above_noise).max(SOFTEST);
        if self.speaking { threshold - FALL } else { threshold }
    }

    fn learn(&mut self, loudness: f32, ms: u32) {
        let seconds = ms as f32 / 1_000.0;
        let step = (loudness - self.noise).clamp(-DOWN * seconds, UP * seconds);
        self.noise = (self.noise + step).min(LOUDEST_NOISE);
    }

    fn beginning(&mut self, voice: bool, ms: u32) -> Option<Event> {
        self.voice_ms = if voice { self.voice_ms + ms } else { 0 };
        if self.voice_ms < BEGINS_MS {
            return None;
        }
        (self.speaking, self.quiet_ms) = (true, 0);
        Some(Event::Began)
    }

    fn ending(&mut self, voice: bool, ms: u32) -> Option<Event> {
        self.quiet_ms = if voice { 0 } else { self.quiet_ms + ms };
        if self.quiet_ms < self.options.silence_ms {
            return None;
        }
        (self.speaking, self.voice_ms) = (false, 0);
        Some(Event::Ended)
    }
}
