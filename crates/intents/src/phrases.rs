//! The phrases of `intents/*.yaml`: what the classifier learns from and what it is tested on. [`load`] is called by
//! the server and by `ventanilla intents`; it reads no file itself.

mod check;
mod file;
mod packs;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use sha2::{Digest, Sha256};
use ventanilla_values::{Lang, Problem, SourceFile};

use crate::labelled::Labelled;
use crate::language::Languages;
pub use packs::LanguagePack;

/// Fewer different phrases than these are answered with a warning.
pub const ENOUGH_ES: usize = 25;
pub const ENOUGH_EN: usize = 12;

/// Every intent with its phrases, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PhraseBook {
    pub intents: Vec<IntentPhrases>,
    /// Languages that the town added to those built in, in the order of their tags.
    pub languages: Vec<LanguagePack>,
}

/// One file of `intents/`.
#[derive(Clone, PartialEq, Eq)]
pub struct IntentPhrases {
    pub name: Arc<str>,
    /// How "¿te refieres a …?" names it, by language.
    pub title: BTreeMap<Lang, String>,
    /// What is learnt from, by language.
    pub phrases: BTreeMap<Lang, Vec<String>>,
    /// Held out: never learnt from.
    pub test: BTreeMap<Lang, Vec<String>>,
}

/// Reads the phrase files and the language packs. The path of a phrase file ends in `<intent>.yaml`; a pack is a folder
/// `languages/<tag>/` with a `language.yaml`, beside which phrase files may stand that add to those of the same intent.
///
/// A file that cannot be read leaves out only itself. All problems come at once, in the order of the files.
pub fn load(sources: &[SourceFile]) -> (PhraseBook, Vec<Problem>) {
    let mut problems = Vec::new();
    let (of_packs, own): (Vec<&SourceFile>, Vec<&SourceFile>) =
        sources.iter().partition(|source| packs::is_of_a_pack(&source.path));
    let mut drafts: Vec<file::Draft> =
        own.iter().filter_map(|source| file::read(source, &mut problems)).collect();
    let languages = packs::read(&of_packs, &mut drafts, &mut problems);
    drafts.sort_by(|a, b| a.intent.cmp(&b.intent));
    check::check(&mut drafts, &mut problems);
    let intents = drafts.into_iter().map(file::Draft::finish).collect();
    (PhraseBook { intents, languages }, problems)
}

impl PhraseBook {
    /// A book of texts that are not from `intents/`; their language is the one that most of them seem to be in. The words of
    /// an intent's name are its title.
    pub fn from_labelled(data: &[Labelled]) -> Self {
        let lang = Languages::built_in().most(data.iter().map(|labelled| labelled.text.as_str()));
        let lang = lang.unwrap_or(Lang::ES);
        let mut by_intent: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for labelled in data {
            by_intent.entry(&labelled.intent).or_default().push(labelled.text.clone());
        }
        let intents = by_intent.into_iter().map(|(name, texts)| IntentPhrases {
            name: Arc::from(name),
            title: BTreeMap::from([(lang, name.replace(['_', '.', '-'], " "))]),
            phrases: BTreeMap::from([(lang, texts)]),
            test: BTreeMap::new(),
        });
        Self { intents: intents.collect(), languages: Vec::new() }
    }

    pub fn get(&self, intent: &str) -> Option<&IntentPhrases> {
        self.intents.iter().find(|i| &*i.name == intent)
    }

    /// How to name an intent to a person: in this language, else in Spanish.
    pub fn title(&self, intent: &str, lang: Lang) -> Option<&str> {
        let titles = &self.get(intent)?.title;
        titles.get(&lang).or_else(|| titles.get(&Lang::ES)).map(String::as_str)
    }

    /// The held-out phrases, in the order of the intents.
    pub fn held_out(&self) -> Vec<Labelled> {
        let all = self.intents.iter().flat_map(|i| i.test.values().flatten().map(|text| (text, &i.name)));
        all.map(|(text, name)| Labelled::new(text.as_str(), &**name)).collect()
    }

    /// The languages that have phrases.
    pub fn languages(&self) -> Vec<Lang> {
        let mut all: Vec<Lang> = self.intents.iter().flat_map(|i| i.phrases.keys().copied()).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Names what a model learnt from these phrases, and by which held-out ones it was calibrated.
    pub fn hash(&self) -> [u8; 32] {
        let mut hasher = Sha256::new();
        for intent in &self.intents {
            for text in [b"intent", intent.name.as_bytes()] {
                put(&mut hasher, text);
            }
            for (lang, text) in intent.learnt() {
                put(&mut hasher, lang.as_str().as_bytes());
                put(&mut hasher, text.as_bytes());
            }
            for (lang, texts) in &intent.test {
                put(&mut hasher, b"test");
                put(&mut hasher, lang.as_str().as_bytes());
                texts.iter().for_each(|text| put(&mut hasher, text.as_bytes()));
            }
        }
        for pack in &self.languages {
            put(&mut hasher, b"language");
            put(&mut hasher, pack.text.as_bytes());
        }
        hasher.finalize().into()
    }
}

fn put(hasher: &mut Sha256, bytes: &[u8]) {
    hasher.update((bytes.len() as u64).to_le_bytes());
    hasher.update(bytes);
}

impl IntentPhrases {
    /// What is learnt from. The title is one more phrase: measured, it helps wherever there are few.
    pub fn learnt(&self) -> impl Iterator<Item = (Lang, &str)> {
        let phrases =
            self.phrases.iter().flat_map(|(lang, all)| all.iter().map(|text| (*lang, text.as_str())));
        phrases.chain(self.title.iter().map(|(lang, text)| (*lang, text.as_str())))
    }
}

impl fmt::Debug for IntentPhrases {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = |texts: &BTreeMap<Lang, Vec<String>>| texts.values().map(Vec::len).sum::<usize>();
        f.debug_struct("IntentPhrases")
            .field("name", &self.name)
            .field("phrases", &count(&self.phrases))
            .field("test", &count(&self.test))
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
