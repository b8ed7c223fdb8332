//! Words of the town: what a recogniser should expect, and what a transcript is put right with.

use std::sync::OnceLock;

use ventanilla_intents::PhraseBook;
use ventanilla_speech::repair::{DomainWord, HeardWord, Names, Repairer};
use ventanilla_values::Lang;

use crate::catalogue::{Catalogue, Street};

/// The words of each language, made when somebody speaks it for the first time. For voice notes and for calls.
pub struct Vocabulary {
    spanish: Spoken,
    english: Spoken,
}

struct Spoken {
    things: Vec<String>,
    places: Vec<String>,
    /// Example phrases: what is among their words is no mishearing.
    phrases: Vec<String>,
    ready: OnceLock<Ready>,
}

/// One language, ready to be used.
pub(crate) struct Ready {
    /// Things before places: there are fewer of them, and a place is put right by what stands before it.
    pub hints: Vec<String>,
    repairer: Repairer,
}

impl Vocabulary {
    pub fn new(catalogue: &Catalogue, phrases: &PhraseBook) -> Self {
        let spoken = |lang| Spoken {
            things: things(catalogue, lang),
            places: places(catalogue),
            phrases: learnt(phrases, lang),
            ready: OnceLock::new(),
        };
        Self { spanish: spoken(Lang::ES), english: spoken(Lang::EN) }
    }

    /// The words of a language; those of Spanish for any that Whisper is not asked for here.
    pub(crate) fn of(&self, lang: Lang) -> &Ready {
        let spoken = if lang == Lang::EN { &self.english } else { &self.spanish };
        spoken.ready.get_or_init(|| ready(spoken))
    }
}

/// Without the words: they are many.
impl std::fmt::Debug for Vocabulary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let count = |spoken: &Spoken| spoken.things.len() + spoken.places.len();
        f.debug_struct("Vocabulary")
            .field("spanish", &count(&self.spanish))
            .field("english", &count(&self.english))
            .finish_non_exhaustive()
    }
}

/// Words that sound no farther apart than this differ in spelling only: an accent, a "v" for a "b".
const SAME_SOUND: f32 = 0.05;

impl Ready {
    /// What was heard with the town's words in it, and whether nothing but its spelling was changed.
    ///
    /// What the town has names for is Spanish. English would be mended into it ("there" -> "tree"), so it is not asked.
    pub(crate) fn put_right(&self, heard: &[HeardWord<'_>]) -> (String, bool) {
        let repaired = self.repairer.repair(heard);
        (repaired.text, repaired.changes.iter().all(|change| change.distance <= SAME_SOUND))
    }
}

fn ready(spoken: &Spoken) -> Ready {
    let word = |names| move |text: &String| DomainWord { text: text.clone(), names };
    let things = spoken.things.iter().map(word(Names::Thing));
    let places = spoken.places.iter().map(word(Names::Place));
    let repairer = Repairer::new(things.chain(places), spoken.phrases.iter().map(String::as_str));
    Ready { hints: spoken.things.iter().chain(&spoken.places).cloned().collect(), repairer }
}

/// What people report, as the catalogue calls it and as else it is called: "bache", "hoyo".
fn things(catalogue: &Catalogue, lang: Lang) -> Vec<String> {
    let mut things = Vec::new();
    for category in catalogue.categories() {
        things.push(category.name.get(lang).to_lowercase());
        let also = category.also.iter().filter(|(spoken, _)| *spoken == lang);
        things.extend(also.flat_map(|(_, words)| words.iter().cloned()));
    }
    once(things)
}

fn places(catalogue: &Catalogue) -> Vec<String> {
    let places = catalogue.places();
    let colonias = places.colonias.iter().map(|colonia| &*colonia.name);
    let landmarks = places.landmarks.iter().map(|landmark| &*landmark.name);
    let streets = places.streets.iter().filter_map(Street::spoken);
    once(colonias.chain(landmarks).chain(streets).map(str::to_owned).collect())
}

fn learnt(phrases: &PhraseBook, lang: Lang) -> Vec<String> {
    let of_lang = phrases.intents.iter().flat_map(|intent| intent.learnt());
    of_lang.filter(|(spoken, _)| *spoken == lang).map(|(_, text)| text.to_owned()).collect()
}

fn once(words: Vec<String>) -> Vec<String> {
    let mut seen = std::collections::HashSet::new();
    words.into_iter().filter(|word| seen.insert(word.clone())).collect()
}

#[cfg(test)]
impl Ready {
    pub(super) fn of_things(things: &[&str]) -> Self {
        let things = things.iter().map(|text| (*text).to_owned()).collect();
        ready(&Spoken { things, places: Vec::new(), phrases: Vec::new(), ready: OnceLock::new() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Content, builtin};

    fn vocabulary() -> Vocabulary {
        let content = Content::compile(builtin()).unwrap();
        Vocabulary::new(&content.catalogue, &content.phrases)
    }

    #[test]
    fn the_towns_own_words_are_expected() {
        let vocabulary = vocabulary();
        let spanish = vocabulary.of(Lang::ES);
        for word in ["bache", "hundimiento", "Benito Juárez", "Mercado Municipal", "Morelos", "Costero"] {
            assert!(spanish.hints.iter().any(|hint| hint == word), "{word} is not in {:?}", spanish.hints);
        }
        assert!(!spanish.hints.iter().any(|hint| hint == "20" || hint == "Calle 20"), "{:?}", spanish.hints);
        assert!(vocabulary.of(Lang::EN).hints.iter().any(|hint| hint == "pothole"));
    }

    fn put_right(heard: &[(&str, f32)]) -> String {
        let heard = heard.iter().map(|(text, probability)| HeardWord { text, probability: *probability });
        vocabulary().of(Lang::ES).put_right(&heard.collect::<Vec<_>>()).0
    }

    #[test]
    fn a_misheard_colonia_becomes_the_one_of_this_town() {
        let heard = [("En", 0.9), ("la", 0.9), ("colonia", 0.9), ("Benito", 0.9), ("Suárez.", 0.5)];
        assert_eq!(put_right(&heard), "En la colonia Benito Juárez.");
    }

    #[test]
    fn a_misheard_street_becomes_the_one_of_this_town() {
        let heard = [("En", 0.9), ("la", 0.9), ("calle", 0.9), ("Moreno", 0.5), ("con", 0.9), ("18.", 0.9)];
        assert_eq!(put_right(&heard), "En la calle Morelos con 18.");
    }
}
