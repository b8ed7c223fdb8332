//! E-mail addresses as people type and say them. Whether a mailbox exists is not its matter.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

use crate::{Reader, Token, TokenKind, reader::only};

/// An address in small letters: `ana.lopez@example.mx`.
///
/// ```
/// use ventanilla_values::{Email, EmailError};
/// assert_eq!(Email::parse("mi correo es Ana.Lopez@Example.mx")?.as_str(), "ana.lopez@example.mx");
/// assert_eq!(Email::parse("ana arroba gmail punto com")?.as_str(), "ana@gmail.com");
/// assert_eq!(Email::parse("ana@gmail"), Err(EmailError));
/// # Ok::<(), EmailError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Email(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("there is no e-mail address, or several: it is written like ana@example.mx")]
pub struct EmailError;

/// RFC 5321, 4.5.3.1: the part before @, and the whole.
const LONGEST_LOCAL: usize = 64;
const LONGEST: usize = 254;
/// An address with more pieces than these is none.
const MOST_TOKENS: usize = 40;

impl Email {
    /// The one address of a text; also one that is dictated ("ana arroba gmail punto com").
    pub fn parse(text: &str) -> Result<Self, EmailError> {
        only(text, Self::read).ok_or(EmailError)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address that begins here.
    pub fn read(reader: &mut Reader<'_>) -> Option<Self> {
        // Part of an address begins behind its first letter too: only the whole is one.
        let inside = reader.is_glued() && matches!(reader.word_at(-1), "." | "-" | "_" | "+" | "%" | "@");
        reader.attempt(|r| (!inside).then(|| r.attempt(typed).or_else(|| said(r))).flatten())
    }

    fn checked(local: &str, domain: &str) -> Option<Self> {
        let domain = domain.trim_end_matches('.');
        let labels: Vec<&str> = domain.split('.').collect();
        let last =
            labels.last().filter(|last| last.len() >= 2 && last.bytes().all(|b| b.is_ascii_lowercase()));
        let right = labels.len() >= 2
            && last.is_some()
            && labels
                .iter()
                .all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'))
            && (1..=LONGEST_LOCAL).contains(&local.len())
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..");
        let address = format!("{local}@{domain}");
        (right && address.len() <= LONGEST && address.is_ascii()).then_some(Self(address))
    }
}

fn typed(r: &mut Reader<'_>) -> Option<Email> {
    let local = piece(r, &[".", "_", "-", "+", "%"])?;
    r.is_glued().then_some(())?;
    r.take_phrase(&["@", "( arroba )", "[ arroba ]", "( at )", "[ at ]"]).then_some(())?;
    let domain = r.is_glued().then(|| piece(r, &[".", "-"])).flatten()?;
    Email::checked(&local, &domain)
}

/// Whether it was typed as it is matched: "ñandú@…" is another mailbox than "nandu@…".
fn is_plain(token: &Token) -> bool {
    token.folded.is_ascii() && token.span.len() == token.folded.len()
}

/// Words and signs without a space between them. A sign at its end is the sentence's.
fn piece(r: &mut Reader<'_>, signs: &[&str]) -> Option<String> {
    let mut piece = String::new();
    for used in 0..MOST_TOKENS {
        let token = r.token().filter(|token| used == 0 || token.glued)?;
        let sign = token.kind == TokenKind::Sign;
        let goes_on = r.token_at(1).is_some_and(|next| next.glued && next.kind != TokenKind::Sign);
        if (sign && (!signs.contains(&token.folded.as_str()) || !goes_on)) || !is_plain(token) {
            break;
        }
        piece.push_str(&token.folded);
        r.skip(1);
        if !r.is_glued() {
            break;
        }
    }
    Some(piece).filter(|piece| !piece.is_empty())
}

/// "Ana punto lópez arroba gmail punto com".
fn said(r: &mut Reader<'_>) -> Option<Email> {
    // "Juan Pérez arroba gmail punto com": whether with a point or without was not said.
    let before = r.token_at(-1).filter(|before| before.kind == TokenKind::Word);
    before.is_none_or(|before| BEFORE.contains(&before.folded.as_str())).then_some(())?;
    let local = said_piece(r)?;
    let at = r.take(&["arroba", "at"])?;
    let begun = r.position();
    let domain = said_piece(r)?;
    let ending = domain.rsplit('.').next().filter(|ending| ENDINGS.contains(ending));
    // "I work at gmail.com": of words that were spoken, signs are spoken too.
    let spoken = || (begun..r.position()).any(|at| matches!(r.from(at).word(), "dot" | "punto"));
    let meant = at == "arroba" || !local.bytes().all(|b| b.is_ascii_alphabetic()) || spoken();
    ending.filter(|_| meant)?;
    Email::checked(&local, &domain)
}

/// What stands before an address and is no part of it.
const BEFORE: [&str; 34] = [
    "es",
    "is",
    "s",
    "correo",
    "correos",
    "email",
    "mail",
    "electronico",
    "a",
    "al",
    "to",
    "en",
    "con",
    "por",
    "y",
    "o",
    "or",
    "and",
    "mi",
    "my",
    "me",
    "de",
    "del",
    "que",
    "seria",
    "hola",
    "hi",
    "gracias",
    "si",
    "yes",
    "este",
    "escribanme",
    "escribeme",
    "manden",
];

/// What addresses in Mexico end with: "in my room at night. dont tell" is none.
const ENDINGS: [&str; 17] = [
    "com", "mx", "org", "net", "edu", "gob", "gov", "info", "es", "us", "ca", "uk", "io", "co", "biz", "lat",
    "app",
];

fn said_piece(r: &mut Reader<'_>) -> Option<String> {
    let mut piece = String::new();
    for _ in 0..6 {
        let token = r.token().filter(|t| t.kind != TokenKind::Sign && t.folded.is_ascii())?;
        piece.push_str(&token.folded);
        r.skip(1);
        // A full stop ends a sentence.
        let typed = r.is_glued() && r.token_at(1).is_some_and(|next| next.glued);
        match r.attempt(|r| {
            r.take_listed(&[("punto", '.'), ("dot", '.'), (".", '.'), ("guion bajo", '_'), ("guion", '-')])
                .filter(|_| r.word_at(-1) != "." || typed)
        }) {
            Some(sign) => piece.push(sign),
            None => return Some(piece),
        }
    }
    None
}

/// Without the person: `Email(…)`.
impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Email(…)")
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Email {
    type Err = EmailError;

    fn from_str(text: &str) -> Result<Self, EmailError> {
        Self::parse(text)
    }
}

impl Serialize for Email {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Email {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn addresses_are_read_in_a_sentence() {
        for (text, address) in [
            ("ana@example.mx", "ana@example.mx"),
            ("Escríbanme a Ana_99.lopez+casa@correo.example.com.", "ana_99.lopez+casa@correo.example.com"),
            ("es 123ab@hotmail.com, gracias", "123ab@hotmail.com"),
            ("ana punto lopez arroba gmail punto com", "ana.lopez@gmail.com"),
            ("ana guion bajo 7 arroba yahoo punto com punto mx", "ana_7@yahoo.com.mx"),
            ("it's ana dot lopez at gmail dot com", "ana.lopez@gmail.com"),
            ("juan.perez(arroba)gmail.com", "juan.perez@gmail.com"),
            ("juan.perez arroba gmail.com", "juan.perez@gmail.com"),
            ("José arroba gmail punto com", "jose@gmail.com"),
        ] {
            assert_eq!(Email::parse(text).map(|e| e.to_string()).as_deref(), Ok(address), "{text}");
        }
    }

    #[test]
    fn what_is_no_address_is_none() {
        for text in [
            "",
            "@",
            "ana@",
            "@gmail.com",
            "ana@gmail",
            "ana @ gmail",
            "josé@gmail",
            "a..b@c.mx",
            "la arroba",
            "a@b.mx y c@d.mx",
            "ñandú@correo.mx",
            "josé.perez@gmail.com",
            "my stepdad comes in my room at night. dont tell my mom",
            "he is at work.me too",
            "look at facebook.com",
            "juan perez arroba gmail punto com",
            "john smith at gmail dot com",
        ] {
            assert_eq!(Email::parse(text), Err(EmailError), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_survived(text in any::<String>(), like in "[a-z0-9.@_ -]{0,60}") {
            let _ = (Email::parse(&text), Email::parse(&like));
        }

        #[test]
        fn what_is_written_is_read_back(local in "[a-z][a-z0-9]{0,9}", host in "[a-z]{2,9}") {
            let address = format!("{local}@{host}.mx");
            let email = Email::parse(&format!("es {address} sí")).unwrap();
            prop_assert_eq!(email.as_str(), address.as_str());
        }
    }
}
