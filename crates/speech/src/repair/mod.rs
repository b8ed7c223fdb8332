//! Repairs a transcript against the words of the town: "quiero reportar un baño en la calle benito juares" says
//! "bache" and "Benito Juárez". Pure.
//!
//! A word is only changed when it sounds like a word of the town *and* there is a reason to doubt it: Whisper was
//! unsure, or nobody here uses that word, or it stands where a street's name must stand. Whoever shows the transcript
//! to the citizen shows the repaired one and asks: a repair is a better guess, not a fact.

mod sound;
mod span;
mod words;

use sound::Sound;
use span::Span;

/// What a domain word names, which decides where it is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Names {
    /// A thing that people report or ask for: "bache", "fuga de agua".
    Thing,
    /// A street, colony or place: "Benito Juárez". Looked for after "calle", "colonia", "entre" ...
    Place,
}

/// A word or phrase of the town.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DomainWord {
    /// As it should be written.
    pub text: String,
    /// What it names.
    pub names: Names,
}

/// One word that was heard, with how sure the model was (0 to 1).
#[derive(Clone, Copy, PartialEq)]
pub struct HeardWord<'a> {
    /// As written, with its capitals and full stops.
    pub text: &'a str,
    /// How probable it was.
    pub probability: f32,
}

/// What people say is theirs: only the measure of it is shown.
impl std::fmt::Debug for HeardWord<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "HeardWord({:.2})", self.probability)
    }
}

/// A repaired transcript.
#[derive(Clone, PartialEq)]
pub struct Repaired {
    /// The text with all changes.
    pub text: String,
    /// What was changed, in the order of the text.
    pub changes: Vec<Change>,
}

impl std::fmt::Debug for Repaired {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Repaired").field("changes", &self.changes.len()).finish_non_exhaustive()
    }
}

/// One change.
#[derive(Clone, PartialEq)]
pub struct Change {
    /// The words that were heard.
    pub from: String,
    /// What they became.
    pub to: String,
    /// The first heard word that was changed, and how many.
    pub at: usize,
    /// How many heard words were changed.
    pub count: usize,
    /// How far apart they sound, 0 (alike) to 1.
    pub distance: f32,
}

impl std::fmt::Debug for Change {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Change({} words at {}, {:.2})", self.count, self.at, self.distance)
    }
}

/// The words of the town, ready to be compared with.
pub struct Repairer {
    things: Vec<Entry>,
    places: Vec<Entry>,
    known: std::collections::HashSet<String>,
}

impl std::fmt::Debug for Repairer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Repairer")
            .field("things", &self.things.len())
            .field("places", &self.places.len())
            .finish_non_exhaustive()
    }
}

struct Entry {
    text: String,
    singular: String,
    words: usize,
    sound: Sound,
}

/// A word surer than this is what was said, whatever it sounds like.
const SURE: f32 = 0.75;
/// A thing may sound this far apart at most when the word is a known one; the unsurer it was, the farther.
const THING: f32 = 0.17;
const THING_UNSURE: f32 = 0.15;
/// A word that nobody here uses may be farther from what it should be.
const UNKNOWN: f32 = 0.32;
/// Where a street's name stands, something of the gazetteer is expected.
const PLACE: f32 = 0.30;
/// If another word is nearly as close, it is not known which was meant: nothing is changed.
const APART: f32 = 0.04;
/// Words of one span at most.
const WIDEST: usize = 5;

impl Repairer {
    /// Takes the words of the town. `known` are further words that people here use (those of the example phrases):
    /// what is not among them, nor a domain word, is taken to be misheard more easily. With no known words every
    /// word counts as known.
    #[must_use]
    pub fn new<'a>(
        domain: impl IntoIterator<Item = DomainWord>,
        known: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let mut all = Self {
            things: Vec::new(),
            places: Vec::new(),
            known: known.into_iter().flat_map(words::each).collect(),
        };
        for word in domain {
            let entry = Entry::new(word.text);
            match word.names {
                Names::Thing => all.things.push(entry),
                Names::Place => all.places.push(entry),
            }
        }
        all
    }

    /// Repairs what was heard.
    ///
    /// ```
    /// use ventanilla_speech::repair::{DomainWord, HeardWord, Names, Repairer};
    ///
    /// let bache = DomainWord { text: "bache".into(), names: Names::Thing };
    /// let repairer = Repairer::new([bache], []);
    /// let heard = |text, probability| HeardWord { text, probability };
    /// let repaired = repairer.repair(&[heard("Hay", 0.9), heard("un", 0.9), heard("baño.", 0.4)]);
    /// assert_eq!(repaired.text, "Hay un bache.");
    /// ```
    #[must_use]
    pub fn repair(&self, heard: &[HeardWord<'_>]) -> Repaired {
        let plain: Vec<String> = heard.iter().map(|word| words::plain(word.text)).collect();
        let mut found: Vec<Change> =
            span::all(heard, &plain, WIDEST).filter_map(|span| self.change(&span)).collect();
        found.sort_by(|a, b| {
            a.distance.total_cmp(&b.distance).then(b.count.cmp(&a.count)).then(a.at.cmp(&b.at))
        });
        let mut changes: Vec<Change> = Vec::new();
        for change in found {
            if !changes.iter().any(|other| overlap(other, &change)) {
                changes.push(change);
            }
        }
        changes.sort_by_key(|change| change.at);
        Repaired { text: text(heard, &changes), changes }
    }

    fn change(&self, span: &Span<'_>) -> Option<Change> {
        if span.touches_the_grammar() {
            return None;
        }
        let best = if span.after_place_word() {
            nearest(&self.places, span, PLACE)
        } else if self.is_said(span) || !span.after_determiner() {
            None
        } else {
            nearest(&self.things, span, self.allowed(span)?)
        };
        let (entry, distance) = best?;
        if words::plain(&entry.text) == span.plain() {
            return None;
        }
        let to = span.dressed(&entry.text);
        Some(Change { from: span.text(), to, at: span.at(), count: span.count(), distance })
    }

    /// Whether the span is, word for word, part of something of the town; then it was heard well.
    fn is_said(&self, span: &Span<'_>) -> bool {
        let said = words::singular(&span.plain());
        self.things.iter().chain(&self.places).any(|entry| words::holds(&entry.singular, &said))
    }

    /// How far apart a thing may sound from this span; `None` when there is no reason to doubt it.
    fn allowed(&self, span: &Span<'_>) -> Option<f32> {
        if !self.known.is_empty() && span.words().any(|word| !self.known.contains(word)) {
            return Some(UNKNOWN);
        }
        let sure = span.least_probability();
        (sure < SURE).then_some(THING + THING_UNSURE * (1.0 - sure))
    }
}

impl Entry {
    fn new(text: String) -> Self {
        let plain = words::plain(&text);
        Self {
            words: plain.split(' ').count(),
            singular: words::singular(&plain),
            sound: Sound::of(&plain),
            text,
        }
    }
}

/// The entry that sounds most like the span, when it is close enough and no other is as close.
fn nearest<'e>(entries: &'e [Entry], span: &Span<'_>, allowed: f32) -> Option<(&'e Entry, f32)> {
    let sound = Sound::of(&span.plain());
    let near = entries.iter().filter(|entry| entry.words.abs_diff(span.count()) <= 1);
    let mut ranked: Vec<(&Entry, f32)> = near.map(|entry| (entry, sound.distance(&entry.sound))).collect();
    ranked.sort_by(|a, b| a.1.total_cmp(&b.1));
    let &(best, distance) = ranked.first()?;
    let lonely = ranked.get(1).is_none_or(|(_, other)| other - distance >= APART);
    (distance <= allowed && lonely).then_some((best, distance))
}

fn overlap(a: &Change, b: &Change) -> bool {
    a.at < b.at + b.count && b.at < a.at + a.count
}

fn text(heard: &[HeardWord<'_>], changes: &[Change]) -> String {
    let mut parts: Vec<&str> = Vec::new();
    let mut at = 0;
    while let Some(word) = heard.get(at) {
        if let Some(change) = changes.iter().find(|change| change.at == at) {
            parts.push(&change.to);
            at += change.count;
        } else {
            parts.push(word.text);
            at += 1;
        }
    }
    parts.join(" ")
}

#[cfg(test)]
mod tests;
