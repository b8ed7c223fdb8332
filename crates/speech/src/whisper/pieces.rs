//! Cuts a long recording where it is quiet: Whisper hears half a minute at most.

use crate::pcm::RATE;

/// The longest piece, in samples: 28 s, so that two seconds of silence fit behind it.
const LONGEST: usize = 28 * RATE as usize;
/// A cut is looked for from here on.
const SHORTEST: usize = 14 * RATE as usize;
/// The quiet stretch that is looked for: 0.2 s.
const STRETCH: usize = RATE as usize / 5;

/// The pieces of `samples`, in order, none longer than 28 s; nothing is lost between them.
pub(super) fn pieces(mut samples: &[f32]) -> Vec<&[f32]> {
    let mut all = Vec::new();
    while samples.len() > LONGEST {
        let (piece, rest) = samples.split_at(quietest(samples));
        all.push(piece);
        samples = rest;
    }
    all.push(samples);
    all
}

/// The middle of the quietest stretch in the second half of the longest piece.
fn quietest(samples: &[f32]) -> usize {
    let starts = (SHORTEST..LONGEST - STRETCH).step_by(STRETCH / 4);
    let loudness = |start: &usize| -> f32 {
        samples.iter().skip(*start).take(STRETCH).map(|sample| sample * sample).sum()
    };
    let best = starts.min_by(|a, b| loudness(a).total_cmp(&loudness(b)));
    best.map_or(LONGEST, |start| start + STRETCH / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_recording_stays_whole() {
        assert_eq!(pieces(&[0.5; 16_000]).len(), 1);
    }

    #[test]
    fn a_long_one_is_cut_where_it_is_quiet_and_nothing_is_lost() {
        let mut sound = vec![0.5; 70 * 16_000];
        sound[20 * 16_000..20 * 16_000 + 8_000].fill(0.0);
        let all = pieces(&sound);
        assert!((20 * 16_000..=20 * 16_000 + 8_000).contains(&all[0].len()));
        assert!(all.iter().all(|piece| piece.len() <= LONGEST));
        assert_eq!(all.concat(), sound);
    }
}
