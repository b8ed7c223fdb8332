//! The log-mel spectrogram that Whisper hears, for as much sound as there is.
//!
//! As in OpenAI's `whisper/audio.py`: 16 kHz, windows of 400 samples (Hann) every 160, Slaney's mel filters, base-10
//! logarithm, at most 8 below the loudest, then (x + 4) / 4. Theirs always computes 30 seconds.

use std::sync::Arc;

use realfft::num_complex::Complex;
use realfft::{RealFftPlanner, RealToComplex};

const WINDOW: usize = 400;
/// Samples between two frames: 10 ms.
pub(super) const HOP: usize = 160;
const BINS: usize = WINDOW / 2 + 1;
const RATE: f64 = 16_000.0;

/// Makes spectrograms; holds the filters and the plan of the Fourier transform.
pub(super) struct Mel {
    filters: Vec<Filter>,
    hann: Vec<f32>,
    fourier: Arc<dyn RealToComplex<f32>>,
}

/// One band: the weights of the bins from `first` on; all others are zero.
struct Filter {
    first: usize,
    weights: Vec<f32>,
}

impl Mel {
    pub(super) fn new(bands: usize) -> Self {
        let turn = |at: usize| 2.0 * std::f64::consts::PI * at as f64 / WINDOW as f64;
        let hann = (0..WINDOW).map(|at| (0.5 - 0.5 * turn(at).cos()) as f32).collect();
        let fourier = RealFftPlanner::new().plan_fft_forward(WINDOW);
        Self { filters: filters(bands), hann, fourier }
    }

    /// `frames` frames of 10 ms, band by band (bands by frames); what is missing of `samples` is silence.
    pub(super) fn spectrogram(&self, samples: &[f32], frames: usize) -> Vec<f32> {
        let mut out = vec![0.0; self.filters.len() * frames];
        let mut window = self.fourier.make_input_vec();
        let mut bins = self.fourier.make_output_vec();
        let mut scratch = self.fourier.make_scratch_vec();
        for frame in 0..frames {
            self.fill(&mut window, samples, frame);
            // The buffers were made by this plan, so their lengths fit; nothing else can go wrong.
            let done = self.fourier.process_with_scratch(&mut window, &mut bins, &mut scratch);
            debug_assert!(done.is_ok());
            for (band, filter) in self.filters.iter().enumerate() {
                if let Some(cell) = out.get_mut(band * frames + frame) {
                    *cell = filter.apply(&bins).max(1e-10).log10();
                }
            }
        }
        squeeze(&mut out);
        out
    }

    /// The window around the frame's middle; before the beginning the sound is mirrored, as torch's `stft` does.
    fn fill(&self, window: &mut [f32], samples: &[f32], frame: usize) {
        let start = frame * HOP;
        for (at, (cell, weight)) in window.iter_mut().zip(&self.hann).enumerate() {
            let place = (start + at).abs_diff(WINDOW / 2);
            *cell = samples.get(place).copied().unwrap_or_default() * weight;
        }
    }
}

impl Filter {
    fn apply(&self, bins: &[Complex<f32>]) -> f32 {
        bins.iter().skip(self.first).zip(&self.weights).map(|(bin, weight)| bin.norm_sqr() * weight).sum()
    }
}

fn squeeze(cells: &mut [f32]) {
    let loudest = cells.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    for cell in cells {
        *cell = (cell.max(loudest - 8.0) + 4.0) / 4.0;
    }
}

/// Slaney's filters (`librosa.filters.mel`): triangles evenly spaced in mel, each of area one.
fn filters(bands: usize) -> Vec<Filter> {
    let top = mel_of(RATE / 2.0);
    let edges: Vec<f64> = (0..bands + 2).map(|at| hertz_of(top * at as f64 / (bands + 1) as f64)).collect();
    edges.windows(3).map(filter).collect()
}

fn filter(edges: &[f64]) -> Filter {
    let &[low, middle, high] = edges else { return Filter { first: 0, weights: Vec::new() } };
    let height = |bin: usize| {
        let hertz = bin as f64 * RATE / WINDOW as f64;
        let slope = ((hertz - low) / (middle - low)).min((high - hertz) / (high - middle)).max(0.0);
        (slope * 2.0 / (high - low)) as f32
    };
    let all: Vec<f32> = (0..BINS).map(height).collect();
    let first = all.iter().position(|&weight| weight > 0.0).unwrap_or_default();
    let last = all.iter().rposition(|&weight| weight > 0.0).unwrap_or_default();
    Filter { first, weights: all.get(first..=last).unwrap_or_default().to_vec() }
}

/// Linear up to 1 kHz, then logarithmic.
const LINEAR: f64 = 200.0 / 3.0;
const KNEE: f64 = 1_000.0;

fn step() -> f64 {
    6.4f64.ln() / 27.0
}

fn mel_of(hertz: f64) -> f64 {
    if hertz < KNEE { hertz / LINEAR } else { KNEE / LINEAR + (hertz / KNEE).ln() / step() }
}

fn hertz_of(mel: f64) -> f64 {
    let knee = KNEE / LINEAR;
    if mel < knee { mel * LINEAR } else { KNEE * (step() * (mel - knee)).exp() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_filters_are_the_published_ones() {
        // Rows 0 and 1 of `mel_80` in OpenAI's whisper/assets/mel_filters.npz.
        let all = filters(80);
        let (first, second) = (&all[0], &all[1]);
        assert_eq!((first.first, second.first), (1, 1));
        assert!((first.weights[0] - 0.024_862_6).abs() < 1e-6, "{}", first.weights[0]);
        assert!((second.weights[0] - 0.001_990_8).abs() < 1e-6, "{}", second.weights[0]);
        assert!(all.iter().all(|filter| filter.weights.iter().sum::<f32>() * 40.0 - 1.0 < 0.3));
    }

    #[test]
    fn a_tone_is_loudest_in_its_own_band_and_silence_is_flat() {
        let tone: Vec<f32> =
            (0..16_000).map(|at| (std::f32::consts::TAU * 1_000.0 * at as f32 / 16_000.0).sin()).collect();
        let mel = Mel::new(80);
        let cells = mel.spectrogram(&tone, 100);
        let at = |band: usize| cells[band * 100 + 50];
        let loudest = (0..80).max_by(|a, b| at(*a).total_cmp(&at(*b))).unwrap();
        // 1 kHz is mel 15 of 45.2, in 81 steps.
        assert!((25..=27).contains(&loudest), "band {loudest}");
        let silence = mel.spectrogram(&[], 10);
        assert!(silence.iter().all(|cell| (cell - silence[0]).abs() < 1e-6));
    }

    #[test]
    fn a_longer_spectrogram_begins_with_the_shorter_one() {
        let sound: Vec<f32> = (0..8_000).map(|at| ((at * at) as f32 * 1e-5).sin()).collect();
        let mel = Mel::new(80);
        let (short, long) = (mel.spectrogram(&sound, 60), mel.spectrogram(&sound, 300));
        for band in 0..80 {
            assert_eq!(short[band * 60..band * 60 + 60], long[band * 300..band * 300 + 60]);
        }
    }
}
