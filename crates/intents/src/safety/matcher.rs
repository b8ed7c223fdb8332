//! Tokens and rules -> signs. What it takes grows with the text and with the rules, never faster.

use super::lexicon::Lexicon;
use super::pattern::{Guarded, Places, Window};
use super::rules::{Rule, Rules};
use super::token::Token;
use super::{Sign, Weight};

/// How many words are looked at at once, and how far the next look begins. A pattern may span the difference.
const WORDS: usize = 120;
const STEP: usize = 60;
/// The most words a pattern may span, so that none is lost between two looks.
#[cfg(test)]
pub(super) const SPAN: usize = WORDS - STEP;

/// The windows of a text.
pub(super) struct Texts<'a> {
    lexicon: &'a Lexicon,
    tokens: &'a [Token],
    from: usize,
}

pub(super) struct Part {
    pub window: Window,
    /// The number of its first token.
    from: usize,
    /// How many tokens it has.
    len: usize,
}

pub(super) fn find(rules: &'static Rules, tokens: &[Token]) -> Vec<Sign> {
    let mut found: Vec<Sign> = Vec::new();
    for part in Texts::new(&rules.lexicon, tokens) {
        for rule in &rules.rules {
            part.signs(rule, tokens, &mut found);
        }
    }
    found
}

impl<'a> Texts<'a> {
    pub(super) fn new(lexicon: &'a Lexicon, tokens: &'a [Token]) -> Self {
        Self { lexicon, tokens, from: 0 }
    }
}

impl Iterator for Texts<'_> {
    type Item = Part;

    fn next(&mut self) -> Option<Part> {
        let rest = self.tokens.get(self.from..).filter(|rest| !rest.is_empty())?;
        let tokens = rest.get(..WORDS).unwrap_or(rest);
        let part = Part { window: window(self.lexicon, tokens), from: self.from, len: tokens.len() };
        self.from = if tokens.len() == rest.len() { self.tokens.len() } else { self.from + STEP };
        Some(part)
    }
}

fn window(lexicon: &Lexicon, tokens: &[Token]) -> Window {
    let mut window = Window { words: vec![0; lexicon.len()], starts: 0, ends: 1 << tokens.len() };
    for (at, token) in tokens.iter().enumerate() {
        let place: Places = 1 << at;
        lexicon.each_set(token, |set| {
            if let Some(places) = window.words.get_mut(set as usize) {
                *places |= place;
            }
        });
        if token.begins {
            window.starts |= place;
            window.ends |= if at == 0 { 0 } else { place };
        }
    }
    window
}

impl Part {
    fn signs(&self, rule: &'static Rule, tokens: &[Token], found: &mut Vec<Sign>) {
        let read = |pattern: &&Guarded| pattern.read(&self.window, self.all()) != 0;
        let patterns: Vec<&Guarded> = rule.patterns.iter().filter(read).collect();
        if patterns.is_empty() || rule.unless.iter().any(|unless| read(&unless)) {
            return;
        }
        for (from, to) in self.spans(&patterns, rule.weight == Weight::Idiom) {
            let (Some(first), Some(last)) = (tokens.get(self.from + from), tokens.get(self.from + to - 1))
            else {
                continue;
            };
            let span = first.span.start..last.span.end;
            let (intent, weight, foreign) = (rule.intent, rule.weight, rule.foreign);
            let sign = Sign { intent, weight, span, rule: &rule.name, foreign };
            if !found.contains(&sign) {
                found.push(sign);
            }
        }
    }

    fn all(&self) -> Places {
        Places::MAX >> (Places::BITS as usize - self.len)
    }

    /// An idiom covers as much as it can; of anything else the shortest words that say it are the sign, since they
    /// are the easiest to cover. None lies within another.
    fn spans(&self, patterns: &[&Guarded], idiom: bool) -> Vec<(usize, usize)> {
        let ends = (0..self.len).filter_map(|from| Some((from, end(patterns, &self.window, from, idiom)?)));
        let all: Vec<(usize, usize)> = ends.collect();
        let inside = |a: &(usize, usize), b: &(usize, usize)| a != b && b.0 <= a.0 && a.1 <= b.1;
        let spare = |one: &(usize, usize)| {
            all.iter().any(|other| if idiom { inside(one, other) } else { inside(other, one) })
        };
        all.iter().copied().filter(|one| !spare(one)).collect()
    }
}

/// Where any of the patterns ends when it begins at a word: as far as it can or as near.
fn end(patterns: &[&Guarded], window: &Window, from: usize, far: bool) -> Option<usize> {
    // A pattern of nothing but optional parts says nothing.
    let ends = patterns.iter().fold(0, |ends, pattern| ends | pattern.read(window, 1 << from)) & !(1 << from);
    let bit = if far { ends.checked_ilog2()? } else { ends.trailing_zeros() };
    (ends != 0).then_some(bit as usize)
}
