//! Goes through the [`Token`]s of a message one after the other. Each typed reader of this crate has a
//! `read(&mut Reader)`: it reads what begins here and moves on, or says `None` and stays.

use crate::{Token, TokenKind, number::number_at};

/// A place in a row of tokens. Copying it is remembering the place.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    tokens: &'a [Token],
    at: usize,
}

impl<'a> Reader<'a> {
    pub fn new(tokens: &'a [Token]) -> Self {
        Self { tokens, at: 0 }
    }

    /// The same tokens, read from another place on.
    #[must_use]
    pub fn from(self, at: usize) -> Self {
        Self { at, ..self }
    }

    pub fn position(&self) -> usize {
        self.at
    }

    pub fn is_done(&self) -> bool {
        self.at >= self.tokens.len()
    }

    pub fn token(&self) -> Option<&'a Token> {
        self.tokens.get(self.at)
    }

    /// The token so many further on, or behind.
    pub fn token_at(&self, ahead: isize) -> Option<&'a Token> {
        self.at.checked_add_signed(ahead).and_then(|at| self.tokens.get(at))
    }

    /// What is read next; empty at the end.
    pub fn word(&self) -> &'a str {
        self.word_at(0)
    }

    /// The word so many tokens further on, or behind; empty outside.
    pub fn word_at(&self, ahead: isize) -> &'a str {
        self.token_at(ahead).map_or("", |token| token.folded.as_str())
    }

    pub fn skip(&mut self, tokens: usize) {
        self.at += tokens;
    }

    /// Takes the next word if it is one of these.
    pub fn take(&mut self, words: &[&str]) -> Option<&'a str> {
        let word = Some(self.word()).filter(|word| !word.is_empty() && words.contains(word))?;
        self.at += 1;
        Some(word)
    }

    /// Takes the first of the phrases that stands here; words are parted by one space.
    pub fn take_phrase(&mut self, phrases: &[&str]) -> bool {
        phrases.iter().any(|phrase| self.take_whole_phrase(phrase))
    }

    /// What belongs to the first of the phrases that stands here.
    pub fn take_listed<T: Copy>(&mut self, listed: &[(&str, T)]) -> Option<T> {
        listed.iter().find(|(phrase, _)| self.take_whole_phrase(phrase)).map(|(_, value)| *value)
    }

    fn take_whole_phrase(&mut self, phrase: &str) -> bool {
        let rest = self.tokens.get(self.at..).unwrap_or_default();
        // Hundreds of phrases are tried at every word: most differ in their first letters.
        if !rest.first().is_some_and(|token| phrase.starts_with(token.folded.as_str())) {
            return false;
        }
        let mut length = 0;
        let same = phrase.split(' ').all(|word| {
            length += 1;
            rest.get(length - 1).is_some_and(|token| token.folded == word)
        });
        self.at += if same { length } else { 0 };
        same
    }

    /// Takes digits that are one number of so many figures at most.
    pub fn take_digits(&mut self, figures: usize) -> Option<u32> {
        let token = self.token().filter(|t| t.kind == TokenKind::Digits && t.folded.len() <= figures)?;
        let value = token.folded.parse().ok()?;
        self.at += 1;
        Some(value)
    }

    /// Takes a number, in digits or in words.
    pub fn take_number(&mut self) -> Option<f64> {
        let (value, used) = number_at(self.tokens.get(self.at..).unwrap_or_default())?;
        self.at += used;
        Some(value)
    }

    /// Takes a whole number of at most `most`.
    pub fn take_count(&mut self, most: u32) -> Option<u32> {
        self.attempt(|r| {
            let number = r.take_number()?;
            (number.fract() == 0.0 && (0.0..=f64::from(most)).contains(&number)).then_some(number as u32)
        })
    }

    /// Stays where it is when `read` finds nothing.
    pub fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let begun = self.at;
        let found = read(self);
        if found.is_none() {
            self.at = begun;
        }
        found
    }

    /// The next token touches the one before it.
    pub fn is_glued(&self) -> bool {
        self.token().is_some_and(|token| token.glued)
    }
}

/// The one thing of its kind in an answer; none when there are several different ones.
pub(crate) fn only<T: PartialEq>(text: &str, read: impl Fn(&mut Reader<'_>) -> Option<T>) -> Option<T> {
    let tokens = crate::tokens(text);
    let mut reader = Reader::new(&tokens);
    let mut found = None;
    while !reader.is_done() {
        match reader.attempt(&read) {
            Some(one) if found.as_ref().is_some_and(|first| *first != one) => return None,
            Some(one) => found = Some(one),
            None => reader.skip(1),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokens;

    #[test]
    fn what_does_not_fit_is_left_where_it_is() {
        let tokens = tokens("dos mil trece a las 4");
        let mut reader = Reader::new(&tokens);
        assert_eq!(reader.take_count(100), None);
        assert_eq!(reader.take_number(), Some(2013.0));
        assert!(!reader.take_phrase(&["a los", "las"]));
        assert!(reader.take_phrase(&["a las"]));
        assert_eq!((reader.word(), reader.word_at(-1), reader.word_at(1)), ("4", "las", ""));
        assert_eq!(reader.take_digits(2), Some(4));
        assert!(reader.is_done() && reader.take(&[""]).is_none());
    }

    #[test]
    fn of_several_different_things_none_is_meant() {
        let read = |r: &mut Reader<'_>| r.take_digits(2);
        assert_eq!(only("son 4, sí, 4", read), Some(4));
        assert_eq!(only("4 o 5", read), None);
        assert_eq!(only("", read), None);
    }
}
