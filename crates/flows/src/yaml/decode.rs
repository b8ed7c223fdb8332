//! Tree -> Rust types by serde, with lines and hints.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{self, IntoDeserializer, Visitor, value::StrDeserializer},
    forward_to_deserialize_any,
};

use super::{AT, Kind, Node, did_you_mean, one_of};

/// What is wrong, where, and what to do. Becomes a [`ventanilla_values::Problem`] once the file is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mistake {
    /// From 1; 0 until the node it happened in adds its own.
    pub line: u32,
    pub message: String,
    pub hint: String,
}

/// Reads a type out of a tree.
pub(crate) fn decode<'a, T: Deserialize<'a>>(node: &'a Node) -> Result<T, Mistake> {
    T::deserialize(node).map_err(|mistake| mistake.at(node.line))
}

/// The keys of a struct, so that all unknown ones can be named at once.
pub(crate) fn fields_of<'de, T: Deserialize<'de>>() -> &'static [&'static str] {
    let mut fields: &'static [&'static str] = &[];
    // The answer is an error by design: only the question is of interest.
    let _ = T::deserialize(AskFields(&mut fields));
    fields
}

struct AskFields<'a>(&'a mut &'static [&'static str]);

impl<'de> Deserializer<'de> for AskFields<'_> {
    type Error = Mistake;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Mistake> {
        Err(Mistake::new(0, "only the keys were asked for", ""))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mistake> {
        *self.0 = fields;
        self.deserialize_any(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

impl Mistake {
    pub(crate) fn new(line: u32, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { line, message: message.into(), hint: hint.into() }
    }

    /// The innermost line wins.
    fn at(mut self, line: u32) -> Self {
        if self.line == 0 {
            self.line = line;
        }
        self
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Mistake {}

impl de::Error for Mistake {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(0, message.to_string(), "")
    }

    fn invalid_type(found: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::new(0, format!("here is {found}, but {expected} belongs here"), "")
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        Self::new(0, format!("'{field}' is not known here"), did_you_mean(field, expected.iter().copied()))
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        Self::new(
            0,
            format!("'{variant}' is not known here"),
            did_you_mean(variant, expected.iter().copied()),
        )
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(0, format!("'{field}' is missing"), format!("add a line '{field}: …'"))
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::new(0, format!("'{field}' is here twice"), "keep one of them")
    }
}

impl<'de> IntoDeserializer<'de, Mistake> for &'de Node {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// Names the value that was expected and the one that is there.
fn wrong(node: &Node, expected: &dyn de::Expected) -> Mistake {
    Mistake::new(node.line, format!("here is {}, but {expected} belongs here", node.describe()), "")
}

impl<'de> Deserializer<'de> for &'de Node {
    type Error = Mistake;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        let result = match &self.kind {
            Kind::Null => visitor.visit_unit(),
            Kind::Bool(yes) => visitor.visit_bool(*yes),
            Kind::Number(number) => number.deserialize_any(visitor).map_err(de::Error::custom),
            Kind::Text(text) => visitor.visit_borrowed_str(text),
            Kind::List(items) => visitor.visit_seq(Items(items.iter())),
            Kind::Map(entries) => visitor.visit_map(Entries::new(entries)),
        };
        result.map_err(|mistake| mistake.at(self.line))
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        match self.as_text() {
            Some(text) => visitor.visit_string(text).map_err(|mistake: Mistake| mistake.at(self.line)),
            None => Err(wrong(self, &"a text")),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        match self.kind {
            Kind::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Mistake> {
        match name {
            AT => visitor.visit_seq(LineThenValue { node: self, given: 0 }),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mistake> {
        let Kind::Text(text) = &self.kind else {
            return Err(wrong(self, &format!("one of {}", one_of(variants.iter().copied())).as_str()));
        };
        let variant: StrDeserializer<'_, Mistake> = text.as_str().into_deserializer();
        visitor.visit_enum(variant).map_err(|mistake| mistake.at(self.line))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mistake> {
        match &self.kind {
            Kind::Map(_) => self.deserialize_any(visitor),
            _ => Err(wrong(self, &"a group of keys")),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        match &self.kind {
            Kind::List(_) => self.deserialize_any(visitor),
            _ => Err(wrong(self, &"a list")),
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mistake> {
        self.deserialize_any(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit_struct tuple tuple_struct map
        ignored_any
    }
}

/// What [`super::At`] reads.
struct LineThenValue<'de> {
    node: &'de Node,
    given: u8,
}

impl<'de> de::SeqAccess<'de> for LineThenValue<'de> {
    type Error = Mistake;

    fn next_element_seed<T: de::DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Mistake> {
        self.given += 1;
        match self.given {
            1 => seed.deserialize(self.node.line.into_deserializer()).map(Some),
            2 => seed.deserialize(self.node).map(Some).map_err(|mistake| mistake.at(self.node.line)),
            _ => Ok(None),
        }
    }
}

struct Items<'de>(std::slice::Iter<'de, Node>);

impl<'de> de::SeqAccess<'de> for Items<'de> {
    type Error = Mistake;

    fn next_element_seed<T: de::DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Mistake> {
        let Some(node) = self.0.next() else { return Ok(None) };
        seed.deserialize(node).map(Some).map_err(|mistake| mistake.at(node.line))
    }
}

struct Entries<'de> {
    all: &'de [(Node, Node)],
    next: usize,
}

impl<'de> Entries<'de> {
    fn new(all: &'de [(Node, Node)]) -> Self {
        Self { all, next: 0 }
    }

    /// A key that was there before, in a map that no type guards against it.
    fn refuse_double(&self, key: &Node) -> Result<(), Mistake> {
        let seen = self.all.iter().take(self.next).any(|(earlier, _)| earlier.kind == key.kind);
        if seen {
            let name = key.as_text().unwrap_or_default();
            return Err(Mistake::new(key.line, format!("'{name}' is here twice"), "keep one of them"));
        }
        Ok(())
    }
}

impl<'de> de::MapAccess<'de> for Entries<'de> {
    type Error = Mistake;

    fn next_key_seed<K: de::DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Mistake> {
        let Some((key, _)) = self.all.get(self.next) else { return Ok(None) };
        self.refuse_double(key)?;
        seed.deserialize(key).map(Some).map_err(|mistake| mistake.at(key.line))
    }

    fn next_value_seed<V: de::DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Mistake> {
        let Some((_, value)) = self.all.get(self.next) else {
            return Err(Mistake::new(0, "a value is missing", ""));
        };
        self.next += 1;
        seed.deserialize(value).map_err(|mistake| mistake.at(value.line))
    }
}
