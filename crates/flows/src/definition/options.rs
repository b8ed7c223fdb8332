//! What a `choice` chooses from.

use std::{borrow::Cow, fmt};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{
    Deserialize, Deserializer,
    de::{self, value::SeqAccessDeserializer},
};

use super::Text;
use crate::yaml::At;

/// Options, written down or taken from the catalogue by an expression.
#[derive(Debug, Clone, PartialEq)]
pub enum Options {
    List(Vec<At<OptionDef>>),
    /// `catalogue.categories`, with or without `{{ }}`.
    Expression(String),
}

/// One option.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OptionDef {
    /// What the slot holds when it is chosen.
    pub id: At<String>,
    /// What the person reads, at most 20 characters if it is to be a button.
    pub label: At<Text>,
    /// A second line, where the channel has lists.
    #[serde(default)]
    pub description: Option<At<Text>>,
    /// Other words people use for it.
    #[serde(default)]
    pub also: Words,
}

/// Words, per language or as one list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words(pub Vec<String>);

impl<'de> Deserialize<'de> for Options {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OptionsVisitor)
    }
}

struct OptionsVisitor;

impl<'de> de::Visitor<'de> for OptionsVisitor {
    type Value = Options;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of {id, label} or an expression that gives one")
    }

    fn visit_str<E>(self, text: &str) -> Result<Options, E> {
        Ok(Options::Expression(text.to_owned()))
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, seq: A) -> Result<Options, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(seq)).map(Options::List)
    }
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(WordsVisitor)
    }
}

struct WordsVisitor;

impl<'de> de::Visitor<'de> for WordsVisitor {
    type Value = Words;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("words, like {es: [hoyo, pozo]}")
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, seq: A) -> Result<Words, A::Error> {
        Vec::deserialize(SeqAccessDeserializer::new(seq)).map(Words)
    }

    fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Words, A::Error> {
        let mut words = Vec::new();
        while let Some((lang, more)) = map.next_entry::<String, Vec<String>>()? {
            lang.parse::<ventanilla_values::Lang>().map_err(de::Error::custom)?;
            words.extend(more);
        }
        Ok(Words(words))
    }
}

impl JsonSchema for Options {
    fn schema_name() -> Cow<'static, str> {
        "Options".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let list = generator.subschema_for::<Vec<OptionDef>>();
        json_schema!({
            "description": "A list of options, or an expression that gives one.",
            "anyOf": [list, {"type": "string"}]
        })
    }
}

impl JsonSchema for Words {
    fn schema_name() -> Cow<'static, str> {
        "Words".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let list = json_schema!({"type": "array", "items": {"type": "string"}});
        json_schema!({
            "anyOf": [list, {"type": "object", "additionalProperties": list}]
        })
    }
}
