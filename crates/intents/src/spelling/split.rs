//! Words that ran together: "nohay" is "no hay", "xla" is "por la".

use super::Speller;
use super::lexicon::Id;
use super::repair::{Candidate, Neighbours, Repair};

/// What ran together, and how likely that is (ln).
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Split {
    pub parts: Vec<Id>,
    pub score: f32,
}

/// Leaving a space out is common: what a cut wins back, in nats. More between words that go together.
const SPACE: f32 = 1.0;
const SPACE_IN_PAIR: f32 = 3.0;
/// What a shorthand letter costs.
const LETTER: f32 = 2.5;
const SHORTEST: usize = 4;
const LONGEST: usize = 40;
/// Of a long word there may be more parts: one to so many letters.
const FEW_PARTS: usize = 3;
const LETTERS_A_PART: usize = 3;
const MOST_PARTS: usize = 8;
/// No word is longer, in letters.
const LONGEST_PART: usize = 20;

/// The likeliest way to cut a folded word into known ones: "hayunbacheenmicalle".
pub(super) fn split(speller: &Speller, word: &str, english: bool) -> Option<Split> {
    let shortest = if word.starts_with('x') { SHORTEST - 1 } else { SHORTEST };
    if !(shortest..=LONGEST).contains(&word.len()) || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return None;
    }
    let parts = (word.len() / LETTERS_A_PART).clamp(FEW_PARTS, MOST_PARTS);
    let mut found = best(speller, word, english, parts)?;
    if word.len() < 5 {
        found.score -= SHORT;
    }
    Some(found)
}

/// Four letters are sooner a slip than two words.
const SHORT: f32 = 3.0;

/// From the end to the beginning, the best ways to cut what is left of the word into one part, two, three: each place is
/// looked at once.
fn best(speller: &Speller, word: &str, english: bool, parts: usize) -> Option<Split> {
    let mut tails: Vec<Vec<Option<Split>>> = vec![Vec::new(); word.len() + 1];
    for from in (0..word.len()).rev() {
        let mut ways: Vec<Option<Split>> = vec![None; parts];
        for to in from + 1..=word.len().min(from + LONGEST_PART) {
            let behind = tails.get(to).map(Vec::as_slice).unwrap_or_default();
            if to < word.len() && behind.iter().all(Option::is_none) {
                continue;
            }
            let Some((id, likely)) = word.get(from..to).and_then(|one| part(speller, one, english)) else {
                continue;
            };
            if to == word.len() {
                better(&mut ways, 0, || vec![id], likely);
                continue;
            }
            for (count, tail) in behind.iter().enumerate() {
                let Some(tail) = tail else { continue };
                let score = likely + tail.score + space(speller, id, tail.parts.first().copied());
                better(&mut ways, count + 1, || [&[id], tail.parts.as_slice()].concat(), score);
            }
        }
        if let Some(place) = tails.get_mut(from) {
            *place = ways;
        }
    }
    let whole = tails.into_iter().next()?;
    whole.into_iter().skip(1).flatten().max_by(|a, b| a.score.total_cmp(&b.score))
}

fn better(ways: &mut [Option<Split>], count: usize, parts: impl FnOnce() -> Vec<Id>, score: f32) {
    if let Some(way) = ways.get_mut(count)
        && way.as_ref().is_none_or(|known| score > known.score)
    {
        *way = Some(Split { parts: parts(), score });
    }
}

/// A cut where one of the two parts is misspelt as well: "licenciapra" is "licencia para". The known part must be
/// common.
pub(super) fn split_and_mend(repair: &mut Repair<'_>, word: &str) -> Option<Split> {
    let (speller, english) = (repair.speller, repair.english);
    if !(MENDABLE..=LONGEST_MENDED).contains(&word.len()) || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return None;
    }
    let mut found: Option<Split> = None;
    for cut in 2..=word.len() - 2 {
        let (Some(first), Some(rest)) = (word.get(..cut), word.get(cut..)) else { continue };
        let common = |text: &str| part(speller, text, english).filter(|(_, likely)| *likely > COMMON);
        let after = common(first).and_then(|known| Some((known, mended(repair, rest, Some(known.0), None)?)));
        let before =
            common(rest).and_then(|known| Some((known, mended(repair, first, None, Some(known.0))?)));
        let one = after.map(|((id, likely), near)| (vec![id, near.id], likely + near.score));
        let other = before.map(|((id, likely), near)| (vec![near.id, id], likely + near.score));
        for (parts, score) in one.into_iter().chain(other) {
            let score = score + SPACE_IN_PAIR;
            if found.as_ref().is_none_or(|f| score > f.score) {
                found = Some(Split { parts, score });
            }
        }
    }
    found
}

const MENDABLE: usize = 6;
const LONGEST_MENDED: usize = 24;
const COMMON: f32 = -10.5;

fn mended(repair: &mut Repair<'_>, text: &str, before: Option<Id>, after: Option<Id>) -> Option<Candidate> {
    let near = (text.len() >= 3).then(|| repair.nearest(text, Neighbours { before, after })).flatten()?;
    let pairs = &repair.speller.pairs;
    let together = pairs.count(before, Some(near.id)) + pairs.count(Some(near.id), after) > 0;
    (near.distance <= 1.0 && (together || (text.len() > 4 && near.distance <= 0.8))).then_some(near)
}

fn space(speller: &Speller, before: Id, after: Option<Id>) -> f32 {
    match speller.pairs.bonus(Some(before), after) {
        0.0 => SPACE,
        bonus => SPACE_IN_PAIR + bonus,
    }
}

/// A part must be a word that is common for its length; of one and two letters only real ones count.
fn part(speller: &Speller, part: &str, english: bool) -> Option<(Id, f32)> {
    let lexicon = &speller.lexicon;
    let (word, cost) = match part {
        "x" if !english => ("por", LETTER),
        "q" | "k" if !english => ("que", LETTER),
        "d" if !english => ("de", LETTER),
        other => (other, 0.0),
    };
    let id = lexicon.known(word)?;
    let entry = lexicon.entry(id);
    let fits = if english { entry.english } else { entry.spanish } || (entry.count >= 3 && word.len() > 3);
    let enough = match word.len() {
        1 => !english && matches!(word, "y" | "a" | "o"),
        2 if english => TWO_ENGLISH.contains(&word),
        2 => TWO_LETTERS.contains(&word),
        3 => entry.likely > -11.0,
        4 => entry.likely > -13.0,
        _ => entry.likely > -16.0,
    };
    (fits && enough).then_some((id, entry.likely - cost))
}

const TWO_LETTERS: &[&str] = &[
    "de", "la", "el", "en", "un", "no", "me", "mi", "se", "si", "ya", "lo", "te", "tu", "su", "es", "al",
    "le", "ni", "ir", "va", "he", "ha", "yo",
];
const TWO_ENGLISH: &[&str] = &[
    "to", "of", "in", "is", "it", "my", "do", "we", "on", "at", "no", "he", "me", "be", "by", "so", "up",
    "us",
];
