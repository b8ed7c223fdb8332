//! Saving accents: `á` alone more than doubles what a message costs. Called by `send` where the configuration asks
//! for it; it must never change a meaning: `ñ` stays (`año`), and a text that cannot be saved whole stays as it is.

use std::fmt;

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use super::{
    gsm,
    segments::{Encoding, Segments, segments},
};

/// A text that became cheaper.
#[derive(Clone, PartialEq, Eq)]
pub struct Saved {
    pub text: String,
    pub before: Segments,
    pub after: Segments,
}

impl fmt::Debug for Saved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Saved")
            .field("before", &self.before)
            .field("after", &self.after)
            .finish_non_exhaustive()
    }
}

/// The text without what GSM-7 cannot write; `None` where that would not save a segment, or something would be lost
/// that is not an accent, a kind of quote, dash or space, or an emoji.
///
/// ```
/// use ventanilla_adapters::sms::saved;
/// let notice = "Tu cita será el lunes 23 a las 10:30 en el Módulo Centro. Trae tu identificación del año en curso.";
/// let saved = saved(notice).unwrap();
/// assert_eq!((saved.before.count, saved.after.count), (2, 1));
/// assert!(saved.text.starts_with("Tu cita sera el lunes") && saved.text.contains("año"));
/// ```
pub fn saved(text: &str) -> Option<Saved> {
    let before = segments(text);
    if before.encoding == Encoding::Gsm7 {
        return None;
    }
    let text = written(&text.nfc().collect::<String>())?;
    let after = segments(&text);
    let cheaper = after.encoding == Encoding::Gsm7 && after.count < before.count;
    (cheaper && !text.trim().is_empty()).then_some(Saved { text, before, after })
}

fn written(text: &str) -> Option<String> {
    let mut out = String::new();
    let mut dropped = false;
    for grapheme in text.graphemes(true) {
        if grapheme.chars().next().is_some_and(is_emoji) {
            dropped = true;
            continue;
        }
        // The emoji stood between two spaces: one is enough.
        if dropped && grapheme == " " && (out.is_empty() || out.ends_with([' ', '\n'])) {
            continue;
        }
        dropped = false;
        for letter in grapheme.chars() {
            out.push_str(&likeness(letter)?);
        }
    }
    if dropped {
        out.truncate(out.trim_end_matches(' ').len());
    }
    Some(out)
}

/// What to write instead; `None` where there is nothing like it.
fn likeness(letter: char) -> Option<String> {
    let like = match letter {
        _ if gsm::septets(letter).is_some() => return Some(letter.to_string()),
        'á' | 'ª' => "a",
        'í' => "i",
        'ó' | 'º' | '°' => "o",
        'ú' => "u",
        'Á' => "A",
        'Í' => "I",
        'Ó' => "O",
        'Ú' => "U",
        'ç' => "c",
        '×' => "x",
        '–' | '—' | '‐' | '‑' | '−' | '•' => "-",
        '…' => "...",
        '“' | '”' | '«' | '»' | '„' => "\"",
        '‘' | '’' | '´' | '`' => "'",
        '\t' | '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' => " ",
        // Soft hyphen and what has no width; the marks that make an emoji of a digit (`1️⃣`) leave the digit.
        '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{FE0E}' | '\u{FE0F}' | '\u{20E3}' => "",
        _ => return None,
    };
    Some(like.to_owned())
}

/// The blocks of Unicode that hold pictures: an SMS says the same without them.
fn is_emoji(letter: char) -> bool {
    matches!(letter, '\u{1F000}'..='\u{1FAFF}' | '\u{2600}'..='\u{27BF}' | '\u{2300}'..='\u{23FF}' | '\u{2B00}'..='\u{2BFF}')
}
