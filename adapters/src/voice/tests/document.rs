//! A strict reader of TwiML, as strict as Twilio's: names keep their case, what it does not know is a mistake.

use std::{iter::Peekable, str::Chars};

#[derive(Debug, Default, PartialEq, Clone)]
pub(super) struct Tag {
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) inside: Vec<Tag>,
    pub(super) text: String,
}

impl Tag {
    #[track_caller]
    pub(super) fn get(&self, name: &str) -> &str {
        self.find(name).unwrap_or_else(|| panic!("<{}> has no {name}", self.name))
    }

    pub(super) fn find(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }
}

/// Names of the tags: `["Say", "Hangup"]`.
pub(super) fn names(tags: &[Tag]) -> Vec<&str> {
    tags.iter().map(|tag| tag.name.as_str()).collect()
}

/// The verbs of a document that Twilio accepts; panics at any other.
#[track_caller]
pub(super) fn document(text: &str) -> Vec<Tag> {
    let rest = text.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>").expect("the declaration");
    assert!(rest.trim().chars().all(is_char), "a letter that XML 1.0 does not know: {rest:?}");
    let mut letters = rest.trim().chars().peekable();
    assert_eq!(letters.next(), Some('<'));
    let root = tag(&mut letters);
    assert_eq!((letters.next(), root.name.as_str()), (None, "Response"), "one root");
    root.inside
}

fn is_char(c: char) -> bool {
    matches!(c, ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// Behind `<`.
fn tag(letters: &mut Peekable<Chars<'_>>) -> Tag {
    let mut tag = Tag { name: name(letters), ..Tag::default() };
    let known = allowed(&tag.name);
    while letters.next_if_eq(&' ').is_some() {
        let attribute = name(letters);
        assert!(known.contains(&attribute.as_str()), "<{}> takes no {attribute}", tag.name);
        assert!(tag.find(&attribute).is_none(), "{attribute} twice");
        assert_eq!((letters.next(), letters.next()), (Some('='), Some('"')));
        tag.attributes.push((attribute, until(letters, '"')));
        assert_eq!(letters.next(), Some('"'));
    }
    if letters.next_if_eq(&'/').is_some() {
        assert_eq!(letters.next(), Some('>'));
        return tag;
    }
    assert_eq!(letters.next(), Some('>'));
    content(letters, &mut tag);
    tag
}

fn content(letters: &mut Peekable<Chars<'_>>, tag_: &mut Tag) {
    loop {
        tag_.text.push_str(&until(letters, '<'));
        assert_eq!(letters.next(), Some('<'), "<{}> ends", tag_.name);
        if letters.next_if_eq(&'/').is_some() {
            assert_eq!((name(letters), letters.next()), (tag_.name.clone(), Some('>')));
            return;
        }
        let inner = tag(letters);
        let nested = ["Gather", "Dial", "Response"].contains(&tag_.name.as_str());
        assert!(
            nested && (tag_.name != "Gather" || inner.name != "Gather"),
            "{} in {}",
            inner.name,
            tag_.name
        );
        tag_.inside.push(inner);
    }
}

fn name(letters: &mut Peekable<Chars<'_>>) -> String {
    std::iter::from_fn(|| letters.next_if(char::is_ascii_alphabetic)).collect()
}

/// Text up to a letter that is not taken; entities are read.
fn until(letters: &mut Peekable<Chars<'_>>, end: char) -> String {
    let mut text = String::new();
    while let Some(c) = letters.next_if(|c| *c != end) {
        assert!(!"<>\"'".contains(c), "{c} is not escaped");
        text.push(if c == '&' { entity(letters) } else { c });
    }
    text
}

fn entity(letters: &mut Peekable<Chars<'_>>) -> char {
    let entity: String = letters.by_ref().take_while(|c| *c != ';').take(8).collect();
    match entity.as_str() {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        other => panic!("&{other}; is no entity of XML"),
    }
}

/// Attributes of the verbs; an element that is not here is none of Twilio's, or none that we use.
fn allowed(element: &str) -> &'static [&'static str] {
    match element {
        "Response" | "Hangup" => &[],
        "Say" => &["language", "voice", "loop"],
        "Pause" => &["length"],
        "Redirect" => &["method"],
        "Number" => &["url", "method", "statusCallback", "statusCallbackEvent"],
        "Dial" => &["action", "method", "timeout", "timeLimit", "callerId", "answerOnBridge"],
        "Record" => &["maxLength", "timeout", "finishOnKey", "playBeep", "action", "recordingStatusCallback"],
        "Gather" => &[
            "input",
            "action",
            "method",
            "timeout",
            "speechTimeout",
            "numDigits",
            "finishOnKey",
            "language",
            "hints",
            "actionOnEmptyResult",
            "bargeIn",
        ],
        other => panic!("<{other}> is none of Twilio's verbs"),
    }
}

#[test]
fn the_reader_accepts_the_example_programs_and_refuses_broken_ones() {
    for name in ["greeting", "hangup", "reprompt", "to_agent", "voicemail"] {
        let text = String::from_utf8(super::fixture(&format!("twiml_{name}.xml"))).unwrap();
        assert!(!document(&text).is_empty(), "{name}");
    }
    for broken in [
        "<Response><say>a</say></Response>",
        "<Response><Say>a & b</Say></Response>",
        "<Response><Say>a</Response>",
        "<Response><Say color=\"a\">a</Say></Response>",
        "<Response><Say>\u{8}</Say></Response>",
        "<Response/><Response/>",
    ] {
        let text = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>{broken}");
        assert!(std::panic::catch_unwind(|| document(&text)).is_err(), "{broken}");
    }
}
