//! How loud a stretch of sound is, in decibels below full scale, without the hum of mains and wind.

/// What stands for no sound at all.
pub(super) const NOTHING: f32 = -100.0;

/// A one-pole high-pass filter at about 150 Hz: hum and rumble carry energy, but no words.
pub(super) struct HighPass {
    keep: f32,
    before: f32,
    out: f32,
}

impl HighPass {
    pub(super) fn new(rate: u32) -> Self {
        let keep = (-2.0 * std::f32::consts::PI * 150.0 / rate as f32).exp();
        Self { keep, before: 0.0, out: 0.0 }
    }

    fn next(&mut self, sample: f32) -> f32 {
        self.out = self.keep * (self.out + sample - self.before);
        self.before = sample;
        self.out
    }

    /// The loudness of `frame` in dBFS, -100 at least.
    pub(super) fn loudness(&mut self, frame: impl ExactSizeIterator<Item = f32>) -> f32 {
        let count = frame.len().max(1) as f32;
        let power = frame.map(|sample| self.next(sample).powi(2)).sum::<f32>() / count;
        (10.0 * power.max(1e-10).log10()).max(NOTHING)
    }
}
