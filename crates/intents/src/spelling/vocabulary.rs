//! Builds a [`Speller`]: the general list, then the phrases, then what the phrases themselves misspell.

use std::collections::HashMap;

use super::fold::fold_into;
use super::index::Index;
use super::lexicon::{Id, Lexicon};
use super::pairs::Pairs;
use super::repair::Repair;
use super::shorthand;
use super::tokens::{Kind, tokens};
use super::words;
use super::{Speller, clean};
use crate::parallel;

/// Words of the lists, about.
const LISTED: usize = 80_000;
/// Rarer words of the lists are known, but nothing is corrected to them.
const TARGET: f32 = -17.0;
const ENGLISH_TARGET: f32 = -14.0;
/// A word that no list knows, and that is not there oftener than once in so many words of the phrases, may be a slip; one
/// that is there more than three times is not. In a small book every word is rare.
const RARE: u32 = 60_000;
const NOT_RARE: u32 = 3;
/// So many words are looked at in one go.
const PART: usize = 512;

/// `misspelt` says which words of the phrases are slips, where that is known: to find out takes a second.
pub(super) fn learn<'a>(
    phrases: impl IntoIterator<Item = &'a str> + Send,
    misspelt_before: Option<&[String]>,
) -> Speller {
    let (mut lexicon, tally) = parallel::both(listed, || Tally::of(phrases));
    let pairs = count(tally, &mut lexicon);
    let index = Index::of(&lexicon, targets(&lexicon));
    let by_name = by_name(&lexicon);
    let mut speller = Speller { lexicon, index, pairs, by_name };
    let wrong = match misspelt_before {
        Some(words) => words.iter().filter_map(|word| speller.lexicon.find(word)).collect(),
        None => misspelt(&speller),
    };
    for id in wrong {
        if let Some(entry) = speller.lexicon.entry_mut(id) {
            entry.misspelt = true;
        }
    }
    speller
}

fn listed() -> Lexicon {
    let mut lexicon = Lexicon::with_capacity(LISTED);
    let mut folded = String::new();
    words::read(|word, tongue, likely| lexicon.add_listed(word, tongue, likely, &mut folded));
    lexicon
}

/// Every word of the phrases with how often it is there, and the words in their order, `None` where a phrase ends or
/// a number stands.
#[derive(Default)]
struct Tally {
    seen: HashMap<String, u32>,
    sequence: Vec<Option<String>>,
}

impl Tally {
    fn of<'a>(phrases: impl IntoIterator<Item = &'a str>) -> Self {
        let mut tally = Self::default();
        phrases.into_iter().for_each(|phrase| tally.add(phrase));
        tally
    }

    fn add(&mut self, phrase: &str) {
        let cleaned = clean::clean(phrase);
        for token in tokens(&cleaned).iter().filter(|t| t.kind != Kind::Between) {
            let word = token.of(&cleaned).to_lowercase();
            let is_word = word.chars().all(|c| c.is_alphabetic() || c == '\'');
            if is_word {
                *self.seen.entry(word.clone()).or_default() += 1;
            }
            self.sequence.push(is_word.then_some(word));
        }
        self.sequence.push(None);
    }
}

fn count(tally: Tally, lexicon: &mut Lexicon) -> Pairs {
    let mut sorted: Vec<_> = tally.seen.into_iter().collect();
    sorted.sort_unstable();
    let total = sorted.iter().map(|(_, n)| n).sum();
    let mut folded = String::new();
    for (word, n) in sorted {
        folded.clear();
        fold_into(&word, &mut folded);
        lexicon.add_counted(&word, &folded, n);
    }
    lexicon.settle(total);
    pairs(&tally.sequence, lexicon)
}

fn pairs(sequence: &[Option<String>], lexicon: &Lexicon) -> Pairs {
    let mut pairs = Pairs::default();
    let (mut before, mut folded) = (None, String::new());
    for word in sequence {
        folded.clear();
        fold_into(word.as_deref().unwrap_or_default(), &mut folded);
        let this = word.as_ref().and_then(|_| lexicon.find(&folded));
        if let (Some(before), Some(this)) = (before, this) {
            pairs.add(before, this);
        }
        before = this;
    }
    pairs
}

fn by_name(lexicon: &Lexicon) -> Vec<Id> {
    let mut ids: Vec<Id> = (0..lexicon.len() as Id).filter(|id| lexicon.entry(*id).count > 0).collect();
    ids.sort_unstable_by(|a, b| lexicon.word(*a).cmp(lexicon.word(*b)));
    ids
}

fn targets(lexicon: &Lexicon) -> impl Iterator<Item = Id> {
    (0..lexicon.len() as Id).filter(|id| {
        let entry = lexicon.entry(*id);
        let length = lexicon.word(*id).len();
        let usual = entry.count > 0
            || (entry.spanish && entry.likely > TARGET)
            || (entry.english && entry.likely > ENGLISH_TARGET);
        usual && (2..=super::distance::LONGEST).contains(&length) && lexicon.word(*id).is_ascii()
    })
}

/// Phrases are written as people write, "kiero" included: a word of the phrases that no list knows is a misspelling
/// where it sounds like a likelier one, and where it is rare and would be mended if it stood in a message.
fn misspelt(speller: &Speller) -> Vec<Id> {
    let lexicon = &speller.lexicon;
    let unlisted: Vec<Id> = (0..lexicon.len() as Id).filter(|id| !lexicon.entry(*id).listed).collect();
    let words: u32 = (0..lexicon.len() as Id).map(|id| lexicon.entry(id).count).sum();
    let rare = (words / RARE).min(NOT_RARE);
    let wrong = |ids: &&[Id]| -> Vec<Id> {
        let mut repair = Repair::new(speller, false);
        let is_wrong = |id: &Id| {
            let word = lexicon.word(*id);
            shorthand::expand(word, false).is_some()
                || repair.sounds_like_a_likelier(word, *id)
                || (lexicon.entry(*id).count <= rare && repair.is_a_slip(word, *id))
        };
        ids.iter().copied().filter(is_wrong).collect()
    };
    let parts: Vec<&[Id]> = unlisted.chunks(PART).collect();
    parallel::map(&parts, wrong).concat()
}
