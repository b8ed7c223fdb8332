//! A checked document as verbs, in the order they are carried out.

use super::{elements::RULES, gather::Gather, voices};
use crate::simulator::twilio::{
    schema::{self, SCHEMA},
    xml::{self, Broken, Element},
};

/// Where to go next; the address may be relative to the document's.
#[derive(Clone, PartialEq, Eq)]
pub(in crate::simulator::twilio) struct Target {
    /// `None`: the document's own address.
    pub(in crate::simulator::twilio) url: Option<String>,
    pub(in crate::simulator::twilio) get: bool,
}

#[derive(Clone, PartialEq, Eq)]
pub(in crate::simulator::twilio) enum Verb {
    Say(Say),
    /// The address of a sound.
    Play(String),
    /// Seconds.
    Pause(u32),
    Gather(Box<Gather>),
    Redirect(Target),
    Dial(Box<Dial>),
    Record(Box<Record>),
    Hangup,
    /// True: with the busy tone.
    Reject(bool),
}

#[derive(Clone, PartialEq, Eq)]
pub(in crate::simulator::twilio) struct Say {
    pub(in crate::simulator::twilio) text: String,
    pub(in crate::simulator::twilio) language: Option<String>,
    /// `loop="0"`: until the caller hangs up.
    pub(in crate::simulator::twilio) for_ever: bool,
}

#[derive(Clone, PartialEq, Eq)]
pub(in crate::simulator::twilio) struct Dial {
    pub(in crate::simulator::twilio) to: String,
    pub(in crate::simulator::twilio) caller_id: Option<String>,
    pub(in crate::simulator::twilio) action: Option<Target>,
    /// TwiML that the called person hears before the two are joined.
    pub(in crate::simulator::twilio) whisper: Option<Target>,
    pub(in crate::simulator::twilio) statuses: Option<Target>,
    pub(in crate::simulator::twilio) events: Vec<String>,
}

#[derive(Clone, PartialEq, Eq)]
pub(in crate::simulator::twilio) struct Record {
    pub(in crate::simulator::twilio) action: Target,
    /// Keys that end the recording.
    pub(in crate::simulator::twilio) finish_on: String,
    pub(in crate::simulator::twilio) statuses: Option<Target>,
}

/// The verbs of a document, or why Twilio refuses it.
pub(in crate::simulator::twilio) fn parse(bytes: &[u8]) -> Result<Vec<Verb>, Broken> {
    let root = xml::parse(bytes)?;
    schema::check(&root, RULES)?;
    let verbs = verbs(&root)?;
    if verbs.iter().skip(1).any(|verb| matches!(verb, Verb::Reject(_))) {
        return Err(Broken::new(SCHEMA, "<Reject> only works as the first verb"));
    }
    Ok(verbs)
}

/// The children of `<Response>` or of `<Gather>`.
pub(in crate::simulator::twilio) fn verbs(parent: &Element) -> Result<Vec<Verb>, Broken> {
    parent.children.iter().map(verb).collect()
}

fn verb(element: &Element) -> Result<Verb, Broken> {
    Ok(match element.name.as_str() {
        "Say" => Verb::Say(say(element)?),
        "Play" => Verb::Play(play(element)?),
        "Pause" => Verb::Pause(number(element, "length").unwrap_or(1)),
        "Gather" => Verb::Gather(Box::new(Gather::read(element)?)),
        "Redirect" => Verb::Redirect(redirect(element)?),
        "Dial" => Verb::Dial(Box::new(dial(element)?)),
        "Record" => Verb::Record(Box::new(record(element))),
        "Hangup" => Verb::Hangup,
        "Reject" => Verb::Reject(element.attribute("reason") == Some("busy")),
        // The tables let nothing else through.
        _ => return Err(Broken::new(SCHEMA, "there is no such verb")),
    })
}

pub(in crate::simulator::twilio) fn number(element: &Element, name: &str) -> Option<u32> {
    element.attribute(name)?.parse().ok()
}

/// The address in one attribute, the method in another.
pub(in crate::simulator::twilio) fn target(element: &Element, url: &str, method: &str) -> Option<Target> {
    let get = element.attribute(method) == Some("GET");
    element.attribute(url).map(|url| Target { url: Some(url.to_owned()), get })
}

/// `action`; without one, the document's own address, as Twilio does.
pub(in crate::simulator::twilio) fn action(element: &Element) -> Target {
    let get = element.attribute("method") == Some("GET");
    Target { url: element.attribute("action").map(str::to_owned), get }
}

fn say(element: &Element) -> Result<Say, Broken> {
    let text = element.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let language = element.attribute("language");
    voices::check_say(language, element.attribute("voice"), &text, !element.children.is_empty())?;
    let for_ever = number(element, "loop") == Some(0);
    Ok(Say { text, language: language.map(str::to_owned), for_ever })
}

fn play(element: &Element) -> Result<String, Broken> {
    let url = element.text.trim();
    match (url.is_empty(), element.attribute("digits")) {
        (false, _) => Ok(url.to_owned()),
        (true, Some(digits)) => Ok(format!("tonos {digits}")),
        (true, None) => Err(Broken::new(SCHEMA, "<Play> names no sound")),
    }
}

fn redirect(element: &Element) -> Result<Target, Broken> {
    let url = element.text.trim();
    if url.is_empty() || url.contains(char::is_whitespace) {
        return Err(Broken::new(SCHEMA, "<Redirect> names no address"));
    }
    Ok(Target { url: Some(url.to_owned()), get: element.attribute("method") == Some("GET") })
}

fn record(element: &Element) -> Record {
    Record {
        action: action(element),
        // Twilio: any key ends a recording unless said otherwise.
        finish_on: element.attribute("finishOnKey").unwrap_or("1234567890*#").to_owned(),
        statuses: target(element, "recordingStatusCallback", "recordingStatusCallbackMethod"),
    }
}

/// One number, SIP address or client. Twilio rings several at once; the simulator refuses that in words.
fn dial(element: &Element) -> Result<Dial, Broken> {
    let callee = match (&element.children[..], element.has_own_text) {
        ([], true) => element,
        ([callee], false) => callee,
        ([], false) => return Err(Broken::new(13_223, "<Dial> calls nobody")),
        _ => return Err(Broken::new(SCHEMA, "the simulator dials one number at a time")),
    };
    let to = callee.text.trim().to_owned();
    if matches!(callee.name.as_str(), "Dial" | "Number") && !is_e164(&to) {
        return Err(Broken::new(13_223, "<Dial> calls a number that is not E.164"));
    }
    let has_action = element.attribute("action").is_some();
    let leg = |url: &str, method: &str| {
        if std::ptr::eq(callee, element) { None } else { target(callee, url, method) }
    };
    let events = callee.attribute("statusCallbackEvent").unwrap_or("completed");
    Ok(Dial {
        to,
        caller_id: element.attribute("callerId").map(str::to_owned),
        action: has_action.then(|| action(element)),
        whisper: leg("url", "method"),
        statuses: leg("statusCallback", "statusCallbackMethod"),
        events: events.split(' ').map(str::to_owned).collect(),
    })
}

/// A plus, no zero, 8 to 15 digits.
pub(in crate::simulator::twilio) fn is_e164(number: &str) -> bool {
    let digits = number.strip_prefix('+').unwrap_or_default();
    (8..=15).contains(&digits.len()) && !digits.starts_with('0') && digits.bytes().all(|b| b.is_ascii_digit())
}
