//! A whole message, word by word: which words are known, which are mended and how, and the text put together again.

use super::fold::fold_into;
use super::lexicon::{Entry, Id};
use super::repair::{Candidate, LEAST, Neighbours, Repair};
use super::split::{split, split_and_mend};
use super::tokens::{Kind, Token, tokens};
use super::{Change, Speller, context, derived, digits, letters, shorthand};

/// As many unknown words of a message are looked at; the rest stays. A message of pages costs no more than one.
const MENDED: usize = 120;
/// A word that thousands of phrases use less often is not one that the town is used to.
const USUAL: u32 = 8;

/// A longer thing with an @ is an address.
const LONGEST_WITH_AT: usize = 20;

/// A token and, if it is of letters, what is known of it.
struct Seen {
    token: Token,
    folded: String,
    id: Option<Id>,
}

pub(super) fn mend(speller: &Speller, text: &str) -> (String, Vec<Change>) {
    let seen = look(speller, text);
    let tongue = context::tongue(seen.iter().filter_map(|s| s.id).map(|id| speller.lexicon.entry(id)));
    let mut mender = Mender {
        speller,
        text,
        seen: &seen,
        tongue,
        repair: Repair::new(speller, tongue == context::Tongue::English),
        out: String::with_capacity(text.len() + 8),
        changes: Vec::new(),
        before: None,
        left: MENDED,
    };
    let mut at = 0;
    while at < seen.len() {
        at += mender.step(at);
    }
    (mender.out, mender.changes)
}

fn look(speller: &Speller, text: &str) -> Vec<Seen> {
    let see = |token: Token| {
        let mut folded = String::new();
        if token.kind == Kind::Between {
            return Seen { token, folded, id: None };
        }
        fold_into(token.of(text), &mut folded);
        let id = speller.lexicon.known(&folded);
        Seen { token, folded, id }
    };
    tokens(text).into_iter().map(see).collect()
}

struct Mender<'a> {
    speller: &'a Speller,
    text: &'a str,
    seen: &'a [Seen],
    tongue: context::Tongue,
    repair: Repair<'a>,
    out: String,
    changes: Vec<Change>,
    /// The last word written, if it is known.
    before: Option<Id>,
    left: usize,
}

/// What a word becomes.
struct Meant {
    text: String,
    /// Its last word.
    last: Option<Id>,
    /// How many tokens it replaces.
    tokens: usize,
}

impl Mender<'_> {
    /// Writes the token (or tokens) at a place; tells how many.
    fn step(&mut self, at: usize) -> usize {
        let Some(seen) = self.seen.get(at) else { return 1 };
        let typed = seen.token.of(self.text);
        if seen.token.kind == Kind::Between {
            self.out.push_str(typed);
            return 1;
        }
        let meant = if seen.token.kind == Kind::Word { self.meant(at, seen) } else { self.with_at(seen) };
        let Some(meant) = meant else {
            self.out.push_str(typed);
            self.before = seen.id;
            return 1;
        };
        let end = self.seen.get(at + meant.tokens - 1).map_or(seen.token.end, |last| last.token.end);
        let from = self.text.get(seen.token.start..end).unwrap_or_default();
        let to = letters::in_the_case_of(typed, meant.text);
        self.out.push_str(&to);
        if from != to {
            self.changes.push(Change { from: from.to_owned(), to });
        }
        self.before = meant.last;
        meant.tokens
    }

    fn meant(&mut self, at: usize, seen: &Seen) -> Option<Meant> {
        if self.tongue == context::Tongue::Foreign {
            return None;
        }
        if let Some(long) = self.shorthand(at, seen) {
            let last = long.rsplit(' ').next().map(super::fold::fold);
            let last = last.and_then(|word| self.speller.lexicon.known(&word));
            return Some(Meant { text: long.to_owned(), last, tokens: 1 });
        }
        match seen.id {
            Some(id) => self.known(at, seen, id),
            None if self.left > 0 => {
                self.left -= 1;
                self.unknown(at, seen)
            }
            None => None,
        }
    }

    /// "5 k", "12 x 12" and a capital alone are not shorthand.
    fn shorthand(&self, at: usize, seen: &Seen) -> Option<&'static str> {
        let english = self.tongue == context::Tongue::English;
        let long = shorthand::expand(&seen.folded, english)?;
        let is_number = |s: Option<&Seen>| s.is_some_and(|s| s.folded.bytes().any(|b| b.is_ascii_digit()));
        let beside_number = is_number(self.word_before(at)) || is_number(self.word_after(at));
        let capital = at > 0 && seen.token.of(self.text).chars().next().is_some_and(char::is_uppercase);
        if seen.folded.len() == 1 && (beside_number || capital) { None } else { Some(long) }
    }

    fn word_before(&self, at: usize) -> Option<&Seen> {
        let before = self.seen.get(..at).unwrap_or_default();
        before.iter().rev().take(2).find(|s| s.token.kind != Kind::Between)
    }

    fn word_after(&self, at: usize) -> Option<&Seen> {
        self.seen.iter().skip(at + 1).take(2).find(|s| s.token.kind != Kind::Between)
    }

    /// After "calle", and after "calle de la".
    fn is_in_a_name(&self, at: usize) -> bool {
        let before =
            self.seen.get(..at).unwrap_or_default().iter().rev().filter(|s| s.token.kind != Kind::Between);
        let lead = before.take(4).find(|s| !context::stands_in_names(&s.folded));
        lead.is_some_and(|lead| context::leads_to_a_name(&lead.folded))
    }

    fn neighbours(&self, at: usize) -> Neighbours {
        Neighbours { before: self.before, after: self.word_after(at).and_then(|s| s.id) }
    }

    /// A word that exists: its accents, and whether the neighbours expect the one it sounds like.
    fn known(&mut self, at: usize, seen: &Seen, id: Id) -> Option<Meant> {
        if self.tongue == context::Tongue::English {
            return None;
        }
        let speller = self.speller;
        if let Some(other) =
            context::expected_instead(speller, &seen.folded, id, self.neighbours(at), at == 0)
        {
            return Some(Meant {
                text: speller.lexicon.spelling(other).to_owned(),
                last: Some(other),
                tokens: 1,
            });
        }
        if let Some(other) = self.spanish_instead(at, seen, id) {
            return Some(self.whole(other));
        }
        if let Some(joined) = self.joined(at, seen) {
            return Some(joined);
        }
        let accented = speller.lexicon.clear_accents(id)?;
        let typed = seen.token.of(self.text).to_lowercase();
        let same = typed == accented;
        (!same).then(|| Meant { text: accented.to_owned(), last: Some(id), tokens: 1 })
    }

    /// Among Spanish words "kon" is "con", though English has a "kon": a word the town never uses, where the
    /// neighbours expect another.
    fn spanish_instead(&mut self, at: usize, seen: &Seen, id: Id) -> Option<Id> {
        let entry = self.speller.lexicon.entry(id);
        if entry.spanish || entry.portuguese || !entry.english || entry.count > 0 || self.left == 0 {
            return None;
        }
        self.left -= 1;
        let around = self.neighbours(at);
        let near = self.repair.nearest_other(&seen.folded, id, around)?;
        let pairs = &self.speller.pairs;
        let together = pairs.count(around.before, Some(near.id)) + pairs.count(Some(near.id), around.after);
        let expected =
            if near.distance <= 0.3 { together >= 1 } else { near.distance <= 1.0 && together >= 3 };
        (expected && self.speller.lexicon.entry(near.id).spanish).then_some(near.id)
    }

    fn unknown(&mut self, at: usize, seen: &Seen) -> Option<Meant> {
        let mut word = seen.folded.clone();
        if word.bytes().any(|b| b.is_ascii_digit()) {
            return self.with_digits(&word);
        }
        if word.len() < 2 || letters::is_laughter(&word) {
            return None;
        }
        let stretched = letters::is_stretched(&word);
        if stretched {
            let shorter = letters::shrunk(&word);
            let lexicon = &self.speller.lexicon;
            let known = shorter.iter().filter_map(|word| lexicon.known(word));
            if let Some(id) =
                known.max_by(|a, b| lexicon.entry(*a).likely.total_cmp(&lexicon.entry(*b).likely))
            {
                return Some(self.whole(id));
            }
            word = shorter.into_iter().next().unwrap_or(word);
        }
        if let Some(joined) = self.joined(at, seen) {
            return Some(joined);
        }
        if derived::is_derived(&self.speller.lexicon, &word) {
            return None;
        }
        let found = self.best(at, &word);
        found.or_else(|| stretched.then_some(Meant { text: word, last: None, tokens: 1 }))
    }

    fn whole(&self, id: Id) -> Meant {
        Meant { text: self.speller.lexicon.spelling(id).to_owned(), last: Some(id), tokens: 1 }
    }

    /// The likeliest of: another word, several words, the beginning of a word.
    fn best(&mut self, at: usize, word: &str) -> Option<Meant> {
        let around = self.neighbours(at);
        let nearest = self.repair.nearest(word, around);
        if self.is_in_a_name(at) {
            return nearest.filter(|c| self.surely(c)).map(|c| self.whole(c.id));
        }
        let english = self.tongue == context::Tongue::English;
        let cut = split(self.speller, word, english);
        let begun = context::begun(self.speller, word, around);
        let said = if english { None } else { self.repair.with_x(word, around) };
        let score = |c: &Option<Candidate>| c.map_or(f32::NEG_INFINITY, |c| c.score);
        let whole = [nearest, begun, said].into_iter().max_by(|a, b| score(a).total_cmp(&score(b))).flatten();
        // A leading x is sooner "por" than a slip: "xla" is "por la", not "ola".
        let whole = whole.filter(|c| !word.starts_with('x') || c.distance < 0.7 || cut.is_none());
        let cut = cut.filter(|cut| cut.score > score(&whole).max(LEAST));
        let cut = match whole {
            None if cut.is_none() => split_and_mend(&mut self.repair, word).filter(|cut| cut.score > LEAST),
            _ => cut,
        };
        cut.map(|cut| self.several(&cut.parts)).or_else(|| whole.map(|c| self.whole(c.id)))
    }

    fn several(&self, parts: &[Id]) -> Meant {
        let words: Vec<&str> = parts.iter().map(|id| self.speller.lexicon.spelling(*id)).collect();
        Meant { text: words.join(" "), last: parts.last().copied(), tokens: 1 }
    }

    /// After "calle" or "soy" a strange word is a name, unless it only sounds like a word the town uses.
    fn surely(&self, candidate: &Candidate) -> bool {
        candidate.distance <= 0.3 && self.speller.lexicon.entry(candidate.id).count >= 3
    }

    /// "3dias" is "3 días", "calle60" is "calle 60".
    fn number_and_word(&self, word: &str) -> Option<Meant> {
        let (number, letters, number_first) = digits::apart(word)?;
        let id = self.speller.lexicon.known(letters)?;
        let entry = self.speller.lexicon.entry(id);
        if !entry.spanish || entry.count < USUAL {
            return None;
        }
        let written = self.speller.lexicon.spelling(id);
        let text = if number_first { format!("{number} {written}") } else { format!("{written} {number}") };
        Some(Meant { text, last: None, tokens: 1 })
    }

    fn with_digits(&mut self, word: &str) -> Option<Meant> {
        if let Some(parted) = self.number_and_word(word) {
            return Some(parted);
        }
        for reading in digits::readings(word) {
            let known = self.speller.lexicon.known(&reading);
            let usual = known.filter(|id| self.speller.lexicon.entry(*id).likely > -17.0);
            let near = |repair: &mut Repair<'_>| repair.nearest(&reading, Neighbours::default());
            let close = |c: &Candidate| c.distance <= 0.8 && c.score > -13.0;
            let id = usual.or_else(|| near(&mut self.repair).filter(close).map(|c| c.id));
            if let Some(id) = id {
                return Some(self.whole(id));
            }
        }
        None
    }

    /// "M@tar", "tod@s": an a, where that makes a word. "@ayuntamiento" and an e-mail stay.
    fn with_at(&self, seen: &Seen) -> Option<Meant> {
        if seen.folded.len() > LONGEST_WITH_AT || seen.folded.find('@').is_none_or(|at| at == 0) {
            return None;
        }
        let word = seen.folded.replace('@', "a");
        let id = self.speller.lexicon.known(&word);
        match id {
            Some(id) => Some(self.whole(id)),
            None => derived::is_derived(&self.speller.lexicon, &word).then_some(Meant {
                text: word,
                last: None,
                tokens: 1,
            }),
        }
    }

    /// "ba che" is "bache": one of the two is no word, and together they are one.
    fn joined(&self, at: usize, seen: &Seen) -> Option<Meant> {
        let (between, next) = (self.seen.get(at + 1)?, self.seen.get(at + 2)?);
        let apart = between.token.of(self.text) == " " && next.token.kind == Kind::Word;
        let strange = |id: Option<Id>| {
            id.map(|id| self.speller.lexicon.entry(id))
                .is_none_or(|entry| entry.count < USUAL || entry.english && !entry.spanish)
        };
        if !apart || !strange(seen.id) || !strange(next.id) && seen.id.is_some() {
            return None;
        }
        if !next.folded.bytes().chain(seen.folded.bytes()).all(|b| b.is_ascii_lowercase()) {
            return None;
        }
        let together = format!("{}{}", seen.folded, next.folded);
        let id = self.speller.lexicon.known(&together)?;
        let entry: Entry = self.speller.lexicon.entry(id);
        let both_known = seen.id.is_some() && next.id.is_some();
        let usual = entry.count >= 3 || (!both_known && entry.spanish && entry.likely > -15.0);
        (usual && together.len() >= 5).then(|| Meant { tokens: 3, ..self.whole(id) })
    }
}
