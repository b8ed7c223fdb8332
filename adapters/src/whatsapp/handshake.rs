//! The GET that Meta sends when somebody saves our address in its console. Called by `mod.rs`; it must not echo
//! anything before the token was compared.

use bytes::Bytes;
use http::{Response, StatusCode, header};
use subtle::ConstantTimeEq;

use crate::{Reception, Refusal};

/// More is no challenge of Meta's, and we are no mirror.
const MAX_CHALLENGE: usize = 256;

/// Gives the decoded challenge back, byte for byte, to who knows our token.
pub(super) fn answer(verify_token: &str, query: Option<&str>) -> Result<Reception, Refusal> {
    let query = query.unwrap_or_default();
    let token = parameter(query, "hub.verify_token").unwrap_or_default();
    let known: bool = token.ct_eq(verify_token.as_bytes()).into();
    let subscribes = parameter(query, "hub.mode").as_deref() == Some(b"subscribe");
    // An empty token in the configuration must not open the door to an empty one in the request.
    if verify_token.is_empty() || !known || !subscribes {
        return Err(refused("the verify token is not ours"));
    }
    match parameter(query, "hub.challenge") {
        Some(challenge) if (1..=MAX_CHALLENGE).contains(&challenge.len()) => Ok(echo(challenge)),
        _ => Err(refused("no challenge, or one too long")),
    }
}

fn refused(reason: &'static str) -> Refusal {
    Refusal { status: StatusCode::FORBIDDEN, reason }
}

fn echo(challenge: Vec<u8>) -> Reception {
    let mut response = Response::new(Bytes::from(challenge));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, header::HeaderValue::from_static("text/plain"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, header::HeaderValue::from_static("nosniff"));
    Reception { events: Vec::new(), quarantined: Vec::new(), response, awaits: None, ignored: 0 }
}

/// The first value of a query parameter, decoded.
fn parameter(query: &str, name: &str) -> Option<Vec<u8>> {
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|(key, _)| decode(key) == name.as_bytes())
        .map(|(_, value)| decode(value))
}

/// `application/x-www-form-urlencoded`; a bad escape stays as it is written.
fn decode(text: &str) -> Vec<u8> {
    let mut rest = text.as_bytes().iter();
    let mut decoded = Vec::with_capacity(text.len());
    while let Some(byte) = rest.next() {
        decoded.push(match byte {
            b'+' => b' ',
            b'%' => match escaped(rest.as_slice()) {
                Some(value) => {
                    rest.nth(1);
                    value
                }
                None => b'%',
            },
            other => *other,
        });
    }
    decoded
}

fn escaped(after: &[u8]) -> Option<u8> {
    let mut value = [0];
    hex::decode_to_slice(after.get(..2)?, &mut value).ok()?;
    Some(value[0])
}
