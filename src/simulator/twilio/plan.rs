//! A fault plan: which share of sends and callbacks meets which mishap, decided by a seed and a running number, so that
//! a run can be made again whatever the order of tasks.

/// Shares from 0.0 (never) to 1.0 (always).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plan {
    pub seed: u64,
    /// Sends refused with 429 and 20429.
    pub refused: f64,
    /// Callbacks that come `late_by_ms` later than the script says.
    pub late: f64,
    pub late_by_ms: u64,
    /// Callbacks posted twice.
    pub twice: f64,
    /// Messages whose callbacks come in the wrong order.
    pub swapped: f64,
    /// Callbacks that never come.
    pub lost: f64,
}

impl Default for Plan {
    fn default() -> Self {
        Self::QUIET
    }
}

/// Kinds of mishap; each has dice of its own.
#[derive(Debug, Clone, Copy)]
pub(super) enum Mishap {
    Refused,
    Late,
    Twice,
    Swapped,
    Lost,
}

impl Plan {
    /// Nothing goes wrong.
    pub const QUIET: Self =
        Self { seed: 0, refused: 0.0, late: 0.0, late_by_ms: 0, twice: 0.0, swapped: 0.0, lost: 0.0 };

    /// Does this mishap meet the `nth` thing?
    pub(super) fn strikes(&self, mishap: Mishap, nth: u64) -> bool {
        let share = match mishap {
            Mishap::Refused => self.refused,
            Mishap::Late => self.late,
            Mishap::Twice => self.twice,
            Mishap::Swapped => self.swapped,
            Mishap::Lost => self.lost,
        };
        share > 0.0 && dice(self.seed ^ ((mishap as u64 + 1) << 56) ^ nth) < share
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014), as a number from 0.0 up to 1.0.
fn dice(seed: u64) -> f64 {
    let mut z = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    let bits = u32::try_from((z ^ (z >> 31)) >> 32).unwrap_or(u32::MAX);
    f64::from(bits) / (f64::from(u32::MAX) + 1.0)
}
