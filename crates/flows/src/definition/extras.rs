//! What may go with a text: a page to open, a picture.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Text;
use crate::yaml::At;

/// A page to open: a button where the channel has such, else the address in the text.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkDef {
    /// What the button says, at most 20 characters.
    pub label: At<Text>,
    /// `https://…`, or a template that gives one.
    pub url: At<String>,
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ImageDef {
    /// `https://…`, or a template that gives one. Anybody must be able to fetch it.
    pub url: At<String>,
    /// What it shows, in words: for who does not see it, and for channels without pictures.
    pub described: At<Text>,
}
