//! Kannel's calls -> [`Event`]. Called by `mod.rs`; it must not read a call that does not know the secret.

use bytes::Bytes;
use http::{Method, Request, StatusCode, header};
use subtle::ConstantTimeEq;

use super::{
    charset,
    send::{self, FAILED, REJECTED},
};
use crate::{
    Body, Channel, DeliveryState, Event, Inbound, ProviderError, Reception, Refusal, StatusUpdate,
    lenient::moment,
    sms::{KannelConfig, Sms, SmsProvider, answer, heard, kept_apart, person},
    text::storable,
    twilio::Form,
};

/// Kannel's coding of a message that is no text.
const EIGHT_BIT: &str = "1";

/// What a call says: by `get-url` all in the query; by `post-url` the text is the body and the rest may be in headers.
struct Call<'r> {
    query: Form,
    request: &'r Request<Bytes>,
}

impl Call<'_> {
    fn word(&self, name: &str) -> Option<String> {
        let header = || {
            let value = self.request.headers().get(format!("x-kannel-{name}"))?;
            Some(String::from_utf8_lossy(value.as_bytes()).trim().to_owned())
        };
        self.query.word(name).or_else(header).filter(|word| !word.is_empty())
    }

    fn text(&self) -> String {
        let posted = *self.request.method() == Method::POST && self.query.bytes("text").is_none();
        let (bytes, charset) = if posted {
            (self.request.body().as_ref(), self.charset_of_body())
        } else {
            (self.query.bytes("text").unwrap_or_default(), self.word("charset"))
        };
        let coding = self.word("coding").unwrap_or_default();
        storable(&charset::text(bytes, &charset.unwrap_or_default(), &coding))
    }

    /// `text/plain; charset="UTF-16BE"`.
    fn charset_of_body(&self) -> Option<String> {
        let kind = self.request.headers().get(header::CONTENT_TYPE)?.to_str().ok()?;
        let (_, charset) = kind.split_once("charset=")?;
        Some(charset.split(';').next()?.trim().trim_matches('"').to_owned())
    }
}

impl Sms {
    fn kannel(&self) -> Result<&KannelConfig, Refusal> {
        self.config.kannel.as_ref().ok_or(refused("there is no Kannel in the configuration"))
    }

    pub(in crate::sms) fn hear_kannel(&self, request: &Request<Bytes>) -> Result<Reception, Refusal> {
        let call = Call { query: Form::of_query(request)?, request };
        known(&call.query, self.kannel()?.secret.as_bytes())?;
        Ok(match self.kannel_event(&call) {
            Ok(event) => heard(event.into_iter().collect(), answer::empty()),
            Err(reason) => kept_apart(reason, raw(request), answer::empty()),
        })
    }

    fn kannel_event(&self, call: &Call<'_>) -> Result<Option<Event>, &'static str> {
        let word = |name| call.word(name).unwrap_or_default();
        let ours =
            self.number(SmsProvider::Kannel, &word("to")).ok_or("a message for a number that is not ours")?;
        let id = call.word("id").ok_or("a message without an id: the get-url lacks id=%I")?;
        // A bank's name or a short code: nobody there reads an answer.
        let Some(from) = person::sender(&word("from"), &ours.number) else { return Ok(None) };
        let body = if word("coding") == EIGHT_BIT {
            Body::Unsupported { kind: "binary".to_owned() }
        } else {
            Body::Text { text: call.text() }
        };
        Ok(Some(Event::Message(Inbound {
            id,
            channel: Channel::Sms,
            account: ours.number.clone(),
            from,
            sent_at: moment(call.word("at").map(Into::into).as_ref()),
            body,
            reply_to: None,
            referral: None,
            forwarded: false,
        })))
    }

    /// The address of such a call was made by us, for one message: see [`send::status_url`].
    pub(in crate::sms) fn hear_kannel_status(&self, request: &Request<Bytes>) -> Result<Reception, Refusal> {
        let query = Form::of_query(request)?;
        let reference = query.word("ref").unwrap_or_default();
        known(&query, send::key(&self.kannel()?.secret, &reference).as_bytes())?;
        let state = query.word("type").and_then(|told| state(&told));
        let status = state.map(|state| self.kannel_status(&query, reference, state)).map(Event::Status);
        Ok(heard(status.into_iter().collect(), answer::empty()))
    }

    fn kannel_status(&self, query: &Form, reference: String, state: DeliveryState) -> StatusUpdate {
        let number = query.word("number").unwrap_or_default();
        let account = self.number(SmsProvider::Kannel, &number).map_or(number, |ours| ours.number.clone());
        StatusUpdate {
            channel: Channel::Sms,
            account,
            // Kannel's own id is not told when it takes a message: ours is the only one that both sides know.
            provider_id: reference.clone(),
            reference: Some(reference),
            state,
            at: moment(query.word("at").map(Into::into).as_ref()),
            error: (state == DeliveryState::Failed).then(|| failure(query)),
        }
    }
}

fn refused(reason: &'static str) -> Refusal {
    Refusal { status: StatusCode::FORBIDDEN, reason }
}

fn known(query: &Form, key: &[u8]) -> Result<(), Refusal> {
    let told = query.bytes("key").unwrap_or_default();
    let same: bool = told.ct_eq(key).into();
    // An empty secret in the configuration must not open the door to an empty one in the call.
    if same && !key.is_empty() { Ok(()) } else { Err(refused("the call does not know Kannel's secret")) }
}

/// What a person may look at: without the secret, which is our own.
fn raw(request: &Request<Bytes>) -> Bytes {
    let query = request.uri().query().unwrap_or_default();
    let shown: Vec<&str> = query.split('&').filter(|pair| !pair.starts_with("key=")).collect();
    Bytes::from([shown.join("&").as_bytes(), b"\n", request.body()].concat())
}

/// The values of `dlr-mask`.
fn state(told: &str) -> Option<DeliveryState> {
    match told {
        "1" => Some(DeliveryState::Delivered),
        "4" => Some(DeliveryState::Accepted),
        "8" => Some(DeliveryState::Sent),
        "2" | "16" => Some(DeliveryState::Failed),
        _ => None,
    }
}

/// What `%A` says about it: `NACK/0x0000000b/Invalid Destination Address` of a network that refused, or the receipt
/// of one that gave up (`id:… stat:UNDELIV err:001 text:…`). Receipts quote the message: only the state is taken.
fn failure(query: &Form) -> ProviderError {
    let told = query.word("answer").unwrap_or_default();
    let code = if query.word("type").as_deref() == Some("16") { REJECTED } else { FAILED };
    let lower = told.to_ascii_lowercase();
    let state = lower.split_once("stat:").map(|(_, rest)| rest.trim_start());
    let status = lower.split_once("0x").map(|(_, rest)| rest);
    let title = match (state, status) {
        (Some(state), _) => alphanumeric(state).to_ascii_uppercase(),
        (None, Some(status)) => match u32::from_str_radix(&alphanumeric(status), 16) {
            Ok(status) => format!("0x{status:x}"),
            Err(_) => String::new(),
        },
        (None, None) => String::new(),
    };
    ProviderError { code, title: format!("{}{title}", send::PREFIX) }
}

fn alphanumeric(text: &str) -> String {
    text.chars().take_while(char::is_ascii_alphanumeric).take(16).collect()
}
