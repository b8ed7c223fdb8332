//! Meta's limits, checked before Meta refuses them, and the sentence an agent reads then. Used by `send`.

use std::collections::BTreeSet;

use crate::{Choice, Fault, Retry, SendError, text::utf16_len};

/// Longest address of a page or file.
const MAX_URL: usize = 2000;

/// Meta counts characters and does not say which: UTF-16 units are safe under either reading.
pub(super) fn within(what: &str, text: &str, limit: usize) -> Result<(), SendError> {
    let length = utf16_len(text);
    if length <= limit {
        return Ok(());
    }
    Err(ours(format!("{what} tiene {length} caracteres y WhatsApp permite {limit}: hay que acortarlo.")))
}

pub(super) fn filled(what: &str, text: &str) -> Result<(), SendError> {
    if text.trim().is_empty() { Err(ours(format!("{what} está vacío: no se envió."))) } else { Ok(()) }
}

pub(super) fn labelled(what: &str, text: &str, limit: usize) -> Result<(), SendError> {
    filled(what, text)?;
    within(what, text, limit)
}

pub(super) fn counted(what: &str, count: usize, limit: usize) -> Result<(), SendError> {
    match count {
        0 => Err(ours(format!("El mensaje debía llevar {what} y no lleva ninguna opción."))),
        _ if count > limit => {
            Err(ours(format!("El mensaje lleva {count} {what} y WhatsApp permite {limit}.")))
        }
        _ => Ok(()),
    }
}

pub(super) fn unique(choices: &[Choice], of: fn(&Choice) -> &String) -> Result<(), SendError> {
    let seen: BTreeSet<&String> = choices.iter().map(of).collect();
    if seen.len() == choices.len() {
        return Ok(());
    }
    Err(ours("Dos opciones del mensaje son iguales y WhatsApp no lo permite.".to_owned()))
}

/// An address on the web that somebody's phone, or Meta, can open. Accents are allowed: phones write them as the web
/// wants them.
pub(super) fn web_address(url: &str) -> Result<(), SendError> {
    within("La dirección", url, MAX_URL)?;
    if opens(url) {
        return Ok(());
    }
    Err(ours("El mensaje lleva una dirección de internet que no es válida: corrígela.".to_owned()))
}

fn opens(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or_default();
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    host.starts_with(|first: char| first.is_alphanumeric() || first == '[')
        && host.chars().all(|c| c.is_alphanumeric() || ".-:[]".contains(c))
        && !url.contains(|c: char| c.is_whitespace() || c.is_control())
}

pub(super) fn ours(sentence: String) -> SendError {
    impossible(Fault::Message, sentence)
}

pub(super) fn impossible(fault: Fault, sentence: String) -> SendError {
    SendError { retry: Retry::Never, fault, code: None, sentence }
}
