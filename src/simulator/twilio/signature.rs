//! `X-Twilio-Signature`: base64 of HMAC-SHA1 over the address and the sorted parameters.

use std::collections::BTreeSet;

use base64::{Engine, prelude::BASE64_STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use reqwest::Url;
use sha1::Sha1;

/// `url` is the address as it is requested; `pairs` the decoded form (none for GET). Twilio's SDKs take a repeated
/// parameter as the set of its values, sorted.
pub(super) fn signature<N, V>(token: &str, url: &str, pairs: &[(N, V)]) -> String
where
    N: AsRef<str>,
    V: AsRef<str>,
{
    let mut mac = Hmac::<Sha1>::new_from_slice(token.as_bytes()).expect("HMAC takes keys of any length");
    mac.update(url.as_bytes());
    let sorted: BTreeSet<_> = pairs.iter().map(|(name, value)| (name.as_ref(), value.as_ref())).collect();
    for (name, value) in sorted {
        mac.update(name.as_bytes());
        mac.update(value.as_bytes());
    }
    BASE64_STANDARD.encode(mac.finalize().into_bytes())
}

/// The address that is signed: no fragment, no `user:pass@`, and for HTTPS voice no port.
pub(super) fn signed_url(url: &Url, voice: bool) -> String {
    let mut url = url.clone();
    url.set_fragment(None);
    // These fail only for addresses that have no host, and those are never requested.
    let _no_host = url.set_username("");
    let _no_host = url.set_password(None);
    if voice && url.scheme() == "https" {
        let _no_host = url.set_port(None);
    }
    url.into()
}
