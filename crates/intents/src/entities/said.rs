//! A message with its tokens, and what its capital letters tell.

use std::ops::Range;

use ventanilla_values::{Reader, Token, TokenKind};

/// What the finders go through.
#[derive(Debug, Clone, Copy)]
pub(super) struct Said<'a> {
    text: &'a str,
    tokens: &'a [Token],
    /// Capital letters mean something: the message has small ones too.
    cased: bool,
}

impl<'a> Said<'a> {
    pub(super) fn new(text: &'a str, tokens: &'a [Token]) -> Self {
        Self { text, tokens, cased: text.chars().any(char::is_lowercase) }
    }

    pub(super) fn reader(&self) -> Reader<'a> {
        Reader::new(self.tokens)
    }

    /// The bytes of a row of tokens; none when the row is empty.
    pub(super) fn span(&self, tokens: &Range<usize>) -> Option<Range<usize>> {
        let row = self.tokens.get(tokens.clone())?;
        Some(row.first()?.span.start..row.last()?.span.end)
    }

    /// A row of tokens as written.
    pub(super) fn slice(&self, tokens: &Range<usize>) -> &'a str {
        self.span(tokens).and_then(|span| self.text.get(span)).unwrap_or_default()
    }

    /// Written with a capital letter on purpose: not in a message that is all capitals.
    pub(super) fn is_name(&self, token: &Token) -> bool {
        self.cased && token.capital && token.kind == TokenKind::Word
    }

    /// The token as written.
    pub(super) fn written(&self, token: &Token) -> &'a str {
        self.text.get(token.span.clone()).unwrap_or_default()
    }

    /// Reads at every token; goes on behind what was found.
    pub(super) fn each<T>(
        &self,
        mut read: impl FnMut(&mut Reader<'a>) -> Option<T>,
    ) -> Vec<(T, Range<usize>)> {
        let mut found = Vec::new();
        let mut reader = self.reader();
        while !reader.is_done() {
            let begun = reader.position();
            if !may_begin(&reader) {
                reader.skip(1);
                continue;
            }
            match reader.attempt(&mut read) {
                Some(one) if reader.position() > begun => found.push((one, begun..reader.position())),
                _ => reader = reader.from(begun + 1),
            }
        }
        found
    }
}

/// A sign begins only an amount or a phone.
fn may_begin(reader: &Reader<'_>) -> bool {
    reader.token().is_some_and(|t| t.kind != TokenKind::Sign || matches!(t.folded.as_str(), "$" | "+" | "("))
}
