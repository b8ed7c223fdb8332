//! Voice: calls that Twilio answers for us. The server calls it through [`Adapter`]; it must not open sockets, read a
//! clock or decide what is said.
//!
//! Every request of a call asks what to do next, and the answer travels in the response, as a small program in XML
//! (TwiML). `place` is where in the call a request belongs, `caller` who calls whom, `payload` what was said or
//! pressed, `said` what a turn said, `send` writes the program of it, `say` its words, `xml` its letters.

pub(crate) mod caller;
mod payload;
mod place;
pub(crate) mod said;
pub(crate) mod say;
mod send;
#[cfg(test)]
mod tests;
mod xml;

use std::fmt;

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};

use crate::{
    Adapter, Answer, CallFailure, Capabilities, Channel, Delivery, Fault, Media, MediaStep, Outcome,
    Outgoing, Pace, Reception, Refusal, ReplyPath, Retry, Route, RouteMethod, SendError,
    twilio::{self, TwilioConfig},
};

/// A call begins here and comes back with every turn.
const PATH: &str = "/webhooks/voice";
/// How passing the call on ended (`action` of `<Dial>`).
const DIAL_PATH: &str = "/webhooks/voice/dial";
/// The call's status callback, to be set on the number in Twilio's console.
const STATUS_PATH: &str = "/webhooks/voice/status";
/// What the person of the town hears who picks up.
const WHISPER_PATH: &str = "/webhooks/voice/whisper";

/// A minute of speech, which is all that one turn may be, is far less.
const MAX_BODY: usize = 64 * 1024;

const ROUTES: [Route; 5] = [
    Route { path: PATH, method: RouteMethod::Post, max_body: MAX_BODY },
    Route { path: PATH, method: RouteMethod::Get, max_body: 0 },
    Route { path: DIAL_PATH, method: RouteMethod::Post, max_body: MAX_BODY },
    Route { path: STATUS_PATH, method: RouteMethod::Post, max_body: MAX_BODY },
    Route { path: WHISPER_PATH, method: RouteMethod::Post, max_body: MAX_BODY },
];

#[derive(Clone)]
pub struct VoiceConfig {
    pub twilio: TwilioConfig,
    /// Our numbers, E.164; our accounts.
    pub numbers: Vec<String>,
    /// Whom to call when nothing works here: `911`. It is said digit by digit.
    pub emergency: String,
}

impl fmt::Debug for VoiceConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VoiceConfig").field("numbers", &self.numbers).finish_non_exhaustive()
    }
}

/// At most five options are read out at a time, nobody keeps more in mind; 2,500 characters take three minutes to
/// hear and stay below the 3,000 that are safe in one `<Say>`. Nothing is limited by its label: labels are words in a
/// sentence here.
pub(crate) const CAPABILITIES: Capabilities = Capabilities {
    buttons: 0,
    button_title: 0,
    list_rows: 5,
    row_title: 0,
    row_description: 0,
    interactive_body: 2500,
    text: 2500,
    segments: None,
    caption: 0,
    files: &[],
    link_label: 0,
    location_request: false,
    contact_request: false,
    photos: false,
    spoken: true,
    window: None,
    pace: Pace::FREE,
    reply_path: ReplyPath::Response,
};

#[derive(Debug)]
pub struct Voice {
    config: VoiceConfig,
    capabilities: Capabilities,
}

impl Voice {
    pub fn new(config: VoiceConfig) -> Self {
        Self { config, capabilities: CAPABILITIES }
    }
}

impl Adapter for Voice {
    fn channel(&self) -> Channel {
        Channel::Voice
    }

    fn accounts(&self) -> Vec<String> {
        self.config.numbers.clone()
    }

    fn routes(&self) -> &'static [Route] {
        &ROUTES
    }

    fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    fn receive(&self, request: &Request<Bytes>) -> Result<Reception, Refusal> {
        if !matches!(*request.method(), Method::GET | Method::POST) {
            return Err(Refusal { status: StatusCode::METHOD_NOT_ALLOWED, reason: "only GET and POST" });
        }
        if request.body().len() > MAX_BODY {
            let reason = "more than Twilio ever sends of a call";
            return Err(Refusal { status: StatusCode::PAYLOAD_TOO_LARGE, reason });
        }
        let form = twilio::verified(&self.config.twilio, request)?;
        Ok(payload::read(&self.config, request, &form))
    }

    /// Nothing can be said to somebody who is not on the line, and who is gets the answer with [`Adapter::respond`].
    fn send(&self, _outgoing: &Outgoing) -> Delivery {
        Delivery::Impossible(nobody("Por teléfono solo se puede responder mientras dura la llamada."))
    }

    /// Never asked: nothing is called on this channel.
    fn outcome(&self, _answer: Result<&Response<Bytes>, CallFailure>) -> Outcome {
        Outcome::Failed(nobody("Por teléfono no se envían mensajes: se responde en la llamada."))
    }

    fn media(&self, _media: &Media, _answer: Option<&Response<Bytes>>) -> MediaStep {
        MediaStep::Failed(nobody("En una llamada no se reciben archivos."))
    }

    fn health(&self) -> Option<Request<Bytes>> {
        self.config.twilio.get(&self.config.twilio.account_url(".json"))
    }

    fn respond(&self, request: &Request<Bytes>, answer: Answer<'_>) -> Response<Bytes> {
        send::respond(&self.config, request, answer)
    }
}

fn nobody(sentence: &str) -> SendError {
    let sentence = sentence.to_owned();
    SendError { retry: Retry::Never, fault: Fault::Message, code: None, sentence }
}
