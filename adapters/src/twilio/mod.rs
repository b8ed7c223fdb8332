//! What Twilio's SMS and voice have in common: the account, the signature over a webhook, and its forms. Used by
//! `sms` and `voice`; it knows neither, and must not trust anything of a request before its signature was checked.

mod form;
mod signature;
#[cfg(test)]
mod tests;

use std::fmt;

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use http::{HeaderValue, Request, Response, header};

pub(crate) use form::{Form, MAX_BODY};
pub(crate) use signature::verified;

/// A Twilio account.
#[derive(Clone)]
pub struct TwilioConfig {
    /// `AC…`
    pub account_sid: String,
    /// Primary first; webhooks signed with any of them are genuine. The first one signs our requests where there is no
    /// API key.
    pub auth_tokens: Vec<String>,
    /// `SK…` and its secret, to send with instead of the token.
    pub api_key: Option<(String, String)>,
    /// `https://api.twilio.com`, or where a simulator listens.
    pub base_url: String,
    /// Scheme and host at which Twilio reaches us, without a slash at the end: signatures cover it, so it must be
    /// exactly what stands in Twilio's console, whatever a proxy makes of it.
    pub public_url: String,
}

impl fmt::Debug for TwilioConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TwilioConfig").field("base_url", &self.base_url).finish_non_exhaustive()
    }
}

impl TwilioConfig {
    /// `{base}/2010-04-01/Accounts/{AccountSid}{path}`; `path` is `.json` for the account itself, else it begins with
    /// a slash.
    pub(crate) fn account_url(&self, path: &str) -> String {
        format!("{}/2010-04-01/Accounts/{}{path}", self.base_url.trim_end_matches('/'), self.account_sid)
    }

    /// The value of `Authorization`, which no `{:?}` prints. `None` where there is nothing to sign with.
    pub(crate) fn authorization(&self) -> Option<HeaderValue> {
        let (user, password) = match &self.api_key {
            Some((sid, secret)) => (sid, secret),
            None => (&self.account_sid, self.auth_tokens.first()?),
        };
        basic(user, password)
    }

    /// A GET of Twilio's own, signed.
    pub(crate) fn get(&self, url: &str) -> Option<Request<Bytes>> {
        Request::get(url).header(header::AUTHORIZATION, self.authorization()?).body(Bytes::new()).ok()
    }
}

/// The value of `Authorization` for a user and a password.
pub(crate) fn basic(user: &str, password: &str) -> Option<HeaderValue> {
    let mut value =
        HeaderValue::from_str(&format!("Basic {}", STANDARD.encode(format!("{user}:{password}")))).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// A response in TwiML. Twilio refuses other content types with 12300, and warns of an empty body with 11770.
pub(crate) fn twiml(document: String) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(document));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/xml; charset=utf-8"));
    response
}

/// "Received, nothing to do": what is said to a person leaves by its own request.
pub(crate) fn silence() -> Response<Bytes> {
    twiml("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>".to_owned())
}
