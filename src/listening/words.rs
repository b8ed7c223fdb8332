//! Words of the town: what a recogniser should expect, and what a transcript is put right with.

use std::sync::OnceLock;

use ventanilla_intents::PhraseBook;
use ventanilla_speech::repair::{DomainWord, Names, Repairer};
use ventanilla_values::Lang;

use crate::catalogue::Catalogue;

/// The words of each language, made when somebody speaks it for the first time.
pub(super) struct Vocabulary {
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
pub(super) struct Ready {
    /// Things before places: there are fewer of them, and a place is put right by what stands before it.
    pub hints: Vec<String>,
    pub repairer: Repairer,
}

impl Vocabulary {
    pub(super) fn new(catalogue: &Catalogue, phrases: &PhraseBook) -> Self {
        let spoken = |lang| Spoken {
            things: things(catalogue, lang),
            places: places(catalogue),
            phrases: learnt(phrases, lang),
            ready: OnceLock::new(),
        };
        Self { spanish: spoken(Lang::ES), english: spoken(Lang::EN) }
    }

    /// The words of a language; those of Spanish for any that Whisper is not asked for here.
    pub(super) fn of(&self, lang: Lang) -> &Ready {
        let spoken = if lang == Lang::EN { &self.english } else { &self.spanish };
        spoken.ready.get_or_init(|| ready(spoken))
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
    let colonias = places.colonias.iter().map(|colonia| colonia.name.clone());
    once(colonias.chain(places.landmarks.iter().map(|landmark| landmark.name.clone())).collect())
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
mod tests {
    use ventanilla_speech::repair::HeardWord;

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
        for word in ["bache", "hundimiento", "Benito Juárez", "Mercado Municipal"] {
            assert!(spanish.hints.iter().any(|hint| hint == word), "{word} is not in {:?}", spanish.hints);
        }
        assert!(vocabulary.of(Lang::EN).hints.iter().any(|hint| hint == "pothole"));
    }

    #[test]
    fn a_misheard_colonia_becomes_the_one_of_this_town() {
        let vocabulary = vocabulary();
        let words = [("En", 0.9), ("la", 0.9), ("colonia", 0.9), ("Benito", 0.9), ("Suárez.", 0.5)];
        let heard: Vec<HeardWord<'_>> =
            words.iter().map(|(text, probability)| HeardWord { text, probability: *probability }).collect();
        assert_eq!(vocabulary.of(Lang::ES).repairer.repair(&heard).text, "En la colonia Benito Juárez.");
    }
}
