//! Takes silence out of a recording before Whisper hears it.

use super::loudness::HighPass;
use crate::pcm::{Pcm, RATE};

/// What is left of a recording.
#[derive(Debug, Clone, PartialEq)]
pub enum Heard {
    /// Somebody speaks: the recording without silence before, after, and in long gaps.
    Speech(Pcm),
    /// Nobody does.
    Silence,
}

/// Samples of a frame: 20 ms.
const FRAME: usize = RATE as usize / 50;
/// A voice is this much louder than the noise of the place, in decibels.
const ABOVE_NOISE: f32 = 9.0;
/// Softer than this is silence wherever it is, in dBFS.
const SOFTEST: f32 = -52.0;
/// And louder than this is a voice, however noisy the place seems: somebody who speaks without pause has no noise
/// to compare with.
const SURELY: f32 = -26.0;
/// Frames that a sound must last to be more than a click: 80 ms.
const CLICK: usize = 4;
/// Frames of voice without which nobody has spoken: 0.24 s, a short "sí".
const A_WORD: usize = 12;
/// Frames kept before and after a voice, for soft consonants: 0.2 s and 0.3 s.
const BEFORE: usize = 10;
const AFTER: usize = 15;

/// Cuts leading and trailing silence, and shortens gaps to half a second.
///
/// ```
/// use ventanilla_speech::{Pcm, voice::{Heard, trim}};
///
/// assert_eq!(trim(&Pcm::new(vec![0.0; 32_000])), Heard::Silence);
/// ```
#[must_use]
pub fn trim(pcm: &Pcm) -> Heard {
    let mut voiced = voiced(&loudness(pcm.samples()));
    drop_clicks(&mut voiced);
    if voiced.iter().filter(|&&voice| voice).count() < A_WORD {
        return Heard::Silence;
    }
    let keep = widened(&voiced);
    let frames = pcm.samples().chunks(FRAME).zip(&keep);
    Heard::Speech(Pcm::new(frames.filter(|(_, keep)| **keep).flat_map(|(frame, _)| frame.to_vec()).collect()))
}

fn loudness(samples: &[f32]) -> Vec<f32> {
    let mut filter = HighPass::new(RATE);
    samples.chunks(FRAME).map(|frame| filter.loudness(frame.iter().copied())).collect()
}

/// Which frames are louder than the place. The noise is what the softest tenth of the frames is.
fn voiced(loudness: &[f32]) -> Vec<bool> {
    let mut sorted = loudness.to_vec();
    sorted.sort_by(f32::total_cmp);
    let noise = sorted.get(sorted.len() / 10).copied().unwrap_or_default();
    let threshold = (noise + ABOVE_NOISE).clamp(SOFTEST, SURELY);
    loudness.iter().map(|&frame| frame > threshold).collect()
}

/// Knocks and clicks are loud, but short and alone.
fn drop_clicks(voiced: &mut [bool]) {
    for run in voiced.chunk_by_mut(|a, b| a == b) {
        if run.len() < CLICK {
            run.fill(false);
        }
    }
}

fn widened(voiced: &[bool]) -> Vec<bool> {
    let mut keep = vec![false; voiced.len()];
    for (at, _) in voiced.iter().enumerate().filter(|(_, voice)| **voice) {
        let (from, to) = (at.saturating_sub(BEFORE), (at + AFTER + 1).min(voiced.len()));
        if let Some(around) = keep.get_mut(from..to) {
            around.fill(true);
        }
    }
    keep
}
