//! The rules of `rules/*.yaml`, compiled in and read once.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;
use ventanilla_values::Lang;

use super::Weight;
use super::lexicon::Lexicon;
use super::parse::{Lists, Parser};
use super::pattern::{Guarded, WordSet};
use crate::taxonomy::{INTENTS, NONE};

const WORDS: &str = include_str!("rules/words.yaml");
const FILES: [&str; 4] = [
    include_str!("rules/emergency.yaml"),
    include_str!("rules/self_harm.yaml"),
    include_str!("rules/violence.yaml"),
    include_str!("rules/idioms.yaml"),
];

pub(super) static RULES: LazyLock<Rules> = LazyLock::new(|| Rules::read(WORDS, &FILES));

/// One language's patterns of a rule are one rule here.
pub(super) struct Rule {
    pub name: String,
    pub intent: &'static str,
    pub weight: Weight,
    /// In a language that towns do not speak yet: see [`RawRule::other`].
    pub foreign: bool,
    pub patterns: Vec<Guarded>,
    /// Anywhere around it, one of these takes the rule back.
    pub unless: Vec<Guarded>,
}

#[derive(Default)]
pub(super) struct Rules {
    pub rules: Vec<Rule>,
    pub lexicon: Lexicon,
    /// What could not be read, and is left out. A test keeps it empty.
    pub problems: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct WordsFile {
    es: Lists,
    en: Lists,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    /// One of the taxonomy.
    intent: String,
    rules: Vec<RawRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    name: String,
    weight: Weight,
    /// Names of lists.
    #[serde(default)]
    unless: Vec<String>,
    #[serde(default)]
    es: Vec<String>,
    #[serde(default)]
    en: Vec<String>,
    /// Of languages that towns do not speak yet: Portuguese, Yucatec Maya. Whoever is in danger is heard in them.
    #[serde(default)]
    other: Vec<String>,
}

/// The patterns of one language, read by the spelling of `lang`.
struct Written<'a> {
    lang: Lang,
    foreign: bool,
    patterns: &'a [String],
}

impl Rules {
    fn read(words: &str, files: &[&str]) -> Self {
        let mut rules = Self::default();
        let words: WordsFile = rules.yaml(words).unwrap_or_default();
        for file in files {
            if let Some(file) = rules.yaml::<RuleFile>(file) {
                rules.file(&words, &file);
            }
        }
        rules.look_for_the_rare();
        rules
    }

    /// What few patterns need is rarely said: whether it is there tells most about a pattern.
    fn look_for_the_rare(&mut self) {
        let mut uses: HashMap<WordSet, usize> = HashMap::new();
        for guarded in self.rules.iter().flat_map(|rule| rule.patterns.iter().chain(&rule.unless)) {
            guarded.needs.iter().for_each(|set| *uses.entry(*set).or_default() += 1);
        }
        for guarded in self.rules.iter_mut().flat_map(|rule| rule.patterns.iter_mut().chain(&mut rule.unless))
        {
            guarded.needs.sort_by_key(|set| uses.get(set).copied());
        }
    }

    fn yaml<T: for<'de> Deserialize<'de>>(&mut self, text: &str) -> Option<T> {
        serde_saphyr::from_str(text).map_err(|error| self.problems.push(error.to_string())).ok()
    }

    fn file(&mut self, words: &WordsFile, file: &RuleFile) {
        let Some(intent) = intent(&file.intent) else {
            self.problems.push(format!("there is no intent {}", file.intent));
            return;
        };
        for raw in &file.rules {
            let none = Lists::default();
            self.rule(intent, raw, &words.es, Written { lang: Lang::ES, foreign: false, patterns: &raw.es });
            self.rule(intent, raw, &words.en, Written { lang: Lang::EN, foreign: false, patterns: &raw.en });
            self.rule(intent, raw, &none, Written { lang: Lang::ES, foreign: true, patterns: &raw.other });
        }
    }

    fn rule(&mut self, intent: &'static str, raw: &RawRule, lists: &Lists, written: Written<'_>) {
        let Written { lang, foreign, patterns } = written;
        let unless: Vec<String> =
            raw.unless.iter().filter_map(|name| lists.get(name)).flatten().cloned().collect();
        let unless = self.patterns(&raw.name, lang, lists, &unless);
        let patterns = self.patterns(&raw.name, lang, lists, patterns);
        if !patterns.is_empty() {
            let (name, weight) = (raw.name.clone(), raw.weight);
            self.rules.push(Rule { name, intent, weight, foreign, patterns, unless });
        }
    }

    /// Those that can be read.
    fn patterns(&mut self, rule: &str, lang: Lang, lists: &Lists, written: &[String]) -> Vec<Guarded> {
        let mut patterns = Vec::new();
        for written in written {
            let mut parser = Parser { lang, lists, lexicon: &mut self.lexicon, depth: 0, inside: 0 };
            match parser.pattern(written) {
                Ok(pattern) => patterns.push(Guarded::new(pattern)),
                Err(error) => self.problems.push(format!("{rule}: {error}: {written}")),
            }
        }
        patterns
    }
}

fn intent(name: &str) -> Option<&'static str> {
    INTENTS.into_iter().chain([NONE]).find(|known| *known == name)
}
