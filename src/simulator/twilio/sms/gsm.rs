//! How many segments a text costs, counted by the rules of GSM 03.38 and of Twilio's calculator: septets or UTF-16
//! units, never splitting an escape pair, a surrogate pair or a grapheme.

use serde::Serialize;
use unicode_segmentation::UnicodeSegmentation;

/// The basic alphabet; each costs one septet. Lower-case `ç` is not in it, as in Twilio's table.
const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿\
                     abcdefghijklmnopqrstuvwxyzäöñüà";
/// The extension table; each costs two.
const EXTENDED: &str = "\u{c}^{}\\[~]|€";

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Encoding {
    /// 160 septets, or 153 in each part.
    Gsm7,
    /// 70 units of UTF-16, or 67 in each part.
    Ucs2,
}

/// A text cut into parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::simulator::twilio) struct Segments {
    pub(in crate::simulator::twilio) encoding: Encoding,
    /// Septets or units of each part. An empty text is one part of none.
    pub(in crate::simulator::twilio) parts: Vec<usize>,
}

impl Segments {
    pub(in crate::simulator::twilio) fn of(text: &str) -> Self {
        let septets: Option<Vec<usize>> = text.chars().map(septets).collect();
        match septets {
            Some(costs) => Self { encoding: Encoding::Gsm7, parts: pack(&costs, 160, 153) },
            None => Self { encoding: Encoding::Ucs2, parts: pack(&units(text), 70, 67) },
        }
    }
}

/// What a character costs, if the alphabet has it.
fn septets(character: char) -> Option<usize> {
    if BASIC.contains(character) {
        Some(1)
    } else if EXTENDED.contains(character) {
        Some(2)
    } else {
        None
    }
}

/// What each grapheme costs; one too large for a part is cut between its characters.
fn units(text: &str) -> Vec<usize> {
    let mut costs = Vec::new();
    for grapheme in text.graphemes(true) {
        let cost = grapheme.encode_utf16().count();
        if cost <= 67 {
            costs.push(cost);
        } else {
            costs.extend(grapheme.chars().map(char::len_utf16));
        }
    }
    costs
}

fn pack(costs: &[usize], alone: usize, part: usize) -> Vec<usize> {
    let total: usize = costs.iter().sum();
    if total <= alone {
        return vec![total];
    }
    let mut parts = vec![0];
    for cost in costs {
        match parts.last_mut() {
            Some(last) if *last + cost <= part => *last += cost,
            _ => parts.push(*cost),
        }
    }
    parts
}
