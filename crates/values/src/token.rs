//! A message cut into words that remember where they stood: what finds things inside a text begins here. The words
//! are folded like [`matching`](crate::matching); the text itself is never changed.

use std::ops::Range;

use crate::text;

/// How many characters of a message are looked at: more than any channel lets a person send (Meta: 4,096).
const LOOKED_AT: usize = 12_000;

/// A word, a number or a sign. A row that begins with a digit ends where letters begin, and goes on behind them:
/// "4pm" is `4` `pm`, "60x57" is `60` `x` `57`; "b5" stays whole.
#[derive(Clone, PartialEq, Eq)]
pub struct Token {
    /// Bytes in the original text, on character boundaries.
    pub span: Range<usize>,
    /// In small letters without accents; a sign is itself.
    pub folded: String,
    /// Nothing stands between it and the token before.
    pub glued: bool,
    /// It begins with a capital letter.
    pub capital: bool,
    pub kind: TokenKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    Word,
    /// Digits 0 to 9 only.
    Digits,
    /// One character that is neither letter nor digit; also a line end.
    Sign,
}

/// Without its text: it may be a citizen's.
impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Token").field("span", &self.span).field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// The tokens of a text, in order. Characters that draw nothing belong to no token, or lie inside a word.
///
/// ```
/// use ventanilla_values::tokens;
/// let text = "Mañana, 4pm";
/// let words: Vec<_> = tokens(text).into_iter().map(|t| (t.folded, &text[t.span])).collect();
/// assert_eq!(words, [
///     ("manana".into(), "Mañana"), (",".into(), ","), ("4".into(), "4"), ("pm".into(), "pm"),
/// ]);
/// ```
pub fn tokens(text: &str) -> Vec<Token> {
    let mut cut = Cut::default();
    for (at, c) in text.char_indices().filter(|(_, c)| !text::is_stripped(*c)).take(LOOKED_AT) {
        cut.push(at, c);
    }
    cut.done
}

#[derive(Default)]
struct Cut {
    done: Vec<Token>,
    /// The last token is a word that may go on.
    open: bool,
    spaced: bool,
}

impl Cut {
    fn push(&mut self, at: usize, c: char) {
        let end = at + c.len_utf8();
        if text::is_accent(c) || text::is_joiner(c) {
            // A mark of its own belongs to the letter before.
            if let Some(word) = self.done.last_mut().filter(|_| self.open && text::is_accent(c)) {
                word.span.end = end;
            }
        } else if c.is_whitespace() && c != '\n' {
            (self.open, self.spaced) = (false, true);
        } else {
            self.push_visible(at..end, c);
        }
    }

    fn push_visible(&mut self, span: Range<usize>, c: char) {
        let mut folded = String::new();
        text::push_folded(c, &mut folded);
        let kind = kind_of(&folded);
        let room = self.done.last_mut().filter(|_| self.open && kind != TokenKind::Sign);
        match room.filter(|word| goes_on(word, kind)) {
            Some(word) => {
                word.span.end = span.end;
                word.folded.push_str(&folded);
            }
            None => {
                let glued = !self.spaced && !self.done.is_empty();
                self.done.push(Token { span, folded, glued, capital: c.is_uppercase(), kind });
            }
        }
        self.open = kind != TokenKind::Sign;
        self.spaced = c == '\n';
    }
}

fn kind_of(folded: &str) -> TokenKind {
    if !folded.is_empty() && folded.bytes().all(|b| b.is_ascii_digit()) {
        TokenKind::Digits
    } else if folded.chars().any(char::is_alphanumeric) {
        TokenKind::Word
    } else {
        TokenKind::Sign
    }
}

/// Whether a character belongs to the word before it.
fn goes_on(word: &Token, kind: TokenKind) -> bool {
    let behind_digits = word.glued && word.folded.chars().all(char::is_alphabetic);
    word.kind == kind || (word.kind == TokenKind::Word && !behind_digits)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cut(text: &str) -> Vec<String> {
        tokens(text).into_iter().map(|t| t.folded).collect()
    }

    #[test]
    fn a_row_that_begins_with_digits_is_cut_at_its_letters() {
        assert_eq!(cut("60x57 4:30pm b5 30cm"), ["60", "x", "57", "4", ":", "30", "pm", "b5", "30", "cm"]);
    }

    #[test]
    fn marks_that_draw_nothing_stay_inside_their_word() {
        let text = "cami\u{200b}o\u{301}n\u{202e}, x";
        let found = tokens(text);
        assert_eq!(cut(text), ["camion", ",", "x"]);
        assert_eq!(text.get(found[0].span.clone()), Some("cami\u{200b}o\u{301}n"));
        assert!(found[1].glued && !found[2].glued);
    }

    #[test]
    fn capitals_and_line_ends_are_told() {
        let found = tokens("Élida\nvino");
        assert!(found[0].capital && !found[2].capital);
        assert_eq!(found[1].kind, TokenKind::Sign);
    }

    proptest! {
        #[test]
        fn tokens_are_ordered_pieces_of_the_text(text in any::<String>()) {
            let mut end = 0;
            for token in tokens(&text) {
                prop_assert!(token.span.start >= end && !token.span.is_empty());
                prop_assert!(text.get(token.span.clone()).is_some());
                end = token.span.end;
            }
        }
    }
}
