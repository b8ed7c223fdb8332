//! Finding a value in what a provider says. Called by `send` and `receive`; it must not fail on any text.

use regex_lite::Regex;
use serde::Deserialize;
use serde_json::Value;

use crate::{lenient, text::storable, twilio::Form};

/// A regular expression, checked when the configuration is read.
///
/// Many providers answer a line of text (`OK: 12345`, `ERR 104 saldo insuficiente`), of which words alone could not
/// tell the id. The engine takes time in proportion to the text, whatever the pattern.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "String")]
pub struct Pattern(Regex);

impl Pattern {
    pub(super) fn fits(&self, text: &str) -> bool {
        self.0.is_match(text)
    }

    /// The first group, or all that fits where there is none.
    fn find(&self, text: &str) -> Option<String> {
        let found = self.0.captures(text)?;
        Some(found.get(1).or_else(|| found.get(0))?.as_str().to_owned())
    }
}

impl TryFrom<String> for Pattern {
    type Error = String;

    fn try_from(pattern: String) -> Result<Self, String> {
        Regex::new(&pattern).map(Self).map_err(|err| format!("'{pattern}' is no regular expression: {err}"))
    }
}

/// Where a value is: `/messages/0/id` is a JSON pointer, `~OK: (\d+)` a pattern over the whole body, anything else the
/// name of a field.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "String")]
pub enum Place {
    Pointer(String),
    Pattern(Pattern),
    Field(String),
}

impl TryFrom<String> for Place {
    type Error = String;

    fn try_from(place: String) -> Result<Self, String> {
        match place.strip_prefix('~') {
            Some(pattern) => Pattern::try_from(pattern.trim().to_owned()).map(Self::Pattern),
            None if place.starts_with('/') => Ok(Self::Pointer(place)),
            None if place.is_empty() => Err("a place has no name".to_owned()),
            None => Ok(Self::Field(place)),
        }
    }
}

/// What there is to look in.
#[derive(Debug)]
pub(super) enum Said<'s> {
    /// A form, and the query behind it.
    Pairs(&'s [Form]),
    Json(&'s Value),
    Text(&'s str),
}

impl Place {
    /// The value as it was written, blank or not.
    pub(super) fn phrase(&self, said: &Said<'_>) -> Option<String> {
        match (self, said) {
            (Self::Field(name), Said::Pairs(forms)) => forms.iter().find_map(|form| form.phrase(name)),
            (Self::Field(name), Said::Json(json)) => spoken(json.get(name)?),
            (Self::Pointer(pointer), Said::Json(json)) => spoken(json.pointer(pointer)?),
            (Self::Pattern(pattern), Said::Json(json)) => pattern.find(&json.to_string()),
            (Self::Pattern(pattern), Said::Text(text)) => pattern.find(text).map(|found| storable(&found)),
            (Self::Pointer(_), Said::Pairs(_) | Said::Text(_))
            | (Self::Pattern(_), Said::Pairs(_))
            | (Self::Field(_), Said::Text(_)) => None,
        }
    }

    /// The value without spaces around it; never empty.
    pub(super) fn word(&self, said: &Said<'_>) -> Option<String> {
        let phrase = self.phrase(said)?;
        Some(phrase.trim().to_owned()).filter(|word| !word.is_empty())
    }
}

fn spoken(value: &Value) -> Option<String> {
    lenient::phrase(Some(value)).or_else(|| lenient::word(Some(value)))
}
