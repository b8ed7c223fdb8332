//! How many SMS a text becomes. Called before sending, by `transliterate` and by the server's renderer; it must count
//! as the networks do, since every segment is paid for and arrives on its own.

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use super::gsm;
use crate::text::utf16_len;

/// How the letters of a message travel. One letter outside GSM-7 makes the whole message UCS-2.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// 7 bits a letter; a few cost two.
    Gsm7,
    /// UTF-16: an emoji costs two units or more.
    Ucs2,
}

impl Encoding {
    /// The cheapest for a text as it is spelled.
    fn of(text: &str) -> Self {
        if text.chars().all(|letter| gsm::septets(letter).is_some()) { Self::Gsm7 } else { Self::Ucs2 }
    }

    /// Units of a message that fits one segment.
    pub fn single(self) -> usize {
        match self {
            Self::Gsm7 => 160,
            Self::Ucs2 => 70,
        }
    }

    /// Units of each segment where there are several: the header that joins them again takes six octets.
    pub fn joined(self) -> usize {
        match self {
            Self::Gsm7 => 153,
            Self::Ucs2 => 67,
        }
    }

    /// Units of a text: septets, or UTF-16 units.
    fn units(self, text: &str) -> usize {
        match self {
            Self::Gsm7 => text.chars().filter_map(gsm::septets).sum(),
            Self::Ucs2 => utf16_len(text),
        }
    }
}

/// A text cut as the network cuts it.
#[derive(Clone, PartialEq, Eq)]
pub struct Segments {
    pub encoding: Encoding,
    /// Septets or UTF-16 units of all parts together.
    pub units: usize,
    /// What is paid for: 1 for an empty text too.
    pub count: usize,
    /// The pieces, as many as `count`; together they are the text in NFC.
    pub parts: Vec<String>,
}

/// The parts are what somebody says to a person.
impl std::fmt::Debug for Segments {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Segments")
            .field("encoding", &self.encoding)
            .field("units", &self.units)
            .field("count", &self.count)
            .finish_non_exhaustive()
    }
}

impl Segments {
    /// Units of each part.
    pub fn lengths(&self) -> Vec<usize> {
        self.parts.iter().map(|part| self.encoding.units(part)).collect()
    }
}

/// The segments of a text, in NFC: a letter and its accent written apart would not be in GSM-7.
///
/// ```
/// use ventanilla_adapters::sms::{Encoding, segments};
/// assert_eq!(segments("¿Que dia es tu cita?").encoding, Encoding::Gsm7);
/// assert_eq!(segments(&"á".repeat(71)).count, 2);
/// ```
pub fn segments(text: &str) -> Segments {
    spelled(&text.nfc().collect::<String>())
}

/// The segments of a text exactly as it is spelled.
pub(super) fn spelled(text: &str) -> Segments {
    let encoding = Encoding::of(text);
    let units = encoding.units(text);
    let parts = if units <= encoding.single() { vec![text.to_owned()] } else { cut(text, encoding) };
    Segments { encoding, units, count: parts.len(), parts }
}

/// Between two visible letters, never inside one: a part rather ends early. Only what is longer than a whole segment
/// (a letter under a hundred accents) is cut between its characters.
fn cut(text: &str, encoding: Encoding) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut used = 0;
    for grapheme in text.graphemes(true) {
        let whole = encoding.units(grapheme) <= encoding.joined();
        let pieces: Vec<String> =
            if whole { vec![grapheme.to_owned()] } else { grapheme.chars().map(String::from).collect() };
        for piece in pieces {
            let units = encoding.units(&piece);
            if used + units > encoding.joined() {
                parts.push(String::new());
                used = 0;
            }
            used += units;
            if let Some(last) = parts.last_mut() {
                last.push_str(&piece);
            }
        }
    }
    parts
}
