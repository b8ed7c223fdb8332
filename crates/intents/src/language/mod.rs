//! Which language a message is in. Called for every message before it is understood; a message that does not tell
//! leaves the person's language as it is.
//!
//! Short messages are told by words (the lists of the language packs and the town's own phrases), long ones also by
//! `whichlang`, which knows Spanish, English and Portuguese but is wrong about "hola" and has never seen Maya.

mod pack;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fmt;

use ventanilla_values::Lang;

use crate::spelling::fold::fold;
use pack::Pack;

/// A language, and how sure that is (0 to 1).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LanguageGuess {
    pub lang: Lang,
    /// From 0.5; over 0.8 the conversation may change its language without asking.
    pub confidence: f32,
}

/// The languages a town can tell apart: Spanish, English, Portuguese and Yucatec Maya are built in, packs add more.
///
/// ```
/// # use ventanilla_intents::Languages;
/// # use ventanilla_values::Lang;
/// let languages = Languages::built_in();
/// let lang = |text| languages.guess(text).map(|guess| guess.lang);
/// assert_eq!(lang("hay un bache en mi calle"), Some(Lang::ES));
/// assert_eq!(lang("Ma'alob k'iin, bix a beel?"), Some(Lang::YUA));
/// assert_eq!(lang("quiero el folio del parking"), Some(Lang::ES));
/// assert_eq!(lang("48213"), None);
/// ```
#[derive(Clone, Default)]
pub struct Languages {
    langs: Vec<Lang>,
    /// Folded word -> the languages that have it, a bit each.
    words: HashMap<String, u32>,
    /// Words as they are written -> likewise.
    exact: HashMap<String, u32>,
    shapes: Vec<(String, u32)>,
    /// Folded word -> how often the phrases of each language have it.
    learnt: HashMap<String, Vec<u32>>,
}

const BUILT_IN: [&str; 4] =
    [include_str!("es.yaml"), include_str!("en.yaml"), include_str!("pt.yaml"), include_str!("yua.yaml")];
/// One bit a language.
const MOST: usize = 32;
/// As many words of a message are looked at.
const READ: usize = 200;

impl Languages {
    pub fn built_in() -> Self {
        let mut all = Self::default();
        for yaml in BUILT_IN {
            // The files are compiled in and read by a test.
            if let Err(problem) = all.add(yaml) {
                debug_assert!(false, "{problem}");
            }
        }
        all
    }

    /// Adds the `language.yaml` of a language pack, or adds to a language that is there.
    ///
    /// # Errors
    /// What is wrong with the file, for whoever wrote it.
    pub fn add(&mut self, yaml: &str) -> Result<Lang, String> {
        let pack = Pack::read(yaml)?;
        let bit =
            1 << self.place(pack.lang).ok_or_else(|| format!("there is no room for more than {MOST}"))?;
        let short = |word: &str| fold(word).len() <= 3 && fold(word).len() != word.len();
        for word in pack.words.split_whitespace() {
            let key = if short(word) && word.contains('\'') { None } else { Some(fold(word)) };
            match key {
                Some(key) => *self.words.entry(key).or_default() |= bit,
                None => *self.exact.entry(as_written(word)).or_default() |= bit,
            }
        }
        for word in pack.exact.split_whitespace() {
            *self.exact.entry(as_written(word)).or_default() |= bit;
        }
        self.shapes.extend(pack.shapes.iter().map(|shape| (as_written(shape), bit)));
        Ok(pack.lang)
    }

    /// The languages that can be told apart.
    pub fn langs(&self) -> &[Lang] {
        &self.langs
    }

    /// Learns the words of a phrase that is known to be in a language.
    pub fn learn(&mut self, lang: Lang, phrase: &str) {
        let Some(place) = self.place(lang) else { return };
        for word in words(&as_written(phrase)) {
            let counts = self.learnt.entry(fold(word)).or_default();
            if counts.len() <= place {
                counts.resize(place + 1, 0);
            }
            if let Some(count) = counts.get_mut(place) {
                *count += 1;
            }
        }
    }

    fn place(&mut self, lang: Lang) -> Option<usize> {
        if let Some(place) = self.langs.iter().position(|known| *known == lang) {
            return Some(place);
        }
        (self.langs.len() < MOST).then(|| {
            self.langs.push(lang);
            self.langs.len() - 1
        })
    }

    /// The language that most of the texts seem to be in.
    pub fn most<'a>(&self, texts: impl Iterator<Item = &'a str>) -> Option<Lang> {
        let mut counts: HashMap<Lang, usize> = HashMap::new();
        for guess in texts.filter_map(|text| self.guess(text)) {
            *counts.entry(guess.lang).or_default() += 1;
        }
        counts.into_iter().max_by_key(|(lang, count)| (*count, *lang)).map(|(lang, _)| lang)
    }

    /// The language of a text; `None` when it does not tell ("ok", a number, a name, two languages alike).
    pub fn guess(&self, text: &str) -> Option<LanguageGuess> {
        let text = &without_addresses(text);
        let written = as_written(text);
        let mut scores = vec![0.0f32; self.langs.len()];
        let mut own = vec![0usize; self.langs.len()];
        let mut seen = 0;
        let mut distinct = HashSet::new();
        for word in words(&written).take(READ) {
            seen += 1;
            if distinct.insert(word) {
                self.weigh(word, &mut scores, &mut own);
            }
        }
        let told = scores.iter().sum::<f32>();
        self.ask_whichlang(text, seen, &mut scores);
        // A name, a brand or a word that has travelled is no language: "Karen May", "hotel center".
        let enough = |place: usize| {
            let lang = self.langs.get(place).copied().unwrap_or(Lang::ES);
            let own = own.get(place).copied().unwrap_or_default();
            !BORROWED_FROM.contains(&lang) || own >= ENOUGH.min(seen) || greets(&written)
        };
        self.decide(&scores, told, enough)
    }

    /// What one word says: all for one language, or a little for several. `own` counts the words that only one has.
    fn weigh(&self, word: &str, scores: &mut [f32], own: &mut [usize]) {
        let folded = fold(word);
        let mut bits =
            self.exact.get(word).copied().unwrap_or(0) | self.words.get(&folded).copied().unwrap_or(0);
        let learnt = self.learnt_by(&folded);
        let letters = if bits == 0 { self.shape(word) } else { 0 };
        let weight = match bits.count_ones() {
            0 if letters.count_ones() == 1 => SHAPE,
            0 => learnt.map_or(0.0, |_| LEARNT),
            1 => 1.0,
            n => SHARED / n as f32,
        };
        if bits == 0 {
            bits = if letters.count_ones() == 1 { letters } else { learnt.map_or(0, |place| 1 << place) };
        }
        let only = bits.count_ones() == 1 && weight >= SHAPE;
        for (place, (score, own)) in scores.iter_mut().zip(own).enumerate() {
            if bits >> place & 1 == 1 {
                *score += weight;
                *own += usize::from(only);
            }
        }
    }

    fn shape(&self, word: &str) -> u32 {
        let fitting = self.shapes.iter().filter(|(shape, _)| word.contains(shape.as_str()));
        fitting.fold(0, |bits, (_, bit)| bits | bit)
    }

    /// The language whose phrases have a word, when hardly any other has it.
    fn learnt_by(&self, folded: &str) -> Option<usize> {
        let counts = self.learnt.get(folded)?;
        let (place, most) = counts.iter().enumerate().max_by_key(|(_, count)| **count)?;
        let rest = counts.iter().sum::<u32>() - most;
        (*most >= 2 && *most >= 6 * rest).then_some(place)
    }

    /// It is sure of nothing shorter than three words.
    fn ask_whichlang(&self, text: &str, words: usize, scores: &mut [f32]) {
        if words < 3 {
            return;
        }
        let lang = match whichlang::detect_language(text) {
            whichlang::Lang::Spa => Lang::ES,
            whichlang::Lang::Eng => Lang::EN,
            whichlang::Lang::Por => Lang::PT,
            _ => return,
        };
        let place = self.langs.iter().position(|known| *known == lang);
        if let Some(score) = place.and_then(|place| scores.get_mut(place)) {
            *score += if words < 6 { 0.6 } else { 1.2 };
        }
    }

    fn decide(&self, scores: &[f32], told: f32, enough: impl Fn(usize) -> bool) -> Option<LanguageGuess> {
        let (place, best) = scores.iter().copied().enumerate().max_by(|a, b| a.1.total_cmp(&b.1))?;
        let next =
            scores.iter().enumerate().filter(|(i, _)| *i != place).map(|(_, s)| *s).fold(0.0, f32::max);
        let lead = best - next;
        if lead < LEAD || best < LEAST || told == 0.0 && best < 1.0 || !enough(place) {
            return None;
        }
        let confidence = 0.5 + 0.5 * (lead / (best + next)) * (1.0 - 0.5f32.powf(best + 0.5));
        Some(LanguageGuess { lang: self.langs.get(place).copied()?, confidence })
    }
}

/// A word of several languages, shared among them.
const SHARED: f32 = 0.4;
/// A word with letters as only one language has them.
const SHAPE: f32 = 0.9;
/// A word of the phrases of one language.
const LEARNT: f32 = 0.7;
/// What the best must have, and be ahead.
const LEAST: f32 = 0.6;
const LEAD: f32 = 0.35;

/// Names, brands and words that Spanish took over are from here.
const BORROWED_FROM: [Lang; 2] = [Lang::EN, Lang::PT];
/// So many words that only such a language has a message must hold, if it has as many, to be in it.
const ENOUGH: usize = 2;
/// Said before a name, as a whole message.
const GREETINGS: [&str; 10] =
    ["hi", "hello", "hey", "thanks", "please", "sorry", "bye", "goodbye", "olá", "obrigado"];

fn greets(written: &str) -> bool {
    words(written).next().is_some_and(|first| GREETINGS.contains(&first))
}

/// Links, e-mails and codes are in no language.
fn without_addresses(text: &str) -> Cow<'_, str> {
    let is_address = |chunk: &str| {
        let inner = chunk.trim_matches(|c: char| !c.is_alphanumeric());
        let dotted = inner.split_once('.').is_some_and(|(a, b)| {
            a.ends_with(|c: char| c.is_ascii_alphanumeric())
                && b.starts_with(|c: char| c.is_ascii_lowercase())
        });
        let code = inner.contains(|c: char| c.is_ascii_digit()) && inner.contains('-');
        chunk.contains("://")
            || chunk.contains('@')
            || inner.starts_with("www.")
            || code
            || dotted && inner.len() > 6 && inner.contains('/')
    };
    if !text.split_whitespace().any(is_address) {
        return Cow::Borrowed(text);
    }
    let kept: Vec<&str> = text.split_whitespace().filter(|chunk| !is_address(chunk)).collect();
    Cow::Owned(kept.join(" "))
}

/// Small letters; all apostrophes are the same; accents put together.
fn as_written(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let one = |c| if matches!(c, '’' | 'ʼ' | '‘' | '`' | '´' | '′' | 'ʔ') { '\'' } else { c };
    text.nfc().map(one).flat_map(char::to_lowercase).collect()
}

fn words(written: &str) -> impl Iterator<Item = &str> {
    let parts = written.split(|c: char| !c.is_alphabetic() && c != '\'');
    parts.map(|word| word.trim_start_matches('\'')).filter(|word| word.chars().any(char::is_alphabetic))
}

/// Without the words: they are many.
impl fmt::Debug for Languages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Languages").field("langs", &self.langs).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
