//! What was typed -> what was meant: spelling mended, accents put back, shorthand written out. The town's own phrases
//! say which words are likely here; a general list says which words exist. Called before a text is understood; what
//! the citizen wrote is kept elsewhere, as it came.
//!
//! The order: `clean` (letters), `tokens` (words), then for every word that is not known `repair`, which asks the
//! `index` for words nearby and weighs them by `distance`, by how likely they are and by their neighbours.

mod clean;
mod context;
mod derived;
mod digits;
mod distance;
mod emoji;
pub(crate) mod fold;
mod index;
mod letters;
mod lexicon;
mod message;
mod pairs;
mod repair;
mod shorthand;
mod sounds;
mod split;
mod tokens;
mod vocabulary;
mod words;

use std::fmt;

use crate::normalise::normalise;
use index::Index;
use lexicon::{Id, Lexicon};
use pairs::Pairs;

#[cfg(test)]
pub(crate) use shorthand::is_shorthand;

/// Mends spelling. One is made when the phrases are read and shared by all; asking changes nothing in it.
///
/// ```
/// # use ventanilla_intents::Speller;
/// let phrases = ["hay un bache en mi calle", "hay un árbol caído", "quiero reportar una fuga de agua"];
/// let speller = Speller::new(phrases);
/// let fixed = speller.fix("ay un vache en mi cllae xfa 🔥");
/// assert_eq!(fixed.text, "hay un bache en mi calle por favor fuego");
/// assert_eq!(speller.fix("Quiero reportar un bache, gracias.").text, "Quiero reportar un bache, gracias.");
/// ```
pub struct Speller {
    lexicon: Lexicon,
    index: Index,
    pairs: Pairs,
    /// The words of the phrases, in the order of the alphabet.
    by_name: Vec<Id>,
}

/// A text, mended.
#[derive(Clone, PartialEq, Eq)]
pub struct Fixed {
    /// For a reader or a sentence encoder: accents, signs and capitals as they should be or were.
    pub text: String,
    /// `normalise(&text)`: for the lexical head.
    pub folded: String,
    /// In the order of the text.
    pub changes: Vec<Change>,
}

/// What stood there, and what stands there now. Neither is ever logged.
#[derive(Clone, PartialEq, Eq, serde::Serialize)]
pub struct Change {
    pub from: String,
    pub to: String,
}

impl Speller {
    /// Learns the words, their neighbours and their accents from the phrases; the general word list is built in.
    /// Takes a second for tens of thousands of phrases: make one and share it.
    pub fn new<'a>(phrases: impl IntoIterator<Item = &'a str> + Send) -> Self {
        vocabulary::learn(phrases, None)
    }

    /// The same, sooner: `misspelt` is [`Speller::misspelt`] of one that was made from these phrases.
    pub(crate) fn again<'a>(phrases: impl IntoIterator<Item = &'a str> + Send, misspelt: &[String]) -> Self {
        vocabulary::learn(phrases, Some(misspelt))
    }

    /// The words of the phrases that are slips, folded.
    pub(crate) fn misspelt(&self) -> Vec<&str> {
        let all = 0..self.lexicon.len() as Id;
        all.filter(|id| self.lexicon.entry(*id).misspelt).map(|id| self.lexicon.word(id)).collect()
    }

    /// Mends a text. Known words stay, and so do names, numbers, codes and addresses. Of a very long text the first
    /// part is mended and the rest left as it is.
    pub fn fix(&self, text: &str) -> Fixed {
        let cleaned = clean::clean(text);
        let (text, changes) = message::mend(self, &cleaned);
        Fixed { folded: normalise(&text), text, changes }
    }
}

/// Without the words: they come from phrases, and are many.
impl fmt::Debug for Speller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Speller").field("words", &self.lexicon.len()).finish_non_exhaustive()
    }
}

/// Without the text: it is a citizen's.
impl fmt::Debug for Fixed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fixed").field("changes", &self.changes.len()).finish_non_exhaustive()
    }
}

impl fmt::Debug for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Change").finish_non_exhaustive()
    }
}
