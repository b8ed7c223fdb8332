//! Normalised text -> hashed features: character n-grams inside words, words, and pairs of words. Each kind has
//! 2^16 buckets of its own. Used by the vectoriser; knows nothing of intents.

use crate::normalise::EMERGENCY_NUMBER;

/// log2 of the buckets of one kind.
const BITS: u32 = 16;
const MASK: u32 = (1 << BITS) - 1;
/// Characters, words, pairs of words.
pub(crate) const KINDS: usize = 3;
pub(crate) const BUCKETS: usize = KINDS << BITS;
/// Lengths of the character n-grams; the space before and after a word is one of the characters.
const SHORTEST: usize = 2;
const LONGEST: usize = 5;
/// Buckets of the set that says which trigrams were ever seen; large, so that few meet by chance.
pub(crate) const TRIGRAM_BUCKETS: usize = 1 << 18;

const FNV_START: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x100_0000_01b3;

/// The features of one text, as often as they occur.
#[derive(Debug, Default)]
pub(crate) struct Features {
    /// Ascending, below [`BUCKETS`].
    pub buckets: Vec<u32>,
    /// Below [`TRIGRAM_BUCKETS`]; without those of bare numbers, which anybody may write about anything.
    pub trigrams: Vec<u32>,
}

pub(crate) fn kind(bucket: u32) -> usize {
    (bucket >> BITS) as usize
}

/// `normal` is what `normalise` returned.
pub(crate) fn features(normal: &str) -> Features {
    let mut out = Features::default();
    out.buckets.reserve(normal.len() * 4);
    out.trigrams.reserve(normal.len() + 2);
    let mut word = Vec::with_capacity(24);
    let mut before = 0;
    for text in normal.split(' ').filter(|w| !w.is_empty()) {
        word.clear();
        word.push(' ');
        word.extend(text.chars());
        word.push(' ');
        let before_word = out.trigrams.len();
        characters(&word, &mut out);
        if text != EMERGENCY_NUMBER && text.bytes().all(|b| b.is_ascii_digit()) {
            out.trigrams.truncate(before_word);
        }
        let this = hash(&word);
        out.buckets.push((1 << BITS) | (mix(this) & MASK));
        out.buckets.push((2 << BITS) | (mix(before ^ this.rotate_left(17)) & MASK));
        before = this.wrapping_mul(FNV_PRIME);
    }
    out.buckets.sort_unstable();
    out
}

fn characters(word: &[char], out: &mut Features) {
    for start in 0..word.len().saturating_sub(SHORTEST - 1) {
        let mut state = FNV_START;
        for (i, c) in word.iter().skip(start).take(LONGEST).enumerate() {
            state = step(state, *c);
            let length = i + 1;
            if length >= SHORTEST {
                let salted = mix(state ^ (length as u64).wrapping_mul(0x517c_c1b7_2722_0a95));
                out.buckets.push(salted & MASK);
            }
            if length == 3 {
                out.trigrams.push(mix(state) & (TRIGRAM_BUCKETS as u32 - 1));
            }
        }
    }
}

fn hash(word: &[char]) -> u64 {
    word.iter().fold(FNV_START, |state, c| step(state, *c))
}

fn step(state: u64, c: char) -> u64 {
    (state ^ u64::from(u32::from(c))).wrapping_mul(FNV_PRIME)
}

/// FNV's high bits are good, its low ones are not: fold and stir before masking.
fn mix(state: u64) -> u32 {
    let folded = (state ^ (state >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (folded ^ (folded >> 29)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_gives_its_ngrams_itself_and_its_pair() {
        let found = features("luz");
        // " luz ": 4 of two characters, 3 of three, 2 of four, 1 of five; the word; the pair (beginning, luz).
        assert_eq!(found.buckets.len(), 4 + 3 + 2 + 1 + 1 + 1);
        assert_eq!(found.trigrams.len(), 3);
        assert!(found.buckets.iter().all(|b| (*b as usize) < BUCKETS));
    }

    #[test]
    fn the_order_of_words_matters_only_to_pairs() {
        let sorted = |text: &str, kinds: std::ops::Range<usize>| {
            let mut all = features(text).buckets;
            all.retain(|b| kinds.contains(&kind(*b)));
            all
        };
        assert_eq!(sorted("sin agua", 0..2), sorted("agua sin", 0..2));
        assert_ne!(sorted("sin agua", 2..3), sorted("agua sin", 2..3));
    }
}
