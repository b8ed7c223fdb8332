//! What a call does next: an answer of ours as TwiML. The same request and the same answer give the same bytes, since
//! Twilio asks again where it had to wait.

use bytes::Bytes;
use http::{Method, Request, Response};

use super::{
    VoiceConfig, caller,
    place::{Place, root},
    said::{self, Said, Words},
    say::{hints, locale, say},
    xml::{self, Element},
};
use crate::{
    Answer, Keys, Listen, Message, Then,
    twilio::{self, Form},
};

/// How often a caller is asked to wait: with the server's own patience well over half a minute.
const PATIENCE: u8 = 6;
/// Seconds that Twilio lets a telephone ring: at least, at most.
const RINGING: (u32, u32) = (5, 600);

pub(super) fn respond(config: &VoiceConfig, request: &Request<Bytes>, answer: Answer<'_>) -> Response<Bytes> {
    let form = form(request);
    let place = Place::of(request).of_leg(&form);
    let writer = Writer { config, place: &place, form: &form };
    program(match answer {
        Answer::Said(messages) => writer.said(messages),
        Answer::NotYet if place.waited < PATIENCE => writer.filler(),
        Answer::NotYet | Answer::Broken => writer.sorry(),
        Answer::Over => vec![hang_up()],
    })
}

/// Of a request that was verified when it came.
fn form(request: &Request<Bytes>) -> Form {
    let read = match *request.method() {
        Method::GET => Form::of_query(request),
        _ => Form::read(request.body()),
    };
    read.unwrap_or_default()
}

struct Writer<'w> {
    config: &'w VoiceConfig,
    place: &'w Place,
    form: &'w Form,
}

impl Writer<'_> {
    fn said(&self, messages: &[Message]) -> Vec<Element> {
        let said = Said::of(messages, self.place.english);
        let (before, inside) = (say_all(&said.held), say_all(&said.free));
        match said.then {
            Then::Listen(listen) => self.listen(before, inside, &listen, said.english),
            Then::Dial { number, seconds } => {
                before.into_iter().chain(inside).chain([self.dial(&number, seconds, said.english)]).collect()
            }
            Then::HangUp => before.into_iter().chain(inside).chain([hang_up()]).collect(),
        }
    }

    /// The words, waiting for an answer, and where to go should Twilio be unable to listen: it then does not call the
    /// `action` (13331), and a program that ends hangs up. What stands before the Gather cannot be cut short.
    fn listen(
        &self,
        before: Vec<Element>,
        inside: Vec<Element>,
        listen: &Listen,
        english: bool,
    ) -> Vec<Element> {
        let next = self.place.listening(listen, english);
        let gather = self.gather(listen, &next, english);
        let gather = if inside.is_empty() { gather } else { gather.with("bargeIn", "true").holding(inside) };
        let around = redirect(&next.unheard().url(&self.config.twilio.public_url));
        before.into_iter().chain([gather, around]).collect()
    }

    fn gather(&self, listen: &Listen, next: &Place, english: bool) -> Element {
        // `auto` is refused for the default model (13335). People who dictate a row of digits pause between them.
        let (pause, keys) = match listen.keys {
            Keys::One => ("2", ("numDigits", "1")),
            Keys::Many => ("3", ("finishOnKey", "#")),
        };
        let gather = Element::new("Gather")
            .with("input", "dtmf speech")
            .with("language", locale(english))
            .with("timeout", "5")
            .with("speechTimeout", pause)
            .with(keys.0, keys.1);
        let hints = hints(&listen.hints);
        let gather = if hints.is_empty() { gather } else { gather.with("hints", hints) };
        gather
            .with("actionOnEmptyResult", "true")
            .with("action", next.url(&self.config.twilio.public_url))
            .with("method", "POST")
    }

    /// Rings at a person of the town, who must accept: a voicemail picks up as well.
    fn dial(&self, number: &str, seconds: u32, english: bool) -> Element {
        let public_url = &self.config.twilio.public_url;
        let after = self.place.dialled(english).url(public_url);
        let digits: String = number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        if digits.is_empty() {
            // Nobody to call is nobody who answers.
            return redirect(&after);
        }
        let person = Element::new("Number")
            .with("url", format!("{}{}", root(public_url), super::WHISPER_PATH))
            .with("method", "POST")
            .text(digits);
        Element::new("Dial")
            .with("timeout", seconds.clamp(RINGING.0, RINGING.1).to_string())
            .with("answerOnBridge", "true")
            .with("callerId", self.our_number())
            .with("action", after)
            .with("method", "POST")
            .holding([person])
    }

    /// A number that Twilio lets us show: the one that was called.
    fn our_number(&self) -> String {
        let called = caller::called(self.config, self.form);
        called.or_else(|| self.config.numbers.first().cloned()).unwrap_or_default()
    }

    fn filler(&self) -> Vec<Element> {
        let english = self.place.english;
        let again = redirect(&self.place.waiting().url(&self.config.twilio.public_url));
        let pause = Element::new("Pause").with("length", "1");
        say(said::filler(self.place.waited, english), english).into_iter().chain([pause, again]).collect()
    }

    fn sorry(&self) -> Vec<Element> {
        let english = self.place.english;
        let words = said::sorry(&self.config.emergency, english);
        say(&words, english).into_iter().chain([hang_up()]).collect()
    }
}

/// For a number that is ours no longer, or not yet.
pub(super) fn wrong_number(config: &VoiceConfig) -> Response<Bytes> {
    let (first, last) = ("Este número no está en servicio.", "Gracias por llamar. Hasta luego.");
    let words = said::farewell(&config.emergency, false, first, last);
    program(say(&words, false).into_iter().chain([hang_up()]))
}

/// What a person of the town hears who picks up. `<Response/>` joins the two calls.
pub(super) fn whisper(config: &VoiceConfig, request: &Request<Bytes>, form: &Form) -> Response<Bytes> {
    let answered = request.uri().query().is_some_and(|query| query.contains("acepta=1"));
    if answered {
        let accepted = form.word("Digits").as_deref() == Some("1");
        return program(if accepted { Vec::new() } else { vec![hang_up()] });
    }
    let action = format!("{}{}?acepta=1", root(&config.twilio.public_url), super::WHISPER_PATH);
    let gather = Element::new("Gather")
        .with("input", "dtmf")
        .with("timeout", "8")
        .with("numDigits", "1")
        .with("action", action)
        .with("method", "POST")
        .holding(say(
            "Te llama una persona por la línea del ayuntamiento. Marca uno para contestarle.",
            false,
        ));
    program([gather, hang_up()])
}

fn program(verbs: impl IntoIterator<Item = Element>) -> Response<Bytes> {
    twilio::twiml(xml::response(verbs))
}

fn say_all(words: &Words) -> Vec<Element> {
    words.iter().flat_map(|(english, words)| say(words, *english)).collect()
}

fn redirect(url: &str) -> Element {
    Element::new("Redirect").with("method", "POST").text(url)
}

fn hang_up() -> Element {
    Element::new("Hangup")
}
