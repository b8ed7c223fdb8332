//! Danger, looked for before anything else: words that say that somebody is in danger now, whatever else the message
//! is about. Called before the classifier of intents, so that a weak model never hides a cry for help.
//!
//! Two halves: [`signs`] finds the words, by the rules in `safety/rules/*.yaml`, and [`verdict`] weighs them with the
//! probabilities of a classifier.
//!
//! **High recall wins.** A needless alarm costs a telephone number that nobody needed, and the talk goes on; a missed
//! one may cost a life. So where a sentence can be read both ways the rules read it as a danger, "no me voy a matar"
//! included, since somebody is thinking of it. What keeps the alarm from being a nuisance is not caution but idioms:
//! "me muero de risa" is a rule as well, and covers the words that it spans.
//!
//! Nothing here keeps or prints a word of the message: a [`Sign`] says where, and by which rule.

mod around;
mod ear;
mod fold;
mod lexicon;
mod matcher;
mod parse;
mod parts;
mod pattern;
mod rules;
mod token;
mod verdict;

use std::ops::Range;

use serde::{Deserialize, Serialize};

pub use around::is_only_an_address;
pub(crate) use around::said_plainly;
pub(crate) use ear::Ear;
pub(crate) use parts::{Part, parts};
pub(crate) use verdict::verdict_of_part;
pub use verdict::{Evidence, Safety, verdict};

use crate::seen::seen;

/// What a rule found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sign {
    /// One of [`SAFETY`](crate::SAFETY); [`NONE`](crate::NONE) for an idiom.
    pub intent: &'static str,
    pub weight: Weight,
    /// Where, in bytes of the text as it was given.
    pub span: Range<usize>,
    /// The rule's name, for staff who ask why.
    pub rule: &'static str,
    /// Said in a language of which there are no phrases: that the classifiers hear nothing says nothing.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub foreign: bool,
}

/// How much a sign says. The least comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// Not a crisis ("me muero de risa", "simulacro de incendio"): no other sign within its span counts, and the
    /// classifier must be surer.
    Idiom,
    /// Often said in a crisis, more often not in one.
    Hint,
    /// As often as not.
    Likely,
    /// Hardly ever said by anybody who is not in one: a classifier in doubt is overruled.
    Certain,
}

/// The signs in a text, as typed or mended, by their place; those inside an idiom included ([`verdict`] leaves them
/// out).
///
/// Capitals, accents, stretched letters, the spelling of phones ("ya no kiero bibir") and letters that only look like ours
/// do not matter. Of a text of
/// more than 16,000 bytes the beginning and the end are read.
///
/// ```
/// use ventanilla_intents::{Weight, signs};
///
/// let found = signs("hay un bache y la neta ya no kiero bibir");
/// assert_eq!((found[0].intent, found[0].weight), ("crisis.self_harm", Weight::Certain));
/// assert!(signs("me muero de risa").iter().any(|sign| sign.weight == Weight::Idiom));
/// ```
pub fn signs(text: &str) -> Vec<Sign> {
    let seen = seen(text);
    let tokens = token::read(&seen.text);
    let mut found = matcher::find(&rules::RULES, &tokens);
    for sign in &mut found {
        sign.span = seen.written(sign.span.clone());
    }
    found.sort_by_key(|sign| (sign.span.start, sign.span.end));
    found
}

#[cfg(test)]
mod tests;
