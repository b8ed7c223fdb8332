//! Neighbouring words of a transcript, looked at together.

use super::HeardWord;
use super::words::{is_determiner, is_grammar, is_place_word, joins_places};

/// One to a few neighbouring words.
pub(super) struct Span<'a> {
    heard: &'a [HeardWord<'a>],
    plain: &'a [String],
    at: usize,
    count: usize,
}

/// Every span of at most `widest` words that does not cross the end of a sentence.
pub(super) fn all<'a>(
    heard: &'a [HeardWord<'a>],
    plain: &'a [String],
    widest: usize,
) -> impl Iterator<Item = Span<'a>> {
    let spans = (0..heard.len()).flat_map(move |at| (1..=widest).map(move |count| (at, count)));
    let spans = spans.filter(move |(at, count)| at + count <= heard.len());
    spans.map(move |(at, count)| Span { heard, plain, at, count }).filter(Span::is_whole)
}

impl Span<'_> {
    pub(super) fn at(&self) -> usize {
        self.at
    }

    pub(super) fn count(&self) -> usize {
        self.count
    }

    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.plain.iter().skip(self.at).take(self.count).map(String::as_str)
    }

    fn heard(&self) -> impl Iterator<Item = &HeardWord<'_>> {
        self.heard.iter().skip(self.at).take(self.count)
    }

    /// Words without accents and punctuation.
    pub(super) fn plain(&self) -> String {
        self.words().collect::<Vec<_>>().join(" ")
    }

    /// As heard.
    pub(super) fn text(&self) -> String {
        self.heard().map(|word| word.text).collect::<Vec<_>>().join(" ")
    }

    pub(super) fn least_probability(&self) -> f32 {
        self.heard().map(|word| word.probability).fold(1.0, f32::min)
    }

    /// Words with a full stop or comma between them are no phrase.
    fn is_whole(&self) -> bool {
        let inner = self.heard().take(self.count - 1);
        inner.clone_ends_with_letters() && self.words().all(|word| !word.is_empty())
    }

    /// A phrase neither begins nor ends with a word that only builds the sentence.
    pub(super) fn touches_the_grammar(&self) -> bool {
        let edge = |word: Option<&str>| word.is_some_and(|word| is_grammar(word) || is_place_word(word));
        edge(self.words().next()) || edge(self.words().last())
    }

    /// Whether a thing may stand here: at the very beginning, or after an article or the like.
    pub(super) fn after_determiner(&self) -> bool {
        let before = self.at.checked_sub(1).and_then(|at| self.plain.get(at));
        before.is_none_or(|word| is_determiner(word))
    }

    /// Whether the words before say that a street or a place comes now.
    pub(super) fn after_place_word(&self) -> bool {
        let mut before = self.plain.iter().take(self.at).rev().map(String::as_str).take(4);
        match before.next() {
            Some(word) if is_place_word(word) || word == "entre" => true,
            Some(word) if joins_places(word) => before.any(|word| is_place_word(word) || word == "entre"),
            _ => false,
        }
    }

    /// `text` with the capital that a sentence begins with, and with the punctuation of the span's end.
    pub(super) fn dressed(&self, text: &str) -> String {
        let first = self.heard().next().map_or("", |word| word.text);
        let capital = first.chars().find(|letter| letter.is_alphanumeric()).is_some_and(char::is_uppercase);
        let opening: String = first.chars().take_while(|letter| !letter.is_alphanumeric()).collect();
        let last = self.heard().last().map_or("", |word| word.text);
        let closing: Vec<char> = last.chars().rev().take_while(|letter| !letter.is_alphanumeric()).collect();
        let mut letters = text.chars();
        let head = letters
            .next()
            .map(|letter| if capital { letter.to_uppercase().collect() } else { letter.to_string() });
        format!(
            "{opening}{}{}{}",
            head.unwrap_or_default(),
            letters.as_str(),
            closing.iter().rev().collect::<String>()
        )
    }
}

/// For the words of a span but the last.
trait EndsWithLetters {
    fn clone_ends_with_letters(self) -> bool;
}

impl<'a, I: Iterator<Item = &'a HeardWord<'a>>> EndsWithLetters for I {
    fn clone_ends_with_letters(mut self) -> bool {
        self.all(|word| word.text.chars().next_back().is_some_and(char::is_alphanumeric))
    }
}
