//! One text -> the request that sends it by Twilio, and the answer -> [`Outcome`]. Called by `mod.rs`.

use bytes::Bytes;
use form_urlencoded::Serializer;
use http::{Request, Response, StatusCode, header};
use serde_json::Value;

use super::errors;
use crate::{
    Fault, Outcome, Outgoing, Retry, SendError,
    lenient::word,
    sms::{Sms, SmsNumber, TWILIO_STATUS, answer, person},
};

/// Seconds that Twilio and the networks may keep trying: an answer of this morning must not arrive tomorrow.
const VALIDITY: &str = "14400";

impl Sms {
    pub(in crate::sms) fn write_twilio(
        &self,
        from: &SmsNumber,
        outgoing: &Outgoing,
        text: &str,
    ) -> Result<Request<Bytes>, SendError> {
        let broken = || answer::never(Fault::Account, answer::BROKEN);
        let account = self.config.twilio.as_ref().ok_or_else(broken)?;
        let to = person::dialled(&outgoing.to.route)
            .ok_or_else(|| answer::never(Fault::Recipient, answer::NOT_A_PHONE))?;
        let reference: String = form_urlencoded::byte_serialize(outgoing.reference.as_bytes()).collect();
        let status = format!("{}{TWILIO_STATUS}?ref={reference}", account.public_url.trim_end_matches('/'));
        let mut form = Serializer::new(String::new());
        form.append_pair("To", &to);
        match &from.messaging_service {
            Some(service) => form.append_pair("MessagingServiceSid", service),
            None => form.append_pair("From", &from.number),
        };
        form.append_pair("Body", text)
            .append_pair("StatusCallback", &status)
            .append_pair("ValidityPeriod", VALIDITY);
        Request::post(account.account_url("/Messages.json"))
            .header(header::AUTHORIZATION, account.authorization().ok_or_else(broken)?)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Bytes::from(form.finish()))
            .map_err(|_| broken())
    }
}

/// Reads Twilio's answer. What may have been sent is never called failed: a second message is worse than a late one.
pub(in crate::sms) fn outcome(answer: &Response<Bytes>) -> Outcome {
    let body: Value = serde_json::from_slice(answer.body()).unwrap_or_default();
    let status = answer.status();
    if status.is_success() {
        return word(body.get("sid"))
            .map_or(Outcome::Unsure, |provider_id| Outcome::Accepted { provider_id });
    }
    let code = word(body.get("code")).and_then(|code| code.parse().ok());
    match code {
        Some(code) if status.is_client_error() => Outcome::Failed(refusal(code, answer)),
        _ => answer::by_status(answer),
    }
}

fn refusal(code: i64, answer: &Response<Bytes>) -> SendError {
    let mut refusal = errors::explain(code);
    let busy = answer.status() == StatusCode::TOO_MANY_REQUESTS;
    if errors::find(code).is_none() {
        // A code of the future still says something by its status.
        match answer.status() {
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => refusal.fault = Fault::Account,
            _ if busy => (refusal.retry, refusal.fault) = (Retry::Backoff, Fault::Provider),
            _ => {}
        }
    }
    if let Some(wait) = answer::asked_wait(answer).filter(|_| busy || refusal.retry != Retry::Never) {
        refusal.retry = wait;
    }
    refusal
}
