//! How far a typed word is from a real one: 1 is one ordinary slip. Damerau-Levenshtein over letters and over sounds,
//! with what people often do made cheap; the nearer of the two counts.

use super::sounds::is_vowel;
use crate::keyboard::touch;

/// Longer words are not compared.
pub(super) const LONGEST: usize = 24;
/// For sounding right but being written otherwise.
const SPELT_OTHERWISE: f32 = 0.25;

/// A word in both forms.
#[derive(Clone, Copy)]
pub(super) struct Heard<'a> {
    pub letters: &'a [u8],
    pub sounds: &'a [u8],
    /// What leaving out a vowel costs: little in a word that has hardly any.
    pub vowel: f32,
}

/// Endless beyond `most`, which is found out sooner than how far it is.
pub(super) fn distance(typed: Heard<'_>, real: Heard<'_>, most: f32) -> f32 {
    if typed.letters.len() > LONGEST || real.letters.len() > LONGEST {
        return f32::INFINITY;
    }
    let vowel = typed.vowel;
    let by_sound =
        SPELT_OTHERWISE + damerau(typed.sounds, real.sounds, heard_for, vowel, most - SPELT_OTHERWISE);
    let most = most.min(by_sound);
    by_sound.min(damerau(typed.letters, real.letters, written_for, vowel, most))
}

/// What one sound costs instead of another.
fn heard_for(a: u8, b: u8) -> f32 {
    match (a.min(b), a.max(b)) {
        (b'C', b'x') => 0.3,
        (b'C', b's') | (b's', b'x') | (b'j', b'x') => 0.4,
        (b'm', b'n') | (b'g', b'j') => 0.4,
        (b'i', b'y') => 0.3,
        (b'l', b'y') => 0.5,
        (b'b', b'g') => 0.5,
        _ if is_vowel(a) && is_vowel(b) => 0.9,
        _ => 1.0,
    }
}

fn written_for(a: u8, b: u8) -> f32 {
    match (a.min(b), a.max(b)) {
        (b'b', b'v') | (b'c', b's') | (b's', b'z') | (b'c', b'z') | (b'c', b'k') | (b'k', b'q') => 0.4,
        (b'g', b'j') | (b'm', b'n') | (b'i', b'y') => 0.5,
        _ if touch(a, b) => 0.75,
        _ => 1.0,
    }
}

/// Two letters that changed places.
const SWAPPED: f32 = 0.7;
/// A letter written twice, or once instead of twice.
const DOUBLED: f32 = 0.45;
const SILENT: f32 = 0.4;

fn damerau(a: &[u8], b: &[u8], instead: impl Fn(u8, u8) -> f32, vowel: f32, most: f32) -> f32 {
    let mut before = [0.0f32; LONGEST + 1];
    let mut last = [0.0f32; LONGEST + 1];
    let mut row = [0.0f32; LONGEST + 1];
    for (j, &letter) in b.iter().enumerate() {
        last[j + 1] = last[j] + missing(letter, j.checked_sub(1).map(|j| b[j]), vowel);
    }
    let mut least_before = 0.0f32;
    for (i, &typed) in a.iter().enumerate() {
        let previous = i.checked_sub(1).map(|i| a[i]);
        row[0] = last[0] + extra(typed, previous);
        let mut least = row[0];
        for (j, &real) in b.iter().enumerate() {
            let same = last[j] + if typed == real { 0.0 } else { instead(typed, real) };
            let more = last[j + 1] + extra(typed, previous);
            let less = row[j] + missing(real, j.checked_sub(1).map(|j| b[j]), vowel);
            let mut best = same.min(more).min(less);
            if j > 0 && previous == Some(real) && b[j - 1] == typed && typed != real {
                best = best.min(before[j - 1] + SWAPPED);
            }
            row[j + 1] = best;
            least = least.min(best);
        }
        // What comes is reached from one of these two rows.
        if least > most && least_before > most {
            return f32::INFINITY;
        }
        least_before = least;
        (before, last, row) = (last, row, before);
    }
    last[b.len()]
}

/// A letter was typed that should not be there.
fn extra(letter: u8, previous: Option<u8>) -> f32 {
    match letter {
        _ if previous == Some(letter) => DOUBLED,
        b'h' => SILENT,
        // An x stands for something.
        b'x' => 1.3,
        _ => 1.0,
    }
}

/// A letter is not there that should be.
fn missing(letter: u8, previous: Option<u8>, vowel: f32) -> f32 {
    match letter {
        _ if previous == Some(letter) => DOUBLED,
        b'h' => SILENT,
        _ if is_vowel(letter) => vowel,
        _ => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::super::sounds::sounds;
    use super::*;

    fn apart(a: &str, b: &str) -> f32 {
        let (mut x, mut y) = (Vec::new(), Vec::new());
        sounds(a, &mut x);
        sounds(b, &mut y);
        let typed = Heard { letters: a.as_bytes(), sounds: &x, vowel: 1.0 };
        let real = Heard { letters: b.as_bytes(), sounds: &y, vowel: 1.0 };
        let far = distance(typed, real, f32::INFINITY);
        for most in [0.0, 0.3, 0.75, 1.0, 1.6, 2.5] {
            let near = distance(typed, real, most);
            assert!(near == far || (far > most && near > most), "{a} {b}: {near} {far} {most}");
        }
        far
    }

    #[test]
    fn the_commoner_the_slip_the_nearer_the_word() {
        assert_eq!(apart("bache", "bache"), 0.0);
        let order = [
            ("kiero", "quiero"),
            ("noxe", "noche"),
            ("bahce", "bache"),
            ("bsche", "bache"),
            ("bpche", "bache"),
        ];
        let far: Vec<f32> = order.iter().map(|(a, b)| apart(a, b)).collect();
        assert!(far.is_sorted(), "{far:?}");
        assert!(far.iter().all(|d| *d <= 1.0), "{far:?}");
        assert!(apart("perro", "bache") > 2.0);
    }

    #[test]
    fn a_very_long_word_is_near_nothing() {
        assert!(apart(&"a".repeat(40), "bache").is_infinite());
    }
}
