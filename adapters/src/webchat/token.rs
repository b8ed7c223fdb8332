//! Session tokens of the web page: `<id>.<mac>`, both url-safe base64. Called by `mod.rs`; the id alone names the
//! visitor, the mac proves that we gave it out.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::WebchatConfig;

/// Keeps these signatures apart from any other use of the same secret.
const PURPOSE: &[u8] = b"ventanilla webchat session 1\0";

pub(super) fn issue(config: &WebchatConfig, random: [u8; 16]) -> String {
    let id = URL_SAFE_NO_PAD.encode(random);
    let mac = mac(config, &id).map(|mac| URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()));
    format!("{id}.{}", mac.unwrap_or_default())
}

/// The visitor's id, if we signed it.
pub(super) fn verify(config: &WebchatConfig, token: &str) -> Option<String> {
    let (id, told) = token.split_once('.')?;
    let told = URL_SAFE_NO_PAD.decode(told).ok()?;
    // `verify_slice` compares in constant time.
    mac(config, id)?.verify_slice(&told).ok()?;
    Some(id.to_owned())
}

/// `None` while there is no secret: anybody could sign with an empty one.
fn mac(config: &WebchatConfig, id: &str) -> Option<Hmac<Sha256>> {
    if config.secret.is_empty() {
        return None;
    }
    let mac = Hmac::<Sha256>::new_from_slice(&config.secret).ok()?;
    Some(mac.chain_update(PURPOSE).chain_update(&config.account).chain_update([0]).chain_update(id))
}
