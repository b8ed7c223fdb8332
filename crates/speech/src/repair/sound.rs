//! How Mexican Spanish sounds, and how far apart two words sound.

/// A word or phrase as a row of sounds, one letter each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sound(Vec<char>);

impl Sound {
    /// From text without accents. "b" and "v" are one sound, as are "s", "z" and soft "c", "ll" and "y", "j" and soft
    /// "g"; "h" is none; "C" stands for "ch", "R" for the rolled one.
    pub(super) fn of(plain: &str) -> Self {
        let letters: Vec<char> = plain.chars().filter(|letter| letter.is_alphanumeric()).collect();
        let mut sounds = Vec::with_capacity(letters.len());
        let mut at = 0;
        while let Some(&letter) = letters.get(at) {
            let (sound, used) = sound(letter, letters.get(at + 1).copied(), letters.get(at + 2).copied());
            if let Some(sound) = sound
                && sounds.last() != Some(&sound)
            {
                sounds.push(sound);
            }
            at += used;
        }
        Self(sounds)
    }

    /// 0 when alike, 1 when nothing is; the cost of turning one into the other, by the length of the longer.
    pub(super) fn distance(&self, other: &Self) -> f32 {
        let longest = self.0.len().max(other.0.len());
        // Sounds may be added or left out, so lengths that differ by half cannot be alike.
        if longest == 0 || self.0.len().abs_diff(other.0.len()) * 2 > longest {
            return 1.0;
        }
        let mut row: Vec<f32> = costs_of_adding(&other.0);
        for &left in &self.0 {
            row = next_row(left, &row, &other.0);
        }
        row.last().copied().unwrap_or(1.0) / longest as f32
    }
}

/// One row of the edit distance: what turning everything up to `left` into each beginning of `right` costs.
fn next_row(left: char, row: &[f32], right: &[char]) -> Vec<f32> {
    let mut next = Vec::with_capacity(row.len());
    next.push(row.first().copied().unwrap_or_default() + dropping(left));
    for (&sound, pair) in right.iter().zip(row.windows(2)) {
        let &[diagonal, above] = pair else { continue };
        let before = next.last().copied().unwrap_or_default();
        next.push(
            (diagonal + swapping(left, sound)).min(above + dropping(left)).min(before + dropping(sound)),
        );
    }
    next
}

fn costs_of_adding(sounds: &[char]) -> Vec<f32> {
    let mut sum = 0.0;
    let steps = sounds.iter().map(|&sound| {
        sum += dropping(sound);
        sum
    });
    std::iter::once(0.0).chain(steps).collect()
}

/// The sound of a letter before the next two, and how many letters it took.
fn sound(letter: char, next: Option<char>, after: Option<char>) -> (Option<char>, usize) {
    let soft = matches!(next, Some('e' | 'i'));
    match (letter, next) {
        ('c', Some('h')) => (Some('C'), 2),
        ('l', Some('l')) => (Some('y'), 2),
        ('r', Some('r')) => (Some('R'), 2),
        ('q', Some('u')) => (Some('k'), 2),
        ('g', Some('u')) if matches!(after, Some('e' | 'i')) => (Some('g'), 2),
        ('c', _) if soft => (Some('s'), 1),
        ('g', _) if soft => (Some('j'), 1),
        ('n', Some('b' | 'v' | 'p')) => (Some('m'), 1),
        ('h', _) => (None, 1),
        ('v' | 'w', _) => (Some('b'), 1),
        ('z', _) => (Some('s'), 1),
        ('c' | 'q', _) => (Some('k'), 1),
        ('x', _) => (Some('j'), 1),
        _ => (Some(letter), 1),
    }
}

fn is_vowel(sound: char) -> bool {
    matches!(sound, 'a' | 'e' | 'i' | 'o' | 'u')
}

/// An "s" at an end is often swallowed, a vowel sooner than another sound.
fn dropping(sound: char) -> f32 {
    match sound {
        's' => 0.5,
        'n' | 'r' | 'l' => 0.7,
        _ if is_vowel(sound) => 0.7,
        _ => 1.0,
    }
}

/// Sounds made in the same place of the mouth are the ones that are mistaken for each other.
const NEIGHBOURS: [&str; 9] = ["bpmf", "dt", "gkj", "nñm", "lrRd", "sCyf", "ñCy", "ei", "ou"];

fn swapping(left: char, right: char) -> f32 {
    if left == right {
        return 0.0;
    }
    if NEIGHBOURS.iter().any(|row| row.contains(left) && row.contains(right)) {
        return 0.4;
    }
    if is_vowel(left) && is_vowel(right) { 0.6 } else { 1.0 }
}
