//! Sound as everything here hears it: one channel of 16 kHz floats.

/// Samples per second of every [`Pcm`].
pub const RATE: u32 = 16_000;

/// One channel at [`RATE`], samples between -1 and 1.
#[derive(Clone, PartialEq, Default)]
pub struct Pcm {
    samples: Vec<f32>,
}

impl Pcm {
    /// Takes samples at 16 kHz; what is not a number becomes silence, what is too loud is clipped.
    #[must_use]
    pub fn new(mut samples: Vec<f32>) -> Self {
        for sample in &mut samples {
            *sample = if sample.is_finite() { sample.clamp(-1.0, 1.0) } else { 0.0 };
        }
        Self { samples }
    }

    /// The samples.
    #[must_use]
    pub fn samples(&self) -> &[f32] {
        &self.samples
    }

    /// How long it lasts, in seconds.
    #[must_use]
    pub fn seconds(&self) -> f32 {
        self.samples.len() as f32 / RATE as f32
    }
}

/// A voice is personal: only its length is shown.
impl std::fmt::Debug for Pcm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Pcm({:.2} s)", self.seconds())
    }
}
