//! Several matters in one message: "hay un bache en la 20 y tampoco pasó la basura". The heads say one intent of it, and who
//! wrote it waits for both.

use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;
use ventanilla_values::words;

use crate::model::{Effort, Model};
use crate::understanding::{Certainty, Understanding};

/// A clause has so many words at least; shorter ones belong to what stands before.
const CLAUSE: usize = 3;
/// A longer message is a story, and what it is about is one thing.
const STORY: usize = 40;
/// So likely a clause that "también" begins is about a matter of its own, or one of an unclear message; any other. Measured on
/// the development sets: 3 of 1,000 messages are split that should not be, and two thirds of those that were put together of
/// two.
const ADDED: f32 = 0.7;
const CLEAR: f32 = 0.98;
/// By its words alone, so likely it is worth the encoder.
const WORTH_READING: f32 = 0.5;
/// What begins something else, as [`words`] writes it.
const ADDS: [&str; 11] = [
    "tambien",
    "tampoco",
    "ademas",
    "aparte",
    "asimismo",
    "igualmente",
    "also",
    "besides",
    "additionally",
    "tambem",
    "alem",
];
/// What may stand before that, and perhaps begins something else by itself.
const AND: [&str; 4] = ["y", "e", "and", "pero"];
/// What a town attends one after the other.
const ATTENDED: [&str; 3] = ["report.", "service.", "appointment."];
/// And what is said about what stands before.
const ABOUT_ANOTHER: [&str; 6] = [
    "report.status",
    "report.add_info",
    "report.reopen",
    "service.info",
    "appointment.change",
    "appointment.cancel",
];

/// What is one thing, seen twice: "hay una fuga y la calle está inundada".
const KIN: [&[&str]; 4] = [
    &["report.water_leak", "report.no_water", "report.sewage", "report.flooding", "service.water_bill"],
    &["report.pothole", "report.sidewalk"],
    &["report.garbage", "report.illegal_dumping", "service.waste_schedule"],
    &["report.animal", "service.pet_care"],
];

/// One of several things that a message is about.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Matter {
    pub intent: Arc<str>,
    /// 0 to 1, of its words by themselves.
    pub confidence: f32,
    /// Its words as they were written. What says nothing by itself belongs to what stands before.
    pub text: String,
    /// "También …": it was said to be one more.
    pub added: bool,
}

impl Model {
    /// What a message is about, in the order in which it is said, where that is more than one thing; else nothing.
    pub(crate) fn matters(&self, text: &str, whole: &Understanding, effort: Effort) -> Vec<Matter> {
        if whole.safety.is_some() || text.split_whitespace().nth(STORY).is_some() {
            return Vec::new();
        }
        let clauses = clauses(text);
        if clauses.len() < 2 || !self.sounds_like_several(&clauses) {
            return Vec::new();
        }
        let first = whole.ranked.first().filter(|_| whole.certainty == Certainty::Sure);
        // Two matters in one may be neither: of a message that is unclear as a whole the clauses are believed sooner.
        let unclear = first.is_none();
        let added = clauses.iter().any(|clause| clause.added);
        let mut matters: Vec<Matter> = Vec::new();
        let mut before = String::new();
        for (at, Clause { text, added: own }) in clauses.into_iter().enumerate() {
            let clear = if own || unclear || at == 0 && added { ADDED } else { CLEAR };
            let Some((intent, confidence)) = self.meant(text, clear, effort) else {
                let said = matters.last_mut().map_or(&mut before, |last| &mut last.text);
                add(said, text);
                continue;
            };
            match matters.iter_mut().find(|known| is_same(&known.intent, &intent, own)) {
                Some(known) => add(&mut known.text, text),
                None => {
                    let mut said = std::mem::take(&mut before);
                    add(&mut said, text);
                    matters.push(Matter { intent, confidence, text: said, added: own });
                }
            }
        }
        let agrees = first.is_none_or(|first| matters.iter().any(|one| one.intent == first.intent));
        if matters.len() > 1 && agrees { matters } else { Vec::new() }
    }

    /// What a clause means by itself, where that is as clear as it has to be.
    fn meant(&self, clause: &str, clear: f32, effort: Effort) -> Option<(Arc<str>, f32)> {
        let understood = self.conclude(clause, &self.consider(clause, effort));
        let first = understood.ranked.first()?;
        let clear = understood.certainty == Certainty::Sure && first.confidence >= clear;
        (clear && is_a_matter(&first.intent)).then(|| (Arc::clone(&first.intent), first.confidence))
    }

    /// By words alone, which cost next to nothing: whether two clauses may be about different matters.
    fn sounds_like_several(&self, clauses: &[Clause<'_>]) -> bool {
        let mut sounds = clauses.iter().filter_map(|clause| {
            let (intent, confidence) = self.by_words_alone(clause.text)?;
            (confidence >= WORTH_READING && is_a_matter(&intent)).then_some(intent)
        });
        let Some(first) = sounds.next() else { return false };
        sounds.any(|other| other != first)
    }
}

fn is_a_matter(intent: &str) -> bool {
    ATTENDED.iter().any(|group| intent.starts_with(group)) && !ABOUT_ANOTHER.contains(&intent)
}

/// Whether a clause goes on about it.
fn is_same(known: &str, intent: &str, added: bool) -> bool {
    let kin = |family: &&[&str]| family.contains(&known) && family.contains(&intent);
    known == intent || !added && KIN.iter().any(kin)
}

fn add(said: &mut String, more: &str) {
    if !said.is_empty() {
        said.push(' ');
    }
    said.push_str(more);
}

/// A piece of a message that may be about something else than what stands before.
#[derive(Debug, PartialEq, Eq)]
struct Clause<'a> {
    text: &'a str,
    /// "También …" begins it.
    added: bool,
}

/// At the ends of sentences, and before words that go on.
fn clauses(text: &str) -> Vec<Clause<'_>> {
    let words = positions(text);
    let is = |at: usize, any: &[&str]| words.get(at).is_some_and(|(_, word)| any.contains(&word.as_str()));
    let ends = |at: usize| {
        let (span, next) = (words.get(at).map(|(span, _)| span.clone()), words.get(at + 1));
        let span = span.unwrap_or_default();
        let line =
            next.and_then(|(next, _)| text.get(span.end..next.start)).is_some_and(|gap| gap.contains('\n'));
        line || text.get(span).is_some_and(|word| word.ends_with(['.', '!', '?', ';', '…']))
    };
    let mut starts: Vec<(usize, bool)> = vec![(0, false)];
    for at in 1..words.len() {
        let and = is(at, &AND);
        let added = is(at, &ADDS) && !is(at - 1, &AND) || and && is(at + 1, &ADDS);
        let long_enough =
            starts.last().is_some_and(|(last, _)| at - last >= CLAUSE) && words.len() - at >= CLAUSE;
        if long_enough && (added || and || ends(at - 1)) {
            starts.push((at, added));
        }
    }
    let stops = starts.iter().skip(1).map(|(at, _)| *at).chain([words.len()]);
    let piece = |((from, added), to): (&(usize, bool), usize)| {
        let from = if *from > 0 && is(*from, &AND) { from + 1 } else { *from };
        let (first, last) = (&words.get(from)?.0, &words.get(to.checked_sub(1)?)?.0);
        Some(Clause { text: text.get(first.start..last.end)?, added: *added })
    };
    starts.iter().zip(stops).filter_map(piece).collect()
}

/// Where each word stands, and how it is written without accents and signs.
fn positions(text: &str) -> Vec<(Range<usize>, String)> {
    let mut at = 0;
    let mut all = Vec::new();
    for piece in text.split_inclusive(char::is_whitespace) {
        let word = piece.trim_end();
        if !word.is_empty() {
            all.push((at..at + word.len(), words(word).concat()));
        }
        at += piece.len();
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<(&str, bool)> {
        clauses(text).into_iter().map(|clause| (clause.text, clause.added)).collect()
    }

    #[test]
    fn sentences_lines_and_words_that_go_on_begin_a_clause() {
        assert_eq!(
            texts(
                "Hay un bache en la 20. También quiero saber cuánto cuesta el acta\nno hay luz en mi calle y además huele feo"
            ),
            [
                ("Hay un bache en la 20.", false),
                ("También quiero saber cuánto cuesta el acta", true),
                ("no hay luz en mi calle", false),
                ("además huele feo", true)
            ]
        );
    }

    #[test]
    fn what_is_short_belongs_to_what_stands_before() {
        assert_eq!(
            texts("hay un bache. ya fui. y nada. no hay luz tampoco"),
            [("hay un bache.", false), ("ya fui. y nada.", false), ("no hay luz tampoco", false)]
        );
        assert_eq!(texts("calle 20 y 15"), [("calle 20 y 15", false)]);
        assert_eq!(texts(""), []);
    }
}
