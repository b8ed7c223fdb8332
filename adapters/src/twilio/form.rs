//! Forms and queries as they really arrive. Called by `signature` and by every SMS provider; it must not fail on what
//! a sender managed to spoil, nor say what a value means.

use std::fmt;

use bytes::Bytes;
use http::{Request, StatusCode};
use percent_encoding::percent_decode;

use crate::{Refusal, text::storable};

/// More names are an attack: Twilio's longest webhooks have about sixty.
const MAX_PAIRS: usize = 500;

/// Bytes of a body. A message has at most 1,600 characters, so this is generous.
pub(crate) const MAX_BODY: usize = 1024 * 1024;

/// The decoded pairs of a form or query in the order they came, with empty and repeated names. They are kept as bytes:
/// Kannel sends text in the charset of the network, and a signature covers what was sent.
#[derive(Clone, Default)]
pub(crate) struct Form {
    pairs: Vec<(Vec<u8>, Vec<u8>)>,
}

/// Forms hold phones and words of people.
impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Form({} pairs)", self.pairs.len())
    }
}

impl Form {
    /// Reads `application/x-www-form-urlencoded`: a bad `%` escape stays as it is written.
    ///
    /// # Errors
    /// Only when it is larger than any genuine one.
    pub(crate) fn read(text: &[u8]) -> Result<Self, Refusal> {
        let pieces = || text.split(|byte| *byte == b'&').filter(|piece| !piece.is_empty());
        if text.len() > MAX_BODY || pieces().nth(MAX_PAIRS).is_some() {
            let reason = "the form has more than 1 MB or 500 pairs";
            return Err(Refusal { status: StatusCode::PAYLOAD_TOO_LARGE, reason });
        }
        Ok(Self { pairs: pieces().map(pair).collect() })
    }

    /// The query of a request.
    ///
    /// # Errors
    /// As [`Form::read`].
    pub(crate) fn of_query(request: &Request<Bytes>) -> Result<Self, Refusal> {
        Self::read(request.uri().query().unwrap_or_default().as_bytes())
    }

    pub(super) fn pairs(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        self.pairs.iter().map(|(name, value)| (name.as_slice(), value.as_slice()))
    }

    /// The names, without anything that was said.
    pub(crate) fn names(&self) -> impl Iterator<Item = String> {
        self.pairs().map(|(name, _)| storable(&String::from_utf8_lossy(name)))
    }

    /// The first value of this name, as it was sent.
    pub(crate) fn bytes(&self, name: &str) -> Option<&[u8]> {
        self.pairs().find(|(key, _)| *key == name.as_bytes()).map(|(_, value)| value)
    }

    /// The first value as the person wrote it, blank or not; what is no UTF-8 and what no database takes becomes U+FFFD.
    pub(crate) fn phrase(&self, name: &str) -> Option<String> {
        self.bytes(name).map(|value| storable(&String::from_utf8_lossy(value)))
    }

    /// The first value without spaces around it; never empty.
    pub(crate) fn word(&self, name: &str) -> Option<String> {
        let phrase = self.phrase(name)?;
        Some(phrase.trim().to_owned()).filter(|word| !word.is_empty())
    }
}

fn pair(piece: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let mut halves = piece.splitn(2, |byte| *byte == b'=');
    (decode(halves.next()), decode(halves.next()))
}

fn decode(half: Option<&[u8]>) -> Vec<u8> {
    let spaced: Vec<u8> =
        half.unwrap_or_default().iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    percent_decode(&spaced).collect()
}
