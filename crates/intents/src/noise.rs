//! Clean phrases -> the same phrases as they arrive from a phone: slips of the finger, words as they sound,
//! abbreviations, words that run together. Used by `ventanilla intents eval --noise light|heavy` and by tests to
//! measure how much understanding suffers; never on what a citizen wrote.

mod abbreviations;
mod typos;

use std::str::FromStr;

use crate::lexical::train::Rng;

/// How much is spoilt, as shares of the words (0 to 1).
///
/// ```
/// # use ventanilla_intents::Noise;
/// let clean = "buenas tardes, quiero reportar que no hay agua en mi calle";
/// let spoilt = Noise::HEAVY.apply(clean, 7);
/// assert_ne!(spoilt, clean);
/// assert_eq!(spoilt, Noise::HEAVY.apply(clean, 7), "the same seed spoils in the same way");
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Noise {
    /// Words that get one slip.
    pub typos: f32,
    /// Of the words that have an abbreviation, how many are abbreviated.
    pub abbreviated: f32,
    /// Words that lose the space after them.
    pub joined: f32,
}

impl Noise {
    /// What a hurried person writes.
    pub const LIGHT: Self = Self { typos: 0.17, abbreviated: 0.15, joined: 0.04 };
    /// What a hurried person writes who never liked spelling.
    pub const HEAVY: Self = Self { typos: 0.40, abbreviated: 0.45, joined: 0.12 };

    /// The text, spoilt. The same text and seed always give the same; two texts are spoilt independently.
    pub fn apply(&self, text: &str, seed: u64) -> String {
        let mut dice = Dice::new(text, seed);
        let mut out = String::with_capacity(text.len());
        for word in text.split_whitespace() {
            if !out.is_empty() && !out.ends_with(' ') && !dice.happens(self.joined) {
                out.push(' ');
            }
            self.spoil(word, &mut dice, &mut out);
        }
        out
    }

    /// One word with the signs around it, which stay.
    fn spoil(&self, word: &str, dice: &mut Dice, out: &mut String) {
        let is_letter = |c: char| c.is_alphabetic();
        let (Some(start), Some(last)) = (word.find(is_letter), word.rfind(is_letter)) else {
            return out.push_str(word);
        };
        let end = last + word.get(last..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        out.push_str(word.get(..start).unwrap_or_default());
        out.push_str(&self.word(word.get(start..end).unwrap_or_default(), dice));
        out.push_str(word.get(end..).unwrap_or_default());
    }

    fn word(&self, word: &str, dice: &mut Dice) -> String {
        let forms = abbreviations::of(word);
        if !forms.is_empty() && dice.happens(self.abbreviated) {
            return (*dice.one_of(forms)).to_owned();
        }
        if !word.chars().all(char::is_alphabetic) || !dice.happens(self.typos) {
            return word.to_owned();
        }
        typos::slip(word, dice)
    }
}

/// `light` or `heavy`.
impl FromStr for Noise {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        match name {
            "light" => Ok(Self::LIGHT),
            "heavy" => Ok(Self::HEAVY),
            _ => Err(format!("there is no noise '{name}': write light or heavy")),
        }
    }
}

/// Chance, from a seed.
struct Dice(Rng);

impl Dice {
    /// A text has its own throws, so that one more phrase in a file does not change the others.
    fn new(text: &str, seed: u64) -> Self {
        let own = text
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3));
        Self(Rng::new(own ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15)))
    }

    fn happens(&mut self, share: f32) -> bool {
        (self.0.next() % 10_000) < (share * 10_000.0) as u64
    }

    fn below(&mut self, n: usize) -> usize {
        (self.0.next() % n.max(1) as u64) as usize
    }

    fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

#[cfg(test)]
mod tests;
