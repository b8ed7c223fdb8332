//! What a slot holds.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A typed value. Its JSON is part of the stored session: variants are added, never renamed.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "type", content = "value")]
pub enum Value {
    /// Asked and left out ("omitir"), or unset.
    None,
    Text(String),
    /// The id of the chosen option.
    Choice(String),
    YesNo(bool),
    Number(f64),
    Place(Place),
    /// Ids in the media store.
    Photo(String),
    /// E.164 with plus sign.
    Phone(String),
    /// In its canonical spelling.
    Folio(String),
    /// Anything a template or an action made.
    Json(serde_json::Value),
}

/// Personal text never reaches a log by `{:?}`.
impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "None",
            Self::Text(_) => "Text(…)",
            Self::Choice(_) => "Choice(…)",
            Self::YesNo(_) => "YesNo(…)",
            Self::Number(_) => "Number(…)",
            Self::Place(_) => "Place(…)",
            Self::Photo(_) => "Photo(…)",
            Self::Phone(_) => "Phone(…)",
            Self::Folio(_) => "Folio(…)",
            Self::Json(_) => "Json(…)",
        })
    }
}

/// Where something is: words, a pin, or both.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// As the person said it, or the pin's own name; what people read.
    pub text: String,
    /// Degrees, WGS84.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lat: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lon: Option<f64>,
    /// Id of the colonia in `catalogue/places.geojson`, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub colonia: Option<String>,
    /// `false` when the pin lies outside the municipality; `None` when it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inside: Option<bool>,
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Place(…)")
    }
}
