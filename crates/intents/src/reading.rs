//! A message as the two heads want it: mended for the sentence encoder, folded for the lexical head; and its language.

use ventanilla_values::Lang;

use crate::language::{LanguageGuess, Languages};
use crate::model::Phrase;
use crate::parallel;
use crate::phrases::LanguagePack;
use crate::spelling::{Change, Fixed, Speller};

/// From here on a message in a language without phrases is read by its sense alone.
const FOREIGN: f32 = 0.8;

/// How a message is read.
#[derive(Debug)]
pub(crate) struct Reader {
    speller: Speller,
    languages: Languages,
    packs: Vec<LanguagePack>,
    /// Those that phrases are written in.
    spoken: Vec<Lang>,
}

/// A message made ready.
#[derive(Debug)]
pub(crate) struct Reading {
    /// What the encoder reads.
    pub fixed: String,
    /// What the lexical head reads.
    pub folded: String,
    pub changes: Vec<Change>,
    pub language: Option<LanguageGuess>,
    /// Its letters mean nothing to a head that learnt other languages.
    pub foreign: bool,
}

impl Reader {
    pub(crate) fn new(phrases: &[Phrase], packs: &[LanguagePack]) -> Self {
        Self::with(|| Speller::new(phrases.iter().map(|phrase| phrase.text.as_str())), phrases, packs)
    }

    /// One that was made from these phrases before, of which `misspelt` is kept.
    pub(crate) fn again(phrases: &[Phrase], packs: &[LanguagePack], misspelt: &[String]) -> Self {
        Self::with(
            || Speller::again(phrases.iter().map(|phrase| phrase.text.as_str()), misspelt),
            phrases,
            packs,
        )
    }

    /// The languages that the town added.
    pub(crate) fn packs(&self) -> &[LanguagePack] {
        &self.packs
    }

    /// See [`Speller::misspelt`].
    pub(crate) fn misspelt(&self) -> Vec<&str> {
        self.speller.misspelt()
    }

    fn with(speller: impl FnOnce() -> Speller, phrases: &[Phrase], packs: &[LanguagePack]) -> Self {
        let (speller, languages) = parallel::both(speller, || languages(phrases, packs));
        let mut spoken: Vec<Lang> = phrases.iter().map(|phrase| phrase.lang).collect();
        spoken.sort_unstable();
        spoken.dedup();
        Self { speller, languages, packs: packs.to_vec(), spoken }
    }

    pub(crate) fn read(&self, text: &str) -> Reading {
        let fixed = self.mend(text);
        let language = self.languages.guess(text);
        let foreign = language
            .as_ref()
            .is_some_and(|guess| guess.confidence >= FOREIGN && !self.spoken.contains(&guess.lang));
        Reading { fixed: fixed.text, folded: fixed.folded, changes: fixed.changes, language, foreign }
    }

    /// The same without asking for the language, for phrases, of which it is known.
    pub(crate) fn mend(&self, text: &str) -> Fixed {
        self.speller.fix(text)
    }
}

/// Those that are built in, those that the town added, and the words of the phrases.
fn languages(phrases: &[Phrase], packs: &[LanguagePack]) -> Languages {
    let mut languages = Languages::built_in();
    for pack in packs {
        // It could be read before; what cannot adds nothing.
        languages.add(&pack.text).ok();
    }
    for phrase in phrases {
        languages.learn(phrase.lang, &phrase.text);
    }
    languages
}
