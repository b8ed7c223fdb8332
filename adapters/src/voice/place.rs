//! Where in a call a request belongs. We write it into every address that Twilio calls next, and read it back: the
//! adapter remembers nothing, and the signature covers it.
//!
//! `paso` and `intento` name the question, `turno` counts the turns of the call: the same question may be asked twice
//! without having been missed (somebody asked something else in between), and its two answers are not one message.

use bytes::Bytes;
use http::{Request, Uri};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::{DIAL_PATH, PATH, STATUS_PATH, WHISPER_PATH};
use crate::{Listen, twilio::Form};

/// Letters that no proxy spells in another way: one that did would break the signature.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_');

/// Ids are a part of a key: what is longer is none of ours.
const LONGEST: usize = 200;

/// Which of our addresses was called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum At {
    Turn,
    Dial,
    Status,
    Whisper,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) at: At,
    /// Id of the question that was answered; none when the call begins.
    pub(super) step: Option<String>,
    pub(super) attempt: u8,
    /// See [`crate::Body::Digits`].
    pub(super) from: usize,
    /// Turns before this one.
    turn: u32,
    pub(super) english: bool,
    /// Twilio could not listen and went on behind the question.
    pub(super) empty: bool,
    /// How often the caller was asked to wait for this answer; 0 in Twilio's own requests.
    pub(super) waited: u8,
    /// The call to a person of the town, once it is over.
    leg: Option<String>,
}

impl Place {
    pub(super) fn of(request: &Request<Bytes>) -> Self {
        let query = Form::of_query(request).unwrap_or_default();
        Self {
            at: at(request.uri()),
            step: short(query.word("paso")),
            attempt: number(&query, "intento"),
            from: number(&query, "desde"),
            turn: number(&query, "turno"),
            english: query.word("idioma").as_deref() == Some("en"),
            empty: query.bytes("vacio").is_some(),
            waited: number(&query, "espera"),
            leg: short(query.word("pierna")),
        }
    }

    /// The same place with what only the first request of a result tells: its waiting is for this leg.
    pub(super) fn of_leg(mut self, form: &Form) -> Self {
        let told = short(form.word("DialCallSid")).filter(|_| self.at == At::Dial);
        self.leg = told.or(self.leg);
        self
    }

    /// Id of the message that this request is; the same for every retry and for every return from a filler.
    pub(super) fn message(&self, call: &str) -> String {
        match (self.at, &self.step, &self.leg) {
            (At::Dial, _, Some(leg)) => format!("{call}:dial:{leg}"),
            (At::Dial, _, None) => format!("{call}:dial:{}", self.turn),
            (_, None, _) => format!("{call}:start"),
            (_, Some(step), _) if self.turn == 0 => format!("{call}:{step}:{}", self.attempt),
            (_, Some(step), _) => format!("{call}:{step}:{}:{}", self.attempt, self.turn),
        }
    }

    /// Where the answer to the next question goes.
    pub(super) fn listening(&self, listen: &Listen, english: bool) -> Self {
        let step = short(Some(listen.step.clone())).unwrap_or_else(|| "menu".to_owned());
        Self { step: Some(step), attempt: listen.attempt, from: listen.from, english, ..self.next(At::Turn) }
    }

    /// Where the result of passing the call on goes.
    pub(super) fn dialled(&self, english: bool) -> Self {
        Self { english, ..self.next(At::Dial) }
    }

    /// The same place once more: the answer was not ready.
    pub(super) fn waiting(&self) -> Self {
        Self { waited: self.waited.saturating_add(1), empty: false, ..self.clone() }
    }

    /// The same place when nothing could be heard at all.
    pub(super) fn unheard(&self) -> Self {
        Self { empty: true, ..self.clone() }
    }

    fn next(&self, at: At) -> Self {
        let turn = self.turn.saturating_add(1);
        Self { at, step: None, attempt: 0, from: 0, turn, english: false, empty: false, waited: 0, leg: None }
    }

    /// The whole address; `public_url` as configured.
    pub(super) fn url(&self, public_url: &str) -> String {
        let path = match self.at {
            At::Turn => PATH,
            At::Dial => DIAL_PATH,
            At::Status => STATUS_PATH,
            At::Whisper => WHISPER_PATH,
        };
        let query: Vec<String> = self.parameters().map(|(name, value)| format!("{name}={value}")).collect();
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{}{path}{mark}{}", root(public_url), query.join("&"))
    }

    fn parameters(&self) -> impl Iterator<Item = (&'static str, String)> {
        let escaped = |text: &String| utf8_percent_encode(text, ESCAPED).to_string();
        let asked = |value: String| self.step.is_some().then_some(value);
        let above = |value: usize| (value > 0).then(|| value.to_string());
        [
            ("paso", self.step.as_ref().map(escaped)),
            ("intento", asked(self.attempt.to_string())),
            ("desde", above(self.from)),
            ("turno", (self.turn > 0).then(|| self.turn.to_string())),
            ("idioma", self.english.then(|| "en".to_owned())),
            ("pierna", self.leg.as_ref().map(escaped)),
            ("vacio", self.empty.then(|| "1".to_owned())),
            ("espera", above(self.waited.into())),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
    }
}

fn at(uri: &Uri) -> At {
    match uri.path() {
        DIAL_PATH => At::Dial,
        STATUS_PATH => At::Status,
        WHISPER_PATH => At::Whisper,
        _ => At::Turn,
    }
}

/// Scheme, host and folder, without the fragment in which Twilio's console keeps its retries.
pub(super) fn root(public_url: &str) -> &str {
    public_url.split('#').next().unwrap_or_default().trim_end_matches('/')
}

fn number<T: std::str::FromStr + Default>(query: &Form, name: &str) -> T {
    query.word(name).and_then(|word| word.parse().ok()).unwrap_or_default()
}

fn short(word: Option<String>) -> Option<String> {
    word.map(|word| word.chars().take(LONGEST).collect())
}
