//! The bytes of a webhook and the signature over them, in the ways Meta has been seen to write them and in the ways
//! an attacker or a mistake would.

use std::fmt::Write;

use super::{Inner, agenda::Post, ids::Signer};

/// How the JSON of webhooks is written. The signature is over these very bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BodyStyle {
    /// Meta's way: compact, everything outside ASCII as `\u00e1`, a slash as `\/`.
    #[default]
    Escaped,
    /// Compact UTF-8.
    Plain,
    /// UTF-8 over many lines.
    Pretty,
}

/// How webhooks are signed, on every try.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SignatureStyle {
    #[default]
    Right,
    /// As if the body had been written anew after signing.
    Rewritten,
    /// With somebody else's secret.
    WrongSecret,
    /// No header at all.
    Missing,
}

impl BodyStyle {
    pub(super) fn write<T: serde::Serialize>(self, value: &T) -> Result<Vec<u8>, serde_json::Error> {
        match self {
            Self::Escaped => serde_json::to_string(value).map(|plain| escaped(&plain)),
            Self::Plain => serde_json::to_vec(value),
            Self::Pretty => serde_json::to_vec_pretty(value),
        }
    }
}

impl SignatureStyle {
    /// The value of `X-Hub-Signature-256`.
    fn header(self, signer: &Signer, body: &[u8]) -> Option<String> {
        match self {
            Self::Right => Some(signer.header(body)),
            Self::Rewritten => Some(signer.header(&[body, &b"\n"[..]].concat())),
            Self::WrongSecret => Some(Signer::new("somebody else's secret").header(body)),
            Self::Missing => None,
        }
    }
}

impl Inner {
    /// What the next try of this post is signed with.
    pub(super) fn signature(&self, post: &Post) -> Option<String> {
        post.signature.unwrap_or(self.tuning.signature).header(&self.signer, &post.body)
    }
}

/// Meta writes everything outside ASCII as `\u00e1` and a slash as `\/`. In JSON both stand within strings only.
fn escaped(plain: &str) -> Vec<u8> {
    let mut out = String::with_capacity(plain.len() + plain.len() / 8);
    for character in plain.chars() {
        match character {
            '/' => out.push_str("\\/"),
            ascii if ascii.is_ascii() => out.push(ascii),
            other => {
                for unit in other.encode_utf16(&mut [0; 2]) {
                    // Writing to a String cannot fail.
                    let _infallible = write!(out, "\\u{unit:04x}");
                }
            }
        }
    }
    out.into_bytes()
}
