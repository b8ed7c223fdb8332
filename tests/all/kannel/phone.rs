//! `fakesmsc` as a phone: one message in, and whatever the town sends is in its log.

use std::collections::BTreeMap;

use super::{
    gateway::{Gateway, NUMBER},
    program::Program,
};

pub struct Phone(Program);

/// One message as a person reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sms {
    pub text: String,
    /// SMS that the network carried, and counted.
    pub parts: usize,
    /// UCS-2, not GSM-7.
    pub unicode: bool,
}

/// What the network carried.
struct Part {
    text: String,
    unicode: bool,
    /// (reference, parts, number of this part), where the text went on in others.
    of: Option<(u8, u8, u8)>,
}

impl Phone {
    /// Writes once, and stays on. Accents and signs leave as UCS-2, as on a real phone.
    pub fn that_writes(gateway: &Gateway, from: &str, text: &str) -> Self {
        let encoded: String =
            text.encode_utf16().flat_map(u16::to_be_bytes).map(|byte| format!("%{byte:02X}")).collect();
        Self::start(gateway, "1", &format!("{from} {NUMBER} ucs2 {encoded}"))
    }

    pub fn that_is_silent(gateway: &Gateway) -> Self {
        Self::start(gateway, "0", &format!("+520000000000 {NUMBER} text nada"))
    }

    fn start(gateway: &Gateway, times: &str, message: &str) -> Self {
        let port = gateway.network().to_string();
        let arguments = ["-H", "127.0.0.1", "-r", &port, "-v", "0", "-m", times, message];
        Self(Program::start("fakesmsc", &arguments, gateway.folder()))
    }

    /// The messages that are complete, in the order in which they were begun.
    pub fn heard(&self) -> Vec<Sms> {
        let mut whole = Vec::new();
        let mut begun: BTreeMap<u8, BTreeMap<u8, Part>> = BTreeMap::new();
        for part in self.0.log().lines().filter_map(part) {
            let Some((reference, count, number)) = part.of else {
                whole.push(joined([part]));
                continue;
            };
            let parts = begun.entry(reference).or_default();
            parts.insert(number, part);
            if parts.len() == usize::from(count) {
                whole.push(joined(begun.remove(&reference).unwrap_or_default().into_values()));
            }
        }
        whole
    }
}

fn joined(parts: impl IntoIterator<Item = Part>) -> Sms {
    let parts: Vec<Part> = parts.into_iter().collect();
    Sms {
        text: parts.iter().map(|part| part.text.as_str()).collect(),
        parts: parts.len(),
        unicode: parts.iter().any(|part| part.unicode),
    }
}

/// `… Got message 1: <55500200 +525500000111 ucs-2 %00%E1>`, or, of several parts,
/// `<55500200 +525500000111 udh %05%00%03%01%02%01 data %00%E1>`.
fn part(line: &str) -> Option<Part> {
    let (_, told) = line.split_once("Got message ")?;
    let (_, told) = told.strip_suffix('>')?.split_once('<')?;
    let mut words = told.splitn(4, ' ').skip(2);
    match (words.next()?, words.next()?) {
        ("udh", rest) => {
            let (header, rest) = rest.split_once(' ')?;
            let (_, data) = rest.split_once(' ')?;
            let [5, 0, 3, reference, count, number] = *bytes(header) else { return None };
            Some(Part { of: Some((reference, count, number)), ..content(&bytes(data)) })
        }
        ("text", plain) => Some(Part { text: plain.to_owned(), unicode: false, of: None }),
        (_, data) => Some(content(&bytes(data))),
    }
}

/// No text holds a NUL, but UCS-2 does in every letter of ours.
fn content(bytes: &[u8]) -> Part {
    let unicode = bytes.contains(&0);
    let units = || bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
    let text = if unicode {
        char::decode_utf16(units()).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    } else {
        String::from_utf8_lossy(bytes).into_owned()
    };
    Part { text, unicode, of: None }
}

/// Kannel's URL encoding: a space is a plus.
fn bytes(encoded: &str) -> Vec<u8> {
    let mut left = encoded.bytes();
    let mut bytes = Vec::new();
    while let Some(byte) = left.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits = [left.next().unwrap_or_default(), left.next().unwrap_or_default()];
                u8::from_str_radix(&String::from_utf8_lossy(&digits), 16).unwrap()
            }
            other => other,
        });
    }
    bytes
}
