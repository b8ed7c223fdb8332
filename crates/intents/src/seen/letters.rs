//! Letters that stand apart: "a y u d a" is "ayuda". Three are an abbreviation ("c f e", "d i f") and stay.

use std::collections::HashMap;
use std::ops::Range;

use super::Edit;

/// From so many letters on they are words. "I M S S" is then "IMSS", which is how it is meant.
const FEWEST: usize = 4;
/// So many are read together; a text of single letters is no message.
const MOST: usize = 400;
/// Between two letters stand so many signs at most.
const GAP: usize = 3;

/// The letters that stand apart in a text, while it is read.
pub(super) struct Letters<'a> {
    text: &'a str,
    run: Vec<Letter>,
    /// Where the word before the run ended.
    before: usize,
}

struct Letter {
    at: Range<usize>,
    letter: char,
    /// It was disguised as well.
    changed: bool,
}

impl<'a> Letters<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, run: Vec::new(), before: 0 }
    }

    /// The next word, and what is read instead if it is disguised.
    pub(super) fn word(&mut self, at: Range<usize>, plain: Option<String>, edits: &mut Vec<Edit>) {
        let word = plain.as_deref().or_else(|| self.text.get(at.clone())).unwrap_or_default();
        let letter = single(word);
        let goes_on = self.run.last().is_some_and(|last| self.is_gap(last.at.end..at.start));
        if letter.is_none() || !goes_on || self.run.len() == MOST {
            self.close(at.start, edits);
        }
        match letter {
            Some(letter) => self.run.push(Letter { at, letter, changed: plain.is_some() }),
            None => {
                self.before = at.end;
                edits.extend(plain.map(|to| Edit { at, to }));
            }
        }
    }

    pub(super) fn end(mut self, edits: &mut Vec<Edit>) {
        self.close(self.text.len(), edits);
    }

    /// `next` is where the next word begins.
    fn close(&mut self, next: usize, edits: &mut Vec<Edit>) {
        let run = std::mem::take(&mut self.run);
        let (Some(first), Some(last)) = (run.first(), run.last()) else { return };
        let at = first.at.start..last.at.end;
        let apart = self.parts(self.before..at.start) && self.parts(at.end..next);
        self.before = at.end;
        let said = if apart { said(&run) } else { 0..0 };
        let (head, rest) = run.split_at(said.start);
        let (said, tail) = rest.split_at(said.len());
        edits.extend(head.iter().filter_map(Letter::alone));
        if let (Some(first), Some(last)) = (said.first(), said.last()) {
            edits.push(Edit { at: first.at.start..last.at.end, to: self.joined(said) });
        }
        edits.extend(tail.iter().filter_map(Letter::alone));
    }

    fn is_gap(&self, at: Range<usize>) -> bool {
        let gap = self.text.get(at).unwrap_or_default();
        let between =
            |c: char| c.is_whitespace() || matches!(c, '.' | '-' | '_' | '*' | '/' | '·' | '|' | '~');
        !gap.is_empty() && gap.chars().count() <= GAP && gap.chars().all(between)
    }

    /// A space or an end: in "https://a.b/c/d" and "j.p.m@" the letters are part of something else.
    fn parts(&self, at: Range<usize>) -> bool {
        let gap = self.text.get(at.clone()).unwrap_or_default();
        at.start == 0
            || at.end == self.text.len() && !gap.contains(['@', '/'])
            || gap.contains(char::is_whitespace)
    }

    /// What stands between most of them joins them; any other gap ends a word.
    fn joined(&self, run: &[Letter]) -> String {
        let gaps =
            || run.windows(2).map(|two| self.text.get(two[0].at.end..two[1].at.start).unwrap_or_default());
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for gap in gaps() {
            *counts.entry(gap).or_default() += 1;
        }
        let usual = counts.into_iter().max_by_key(|(gap, count)| (*count, *gap)).map_or("", |(gap, _)| gap);
        let mut out = String::with_capacity(run.len() + 4);
        let gaps = [usual].into_iter().chain(gaps());
        for (gap, letter) in gaps.zip(run) {
            if gap != usual {
                out.push(' ');
            }
            out.push(letter.letter);
        }
        out
    }
}

impl Letter {
    fn alone(&self) -> Option<Edit> {
        self.changed.then(|| Edit { at: self.at.clone(), to: self.letter.to_string() })
    }

    /// "Y", "a", "o" are words by themselves.
    fn is_word(&self) -> bool {
        self.letter.to_lowercase().all(|c| matches!(c, 'y' | 'a' | 'o' | 'e' | 'u'))
    }
}

/// The letters that are words together: several, with a vowel and something else. "I M S S y" ends before its "y", and
/// "c f e y" is no word.
fn said(run: &[Letter]) -> Range<usize> {
    let capital = |at: usize| run.get(at).is_some_and(|one| one.letter.is_uppercase());
    let edge =
        |at: usize, next: usize| run.get(at).is_some_and(Letter::is_word) && !capital(at) && capital(next);
    let from = usize::from(edge(0, 1));
    let to = run.len() - usize::from(run.len() > 1 && edge(run.len() - 1, run.len() - 2));
    let said = run.get(from..to).unwrap_or_default();
    let is_vowel = |one: &Letter| one.letter.to_lowercase().all(|c| "aeiouáéíóúü".contains(c));
    let in_doubt =
        said.len() == FEWEST && [said.first(), said.last()].into_iter().flatten().any(Letter::is_word);
    let can_be_said = said.iter().any(is_vowel) && !said.iter().all(is_vowel);
    if said.len() >= FEWEST && can_be_said && !in_doubt { from..to } else { 0..0 }
}

fn single(word: &str) -> Option<char> {
    let mut chars = word.chars();
    let letter = chars.next().filter(|c| c.is_alphabetic() && *c <= 'ɏ')?;
    chars.next().is_none().then_some(letter)
}
