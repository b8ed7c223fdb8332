//! The words of all rules, and which sets of words a typed word belongs to.

use std::collections::{BTreeMap, HashMap};

use ventanilla_values::Lang;

use super::fold::{plain, sound, sound_of_prefix};
use super::pattern::WordSet;
use super::token::Token;

/// From this length on, in letters, a word may lack a letter, have one too many or two swapped ("emrgencia"). A wrong
/// letter is not forgiven: "pagando" is not "pegando".
const FORGIVEN: usize = 8;
/// Nobody mistypes a longer word.
const LONGEST: usize = 24;

/// A word of a pattern.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Term {
    Whole(String),
    /// "golpe*"
    Prefix(String),
}

/// Words and the sets they belong to. One for each language.
#[derive(Default)]
pub(super) struct Lexicon {
    spanish: Words,
    english: Words,
    /// Each set has one number, in whichever rules it stands.
    known: BTreeMap<(Lang, Vec<Term>), WordSet>,
}

#[derive(Default)]
struct Words {
    whole: HashMap<String, Vec<WordSet>>,
    prefixes: HashMap<String, Vec<WordSet>>,
    /// The lengths that prefixes have, in bytes.
    lengths: Vec<usize>,
    /// Long words without one of their letters.
    lacking: HashMap<String, Vec<WordSet>>,
}

impl Lexicon {
    /// The number of a set of words as a rule writes them.
    pub(super) fn set(&mut self, lang: Lang, terms: &[Term]) -> WordSet {
        let mut folded: Vec<Term> = terms.iter().flat_map(|term| fold(lang, term)).collect();
        folded.sort();
        folded.dedup();
        let next = WordSet::try_from(self.known.len()).unwrap_or(WordSet::MAX);
        let words = if lang == Lang::EN { &mut self.english } else { &mut self.spanish };
        *self.known.entry((lang, folded)).or_insert_with_key(|(_, folded)| {
            folded.iter().for_each(|term| words.insert(term, next));
            next
        })
    }

    /// How many sets there are.
    pub(super) fn len(&self) -> usize {
        self.known.len()
    }

    /// Tells the sets that a word belongs to, some of them twice.
    pub(super) fn each_set(&self, token: &Token, mut tell: impl FnMut(WordSet)) {
        let spanish = self.spanish.each(&token.sound, &mut tell);
        let english = self.english.each(&token.plain, &mut tell);
        if !spanish && !english {
            self.spanish.forgiven(&token.sound, &mut tell);
            self.english.forgiven(&token.plain, &mut tell);
        }
    }
}

/// A beginning up to "c" is heard in two ways: "vec" begins "vecoso" and "vecino".
fn fold(lang: Lang, term: &Term) -> Vec<Term> {
    match (term, lang) {
        (Term::Whole(word), Lang::EN) => vec![Term::Whole(plain(word))],
        (Term::Whole(word), _) => vec![Term::Whole(sound(&plain(word)))],
        (Term::Prefix(word), Lang::EN) => vec![Term::Prefix(plain(word))],
        (Term::Prefix(word), _) => {
            let heard = sound_of_prefix(&plain(word));
            let soft = heard.strip_suffix('k').filter(|_| word.ends_with('c')).map(|stem| format!("{stem}s"));
            soft.into_iter().chain([heard]).map(Term::Prefix).collect()
        }
    }
}

impl Words {
    fn insert(&mut self, term: &Term, set: WordSet) {
        match term {
            Term::Whole(word) => {
                self.whole.entry(word.clone()).or_default().push(set);
                if word.chars().count() >= FORGIVEN {
                    without_one(word).for_each(|short| self.lacking.entry(short).or_default().push(set));
                }
            }
            Term::Prefix(word) => {
                self.prefixes.entry(word.clone()).or_default().push(set);
                if !self.lengths.contains(&word.len()) {
                    self.lengths.push(word.len());
                }
            }
        }
    }

    /// Whether there was any.
    fn each(&self, word: &str, tell: &mut impl FnMut(WordSet)) -> bool {
        let beginnings = self.lengths.iter().filter_map(|length| self.prefixes.get(word.get(..*length)?));
        let mut any = false;
        for set in self.whole.get(word).into_iter().chain(beginnings).flatten() {
            any = true;
            tell(*set);
        }
        any
    }

    fn forgiven(&self, word: &str, tell: &mut impl FnMut(WordSet)) {
        let letters = word.chars().count();
        if !(FORGIVEN - 1..=LONGEST).contains(&letters) {
            return;
        }
        let lacking = self.lacking.get(word);
        let surplus = without_one(word).filter_map(|short| self.long(&short));
        let swapped = swapped(word).filter_map(|other| self.long(&other));
        lacking.into_iter().chain(surplus).chain(swapped).flatten().for_each(|set| tell(*set));
    }

    fn long(&self, word: &str) -> Option<&Vec<WordSet>> {
        self.whole.get(word).filter(|_| word.chars().count() >= FORGIVEN)
    }
}

/// The word without each of its letters but the first, which people get right.
fn without_one(word: &str) -> impl Iterator<Item = String> {
    let letters: Vec<char> = word.chars().collect();
    (1..letters.len()).map(move |gone| {
        letters.iter().enumerate().filter(|(at, _)| *at != gone).map(|(_, letter)| *letter).collect()
    })
}

/// The word with each two neighbouring letters swapped.
fn swapped(word: &str) -> impl Iterator<Item = String> {
    let letters: Vec<char> = word.chars().collect();
    (2..letters.len()).map(move |at| {
        let mut other = letters.clone();
        other.swap(at - 1, at);
        other.into_iter().collect()
    })
}

#[cfg(test)]
mod tests {
    use super::super::token;
    use super::*;

    fn belongs(lang: Lang, term: Term, typed: &str) -> bool {
        let mut lexicon = Lexicon::default();
        let set = lexicon.set(lang, &[term]);
        let mut found = false;
        for token in token::read(typed) {
            lexicon.each_set(&token, |one| found |= one == set);
        }
        found
    }

    fn whole(word: &str) -> Term {
        Term::Whole(word.to_owned())
    }

    #[test]
    fn a_slip_in_a_long_word_is_forgiven() {
        for typed in ["emrgencia", "emergenncia", "emregencia", "EMERJENSIA"] {
            assert!(belongs(Lang::ES, whole("emergencia"), typed), "{typed}");
        }
    }

    #[test]
    fn a_wrong_letter_and_a_slip_in_a_short_word_are_not() {
        assert!(!belongs(Lang::ES, whole("pegando"), "pagando"));
        assert!(!belongs(Lang::ES, whole("quemando"), "quedando"));
        assert!(!belongs(Lang::ES, whole("matar"), "mata"));
    }

    #[test]
    fn a_prefix_is_the_beginning_of_many_words() {
        for typed in ["golpea", "GOLPEARON", "golpe"] {
            assert!(belongs(Lang::ES, Term::Prefix("golpe".to_owned()), typed), "{typed}");
        }
        assert!(!belongs(Lang::ES, Term::Prefix("golpe".to_owned()), "goles"));
    }

    #[test]
    fn spanish_is_heard_and_english_is_read() {
        assert!(belongs(Lang::ES, whole("quiero"), "kiero"));
        assert!(!belongs(Lang::EN, whole("his"), "is"));
    }

    #[test]
    fn the_same_words_are_one_set() {
        let mut lexicon = Lexicon::default();
        let one = lexicon.set(Lang::ES, &[whole("mamá"), whole("papá")]);
        assert_eq!(one, lexicon.set(Lang::ES, &[whole("papa"), whole("mama")]));
        assert_ne!(one, lexicon.set(Lang::EN, &[whole("papa"), whole("mama")]));
    }
}
