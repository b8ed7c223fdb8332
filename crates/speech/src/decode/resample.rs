//! Any usual sampling rate -> 16 kHz, as the sound arrives: a windowed sinc, one set of weights per phase.

use super::AudioError;
use crate::pcm::RATE;

/// Rates that recorders use, in hertz. Each has a small ratio to 16 kHz, which bounds the table of weights.
const RATES: [u32; 11] =
    [8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 88_200, 96_000];
/// Zero crossings of the sinc on each side.
const CROSSINGS: f64 = 12.0;
/// How much of the band is kept: the rest is where the filter falls.
const KEPT: f64 = 0.92;

/// Turns one rate into 16 kHz.
pub(super) struct Resampler {
    rate: u32,
    /// 16 kHz and the rate, without their common factor.
    up: usize,
    down: usize,
    /// `up` rows of `taps` weights.
    weights: Vec<f32>,
    taps: usize,
    /// The last samples, of which the next answers are made.
    recent: Vec<f32>,
    /// The next answer's place in `recent`, in steps of one `up`-th of a sample.
    place: usize,
}

impl Resampler {
    /// The resampler in `slot`, made anew when the rate is another (some streams change it on the way).
    pub(super) fn same_or_new(slot: &mut Option<Self>, rate: u32) -> Result<&mut Self, AudioError> {
        let fits = slot.as_ref().is_some_and(|resampler| resampler.rate == rate);
        if !fits {
            *slot = Some(Self::new(rate)?);
        }
        slot.as_mut().ok_or(AudioError::Damaged)
    }

    pub(super) fn new(rate: u32) -> Result<Self, AudioError> {
        if !RATES.contains(&rate) {
            return Err(AudioError::Unsupported { kind: "frecuencia de muestreo poco común" });
        }
        let common = gcd(RATE, rate);
        let (up, down) = ((RATE / common) as usize, (rate / common) as usize);
        // Against mirrored tones the filter must be as narrow as the narrower of the two bands.
        let band = KEPT * f64::from(RATE.min(rate)) / f64::from(rate);
        let half = (CROSSINGS / band).ceil();
        let taps = 2 * half as usize;
        let weights = (0..up).flat_map(|phase| row(phase as f64 / up as f64, half, band)).collect();
        Ok(Self { rate, up, down, weights, taps, recent: vec![0.0; taps / 2 - 1], place: 0 })
    }

    /// Takes more samples and appends what they make to `out`.
    pub(super) fn push(&mut self, samples: impl Iterator<Item = f32>, out: &mut Vec<f32>) {
        self.recent.extend(samples);
        while let Some(window) = self.window() {
            let phase = self.place % self.up;
            let row = self.weights.get(phase * self.taps..(phase + 1) * self.taps).unwrap_or_default();
            out.push(window.iter().zip(row).map(|(sample, weight)| sample * weight).sum());
            self.place += self.down;
        }
        let done = (self.place / self.up).min(self.recent.len());
        self.recent.drain(..done);
        self.place -= done * self.up;
    }

    fn window(&self) -> Option<&[f32]> {
        let from = self.place / self.up;
        self.recent.get(from..from + self.taps)
    }
}

/// The weights for an answer that lies `offset` samples after the middle one, adding up to one.
fn row(offset: f64, half: f64, band: f64) -> Vec<f32> {
    let weight = |tap: usize| {
        let distance = tap as f64 - (half - 1.0) - offset;
        let window = (std::f64::consts::PI * distance / (2.0 * half)).cos().powi(2);
        sinc(distance * band) * window
    };
    let all: Vec<f64> = (0..2 * half as usize).map(weight).collect();
    let sum: f64 = all.iter().sum();
    all.iter().map(|weight| (weight / sum) as f32).collect()
}

fn sinc(x: f64) -> f64 {
    let turned = std::f64::consts::PI * x;
    if turned.abs() < 1e-9 { 1.0 } else { turned.sin() / turned }
}

fn gcd(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { gcd(b, a % b) }
}
