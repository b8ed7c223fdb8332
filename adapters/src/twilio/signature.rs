//! `X-Twilio-Signature`: proof that Twilio wrote this request. Called by `sms` and `voice` before they read anything;
//! it must take the address from the configuration and never from `Host`, which anybody may write.

use std::{borrow::Cow, collections::BTreeSet};

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use hmac::{Hmac, KeyInit, Mac};
use http::{Method, Request, StatusCode, Uri, header};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use subtle::{Choice, ConstantTimeEq};

use super::{Form, TwilioConfig};
use crate::Refusal;

const HEADER: &str = "x-twilio-signature";

type Pairs<'p> = BTreeSet<(Cow<'p, [u8]>, Cow<'p, [u8]>)>;

/// The parameters of a genuine webhook: of the body, or of the query where Twilio was told to use GET. A JSON body is
/// checked as well (`bodySHA256`), but has no parameters.
///
/// There is no time in a signature: a request that was overheard stays good, and only its ids tell that it is old.
///
/// # Errors
/// 403 when no token of ours signed it, 413 when it is larger than any of Twilio's.
pub(crate) fn verified(config: &TwilioConfig, request: &Request<Bytes>) -> Result<Form, Refusal> {
    let Some(told) = request.headers().get(HEADER) else {
        return Err(refused("the request carries no X-Twilio-Signature"));
    };
    let (signed, form) = parameters(request)?;
    if fits(config, request.uri(), &signed, told.as_bytes()) {
        Ok(form)
    } else {
        Err(refused("X-Twilio-Signature fits none of the auth tokens"))
    }
}

fn refused(reason: &'static str) -> Refusal {
    Refusal { status: StatusCode::FORBIDDEN, reason }
}

/// What the signature covers beside the address, and what there is to read.
fn parameters(request: &Request<Bytes>) -> Result<(Form, Form), Refusal> {
    let query = Form::of_query(request)?;
    if *request.method() == Method::GET {
        return Ok((Form::default(), query));
    }
    let Some(hash) = query.bytes("bodySHA256").filter(|_| !is_form(request)) else {
        let body = Form::read(request.body())?;
        return Ok((body.clone(), body));
    };
    let body = hex::encode(Sha256::digest(request.body()));
    if hash.to_ascii_lowercase() != body.as_bytes() {
        return Err(refused("the body is not the one that was signed"));
    }
    Ok((Form::default(), Form::default()))
}

fn is_form(request: &Request<Bytes>) -> bool {
    let kind = request.headers().get(header::CONTENT_TYPE).map(|value| value.as_bytes().to_ascii_lowercase());
    kind.is_none_or(|kind| kind.starts_with(b"application/x-www-form-urlencoded"))
}

/// Whether one of the tokens signed one of the spellings. All are tried, whichever fits.
fn fits(config: &TwilioConfig, uri: &Uri, form: &Form, told: &[u8]) -> bool {
    let path = uri.path_and_query().map_or("/", |path| path.as_str());
    let mut sets = vec![sent(form), lossy(form)];
    // Nearly always they are the same.
    sets.dedup();
    let mut any = Choice::from(0);
    // An empty token is a missing one: anybody could sign with it.
    for token in config.auth_tokens.iter().filter(|token| !token.is_empty()) {
        for base in spellings(&config.public_url) {
            for pairs in &sets {
                any |= sign(token, &base, path, pairs).as_bytes().ct_eq(told);
            }
        }
    }
    any.into()
}

/// `base64(HMAC-SHA1(token, address + name + value + name + value …))`, sorted by the bytes of the names. A repeated
/// name counts once for each different value, as in Twilio's own libraries.
fn sign(token: &str, base: &str, path: &str, pairs: &Pairs<'_>) -> String {
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(token.as_bytes()) else { return String::new() };
    mac.update(base.as_bytes());
    mac.update(path.as_bytes());
    for (name, value) in pairs {
        mac.update(name);
        mac.update(value);
    }
    STANDARD.encode(mac.finalize().into_bytes())
}

fn sent(form: &Form) -> Pairs<'_> {
    form.pairs().map(|(name, value)| (Cow::Borrowed(name), Cow::Borrowed(value))).collect()
}

/// The same with U+FFFD for what is no UTF-8: a signer that works on text has signed that.
fn lossy(form: &Form) -> Pairs<'_> {
    form.pairs().map(|(name, value)| (repaired(name), repaired(value))).collect()
}

fn repaired(bytes: &[u8]) -> Cow<'_, [u8]> {
    match String::from_utf8_lossy(bytes) {
        Cow::Borrowed(_) => Cow::Borrowed(bytes),
        Cow::Owned(text) => Cow::Owned(text.into_bytes()),
    }
}

/// Scheme and host as configured, without a port, and with the scheme's own port: Twilio keeps or drops it depending
/// on the product, and its libraries try both. Name and password and everything after `#` are not signed.
fn spellings(public_url: &str) -> BTreeSet<String> {
    let url = public_url.split('#').next().unwrap_or_default().trim_end_matches('/');
    let Some((scheme, rest)) = url.split_once("://") else { return BTreeSet::from([url.to_owned()]) };
    let (authority, folder) = match rest.split_once('/') {
        Some((authority, folder)) => (authority, format!("/{folder}")),
        None => (rest, String::new()),
    };
    let place = authority.rsplit_once('@').map_or(authority, |(_, place)| place);
    let host = match place.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => place,
    };
    let own_port = if scheme == "https" { 443 } else { 80 };
    [place.to_owned(), host.to_owned(), format!("{host}:{own_port}")]
        .map(|authority| format!("{scheme}://{authority}{folder}"))
        .into()
}

/// The signature of exactly this data, for tests.
#[cfg(test)]
pub(super) fn tests_sign(token: &str, data: impl AsRef<[u8]>) -> String {
    let mac = Hmac::<Sha1>::new_from_slice(token.as_bytes()).unwrap().chain_update(data.as_ref());
    STANDARD.encode(mac.finalize().into_bytes())
}
