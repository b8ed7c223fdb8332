//! SMS, by Twilio, by a Kannel gateway of the town's own, or by any provider with an HTTP interface. The server calls
//! it through [`Adapter`]; it must not open sockets, read a clock or decide what to answer.
//!
//! Each provider is a folder: `twilio`, `kannel`, `http`. What they share is here: `person` says whose number is
//! whose, `answer` reads what a provider replied, `segments`, `parts` and `transliterate` know what a message costs.

mod answer;
mod gsm;
mod http;
mod kannel;
mod parts;
mod person;
mod segments;
#[cfg(test)]
mod tests;
mod transliterate;
mod twilio;

use std::fmt;

use ::http::{Request, Response, StatusCode};
use bytes::Bytes;
use serde::Deserialize;

pub use self::http::{
    HttpAnswer, HttpAuth, HttpConfig, HttpError, HttpFields, HttpFormat, HttpMeaning, HttpMethod,
    HttpReceive, HttpSecret, HttpSend, HttpStatus, Pattern, Place, Secret, SecretPlace,
};
pub use parts::parts;
pub use segments::{Encoding, Segments, segments};
pub use transliterate::{Saved, saved};

use crate::{
    Adapter, CallFailure, Capabilities, Channel, Delivery, Event, Fault, Media, MediaStep, Message, Outcome,
    Outgoing, Pace, ProviderError, Quarantined, Reception, Refusal, ReplyPath, Route, RouteMethod, SendError,
    twilio::{MAX_BODY, TwilioConfig},
};

const TWILIO: &str = "/webhooks/sms/twilio";
const TWILIO_STATUS: &str = "/webhooks/sms/twilio/status";
const KANNEL: &str = "/webhooks/sms/kannel";
const KANNEL_STATUS: &str = "/webhooks/sms/kannel/status";
const HTTP: &str = "/webhooks/sms/http";
const HTTP_STATUS: &str = "/webhooks/sms/http/status";

const ROUTES: [Route; 9] = [
    post(TWILIO),
    post(TWILIO_STATUS),
    get(KANNEL),
    post(KANNEL),
    get(KANNEL_STATUS),
    get(HTTP),
    post(HTTP),
    get(HTTP_STATUS),
    post(HTTP_STATUS),
];

const fn get(path: &'static str) -> Route {
    Route { path, method: RouteMethod::Get, max_body: 0 }
}

const fn post(path: &'static str) -> Route {
    Route { path, method: RouteMethod::Post, max_body: MAX_BODY }
}

#[derive(Debug, Clone)]
pub struct SmsConfig {
    pub numbers: Vec<SmsNumber>,
    pub twilio: Option<TwilioConfig>,
    pub kannel: Option<KannelConfig>,
    pub http: Option<HttpConfig>,
    /// Scheme and host at which providers reach us, without a slash at the end.
    pub public_url: String,
    /// Write `a` for `á` (never `n` for `ñ`) where that makes a message cheaper.
    pub save_accents: bool,
}

/// A number of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SmsNumber {
    /// E.164, or a short code's digits; our account.
    pub number: String,
    pub provider: SmsProvider,
    /// Twilio's messaging service (`MG…`) that sends for this number: its rules for opt-outs and for validity then
    /// hold. Without one the number itself sends.
    pub messaging_service: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SmsProvider {
    Twilio,
    Kannel,
    Http,
}

/// A Kannel gateway of ours.
#[derive(Clone)]
pub struct KannelConfig {
    /// Its `sendsms` page, `http://127.0.0.1:13013/cgi-bin/sendsms`.
    pub send_url: String,
    pub username: String,
    pub password: String,
    /// The word that Kannel puts into its calls to us: nothing else says that they are Kannel's. Letters and digits,
    /// since it stands in a `get-url`.
    pub secret: String,
    /// Which SMSC to send by; empty for Kannel's own choice.
    pub smsc: String,
}

impl fmt::Debug for KannelConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KannelConfig").finish_non_exhaustive()
    }
}

#[derive(Debug)]
pub struct Sms {
    config: SmsConfig,
    capabilities: Capabilities,
}

/// Which provider a request went to, for its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Sent {
    provider: SmsProvider,
    reference: String,
}

impl Sms {
    pub fn new(config: SmsConfig) -> Self {
        Self { config, capabilities: CAPABILITIES }
    }

    /// Our number that a provider names, however it spells it.
    fn number(&self, provider: SmsProvider, told: &str) -> Option<&SmsNumber> {
        let of_provider = |number: &&SmsNumber| number.provider == provider;
        self.config.numbers.iter().filter(of_provider).find(|ours| person::same(&ours.number, told))
    }

    /// The number a message leaves from.
    fn sender(&self, account: &str) -> Result<&SmsNumber, SendError> {
        let found = self.config.numbers.iter().find(|ours| ours.number == account);
        found.ok_or_else(|| {
            answer::never(Fault::Account, "El número de SMS desde el que iba el mensaje ya no es nuestro.")
        })
    }

    /// What is written on the message: in NFC, and cheaper where that was asked for.
    fn text(&self, message: &Message) -> Result<String, SendError> {
        let Message::Text { text } = message else {
            return Err(answer::never(Fault::Message, "Este tipo de mensaje no sale por SMS: solo texto."));
        };
        let cheaper = saved(text).filter(|_| self.config.save_accents).map(|saved| saved.text);
        let text = cheaper.unwrap_or_else(|| segments(text).parts.concat());
        match crate::text::utf16_len(&text) {
            _ if text.trim().is_empty() => {
                Err(answer::never(Fault::Message, "El mensaje está vacío: no se envió."))
            }
            length if length > parts::MAX_TEXT => Err(answer::never(
                Fault::Message,
                &format!(
                    "El mensaje tiene {length} caracteres y un SMS permite {}: hay que acortarlo.",
                    parts::MAX_TEXT
                ),
            )),
            _ => Ok(text),
        }
    }

    fn write(&self, outgoing: &Outgoing) -> Result<Request<Bytes>, SendError> {
        let from = self.sender(&outgoing.to.account)?;
        let text = self.text(&outgoing.message)?;
        let mut request = match from.provider {
            SmsProvider::Twilio => self.write_twilio(from, outgoing, &text),
            SmsProvider::Kannel => self.write_kannel(from, outgoing, &text),
            SmsProvider::Http => self.write_http(from, outgoing, &text),
        }?;
        let sent = Sent { provider: from.provider, reference: outgoing.reference.clone() };
        request.extensions_mut().insert(sent);
        Ok(request)
    }
}

/// Plain text, in few segments: a long SMS arrives in pieces and costs by the piece.
pub(crate) const CAPABILITIES: Capabilities = Capabilities {
    buttons: 0,
    button_title: 0,
    list_rows: 0,
    row_title: 0,
    row_description: 0,
    interactive_body: 1600,
    text: 1600,
    segments: Some(3),
    caption: 0,
    files: &[],
    link_label: 0,
    location_request: false,
    contact_request: false,
    photos: false,
    spoken: false,
    window: None,
    // Providers queue what a number cannot send at once; this only keeps a fault of ours from flooding them.
    pace: Pace { per_second: 100, pair: None },
    reply_path: ReplyPath::Call,
};

impl Adapter for Sms {
    fn channel(&self) -> Channel {
        Channel::Sms
    }

    fn accounts(&self) -> Vec<String> {
        self.config.numbers.iter().map(|number| number.number.clone()).collect()
    }

    fn routes(&self) -> &'static [Route] {
        &ROUTES
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn receive(&self, request: &Request<Bytes>) -> Result<Reception, Refusal> {
        let path = request.uri().path();
        if !ROUTES.iter().any(|route| route.path == path && route.method.matches(request.method())) {
            return Err(Refusal { status: StatusCode::NOT_FOUND, reason: "no SMS provider calls this" });
        }
        if request.body().len() > MAX_BODY {
            return Err(Refusal { status: StatusCode::PAYLOAD_TOO_LARGE, reason: "more than any SMS is" });
        }
        match path {
            TWILIO => self.hear_twilio(request),
            TWILIO_STATUS => self.hear_twilio_status(request),
            KANNEL => self.hear_kannel(request),
            KANNEL_STATUS => self.hear_kannel_status(request),
            HTTP => self.hear_http(request),
            _ => self.hear_http_status(request),
        }
    }

    fn send(&self, outgoing: &Outgoing) -> Delivery {
        match self.write(outgoing) {
            Ok(request) => Delivery::Call(request),
            Err(error) => Delivery::Impossible(error),
        }
    }

    /// Give the answer the memory of its request, as for [`Adapter::media`]: a gateway's "accepted" names neither
    /// itself nor the message. Without it nothing is known.
    fn outcome(&self, answer: Result<&Response<Bytes>, CallFailure>) -> Outcome {
        let answer = match answer {
            Ok(answer) => answer,
            Err(CallFailure::NotConnected) => return Outcome::Failed(answer::not_connected()),
            Err(CallFailure::NoAnswer) => return Outcome::Unsure,
        };
        let Some(sent) = answer.extensions().get::<Sent>() else { return Outcome::Unsure };
        match sent.provider {
            SmsProvider::Twilio => twilio::outcome(answer),
            SmsProvider::Kannel => kannel::outcome(answer, &sent.reference),
            SmsProvider::Http => self.http_outcome(answer, &sent.reference),
        }
    }

    fn explain(&self, error: &ProviderError) -> SendError {
        kannel::explain(error)
            .or_else(|| self.explain_http(error))
            .unwrap_or_else(|| twilio::errors::explain(error.code))
    }

    fn media(&self, media: &Media, answer: Option<&Response<Bytes>>) -> MediaStep {
        match &self.config.twilio {
            Some(account) => twilio::media::step(account, media, answer),
            None => MediaStep::Failed(answer::never(
                Fault::Account,
                "Ya no hay cuenta de Twilio de donde bajar el archivo.",
            )),
        }
    }

    /// Our own numbers at Twilio: any key may ask for them, and no person is in the answer. Else whatever page the
    /// configuration names; Kannel has none that a `sendsms` user may ask.
    fn health(&self) -> Option<Request<Bytes>> {
        match &self.config.twilio {
            Some(account) => account.get(&account.account_url("/IncomingPhoneNumbers.json?PageSize=1")),
            None => self.http_health(),
        }
    }
}

/// Everything understood, nothing kept apart.
fn heard(events: Vec<Event>, response: Response<Bytes>) -> Reception {
    Reception { events, quarantined: Vec::new(), response, awaits: None, ignored: 0 }
}

/// Genuine, but not to be understood.
fn kept_apart(reason: &str, raw: Bytes, response: Response<Bytes>) -> Reception {
    let quarantined = vec![Quarantined { reason: reason.to_owned(), raw }];
    Reception { events: Vec::new(), quarantined, response, awaits: None, ignored: 0 }
}
