//! A text as words, each with its place and both of its spellings.

use std::ops::Range;

use super::fold::{plain, sound};

/// What is read of an endless text, in bytes: people begin and end with what matters. A WhatsApp message has at most
/// 4,096 characters, so that only a pasted book is cut.
const HEAD: usize = 12_000;
const TAIL: usize = 4_000;

pub(super) struct Token {
    /// In bytes of the text.
    pub span: Range<usize>,
    /// For English rules.
    pub plain: String,
    /// For Spanish rules.
    pub sound: String,
    /// Whether a sentence ends before it.
    pub begins: bool,
}

pub(super) fn read(text: &str) -> Vec<Token> {
    let mut reader = Reader::default();
    if text.len() <= HEAD + TAIL {
        reader.read(text, 0);
        return reader.tokens;
    }
    let head = text.floor_char_boundary(HEAD);
    let tail = text.ceil_char_boundary(text.len() - TAIL);
    reader.read(text.get(..head).unwrap_or_default(), 0);
    reader.new_sentence = true;
    reader.read(text.get(tail..).unwrap_or_default(), tail);
    reader.tokens
}

#[derive(Default)]
struct Reader {
    tokens: Vec<Token>,
    word: String,
    /// Where the word began.
    from: usize,
    new_sentence: bool,
    /// Full stops in a row: one ends a sentence, three are a sigh ("ya no quiero... vivir").
    stops: usize,
}

impl Reader {
    fn read(&mut self, text: &str, offset: usize) {
        for (at, c) in text.char_indices() {
            let at = at + offset;
            if is_in_word(c) {
                self.letter(c, at);
            } else {
                self.end_word(at);
                self.between(c, at);
            }
        }
        self.end_word(offset + text.len());
    }

    fn letter(&mut self, c: char, at: usize) {
        if self.word.is_empty() {
            self.from = at;
        }
        self.word.push(c);
    }

    fn between(&mut self, c: char, at: usize) {
        if is_picture(c) {
            self.letter(c, at);
            self.end_word(at + c.len_utf8());
        }
        self.stops = if c == '.' { self.stops + 1 } else { 0 };
        match c {
            '.' => self.new_sentence = self.stops == 1,
            '!' | '?' | ';' | '\n' => self.new_sentence = true,
            _ => {}
        }
    }

    fn end_word(&mut self, at: usize) {
        let word = std::mem::take(&mut self.word);
        let plain = plain(&word);
        if plain.is_empty() {
            return;
        }
        let begins = std::mem::take(&mut self.new_sentence) || self.tokens.is_empty();
        self.stops = 0;
        self.tokens.push(Token { span: self.from..at, sound: sound(&plain), plain, begins });
    }
}

/// Letters and digits; what is put on them or between them without being seen; and apostrophes, which people leave
/// out ("dont").
fn is_in_word(c: char) -> bool {
    c.is_alphanumeric()
        || unicode_normalization::char::is_combining_mark(c)
        || matches!(c, '\'' | '’' | '´' | '`' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

fn is_picture(c: char) -> bool {
    matches!(c, '\u{1f300}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        read(text).into_iter().map(|token| token.plain).collect()
    }

    #[test]
    fn words_know_their_place_in_the_text_as_it_was_typed() {
        let text = "¡Auxílio!  don't 🔥go";
        let spans: Vec<&str> = read(text).iter().filter_map(|token| text.get(token.span.clone())).collect();
        assert_eq!(spans, ["Auxílio", "don't", "🔥", "go"]);
        assert_eq!(words(text), ["auxilio", "dont", "🔥", "go"]);
    }

    #[test]
    fn a_full_stop_ends_a_sentence_and_a_sigh_does_not() {
        let begins = |text: &str| read(text).iter().map(|token| token.begins).collect::<Vec<_>>();
        assert_eq!(begins("ya no quiero... vivir"), [true, false, false, false]);
        assert_eq!(begins("ya. No, vivir\nbien"), [true, true, false, true]);
    }

    #[test]
    fn of_an_endless_text_the_beginning_and_the_end_are_read() {
        let long = format!("auxilio {} bomberos", "ñandú ".repeat(2_000_000));
        let words = words(&long);
        assert!(words.len() < 3_000);
        assert_eq!((words[0].as_str(), words[words.len() - 1].as_str()), ("auxilio", "bomberos"));
    }
}
