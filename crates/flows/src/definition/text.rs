//! A text in several languages.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, de};
use ventanilla_values::Lang;

use crate::yaml::At;

/// What is said, per language: `{es: …, en: …}` or a plain string, which is `es`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    /// Line 0 where it is that of the whole text.
    by_lang: Vec<(Lang, At<String>)>,
}

impl Text {
    pub fn new(by_lang: Vec<(Lang, String)>) -> Self {
        Self { by_lang: by_lang.into_iter().map(|(lang, text)| (lang, At::new(0, text))).collect() }
    }

    /// In a language, in Spanish where it has no other, empty where it has neither.
    pub fn get(&self, lang: Lang) -> &str {
        let find = |wanted| self.by_lang.iter().find(|(lang, _)| *lang == wanted);
        find(lang).or_else(|| find(Lang::ES)).map_or("", |(_, text)| text.as_str())
    }

    pub fn has(&self, lang: Lang) -> bool {
        self.by_lang.iter().any(|(has, _)| *has == lang)
    }

    /// With the line of each language, 0 where it is that of the whole text.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (Lang, &At<String>)> {
        self.by_lang.iter().map(|(lang, text)| (*lang, text))
    }

    pub fn iter(&self) -> impl Iterator<Item = (Lang, &str)> {
        self.by_lang.iter().map(|(lang, text)| (*lang, text.as_str()))
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextVisitor)
    }
}

struct TextVisitor;

impl<'de> de::Visitor<'de> for TextVisitor {
    type Value = Text;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a text like {es: …, en: …}")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Text, E> {
        Ok(Text { by_lang: vec![(Lang::ES, At::new(0, text.to_owned()))] })
    }

    fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Text, A::Error> {
        let mut by_lang = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            let lang = key.parse::<Lang>().map_err(de::Error::custom)?;
            by_lang.push((lang, map.next_value()?));
        }
        Ok(Text { by_lang })
    }
}

impl JsonSchema for Text {
    fn schema_name() -> Cow<'static, str> {
        "Text".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A text, per language: {es: …, en: …}. A plain string is Spanish.",
            "anyOf": [
                {"type": "string"},
                {
                    "type": "object",
                    "properties": {"es": {"type": "string"}},
                    "patternProperties": {"^[a-z]{2,3}$": {"type": "string"}},
                    "additionalProperties": false,
                    "required": ["es"]
                }
            ]
        })
    }
}
