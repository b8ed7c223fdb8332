//! What must be shown to a provider, and what it must show to us. Read from the configuration; no `{:?}` prints any of
//! it.

use std::fmt;

use http::HeaderName;
use serde::Deserialize;

/// A word that no `{:?}` shows.
#[derive(Clone, Deserialize)]
#[serde(transparent)]
pub struct Secret(pub String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "snake_case", tag = "type", deny_unknown_fields)]
pub enum HttpAuth {
    Basic { user: String, password: Secret },
    Bearer { token: Secret },
}

/// The word that makes a call believable: in the query of the address that the provider was given, or in a header.
#[derive(Clone, Deserialize)]
#[serde(try_from = "RawSecret")]
pub struct HttpSecret {
    pub at: SecretPlace,
    pub value: Secret,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecretPlace {
    Query(String),
    Header(HeaderName),
}

impl fmt::Debug for HttpAuth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Basic { .. } => "Basic(…)",
            Self::Bearer { .. } => "Bearer(…)",
        })
    }
}

impl fmt::Debug for HttpSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpSecret").field("at", &self.at).finish_non_exhaustive()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSecret {
    query: Option<String>,
    header: Option<String>,
    value: Secret,
}

impl TryFrom<RawSecret> for HttpSecret {
    type Error = &'static str;

    fn try_from(raw: RawSecret) -> Result<Self, Self::Error> {
        let at = match (raw.query, raw.header) {
            (Some(name), None) => SecretPlace::Query(name),
            (None, Some(name)) => {
                SecretPlace::Header(name.parse().map_err(|_| "the secret's header has no valid name")?)
            }
            _ => return Err("a secret stands either in the `query` or in a `header`"),
        };
        if raw.value.0.is_empty() {
            return Err("the secret is empty: anybody could write to us");
        }
        Ok(Self { at, value: raw.value })
    }
}
