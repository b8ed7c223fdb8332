//! One word that is not known -> the word that was meant, if there is one.

use super::Speller;
use super::derived;
use super::distance::{Heard, LONGEST, distance};
use super::index::mask;
use super::lexicon::Id;
use super::sounds::{is_vowel, sounds};
use super::split::split;

/// The known words before and after.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Neighbours {
    pub before: Option<Id>,
    pub after: Option<Id>,
}

/// A word that may have been meant.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Candidate {
    pub id: Id,
    pub distance: f32,
    /// ln of how likely it is that this was meant; more is better.
    pub score: f32,
}

/// What one unit of distance costs, in nats. A slip in a short word changes more of it.
const SLIP: f32 = 4.5;
const SLIP_SHORT: f32 = 6.0;
/// The neighbours give each at most [`super::pairs`]' most.
const NEIGHBOURS: f32 = 8.0;
/// What an x that is not an x costs.
const X: f32 = 2.0;
/// What a word of the other language loses.
const FOREIGN: f32 = 3.0;
/// A correction must be at least this likely; under it, the word stays.
pub(super) const LEAST: f32 = -21.5;
/// One letter too many, too few, changed or in the wrong place.
const CLEAR_SLIP: f32 = 1.0;
/// As many candidates are weighed; they come likeliest first.
const WEIGHED: usize = 400;

/// Reused from word to word.
pub(super) struct Repair<'s> {
    pub speller: &'s Speller,
    pub english: bool,
    heard: Vec<u8>,
    near: Vec<Id>,
    sorted: Vec<(f32, Id)>,
}

impl<'s> Repair<'s> {
    pub(super) fn new(speller: &'s Speller, english: bool) -> Self {
        let (heard, near, sorted) = Default::default();
        Self { speller, english, heard, near, sorted }
    }

    /// The likeliest word near `typed` (folded).
    pub(super) fn nearest(&mut self, typed: &str, around: Neighbours) -> Option<Candidate> {
        self.nearest_other(typed, Id::MAX, around)
    }

    /// The likeliest word near `typed` that is not `own`.
    pub(super) fn nearest_other(&mut self, typed: &str, own: Id, around: Neighbours) -> Option<Candidate> {
        if !typed.is_ascii() || typed.len() > LONGEST || typed.len() < 2 {
            return None;
        }
        self.gather(typed);
        let slip = if typed.len() > 4 { SLIP } else { SLIP_SHORT };
        let vowel = vowel_cost(&self.heard);
        let typed = Heard { letters: typed.as_bytes(), sounds: &self.heard, vowel };
        let mask = mask(&self.heard);
        let mut best: Option<Candidate> = None;
        for &(likely, id) in self.sorted.iter().take(WEIGHED) {
            if best.is_some_and(|b| likely + NEIGHBOURS < b.score) || likely + NEIGHBOURS < LEAST {
                break;
            }
            // The index also brings words that are alike by chance.
            if id == own || (self.speller.index.unlike(id, mask) > 4 && vowel == 1.0) {
                continue;
            }
            // Farther away it would not be the best even between the best neighbours.
            let least = best.map_or(LEAST, |best| best.score);
            let most = farthest(typed.letters.len(), vowel).min((likely + NEIGHBOURS - least) / slip);
            let far = distance(typed, self.real(id, vowel), most);
            let score = likely - slip * far + self.fits(id, around);
            if far <= most && best.is_none_or(|b| score > b.score) {
                best = Some(Candidate { id, distance: far, score });
            }
        }
        best.filter(|best| best.score > LEAST)
    }

    /// Leaves the words near a typed one in `sorted`, likeliest first, and its sounds in `heard`.
    fn gather(&mut self, typed: &str) {
        sounds(typed, &mut self.heard);
        self.speller.index.near(typed.as_bytes(), &self.heard, &mut self.near);
        let mut sorted = std::mem::take(&mut self.sorted);
        sorted.clear();
        sorted.extend(
            self.near.iter().map(|id| (self.likely(*id), *id)).filter(|(likely, _)| likely.is_finite()),
        );
        sorted.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
        self.sorted = sorted;
    }

    fn real(&self, id: Id, vowel: f32) -> Heard<'_> {
        let speller = self.speller;
        Heard { letters: speller.lexicon.word(id).as_bytes(), sounds: speller.index.sounds_of(id), vowel }
    }

    /// "xra" is "para", "xke" is "porque", "noxe" is "noche": x stands for many things.
    pub(super) fn with_x(&mut self, typed: &str, around: Neighbours) -> Option<Candidate> {
        if !typed.contains('x') {
            return None;
        }
        // "xra" is "para"; but "xla" is "por la", no "pala".
        let para = if typed.starts_with("xr") { "pa" } else { "por" };
        let readings = ["por", para, "ch"].map(|said| typed.replacen('x', said, 1));
        let near = readings.iter().filter_map(|reading| self.reading(reading, around)).collect::<Vec<_>>();
        near.into_iter().max_by(|a, b| a.score.total_cmp(&b.score))
    }

    fn reading(&mut self, reading: &str, around: Neighbours) -> Option<Candidate> {
        let known = self.speller.lexicon.known(reading).filter(|id| self.likely(*id).is_finite());
        let found = match known {
            Some(id) => Candidate { id, distance: 0.0, score: self.likely(id) + self.fits(id, around) },
            None => self.nearest(reading, around).filter(|near| near.distance <= 0.3)?,
        };
        Some(Candidate { distance: found.distance + 0.3, score: found.score - X, ..found })
    }

    /// ln of the share of a word that may be meant; what is no target is infinitely unlikely.
    fn likely(&self, id: Id) -> f32 {
        let entry = self.speller.lexicon.entry(id);
        if entry.misspelt {
            return f32::NEG_INFINITY;
        }
        let foreign =
            if self.english { entry.spanish && !entry.english } else { entry.english && !entry.spanish };
        if foreign { entry.likely - FOREIGN } else { entry.likely }
    }

    fn fits(&self, id: Id, around: Neighbours) -> f32 {
        let pairs = &self.speller.pairs;
        pairs.bonus(around.before, Some(id)) + pairs.bonus(Some(id), around.after)
    }

    /// Whether a word of the phrases is only another spelling of a likelier word.
    pub(super) fn sounds_like_a_likelier(&mut self, word: &str, id: Id) -> bool {
        let own = self.speller.lexicon.entry(id);
        if word.len() < 2 || !word.is_ascii() {
            return false;
        }
        sounds(word, &mut self.heard);
        let index = &self.speller.index;
        let alike = index.alike(&self.heard).iter().filter(|other| **other != id);
        alike.filter(|other| index.sounds_of(**other) == self.heard).any(|other| {
            let entry = self.speller.lexicon.entry(*other);
            (entry.listed || entry.count > 4 * own.count) && entry.likely > own.likely + 0.4
        })
    }

    /// Whether a word of the phrases that no list knows would be mended to one of the lists, were it not in the phrases.
    pub(super) fn is_a_slip(&mut self, word: &str, id: Id) -> bool {
        if word.len() < 4 || derived::is_derived(&self.speller.lexicon, word) {
            return false;
        }
        let nobody = Neighbours::default();
        let meant = [self.nearest_other(word, id, nobody), self.with_x(word, nobody)];
        let lexicon = &self.speller.lexicon;
        meant.into_iter().flatten().any(|c| lexicon.entry(c.id).listed && c.distance <= CLEAR_SLIP)
            || split(self.speller, word, false).is_some_and(|cut| cut.score > LEAST)
    }
}

/// No more slips than this are believed.
fn farthest(length: usize, vowel: f32) -> f32 {
    let slips = match length {
        0..=2 => 0.5,
        3 => 1.0,
        4 => 1.1,
        5..=6 => 1.4,
        7..=8 => 1.6,
        _ => 2.0,
    };
    if vowel < 1.0 { slips + 0.7 } else { slips }
}

/// "trbjo" lacks vowels on purpose; "trabjo" lost one.
fn vowel_cost(heard: &[u8]) -> f32 {
    let vowels = heard.iter().filter(|sound| is_vowel(**sound)).count();
    let consonants = heard.len() - vowels;
    match consonants {
        c if c >= 2 && vowels * 3 <= c => 0.35,
        c if c >= 3 && vowels < c => 0.65,
        _ => 1.0,
    }
}
