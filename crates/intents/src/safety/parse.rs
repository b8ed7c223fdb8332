//! How a pattern is written, for staff and reviewers:
//!
//! | written | reads |
//! |---|---|
//! | `me quiero matar` | these words, one after the other |
//! | `quiero|deseo` | one word or the other |
//! | `golpe*` | a word that begins so |
//! | `ya?` | this word or none |
//! | `(de la|por el) casa` | one phrase or the other: inside brackets `|` parts phrases |
//! | `<he>` | one of a list in `rules/words.yaml` |
//! | `..3` | up to three words, whichever, of the same sentence |
//! | `!de|por` | here is none of these words |
//! | `^`, `$` | a sentence begins, ends here |

use std::collections::BTreeMap;
use std::iter::Peekable;
use std::vec::IntoIter;

use ventanilla_values::Lang;

use super::lexicon::{Lexicon, Term};
use super::pattern::Pattern;

/// The lists of one language, by name, as they are written.
pub(super) type Lists = BTreeMap<String, Vec<String>>;

/// Lists may name lists, so deep and no deeper.
const DEEPEST: usize = 6;
/// A shorter beginning belongs to too many words.
const SHORTEST_PREFIX: usize = 3;

/// Reads patterns of one language.
pub(super) struct Parser<'a> {
    pub lang: Lang,
    pub lists: &'a Lists,
    pub lexicon: &'a mut Lexicon,
    pub depth: usize,
    /// How many brackets are open.
    pub inside: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Word(String),
    List(String),
    Gap(u8),
    Sign(char),
}

/// One of `a|b|<c>`, before it is known whether they are all single words.
enum Choice {
    Word(Term),
    Phrase(Pattern),
}

type Pieces = Peekable<IntoIter<Piece>>;

impl Parser<'_> {
    /// The error says what is wrong with the pattern.
    pub(super) fn pattern(&mut self, written: &str) -> Result<Pattern, String> {
        let mut pieces = cut(written)?.into_iter().peekable();
        let pattern = self.sequence(&mut pieces)?;
        match pieces.next() {
            None => Ok(pattern),
            Some(piece) => Err(format!("{piece:?} is not expected in '{written}'")),
        }
    }

    fn sequence(&mut self, pieces: &mut Pieces) -> Result<Pattern, String> {
        let mut parts = Vec::new();
        while let Some(piece) = pieces.peek() {
            let part = match piece {
                Piece::Sign(')' | '|') => break,
                Piece::Gap(most) => Pattern::Gap(*most),
                Piece::Sign('^') => Pattern::Start,
                Piece::Sign('$') => Pattern::End,
                Piece::Sign('!') => {
                    pieces.next();
                    parts.push(self.not(pieces)?);
                    continue;
                }
                _ => {
                    parts.push(self.choice(pieces)?);
                    continue;
                }
            };
            pieces.next();
            parts.push(part);
        }
        match parts.len() {
            0 => Err("there is nothing to read".to_owned()),
            1 => Ok(parts.remove(0)),
            _ => Ok(Pattern::Sequence(parts)),
        }
    }

    fn not(&mut self, pieces: &mut Pieces) -> Result<Pattern, String> {
        match self.choice(pieces)? {
            Pattern::Word(set) => Ok(Pattern::Not(set)),
            _ => Err("after ! come single words".to_owned()),
        }
    }

    /// `a|b|<c>`, with its `?`.
    fn choice(&mut self, pieces: &mut Pieces) -> Result<Pattern, String> {
        let mut choices = Vec::new();
        loop {
            self.one(pieces, &mut choices)?;
            if self.inside > 0 || pieces.next_if_eq(&Piece::Sign('|')).is_none() {
                break;
            }
        }
        let pattern = self.either(choices);
        let optional = pieces.next_if_eq(&Piece::Sign('?')).is_some();
        Ok(if optional { Pattern::Optional(Box::new(pattern)) } else { pattern })
    }

    fn one(&mut self, pieces: &mut Pieces, choices: &mut Vec<Choice>) -> Result<(), String> {
        match pieces.next() {
            Some(Piece::Word(word)) => choices.push(Choice::Word(term(&word)?)),
            Some(Piece::List(name)) => self.list(&name, choices)?,
            Some(Piece::Sign('(')) => choices.push(Choice::Phrase(self.group(pieces)?)),
            other => return Err(format!("a word is expected, not {other:?}")),
        }
        Ok(())
    }

    /// Phrases parted by `|`, up to the bracket; those of one word are one set, which is quicker to look for.
    fn group(&mut self, pieces: &mut Pieces) -> Result<Pattern, String> {
        self.inside += 1;
        let mut choices = Vec::new();
        loop {
            choices.push(self.phrase(pieces)?);
            match pieces.next() {
                Some(Piece::Sign('|')) => {}
                Some(Piece::Sign(')')) => break,
                other => return Err(format!("a bracket is open before {other:?}")),
            }
        }
        self.inside -= 1;
        Ok(self.either(choices))
    }

    fn phrase(&mut self, pieces: &mut Pieces) -> Result<Choice, String> {
        let mut ahead = pieces.clone();
        let (first, second) = (ahead.next(), ahead.next());
        match (first, second) {
            (Some(Piece::Word(word)), Some(Piece::Sign('|' | ')'))) => {
                pieces.next();
                Ok(Choice::Word(term(&word)?))
            }
            _ => Ok(Choice::Phrase(self.sequence(pieces)?)),
        }
    }

    fn list(&mut self, name: &str, choices: &mut Vec<Choice>) -> Result<(), String> {
        let lists = self.lists;
        let entries = lists.get(name).ok_or_else(|| format!("there is no list <{name}>"))?;
        if self.depth == DEEPEST {
            return Err(format!("<{name}> names itself"));
        }
        self.depth += 1;
        let inside = std::mem::take(&mut self.inside);
        for entry in entries {
            match cut(entry)?.as_slice() {
                [Piece::Word(word)] => choices.push(Choice::Word(term(word)?)),
                [Piece::List(inner)] => self.list(inner, choices)?,
                _ => choices.push(Choice::Phrase(self.pattern(entry)?)),
            }
        }
        self.depth -= 1;
        self.inside = inside;
        Ok(())
    }

    /// All single words are one set.
    fn either(&mut self, choices: Vec<Choice>) -> Pattern {
        let mut words = Vec::new();
        let mut patterns = Vec::new();
        for choice in choices {
            match choice {
                Choice::Word(term) => words.push(term),
                Choice::Phrase(pattern) => patterns.push(pattern),
            }
        }
        if !words.is_empty() {
            patterns.insert(0, Pattern::Word(self.lexicon.set(self.lang, &words)));
        }
        if patterns.len() == 1 { patterns.remove(0) } else { Pattern::Either(patterns) }
    }
}

fn term(word: &str) -> Result<Term, String> {
    let Some(prefix) = word.strip_suffix('*') else { return Ok(Term::Whole(word.to_owned())) };
    // How "q" sounds is known by the next letter only.
    if prefix.chars().count() < SHORTEST_PREFIX || prefix.ends_with('q') {
        return Err(format!("'{word}' is a bad beginning: longer, and not up to q"));
    }
    Ok(Term::Prefix(prefix.to_owned()))
}

fn cut(written: &str) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    for part in written.split_whitespace() {
        if let Some(most) = part.strip_prefix("..") {
            let most = most.parse().map_err(|_| format!("how many words is '{part}'?"))?;
            pieces.push(Piece::Gap(most));
        } else {
            cut_part(part, &mut pieces)?;
        }
    }
    Ok(pieces)
}

fn cut_part(part: &str, pieces: &mut Vec<Piece>) -> Result<(), String> {
    let mut rest = part;
    while let Some(sign) = rest.chars().next() {
        if sign == '<' {
            let (name, after) =
                rest.trim_start_matches('<').split_once('>').ok_or("a list's name ends in >")?;
            pieces.push(Piece::List(name.to_owned()));
            rest = after;
        } else if "()|?!^$".contains(sign) {
            pieces.push(Piece::Sign(sign));
            rest = rest.strip_prefix(sign).unwrap_or_default();
        } else {
            let end = rest.find(['(', ')', '|', '?', '!', '<']).unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            pieces.push(Piece::Word(word.to_owned()));
            rest = after;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
