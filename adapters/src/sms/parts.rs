//! A long answer as several messages, each of which can be read on its own. Called by the server's renderer; it must
//! not lose a word.

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use super::segments::segments;
use crate::text::utf16_len;

/// Twilio refuses a longer body (21617), whatever it takes in segments.
pub(super) const MAX_TEXT: usize = 1600;

/// The text as messages of at most `max_segments` segments each (0 counts as 1), every one headed `(1/3) `; just the
/// text where it fits one. Cut after sentences, else between words, and inside a word only where nothing else fits.
/// White space at the cuts is dropped; the rest is kept, in NFC.
///
/// ```
/// use ventanilla_adapters::sms::parts;
/// assert_eq!(parts("Listo.", 1), ["Listo."]);
/// let long = "Esta oración tiene acentos y cuesta. ".repeat(3);
/// assert_eq!(parts(&long, 1)[1], "(2/3) Esta oración tiene acentos y cuesta.");
/// ```
pub fn parts(text: &str, max_segments: usize) -> Vec<String> {
    let text: String = text.nfc().collect();
    let room = Room { max_segments: max_segments.max(1) };
    if room.takes(&text) {
        return vec![text];
    }
    // Numbers of one digit first: how many messages there are is known only after they were cut.
    let mut digits = 1;
    let pieces = loop {
        let pieces = room.cut(&text, &"9".repeat(digits));
        if pieces.len().to_string().len() <= digits {
            break pieces;
        }
        digits += 1;
    };
    let total = pieces.len();
    pieces.iter().enumerate().map(|(index, piece)| format!("({}/{total}) {piece}", index + 1)).collect()
}

/// What fits one message.
struct Room {
    max_segments: usize,
}

impl Room {
    fn takes(&self, text: &str) -> bool {
        utf16_len(text) <= MAX_TEXT && segments(text).count <= self.max_segments
    }

    /// Pieces that fit with a head of such numbers before them.
    fn cut<'t>(&self, text: &'t str, number: &str) -> Vec<&'t str> {
        let head = format!("({number}/{number}) ");
        let mut pieces = Vec::new();
        let mut rest = text.trim();
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(self.end(rest, &head));
            pieces.push(piece.trim_end());
            rest = after.trim_start();
        }
        pieces
    }

    /// Where the first piece ends, in bytes; always after the first letter.
    fn end(&self, rest: &str, head: &str) -> usize {
        let fits = |end: &usize| {
            let (piece, _) = rest.split_at(*end);
            self.takes(&format!("{head}{}", piece.trim_end()))
        };
        let ends = letter_ends(rest);
        let fitting = ends.partition_point(fits);
        let Some(limit) = fitting.checked_sub(1).and_then(|last| ends.get(last)).copied() else {
            return giant(rest, fits);
        };
        if limit == rest.len() {
            return limit;
        }
        let (page, _) = rest.split_at(limit);
        best_break(page, rest).unwrap_or(limit)
    }
}

/// Ends of the visible letters, as far as one message may possibly reach.
fn letter_ends(rest: &str) -> Vec<usize> {
    rest.grapheme_indices(true).take(MAX_TEXT).map(|(start, letter)| start + letter.len()).collect()
}

/// A letter under so many accents that it fits nowhere is cut between them.
fn giant(rest: &str, fits: impl Fn(&usize) -> bool) -> usize {
    let ends: Vec<usize> =
        rest.char_indices().take(MAX_TEXT).map(|(start, c)| start + c.len_utf8()).collect();
    let fitting = ends.partition_point(fits);
    ends.get(fitting.max(1) - 1).copied().unwrap_or(rest.len())
}

/// The last end of a sentence in the second half of the page, else of a word.
fn best_break(page: &str, rest: &str) -> Option<usize> {
    let spaces = || {
        rest.char_indices()
            .take_while(|(at, _)| *at <= page.len())
            .filter(|(at, letter)| *at > 0 && letter.is_whitespace())
            .map(|(at, _)| at)
    };
    let ends_sentence = |at: &usize| {
        let (before, after) = rest.split_at(*at);
        before.ends_with(['.', '!', '?', '…', ':', ';']) || after.starts_with('\n')
    };
    let sentence = spaces().filter(ends_sentence).last().filter(|at| at * 2 > page.len());
    sentence.or_else(|| spaces().last())
}
