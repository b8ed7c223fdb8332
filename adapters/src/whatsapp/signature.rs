//! `X-Hub-Signature-256`: proof that Meta wrote these bytes. Called by `mod.rs` before anything is parsed; it must
//! look at the bytes as they came, since Meta escapes letters and slashes in ways no serializer repeats.

use bytes::Bytes;
use hmac::{Hmac, KeyInit, Mac};
use http::{Request, StatusCode};
use sha2::Sha256;
use subtle::{Choice, ConstantTimeEq};

use crate::Refusal;

const HEADER: &str = "x-hub-signature-256";

/// 401 makes Meta keep the events for seven days, in case it is our secret that is wrong.
pub(super) fn check(secrets: &[String], request: &Request<Bytes>) -> Result<(), Refusal> {
    let Some(header) = request.headers().get(HEADER) else {
        return Err(refused("the request carries no X-Hub-Signature-256"));
    };
    if signed(secrets, header.as_bytes(), request.body()) {
        Ok(())
    } else {
        Err(refused("X-Hub-Signature-256 fits none of the app secrets"))
    }
}

fn refused(reason: &'static str) -> Refusal {
    Refusal { status: StatusCode::UNAUTHORIZED, reason }
}

/// Whether one of the secrets signed the body. Every secret is tried, whichever fits.
fn signed(secrets: &[String], header: &[u8], body: &[u8]) -> bool {
    let mut told = [0; 32];
    let Some(Ok(())) = header.strip_prefix(b"sha256=").map(|hex| hex::decode_to_slice(hex, &mut told)) else {
        return false;
    };
    let fits = secrets
        .iter()
        // An empty secret is a missing one: anybody could sign with it.
        .filter(|secret| !secret.is_empty())
        .filter_map(|secret| Hmac::<Sha256>::new_from_slice(secret.as_bytes()).ok())
        .map(|mac| mac.chain_update(body).finalize().into_bytes().as_slice().ct_eq(told.as_slice()))
        .fold(Choice::from(0), |any, one| any | one);
    fits.into()
}
