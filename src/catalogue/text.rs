//! A text in the languages of the town. What people read is never a plain string in the catalogue.

use std::collections::BTreeMap;

use serde::Serialize;
use ventanilla_values::Lang;

/// A text per language; Spanish is always there. Serialised as `{"es": …, "en": …}`, which templates read with `| t`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Text(BTreeMap<Lang, String>);

impl Text {
    pub(super) fn new(texts: impl IntoIterator<Item = (Lang, String)>) -> Self {
        Self(texts.into_iter().collect())
    }

    /// In the two languages that the server itself can write.
    pub(super) fn es_en(es: String, en: String) -> Self {
        Self::new([(Lang::ES, es), (Lang::EN, en)])
    }

    /// The text in this language, or in Spanish.
    pub fn get(&self, lang: Lang) -> &str {
        self.0.get(&lang).or_else(|| self.0.get(&Lang::ES)).map_or("", String::as_str)
    }

    pub fn has(&self, lang: Lang) -> bool {
        self.0.contains_key(&lang)
    }

    pub fn iter(&self) -> impl Iterator<Item = (Lang, &str)> {
        self.0.iter().map(|(lang, text)| (*lang, text.as_str()))
    }
}
